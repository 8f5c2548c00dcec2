"""Find the time expressions of English news and date them against the day of publication.

    >>> from datetime import date
    >>> [(time.text, time.value) for time in find("She resigned Tuesday.", date(2024, 9, 12))]
    [('Tuesday', '2024-09-10')]

What an expression looks like and what it means stands in tables of small rules: `days`, `months`, `years`,
`lengths`, `turns` and `clock`. `periods` writes and reads TIMEX3 values, `tense` tells past from future, `words`
holds the vocabulary, `saying` and `frames` date statements. To add a rule, write a function under `@rule(pattern)` in
the table it belongs to, above any rule that would take its words.

The method is HeidelTime's (Strötgen and Gertz 2010) in small: patterns over words, normalised against the day of
publication, with the verb to decide between past and future. Types and values are those of TIMEX3 (TimeML 1.2.1
annotation guidelines, ISO 24617-1).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from helpers.annotate.times import clock, days, lengths, months, periods, turns, years
from helpers.annotate.times.frames import carried
from helpers.annotate.times.rule import Context, Found, Rule
from helpers.annotate.times.saying import Said, said

__all__ = ["Said", "Time", "carried", "find", "said"]

# Where two rules match at the same place, the earlier one speaks.
RULES: list[Rule] = [*days.RULES, *months.RULES, *years.RULES, *turns.RULES, *lengths.RULES, *clock.RULES]
_UNNAMED = [re.sub(r"[(][?]P<[a-z]+>", "(?:", pattern.pattern) for pattern, _ in RULES]
# One pass over the text for all rules: their patterns side by side, each one group.
_ANY = re.compile(rf"(?<!\w)(?=[\w'‘’])(?:{'|'.join(f'({pattern})' for pattern in _UNNAMED)})", re.IGNORECASE)
_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d|XXXX-XX-XX|XXXX-WXX-\d")
_CLOCK_THEN_DAY = re.compile(r",?\s{1,3}(?:on\s)?")
_DAY_THEN_CLOCK = re.compile(r",?\s{1,3}(?:(?:at|around|about|by)\s)?")


@dataclass(frozen=True)
class Time:
    """A time expression: where it stands, its TIMEX3 type and value, and the first and last day it means.

    `type` is DATE, TIME, DURATION or SET. `from_date` and `to_date` are None where no calendar dates are meant or
    known. They are narrower than `value` where words narrow it: "early last month" has the value of the month and
    the dates of its first half.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    from_date: date | None
    to_date: date | None


def find(text: str, published: date | None) -> list[Time]:
    """Find every time expression in a text and say which time it means.

    Needs the text and the day it was published, in the time zone of the newsroom; gives times in order, without
    overlap, with half-open code point offsets. Without a day of publication only absolute expressions are dated;
    the others keep the X of TIMEX3 ("XXXX-09") and have no dates.
    """
    if isinstance(published, datetime):
        published = published.date()
    context, times = Context(text, published), []
    position = 0
    while hit := _read(context, position):
        start, position, found = hit
        if found.type == "TIME" and found.value.startswith("T"):
            start, position, found = _with_day(context, times, start, position, found)
        elif found.type == "DATE" and (second := days.second_day(text, position, found.value)):
            times.append(_time(text, start, position, found))
            start, position, found = second[0], second[1], Found("DATE", second[2])
        context = context.follow(found, position)
        times.append(_time(text, start, position, found))
    return times


def _read(context: Context, position: int) -> tuple[int, int, Found] | None:
    """Read the next expression at or after a position: its start, its end and what it means."""
    while match := _ANY.search(context.text, position):
        pattern, resolve = RULES[match.lastindex - 1]
        found = resolve(pattern.match(context.text, match.start()), context)
        if found:
            return match.start(), match.end(), found
        position = match.start() + 1
    return None


def _with_day(context: Context, times: list[Time], start: int, end: int, found: Found) -> tuple[int, int, Found]:
    """Give a time of day its day: the one right before or after it, else one named shortly before, else publication.

    The day that is taken in is taken off `times`.
    """
    text = context.text
    if times and _DAY.fullmatch(times[-1].value) and _DAY_THEN_CLOCK.fullmatch(text, times[-1].end, start):
        day = times.pop()
        return day.start, end, replace(found, value=day.value + found.value)
    gap = _CLOCK_THEN_DAY.match(text, end)
    follower = _read(context, gap.end()) if gap else None
    if follower and follower[0] == gap.end() and _DAY.fullmatch(follower[2].value):
        return start, follower[1], replace(found, value=follower[2].value + found.value)
    day = context.day[0] if context.day and start - context.day[1] <= _SAME_PASSAGE else context.published
    return start, end, replace(found, value=periods.near(day, "D") + found.value)


_SAME_PASSAGE = 200  # characters


def _time(text: str, start: int, end: int, found: Found) -> Time:
    period = found.period
    if not period and found.type in ("DATE", "TIME"):
        period = periods.interval(found.value)
        if period and found.modifier:
            period = periods.part(period, found.modifier)
    return Time(start, end, text[start:end], found.type, found.value, *(period or (None, None)))
