"""Look up who held which office on a day, as the roles of a story tell: indexed, so that a large story stays quick."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

import pandas as pd

from helpers.annotate import roles
from helpers.annotate.actors import HONORIFICS

NEW = {"new", "newly", "incoming"}
PORTFOLIOS = set(
    "foreign interior finance defense energy transport health justice trade economy culture education agriculture "
    "environment labor prime vice deputy water security".split()
)
# A union's general secretary has no portfolio, whatever its members work in.
SOCIETIES = {"association", "club", "federation", "general", "guild", "league", "party", "society", "union"}
RANKS = {"colonel", "lieutenant", "captain", "sergeant", "general", "admiral", "professor", "economist"}
FRESH = timedelta(days=90)  # for which a minister is "the new minister"
STEM = 5  # letters that two words with one stem share at least

Term = tuple[date, date]  # the first and the last day of an office, open ends as the first and last day there is


@dataclass(frozen=True)
class Office:
    """What a role's words say: the head noun, the words that tell it from others, and whether it has ended or begun."""

    head: str
    words: frozenset[str]
    ended: bool
    new: bool

    @cached_property
    def portfolio(self) -> frozenset[str]:
        """The words that make two ministers two offices; of a spokeswoman they only tell more."""
        held = self.head in ("minister", "secretary", "commissioner") and not self.words & SOCIETIES
        return self.words & PORTFOLIOS if held else frozenset()


@dataclass(frozen=True)
class _Evidence:
    office: Office
    role: str
    day: date | None  # of the article
    from_date: date | None
    to_date: date | None


@lru_cache(maxsize=100_000)
def office(role: str) -> Office | None:
    """Read a role or a description: "the former Tolmian energy minister"; None where it names no office."""
    head = roles.singular(role.split(",")[0])
    if not head:
        return None
    words = roles.content(role.split(",")[0])
    return Office(
        head, frozenset(words - roles.ENDED - roles.PASSING - {head}), bool(words & roles.ENDED), bool(words & NEW)
    )


def alike(word: str, other: str) -> bool:
    """Tell whether two words are one or share their stem, as a country and what is of it: "Tolmia", "Tolmian"."""
    if word == other:
        return True
    shared = max(STEM, min(len(word), len(other)) - 1)
    return word[:shared] == other[:shared] and min(len(word), len(other)) >= STEM


class Words:
    """Words by their stem, each with what it is said of: finds what an alike word is said of, comparing with few."""

    def __init__(self):
        self._by_stem: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, word: str, of: str) -> None:
        """Note that a word is said of something."""
        self._by_stem[word[:STEM]][word].add(of)

    def alike(self, word: str) -> set[str]:
        """Give all that words alike to this one are said of."""
        near = self._by_stem.get(word[:STEM], {})
        return {of for other, said in near.items() if alike(word, other) for of in said}


