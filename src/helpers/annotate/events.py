"""Find what happened and when: clauses with a verb in the past and a day, month or year of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from helpers.annotate.sentences import Span

if TYPE_CHECKING:
    from helpers.annotate.statements import Statement
    from helpers.annotate.times import Said, Time

# A clause ends where another begins, and with it what measures the time between the two: “six hours after …”.
BETWEEN = (
    r"(?:,?\s(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|several|some|a\sfew)\s)?"
    r"(?:minute|hour|day|week|month|year)s?(?=\s(?:after|before)\s))?"
)
BOUND = re.compile(
    rf"[;:—–()]|{BETWEEN},?\s(?:when|after|before|while|because|although|though|even\sas|but|where|until|since|as\sif)\s|"
    r",\s(?:and|who|which|whose|whom|said|says)\s|\s(?:that|which|who)\s"
)
PAST = re.compile(
    r"\b(?:was|were|began|broke|brought|built|came|chose|closed|cut|died|drove|fell|fled|fought|found|gave|got|held|hit|"
    r"killed|left|lost|made|met|opened|put|ran|rose|sank|seized|sent|shot|signed|sold|spent|stole|stormed|struck|swore|"
    r"took|went|withdrew|won|[a-z]{2,}(?<!e)ed)\b"
)
SAYING = re.compile(r"\b(?:said|told|asked|added|argued|claimed|insisted|warned|denied|promised|announced)\b")
PERFECT = re.compile(r"\b(?:will|would|could|may|might|should|has|have|is|are)\b")
RELATIVE = re.compile(r"\b(?:who|which|whose|whom)\s$")
LETTERED = re.compile(r"\b(?:\w\.)+\w$")  # as in 1 a.m., whose last dot is no full stop
LEAST = 12  # characters of a clause that tells anything


@dataclass(frozen=True)
class Event:
    """Something that happened: the clause that tells it, its offsets, and the first and last possible day."""

    start: int
    end: int
    what: str
    from_date: date
    to_date: date


def find(
    text: str,
    times: "Sequence[Time]",
    bounds: Sequence[Span],
    statements: "Sequence[Statement]",
    said: "Sequence[Said]",
    published: date | None,
) -> list[Event]:
    """Find the events of a text, in order, one for each dated clause.

    Needs the times and sentences of the text, its statements with when they were made, and the day of publication.
    What somebody says is not told as an event, nor is what is still to come, nor the saying itself.
    """
    contents = [span for statement in statements if statement.part == "text" for span in statement.content]
    saying = [
        (one.span, statement.cue[0])
        for one, statement in zip(said, statements, strict=True)
        if statement.part == "text" and statement.cue and one.span
    ]
    events: dict[Span, Event] = {}
    for time in times:
        if time.type not in ("DATE", "TIME") or not time.from_date or not time.to_date:
            continue
        if published and time.from_date > published:
            continue
        if any(start < time.end and time.start < end for start, end in contents):
            continue
        start, end = _clause(text, time, bounds)
        words = text[start:end]
        if any(span == (time.start, time.end) and start <= cue[0] < end for span, cue in saying):
            continue
        # A clause without its own subject tells nothing by itself.
        if RELATIVE.search(text, max(0, start - 7), start) or PAST.match(words):
            continue
        told = not PAST.search(words) or SAYING.search(words) or PERFECT.search(words)
        if told or end - start < LEAST or any(start < b and a < end for a, b in contents):
            continue
        events.setdefault((start, end), Event(start, end, words, time.from_date, time.to_date))
    return sorted(events.values(), key=lambda event: event.start)


def _clause(text: str, time: "Time", bounds: Sequence[Span]) -> Span:
    """Give the clause that an expression dates."""
    low, high = next((span for span in bounds if span[0] <= time.start < span[1]), (time.start, time.end))
    for bound in BOUND.finditer(text, low, high):
        if bound.end() <= time.start:
            low = bound.end()
        elif bound.start() >= time.end:
            high = bound.start()
            break
    words = text[low:high]
    end = low + len(words.rstrip(" ,."))
    end += bool(LETTERED.search(text, low, end) and text[end : end + 1] == ".")
    return low + len(words) - len(words.lstrip(" ,")), end
