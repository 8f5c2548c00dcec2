"""Mend what the network tagged where grammar or typography knows better.

Each function takes what was tagged and gives it mended; a statement without content is none.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from helpers.annotate import acts
from helpers.annotate.tagger import Tagged

Span = tuple[int, int]

NAME = 60  # code points that naming somebody may take
LABEL = 2  # words that a label may have

_PASSIVE = re.compile(
    r"\b(?:(?:ha[sd]|have)\s+)?(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?"
    r"(?P<verb>accused|blamed|charged|quoted|cited)\b"
)
_ACCUSED = ("accused", "blamed", "charged")
_AS_SAYING = re.compile(r"\s+as\s+(?:saying|having said|telling\s+\w+)\b")
_SENTENCE_END = re.compile(r"[.?!][”\"]?\s*$")


def passive(text: str, one: Tagged) -> Tagged:
    """Read a passive cue aright: who "was accused" is not the accuser, who one "was quoted by" is no content."""
    if not one.cue:
        return one
    start, end = one.cue
    found = next((m for m in _PASSIVE.finditer(text, max(0, start - 30), end) if m.start("verb") >= start), None)
    if not found:
        return one
    content, source = one.content, one.source
    if found["verb"] in _ACCUSED:
        start = min(start, found.start())
        if text[end : end + 4] == " of ":
            end += 3
        accuser = source and source[0] >= end and text[end : source[0]].strip() == "by"
        source = source if accuser else None
        # The accused is whom it is about, not what is said.
        content = tuple((a, b) for a, b in content if a >= start or b - a > NAME) or content
    else:
        if saying := _AS_SAYING.match(text, end):
            end = saying.end()
        if text[start:end].endswith(" by"):
            end -= 3
        # Who quoted comes right after "by": a relay, no content.
        content = tuple((a, b) for a, b in content if text[end:a].strip() != "by" or text[a] in "“\"‘'")
    content = tuple((max(a, end) if a < end <= b else a, b) for a, b in content if not start <= a < b <= end)
    return replace(one, cue=(start, end), source=source, content=content)


def explained(text: str, one: Tagged, plain: Sequence[Tagged]) -> Tagged:
    """Leave out contents that are sentences of their own, which a pattern explains: "Both were accused of …"."""

    def is_explained(start, end):
        begins = _SENTENCE_END.search(text, max(0, start - 8), start)
        return (begins or not one.cue) and any(
            start <= other.cue[0] < start + NAME and abs(other.content[-1][1] - end) <= 2
            for other in plain
            if other.source is None
        )

    return replace(one, content=tuple(span for span in one.content if not is_explained(*span)))


def trimmed(text: str, pairs: Sequence[Span], one: Tagged) -> Tagged:
    """Let contents begin and end where a person would set the mark: quotation marks in, stray punctuation out."""
    spans = []
    for start, end in one.content:
        first = max(0, bisect_left(pairs, (start, start)) - 1)
        for opened, closed in pairs[first : bisect_left(pairs, (end, end))]:
            if opened < start <= opened + 2 and not text[opened + 1 : start].strip():
                start = opened
            if start <= opened and end < closed and not _words(text, end, closed):
                end = closed
            if opened < start < closed and not _words(text, start, closed):
                start = closed  # a closing mark opens nothing
            if opened < end < closed and not _words(text, opened, end):
                end = opened
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–"):
            end -= 1
        while start < end and (text[start].isspace() or text[start] in ",;:—–.)"):
            start += 1
        if _words(text, start, end):
            spans.append((start, end))
    return replace(one, content=tuple(spans))


def label(text: str, pairs: Sequence[Span], one: Tagged) -> bool:
    """Tell whether what was found is a name or a scare quote: some quoted words that nobody is said to have said."""
    if len(one.content) != 1 or not one.cue or acts.reports(text[slice(*one.cue)]):
        return False
    start, end = one.content[0]
    opened = bisect_left(pairs, (start, start))
    quoted = opened < len(pairs) and pairs[opened][0] == start and pairs[opened][1] >= end - 1
    return quoted and len(text[start:end].split()) <= LABEL and any(c.isalpha() for c in text[slice(*one.cue)])


def _words(text, start, end):
    return any(character.isalnum() for character in text[start:end])
