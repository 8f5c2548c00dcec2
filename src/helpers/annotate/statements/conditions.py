"""Find what a statement is made to depend on: "only if …", "until …", "as long as …"."""

import re

Span = tuple[int, int]

_OPENING = re.compile(
    r"\b(?:if,? and only if,?|(?:but |and )?only (?:if|when|once|after)|if|unless|until|till|(?:as|so) long as|"
    r"provided(?: that)?|providing that|on (?:the )?condition that|once|while|the moment)\b",
    re.I,
)
_CLAUSE_END = re.compile(r"[,;:—–”\"()\[\]]|\s-\s|[.?!](?=\W|$)|\n")
_SUBJECT = (
    r"(?:the|a|an|he|she|it|they|we|you|i|this|that|these|those|all|both|his|her|its|their|our|no|any|every|"
    r"[A-Z]\w+)\b"
)
_TIME = re.compile(
    r"\w+day\b|\d|next\b|last\b|the (?:end|start|beginning|middle|early|late|early|following|next|\d|spring|summer|"
    r"autumn|fall|winter|weekend|election)\b|then\b|now\b|late|early|at least|further notice|recent|mid|after\b|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"midnight|noon|dawn|dusk|tomorrow|yesterday|today|tonight|this (?:week|month|year|morning|afternoon|evening)\b",
    re.I,
)
_STATE = re.compile(
    r"\b(?:is|are|was|were|be|remains?|remained|stays?|stayed|continues?|continued|lasts?|holds?|"
    r"keeps?|have|has|had)\b|[’'](?:re|s)\b",
    re.I,
)


def find(text: str, start: int, end: int) -> Span | None:
    """Give the span of the first condition in a stretch of text, from its opening word to the end of its clause."""
    for opening in _OPENING.finditer(text, start, end):
        clause_end = _CLAUSE_END.search(text, opening.end(), end)
        stop = clause_end.start() if clause_end else end
        if _conditional(text, start, opening, text[opening.end() : stop].strip()):
            while stop > opening.end() and text[stop - 1].isspace():
                stop -= 1
            return opening.start(), stop
    return None


def _conditional(text, start, opening, clause):
    word, before = opening.group().lower(), text[start : opening.start()].rstrip(" “\"‘'")
    previous = before.split()[-1].lower() if before.split() else ""
    if not clause:
        return False
    if word == "if":
        return previous not in ("as", "what", "wonder", "see", "ask", "asked", "asking", "know", "sure", "clear")
    if word in ("until", "till"):
        return not _TIME.match(clause) and len(clause.split()) > 2
    if word == "once":
        return bool(re.match(_SUBJECT, clause)) and previous not in ("at", "was", "were", "is", "had", "for", "more")
    if word == "while":
        # After a comma it means "whereas"; only a lasting state can be what something depends on.
        return not before.endswith(",") and previous not in ("a", "worth") and bool(_STATE.search(clause))
    if word == "the moment":
        return bool(re.match(_SUBJECT, clause)) and previous not in ("at", "for", "of", "in")
    if word in ("as long as", "so long as"):
        return not clause[:1].isdigit()
    return True
