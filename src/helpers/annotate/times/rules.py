"""The table of rules: what a time expression looks like, and a small function that says which time it means.

A rule is a pattern and the function below it. The order is the order of preference: where two rules match at the
same place, the earlier one speaks, so the long forms come before the short ones. To add a rule, write a function
with `@rule(pattern)`; name the parts of the pattern that it needs, and return what it found, or None for "no
expression after all".

The method is HeidelTime's (Strötgen and Gertz 2010) in small: patterns over words, normalised against the day of
publication, with the verb to tell past from future. Values follow TIMEX3 (TimeML 1.2.1 annotation guidelines).
Without a day of publication relative expressions keep the X of TIMEX3 where the date is not known.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from helpers.annotate.times import periods, tense, words
from helpers.annotate.times.words import (
    DASH,
    DAY_WORD,
    MONTH,
    NUMBER,
    ORDINAL,
    PART_OF_DAY,
    SEASON,
    SPOKEN_YEAR,
    UNIT,
    VAGUE,
    WEEKDAY,
    YEAR,
    S,
)


@dataclass(frozen=True)
class Found:
    """What a rule makes of its match: a TIMEX3 type, value and modifier, and a period the value does not tell."""

    type: str
    value: str
    modifier: str = ""
    period: periods.Interval | None = None
    topic: bool = False


@dataclass(frozen=True)
class Context:
    """What a rule may look at: the text, the publication day, and the day and quarter spoken of so far."""

    text: str
    published: date | None
    day: date | None = None
    last: date | None = None
    quarter: str = ""

    def future(self, match: re.Match) -> bool | None:
        return tense.future(self.text, match.start(), match.end())

    def after(self, match: re.Match, pattern: str) -> bool:
        return re.match(pattern, self.text[match.end() : match.end() + 40], re.IGNORECASE) is not None

    def before(self, match: re.Match, pattern: str) -> bool:
        left = self.text[max(0, match.start() - 40) : match.start()]
        return re.search(rf"(?:^|\W){pattern}\s{{0,4}}\Z", left, re.IGNORECASE) is not None


Resolver = Callable[[re.Match, Context], Found | None]
RULES: list[tuple[re.Pattern, Resolver]] = []

# What may stand before any calendar word: early, mid-, the end of, earlier in.
PART = (
    r"(?:(?P<part>early|earlier|late|later|sometime|mid|the\s(?:very\s)?(?:beginning|start|middle|end)\sof)"
    r"(?:\s(?:in|on))?[\s-](?:the\s)?)?"
)
DURING = rf"(?:[\s-](?P<hours>{PART_OF_DAY})s?)?"  # "Tuesday night"
TURN = r"(?:this\spast|this\scoming|the\sfollowing|the\sprevious|the\ssame|that\ssame|that|this|last|next|past|coming)"
MODIFIER = {"early": "START", "earlier": "START", "beginning": "START", "start": "START", "mid": "MID",
            "middle": "MID", "late": "END", "later": "END", "end": "END", "close": "END"}  # fmt: skip
ABOUT = (
    r"(?:(?:about|around|nearly|almost|roughly|some|approximately|at\sleast|at\smost|more\sthan|less\sthan|over|"
    r"under|up\sto|only|just|barely|another|an\sadditional|an\sestimated)\s)?"
)
MORE = (
    r"(?:(?:more|additional|full|whole|straight|consecutive|successive|long|trading|business|working|fiscal|"
    r"calendar|school|solid|crucial|extra|other|short)\s)?"
)


def rule(pattern: str) -> Callable[[Resolver], Resolver]:
    """Enter a pattern and its resolver at the end of the table."""

    def enter(resolve: Resolver) -> Resolver:
        RULES.append((re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), resolve))
        return resolve

    return enter


# --- helpers that several rules share


def pick(candidates: list[str], published: date, way: str) -> str:
    """Choose among periods in order of time.

    `past` is the last that has begun by publication, `future` the first that has not ended, `last` the last that
    has ended before it, `next` the first that begins after it, `nearest` the one with the fewest days between.
    """
    dated = [(value, periods.interval(value)) for value in candidates]
    dated = [(value, period) for value, period in dated if period]
    if way in ("past", "last"):
        held = [value for value, (first, last) in dated if (first if way == "past" else last) <= published]
        if way == "last":
            held = [value for value, (_, last) in dated if last < published]
        return held[-1] if held else dated[0][0]
    if way in ("future", "next"):
        held = [value for value, (first, last) in dated if (last >= published if way == "future" else first > published)]
        return held[0] if held else dated[-1][0]
    return min(dated, key=lambda item: abs((item[1][0] - published).days))[0]


def _way(turn: str | None, match: re.Match, context: Context) -> str:
    """Read the direction off "last", "next", "this coming", else off the verb."""
    turn = re.sub(r"\s+", " ", (turn or "").lower())
    if turn in ("last", "past", "this past", "the previous"):
        return "last"
    if turn in ("next", "the following"):
        return "next"
    if turn in ("this coming", "coming"):
        return "future"
    return "future" if context.future(match) else "past"


def _modifier(match: re.Match) -> str:
    part = (match["part"] or "").lower()
    return next((name for word, name in MODIFIER.items() if re.search(rf"\b{word}\b", part)), "")


def _hours(day: str, part_of_day: str | None, modifier: str = "") -> Found:
    """Give a day, or a part of it: "Tuesday night" is a TIME."""
    if part_of_day:
        return Found("TIME", f"{day}T{words.PARTS_OF_DAY[part_of_day.lower()]}", modifier)
    return Found("DATE", day, modifier)


TOSS_UP = 90  # days


def _years(published: date, form: str, reach: int = 2) -> list[str]:
    return [f"{year:04}{form}" for year in range(published.year - reach, published.year + reach + 1)]


def _unit(text: str) -> str:
    """Give the letter of a unit of time, singular or plural."""
    text = text.lower()
    return words.UNITS.get(text) or words.UNITS[text.rstrip("s")]


def _is_name(unit: str) -> bool:
    """A capital betrays the name of a programme or a paper: "60 Minutes", "This Week"."""
    return unit.istitle()


def _period_unit(text: str) -> str:
    """Give the letter of a calendar unit: nights are days."""
    return {"2W": "W"}.get(_unit(text), _unit(text))


def _duration(amount: float | None, unit: str) -> str:
    """Write a length of time: P3W, PT5H30M, PXD where it is vague; decades and centuries are counted in years."""
    unit = _unit(unit)
    count = "X" if amount is None else f"{amount:g}"
    if unit in ("S", "MIN", "H"):
        if amount is not None and unit != "S" and amount % 1 == 0.5:
            whole = f"{int(amount)}{unit[0]}" if amount >= 1 else ""
            return f"PT{whole}30{'M' if unit == 'H' else 'S'}"
        return f"PT{count}{unit[0]}"
    if amount is not None:
        if unit in ("E", "C"):
            return f"P{amount * (10 if unit == 'E' else 100):g}Y"
        if unit == "WE":
            return f"P{count}WE"
        if unit == "2W":
            return f"P{amount * 2:g}W"
        if unit == "Y" and amount % 1 == 0.5:
            return f"P{int(amount)}Y6M" if amount >= 1 else "P6M"
        if unit == "Q":
            return f"P{amount * 3:g}M"
    return f"P{count}{'W' if unit == '2W' else unit}"


def _steps(amount: float, unit: str) -> tuple[str, int]:
    """Write an amount as whole steps of a calendar unit: a decade is ten years."""
    unit = _unit(unit)
    if unit == "2W":
        return "W", int(2 * amount)
    if unit in ("E", "C"):
        return "Y", int(amount * (10 if unit == "E" else 100))
    if unit == "Y" and amount % 1:
        return "M", round(12 * amount)
    return unit, int(amount)


def _amount(match: re.Match) -> float | None:
    """Count the number in a match, None for a vague one."""
    return words.number(match["number"] or match["vague"] or "")


# --- days


@rule(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T\s](?P<clock>\d\d:\d\d)(?::\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?)?")
def iso(match, context):
    """2024-09-10, 2024-09-10T08:30"""
    found = periods.day(int(match["year"]), int(match["month"]), int(match["day"]))
    if not found:
        return None
    return Found("TIME", f"{found}T{match['clock']}") if match["clock"] else Found("DATE", found.isoformat())


@rule(r"(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![./\d])")
def numeric(match, context):
    """10/30/2024; where day and month cannot be told apart, only the year is certain"""
    one, two, year = int(match["one"]), int(match["two"]), words.year(match["year"])
    if len(match["year"]) == 2 and match["mark"] == ".":
        return None
    readings = {periods.day(year, month, day) for month, day in ((one, two), (two, one))} - {None}
    if match["mark"] == ".":
        readings &= {periods.day(year, two, one)}
    if not readings:
        return None
    return Found("DATE", readings.pop().isoformat() if len(readings) == 1 else f"{year:04}")


_OF_YEAR = rf"(?:,?{S}(?P<year>{YEAR})|,?{S}(?:of{S})?(?P<turn>this|last|next){S}year)?"


@rule(
    rf"{PART}(?:(?:this{S}coming{S}|this{S}|next{S}|last{S})?{WEEKDAY},?{S})?(?:the{S})?(?:(?P<which>last|next|this){S})?(?P<month>{MONTH}){S}(?:the{S})?"
    rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{DAY_WORD})(?![\d%]|[.,:]\d|{S}(?:a\.?m|p\.?m)\b){_OF_YEAR}{DURING}"
)
def month_day(match, context):
    """Sept. 10, 2024; Tuesday, September 10; March eighth"""
    number = words.ORDINALS.get(match["day"].lower()) or int(re.sub(r"\D", "", match["day"]))
    return _month_day(match, context, words.month(match["month"]), number)


@rule(
    rf"{PART}(?:{WEEKDAY},?{S})?(?:the{S})?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?){S}(?:of{S})?(?P<month>{MONTH})"
    rf"(?!{S}\d{{1,2}}\b){_OF_YEAR}{DURING}"
)
def day_month(match, context):
    """10 September 2024, the 10th of September"""
    return _month_day(match, context, words.month(match["month"]), int(re.sub(r"\D", "", match["day"])))


def _month_day(match, context, month, number):
    if not 1 <= number <= 31:
        return None
    form = f"-{month:02}-{number:02}"
    if match["year"]:
        value = match["year"] + form
        return _hours(value, match["hours"], _modifier(match)) if periods.interval(value) else None
    if not context.published:
        return _hours(f"XXXX{form}", match["hours"], _modifier(match)) if periods.interval(f"2024{form}") else None
    if match["turn"]:
        value = f"{context.published.year + _turn_steps(match['turn']):04}{form}"
        return _hours(value, match["hours"]) if periods.interval(value) else None
    candidates = [value for value in _years(context.published, form, 8) if periods.interval(value)]
    if not candidates:
        return None
    way = {"last": "last", "next": "next"}.get((match.groupdict().get("which") or "").lower(), "nearest")
    value = pick(candidates, context.published, way)
    # Half a year away the nearest is a toss-up: let the verb decide.
    if way == "nearest" and abs((date.fromisoformat(value) - context.published).days) > TOSS_UP:
        value = pick(candidates, context.published, "future" if context.future(match) else "past")
    return _hours(value, match["hours"], _modifier(match))


@rule(
    rf"{PART}(?:(?P<skip>the{S}day{S}(?:before|after){S})?(?P<word>today|yesterday|tomorrow){DURING}"
    rf"|(?P<last>last{S}(?:night|evening))|(?P<tonight>tonight)|this{S}(?:(?:very|same){S})?(?P<this>{PART_OF_DAY})"
    rf"|(?P<this2>{PART_OF_DAY}){S}(?:of{S})?(?P<word2>today|yesterday|tomorrow))"
)
def deictic(match, context):
    """today, late yesterday, tomorrow morning, last night, this afternoon"""
    word = (match["word"] or match["word2"] or "").lower()
    steps = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if match["skip"]:
        steps *= 2
    if match["last"]:
        steps = -1
    hours = match["hours"] or match["this"] or match["this2"] or ("night" if match["last"] or match["tonight"] else None)
    return _hours(periods.near(context.published, "D", steps), hours, _modifier(match) if word else "")


@rule(
    rf"(?:(?:every|each)(?:{S}other)?{S}(?P<day>{WEEKDAY}){DURING}|(?:on{S}|(?P<at>))(?P<days>{WEEKDAY})s(?!['’]))"
)
def weekdays(match, context):
    """every Tuesday, on Tuesdays"""
    day = words.weekday(match["day"] or match["days"]) + 1
    hours = f"T{words.PARTS_OF_DAY[match['hours'].lower()]}" if match["hours"] else ""
    return Found("SET", f"XXXX-WXX-{day}{hours}")


@rule(rf"{PART}(?:(?P<turn>{TURN}|the){S})?(?P<day>{WEEKDAY})(?:{S}(?P<week>last|next|this){S}week)?{DURING}")
def weekday(match, context):
    """Tuesday, last Friday, late Monday night, Tuesday of next week"""
    number = words.weekday(match["day"])
    if not context.published:
        return _hours(f"XXXX-WXX-{number + 1}", match["hours"], _modifier(match))
    turn = re.sub(r"\s+", " ", (match["turn"] or "").lower())
    base, way = context.published, _way(turn, match, context)
    if match["week"]:
        steps = _turn_steps(match["week"])
        monday = periods.interval(periods.near(base, "W", steps))[0]
        return _hours(periods.move(monday, "D", number).isoformat(), match["hours"])
    if turn in ("the following", "the previous", "the same", "that same", "that") and context.day:
        base = context.day
        way = {"the following": "next", "the previous": "last"}.get(turn, "past")
    if turn == "this":
        way = "past" if context.future(match) is False else "future"
    days = [periods.move(base, "D", steps) for steps in range(-7, 8)]
    candidates = [day.isoformat() for day in days if day.weekday() == number]
    return _hours(pick(candidates, base, way), match["hours"], _modifier(match))


_FIXED = words.alternatives(words.HOLIDAYS)


@rule(
    rf"(?:(?P<turn>last|next|this){S})?(?:(?-i:(?P<floating>Thanksgiving(?:\sDay)?|Labor\sDay|Memorial\sDay|Easter(?:\sSunday|\sMonday)?"
    rf"|Good\sFriday|Election\sDay)|(?P<fixed>(?=[A-Z])(?i:{_FIXED}))))"
)
def holiday(match, context):
    """Christmas Eve, last Thanksgiving"""
    if not context.published:
        return Found("DATE", "XXXX-XX-XX")
    years = range(context.published.year - 2, context.published.year + 3)
    if match["fixed"]:
        month, day = words.HOLIDAYS[re.sub(r"\s+", " ", match["fixed"].lower())]
        candidates = [date(year, month, day).isoformat() for year in years]
    else:
        candidates = [_floating(match["floating"].lower(), year).isoformat() for year in years]
    return Found("DATE", pick(candidates, context.published, _way(match["turn"], match, context)))


def _floating(name: str, year: int) -> date:
    """Date a holiday that moves: the Gregorian Easter by the anonymous computus, the rest by weekday."""
    if name.startswith(("easter", "good")):
        a, (b, c) = year % 19, divmod(year, 100)
        h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
        k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
        month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
        shift = -2 if name.startswith("good") else 1 if name.endswith("monday") else 0
        return periods.move(date(year, month, day + 1), "D", shift)
    if name.startswith("memorial"):
        last = date(year, 5, 31)
        return periods.move(last, "D", -last.weekday())
    month, number, nth = {"t": (11, 3, 4), "l": (9, 0, 1), "e": (11, 0, 1)}[name[0]]
    first = date(year, month, 1)
    found = periods.move(first, "D", (number - first.weekday()) % 7 + 7 * (nth - 1))
    return periods.move(found, "D", 1) if name[0] == "e" else found


# --- months, seasons, quarters, halves


def _turn_steps(turn: str) -> int:
    return {"last": -1, "next": 1}.get(turn.lower(), 0)


@rule(
    rf"{PART}(?:(?P<which>this\spast|this\scoming|last|this|next){S})?(?P<month>{MONTH})"
    rf"(?:(?:,?{S}(?:of{S})?|\s?[-/]\s?)(?:(?P<year>{YEAR})|(?P<spoken>{SPOKEN_YEAR})|['’](?P<short>\d\d))"
    rf"|,?{S}(?:of{S})?(?P<turn>this|last|next){S}year|{S}of{S}that{S}year)?"
)
def month(match, context):
    """March 1996, June last year, early October, last May"""
    number = words.month(match["month"])
    written = match["year"] or match["spoken"] or match["short"]
    if written:
        return Found("DATE", f"{words.year(written):04}-{number:02}", _modifier(match))
    bare = not (match["part"] or match["which"] or match["turn"])
    # "March", "May", "April", "June" and "August" are other words and names as well.
    if bare and match["month"] not in ("January", "February", "July", "September", "October", "November", "December"):
        prepositions = r"(?:in|since|by|until|till|from|through|of|during|and|to|between|for|or|the|a|an|its|his|their|before|after)"
        if not context.before(match, prepositions) or context.after(match, r"\s(?:on|for|said|says|\d)"):
            return None
    if not context.published:
        return Found("DATE", f"XXXX-{number:02}", _modifier(match))
    form = f"-{number:02}"
    if match["turn"]:
        return Found("DATE", f"{context.published.year + _turn_steps(match['turn']):04}{form}", _modifier(match))
    if (match["which"] or "").lower() == "this":
        return Found("DATE", f"{context.published.year:04}{form}", _modifier(match))
    way = _way(match["which"], match, context)
    if way == "past" and context.before(match, "(?:by|until)"):
        way = "future"
    return Found("DATE", pick(_years(context.published, form), context.published, way), _modifier(match))


@rule(
    rf"{PART}(?:(?P<which>this\spast|this\scoming|last|this|next|the)(?:{S}(?:early|late|mid))?{S})?(?P<season>{SEASON})"
    rf"(?:{S}(?:of{S})?(?:(?P<year>{YEAR})|(?P<spoken>{SPOKEN_YEAR})|(?P<turn>this|last|next){S}year))?"
)
def season(match, context):
    """last fall, the summer of 1994, this spring"""
    code = words.SEASONS[match["season"].lower()]
    if match["year"] or match["spoken"]:
        return Found("DATE", f"{words.year(match['year'] or match['spoken']):04}-{code}", _modifier(match))
    sure = match["which"] and match["which"].lower() != "the" or match["turn"] or match["part"]
    if not sure:
        named = match["season"].lower() in ("summer", "winter", "autumn")
        if not named or not context.before(match, "(?:in|over|during|of|by|until|since|into)"):
            return None
    if context.after(match, r"[-\s](?:olympic|school|camp|apart|house|through)"):
        return None
    if not context.published:
        return Found("DATE", f"XXXX-{code}", _modifier(match))
    if match["turn"]:
        return Found("DATE", f"{context.published.year + _turn_steps(match['turn']):04}-{code}", _modifier(match))
    way = _way(match["which"], match, context)
    if (match["which"] or "").lower() == "this" and code != "WI":
        return Found("DATE", f"{context.published.year:04}-{code}", _modifier(match))
    return Found("DATE", pick(_years(context.published, f"-{code}"), context.published, way), _modifier(match))


_QUARTER = rf"(?:fiscal[\s-])?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|final|last)[\s-](?P<what>quarter|half)"


@rule(
    rf"{PART}(?:the{S}|its{S}|their{S})?(?:(?:(?P<before>{YEAR})|(?P<owner>this|last|next)[\s-]year(?:['’]s)?|(?P<ago>year[\s-](?:ago|earlier))){S})?"
    rf"{_QUARTER}(?:{S}(?:of|in){S}(?:fiscal{S})?(?:(?P<year>{YEAR})|(?P<turn>this|last|next){S}year)|,?{S}(?P<after>{YEAR})|{S}of{S}the{S}year)?"
)
def quarter(match, context):
    """third-quarter, the fourth quarter of 1984, next year's first half"""
    nth, half = words.ORDINALS[match["nth"].lower()], match["what"].lower() == "half"
    explicit = match["before"] or match["year"] or match["after"]
    turn = match["owner"] or match["turn"]
    if match["nth"].lower() in ("last", "final"):
        if not explicit and not turn and not half:
            return Found("DATE", periods.near(context.published, "Q", -1)) if nth == -1 and match["nth"].lower() == "last" else None
        nth = 2 if half else 4
    if half and nth > 2 or half and not (explicit or turn or context.after(match, r"\sof\sthe\syear")):
        if nth > 2 or not context.before(match, "(?:in|for|over|during|of)(?: the)?"):
            return None
        if not context.after(match, r"\W{0,2}(?:\s(?:net|earnings|profit|sales|revenue|results?|loss|and|from|on)|\W|$)"):
            return None
    form = f"-H{nth}" if half else f"-Q{nth}"
    if explicit:
        return Found("DATE", explicit + form, _modifier(match))
    if not context.published:
        return Found("DATE", "XXXX" + form, _modifier(match))
    if turn:
        return Found("DATE", f"{context.published.year + _turn_steps(turn):04}{form}", _modifier(match))
    value = pick(_years(context.published, form), context.published, "past")
    if match["ago"]:
        value = f"{int(value[:4]) - 1:04}{form}"
    return Found("DATE", value, _modifier(match), topic=not half and not match["ago"])


