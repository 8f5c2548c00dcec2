"""Months, seasons, and the quarters and halves of business news."""

from datetime import date

from helpers.annotate.times import periods, words
from helpers.annotate.times.rule import (
    PART,
    Context,
    Found,
    Match,
    Rule,
    around,
    into,
    modifier,
    pick,
    steps,
    way,
    word,
)
from helpers.annotate.times.words import MONTH, SEASON, SPOKEN_YEAR, YEAR, S

RULES: list[Rule] = []
rule = into(RULES)

# These are words and names as well, and months only where something says so.
_DOUBTFUL = ("march", "april", "may", "june", "august")
_NAMED_SO = r"\s(?:on|for|said|says)\b"  # a march in capitals, somebody called April
_INTRODUCES_MONTH = (
    "in|since|by|until|till|from|through|of|during|and|to|between|for|or|the|a|an|its|his|their|before|after|into"
)


@rule(
    rf"{PART}(?:(?P<which>this\spast|this\scoming|last|this|next){S})?(?P<month>{MONTH})"
    rf"(?:(?:,?{S}(?:of{S})?|\s?[-/]\s?)(?:(?P<year>{YEAR})|(?P<spoken>{SPOKEN_YEAR})|['’](?P<short>\d\d))"
    rf"|,?{S}(?:of{S})?(?P<turn>this|last|next){S}year)?"
)
def month(match: Match, context: Context) -> Found | None:
    """March 1996, June last year, early October, last May: a bare month is the last one, unless the verb is future"""
    form, which = f"-{words.month(match['month']):02}", word(match, "which")
    written = word(match, "year", "spoken", "short")
    if written:
        return Found("DATE", f"{words.year(written):04}{form}", modifier(match))
    bare = not (match["part"] or which or match["turn"])
    doubtful = bare and match["month"].lower() in _DOUBTFUL
    if doubtful and (not context.before(match, _INTRODUCES_MONTH) or context.after(match, _NAMED_SO)):
        return None
    if match["turn"] or which == "this":
        return Found("DATE", _in_year(context.published, steps(word(match, "turn")), form), modifier(match))
    if not context.published:
        return Found("DATE", f"XXXX{form}", modifier(match))
    direction = way(which, match, context)
    if direction == "past" and context.before(match, "by|until|into|ahead of"):
        direction = "future"
    return Found("DATE", pick(around(context.published, form), context.published, direction), modifier(match))


def _in_year(published: date | None, move: int, form: str) -> str:
    return f"{published.year + move:04}{form}" if published else f"XXXX{form}"


@rule(
    rf"{PART}(?:(?P<which>this\spast|this\scoming|last|this|next|the)(?:{S}(?:early|late|mid))?{S})?(?P<season>{SEASON})"
    rf"(?:{S}(?:of{S})?(?:(?P<year>{YEAR})|(?P<spoken>{SPOKEN_YEAR})|(?P<turn>this|last|next){S}year))?"
    rf"(?![\s-](?:olympic|school|camp|apart|house|through))"
)
def season(match: Match, context: Context) -> Found | None:
    """last fall, the summer of 1994, this spring"""
    form, which = f"-{words.SEASONS[word(match, 'season')]}", word(match, "which")
    written = word(match, "year", "spoken")
    if written:
        return Found("DATE", f"{words.year(written):04}{form}", modifier(match))
    if which in ("", "the") and not (match["turn"] or match["part"]):
        # "spring" and "fall" are verbs, and "the fall of the government" is no season
        if form in ("-SP", "-FA") and word(match, "season") != "autumn":
            return None
        if not context.before(match, "in|over|during|of|by|until|since|into"):
            return None
    if match["turn"] or (which == "this" and form != "-WI"):
        return Found("DATE", _in_year(context.published, steps(word(match, "turn")), form), modifier(match))
    if not context.published:
        return Found("DATE", f"XXXX{form}", modifier(match))
    value = pick(around(context.published, form), context.published, way(which, match, context))
    return Found("DATE", value, modifier(match))


