"""Years, decades and centuries."""

from helpers.annotate.times import periods, words
from helpers.annotate.times.rule import PART, Context, Found, Match, Rule, into, modifier, steps, word
from helpers.annotate.times.words import CENTURIES, SPOKEN_YEAR, YEAR, S

RULES: list[Rule] = []
rule = into(RULES)

_TENS = "twenties thirties forties fifties sixties seventies eighties nineties".split()


@rule(
    rf"{PART}(?P<the>the{S})?(?:early[\s-]|late[\s-]|mid[\s-])?(?:(?P<digits>(?:1[1-9]|20)\d0)['’]?s|['‘’](?P<short>\d0)s"
    rf"|(?P<word>{'|'.join(_TENS)}))"
)
def decade(match: Match, context: Context) -> Found | None:
    """the late 1970s, the '80s, the nineties"""
    if match["digits"]:
        return Found("DATE", match["digits"][:3], modifier(match))
    if match["word"] and not (match["the"] or match["part"]):
        return None  # an age
    tens = int(match["short"]) // 10 if match["short"] else 2 + _TENS.index(word(match, "word"))
    begun = context.published is None or context.published.year >= 2000 + 10 * tens
    return Found("DATE", f"{20 if tens <= 3 and begun else 19}{tens}", modifier(match))


@rule(
    rf"{PART}(?:the{S})?(?:(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{words.alternatives(CENTURIES)})[\s-]century"
    rf"|(?P<which>this|last|next){S}century)"
)
def century(match: Match, context: Context) -> Found | None:
    """the 20th century, last century"""
    if match["which"]:
        return Found("DATE", periods.near(context.published, "C", steps(word(match, "which"))))
    nth = CENTURIES.get(word(match, "nth")) or words.ORDINALS.get(word(match, "nth"), 0)
    return Found("DATE", f"{nth - 1:02}", modifier(match)) if 1 <= nth <= 22 else None


@rule(rf"(?:the{S})?(?:fiscal|calendar)(?:[\s-]year)?{S}(?P<year>{YEAR})")
def fiscal(match: Match, context: Context) -> Found | None:
    """fiscal 1989: the year it is named after, as its first and last day are the company's to say"""
    return Found("DATE", match["year"])


_COUNTED = (  # what shows that four digits are a count
    r"\s?%|[,.:]\d|\s(?:registered|likely|eligible|voters|adults|people|persons|troops|soldiers|men|women|children|points|miles|kilomet(?:er|re)s|feet|met(?:er|re)s|"
    r"tons|tonnes|barrels|dollars|euros|pounds|percent|per\scent|shares|votes|jobs|homes|copies|units|degrees)\b|"
    r"-(?:mile|foot|ton|point)"
)
_INTRODUCES_YEAR = "in|since|by|of|from|until|between|and|to|during|before|after|around|about|the|a"


@rule(
    rf"{PART}(?P<sure>(?:the{S})?year{S})?(?:(?:(?<![$£€#.,/:\d-])|(?<=mid-)|(?<=\d\d-))(?P<year>{YEAR})(?!{_COUNTED})"
    rf"|(?P<spoken>{SPOKEN_YEAR}))"
)
def year(match: Match, context: Context) -> Found | None:
    """1998, mid-1996, nineteen ninety-one, the year two thousand"""
    value = words.year(word(match, "year", "spoken"))
    common = 1900 <= value <= 2049 if match["year"] else value < 2000
    if not (common or match["sure"] or match["part"] or (value != 2000 and context.before(match, _INTRODUCES_YEAR))):
        return None
    return Found("DATE", f"{value:04}", modifier(match))