def _year_before(quarter: str) -> str:
    return f"{int(quarter[:4]) - 1:04}{quarter[4:]}" if quarter[:4].isdecimal() else quarter


@rule(
    rf"(?:the{S}|a{S})?(?:comparable{S}|corresponding{S}|same{S})?(?P<ago>(?:a{S})?year[\s-](?:ago|earlier))(?:{S}(?P<what>period|quarter))?"
    rf"|the{S}(?:corresponding|comparable|same){S}(?:period|quarter)(?:{S}(?:of|in))?{S}(?:(?P<last>last{S}year)|a{S}year{S}(?P<earlier>earlier|ago|before))"
    rf"|the{S}(?P<year>{YEAR}){S}(?:period|quarter)|last{S}year['’]s{S}(?P<lastq>quarter|period)"
)
def year_ago(match, context):
    """a year ago, year-earlier: after a quarter, in the news of business, the same quarter of the year before"""
    if context.quarter:
        value = _year_before(context.quarter)
        return Found("DATE", match["year"] + value[4:] if match["year"] else value)
    if match["year"]:
        return Found("DATE", match["year"])
    return Found("DATE", periods.near(context.published, "Y", -1))


@rule(rf"(?P<which>the{S}latest|this|that|the|the{S}current|the{S}same|the{S}most{S}recent|last|next|the{S}previous|the{S}following){S}(?P<what>quarter|period)")
def this_quarter(match, context):
    """the quarter, the latest period, last quarter"""
    which = re.sub(r"\s+", " ", match["which"].lower())
    if match["what"].lower() == "period":
        return Found("DATE", context.quarter) if context.quarter and "latest" in which else None
    if which in ("last", "next", "the previous", "the following"):
        return Found("DATE", periods.near(context.published, "Q", -1 if which in ("last", "the previous") else 1))
    if which in ("this", "the current"):
        return Found("DATE", context.quarter if context.quarter and which == "this" else periods.near(context.published, "Q"))
    if context.quarter:
        return Found("DATE", context.quarter)
    if "latest" in which:
        return Found("DATE", periods.near(context.published, "Q", -1))
    return None


