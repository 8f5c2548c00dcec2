"""Tell who held which office when, and so whom "the transport minister" means on a day."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from helpers.annotate import roles
from helpers.annotate.actors import HONORIFICS

NEW = {"new", "newly", "incoming"}
PORTFOLIOS = set(
    "foreign interior finance defense energy transport health justice trade economy culture education agriculture "
    "environment labor prime vice deputy water security".split()
)
RANKS = {"colonel", "lieutenant", "captain", "sergeant", "general", "admiral", "professor", "economist"}
FRESH = 90  # days for which a minister is "the new minister"
CLOSE = 150  # characters between two people's names within which neither is the nearer


@dataclass(frozen=True)
class Office:
    """What a role's words say: the head noun, the words that tell it from others, and whether it has ended or begun."""

    head: str
    words: frozenset[str]
    ended: bool
    new: bool


@dataclass(frozen=True)
class _Evidence:
    actor: str
    office: Office
    role: str
    day: date | None  # of the article
    from_date: date | None
    to_date: date | None
    reviewed: bool


def office(role: str) -> Office | None:
    """Read a role or a description: "the former Tolmian energy minister"; None where it names no office."""
    head = roles.singular(role.split(",")[0])
    if not head:
        return None
    words = roles.content(role.split(",")[0])
    return Office(
        head, frozenset(words - roles.ENDED - roles.PASSING - {head}), bool(words & roles.ENDED), bool(words & NEW)
    )


def role_on(table: pd.DataFrame, actor_id: str, day: date | None) -> str | None:
    """Give the role that a person had on a day, in the words that the story most often has for it, or None.

    Needs the table roles; a role without dates holds at any day, one that an article calls "former" before it. What
    actors.csv says goes first.
    """
    return _Holders(table, {}).role_on(actor_id, day)


def roles_on(statements: pd.DataFrame, table: pd.DataFrame, days: dict[str, date | None]) -> pd.Series:
    """Give each statement its speaker's role on the day it was made: `role_on` for a whole table.

    Needs speaker_id, said_to, reported_at; `days` are the days on which articles were published, by article_id.
    """
    holders = _Holders(table, days)
    made = [
        _day(said) or _day(reported)
        for said, reported in zip(statements["said_to"], statements["reported_at"], strict=True)
    ]
    told = [
        holders.role_on(speaker, day) if isinstance(speaker, str) else None
        for speaker, day in zip(statements["speaker_id"], made, strict=True)
    ]
    return pd.Series(told, index=statements.index, dtype=object)


def settle(
    statements: pd.DataFrame, mentions: pd.DataFrame, table: pd.DataFrame, days: dict[str, date | None]
) -> pd.Series:
    """Give the speakers whom the articles only describe ("the energy minister"), by who held the office that day.

    Needs `statements` (speaker_id, described, article_id, source_start), `mentions` and `roles` with their actor_id,
    and the articles' days. Whoever the article itself names goes before others; of several the one it named last.
    Gives the column speaker_id; who cannot be told stays null.
    """
    places = mentions.loc[mentions["label"] == "place", "actor"].dropna().str.lower().unique()
    holders = _Holders(table, days, frozenset(places))
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in mentions[mentions["actor_id"].notna() & (mentions["label"] == "person")].itertuples():
        named[row.article_id].append((row.start_char, row.actor_id))
    surnames: dict[str, set[str]] = defaultdict(set)
    for actor, name in set(zip(mentions["actor_id"], mentions["actor"], strict=True)):
        if isinstance(actor, str) and isinstance(name, str) and " " in name:
            surnames[name.split()[-1].lower()].add(actor)
    told = []
    for row in statements.itertuples():
        speaker = row.speaker_id if isinstance(row.speaker_id, str) else None
        if speaker is None and isinstance(row.described, str):
            at = row.source_start if row.part == "text" and not pd.isna(row.source_start) else None
            speaker = _settled(row.described, days.get(row.article_id), holders, named[row.article_id], at, surnames)
        told.append(speaker)
    return pd.Series(told, index=statements.index, dtype=object)


