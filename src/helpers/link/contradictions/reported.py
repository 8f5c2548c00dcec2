"""Find the contradictions that an article itself reports ("appeared to contradict", "at odds with")."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
# Of the statements, what is read.
READ = "statement_id article_id within_id content content_spans speaker_id utterance_id reported_at confidence".split()
NEAREST = 3  # statements of a speaker before the words among which the one that is meant stands
LOOKED = 400  # characters before the words in which the later statement may stand
FOLLOWS = 120  # characters behind the sentence of the words in which it begins, where it stands in the next one


class Placed(NamedTuple):
    """A statement and where its content begins and ends in its article."""

    start: int
    end: int
    within: str | None
    content: str
    speaker: str | None
    utterance: str
    reported: pd.Timestamp | None
    confidence: float


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
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    told = statements.loc[statements["part"] == "text", READ]
    reporting = {one for one in told["article_id"].unique() if CONFLICT.search(texts[one])}
    by_article = _grouped(told[told["article_id"].isin(reporting)], "article_id")
    speakers = {row.speaker for rows in by_article.values() for row in rows} - {None}
    theirs = told[told["speaker_id"].isin(speakers)].sort_values(["reported_at", "statement_id"])
    spoken = _grouped(theirs, "speaker_id")
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    known = mentions[mentions["actor_id"].notna() & mentions["article_id"].isin(reporting)]
    for article, start, actor in zip(known["article_id"], known["start_char"], known["actor_id"], strict=True):
        named[article].append((start, actor))
    found: dict[frozenset, Report] = {}
    for article in sorted(reporting):
        text = texts[article]
        own = sorted(by_article[article], key=lambda row: (row.start, row.end))
        bounds = sentences.spans(text)
        for match in CONFLICT.finditer(text):
            if any(row.start <= match.start() and match.end() <= row.end for row in own):
                continue  # somebody says so within a statement; the article does not
            share = SURE
            sentence = sentences.around(bounds, *match.span())
            recalls = bool(OWN.match(text, match.end()))
            pair = _pair(match.span(), sentence, own, named[article], weigh, FOLLOWS * (not recalls))
            if pair is None and TURN.match(match.group()):
                pair = _turned(match.end(), sentence[1], own, weigh)
            elif pair is None and not text[match.end() : sentence[1]].strip(" .,;:!?"):
                pair = _both(match.start(), own, weigh)
            if pair is None and recalls:
                pair, share = _recalled(match.start(), own, spoken), RECALLED
            if pair is None:
                continue
            first, second = pair
            score = share * min(first.confidence, second.confidence)
            report = Report(first.utterance, second.utterance, score, article, *match.span(), match.group())
            found.setdefault(frozenset((report.first, report.second)), report)
    return list(found.values())


def _grouped(told: pd.DataFrame, column: str) -> dict[str, list[Placed]]:
    """Give the statements of each article, or speaker, in the table's order."""
    told = told.astype(object).where(told.notna(), None)
    found: dict[str, list[Placed]] = defaultdict(list)
    for key, row in zip(told[column], told.itertuples(index=False), strict=True):
        start, end = min(span[0] for span in row.content_spans), max(span[1] for span in row.content_spans)
        found[key].append(
            Placed(
                start,
                end,
                row.within_id,
                row.content,
                row.speaker_id,
                row.utterance_id,
                row.reported_at,
                row.confidence,
            )
        )
    return found


def _pair(
    words: tuple[int, int],
    sentence: tuple[int, int],
    told: list[Placed],
    who: list[tuple[int, str]],
    weigh: Callable,
    reach: int,
) -> tuple[Placed, Placed] | None:
    """Give the two statements that the words set against each other, the later in reach of the sentence, or None."""
    start, end = words
    before = {actor for at, actor in who if sentence[0] <= at < start}
    after = {actor for at, actor in who if end <= at < sentence[1]}
    behind = [row for row in told if row.start >= end]
    later = [row for row in behind if row.start < sentence[1]]
    told = _whole(told)  # what stands behind the words may be told within them: "X's claim that …"
    if not later and after:
        later = [row for row in reversed(told) if row.end <= start and row.speaker in after]
    if not later and reach and sentence[1] > end + 1:  # "that of the ministry. 'There was no fire,' a spokesman said"
        later = [row for row in behind if row.start < sentence[1] + reach and row.speaker is not None]
    earlier = [row for row in told if row.end <= start]
    theirs = [row for row in earlier if (row.speaker in before if before else row.speaker is not None)]
    earlier = theirs or [row for row in earlier if row.speaker is None]
    if not later or not earlier:
        return None
    last, second = earlier[-1], later[0]
    theirs = [row for row in earlier if row.speaker == last.speaker] if last.speaker is not None else [last]
    first = max(theirs[: -NEAREST - 1 : -1], key=lambda row: weigh(row.utterance, second.utterance))
    return None if first.utterance == second.utterance else (first, second)


def _whole(told: Sequence[Placed]) -> list[Placed]:
    """Give the statements that stand within no other."""
    return [row for row in told if row.within is None]


def _turned(end: int, stop: int, told: list[Placed], weigh: Callable) -> tuple[Placed, Placed] | None:
    """Give the statement that was taken back, behind the words, and that of the next few which goes most against it."""
    behind = [row for row in _whole(told) if row.start >= end]
    after = [row for row in behind if row.start >= stop]
    pairs = [_most(row, after, weigh) for row in behind if row.start < stop]
    return max((pair for pair in pairs if pair), key=lambda pair: _against(pair, weigh), default=None)


def _both(start: int, told: list[Placed], weigh: Callable) -> tuple[Placed, Placed] | None:
    """Give the two statements shortly before the words that go most against each other."""
    rows = [row for row in _whole(told) if start - LOOKED <= row.end <= start]
    pairs = [pair for place, row in enumerate(rows) if (pair := _most(row, rows[place + 1 :], weigh))]
    return max(pairs, key=lambda pair: _against(pair, weigh), default=None)


def _most(one: Placed, others: list[Placed], weigh: Callable) -> tuple[Placed, Placed] | None:
    """Give a statement and that of the first few others which goes most against it, None where there is none."""
    rows = [row for row in others[:NEAREST] if row.utterance != one.utterance]
    return max(((one, row) for row in rows), key=lambda pair: _against(pair, weigh), default=None)


def _against(pair: tuple[Placed, Placed], weigh: Callable) -> float:
    return weigh(*(row.utterance for row in pair))


def _recalled(start: int, told: list[Placed], spoken: dict[str, list[Placed]]) -> tuple[Placed, Placed] | None:
    """Give the statement before the words and the earlier one of its speaker that shares most with it, or None."""
    before = [row for row in _whole(told) if row.end <= start and row.start >= start - LOOKED]
    if not before or before[-1].speaker is None:
        return None
    second = before[-1]
    terms = set(wording.terms(second.content))
    best, most = None, 0
    for row in spoken[second.speaker]:
        shared = len(terms & set(wording.terms(row.content)))
        late = second.reported is not None and (row.reported is None or row.reported > second.reported)
        if not late and shared > most and row.utterance != second.utterance:
            best, most = row, shared
    return None if best is None else (best, second)