# --- years, decades, centuries


@rule(
    rf"{PART}(?:the{S})?(?:early[\s-]|late[\s-]|mid[\s-])?(?:(?P<digits>(?:1[1-9]|20)\d0)['’]?s|['‘’](?P<short>\d0)s"
    rf"|(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)
def decade(match, context):
    """the late 1970s, the '80s, the nineties"""
    if match["digits"]:
        return Found("DATE", match["digits"][:3], _modifier(match))
    if match["short"]:
        tens = int(match["short"])
    else:
        if not re.search(r"\bthe\b", match[0], re.IGNORECASE) or context.before(match, "in"):
            return None
        tens = 10 * (2 + "twenties thirties forties fifties sixties seventies eighties nineties".split().index(match["word"].lower()))
    century = 20 if tens <= 20 and context.published and context.published.year >= 2000 + tens else 19
    return Found("DATE", f"{century}{tens // 10}", _modifier(match))


@rule(
    rf"{PART}(?:the{S})?(?:(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL}|nineteenth|eighteenth|seventeenth|sixteenth|twentieth|twenty-first)[\s-]centur(?:y|ies)"
    rf"|(?P<which>this|last|next|the{S}past|the{S}next|the{S}last){S}century)"
)
def century(match, context):
    """the 20th century, last century"""
    if match["which"]:
        which = match["which"].lower()
        if which.startswith("the"):
            return Found("DURATION", "P100Y", period=_span(context, 100, "Y", "next" in which))
        return Found("DATE", periods.near(context.published, "C", _turn_steps(which)))
    spelled = {"sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twenty-first": 21}
    nth = match["nth"].lower()
    number = words.ORDINALS.get(nth) or spelled.get(nth) or int(re.sub(r"\D", "", nth))
    return Found("DATE", f"{number - 1:02}", _modifier(match)) if 1 <= number <= 30 else None


@rule(rf"(?:the{S})?(?:fiscal|calendar)(?:[\s-]year)?{S}(?P<year>{YEAR})")
def fiscal(match, context):
    """fiscal 1989: the year it is named after; its first and last day are the company's to say"""
    return Found("DATE", match["year"])


_COUNTED = (
    r"\s?%|[,.:]\d|\s(?:people|persons|troops|soldiers|men|women|children|points|miles|kilometers|kilometres|feet|metres|meters|"
    r"tons|tonnes|barrels|dollars|euros|pounds|percent|per\scent|shares|votes|jobs|homes|copies|units|degrees)\b|-(?:mile|foot|ton|point)"
)


@rule(
    rf"{PART}(?P<the>(?:the{S})?year{S})?(?:(?:(?<![$£€#.,/:\d-])|(?<=mid-)|(?<=\d\d-))(?P<year>{YEAR})(?!{_COUNTED})"
    rf"|(?P<spoken>{SPOKEN_YEAR}))"
)
def year(match, context):
    """1998, mid-1996, nineteen ninety-one, the year two thousand"""
    if match["spoken"]:
        value = words.year(match["spoken"])
        if value == 2000 and not match["the"] or not match["the"] and not context.before(match, r"(?:in|since|by|of|from|until|a|the|and)") and value > 2000:
            return None
        return Found("DATE", f"{value:04}")
    value = int(match["year"])
    if not 1900 <= value <= 2049 and not context.before(match, r"(?:in|since|by|of|from|until|between|and|to|during|before|after|around|about)"):
        return None
    return Found("DATE", f"{value:04}", _modifier(match))


# --- this, last and next


@rule(
    rf"{PART}(?:(?P<sure>(?:the{S})?current|the{S}present|the{S}full|the{S}coming|the{S}past|the{S}same|that{S}same)"
    rf"|(?P<which>this(?:{S}(?:past|coming|current|very))?|last|next|that|the{S}following|the{S}previous|the{S}next|the{S}ensuing|the{S}preceding))"
    rf"{S}(?:fiscal{S}|calendar{S})?(?P<unit>day|week|weekend|month|year|decade|century)"
)
def turn(match, context):
    """last week, earlier this month, next year, the following day, that year"""
    which = re.sub(r"\s+", " ", (match["sure"] or match["which"]).lower())
    if _is_name(match["unit"]):
        return None
    unit, day, modifier = _unit(match["unit"]), context.published, _modifier(match)
    if which == "the full":
        which = "this"
    if which in ("the past", "the coming"):
        steps = 10 if unit == "E" else 1
        letter = "Y" if unit == "E" else unit
        if unit in ("Y", "E") or which == "the coming" or unit in ("W", "M", "D"):
            period = _span(context, steps, letter if letter != "WE" else "D", which == "the coming")
            return Found("DURATION", _duration(1, match["unit"]), period=period)
        return Found("DATE", periods.near(day, unit, -1))
    relative = {"the following": 1, "the next": 1, "the ensuing": 1, "the previous": -1, "the preceding": -1,
                "that": 0, "that same": 0, "the same": 0}  # fmt: skip
    if which in relative:
        if unit == "E" or (which == "that" and context.after(match, r"\s(?:the|he|she|it|they|we)\b")):
            return None
        if unit == "D" and which.startswith("that") and not context.day:
            return None
        base = context.day if unit == "D" else context.last or day
        return Found("DATE", periods.near(base, unit, relative[which]), modifier)
    if unit == "D" and which not in ("next",):
        return None
    steps = -1 if which == "last" or which == "this past" else 1 if which in ("next", "this coming") else 0
    if unit == "WE":
        return Found("DATE", _weekend(match, context, which), modifier)
    if match["part"] and match["part"].lower() in ("earlier", "later") and day:
        period = periods.interval(periods.near(day, unit, steps))
        if period and period[0] <= day <= period[1]:
            bounded = (period[0], day) if match["part"].lower() == "earlier" else (day, period[1])
            return Found("DATE", periods.near(day, unit, steps), modifier, bounded)
    return Found("DATE", periods.near(day, unit, steps), modifier)


def _weekend(match, context, which: str) -> str:
    """Take "the weekend" for the last one that has begun, or the coming one where the verb is future."""
    if not context.published:
        return periods.UNKNOWN["WE"]
    candidates = [periods.near(context.published, "WE", steps) for steps in (-1, 0, 1)]
    if which == "this":
        return candidates[0] if context.future(match) is False and context.published.weekday() < 3 else candidates[1]
    return pick(candidates, context.published, _way(which, match, context))


@rule(rf"(?:the{S}|a{S}|an{S})?(?P<which>weekend|long{S}weekend)")
def weekend(match, context):
    """over the weekend"""
    if not match[0].lower().startswith("the"):
        return None
    return Found("DATE", _weekend(match, context, ""))


@rule(rf"(?P<end>(?:the{S})?(?:year|month|week)(?:['’]s)?[\s-]end)(?!{S}of)")
def year_end(match, context):
    """by year-end, the month's end"""
    unit = _unit(re.search("year|month|week", match[0], re.IGNORECASE)[0])
    if unit == "W":
        return None
    return Found("DATE", periods.near(context.published, unit), "END")


@rule(rf"{PART}(?:(?<=for\s)|(?<=of\s)|(?<=in\s)|(?<=during\s)|(?<=through\s)|(?<=throughout\s)|(?<=this\s))the{S}(?:fiscal{S}|full{S}|whole{S})?(?P<unit>year|month|week)(?P<ended>(?={S}(?:ended|ending|to{S})))?")
def the_year(match, context):
    """the year, where it stands for this one; "the year ended June 30" is a length of time"""
    if match["ended"] is not None:
        return Found("DURATION", _duration(1, match["unit"]))
    if context.after(match, r"\s(?:before|after|earlier|later|since|following|of|in\swhich|when|that|ago|[A-Z])"):
        return None
    return Found("DATE", periods.near(context.published, _unit(match["unit"])), _modifier(match))


# --- lengths of time


def _span(context, amount: float | None, unit: str, future: bool) -> periods.Interval | None:
    """Date "the past three years": from that long ago to publication."""
    if not context.published or amount is None or _is_short(unit):
        return None
    end = periods.move(context.published, unit, int(amount) if future else -int(amount))
    return (context.published, end) if future else (end, context.published)


def _is_short(letter: str) -> bool:
    return letter in ("S", "MIN", "H")


_COUNT = rf"(?:(?P<number>{NUMBER}|an?|another)|(?P<vague>{VAGUE}))"


@rule(
    rf"(?:at{S}least{S})?(?:(?:each|all|every|any){S}of{S})?(?:the{S}|these{S}|his{S}|her{S}|its{S}|their{S})?(?:(?P<which>past|last|next|coming|first|final|preceding|previous|following|latest|recent|initial){S})"
    rf"(?:{ABOUT}{_COUNT}(?:{S}(?:to|or){S}{NUMBER})?{S})?{MORE}(?P<unit>{UNIT})(?:{S}or{S}so)?"
)
def past_units(match, context):
    """the past three years, the next few days, the first nine months, recent weeks"""
    which, unit = match["which"].lower(), match["unit"].lower()
    plural = unit.endswith("s") and unit not in ("s",)
    if not match["number"] and not match["vague"] and (not plural or which not in ("recent", "coming", "past", "first", "final", "latest")):
        return None
    value = _duration(_amount(match), unit)
    if which == "recent" and "year" in unit:
        return Found("DATE", "PAST_REF")
    if which in ("first", "final", "initial"):
        return Found("DURATION", value)
    if not match["number"]:
        return Found("DURATION", value)
    letter, steps = _steps(_amount(match) or 0, unit)
    future = which in ("next", "coming", "following")
    if which in ("past", "last", "next", "coming"):
        letter = {"WE": "W"}.get(letter, letter)
        if _unit(unit) == "H":
            return Found("DURATION", value, period=_span(context, 1, "D", future))
        return Found("DURATION", value, period=None if _is_short(_unit(unit)) else _span(context, steps, letter, future))
    return Found("DURATION", value)


@rule(
    rf"{ABOUT}{_COUNT}{S}(?:or{S}(?:so|two|more){S})?{MORE}(?P<unit>{UNIT})(?:{S}or{S}(?:so|two))?{S}(?P<way>ago|earlier|later|from{S}now|before(?={S}(?:that|then))|hence|previously|beforehand|afterwards?)"
    rf"|(?P<bare>seconds|minutes|hours|days|weeks|months|years|decades|centuries){S}(?P<bareway>ago|earlier|later)"
)
def ago(match, context):
    """three weeks ago, two days earlier, a month later, years ago"""
    unit, way = match["unit"] or match["bare"], re.sub(r"\s+", " ", (match["way"] or match["bareway"]).lower())
    amount = _amount(match)
    back = way in ("ago", "earlier", "before", "previously", "beforehand")
    if amount is None:
        if way == "ago":
            return Found("DATE", "PAST_REF")
        if way == "from now":
            return Found("DATE", "FUTURE_REF")
        return Found("DURATION", _duration(None, unit))
    letter, steps = _steps(amount, unit)
    if _unit(unit) in ("S", "MIN", "H") and unit[0].lower() in "smh" and not unit.lower().startswith("month"):
        return Found("DURATION", _duration(amount, unit))
    if letter == "Q":
        letter, steps = "M", 3 * steps
    letter = "D" if letter == "WE" else letter
    base = context.published if way in ("ago", "from now", "hence") else context.day or context.published
    if letter == "Y" and amount == 1 and context.quarter and way in ("ago", "earlier"):
        return Found("DATE", _year_before(context.quarter))
    if letter == "W" and way in ("ago",) and steps == 1 and base:
        return Found("DATE", periods.near(base, "D", -7))
    return Found("DATE", periods.near(base, letter, -steps if back else steps))


# --- how often


_RATE = r"(?:hour|day|night|week|month|quarter|year|decade|morning|evening|afternoon|weekend|minute|second)"


@rule(
    rf"(?:once{S}|twice{S})?(?:every|each|per)(?:{S}(?P<other>other|(?:single)))?(?:{S}(?P<number>{NUMBER}))?{S}(?P<unit>{_RATE})s?"
    rf"|(?:every|each){S}(?P<month>{MONTH})|(?:every|each){S}(?P<season>spring|summer|autumn|fall|winter)"
)
def every(match, context):
    """every day, each year, every two weeks, each July"""
    if match["month"]:
        return Found("SET", f"XXXX-{words.month(match['month']):02}")
    if match["season"]:
        return Found("SET", f"XXXX-{words.SEASONS[match['season'].lower()]}")
    unit = match["unit"].lower()
    if unit in words.PARTS_OF_DAY and unit != "night":
        return Found("SET", f"XXXX-XX-XXT{words.PARTS_OF_DAY[unit]}")
    count = words.number(match["number"]) if match["number"] else 2 if (match["other"] or "").lower() == "other" else 1
    value = f"P{count:g}Q" if unit == "quarter" else _duration(count, unit)
    return Found("SET", value)


@rule(r"(?P<word>hourly|daily|nightly|weekly|monthly|annually|yearly)")
def often(match, context):
    """daily, weekly, annually"""
    if context.before(match, "(?:semi|bi|twice)-?") or context.before(match, "the"):
        pass
    unit = {"hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month"}
    return Found("SET", _duration(1, unit.get(match["word"].lower(), "year")))


@rule(
    rf"(?:(?<=\d\s)|(?<=illion\s)|(?<=hours\s)|(?<=days\s)|(?<=times\s)|(?<=once\s)|(?<=twice\s)|(?<=dollars\s)|(?<=percent\s)|(?<=\w\w\wths\s))(?:a|per){S}(?P<unit>hour|day|night|week|month|year)(?!{S}(?:ago|earlier|later|before|after|from|or))"
)
def rate(match, context):
    """$5 million a year, twice a week"""
    return Found("SET", _duration(1, match["unit"]))


# --- plain lengths of time


@rule(rf"{ABOUT}{_COUNT}[\s-]{{1,2}}{MORE}(?P<unit>{UNIT})(?:['’])?(?P<old>[\s-](?:old|long))?(?P<half>{S}and{S}a{S}half)?(?:{S}or{S}(?:so|two))?")
def duration(match, context):
    """two years, a 10-year deal, five and a half hours, several months"""
    if _is_name(match["unit"]):
        return None
    unit, amount = match["unit"].lower(), _amount(match)
    if match["old"] and match["old"][1:].lower() == "old":
        if unit.startswith("year") or amount is None:
            return None  # an age
    if context.after(match, r"[\s-](?:old|of\sage)\b"):
        return None
    if re.search(r"-quarters?\Z", match[0].lower()):
        return None
    if amount == 1 and unit == "day" and match["number"].lower() == "one" and context.future(match):
        return Found("DATE", "FUTURE_REF")
    if match["number"] and match["number"].lower() in ("a", "an") and unit in ("second", "night", "quarter", "day", "weekend"):
        return None
    if (match["vague"] or "").lower() == "some" and unit not in ("time",) and not unit.endswith("s"):
        return None
    if unit.startswith("second") and amount == 1:
        return None
    if unit.startswith("quarter") and match["number"] and not unit.endswith("s"):
        return None
    if match["half"]:
        amount = (amount or 0) + 0.5
    return Found("DURATION", _duration(amount, unit))


@rule(r"(?:(?<=for\s)|(?<=in\s)|(?<=within\s)|(?<=after\s)|(?<=over\s))(?:the\s)?(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries)(?:\sor\s\w{4,7}s\b)?")
def many(match, context):
    """for years, within weeks"""
    return Found("DURATION", _duration(None, match["unit"]))


@rule(rf"(?P<unit>day|week|month|year|decade|hour)s?-long")
def long(match, context):
    """a week-long visit"""
    plural = match[0].lower().startswith(f"{match['unit'].lower()}s")
    return Found("DURATION", _duration(None if plural else 1, match["unit"]))


# --- clock


_ZONE = r"(?:\s(?-i:[ECMP][SD]?T|GMT|UTC|CET|CEST|BST|Eastern|local)(?:\s(?:time|[Dd]aylight\s[Tt]ime|[Ss]tandard\s[Tt]ime))?)?"


@rule(
    rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s?(?P<half>a\.m\.|p\.m\.|am\b|pm\b|a\.m\b|p\.m\b|o['’]clock){_ZONE}"
    rf"|(?P<clock>[012]?\d[:.]?[0-5]\d)(?:{S}hours)?{S}(?-i:GMT|UTC|CET|EST|EDT)|(?P<word>noon|midnight|midday|noontime)"
    rf"|(?P<hour2>\d{{1,2}}){S}in{S}the{S}(?P<part>morning|afternoon|evening)"
)
def clock(match, context):
    """10 p.m. EST, 0735 GMT, noon: the day is found by its neighbours"""
    if match["word"]:
        return Found("TIME", "T24:00" if match["word"].lower() == "midnight" else "T12:00")
    if match["clock"]:
        digits = re.sub(r"\D", "", match["clock"]).zfill(4)
        return Found("TIME", f"T{digits[:2]}:{digits[2:]}") if int(digits[:2]) < 24 else None
    hour = int(match["hour"] or match["hour2"])
    late = (match["half"] or "").lower().startswith("p") or (match["part"] or "").lower() in ("afternoon", "evening")
    if not 0 <= hour <= (23 if not match["half"] else 12):
        return None
    early = (match["half"] or "").lower().startswith("a")
    hour = hour % 12 + 12 if late else hour % 12 if early else hour
    return Found("TIME", f"T{hour:02}:{match['minute'] or '00'}")


# --- now and then


@rule(rf"(?:right{S}now|now|currently|(?:the{S})?current|nowadays|these{S}days|at{S}present|at{S}the{S}(?:moment|present{S}time)|at{S}this{S}(?:time|moment|point))")
def present(match, context):
    """now, currently"""
    if match[0].lower().startswith("at"):
        return None
    if match[0].lower() == "now" and context.after(match, r"-(?:famous|defunct|infamous)"):
        return None
    return Found("DATE", "PRESENT_REF")


@rule(rf"(?:more{S}|most{S}|until{S})?recently|(?:the{S}(?:recent{S})?past(?=\W{{0,2}}(?:$|[.,;]|\s(?:he|she|it|they|the|has|have|to|and|was|were|that|I|we|but)\b)))")
def past(match, context):
    """recently, in the past"""
    return Found("DATE", "PAST_REF")


@rule(rf"(?:the{S}(?:near{S}|distant{S})?future(?!{S}of)|the{S}(?:near|short|long){S}term|(?<!as\s)soon(?!{S}(?:as|after)))")
def future(match, context):
    """in the future, soon"""
    return Found("DATE", "FUTURE_REF")


def _ungrouped(pattern: str) -> str:
    """Drop the names of groups, so that patterns can stand side by side in one."""
    return re.sub(r"\(\?P=mark\)", "[/.]", re.sub(r"\(\?P<\w+>", "(?:", pattern))


ANY = re.compile(
    r"(?<!\w)(?:" + "|".join(f"({_ungrouped(pattern.pattern)})" for pattern, _ in RULES) + ")", re.IGNORECASE
)


def read(context: Context, position: int) -> tuple[int, int, Found] | None:
    """Find the next time expression at or after a position: its start, its end and what it means."""
    while match := ANY.search(context.text, position):
        pattern, resolve = RULES[match.lastindex - 1]
        found = resolve(pattern.match(context.text, match.start()), context)
        if found:
            return match.start(), match.end(), found
        position = match.start() + 1
    return None


def follow(context: Context, found: Found, start: int) -> Context:
    """Move the context on: the day last spoken of, and the quarter."""
    period = periods.interval(found.value) if found.type in ("DATE", "TIME") else None
    last = period[0] if period else context.last
    day = last if re.match(r"\d{4}-\d\d-\d\d", found.value) else context.day
    quarter = context.quarter
    if found.topic:
        quarter = found.value if not quarter or not context.published or (period and period[1] <= context.published) else quarter
    if re.fullmatch(r"P[69]M", found.value):
        quarter = ""
    return replace(context, day=day, last=last, quarter=quarter)
