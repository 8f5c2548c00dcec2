"""Find who took up an office, who gave it up, and who had it after whom."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.annotate.actors import Mention
from helpers.annotate.roles.beside import LONGEST, Role, before, comma
from helpers.annotate.roles.words import HEADS

if TYPE_CHECKING:
    from helpers.annotate.times import Time

REACH = 240  # characters from whose office it was to who has it now
SENTENCE = re.compile(r"[.;!?]\s|\n")
# How a role begins and ends: "was named foreign minister on Friday", "resigned as mayor in May".
_ROLE = (
    r"(?:as\s+|to\s+be\s+)?(?P<role>(?:the\s+|its\s+|his\s+|her\s+|[A-Z]\w+['’]s\s+)?(?:[\w-]+\s+){0,5}?(?:"
    + "|".join(HEADS)
    + r")\b)"
)
TOOK = re.compile(
    r"\s+(?:(?:was|is|has\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:named|appointed|elected|made|sworn\s+in|chosen)|became|"
    r"took\s+over|takes\s+over)\s+" + _ROLE
)
LEFT = re.compile(
    r"\s+(?:(?:was|has\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:dismissed|sacked|fired|removed|ousted|relieved)|resigned|"
    r"stepped\s+down|quit|(?:left|gave\s+up|gives\s+up|leaves)\s+(?:his|her|the)\s+"
    r"(?:post|job|office|position|role))\s+" + _ROLE
)
# Who gives up the office that stands beside his name: "The mayor, Ida Varro, resigned on Thursday".
RESIGNED = re.compile(
    r"\s+(?:(?:has|had)\s+)?(?:resigned|stepped\s+down|quit(?=[.,;]|\s+(?:on|over|after)\s)|(?:was|been)\s+(?:dismissed|sacked|fired|removed|ousted))\b"
    r"(?!\s+(?:as|from)\s)"
)
# Who takes the office that the article has just said another gave up: "Ida Varro will take over on Monday".
FOLLOWS = re.compile(
    r"(?:,[^,.;]{2,60},)?\s+(?:(?:will|is\s+to|was\s+to|would|has|had)\s+)?(?:tak(?:e|es|en)\s+over|took\s+over|"
    r"(?:succeed|replace)(?:s|ed)?\s+(?:him|her|them))\b(?!\s+(?:as|the|a|an|from)\b)"
)
SUCCESSOR = re.compile(r"\b(?:successor|replacement),?\s+(?:will\s+be\s+|is\s+)?$")
UNTIL = re.compile(r",?\s+(?:who\s+was\s+)?until\s+(?P<when>[^,.;]{3,30}?),?\s+" + _ROLE)
_VERBS = r"replaced|replaces|dismissed|dismisses|sacked|sacks|fired|fires|removed|removes|ousted|ousts|dropped|drops"
GONE = re.compile(rf"\b(?:{_VERBS})\s+$")
# Who takes the office of whom the sentence has just said that somebody removed: "and gave the job to Ida Varro".
HANDED = re.compile(
    r"\b(?:gave|gives|giving|handed|hands|handing|offered)\s+(?:the|his|her|that)\s+"
    r"(?:job|post|portfolio|office|ministry|position|role)\s+to\s+(?:the\s+)?$"
)
APPOINTED = re.compile(r"\b(?:named|names|appointed|appoints|naming|appointing|made|nominated|chose)\s+$")
REPLACED = re.compile(r"\s+(?:(?:has|had|will)\s+)?(?:replaced|replaces|succeeded|succeeds|replace|succeed)\s+$")
SWAPPED = re.compile(r"\breplaced\s+$")
AS = re.compile(r"(?:,[^.;]{0,90},)?\s+" + _ROLE.replace("?(?P<role>", "(?P<role>", 1))


def changed(text: str, mention: Mention, times: "Sequence[Time]") -> list[Role]:
    """Find the role that a person took up or gave up."""
    high, end = mention.end + LONGEST, mention.end
    if text.startswith(",", end) and text.endswith(", ", 0, mention.start):
        end += 1  # "The mayor, Ida Varro, resigned"; not "the deputy to Mayor Ida Varro, resigned"
    if match := UNTIL.match(text, mention.end, high):
        return [replace(_of(match, mention.actor), to_date=_end(_when(times, match.start("when"), match.end("when"))))]
    if match := TOOK.match(text, end, high):
        return [replace(_of(match, mention.actor), from_date=_start(_near(text, times, mention.start, match.end())))]
    if match := LEFT.match(text, end, high):
        return [replace(_of(match, mention.actor), to_date=_end(_near(text, times, mention.start, match.end())))]
    if match := RESIGNED.match(text, end, high):
        low = max(0, mention.start - LONGEST)
        held = before(text, mention, low) + comma(text, mention, low)
        return [replace(one, to_date=_end(_near(text, times, mention.start, match.end()))) for one in held]
    if APPOINTED.search(text, max(0, mention.start - 20), _titled(text, mention)) and (
        match := AS.match(text, mention.end, high)
    ):
        return [replace(_of(match, mention.actor), from_date=_start(_near(text, times, mention.start, match.end())))]
    return []


def replaced(text: str, people: list[Mention], times: "Sequence[Time]") -> list[Role]:
    """Find who followed whom: "Ida Varro replaced Arno Vey as mayor", "replaced Arno Vey with Ida Varro as mayor"."""
    found = []
    for first, second in pairwise(people):
        between = text[first.end : second.start]
        if first.actor is None or second.actor is None or len(between) > LONGEST:
            continue
        if REPLACED.fullmatch(text, first.end, _titled(text, second)):
            new, old = first, second
        elif re.match(r"\s+with\s", between) and SWAPPED.search(text, max(0, first.start - 60), _titled(text, first)):
            new, old = second, first
        else:
            continue
        match = AS.match(text, second.end, second.end + 2 * LONGEST)
        role = _of(match, new.actor) if match else _office(text, old, new.actor)
        if role:
            time = _near(text, times, first.start, match.end() if match else second.end)
            found.append(replace(role, from_date=_start(time)))
            found.append(replace(role, actor=old.actor, to_date=_end(time)))
    return found


def handed(text: str, people: list[Mention], times: "Sequence[Time]") -> list[Role]:
    """Find who was given whose office: "replaced finance minister Ida Varro and gave the job to Arno Vey"."""
    found = []
    for old, new in pairwise(people):
        if None in (old.actor, new.actor) or SENTENCE.search(text, old.end, new.start) or new.start - old.end > REACH:
            continue
        handed = HANDED.search(text, old.end, _titled(text, new))
        role = _office(text, old, new.actor)
        if handed and role and GONE.search(text, max(0, old.start - 80), _titled(text, old)):
            time = _near(text, times, old.start, old.end)
            found.append(replace(role, from_date=_start(time)))
            found.append(replace(role, actor=old.actor, to_date=_end(time)))
    return found


def followed(text: str, people: list[Mention], times: "Sequence[Time]") -> list[Role]:
    """Find who takes an office that another gave up, and when: "Ida Varro will take over on Monday"."""
    left = [
        (match, person.actor)
        for person in people
        if person.actor and (match := LEFT.match(text, person.end, person.end + LONGEST))
    ]
    if len({actor for _, actor in left}) != 1:
        return []
    gave, former = left[0]
    found = []
    for person in people:
        follows = FOLLOWS.match(text, person.end, person.end + LONGEST)
        named = SUCCESSOR.search(text, max(0, person.start - 40), person.start)
        if person.actor and person.actor != former and (follows or named):
            time = _near(text, times, person.start, follows.end()) if follows else None
            found.append(replace(_of(gave, person.actor), from_date=_start(time)))
    return found


def _titled(text: str, mention: Mention) -> int:
    """Give where a name begins with the title before it: "Finance Minister Ida Varro", "the mayor, Ida Varro"."""
    low = mention.start - LONGEST
    return min(
        (role.start for role in before(text, mention, low) + comma(text, mention, max(0, low))), default=mention.start
    )


def _office(text: str, mention: Mention, actor: str) -> Role | None:
    """Give the office that stands before a name, as somebody's."""
    held = before(text, mention, mention.start - LONGEST)
    return replace(held[-1], actor=actor) if held else None


def _of(match: re.Match, actor: str) -> Role:
    role = re.sub(r"^(?:the|a|an|its|his|her)\s+", "", match["role"])
    return Role(match.end("role") - len(role), match.end("role"), role, actor)


def _near(text: str, times: "Sequence[Time]", start: int, end: int) -> "Time | None":
    """Give the time expression of the clause: inside it, right behind it, or opening its sentence."""
    low = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    stop = re.search(r"[.;\n]", text[end : end + 80])
    high = end + (stop.start() if stop else 80)
    inside = [time for time in times if low <= time.start and time.end <= high and time.from_date]
    behind = [time for time in inside if time.start >= end and "," not in text[end : time.start]]
    return (behind or [time for time in inside if time.end <= end] or [None])[0]


def _when(times: "Sequence[Time]", start: int, end: int) -> "Time | None":
    return next((time for time in times if start <= time.start < end and time.from_date), None)


def _start(time: "Time | None") -> date | None:
    return time and time.from_date


def _end(time: "Time | None") -> date | None:
    if time is None:
        return None
    return time.to_date if time.to_date != time.from_date else time.from_date - timedelta(days=1)
