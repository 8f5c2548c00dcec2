"""TODO"""

RULES: list[Rule] = []
rule = into(RULES)


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


TOSS_UP = 90  # days


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
