"""TODO"""

RULES: list[Rule] = []
rule = into(RULES)


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