def _settled(
    words: str,
    day: date | None,
    holders: "_Holders",
    named: list[tuple[int, str]],
    at: int | None,
    surnames: dict[str, set[str]],
) -> str | None:
    wanted = office(words)
    if not wanted:
        return None
    wanted = holders.possessed(wanted, surnames)
    fits = holders.on(wanted, day)
    here = {actor for _, actor in named}
    if not fits:
        # The article says "the prime minister's aide" of an aide whom it only calls one.
        loose = {actor for actor in here if holders.is_only(actor, wanted.head)}
        return (
            loose.pop()
            if len(loose) == 1 and len(holders.on(Office(wanted.head, frozenset(), False, False), day) & here) == 1
            else None
        )
    if len(fits) == 1:
        return next(iter(fits))
    present = fits & here
    if len(present) == 1:
        return present.pop()
    if not present or at is None:
        return None
    before = [(start, actor) for start, actor in sorted(named) if actor in present and start < at]
    if not before or any(actor != before[-1][1] and before[-1][0] - start < CLOSE for start, actor in before):
        return None
    return before[-1][1]


class _Holders:
    """Who held which office when, as the roles of a story tell; built once, asked for every statement."""

    def __init__(self, table: pd.DataFrame, days: dict[str, date | None], places: frozenset[str] = frozenset()):
        self._places = places
        # The same words are asked of again and again: what was found is kept.
        self._fits: dict[tuple[Office, date | None], set[str]] = {}
        self._covered: dict[Office, set[str]] = {}
        self._owned: dict[Office, Office] = {}
        self._by_head: dict[str, list[_Evidence]] = defaultdict(list)
        self._by_actor: dict[str, list[_Evidence]] = defaultdict(list)
        for row in table.itertuples():
            held = office(row.role) if isinstance(row.actor_id, str) else None
            if held is None:
                continue
            article = row.article_id if isinstance(row.article_id, str) else None
            evidence = _Evidence(
                row.actor_id, held, row.role, days.get(article), _day(row.from_date), _day(row.to_date), article is None
            )
            self._by_head[held.head].append(evidence)
            self._by_actor[row.actor_id].append(evidence)
        self._terms: dict[tuple[str, str, frozenset[str]], tuple[date, date]] = {}

    def possessed(self, wanted: Office, surnames: dict[str, set[str]]) -> Office:
        """Read "Mrs Varro's aide" as the aide of her office: "the prime minister's aide"."""
        if wanted not in self._owned:
            self._owned[wanted] = self._possessed(wanted, surnames)
        return self._owned[wanted]

    def _possessed(self, wanted: Office, surnames: dict[str, set[str]]) -> Office:
        words = {word for word in wanted.words if word not in HONORIFICS or word in PORTFOLIOS}
        for word in sorted(words):
            owners = surnames.get(word, set())
            if len(owners) == 1 and not any(
                alike(word, own) for e in self._by_head[wanted.head] for own in e.office.words
            ):
                top = Counter((e.office.head, _portfolio(e.office)) for e in self._by_actor[next(iter(owners))])
                if top:
                    head, others = sorted(top.items(), key=lambda item: (-item[1], item[0][0], sorted(item[0][1])))[0][
                        0
                    ]
                    words = (words - {word}) | {head} | set(others)
        return Office(wanted.head, frozenset(words), wanted.ended, wanted.new)

    def on(self, wanted: Office, day: date | None) -> set[str]:
        """Give the people who on a day held an office that the words fit."""
        if (wanted, day) not in self._fits:
            self._fits[wanted, day] = self._on(wanted, day)
        return self._fits[wanted, day]

    def _on(self, wanted: Office, day: date | None) -> set[str]:
        if wanted not in self._covered:
            actors = {evidence.actor for evidence in self._by_head[wanted.head]}
            self._covered[wanted] = {actor for actor in actors if self._covers(actor, wanted)}
        fits = {actor for actor in self._covered[wanted] if self._held(actor, wanted, day) != wanted.ended}
        if wanted.new and len(fits) > 1:
            fits = {actor for actor in fits if self._is_new(actor, wanted, day)}
        return fits

    def _is_new(self, actor: str, wanted: Office, day: date | None) -> bool:
        starts = [self._term(actor, *office)[0] for office in self._offices(actor, wanted)]
        return day is not None and any(start > date.min and 0 <= (day - start).days <= FRESH for start in starts)

    def _offices(self, actor: str, wanted: Office) -> set[tuple[str, frozenset[str]]]:
        portfolio = _portfolio(wanted)
        own = [evidence.office for evidence in self._by_actor[actor] if evidence.office.head == wanted.head]
        return {(office.head, _portfolio(office)) for office in own if portfolio <= office.words}

    def is_only(self, actor: str, head: str) -> bool:
        """Tell whether all that the story says of someone's office is its head noun ("spokeswoman")."""
        own = [evidence for evidence in self._by_actor[actor] if evidence.office.head == head]
        return bool(own) and not any(evidence.office.words for evidence in own)

    def role_on(self, actor: str, day: date | None) -> str | None:
        """Give an actor's role on a day."""
        mine = self._by_actor.get(actor, [])
        for evidence in mine:
            if evidence.reviewed and _within(day, evidence.from_date, evidence.to_date):
                return evidence.role
        groups: dict[tuple[str, frozenset[str]], list[_Evidence]] = defaultdict(list)
        for evidence in mine:
            groups[evidence.office.head, _portfolio(evidence.office)].append(evidence)
        best, rank = None, None
        for (head, portfolio), group in sorted(groups.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
            start, end = self._term(actor, head, portfolio)
            over = not _within(day, start, end)
            if over and (day is None or day <= end):
                continue
            kept = [evidence for evidence in group if evidence.office.ended == over]
            group = kept or [evidence for evidence in group if evidence.office.ended]
            if not group:
                continue
            nearest = min((abs((e.day - day).days) for e in group if e.day and day), default=10_000)
            words = max(len(e.office.words) for e in group)
            here = (head in RANKS, over, nearest if len(groups) > 1 else 0, -len(group), -words, head)
            if rank is None or here < rank:
                best, rank = group, here
        return _wording(best) if best else None

    def _covers(self, actor: str, wanted: Office) -> bool:
        own = [evidence for evidence in self._by_actor[actor] if evidence.office.head == wanted.head]
        portfolio = _portfolio(wanted)
        if not any(portfolio <= evidence.office.words for evidence in own):
            return False
        known = {word for evidence in self._by_actor[actor] for word in evidence.office.words | {evidence.office.head}}
        placed = any(alike(word, place) for word in known for place in self._places)
        return all(
            any(alike(word, other) for other in known)
            # Of whom the story never says whose minister he is, the country tells nothing.
            or (not placed and any(alike(word, place) for place in self._places))
            for word in wanted.words
        )

    def _held(self, actor: str, wanted: Office, day: date | None) -> bool:
        if day is None:
            return True
        return any(_within(day, *self._term(actor, *office)) for office in self._offices(actor, wanted))

    def _term(self, actor: str, head: str, portfolio: frozenset[str]) -> tuple[date, date]:
        """Give the first and last day of an actor's office, open ends as the first and last day there is."""
        key = (actor, head, portfolio)
        if key not in self._terms:
            own = [e for e in self._by_actor[actor] if e.office.head == head and _portfolio(e.office) == portfolio]
            began = [e.from_date for e in own if e.from_date]
            new = [e.day for e in own if e.office.new and e.day]
            over = [e.to_date for e in own if e.to_date]
            held = [e.day for e in own if not e.office.ended and not e.to_date and e.day]
            gone = [e.day for e in own if e.office.ended and e.day]
            start = min(began, default=min(new, default=date.min))
            end = min(over, default=date.max)
            if not over and gone:
                last = max((day for day in held if day < min(gone)), default=None)
                after = [
                    e.from_date - timedelta(days=1)
                    for e in self._by_head[head]
                    if e.actor != actor and e.from_date and _portfolio(e.office) == portfolio
                ]
                end = min([day for day in after if last is None or day >= last], default=min(gone) - timedelta(days=1))
            self._terms[key] = start, end
        return self._terms[key]


def _portfolio(one: Office) -> frozenset[str]:
    """Give the words that make two ministers two offices; of a spokeswoman they only tell more."""
    return one.words & PORTFOLIOS if one.head in ("minister", "secretary", "commissioner") else frozenset()


def alike(word: str, other: str) -> bool:
    """Tell whether two words are one or share their stem, as a country and what is of it: "Tolmia", "Tolmian"."""
    if word == other:
        return True
    shared = max(5, min(len(word), len(other)) - 1)
    return word[:shared] == other[:shared] and min(len(word), len(other)) >= 5


def _wording(group: list[_Evidence]) -> str:
    counts = Counter(re.sub(r"\s+", " ", evidence.role) for evidence in group)
    bare = {role for role in counts if not (office(role) and office(role).words)}
    return sorted(counts, key=lambda role: (role in bare, -counts[role], -len(role), role))[0]


def _within(day: date | None, start: date | None, end: date | None) -> bool:
    return day is None or ((start is None or start <= day) and (end is None or day <= end))


def _day(value: object) -> date | None:
    if value is None or pd.isna(value):
        return None
    return pd.Timestamp(value).date()
