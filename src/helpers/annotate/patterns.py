"""Find the few statements whose grammar alone gives them away, for where the network passes them over.

"X was accused of …" names no accuser, "X's claim that …" has no verb of saying, and in "the land that X claims to own"
the verb stands within what is told.
"""

import re

from helpers.annotate.tagger import Tagged

_ACCUSED = re.compile(r"\b(?:ha(?:s|ve|d)\s+been|was|were|is|are|been|being)\s+(?:\w+ly\s+)?accused\s+of\b", re.I)
_NOUN = (
    r"claims?|assertions?|allegations?|accusations?|promises?|pledges?|vows?|denials?|warnings?|suggestions?|"
    r"contentions?|insistence|complaints?|demands?|threats?|admissions?|announcements?|statements?|predictions?"
)
_CLAIMED = re.compile(
    rf"(?P<source>\b[Hh]is|\b[Hh]er|\b[Ii]ts|\b[Tt]heir|"
    rf"(?:\b[Tt]he\s+)?(?:\b[A-Z][\w.-]*\s+){{0,3}}\b[A-Z]\w*[’']s?)\s+"
    rf"(?:[a-z]\w*\s+){{0,2}}?(?P<cue>{_NOUN})\s+that\s"
)
_RELATIVE = re.compile(
    r"\b(?:that|which|who)\s+(?P<source>he|she|it|they|(?:the\s+)?(?:\w+\s+)?[A-Z]\w*(?:\s+[A-Z]\w*){0,2})\s+"
    r"(?P<cue>claim(?:s|ed)?|profess(?:es|ed)?|purport(?:s|ed)?)\s+(?=to\s)"
)
_END = re.compile(
    r"\s+[—–]|\s+-+\s|[;)\]\n]|[.?!](?=[”\"’']*(?:\s|$))|"
    r",(?=\s+(?:even|which|who|but|and|while|as (?!well))\s*)"
)
CONFIDENCE = 0.5  # between the network's doubts and its certainties; measured too rarely to be fitted


def find(text: str) -> list[Tagged]:
    """Find passive accusations (no source), claims named by a noun, claims in a relative clause, in text order."""
    found = [_tagged(text, match.span(), None, match.end()) for match in _ACCUSED.finditer(text)]
    for match in (*_CLAIMED.finditer(text), *_RELATIVE.finditer(text)):
        found.append(_tagged(text, match.span("cue"), match.span("source"), match.end()))
    return sorted((one for one in found if one), key=lambda one: one.content)


def _tagged(text, cue, source, start):
    while start < len(text) and text[start].isspace() and text[start] != "\n":
        start += 1
    stop = _END.search(text, start)
    end = stop.start() if stop else len(text)
    if not any(character.isalnum() for character in text[start:end]):
        return None
    return Tagged(((start, end),), cue, source, CONFIDENCE)
