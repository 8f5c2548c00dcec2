"""Tell which statements report the same words: one speech act is one utterance, however many outlets carry it."""

import re
from collections import defaultdict

import pandas as pd

from helpers.link import matters
from helpers.story import digest

DAYS = 10  # between two reports of the same words beyond which they were said twice
SHORT = 4  # words below which a content is too common to say that two reports are one
SHINGLE = 4
COVER = 0.8  # of the shorter content's shingles that the longer must hold


def link(statements: pd.DataFrame, articles: pd.DataFrame, subjects: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group the statements that report the same words of the same speaker within days.

    Where the speaker is unresolved only a reprint, word for word, counts as the same. Needs `statements` with speaker_id, `articles` and `matters`. Gives the statements with their utterance_id, and the
    `utterances` table. Only statements that share a run of four words are compared, so the cost is not quadratic.
    """
    told = statements.merge(articles[["article_id", "outlet"]], on="article_id", how="left", validate="many_to_one")
    told = told.sort_values(["reported_at", "article_id", "part", "cue_start", "statement_id"], na_position="last")
    told = told.reset_index(drop=True)
    groups = _groups(told)
    ids = [""] * len(told)
    rows = []
    for group in groups:
        members = told.iloc[group]
        row = _utterance(members, subjects)
        rows.append(row)
        for place in group:
            ids[place] = row["utterance_id"]
    assigned = dict(zip(told["statement_id"], ids, strict=True))
    linked = statements.assign(utterance_id=[assigned[one] for one in statements["statement_id"]])
    columns = (
        "utterance_id speaker_id matter_id content said_from said_to statements outlets first_reported_at first_outlet"
    )
    return linked, pd.DataFrame(rows, columns=columns.split()).astype(object)


def words(content: str) -> list[str]:
    """Give a content's words in lower case, without quote marks, punctuation and a leading "that"."""
    found = re.findall(r"\w+(?:['’-]\w+)*", content.lower().replace("’", "'"))
    return found[1:] if found[:1] == ["that"] else found


def _groups(told: pd.DataFrame) -> list[list[int]]:
    parent = list(range(len(told)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    contents = [words(content) for content in told["content"]]
    speakers = [None if pd.isna(one) else one for one in told["speaker_id"]]
    days = [None if pd.isna(moment) else moment for moment in told["reported_at"]]
    shingles = [_shingles(content) for content in contents]
    nested = _nested(told)
    seen: dict[tuple, list[int]] = defaultdict(list)
    for place, own in enumerate(shingles):
        candidates = {other for shingle in own for other in seen[speakers[place], shingle]}
        for other in sorted(candidates):
            alike = _same(own, shingles[other]) if speakers[place] else own == shingles[other]
            if alike and _near(days[place], days[other]) and place not in nested.get(other, ()):
                parent[root(place)] = root(other)
        for shingle in own:
            seen[speakers[place], shingle].append(place)
    groups = defaultdict(list)
    for place in range(len(told)):
        groups[root(place)].append(place)
    return [groups[place] for place in sorted(groups)]


def _nested(told: pd.DataFrame) -> dict[int, set[int]]:
    """Give, for the place of each statement, the places of those within it and of the one it is within."""
    places = {one: place for place, one in enumerate(told["statement_id"])}
    pairs: dict[int, set[int]] = defaultdict(set)
    for place, outer in enumerate(told["within_id"]):
        if outer in places:
            pairs[place].add(places[outer])
            pairs[places[outer]].add(place)
    return pairs


def _shingles(content: list[str]) -> frozenset[tuple[str, ...]]:
    if len(content) < SHORT:
        return frozenset()
    return frozenset(tuple(content[at : at + SHINGLE]) for at in range(len(content) - SHINGLE + 1))


def _near(day: pd.Timestamp | None, other: pd.Timestamp | None) -> bool:
    return day is None or other is None or abs(day - other) <= pd.Timedelta(days=DAYS)


def _same(one: frozenset, other: frozenset) -> bool:
    return len(one & other) >= COVER * min(len(one), len(other))


def _utterance(members: pd.DataFrame, subjects: pd.DataFrame) -> dict:
    first = members.iloc[0]
    fullest = max(members["content"], key=lambda content: (len(words(content)), content))
    dated = members.dropna(subset="said_from")
    dated = dated[dated["said_precision"] != "report"] if (dated["said_precision"] != "report").any() else dated
    return {
        "utterance_id": digest("utterance", first["speaker_id"], *words(first["content"]), first["reported_at"]),
        "speaker_id": first["speaker_id"],
        "matter_id": matters.about(" ".join(members["content"]), subjects),
        "content": fullest,
        "said_from": dated["said_from"].min() if len(dated) else None,
        "said_to": dated["said_to"].max() if len(dated) else None,
        "statements": len(members),
        "outlets": int(members["outlet"].nunique()),
        "first_reported_at": first["reported_at"],
        "first_outlet": first["outlet"],
    }
