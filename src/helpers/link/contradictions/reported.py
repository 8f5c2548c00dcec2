"""Find the contradictions that an article itself reports ("appeared to contradict", "at odds with")."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers.annotate import sentences
from helpers.link import wording

# How an article itself says that two statements do not fit together.
CONFLICT = re.compile(
    r"\b(?:(?:appear|seem)(?:s|ed|ing)?\s+to\s+(?:contradict|conflict\s+with|be\s+at\s+odds\s+with)|contradict(?:s|ed|ing)?"
    r"|at\s+(?:odds|variance)\s+with|conflict(?:s|ed|ing)?\s+with|walk(?:s|ed|ing)?\s+back"
    r"|backtrack(?:s|ed|ing)?\s+(?:on|from)|in\s+contradiction\s+(?:to|with)|inconsistent\s+with"
    r"|(?:hard|difficult|impossible|not\s+easy)\s+to\s+(?:square|reconcile)(?:\s+with)?"
    r"|(?:accounts|versions|figures|numbers|statements|claims)\s+(?:do|did)(?:\s+not|n[’']t)\s+(?:match|tally|agree|add\s+up)"
    r"|s[ia]ts?\s+(?:awkwardly|uneasily|oddly|badly|poorly|ill)\s+with|fl(?:y|ies|ew)\s+in\s+the\s+face\s+of"
    r"|g[ia]ves?\s+the\s+lie\s+to|belie[sd]?|(?:flatly\s+)?(?:disput|contest|rebut)(?:es|ed|ing|s)\s+"
    r"(?:that|the|this|an?)\s+(?:account|claim|version|figure|number|assertion)|contrary\s+to|reversal\s+of"
    r"|despite\s+(?:earlier|previous|having))\b(?!\s+(?:each\s+other|one\s+another|themselves)\b)",
    re.IGNORECASE,
)
# The other statement is the speaker's own, of some time ago.
OWN = re.compile(r"(?:\W+\w+)?\W+(?:his|her|its|their|own|earlier|previous|first)\b", re.IGNORECASE)
# The speaker takes back what was said; what is said now may stand behind it.
TURN = re.compile(r"(?:walk|backtrack|reversal|despite)", re.IGNORECASE)
SURE = 0.95  # the score of a conflict that an article reports, of two statements that were certainly found
RECALLED = 0.8  # the same where the older of the two stands in another article, or was looked up by its words
NEAREST = 3  # statements of a speaker before the words among which the one that is meant stands
LOOKED = 400  # characters before the words in which the later statement may stand
FOLLOWS = 120  # characters behind the sentence of the words in which it begins, where it stands in the next one


@dataclass(frozen=True, slots=True)
class Report:
    """An article's own words that two utterances conflict."""

    first: str
    second: str
    score: float
    article: str
    start: int
    end: int
    words: str


def find(
    articles: pd.DataFrame, statements: pd.DataFrame, mentions: pd.DataFrame, weigh: Callable[[str, str], float]
) -> list[Report]:
    """Find the contradictions that an article reports, once each.

    Of the two statements the one stands behind the words that report the conflict, the other before it, by whom the
    sentence names before them; of the last few of that speaker it is the one that `weigh`, which tells how likely it
    is that two utterances conflict, sets most against the first. Where none stands behind the words, nor in the next
    sentences, the two before them are meant ("the two figures are hard to reconcile"); where none stands before them,
    what the speaker took back is set against what follows. Where one of them cannot be told, the statement before the
    words is set against the earlier one of its speaker that shares most with it. Where that fails there is no lead.
    """
    told = statements[statements["part"] == "text"]
    by_article = dict(iter(told.groupby("article_id")))
    named = dict(iter(mentions[mentions["actor_id"].notna()].groupby("article_id")))
    found: dict[frozenset, Report] = {}
    spoken: dict[str, list] = defaultdict(list)
    for row in told[told["speaker_id"].notna()].sort_values(["reported_at", "statement_id"]).itertuples():
        spoken[row.speaker_id].append(row)
    for article in articles.sort_values("article_id").itertuples():
        if article.article_id not in by_article or not CONFLICT.search(article.text):
            continue
        own = _placed(by_article[article.article_id])
        who = named.get(article.article_id, mentions.iloc[:0])
        bounds = sentences.spans(article.text)
        for match in CONFLICT.finditer(article.text):
            if ((own["start"] <= match.start()) & (match.end() <= own["end"])).any():
                continue  # somebody says so within a statement; the article does not
            share = SURE
            sentence = sentences.around(bounds, *match.span())
            recalls = bool(OWN.match(article.text, match.end()))
            pair = _pair(match.span(), sentence, own, who, weigh, FOLLOWS * (not recalls))
            if pair is None and TURN.match(match.group()):
                pair = _turned(match.end(), sentence[1], own, weigh)
            elif pair is None and not article.text[match.end() : sentence[1]].strip(" .,;:!?"):
                pair = _both(match.start(), own, weigh)
            if pair is None and recalls:
                pair, share = _recalled(match.start(), own, spoken), RECALLED
            if pair is None:
                continue
            first, second = pair
            score = share * min(first.confidence, second.confidence)
            report = Report(
                first.utterance_id, second.utterance_id, score, article.article_id, *match.span(), match.group()
            )
            found.setdefault(frozenset((report.first, report.second)), report)
    return list(found.values())


