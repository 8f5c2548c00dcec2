"""Days: dates in every spelling, weekdays, today and yesterday, holidays."""

import re
from datetime import MAXYEAR, MINYEAR, date

from helpers.annotate.times import periods, words
from helpers.annotate.times.rule import (
    DURING,
    PART,
    Context,
    Found,
    Match,
    Rule,
    around,
    dated,
    into,
    is_name,
    modifier,
    pick,
    steps,
    way,
    word,
)
from helpers.annotate.times.words import DAY_WORD, MONTH, PART_OF_DAY, WEEKDAY, YEAR, S

RULES: list[Rule] = []
rule = into(RULES)

TOSS_UP = 90  # days from publication where the nearest date is no safe guess, and the verb is asked


@rule(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[T\s](?P<clock>\d\d:\d\d)(?::\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?)?"
)
def iso(match: Match, context: Context) -> Found | None:
    """2024-09-10, 2024-09-10T08:30"""
    day = periods.day(int(match["year"]), int(match["month"]), int(match["day"]))
    if not day:
        return None
    return Found("TIME", f"{day}T{match['clock']}") if match["clock"] else Found("DATE", day.isoformat())


@rule(
    r"(?P<one>\d{1,2})(?:/(?P<two>\d{1,2})/(?P<year>(?:19|20)?\d\d)|\.(?P<month>\d{1,2})\.(?P<full>(?:19|20)\d\d))(?![/\d]|\.\d)"
)
def numeric(match: Match, context: Context) -> Found | None:
    """10/30/2024, 30.10.2024; where day and month cannot be told apart, only the year is certain"""
    one, two, year = int(match["one"]), int(match["two"] or match["month"]), words.year(word(match, "year", "full"))
    readings = {periods.day(year, two, one)} | (set() if match["month"] else {periods.day(year, one, two)})
    readings -= {None}
    if not readings:
        return None
    return Found("DATE", readings.pop().isoformat() if len(readings) == 1 else f"{year:04}")


_OF_YEAR = rf"(?:,?{S}(?P<year>{YEAR})|,?{S}(?:of{S})?(?P<turn>this|last|next){S}year)?"


@rule(
    rf"{PART}(?:(?:this{S}coming{S}|this{S}|next{S}|last{S})?{WEEKDAY},?{S})?(?:the{S})?(?:(?P<which>last|next|this){S})?"
    rf"(?P<month>{MONTH}){S}(?:the{S})?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{DAY_WORD})"
    rf"(?![\d%]|[.,:]\d|{S}(?:a\.?m|p\.?m)\b){_OF_YEAR}{DURING}"
)
@rule(
    rf"{PART}(?:{WEEKDAY},?{S})?(?:the{S})?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?){S}(?:of{S})?(?P<month>{MONTH})"
    rf"(?!{S}\d{{1,2}}\b){_OF_YEAR}{DURING}"
)
def day_of_month(match: Match, context: Context) -> Found | None:
    """Tuesday, Sept. 10, 2024; March eighth; the 10th of September; 10 September last year: the nearest"""
    number = words.ORDINALS.get(match["day"].lower()) or int(match["day"])
    form = f"-{words.month(match['month']):02}-{number:02}"
    if not periods.interval(f"2024{form}"):  # a leap year has all days
        return None
    if match["year"]:
        return dated(match["year"] + form, match) if periods.interval(match["year"] + form) else None
    if not context.published:
        return dated(f"XXXX{form}", match)
    if match["turn"]:
        return dated(f"{context.published.year + steps(word(match, 'turn')):04}{form}", match)
    candidates = around(context.published, form, reach=8)
    which = word(match, "which")
    value = pick(candidates, context.published, which if which in ("last", "next") else "nearest")
    far = abs((date.fromisoformat(value) - context.published).days) > TOSS_UP
    if far and not which and not context.before(match, "the|an?|his|her|its|their"):
        value = pick(candidates, context.published, "future" if context.future(match) else "past")
    return dated(value, match)


_SECOND_DAY = re.compile(
    r"(?:\s?[-–]\s?|\s(?:and|to|through|or)\s)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
    r"(?=[-–,.;:)]|\s?$|\s(?:in|at|to|for|from|on|and|with|by|as|that|when|was|were|will|is|are|the|,)\b)"
)


def second_day(text: str, end: int, value: str) -> tuple[int, int, str] | None:
    """Read on after "April 24": the 25 of "April 24 and 25" and of "April 24-25" is a day as well."""
    match = _SECOND_DAY.match(text, end)
    if not match or not re.fullmatch(r"[\dX]{4}-\d\d-\d\d", value) or not text[end - 1].isdecimal():
        return None
    second = f"{value[:8]}{int(match['day']):02}"
    if second <= value or not periods.interval(second.replace("XXXX", "2024")):
        return None
    return match.start("day"), match.end(), second


