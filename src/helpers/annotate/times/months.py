"""TODO"""

RULES: list[Rule] = []
rule = into(RULES)


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
