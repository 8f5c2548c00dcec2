"""Find apparent contradictions: leads for a journalist, never verdicts."""

import re

import pandas as pd

from helpers.annotate import sentences
from helpers.story import digest

# How an article itself says that two statements do not fit together.
CONFLICT = re.compile(
    r"\b(?:(?:appear|seem)(?:s|ed|ing)?\s+to\s+(?:contradict|conflict\s+with|be\s+at\s+odds\s+with)|contradict(?:s|ed|ing)?"
    r"|at\s+odds\s+with|conflict(?:s|ed|ing)?\s+with|walk(?:s|ed|ing)?\s+back|backtrack(?:s|ed|ing)?\s+(?:on|from)"
    r"|in\s+contradiction\s+(?:to|with)|(?:flatly\s+)?(?:disput|contest|rebut)(?:es|ed|ing|s)\s+(?:that|the|this|an?)\s+"
    r"(?:account|claim|version|figure|number|assertion)|contrary\s+to|reversal\s+of|despite\s+(?:earlier|previous|having))\b",
    re.IGNORECASE,
)
COLUMNS = (
    "contradiction_id utterance_a utterance_b kind score reason article_id start_char end_char status reviewer note"
).split()


def reported(
    articles: pd.DataFrame, statements: pd.DataFrame, mentions: pd.DataFrame, actors: pd.DataFrame
) -> pd.DataFrame:
    """Find the contradictions that an article itself reports ("appeared to contradict").

    Of the two statements the one stands in the sentence behind the words that report the conflict, the other is the
    nearest before it by whom the sentence names before them. Where either cannot be told there is no lead. Gives the
    `contradictions` table, every row a lead.
    """
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    told = statements[(statements["part"] == "text") & statements["within_id"].isna()]
    by_article = dict(iter(told.groupby("article_id")))
    named = dict(iter(mentions[mentions["actor_id"].notna()].groupby("article_id")))
    rows = []
    for article in articles.sort_values("article_id").itertuples():
        if article.article_id not in by_article or not CONFLICT.search(article.text):
            continue
        own = _placed(by_article[article.article_id])
        who = named.get(article.article_id, mentions.iloc[:0])
        bounds = sentences.spans(article.text)
        for match in CONFLICT.finditer(article.text):
            if pair := _pair(match.span(), sentences.around(bounds, *match.span()), own, who):
                rows.append(_lead(article, match, *pair, names))
    leads = pd.DataFrame(rows, columns=COLUMNS).astype(object)
    return leads.drop_duplicates("contradiction_id").sort_values("contradiction_id", ignore_index=True)


def _placed(told: pd.DataFrame) -> pd.DataFrame:
    starts = [min(span[0] for span in spans) for spans in told["content_spans"]]
    ends = [max(span[1] for span in spans) for spans in told["content_spans"]]
    return told.assign(start=starts, end=ends).sort_values(["start", "end"])


def _pair(words: tuple[int, int], sentence: tuple[int, int], told: pd.DataFrame, who: pd.DataFrame):
    """Give the two statements that the words set against each other, or None."""
    start, end = words
    if ((told["start"] <= start) & (end <= told["end"])).any():
        return None  # somebody says so within a statement; the article does not
    before = who[(who["start_char"] >= sentence[0]) & (who["start_char"] < start)]["actor_id"].tolist()
    after = who[(who["start_char"] >= end) & (who["start_char"] < sentence[1])]["actor_id"].tolist()
    later = told[(told["start"] >= end) & (told["start"] < sentence[1])]
    if later.empty and after:
        later = told[(told["end"] <= start) & told["speaker_id"].isin(after)].iloc[::-1]
    earlier = told[told["end"] <= start]
    earlier = earlier[earlier["speaker_id"].isin(before)] if before else earlier[earlier["speaker_id"].notna()]
    if later.empty or earlier.empty:
        return None
    first, second = earlier.iloc[-1], later.iloc[0]
    return None if first["utterance_id"] == second["utterance_id"] else (first, second)


def _lead(article, match: re.Match, first: pd.Series, second: pd.Series, names: dict[str, str]) -> dict:
    one, other = sorted([first["utterance_id"], second["utterance_id"]])
    sides = [
        f"{names.get(side['speaker_id'], 'an unresolved speaker')}: {side['content'].strip()}"
        for side in (first, second)
    ]
    return {
        "contradiction_id": digest("contradiction", "reported", one, other),
        "utterance_a": first["utterance_id"],
        "utterance_b": second["utterance_id"],
        "kind": "reported",
        "score": round(min(first["confidence"], second["confidence"]), 3),
        "reason": f"The article says of them “{match.group()}”: {sides[0]} · {sides[1]}",
        "article_id": article.article_id,
        "start_char": match.start(),
        "end_char": match.end(),
        "status": "lead",
        "reviewer": None,
        "note": None,
    }