class Holders:
    """Who held which office when; built once of the table roles and the articles' days, asked for every statement."""

    def __init__(self, table: pd.DataFrame, days: dict[str, date | None], places: Iterable[str] = ()):
        self._places = Words()
        for place in places:
            self._places.add(place, place)
        self._by_actor: dict[str, list[_Evidence]] = defaultdict(list)
        self._reviewed: dict[str, list[_Evidence]] = defaultdict(list)  # what actors.csv says
        self._heads: dict[str, set[str]] = defaultdict(set)  # the actors that a head noun is said of
        self._said = Words()  # every word of an actor's offices
        self._words: dict[str, Words] = defaultdict(Words)  # that go with a head noun
        self._starts: dict[tuple[str, frozenset[str]], list[tuple[date, str, bool]]] = defaultdict(list)
        # Who is said to have held an office, with the other words that are said of it.
        self._held: dict[tuple[str, frozenset[str]], dict[str, set[str]]] = defaultdict(dict)
        # What is said of an office in words that hold its portfolio.
        self._named: dict[tuple[str, frozenset[str]], list[_Evidence]] = defaultdict(list)
        # The same is asked again and again: what was found is kept.
        self._terms: dict[tuple[str, str, frozenset[str]], Term] = {}
        self._fits: dict[Office, _Fits] = {}
        self._owned: dict[Office, Office] = {}
        self._titles: dict[str, list[_Title]] = {}
        self._told: dict[tuple[str, date | None], str | None] = {}
        for row in table.itertuples():
            held = office(row.role) if isinstance(row.actor_id, str) else None
            if held is None:
                continue
            article = row.article_id if isinstance(row.article_id, str) else None
            day, start, end = days.get(article), as_day(row.from_date), as_day(row.to_date)
            evidence = _Evidence(held, row.role, day, start, end)
            self._by_actor[row.actor_id].append(evidence)
            if article is None:
                self._reviewed[row.actor_id].append(evidence)
        self._complete()
        for actor, own in self._by_actor.items():
            for evidence in own:
                place = evidence.office.head, evidence.office.portfolio
                began = evidence.from_date or (evidence.day if evidence.office.new else None)
                if began:
                    told = evidence.from_date is not None
                    self._starts[place].append((began, actor, told))
                self._held[place].setdefault(actor, set()).update(evidence.office.words - evidence.office.portfolio)
                if evidence.office.portfolio and office(evidence.role).portfolio:
                    self._named[place].append(evidence)
        for starts in self._starts.values():
            starts.sort()
        for actor, own in self._by_actor.items():
            for held in {evidence.office for evidence in own}:
                self._heads[held.head].add(actor)
                for word in (*held.words, held.head):
                    self._said.add(word, actor)
                for word in held.words:
                    self._words[held.head].add(word, held.head)
        self._placed = {actor for place in places for actor in self._said.alike(place)}

    def _complete(self) -> None:
        """Read "the commissioner" as the health commissioner, where he, or else the story, has no other portfolio."""
        story: dict[str, set[frozenset[str]]] = defaultdict(set)
        for own in self._by_actor.values():
            for evidence in own:
                story[evidence.office.head].add(evidence.office.portfolio)
        for actor, own in self._by_actor.items():
            mine: dict[str, set[frozenset[str]]] = defaultdict(set)
            for evidence in own:
                mine[evidence.office.head].add(evidence.office.portfolio)
            whole = []
            for evidence in own:
                held = evidence.office
                told = (mine[held.head] - {frozenset()}) or (story[held.head] - {frozenset()})
                if not held.words and len(told) == 1:
                    held = Office(held.head, next(iter(told)), held.ended, held.new)
                whole.append(replace(evidence, office=held))
            self._by_actor[actor] = whole

    def possessed(self, wanted: Office, surnames: dict[str, set[str]]) -> Office:
        """Read "Mrs Varro's aide" as the aide of her office: "the prime minister's aide"."""
        if wanted not in self._owned:
            self._owned[wanted] = self._possessed(wanted, surnames)
        return self._owned[wanted]

    def fitting(self, wanted: Office, day: date | None, here: set[str]) -> tuple[int, set[str]]:
        """Give how many people held on a day an office that the words fit, and those of `here`, or the only one."""
        if wanted not in self._fits:
            self._fits[wanted] = self._find(wanted)
        return self._fits[wanted].on(day, here)

    def owned(self, wanted: Office, owner: str, day: date | None, here: set[str]) -> str | None:
        """Give the one person of `here` whom the words for an office fit and of whom its owner's first name is said."""
        _, fits = self.fitting(wanted, day, here)
        fits = fits & here & self._said.alike(owner)
        return fits.pop() if len(fits) == 1 else None

    def is_only(self, actor: str, head: str) -> bool:
        """Tell whether all that the story says of someone's office is its head noun ("spokeswoman")."""
        own = [evidence for evidence in self._by_actor.get(actor, ()) if evidence.office.head == head]
        return bool(own) and not any(evidence.office.words for evidence in own)

    def role_on(self, actor: str, day: date | None) -> str | None:
        """Give an actor's role on a day: what actors.csv says, else the office that the articles near it tell of."""
        if (actor, day) not in self._told:
            self._told[actor, day] = self._role_on(actor, day)
        return self._told[actor, day]

    def _role_on(self, actor: str, day: date | None) -> str | None:
        for evidence in self._reviewed.get(actor, ()):
            if _within(day, evidence.from_date, evidence.to_date):
                return evidence.role
        if actor not in self._titles:
            self._titles[actor] = self._offices(actor)
        titles = self._titles[actor]
        ranked = [(rank, title) for title in titles if (rank := title.rank(day, alone=len(titles) == 1))]
        if not ranked:
            return None
        rank, title = min(ranked, key=lambda one: one[0])
        return title.wording(rank)

    def _offices(self, actor: str) -> list["_Title"]:
        groups: dict[tuple[str, frozenset[str]], list[_Evidence]] = defaultdict(list)
        for evidence in self._by_actor.get(actor, ()):
            groups[evidence.office.head, evidence.office.portfolio].append(evidence)
        ordered = sorted(groups.items(), key=lambda item: (item[0][0], sorted(item[0][1])))
        return [
            _Title(head, self._term(actor, head, portfolio), group, self._named[head, portfolio])
            for (head, portfolio), group in ordered
        ]

    def _possessed(self, wanted: Office, surnames: dict[str, set[str]]) -> Office:
        words = {word for word in wanted.words if word not in HONORIFICS or word in PORTFOLIOS}
        for word in sorted(words):
            owners = surnames.get(word, set())
            if len(owners) == 1 and not self._words[wanted.head].alike(word):
                top = Counter((e.office.head, e.office.portfolio) for e in self._by_actor.get(next(iter(owners)), ()))
                if top:
                    most = min(top.items(), key=lambda item: (-item[1], item[0][0], sorted(item[0][1])))
                    head, others = most[0]
                    words = (words - {word}) | {head} | set(others)
        return Office(wanted.head, frozenset(words), wanted.ended, wanted.new)

    def _find(self, wanted: Office) -> "_Fits":
        """Find everybody of whom the story says all that the words say, with the terms of those offices."""
        actors = self._heads.get(wanted.head, set())
        for word in sorted(wanted.words):
            said = self._said.alike(word)
            if self._places.alike(word):
                # Of whom the story never says whose minister he is, the country tells nothing.
                said |= actors - self._placed
            actors = actors & said
        terms, since = {}, {}
        for actor in actors:
            own = [e for e in self._by_actor[actor] if e.office.head == wanted.head]
            held = {e.office.portfolio for e in own if wanted.portfolio <= e.office.words}
            if held:
                terms[actor] = sorted(self._term(actor, wanted.head, portfolio) for portfolio in held)
                if not any(e.office.new for e in own):
                    since[actor] = min((e.day for e in own if e.day and e.office.portfolio in held), default=date.max)
        return _Fits(wanted, terms, since)

    def _term(self, actor: str, head: str, portfolio: frozenset[str]) -> Term:
        """Give the first and last day of an actor's office."""
        key = (actor, head, portfolio)
        if key not in self._terms:
            own = [e for e in self._by_actor[actor] if e.office.head == head and e.office.portfolio == portfolio]
            began = [e.from_date for e in own if e.from_date]
            new = [e.day for e in own if e.office.new and e.day]
            over = [e.to_date for e in own if e.to_date]
            held = [e.day for e in own if not e.office.ended and not e.to_date and e.day]
            gone = [e.day for e in own if e.office.ended and e.day]
            start = min(began, default=min(new, default=date.min))
            end = min(over, default=date.max)
            if not over and gone:
                last = max((day for day in held if day < min(gone)), default=None)
                end = self._followed(key, last) or min(gone) - timedelta(days=1)
            elif not over:
                end = self._succeeded(key, max(held, default=None)) or end
            self._terms[key] = start, end
        return self._terms[key]

    def _followed(self, key: tuple[str, str, frozenset[str]], last: date | None) -> date | None:
        """Give the day before somebody else took up an office, the first such day that is not before `last`."""
        actor, *place = key
        starts = self._starts.get(tuple(place), [])
        first = bisect_left(starts, (last + timedelta(days=1), "")) if last else 0
        return next((day - timedelta(days=1) for day, other, told in starts[first:] if other != actor and told), None)

    def _succeeded(self, key: tuple[str, str, frozenset[str]], last: date | None) -> date | None:
        """Give the last day that is sure of an office that the story never ends, where another holds it later.

        The day before the other took it up; where that day is not told, the last on which it was still said to be his.
        """
        actor, head, portfolio = key
        if not portfolio or last is None:
            return None
        held = self._held[head, portfolio]
        own, others = held[actor], [words for other, words in held.items() if other != actor]
        # Where three are told of, it may be the office of three countries.
        if len(others) != 1 or (own and others[0] and not own & others[0]):
            return None
        starts = self._starts.get((head, portfolio), [])
        first = bisect_left(starts, (last + timedelta(days=1), ""))
        later = next(((day, told) for day, other, told in starts[first:] if other != actor), None)
        return later and (later[0] - timedelta(days=1) if later[1] else last)


