"""TODO"""

RULES: list[Rule] = []
rule = into(RULES)


@rule(
    rf"{PART}(?:the{S})?(?:early[\s-]|late[\s-]|mid[\s-])?(?:(?P<digits>(?:1[1-9]|20)\d0)['’]?s|['‘’](?P<short>\d0)s"
    rf"|(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)
def decade(match, context):
    """the late 1970s, the '80s, the nineties"""
    if match["digits"]:
        return Found("DATE", match["digits"][:3], _modifier(match))
    if match["short"]:
        tens = int(match["short"])
    else:
        if not re.search(r"\bthe\b", match[0], re.IGNORECASE) or context.before(match, "in"):
            return None
        tens = 10 * (2 + "twenties thirties forties fifties sixties seventies eighties nineties".split().index(match["word"].lower()))
    century = 20 if tens <= 20 and context.published and context.published.year >= 2000 + tens else 19
    return Found("DATE", f"{century}{tens // 10}", _modifier(match))


@rule(
    rf"{PART}(?:the{S})?(?:(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL}|nineteenth|eighteenth|seventeenth|sixteenth|twentieth|twenty-first)[\s-]centur(?:y|ies)"
    rf"|(?P<which>this|last|next|the{S}past|the{S}next|the{S}last){S}century)"
)
def century(match, context):
    """the 20th century, last century"""
    if match["which"]:
        which = match["which"].lower()
        if which.startswith("the"):
            return Found("DURATION", "P100Y", period=_span(context, 100, "Y", "next" in which))
        return Found("DATE", periods.near(context.published, "C", _turn_steps(which)))
    spelled = {"sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twenty-first": 21}
    nth = match["nth"].lower()
    number = words.ORDINALS.get(nth) or spelled.get(nth) or int(re.sub(r"\D", "", nth))
    return Found("DATE", f"{number - 1:02}", _modifier(match)) if 1 <= number <= 30 else None


@rule(rf"(?:the{S})?(?:fiscal|calendar)(?:[\s-]year)?{S}(?P<year>{YEAR})")
def fiscal(match, context):
    """fiscal 1989: the year it is named after; its first and last day are the company's to say"""
    return Found("DATE", match["year"])


_COUNTED = (
    r"\s?%|[,.:]\d|\s(?:people|persons|troops|soldiers|men|women|children|points|miles|kilometers|kilometres|feet|metres|meters|"
    r"tons|tonnes|barrels|dollars|euros|pounds|percent|per\scent|shares|votes|jobs|homes|copies|units|degrees)\b|-(?:mile|foot|ton|point)"
)


@rule(
    rf"{PART}(?P<the>(?:the{S})?year{S})?(?:(?:(?<![$£€#.,/:\d-])|(?<=mid-)|(?<=\d\d-))(?P<year>{YEAR})(?!{_COUNTED})"
    rf"|(?P<spoken>{SPOKEN_YEAR}))"
)
def year(match, context):
    """1998, mid-1996, nineteen ninety-one, the year two thousand"""
    if match["spoken"]:
        value = words.year(match["spoken"])
        if value == 2000 and not match["the"] or not match["the"] and not context.before(match, r"(?:in|since|by|of|from|until|a|the|and)") and value > 2000:
            return None
        return Found("DATE", f"{value:04}")
    value = int(match["year"])
    if not 1900 <= value <= 2049 and not context.before(match, r"(?:in|since|by|of|from|until|between|and|to|during|before|after|around|about)"):
        return None
    return Found("DATE", f"{value:04}", _modifier(match))
