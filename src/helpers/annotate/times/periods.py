"""Calendar periods as TIMEX3 values: write them, move by them, and read off their first and last day.

TIMEX3 (ISO-TimeML, ISO 24617-1) writes a day 2013-03-19, a week 2013-W12, a weekend 2013-W12-WE, a month
2013-03, a quarter 2013-Q1, a half 2013-H1, a season 2013-SP, a year 2013, a decade 201 and a century 20.
The unit letters here are D, W, WE, M, Q, H, Y, E (decade) and C (century).
"""

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX",
           "Y": "XXXX", "E": "XXX", "C": "XX"}  # fmt: skip
_SEASON = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}
_YEARS = {"Y": 1, "E": 10, "C": 100}
_MONTHS = {"M": 1, "Q": 3, "H": 6}
_DAYS = {"D": 1, "W": 7, "WE": 7}

Interval = tuple[date, date]


def write(unit: str, day: date) -> str:
    """Write the period of the given unit that holds a day."""
    if unit == "D":
        return day.isoformat()
    if unit in ("W", "WE"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == "H":
        return f"{day.year:04}-H{(day.month + 5) // 6}"
    return f"{day.year:04}"[: {"Y": 4, "E": 3, "C": 2}[unit]]


def move(day: date, unit: str, steps: int) -> date:
    """Move a day by whole units; the 31st of a shorter month becomes its last day. Stays within the calendar."""
    try:
        if unit in _DAYS:
            return day + timedelta(days=_DAYS[unit] * steps)
        months = day.month - 1 + steps * (_MONTHS.get(unit) or 12 * _YEARS[unit])
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return date.max if steps > 0 else date.min


def near(day: date | None, unit: str, steps: int = 0) -> str:
    """Write the period `steps` units from the one that holds a day; without a day, the unknown one."""
    return UNKNOWN[unit] if day is None else write(unit, move(day, unit, steps))


def day(year: int, month: int, number: int) -> date | None:
    """Make a date, or None where the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def interval(value: str) -> Interval | None:
    """Give the first and last day of a TIMEX3 DATE or TIME value, or None where it is no dated period.

    A time of day counts as its day. Seasons are meteorological: spring is March to May, and winter starts in
    December of the year it is written with.
    """
    value = re.sub(r"T.*", "", value)
    try:
        return _interval(value)
    except (ValueError, OverflowError):
        return None


def _interval(value: str) -> Interval | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        found = date.fromisoformat(value)
        return found, found
    if match := re.fullmatch(r"(\d{4})-W(\d\d)-([1-7])", value):
        found = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3]))
        return found, found
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday + timedelta(5 if match[3] else 0), monday + timedelta(6)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(match[1]), int(match[2]), 1)
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return _months(int(match[1]), 3 * int(match[2]) - 2, 3)
    if match := re.fullmatch(r"(\d{4})-H([12])", value):
        return _months(int(match[1]), 6 * int(match[2]) - 5, 6)
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|AU|WI)", value):
        return _months(int(match[1]), _SEASON[match[2]], 3)
    if re.fullmatch(r"\d{2,4}", value):
        span = 10 ** (4 - len(value))
        first = max(int(value) * span, MINYEAR)
        return date(first, 1, 1), date(min(int(value) * span + span - 1, MAXYEAR), 12, 31)
    return None


def _months(year: int, month: int, count: int) -> Interval:
    first = date(year, month, 1)
    return first, move(first, "M", count) - timedelta(days=1)


def part(period: Interval, modifier: str) -> Interval:
    """Narrow a period to its start (first half), middle (middle third) or end (last half).

    The modifiers are TIMEX3's START, MID and END. A single day stays whole. The first half of a month of 31 days
    is its first 15.
    """
    first, last = period
    length = (last - first).days + 1
    if length == 1:
        return period
    if modifier == "START":
        return first, first + timedelta(days=max(length // 2, 1) - 1)
    if modifier == "END":
        return first + timedelta(days=length // 2), last
    return first + timedelta(days=length // 3), last - timedelta(days=length // 3)