_REPORTED = r"\s(?:net|earnings|profit|sales|revenue|results?|loss|and|from|on)\b|[.,;:)]|\Z"


@rule(
    rf"{PART}(?:the{S}|its{S}|their{S})?"
    rf"(?:(?:(?P<before>{YEAR})|(?P<owner>this|last|next)[\s-]year(?:['’]s)?|(?P<ago>year[\s-](?:ago|earlier))){S})?"
    rf"(?:fiscal[\s-])?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|final|last)[\s-](?P<what>quarter|half)"
    rf"(?:{S}(?:of|in){S}(?:fiscal{S})?(?:(?P<year>{YEAR})|(?P<turn>this|last|next){S}year)|,?{S}(?P<later>{YEAR})"
    rf"|(?P<of>{S}of{S}the{S}year))?"
)
def quarter(match: Match, context: Context) -> Found | None:
    """third-quarter, the fourth quarter of 1984, next year's first half"""
    half, nth = word(match, "what") == "half", words.ORDINALS[word(match, "nth")]
    written, turn = word(match, "before", "year", "later"), word(match, "owner", "turn")
    sure = written or turn or match["of"]
    if nth < 0:  # the last one: of the year, or before this one
        if not sure and not half:
            return Found("DATE", periods.near(context.published, "Q", -1)) if word(match, "nth") == "last" else None
        nth = 2 if half else 4
    if half and not sure and not (context.before(match, "in|for|over|during|of") and context.after(match, _REPORTED)):
        return None  # the first half of a match or a book
    if half and nth > 2:
        return None
    form = f"-H{nth}" if half else f"-Q{nth}"
    if written or turn or not context.published:
        value = written + form if written else _in_year(context.published, steps(turn), form)
        return Found("DATE", value, modifier(match))
    value = pick(around(context.published, form), context.published, "past")
    if match["ago"]:
        return Found("DATE", year_before(value), modifier(match))
    return Found("DATE", value, modifier(match), topic=not half)


def year_before(value: str) -> str:
    """Move a quarter back by a year."""
    return f"{int(value[:4]) - 1:04}{value[4:]}" if value[:4].isdecimal() else value


@rule(
    rf"(?:the{S}|a{S})?(?:comparable{S}|corresponding{S}|same{S})?(?:a{S})?year[\s-](?:ago|earlier)(?:{S}(?:period|quarter))?"
    rf"|the{S}(?:corresponding|comparable|same){S}(?:period|quarter)(?:{S}(?:of|in))?{S}(?:last{S}year|a{S}year{S}(?:earlier|ago|before))"
    rf"|the{S}(?P<year>{YEAR}){S}(?:period|quarter)|last{S}year['’]s{S}(?:quarter|period)"
)
def year_ago(match: Match, context: Context) -> Found | None:
    """a year ago, year-earlier: in a report on a quarter, the same quarter of the year before"""
    if match["year"]:
        return Found("DATE", match["year"] + context.quarter[4:])
    if context.quarter:
        return Found("DATE", year_before(context.quarter))
    return Found("DATE", periods.near(context.published, "Y", -1))


@rule(
    rf"(?P<which>the{S}latest|this|that|the|the{S}current|the{S}same|the{S}most{S}recent|last|next|the{S}previous"
    rf"|the{S}following){S}(?P<what>quarter|period)"
)
def this_quarter(match: Match, context: Context) -> Found | None:
    """the quarter, the latest period, last quarter"""
    which = word(match, "which")
    if word(match, "what") == "period":
        return Found("DATE", context.quarter) if context.quarter and which == "the latest" else None
    if steps(which):
        return Found("DATE", periods.near(context.published, "Q", steps(which)))
    if context.quarter and which != "the current":
        return Found("DATE", context.quarter)
    if which in ("this", "the current"):
        return Found("DATE", periods.near(context.published, "Q"))
    return Found("DATE", periods.near(context.published, "Q", -1)) if which == "the latest" else None
