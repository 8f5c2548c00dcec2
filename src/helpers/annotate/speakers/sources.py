"""Tell whom the words of a source name."""

import re

from helpers.annotate import actors, roles
from helpers.annotate.actors import Mention
from helpers.annotate.sentences import Span

ITSELF = {"himself", "herself", "itself"}
# Where the noun that a source is about ends: what comes behind only tells more of it.
BREAK = re.compile(
    r",|\(|—|\s[–-]{1,2}\s|\s(?:who|whom|whose|which|that|of|for|from|with|in|at|on|to|and|or|by|as|including|within|among|inside|near|into|behind|against|outside|under|about|over)\s"
)
# Nouns behind an organisation's name that leave it the one who speaks.
ORGAN = re.compile(
    r"(?:\s+(?:news|state|poll|wire|agency|newspaper|magazine|network|channel|broadcaster|website|report|survey|study|"
    r"statement|campaign|administration|government|editorial|board))+$",
    re.IGNORECASE,
)
TEAM = re.compile(r"\s+(?:campaign|administration|organization|organisation|foundation|camp|team)$", re.IGNORECASE)
SEVERAL = re.compile(r"(?:neither|either|both)\b", re.IGNORECASE)
DID = re.compile(r"\s+(?:met|led|came|went|took|won|lost|saw|(?!(?:\w*[^e]eed|red)\b)[a-z]{3,}ed)\b")
HOLDER = re.compile(  # "former secretary of state Ida Varro", not "a leader of protests and Ida Varro"
    rf"(?:[\w’'-]+\s+){{0,4}}?(?P<head>{'|'.join(roles.HEADS)})\s+of\s+(?:(?!(?:and|or|for|to|as|by|with)\b)[\w-]+\s+){{1,4}}",
    re.IGNORECASE,
)


def named(source: Span, text: str, mentions: list[Mention]) -> str | None:
    """Give the actor whom the words of a source name, or None where they only mention one ("Ida Varro's aides")."""
    start, end = source
    if SEVERAL.match(text, start, end):
        return None
    inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
    stop = BREAK.search(text, start, end)
    head = _whole(start, stop.start() if stop else end, inside)
    if head > (stop.start() if stop else end):
        stop = BREAK.search(text, head, end)
        head = stop.start() if stop else end
    people = [mention for mention in inside if mention.label == "person"]
    if stop and stop.group().strip() == "and" and [one.end >= stop.start() for one in people] == [True]:
        # "The former finance minister and current chief Ida Varro" is one person with two roles.
        rest = actors.TRAILING.sub("", text[people[0].end : end])
        if not rest and roles.singular(text[start:head].rsplit(maxsplit=1)[-1]):
            return people[0].actor
    for mention in reversed([mention for mention in inside if mention.end <= head]):
        rest = actors.TRAILING.sub("", text[mention.end : head])
        owned = text[mention.end : head].startswith(("'s", "’s")) and rest
        if mention.label == "person" and DID.match(rest):  # a source that runs on: "Varro met with the envoys"
            return mention.actor
        if mention.label == "person" and (not rest or rest.strip() in ITSELF):
            joined = stop and stop.group().strip() == "and" and any(p.start >= stop.end() for p in people)
            return None if joined else mention.actor
        if mention.label == "person" and TEAM.fullmatch(rest) and not owned:
            return text[mention.start : head].rstrip(" ’'s")
        if mention.label in ("organisation", "place") and (not rest or (ORGAN.fullmatch(rest) and not owned)):
            return None if mention.label == "place" and rest else mention.actor
    if people and people[-1].end > head and not actors.TRAILING.sub("", text[people[-1].end : end]):
        office = HOLDER.fullmatch(text, start, people[-1].start)
        if office and not roles.HEAD.search(text, office.end("head"), people[-1].start):
            return people[-1].actor  # "former secretary of state Ida Varro"
    if people and not actors.TRAILING.sub("", text[people[-1].end : end]):
        office = re.sub(r",\s+$", "", text[start : people[-1].start])  # "a spokeswoman for the ferries, Ida Varro,"
        if office != text[start : people[-1].start] and roles.singular(BREAK.split(office)[0]) and "," not in office:
            return people[-1].actor
    if (stop and stop.group() == ",") or text[start:head].islower() or text[start:head] in ("One", "Another"):
        behind = re.compile(r",\s+").search(text, head, end)
        first = next((mention for mention in people if behind and mention.start == behind.end()), None)
        return first.actor if first else None
    return None


def _whole(start: int, head: int, mentions: list[Mention]) -> int:
    # "Bank of Tolm" is one name: a break inside a mention is none.
    return max([head] + [mention.end for mention in mentions if start <= mention.start < head])
