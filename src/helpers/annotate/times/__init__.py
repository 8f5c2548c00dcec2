"""Find the time expressions of English news and date them against the day of publication."""

import re
from dataclasses import dataclass
from datetime import date

from helpers.annotate.times import periods, rules

__all__ = ["Time", "find"]


@dataclass(frozen=True)
class Time:
    """A time expression: where it stands, its TIMEX3 type and value, and the first and last day it means."""

    start: int
    end: int
    text: str
    type: str
    value: str
    from_date: date | None
    to_date: date | None


def find(text: str, published: date | None) -> list[Time]:
    context = rules.Context(text, published)
    found, position = [], 0
    while hit := rules.read(context, position):
        start, end, meaning = hit
        if meaning.type != "SET":
            context = rules.follow(context, meaning, start)
        found.append((start, end, meaning))
        position = end
    return [_time(text, *item) for item in _clocks(text, found, published)]


_BEFORE_DAY = re.compile(r",?\s{1,3}(?:on\s)?\Z")
_AFTER_DAY = re.compile(r",?\s{1,3}(?:at|around|about|by)\s\Z")


def _clocks(text, found, published):
    joined = []
    day = published.isoformat() if published else "XXXX-XX-XX"
    waiting = None
    for item in found:
        start, end, meaning = item
        if joined:
            first, last, before = joined[-1]
            gap = text[last:start] if start - last < 12 else "x"
            dated = re.fullmatch(r"[\dX]{4}-[\dX]{2}-[\dX]{2}", meaning.value)
            if before.value.startswith("T") and dated and _BEFORE_DAY.match(gap):
                joined[-1] = (first, end, rules.Found("TIME", meaning.value + before.value))
                continue
            if meaning.value.startswith("T") and re.fullmatch(r"[\dX]{4}-[\dX]{2}-[\dX]{2}", before.value) and before.type == "DATE" and _AFTER_DAY.match(gap):
                joined[-1] = (first, end, rules.Found("TIME", before.value + meaning.value))
                continue
        joined.append(item)
    out = []
    for start, end, meaning in joined:
        if meaning.value.startswith("T"):
            meaning = rules.Found("TIME", day + meaning.value)
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", meaning.value[:10]):
            day = meaning.value[:10]
        out.append((start, end, meaning))
    return out


def _time(text, start, end, meaning):
    period = meaning.period
    if not period and meaning.type in ("DATE", "TIME"):
        period = periods.interval(meaning.value)
        if period and meaning.modifier:
            period = periods.part(period, meaning.modifier)
    first, last = period or (None, None)
    return Time(start, end, text[start:end], meaning.type, meaning.value, first, last)
