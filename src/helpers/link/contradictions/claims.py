"""Gather what an utterance claims, from all its reports, and what may conflict with it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace
from typing import NamedTuple

import pandas as pd

from helpers.annotate.statements import acts
from helpers.link import quantities, wording
from helpers.link.contradictions import polarity

RECENT = 25  # earlier claims with a term that a claim is compared with
MOST = 24  # earlier claims that a claim is compared with, from which it is compared with no more
COMMON = 0.3  # weight of a term below which every other claim has it
NEARBY = 2  # statements between two of one article that answer each other
LOOKED = 3  # statements before one that calls another wrong among which the other is
WEEK = 7  # days from which a time that is spoken of is no day any more
# Of the statements, what is read.
READ = (
    "utterance_id statement_id article_id part form content content_spans speaker_id act cue negated condition "
    "within_id said_from said_precision reported_at confidence"
).split()
VERBATIM = 5  # words in a row that two reports of one statement share
# How a report says that its speaker answers, grants or takes back what was said before.
ANSWERS = re.compile(
    r"\b(?:differently|disagre\w+|disput\w+|den(?:y|ies|ied|ial)|reject\w*|rebut\w*|refut\w*|contradict\w*|dismiss\w*|"
    r"contest\w*|counter\w*|insist\w*|repl(?:y|ies|ied)|shot back|hit back|not recogni[sz]e|ruled out|"
    r"brush\w* (?:aside|off)|laugh\w* off|fiction|untrue|false|lie[sd]?|nonsense|invent\w*|boast\w*|claim\w*|"
    r"figure closer|maintain\w*|adamant)\b",
    re.I,
)
# How a report says that its speaker holds what was just told to be wrong.
REBUTS = re.compile(
    r"\b(?:differently|disagre\w+|disput(?:e[sd]?|ing)|rebut\w*|refut\w*|contest(?:s|ed|ing)?|reject\w*|contradict\w*|"
    r"(?:did|does|do) n[o’']t recogni[sz]e|fiction\w*|untrue|false(?:hood)?s?|lie[sd]?|nonsense|fantas\w+|"
    r"invent(?:ed|ion)|(?:figure|number|total|toll|cost|price)s?\s+(?:is |was |at )?(?:closer|nearer)|"
    r"walk\w* (?:that|it|this) back|"
    r"now (?:accept|admit|conced|say)\w*|always insisted)\b",
    re.I,
)
FIGURE = re.compile(r"\b(?:figure|number|total|toll|count|estimate|cost|price|sum)s?\b", re.I)
RECALLS = re.compile(r"\b(?:had|once|earlier|previously)\b", re.I)  # how a report looks back at what its speaker said
AHEAD = re.compile(r"\b(?:will|shall|won['’]t|going to)\b|['’]ll\b", re.I)
TOLD_AHEAD = re.compile(r"\bwould(?:n['’]t)?\b", re.I)  # the same in indirect speech; in a quote it is a condition
REFUSED = 3  # terms that what is refused is about
DECLINES = re.compile(r"\b(?:refus\w+|declin\w+|reject\w*|rebuff\w*|dismiss\w*)\b", re.I)
# What is turned down as untrue, not as unwanted.
CLAIMED = re.compile(
    r"^\W*that\b|\b(?:claim|accusation|allegation|report|suggestion|charge|assertion|account|version|notion|rumou?r)s?\b",
    re.I,
)
OPEN = re.compile(r"\W*(?:whether|about|if|to comment|for comment)\b", re.I)  # how what is only asked begins
# How a sentence begins that denies outright: there is no draft; nobody met.
FLAT = re.compile(
    r"(?:^|[.!?]\W+|…\s*)\W*(?:that\s+)?(?:there (?:is|are|was|were|(?:has|have|had|will|would)(?: have)? be(?:en)?) )?"
    r"(?:no|nothing|nobody|none|never|neither)\b",
    re.I,
)
GRANTS = re.compile(
    r"\b(?:conced\w+|acknowledg\w+|admit\w*|accept(?:s|ed)?|now|correct(?:s|ed)|revis\w+|reconsider\w*|"
    r"chang\w+ \w+ mind|walk\w* back|backtrack\w*|no longer|after all|relent\w*|gave way|gives way|"
    r"having (?:said|sworn|promised|ruled))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What an utterance says, of whom, and where it stands."""

    utterance: str
    speaker: str | None
    content: str
    terms: frozenset[str]
    runs: frozenset[int]  # of VERBATIM words, as hashes: those that stand in another statement too
    numbers: tuple[quantities.Quantity, ...]  # that it gives; none that it denies
    negated: bool
    negations: frozenset[str]  # the terms that it says are not so
    heads: frozenset[str]  # of these, the first after each negation, which it is most about
    flat: bool  # a sentence of it denies outright
    denies: bool  # the act of a report is to deny
    answers: bool
    rebuts: frozenset[str]  # the utterances that its reports call wrong
    grants: bool
    condition: str | None
    promises: bool
    ahead: bool  # it is about what is to come
    asks: bool  # it says nothing, but asks or leaves open
    recalled: frozenset[str]  # the articles that look back at it
    within: frozenset[str]  # the utterances that its reports are part of
    opponents: frozenset[str]  # the speakers that its own calls wrong, or is called wrong by, anywhere in the story
    places: tuple[tuple[str, int], ...]  # article and order of each report
    articles: frozenset[str]
    depth: int  # statements before it where it stands highest in an article; none before what a headline tells
    dates: frozenset[tuple[date, date]]  # the days that it speaks of
    day: pd.Timestamp | None
    said: object
    confidence: float


