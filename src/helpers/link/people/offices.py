"""Tell who held which office when, and so whom "the transport minister" means on a day."""

import re
from collections import defaultdict
from datetime import date

import pandas as pd

from helpers.link.people.holders import Holders, Office, as_day, office

OWNER = re.compile(r"(?:The\s)?(?P<name>[A-Z][\w-]+)(?:\s[\w&-]+)*['’]s?\s(?P<role>[a-z].*)")
CLOSE = 150  # characters between two people's names within which neither is the nearer


def role_on(table: pd.DataFrame, actor_id: str, day: date | None) -> str | None:
    """Give the role that a person had on a day, in the words that the story most often has for it, or None.

    Needs the table roles; a role without dates holds at any day, one that an article calls "former" before it. What
    actors.csv says goes first.
    """
    return Holders(table, {}).role_on(actor_id, day)


def roles_on(statements: pd.DataFrame, holders: Holders) -> pd.Series:
    """Give each statement its speaker's role on the day it was made: `role_on` for a whole table.

    Needs speaker_id, said_to, reported_at.
    """
    made = [
        as_day(said) or as_day(reported)
        for said, reported in zip(statements["said_to"], statements["reported_at"], strict=True)
    ]
    told = [
        holders.role_on(speaker, day) if isinstance(speaker, str) else None
        for speaker, day in zip(statements["speaker_id"], made, strict=True)
    ]
    return pd.Series(told, index=statements.index, dtype=object)


def settle(
    statements: pd.DataFrame, mentions: pd.DataFrame, holders: Holders, days: dict[str, date | None]
) -> pd.Series:
    """Give the speakers whom the articles only describe ("the energy minister"), by who held the office that day.

    Needs `statements` (speaker_id, described, article_id, source_start), `mentions` with their actor_id, who held
    which office, and the articles' days. Whoever the article itself names goes before others; of several the one it
    named last. Gives the column speaker_id; who cannot be told stays null.
    """
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    people = mentions.loc[mentions["actor_id"].notna() & (mentions["label"] == "person")]
    for article, start, actor in zip(people["article_id"], people["start_char"], people["actor_id"], strict=True):
        named[article].append((start, actor))
    surnames: dict[str, set[str]] = defaultdict(set)
    for actor, name in set(zip(mentions["actor_id"], mentions["actor"], strict=True)):
        if isinstance(actor, str) and isinstance(name, str) and " " in name:
            surnames[name.split()[-1].lower()].add(actor)
    told = []
    columns = ["article_id", "part", "speaker_id", "described", "source_start"]
    for row in statements[columns].itertuples(index=False):
        speaker = row.speaker_id if isinstance(row.speaker_id, str) else None
        if speaker is None and isinstance(row.described, str):
            at = row.source_start if row.part == "text" and not pd.isna(row.source_start) else None
            speaker = _settled(row.described, days.get(row.article_id), holders, named[row.article_id], at, surnames)
        told.append(speaker)
    return pd.Series(told, index=statements.index, dtype=object)


def _settled(
    words: str,
    day: date | None,
    holders: Holders,
    named: list[tuple[int, str]],
    at: int | None,
    surnames: dict[str, set[str]],
) -> str | None:
    wanted = office(words)
    if not wanted:
        return None
    wanted = holders.possessed(wanted, surnames)
    here = {actor for _, actor in named}
    count, fits = holders.fitting(wanted, day, here)
    # "Tolm Steel Works' chief executive" is whom the article itself calls Tolm's.
    owner = None if count else OWNER.match(words)
    bare = owner and office(owner["role"])
    if bare and (found := holders.owned(bare, owner["name"].lower(), day, here)):
        return found
    if not count:
        # The article says "the prime minister's aide" of an aide whom it only calls one.
        loose = {actor for actor in here if holders.is_only(actor, wanted.head)}
        _, others = holders.fitting(Office(wanted.head, frozenset(), False, False), day, here)
        return loose.pop() if len(loose) == 1 and len(others & here) == 1 else None
    if count == 1 or len(fits) == 1:
        return fits.pop()
    if not fits or at is None:
        return None
    before = [(start, actor) for start, actor in sorted(named) if actor in fits and start < at]
    if not before or any(actor != before[-1][1] and before[-1][0] - start < CLOSE for start, actor in before):
        return None
    return before[-1][1]