class _Fits:
    """The people whom the words for an office fit, and when they held it."""

    def __init__(self, wanted: Office, terms: dict[str, list[Term]], since: dict[str, date]):
        self._wanted = wanted
        self._since = since  # the first day on which somebody held the office, of whom it is never said that he is new
        self._actors = sorted(terms)
        self._terms = terms
        # On a day as many held the office as had begun and not ended; sums of their numbers tell who it was, if one.
        place = {actor: number for number, actor in enumerate(self._actors)}
        whole = [(place[actor], term) for actor, own in terms.items() for term in _joined(own)]
        self._begun = _Sums((term[0], number) for number, term in whole)
        self._over = _Sums((term[1], number) for number, term in whole)
        self._fresh = sorted((term[0], actor) for actor, own in terms.items() for term in own if term[0] > date.min)

    def on(self, day: date | None, here: set[str]) -> tuple[int, set[str]]:
        """Give how many held the office on a day, and those of `here`, or the only one."""
        count, total = self._held(day)
        if self._wanted.ended:  # whose time is not yet come is no former minister
            count, total = self._over.before(day) if day else (0, 0)
            if count == 1 and not self._fitted(self._actors[total], day):
                count = 0
        if self._wanted.new and count > 1:
            fresh = self._began(day)
            return len(fresh), fresh if len(fresh) == 1 else fresh & here
        if count == 1:
            only = self._actors[total]
            if self._wanted.new and day and self._since.get(only, day) < day and only not in self._began(day):
                return 0, set()  # "the new minister" is not whoever was minister all along
            return 1, {only}
        return count, {actor for actor in here if actor in self._terms and self._fitted(actor, day)}

    def _held(self, day: date | None) -> tuple[int, int]:
        if day is None:
            return len(self._actors), sum(range(len(self._actors)))
        begun, over = self._begun.until(day), self._over.before(day)
        return begun[0] - over[0], begun[1] - over[1]

    def _fitted(self, actor: str, day: date | None) -> bool:
        held = day is None or any(start <= day <= end for start, end in self._terms[actor])
        if self._wanted.ended:
            return not held and any(end < day for _, end in self._terms[actor])
        return held

    def _began(self, day: date | None) -> set[str]:
        if day is None:
            return set()
        low, high = (bisect_left(self._fresh, (one, "")) for one in (day - FRESH, day + timedelta(days=1)))
        return {actor for _, actor in self._fresh[low:high] if self._fitted(actor, day)}


