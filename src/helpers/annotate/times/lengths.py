"""Lengths of time, points in time that a length leads to, and how often something happens."""

from helpers.annotate.times import periods, words
from helpers.annotate.times.months import year_before
from helpers.annotate.times.rule import Context, Found, Match, Rule, into, is_name, word
from helpers.annotate.times.words import CLOCK_UNITS, LENGTHS, MONTH, NUMBER, SEASON, UNIT, VAGUE, WHOLE_UNITS, S

RULES: list[Rule] = []
rule = into(RULES)

_ABOUT = (
    r"(?:(?:about|around|nearly|almost|roughly|some|approximately|at\sleast|at\smost|more\sthan|less\sthan|over|"
    r"under|up\sto|only|just|barely|another|an\sadditional|an\sestimated)\s)?"
)
_MORE = (
    r"(?:(?:more|additional|full|whole|straight|consecutive|successive|long|trading|business|working|fiscal|"
    r"calendar|school|solid|extra|other|short)\s)?"
)
_COUNT = rf"(?:(?P<number>{NUMBER}|an?|another)|(?P<vague>{VAGUE}))"
_OR_SO = rf"(?:{S}or{S}(?:so|two))?"


def length(amount: float | None, unit: str) -> str:
    """Write a length of time: P3W, PT5H30M, P20Y for two decades, PXD where the number is vague."""
    unit = words.singular(unit)
    if unit in CLOCK_UNITS:
        letter = CLOCK_UNITS[unit]
        if amount is None:
            return f"PTX{letter}"
        whole, part = divmod(amount, 1)
        smaller = {"H": "M", "M": "S"}.get(letter)
        if part and smaller:
            return f"PT{f'{whole:g}{letter}' if whole else ''}{round(60 * part)}{smaller}"
        return f"PT{amount:g}{letter}"
    if amount is None:
        return f"PX{words.CALENDAR.get(unit) or LENGTHS[unit][0]}"
    letter, times = LENGTHS[unit]
    whole, part = divmod(amount * times, 1)
    if letter == "Y" and part:
        return f"P{f'{whole:g}Y' if whole else ''}{round(12 * part)}M"
    return f"P{amount * times:g}{letter}"


def span(context: Context, amount: float, unit: str, direction: int) -> periods.Interval | None:
    """Date "the past three years" as from that long ago to publication, and "the next three" as from then on."""
    if not context.published or words.singular(unit) not in LENGTHS:
        return None
    other = periods.move(context.published, *_steps(amount * direction, unit))
    return (other, context.published) if direction < 0 else (context.published, other)


def _steps(amount: float, unit: str) -> tuple[str, int]:
    """Turn an amount into whole steps of a calendar unit: half a year is six months."""
    letter, times = LENGTHS[words.singular(unit)]
    if letter == "Y" and amount * times % 1:
        return "M", round(12 * amount * times)
    return {"WE": "W"}.get(letter, letter), int(amount * times)


def _amount(match: Match) -> float | None:
    return words.number(word(match, "number", "vague"))


_WHICH = "past|last|next|coming|first|final|preceding|previous|following|latest|recent|initial"


@rule(
    rf"(?:at{S}least{S})?(?:(?:each|all|every|any){S}of{S})?(?:the{S}|these{S}|his{S}|her{S}|its{S}|their{S})?"
    rf"(?P<which>{_WHICH}){S}(?:{_ABOUT}{_COUNT}(?:{S}(?:to|or){S}{NUMBER})?{S})?{_MORE}(?P<unit>{UNIT})(?:{S}or{S}so)?"
)
def counted(match: Match, context: Context) -> Found | None:
    """the past three years, the next few days, the first nine months, recent weeks"""
    which, unit, amount = word(match, "which"), word(match, "unit"), _amount(match)
    bare = not (match["number"] or match["vague"])
    if bare and (unit in WHOLE_UNITS or which in ("last", "next", "previous", "following")):
        return None  # "last week" is a date
    if which == "recent" and unit == "years":
        return Found("DATE", "PAST_REF")
    direction = {"past": -1, "last": -1, "next": 1, "coming": 1}.get(which, 0)
    period = span(context, amount, unit, direction) if direction and amount else None
    return Found("DURATION", length(amount, unit), period=period)