def _placed(told: pd.DataFrame) -> pd.DataFrame:
    starts = [min(span[0] for span in spans) for spans in told["content_spans"]]
    ends = [max(span[1] for span in spans) for spans in told["content_spans"]]
    return told.assign(start=starts, end=ends).sort_values(["start", "end"])


def _pair(
    words: tuple[int, int],
    sentence: tuple[int, int],
    told: pd.DataFrame,
    who: pd.DataFrame,
    weigh: Callable,
    reach: int,
):
    """Give the two statements that the words set against each other, the later in reach of the sentence, or None."""
    start, end = words
    before = who[(who["start_char"] >= sentence[0]) & (who["start_char"] < start)]["actor_id"].tolist()
    after = who[(who["start_char"] >= end) & (who["start_char"] < sentence[1])]["actor_id"].tolist()
    behind = told[told["start"] >= end]
    later = behind[behind["start"] < sentence[1]]
    told = told[told["within_id"].isna()]  # what stands behind the words may be told within them: "X's claim that …"
    if later.empty and after:
        later = told[(told["end"] <= start) & told["speaker_id"].isin(after)].iloc[::-1]
    if later.empty and reach and sentence[1] > end + 1:  # "that of the ministry. 'There was no fire,' a spokesman said"
        later = behind[(behind["start"] < sentence[1] + reach) & behind["speaker_id"].notna()]
    earlier = told[told["end"] <= start]
    theirs = earlier["speaker_id"].isin(before) if before else earlier["speaker_id"].notna()
    earlier = earlier[theirs if theirs.any() else earlier["speaker_id"].isna()]
    if later.empty or earlier.empty:
        return None
    last, second = earlier.iloc[-1], later.iloc[0]
    known = isinstance(last["speaker_id"], str)
    theirs = earlier["speaker_id"] == last["speaker_id"] if known else earlier.index == last.name
    nearest = [row for _, row in earlier[theirs].iloc[: -NEAREST - 1 : -1].iterrows()]
    first = max(nearest, key=lambda row: weigh(row["utterance_id"], second["utterance_id"]))
    return None if first["utterance_id"] == second["utterance_id"] else (first, second)


def _turned(end: int, stop: int, told: pd.DataFrame, weigh: Callable):
    """Give the statement that was taken back, behind the words, and that of the next few which goes most against it."""
    behind = told[(told["start"] >= end) & told["within_id"].isna()]
    taken = behind[behind["start"] < stop]
    pairs = [_most(row, behind[behind["start"] >= stop], weigh) for _, row in taken.iterrows()]
    return max((pair for pair in pairs if pair), key=lambda pair: _against(pair, weigh), default=None)


def _both(start: int, told: pd.DataFrame, weigh: Callable):
    """Give the two statements shortly before the words that go most against each other."""
    before = told[(told["end"] <= start) & (told["end"] >= start - LOOKED) & told["within_id"].isna()]
    rows = [row for _, row in before.iterrows()]
    pairs = [pair for place, row in enumerate(rows) if (pair := _most(row, before.iloc[place + 1 :], weigh))]
    return max(pairs, key=lambda pair: _against(pair, weigh), default=None)


def _most(one: pd.Series, others: pd.DataFrame, weigh: Callable):
    """Give a statement and that of the first few others which goes most against it, None where there is none."""
    rows = [row for _, row in others.iloc[:NEAREST].iterrows() if row["utterance_id"] != one["utterance_id"]]
    return max(((one, row) for row in rows), key=lambda pair: _against(pair, weigh), default=None)


def _against(pair: tuple, weigh: Callable) -> float:
    return weigh(*(row["utterance_id"] for row in pair))


def _recalled(start: int, told: pd.DataFrame, spoken: dict[str, list]):
    """Give the statement before the words and the earlier one of its speaker that shares most with it, or None."""
    before = told[(told["end"] <= start) & (told["start"] >= start - LOOKED) & told["within_id"].isna()]
    if before.empty or pd.isna(before.iloc[-1]["speaker_id"]):
        return None
    second = before.iloc[-1]
    terms = set(wording.terms(second["content"]))
    best, most = None, 0
    for row in spoken[second["speaker_id"]]:
        shared = len(terms & set(wording.terms(row.content)))
        late = not pd.isna(second["reported_at"]) and (
            pd.isna(row.reported_at) or row.reported_at > second["reported_at"]
        )
        if not late and shared > most and row.utterance_id != second["utterance_id"]:
            best, most = row, shared
    return None if best is None else (best, second)
