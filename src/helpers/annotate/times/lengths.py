"""TODO"""

RULES: list[Rule] = []
rule = into(RULES)


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
