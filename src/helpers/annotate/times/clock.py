"""TODO"""

RULES: list[Rule] = []
rule = into(RULES)


_ZONE = r"(?:\s(?-i:[ECMP][SD]?T|GMT|UTC|CET|CEST|BST|Eastern|local)(?:\s(?:time|[Dd]aylight\s[Tt]ime|[Ss]tandard\s[Tt]ime))?)?"


@rule(
    rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s?(?P<half>a\.m\.|p\.m\.|am\b|pm\b|a\.m\b|p\.m\b|o['’]clock){_ZONE}"
    rf"|(?P<clock>[012]?\d[:.]?[0-5]\d)(?:{S}hours)?{S}(?-i:GMT|UTC|CET|EST|EDT)|(?P<word>noon|midnight|midday|noontime)"
    rf"|(?P<hour2>\d{{1,2}}){S}in{S}the{S}(?P<part>morning|afternoon|evening)"
)
def clock(match, context):
    """10 p.m. EST, 0735 GMT, noon: the day is found by its neighbours"""
    if match["word"]:
        return Found("TIME", "T24:00" if match["word"].lower() == "midnight" else "T12:00")
    if match["clock"]:
        digits = re.sub(r"\D", "", match["clock"]).zfill(4)
        return Found("TIME", f"T{digits[:2]}:{digits[2:]}") if int(digits[:2]) < 24 else None
    hour = int(match["hour"] or match["hour2"])
    late = (match["half"] or "").lower().startswith("p") or (match["part"] or "").lower() in ("afternoon", "evening")
    if not 0 <= hour <= (23 if not match["half"] else 12):
        return None
    early = (match["half"] or "").lower().startswith("a")
    hour = hour % 12 + 12 if late else hour % 12 if early else hour
    return Found("TIME", f"T{hour:02}:{match['minute'] or '00'}")


@rule(rf"(?:right{S}now|now|currently|(?:the{S})?current|nowadays|these{S}days|at{S}present|at{S}the{S}(?:moment|present{S}time)|at{S}this{S}(?:time|moment|point))")
def present(match, context):
    """now, currently"""
    if match[0].lower().startswith("at"):
        return None
    if match[0].lower() == "now" and context.after(match, r"-(?:famous|defunct|infamous)"):
        return None
    return Found("DATE", "PRESENT_REF")


@rule(rf"(?:more{S}|most{S}|until{S})?recently|(?:the{S}(?:recent{S})?past(?=\W{{0,2}}(?:$|[.,;]|\s(?:he|she|it|they|the|has|have|to|and|was|were|that|I|we|but)\b)))")
def past(match, context):
    """recently, in the past"""
    return Found("DATE", "PAST_REF")


@rule(rf"(?:the{S}(?:near{S}|distant{S})?future(?!{S}of)|the{S}(?:near|short|long){S}term|(?<!as\s)soon(?!{S}(?:as|after)))")
def future(match, context):
    """in the future, soon"""
    return Found("DATE", "FUTURE_REF")
