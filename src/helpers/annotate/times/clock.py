"""Times of day, and the words for now, lately and soon."""

import re

from helpers.annotate.times.rule import Context, Found, Match, Rule, into, word
from helpers.annotate.times.words import S

RULES: list[Rule] = []
rule = into(RULES)

_ZONE = (
    r"(?:\s(?-i:[ECMP][SD]?T|GMT|UTC|CET|CEST|BST|Eastern|local)"
    r"(?:\s(?:time|(?:daylight|standard)\stime))?)?"
)


@rule(
    rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>a\.m\.|p\.m\.|am\b|pm\b|a\.m\b|p\.m\b|o['’]clock){_ZONE}"
    rf"|(?P<full>[012]?\d[:.]?[0-5]\d)(?:{S}hours)?{S}(?-i:GMT|UTC|CET|EST|EDT)|(?P<word>noon|midnight|midday)"
    rf"|(?P<plain>\d{{1,2}}){S}in{S}the{S}(?P<part>morning|afternoon|evening)"
)
def clock(match: Match, context: Context) -> Found | None:
    """10 p.m. EST, 0735 GMT, noon, 4 in the morning; the value has no day yet, its neighbours give it one"""
    if match["word"]:
        return Found("TIME", "T24:00" if word(match, "word") == "midnight" else "T12:00")
    if match["full"]:
        digits = re.sub(r"\D", "", match["full"]).zfill(4)
        return Found("TIME", f"T{digits[:2]}:{digits[2:]}") if digits < "24" else None
    hour, half = int(word(match, "hour", "plain")), word(match, "half", "part")
    if hour > 12:
        return None
    if half.startswith(("p", "afternoon", "evening")):
        hour = hour % 12 + 12
    elif half.startswith(("a.m", "am", "morning")):
        hour %= 12
    return Found("TIME", f"T{hour:02}:{match['minute'] or '00'}")


@rule(rf"(?:right{S}now|now|currently|(?:the{S})?current|nowadays|these{S}days)(?!-)")
def present(match: Match, context: Context) -> Found | None:
    """now, currently"""
    return Found("DATE", "PRESENT_REF")


@rule(
    rf"(?:more{S}|most{S}|until{S})?recently"
    rf"|the{S}(?:recent{S})?past(?=\W{{0,2}}(?:$|[.,;]|\s(?:he|she|it|they|the|has|have|to|and|was|were|that|I|we|but)\b))"
)
def past(match: Match, context: Context) -> Found | None:
    """recently, in the past"""
    return Found("DATE", "PAST_REF")


@rule(
    rf"the{S}(?:near{S}|distant{S})?future(?!{S}of)|the{S}(?:near|short|long){S}term|(?<!as\s)(?<!too\s)soon(?!{S}(?:as|after))"
)
def future(match: Match, context: Context) -> Found | None:
    """in the future, soon"""
    return Found("DATE", "FUTURE_REF")
