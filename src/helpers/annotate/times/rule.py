"""What a rule is, what it may look at, and the few things that many rules share.

A rule is a pattern and the function under it, entered in the table of its module with `@rule(pattern)`. Patterns
ignore case and are tried only where a word begins. The function gets the match and the context and returns what it
found, or None for "no expression after all".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from helpers.annotate.times import periods, tense, words
from helpers.annotate.times.words import PART_OF_DAY

Match = re.Match[str]


@dataclass(frozen=True)
class Found:
    """What a rule makes of its match: TIMEX3 type, value and modifier, and the period where the value tells none.

    `topic` marks the quarter that a business report is about: later "the quarter" means this one.
    """

    type: str
    value: str
    modifier: str = ""
    period: periods.Interval | None = None
    topic: bool = False


@dataclass(frozen=True)
class Context:
    """What a rule may look at: the text, the publication day, and what was spoken of so far.

    `day` is the last single day and `last` the first day of the last period, each with the offset where it ended;
    `quarter` is the quarter under report.
    """

    text: str
    published: date | None
    day: tuple[date, int] | None = None
    last: tuple[date, int] | None = None
    quarter: str = ""

    def future(self, match: Match) -> bool | None:
        """Tell whether the verb around a match points to the future."""
        return tense.future(self.text, match.start(), match.end())

    def after(self, match: Match, pattern: str) -> bool:
        """Tell whether a pattern follows the match at once."""
        return re.match(pattern, self.text[match.end() : match.end() + 40], re.IGNORECASE) is not None

    def before(self, match: Match, pattern: str) -> bool:
        """Tell whether a word, given as a pattern, stands right before the match."""
        left = self.text[max(0, match.start() - 40) : match.start()]
        return re.search(rf"(?:^|\W)(?:{pattern})\s{{0,4}}\Z", left, re.IGNORECASE) is not None

    def spoken(self, match: Match, unit: str) -> date | None:
        """Give the day that "that day" or "the following year" looks back to, if it is not too far back."""
        held = self.day if unit == "D" else self.last
        return held[0] if held and match.start() - held[1] <= LOOK_BACK else None

    def follow(self, found: Found, end: int) -> "Context":
        """Move on past an expression."""
        period = periods.interval(found.value) if found.type in ("DATE", "TIME") else None
        last = (period[0], end) if period else self.last
        day = last if period and period[0] == period[1] else self.day
        quarter = self.quarter
        if found.topic and period:
            # A report of the third quarter may look ahead to the fourth and is still about the third.
            over = not self.published or period[1] <= self.published
            quarter = found.value if over or not quarter else quarter
        if found.value in ("P6M", "P9M"):
            quarter = ""  # "in the nine months": from here on, comparisons are of nine months
        return replace(self, day=day, last=last, quarter=quarter)


LOOK_BACK = 400  # characters

Resolver = Callable[[Match, Context], Found | None]
Rule = tuple[re.Pattern[str], Resolver]


def into(rules: list[Rule]) -> Callable[[str], Callable[[Resolver], Resolver]]:
    """Make the decorator that enters rules into a table, in the order they are written."""

    def rule(pattern: str) -> Callable[[Resolver], Resolver]:
        def enter(resolve: Resolver) -> Resolver:
            rules.append((re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), resolve))
            return resolve

        return enter

    return rule


# What may stand before a calendar word: early, mid-, later in, the end of.
PART = (
    r"(?:(?P<part>early|earlier|late|later|sometime|mid|the\s(?:very\s)?(?:beginning|start|middle|end)\sof)"
    r"(?:\s(?:in|on))?[\s-](?:the\s)?)?"
)
DURING = rf"(?:[\s-](?P<hours>{PART_OF_DAY})s?)?"  # what may follow a day: "Tuesday night"
_MODIFIERS = {"early": "START", "beginning": "START", "start": "START", "mid": "MID", "middle": "MID", "late": "END",
              "end": "END"}  # fmt: skip
_STEPS = {"last": -1, "past": -1, "this past": -1, "the past": -1, "the previous": -1, "the preceding": -1,
          "next": 1, "coming": 1, "this coming": 1, "the next": 1, "the coming": 1, "the following": 1,
          "the ensuing": 1}  # fmt: skip


def word(match: Match, *names: str) -> str:
    """Read the first of these groups that matched, in lower case and with single blanks; "" if none did."""
    groups = match.groupdict()
    return re.sub(r"\s+", " ", next((groups[name] for name in names if groups.get(name)), "")).lower()


def modifier(match: Match) -> str:
    """Read the TIMEX3 modifier off what `PART` matched: START, MID, END or none.

    "Earlier this month" is no early part of it: it may have been yesterday.
    """
    part = re.sub(r"^the (?:very )?| of$", "", word(match, "part"))
    return _MODIFIERS.get(part, "")


def steps(turn: str) -> int:
    """Count the steps of "last" (-1), "this" (0) and "next" (1), in all their forms."""
    return _STEPS.get(turn, 0)


def dated(day: str, match: Match) -> Found:
    """Give a day, or the part of it that `DURING` matched: "Tuesday night" is a TIME."""
    hours = word(match, "hours")
    if hours:
        return Found("TIME", f"{day}T{words.PARTS_OF_DAY[hours]}", modifier(match))
    return Found("DATE", day, modifier(match))


def is_name(unit: str) -> bool:
    """Tell the name of a programme or paper by its capital: "60 Minutes", "This Week"."""
    return unit.istitle()


def way(turn: str, match: Match, context: Context) -> str:
    """Read the direction for `pick` off "last" or "next", else off the verb."""
    if turn in ("last", "past", "this past", "the previous"):
        return "last"
    if turn in ("next", "the following"):
        return "next"
    if turn in ("this coming", "coming"):
        return "future"
    return "future" if context.future(match) else "past"


def around(published: date, form: str, reach: int = 2) -> list[str]:
    """Write the same part of the year, such as "-09" or "-SU", in the years around publication."""
    values = (f"{year:04}{form}" for year in range(published.year - reach, published.year + reach + 1))
    return [value for value in values if periods.interval(value)]


def pick(candidates: list[str], published: date, way: str) -> str:
    """Choose among periods in order of time.

    `past` is the last that has begun by publication, `future` the first that has not ended, `last` the last that
    has ended before it, `next` the first that begins after it, `nearest` the one with the fewest days between.
    """
    # The last week of the calendar has no end.
    held = {value: period for value in candidates if (period := periods.interval(value))}
    if not held:
        return candidates[0]
    if way == "nearest":
        return min(held, key=lambda value: abs((held[value][0] - published).days))
    tests = {
        "past": lambda first, last: first <= published,
        "last": lambda first, last: last < published,
        "future": lambda first, last: last >= published,
        "next": lambda first, last: first > published,
    }
    fitting = [value for value, period in held.items() if tests[way](*period)]
    if way in ("past", "last"):
        return fitting[-1] if fitting else candidates[0]
    return fitting[0] if fitting else candidates[-1]