@rule(
    rf"{_ABOUT}{_COUNT}{S}(?:or{S}(?:so|two|more){S})?{_MORE}(?P<unit>{UNIT}){_OR_SO}{S}"
    rf"(?P<way>ago|earlier|later|from{S}now|before(?={S}(?:that|then))|hence|previously|beforehand|afterwards?)"
    rf"|(?P<bare>{UNIT}){S}(?P<bareway>ago|earlier|later)"
)
def ago(match: Match, context: Context) -> Found | None:
    """three weeks ago, two days earlier, a month later, years ago"""
    unit, direction, amount = word(match, "unit", "bare"), word(match, "way", "bareway"), _amount(match)
    if match["bare"] and unit in WHOLE_UNITS:
        return None
    if amount is None:
        vague = {"ago": "PAST_REF", "from now": "FUTURE_REF"}.get(direction)
        return Found("DATE", vague) if vague else Found("DURATION", length(None, unit))
    if words.singular(unit) in CLOCK_UNITS:
        return Found("DURATION", length(amount, unit))
    back = direction not in ("later", "from now", "hence", "afterward", "afterwards")
    letter, steps = _steps(amount, unit)
    if letter == "Y" and steps == 1 and context.quarter and direction in ("ago", "earlier"):
        return Found("DATE", year_before(context.quarter))
    if letter == "W" and steps == 1:
        letter, steps = "D", 7  # a week ago is a day, two weeks ago is a week
    from_publication = direction in ("ago", "from now", "hence")
    base = context.published if from_publication else context.spoken(match, "D") or context.published
    return Found("DATE", periods.near(base, letter, -steps if back else steps))


# --- how often


@rule(
    rf"(?:once{S}|twice{S})?(?:every|each|per){S}(?:(?P<other>other){S}|single{S})?(?:(?P<number>{NUMBER}){S})?"
    rf"(?P<unit>hour|day|night|morning|afternoon|evening|weekend|week|month|quarter|year|decade)s?"
    rf"|(?:every|each){S}(?:(?P<month>{MONTH})|(?P<season>{SEASON}))"
)
def every(match: Match, context: Context) -> Found | None:
    """every day, each year, every two weeks, each July"""
    if match["month"]:
        return Found("SET", f"XXXX-{words.month(match['month']):02}")
    if match["season"]:
        return Found("SET", f"XXXX-{words.SEASONS[word(match, 'season')]}")
    unit = word(match, "unit")
    if unit in ("morning", "afternoon", "evening"):
        return Found("SET", f"XXXX-XX-XXT{words.PARTS_OF_DAY[unit]}")
    count = 2 if match["other"] else words.number(word(match, "number")) or 1
    return Found("SET", f"P{count:g}Q" if unit == "quarter" else length(count, unit))


_OFTEN = {"hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month",
          "annually": "year", "yearly": "year"}  # fmt: skip


@rule(rf"(?P<word>{words.alternatives(_OFTEN)})")
def often(match: Match, context: Context) -> Found | None:
    """daily, weekly, annually"""
    if is_name(match["word"]):
        return None
    return Found("SET", length(1, _OFTEN[word(match, "word")]))


@rule(
    r"(?:(?<=\d\s)|(?<=illion\s)|(?<=hours\s)|(?<=days\s)|(?<=times\s)|(?<=once\s)|(?<=twice\s)|(?<=dollars\s))"
    rf"(?:a|per){S}(?P<unit>hour|day|night|week|month|year)(?!{S}(?:ago|earlier|later|before|after|from|or))"
)
def rate(match: Match, context: Context) -> Found | None:
    """$5 million a year, twice a week"""
    return Found("SET", length(1, word(match, "unit")))


# --- plain lengths


@rule(
    rf"{_ABOUT}{_COUNT}[\s-]{{1,2}}{_MORE}(?P<unit>{UNIT})['’]?(?P<old>[\s-](?:old|of{S}age))?(?:[\s-]long)?"
    rf"(?P<half>{S}and{S}a{S}half)?{_OR_SO}"
)
def duration(match: Match, context: Context) -> Found | None:
    """two years, a 10-year deal, five and a half hours, several months, a six-month-old truce"""
    unit, amount, number = word(match, "unit"), _amount(match), word(match, "number")
    if is_name(match["unit"]) or (match["old"] and unit.startswith("year")):
        return None  # "60 Minutes", and ages
    if unit in ("second", "quarter") or (unit == "quarters" and "-" in match[0]):
        return None  # "a second man", "three-quarters of it"
    if number == "one" and unit == "day" and context.future(match):
        return Found("DATE", "FUTURE_REF")
    if number in ("a", "an") and unit in ("day", "night", "weekend"):
        return None
    if word(match, "vague") == "some" and unit in WHOLE_UNITS:
        return None
    return Found("DURATION", length((amount or 0) + 0.5 if match["half"] else amount, unit))


@rule(
    rf"(?:(?<=for\s)|(?<=in\s)|(?<=within\s)|(?<=after\s)|(?<=over\s))(?:the{S})?"
    rf"(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries)(?:{S}or{S}(?:days|weeks|months|years))?"
)
def many(match: Match, context: Context) -> Found | None:
    """for years, within weeks"""
    return Found("DURATION", length(None, word(match, "unit")))


@rule(r"(?P<unit>(?:hour|day|week|month|year|decade)s?)-long")
def long(match: Match, context: Context) -> Found | None:
    """a week-long visit"""
    unit = word(match, "unit")
    return Found("DURATION", length(1 if unit in WHOLE_UNITS else None, unit))
