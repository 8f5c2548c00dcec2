"""Say which words were taken for one actor, and why."""

import pandas as pd

from helpers.annotate.actors import key
from helpers.link.people import folded
from helpers.link.people.metonyms import plain

REASONS = {
    "role": "a description of who held the office that day",
    "metonym": "the words name the country, or a part of its government",
}


def merges(mentions: pd.DataFrame, actors: pd.DataFrame, reviewed: pd.DataFrame) -> pd.DataFrame:
    """Give the words, pronouns apart, that were taken for an actor beside his name, those in most articles first.

    Needs the tables mentions and actors and the rows of actors.csv. Gives `name`, `written_as` (capital and small
    letters taken together), `reason`, `articles` and `mentions`.
    """
    said = {plain(alias): row.name for row in reviewed.itertuples() for alias in row.aliases}
    named = dict(zip(actors["actor_id"], actors["name"], strict=True))
    known = mentions[mentions["actor_id"].isin(named) & (mentions["kind"] != "pronoun")]
    table = known.assign(name=known["actor_id"].map(named), plain=known["text"].map(plain))
    table = table[table["plain"] != table["name"].map(plain)]
    table["reason"] = [
        "actors.csv says so" if said.get(row.plain) == row.name else _reason(row.text, row.name, row.kind)
        for row in table.itertuples()
    ]
    groups = table.sort_values("text").groupby(["name", "plain", "reason"], as_index=False)
    counted = groups.agg(written_as=("text", _usual), articles=("article_id", "nunique"), mentions=("text", "size"))
    counted = counted[["name", "written_as", "reason", "articles", "mentions"]]
    return counted.sort_values(
        ["articles", "mentions", "name", "written_as"], ascending=[False, False, True, True], ignore_index=True
    )


def _usual(words: pd.Series) -> str:
    counts = words.value_counts()
    return min(counts.index, key=lambda form: (-counts[form], form))


def _reason(words: str, name: str, kind: str) -> str:
    """Say by what a name was known again; the shorter the words, the more the article has to tell."""
    if kind in REASONS:
        return REASONS[kind]
    own, whole = key(words), key(name)
    if own == whole:
        return "the same name but for titles, middle initials or suffixes"
    if len(own) == 1 and own[0] == whole[-1]:
        return "the last word of the name, where nothing else fits it"
    if len(own) == 1 and own[0] == whole[0]:
        return "the first name, where nobody else fits it"
    if words.isupper() and words.lower() == "".join(
        word[0] for word in whole if word not in ("of", "the", "for", "and")
    ):
        return "the initials of the name"
    if own and len(own[0].rstrip(".")) == 1 and own[0][0] == whole[0][0] and folded(own[-1]) == folded(whole[-1]):
        return "an initial in place of the first name"
    if tuple(map(folded, own)) == tuple(map(folded, whole)):
        return "another spelling or transliteration of the name"
    return "shorter or longer words that only this name fits"