class Report(NamedTuple):
    """A statement of an utterance and where it stands."""

    row: object
    order: int  # among the statements of its article
    runs: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Story:
    """What the claims of a story have to do with each other."""

    holders: dict[str, str] = field(default_factory=dict)  # the utterance of each statement
    rebutted: dict[str, str] = field(default_factory=dict)
    dates: dict[str, list[tuple[int, int, date, date]]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    opponents: dict[str, set[str]] = field(default_factory=dict)


def claims(statements: pd.DataFrame, mentions: pd.DataFrame, times: pd.DataFrame) -> list[Claim]:
    """Gather the claims of a story, by the time of their first report."""
    order = ["reported_at", "article_id", "part", "cue_start", "statement_id"]
    told = statements.sort_values(order, na_position="last")[READ]
    told = told.astype(object).where(told.notna(), None)
    rows = list(told.itertuples(index=False, name="Told"))
    del told
    every = wording.runs((row.content for row in rows), VERBATIM)
    groups: dict[str, list[Report]] = defaultdict(list)
    orders: dict[str, int] = defaultdict(int)
    for row, (runs, _) in zip(rows, every, strict=True):
        groups[row.utterance_id].append(Report(row, orders[row.article_id], runs))
        orders[row.article_id] += row.part == "text"
    rebutted = _rebutted(rows)
    story = _Story(
        holders={row.statement_id: row.utterance_id for row in rows},
        rebutted=rebutted,
        dates=_dates(times),
        names=_names(mentions),
        opponents=_opponents(groups, rebutted),
    )
    del rows, every  # a large story's claims take their room
    return [_claim(utterance, groups.pop(utterance), story) for utterance in list(groups)]


def _opponents(groups: dict[str, list[Report]], rebutted: dict[str, str]) -> dict[str, set[str]]:
    """Give for each speaker those whose utterances theirs call wrong, or who call theirs wrong."""
    speakers = {utterance: _speaker(reports) for utterance, reports in groups.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for utterance, reports in groups.items():
        own = speakers[utterance]
        for other in (speakers[rebutted[one.row.statement_id]] for one in reports if one.row.statement_id in rebutted):
            if None not in (own, other):
                found[own].add(other)
                found[other].add(own)
    return found


def _speaker(reports: list[Report]) -> str | None:
    speakers = [one.row.speaker_id for one in reports if one.row.speaker_id is not None]
    return max(sorted(set(speakers)), key=speakers.count) if speakers else None


def _rebutted(told: list) -> dict[str, str]:
    """Map each statement that calls another one wrong to the utterance that it means.

    It is the one before it, by another speaker, that shares most words with it; where none does, the last.
    """
    found: dict[str, str] = {}
    before: list = []
    for row in told:
        if row.part != "text":
            continue
        if before and before[0].article_id != row.article_id:
            before = []
        if REBUTS.search(f"{row.cue or ''} {row.content}"):
            own = frozenset(wording.terms(row.content))
            counts = bool(FIGURE.search(row.content))
            shared = {
                place: len(own & set(wording.terms(one.content))) + (counts and bool(quantities.find(one.content)))
                for place, one in enumerate(before)
            }
            last = len(before) - LOOKED
            meant = [place for place in shared if _answered(before[place], row) and (shared[place] or place >= last)]
            if meant:
                found[row.statement_id] = before[max(meant, key=lambda place: (shared[place], place))].utterance_id
        before.append(row)
    return found


def _answered(one: object, row: object) -> bool:
    inside = one.statement_id == row.within_id or row.statement_id == one.within_id
    other = one.speaker_id is None or one.speaker_id != row.speaker_id
    return other and not inside and one.utterance_id != row.utterance_id


def _names(mentions: pd.DataFrame) -> frozenset[str]:
    """Give the terms of the names of people and places: they tell of whom, not what is said to be so or not."""
    named = mentions[mentions["kind"].isin(["name", "alias"]) & mentions["label"].isin(["person", "place"])]
    return frozenset(term for name in set(named["text"]) for term in wording.terms(name))


def _dates(times: pd.DataFrame) -> dict[str, list[tuple[int, int, date, date]]]:
    """Give, for each article, the places of the days that it speaks of and what they are."""
    found: dict[str, list[tuple[int, int, date, date]]] = defaultdict(list)
    dated = times[times["from_date"].notna() & times["to_date"].notna()]
    for row in dated.itertuples(index=False):
        if (row.to_date - row.from_date).days < WEEK:
            found[row.article_id].append((row.start_char, row.end_char, row.from_date, row.to_date))
    return found


def _spoken_of(row: object, dates: dict[str, list[tuple[int, int, date, date]]]) -> set[tuple[date, date]]:
    return {
        (first, last)
        for start, end, first, last in dates.get(row.article_id, ())
        if any(low <= start and end <= high for low, high in row.content_spans)
    }


def _claim(utterance: str, reports: list[Report], story: _Story) -> Claim:
    rows = [one.row for one in reports]
    body = [row for row in rows if row.part == "text"] or rows
    speaker = _speaker(reports)
    fullest = wording.fullest([row.content for row in body])
    contents = list(dict.fromkeys(row.content for row in rows))
    terms = frozenset(term for content in contents for term in wording.terms(content))
    cues = " ".join(f"{row.cue or ''}" for row in rows)
    denied = _denied(body)
    negations = wording.few(term for run in denied for term in run if term not in story.names)
    numbers = dict.fromkeys(number for content in contents for number in quantities.find(content))
    return Claim(
        utterance=utterance,
        speaker=speaker,
        content=fullest,
        terms=terms,
        runs=wording.few(run for one in reports for run in one.runs),
        numbers=tuple(number for number in numbers if number.open or f"{number.value:.10g}" not in negations),
        negated=sum(bool(row.negated) for row in body) * 2 >= len(body),
        negations=negations,
        heads=wording.few(own[0] for run in denied if (own := [term for term in run if term not in story.names])),
        flat=FLAT.search(fullest) is not None,
        denies=any(row.act == "deny" for row in rows),
        answers=any(ANSWERS.search(f"{row.cue or ''} {row.content}") for row in rows),
        rebuts=wording.few(story.rebutted[row.statement_id] for row in rows if row.statement_id in story.rebutted),
        grants=bool(GRANTS.search(cues)) or any(GRANTS.search(row.content[:40]) for row in rows),
        condition=next((row.condition for row in body if row.condition), None),
        promises=any(row.act in ("promise", "intend") for row in rows),
        ahead=any(_ahead(row) for row in body),
        asks=all(row.act == "ask" or OPEN.match(row.content) for row in rows),
        recalled=wording.few(
            row.article_id for row in rows if row.cue and RECALLS.search(row.cue) and row.act not in ("believe", "ask")
        ),
        within=wording.few(story.holders[row.within_id] for row in rows if row.within_id in story.holders),
        opponents=wording.few(story.opponents.get(speaker, ())),
        articles=wording.few(row.article_id for row in body if row.part == "text"),
        places=tuple(dict.fromkeys((one.row.article_id, one.order) for one in reports if one.row.part == "text")),
        depth=min((one.order for one in reports if one.row.part == "text"), default=0),
        dates=wording.few(day for row in body for day in _spoken_of(row, story.dates)),
        day=rows[0].reported_at,
        said=min((row.said_from for row in rows if row.said_precision == "day" and row.said_from), default=None),
        confidence=max(row.confidence for row in rows),
    )


def _ahead(row: object) -> bool:
    """Tell whether a report is about what is to come."""
    if row.act in ("promise", "intend", "demand") or AHEAD.search(row.content):
        return True
    return row.form != "direct" and TOLD_AHEAD.search(row.content) is not None


def _denied(rows: list) -> list[tuple[str, ...]]:
    """Give the runs of terms that reports say are not so.

    A report whose act is to deny says so of all of them, one by one; what somebody only refuses to do, or turns down,
    is no claim that the rest is not so: "refused to let them see the boat".
    """
    found = [run for row in rows for run in polarity.denied(row.content)]
    for row in rows:
        if row.act == "deny" and not acts.denies(row.content):
            terms = wording.terms(row.content)
            unwanted = DECLINES.search(row.cue or "") and not CLAIMED.search(row.content)
            found += [terms[:REFUSED]] if unwanted else [(term,) for term in terms]
    return [run for run in found if run]


def alone(text: str) -> Claim:
    """Give the claim of a sentence of which nothing else is known: no speaker, no day, no article."""
    row = SimpleNamespace(
        part="text", statement_id=text, content=text, content_spans=[], cue=None, speaker_id=None,
        negated=acts.denies(text), act="say", condition=None, form="indirect",
        within_id=None, article_id=None, reported_at=None, said_from=None, said_precision="unknown", confidence=1.0,
    )  # fmt: skip
    claim = _claim(text, [Report(row, 0, frozenset())], _Story())
    return replace(claim, places=(), articles=frozenset())


def pairs(found: list[Claim], rare: dict[str, float]) -> Iterator[tuple[int, int]]:
    """Give the places of the claims that may be about one thing, the earlier first.

    Two claims are compared where they share a term that few have, or where one stands next to the other in an article.
    """
    recent = wording.Recent(RECENT)
    nearby = wording.Recent(RECENT)
    for place, claim in enumerate(found):
        if claim.asks:
            continue
        steps = range(-NEARBY, NEARBY + 1)
        near = [(article, order + step) for article, order in claim.places for step in steps]
        others = {other for key in near for other in nearby.of(key)}
        terms = sorted((-rare.get(term, 1.0), term) for term in claim.terms if rare.get(term, 1.0) >= COMMON)
        for _, term in terms:  # the rarest first: what two claims are both about is seldom said elsewhere
            if len(others) >= MOST:
                break
            others.update(recent.of(term))
        for other in sorted(others):
            if not _one(found[other], claim):
                yield other, place
        recent.add((term for _, term in terms), place)
        nearby.add(claim.places, place)


def _one(one: Claim, other: Claim) -> bool:
    """Tell whether one claim is part of the other, or the same words again whose speaker may be the same."""
    if one.utterance in other.within or other.utterance in one.within:
        return True
    apart = one.speaker is not None and other.speaker is not None and one.speaker != other.speaker
    return not apart and bool(one.runs & other.runs)