class _Sums:
    """Days, each with a number: tells how many days lie up to one, and the sum of their numbers."""

    def __init__(self, days: Iterable[tuple[date, int]]):
        told = sorted(days)
        self._days = [day for day, _ in told]
        self._sums = [0]
        for _, number in told:
            self._sums.append(self._sums[-1] + number)

    def until(self, day: date) -> tuple[int, int]:
        count = bisect_right(self._days, day)
        return count, self._sums[count]

    def before(self, day: date) -> tuple[int, int]:
        count = bisect_left(self._days, day)
        return count, self._sums[count]


class _Title:
    """One office of a person: its term and the words that the story has for it."""

    def __init__(self, head: str, term: Term, group: list[_Evidence], named: Sequence[_Evidence] = ()):
        self._head, self._term, self._named = head, term, named
        self._groups = {over: [e for e in group if e.office.ended == over] for over in (False, True)}
        self._days = {over: sorted(e.day for e in own if e.day) for over, own in self._groups.items()}
        self._words = {over: max((len(e.office.words) for e in own), default=0) for over, own in self._groups.items()}
        self._left = any(evidence.to_date for evidence in group)  # the story says that he left it
        self._wordings: dict[bool, str] = {}

    def rank(self, day: date | None, alone: bool) -> tuple | None:
        """Give how well the office says what its holder was on a day, the least the best; None where it does not."""
        over = not _within(day, *self._term)
        if over and (day is None or day <= self._term[1]):
            return None
        told = self._told(over)
        if told != over and over and not self._left:
            return None
        group = self._groups[told]
        nearest = 0 if alone else _nearest(self._days[told], day)
        # What somebody took up on a known day is what he has been since.
        begun = self._term[0] > date.min and not over
        loose = self._head == "leader" and not self._words[told]  # "its leader" is whatever else he is called
        return self._head in RANKS, over, loose, not begun, nearest, -len(group), -self._words[told], self._head

    def wording(self, rank: tuple) -> str:
        """Give the words that the story most often has for the office as it ranked."""
        over = rank[1]
        if over not in self._wordings:
            told = self._told(over)
            words = _wording(self._groups[told], self._named)
            self._wordings[over] = f"former {words}" if over and not told else words
        return self._wordings[over]

    def _told(self, over: bool) -> bool:
        return over if self._groups[over] else not over


def as_day(value: object) -> date | None:
    """Give the day of a date, a time or a cell of a table, None for an empty one."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _joined(terms: list[Term]) -> list[Term]:
    """Give the stretches that terms cover together; needs them in order."""
    whole: list[Term] = []
    for start, end in terms:
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        elif start <= end:
            whole.append((start, end))
    return whole


def _nearest(days: list[date], day: date | None) -> int:
    if day is None or not days:
        return 10_000
    at = bisect_left(days, day)
    return min(abs((one - day).days) for one in days[max(0, at - 1) : at + 1])


def _wording(group: list[_Evidence], named: Sequence[_Evidence] = ()) -> str:
    counts = Counter(re.sub(r"\s+", " ", evidence.role) for evidence in group)
    bare = {role for role in counts if not (office(role) and office(role).words)}
    if len(bare) == len(counts) and (whole := [e for e in named if not e.office.ended and not office(e.role).new]):
        return _wording(whole)  # the words that the story has for the office of another who held it
    return min(counts, key=lambda role: (role in bare, -counts[role], -len(role), role))


def _within(day: date | None, start: date | None, end: date | None) -> bool:
    return day is None or ((start is None or start <= day) and (end is None or day <= end))
