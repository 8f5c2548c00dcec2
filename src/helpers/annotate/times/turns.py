"""This, last and next: periods counted from publication, or from the last one named."""

from helpers.annotate.times import periods
from helpers.annotate.times.lengths import length, span
from helpers.annotate.times.rule import (
    PART,
    Context,
    Found,
    Match,
    Rule,
    into,
    is_name,
    modifier,
    pick,
    steps,
    way,
    word,
)
from helpers.annotate.times.words import CALENDAR, S

RULES: list[Rule] = []
rule = into(RULES)

_FROM_PUBLICATION = (
    r"this\spast|this\scoming|this\scurrent|this\svery|this|last|next|current|the\s(?:current|present|full|past|coming)"
)
_FROM_LAST_NAMED = r"that|that\ssame|the\s(?:same|following|previous|next|ensuing|preceding)"


@rule(
    rf"{PART}(?:(?P<which>{_FROM_PUBLICATION})|(?P<back>{_FROM_LAST_NAMED})){S}(?:fiscal{S}|calendar{S})?"
    rf"(?P<unit>day|week|weekend|month|year|decade|century)"
)
def turn(match: Match, context: Context) -> Found | None:
    """last week, earlier this month, next year; the following day, that year"""
    if is_name(match["unit"]):
        return None
    which, unit, published = word(match, "which"), CALENDAR[word(match, "unit")], context.published
    if match["back"]:
        return _from_last_named(match, context, unit)
    if which in ("the past", "the coming") and unit != "WE":
        name = word(match, "unit")
        return Found("DURATION", length(1, name), period=span(context, 1, name, steps(which)))
    if unit == "D" and which != "next":
        return None
    if unit == "WE":
        return Found("DATE", _weekend(match, context, which), modifier(match))
    return Found("DATE", periods.near(published, unit, steps(which)), modifier(match))


def _from_last_named(match: Match, context: Context, unit: str) -> Found | None:
    which, base = word(match, "back"), context.spoken(match, unit)
    if which == "that" and (not base or unit == "E" or context.after(match, r"\s(?:the|he|she|it|they|we)\b")):
        return None
    return Found("DATE", periods.near(base, unit, steps(which)), modifier(match))


def _weekend(match: Match, context: Context, which: str) -> str:
    """Take "the weekend" for the last one that has begun, or for the coming one where the verb is future."""
    if not context.published:
        return periods.UNKNOWN["WE"]
    before, this, after = (periods.near(context.published, "WE", move) for move in (-1, 0, 1))
    if which == "this":
        return before if context.future(match) is False and context.published.weekday() < 3 else this
    return pick([before, this, after], context.published, way(which, match, context))


@rule(rf"the{S}(?:long{S}|holiday{S})?weekend")
def weekend(match: Match, context: Context) -> Found | None:
    """over the weekend"""
    return Found("DATE", _weekend(match, context, ""))


@rule(rf"(?:the{S})?(?P<unit>year|month)(?:['’]s)?[\s-]end(?!{S}of)")
def end(match: Match, context: Context) -> Found | None:
    """by year-end, the month's end"""
    return Found("DATE", periods.near(context.published, CALENDAR[word(match, "unit")]), "END")


@rule(
    rf"{PART}(?:(?<=for\s)|(?<=of\s)|(?<=in\s)|(?<=during\s)|(?<=through\s)|(?<=throughout\s))the{S}(?:fiscal{S}|full{S}|whole{S})?"
    rf"(?P<unit>year|month|week)(?P<ended>(?={S}(?:ended|ending|to{S})))?"
    rf"(?!{S}(?:before|after|earlier|later|since|following|of|in{S}which|when|that|ago|(?-i:[A-Z])))"
)
def the_unit(match: Match, context: Context) -> Found | None:
    """the year, where it stands for this one; "the year ended June 30" is a length of time"""
    if match["ended"] is not None:
        return Found("DURATION", length(1, word(match, "unit")))
    return Found("DATE", periods.near(context.published, CALENDAR[word(match, "unit")]), modifier(match))