@rule(
    rf"{PART}(?:(?P<skip>the{S}day{S}(?:before|after){S})?(?P<word>today|yesterday|tomorrow){DURING}"
    rf"|(?P<last>last{S}(?:night|evening))|(?P<tonight>tonight)|this{S}(?:(?:very|same){S})?(?P<this>{PART_OF_DAY})"
    rf"|(?P<of>{PART_OF_DAY}){S}(?:of{S})?(?P<day>today|yesterday|tomorrow))"
)
def today(match: Match, context: Context) -> Found | None:
    """today, late yesterday, tomorrow morning, last night, this afternoon, the day after tomorrow"""
    if is_name(match["this"] or "") or (match["word"] and _is_paper(match, context)):
        return None
    move = {"yesterday": -1, "tomorrow": 1}.get(word(match, "word", "day"), 0) * (2 if match["skip"] else 1)
    day = periods.near(context.published, "D", -1 if match["last"] else move)
    hours = "night" if match["last"] or match["tonight"] else word(match, "this", "of")
    return Found("TIME", f"{day}T{words.PARTS_OF_DAY[hours]}", modifier(match)) if hours else dated(day, match)


def _is_paper(match: Match, context: Context) -> bool:
    """Tell the name of a paper or programme: a capital after a capitalised word."""
    before = context.text[max(0, match.start() - 25) : match.start()]
    return match[0][0].isupper() and re.search(r"\b[A-Z]\w{0,20}\s\Z", before) is not None


@rule(rf"(?:every|each)(?:{S}other)?{S}(?P<day>{WEEKDAY}){DURING}|(?:on{S})?(?P<days>{WEEKDAY})s(?!['’])")
def weekdays(match: Match, context: Context) -> Found | None:
    """every Tuesday, on Tuesdays"""
    hours = f"T{words.PARTS_OF_DAY[word(match, 'hours')]}" if match["hours"] else ""
    return Found("SET", f"XXXX-WXX-{words.weekday(word(match, 'day', 'days')) + 1}{hours}")


_TURN = r"(?:this\spast|this\scoming|the\sfollowing|the\sprevious|the\ssame|that\ssame|that|this|last|next|past|coming)"


@rule(rf"{PART}(?:(?P<turn>{_TURN}|the){S})?(?P<day>{WEEKDAY})(?:{S}(?P<week>last|next|this){S}week)?{DURING}")
def weekday(match: Match, context: Context) -> Found | None:
    """Tuesday, last Friday, late Monday night, Tuesday next week

    In news the nearest one not after publication, the publication day included, unless the verb is future.
    """
    if context.before(match, "super|black|ash|cyber|bloody|palm|fat|giving"):
        return None  # a name
    number, base, turn = words.weekday(match["day"]), context.published, word(match, "turn")
    if not base:
        return dated(f"XXXX-WXX-{number + 1}", match)
    if match["week"]:
        monday = periods.move(base, "D", 7 * steps(word(match, "week")) - base.weekday())
        return dated(periods.move(monday, "D", number).isoformat(), match)
    direction = way(turn, match, context)
    if turn in ("the following", "the previous", "the same", "that same", "that") and context.spoken(match, "D"):
        base = context.spoken(match, "D")
        direction = {"the following": "next", "the previous": "last"}.get(turn, "past")
    if turn == "this":
        direction = "past" if context.future(match) is False else "future"
    week = [periods.move(base, "D", move) for move in range(-7, 8)]
    return dated(pick([day.isoformat() for day in week if day.weekday() == number], base, direction), match)


_MOVING = r"Thanksgiving(?:\sDay)?|Labor\sDay|Memorial\sDay|Easter(?:\sSunday|\sMonday)?|Good\sFriday"


@rule(
    rf"(?:(?P<turn>last|next|this){S})?(?-i:(?P<moving>{_MOVING})|(?P<fixed>(?=[A-Z])(?i:{words.alternatives(words.HOLIDAYS)})))"
    rf"(?!{S}(?:week|weekend|season|tree|card|island|carol|dinner|shopping)|-)"
)
def holiday(match: Match, context: Context) -> Found | None:
    """Christmas Eve, last Thanksgiving"""
    if not context.published:
        return Found("DATE", "XXXX-XX-XX")
    years = range(max(MINYEAR, context.published.year - 2), min(MAXYEAR, context.published.year + 2) + 1)
    if match["fixed"]:
        candidates = [str(date(year, *words.HOLIDAYS[word(match, "fixed")])) for year in years]
    else:
        candidates = [str(_moving(word(match, "moving"), year)) for year in years]
    direction = way(word(match, "turn"), match, context)
    return Found("DATE", pick(candidates, context.published, "nearest" if direction == "past" else direction))


def _moving(name: str, year: int) -> date:
    """Date a holiday that moves: Easter by the anonymous Gregorian computus, the others by weekday."""
    if name.startswith(("easter", "good")):
        a, (b, c) = year % 19, divmod(year, 100)
        h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
        k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
        month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
        return periods.move(date(year, month, day + 1), "D", {"good friday": -2, "easter monday": 1}.get(name, 0))
    if name.startswith("memorial"):
        return periods.move(date(year, 5, 31), "D", -date(year, 5, 31).weekday())
    month, number, nth = (11, 3, 4) if name.startswith("thanksgiving") else (9, 0, 1)
    first = date(year, month, 1)
    return periods.move(first, "D", (number - first.weekday()) % 7 + 7 * (nth - 1))
