"""Mend who speaks: the subject of a passive, of an inverted end, of a denial of what others claim."""

import re
from collections.abc import Sequence
from dataclasses import replace

from helpers.annotate.statements import acts
from helpers.annotate.statements.patterns import is_parenthetic, is_subject, subject
from helpers.annotate.statements.readings.marks import NAME, Span, by_sentence
from helpers.annotate.tagger import Tagged

CLAUSE = 3  # words that a clause has

_PASSIVE = re.compile(
    r"\b(?:(?:ha[sd]|have)\s+)?(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?"
    r"(?P<verb>accused|blamed|charged|quoted|cited)\b"
)
_ACCUSED = ("accused", "blamed", "charged")
_AS_SAYING = re.compile(r"\s+as\s+(?:saying|having said|telling\s+\w+)\b")
_BY = re.compile(
    r"\s(?:as\s[“\"]?\w+[”\"]?\s)?(?P<what>(?:an?\s|the\s)?(?:[a-z]+\s){0,2}[a-z]+s?)\s(?:by|from)\s(?:the\s)?"
)
_PRONOUN = re.compile(r"(?:he|she|it|they|we)\s")


def sourced(text: str, bounds: Sequence[Span], one: Tagged) -> Tagged:
    """Keep of a source that runs over sentences what stands in the cue's: "He met the mayor. Ida Venn said"."""
    if not (one.cue and one.source):
        return one
    parts = list(by_sentence(bounds, *one.source))
    own = {row for row, _, _ in by_sentence(bounds, *one.cue)}
    here = [(start, end) for row, start, end in parts if row in own]
    return replace(one, source=here[0]) if here and len(parts) > 1 else one


def passive(text: str, bounds: Sequence[Span], one: Tagged) -> Tagged:
    """Read a passive cue aright: who "was accused" is not the accuser, who one "was quoted by" is not the source.

    Needs the spans of the sentences.
    """
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
        # Who is quoted stands before the cue, who quoted comes right after "by": a source and a relay, no contents.
        row = next(iter(by_sentence(bounds, start, end)), None)
        quoted = subject(text, bounds[row[0]][0], start) if row else None
        content = tuple(span for span in content if span != quoted)
        if not source or text[end : source[0]].strip() == "by":
            source = quoted
        content = tuple((a, b) for a, b in content if text[end:a].strip() != "by" or text[a] in "“\"‘'")
    content = tuple((max(a, end) if a < end <= b else a, b) for a, b in content if not start <= a < b <= end)
    return replace(one, cue=(start, end), source=source, content=content)


def subjected(text: str, bounds: Sequence[Span], one: Tagged) -> Tagged:
    """Give a cue its subject for a source: in "The mayor rejected claims by unions that it leaks" the mayor rejects."""
    if not (one.cue and one.source and one.cue[1] < one.source[0]):
        return one
    denies = acts.lexicon().get(acts.lemma(text[slice(*one.cue)].split()[-1])) == "deny"
    between = denies and _BY.fullmatch(text, one.cue[1], one.source[0])
    row = next(iter(by_sentence(bounds, *one.cue)), None)
    source = between and row and subject(text, bounds[row[0]][0], one.cue[0])
    return replace(one, source=source, content=((between.start("what"), one.content[-1][1]),)) if source else one


def inverted(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Read an inverted end aright: in "The bell never rang, say two members." the two say it, and are not said."""
    sentence = next(iter(by_sentence(bounds, *one.cue)), None) if one.cue else None
    after = next((span for span in one.content if one.cue and text[one.cue[1] : span[0]] == " "), None)
    if not sentence or not after or not is_parenthetic(text[slice(*one.cue)]):
        return one
    start = bounds[sentence[0]][0]
    opening = text[start : one.cue[0]]
    named = is_subject(text[slice(*after)]) and not _PRONOUN.match(text, *after) and not any(mask[slice(*after)])
    if not named or not opening.endswith(", ") or len(opening.split()) < CLAUSE or _apposed(text, start, one):
        return one
    kept = tuple(span for span in one.content if span != after and start <= span[0] and span[1] < one.cue[0])
    return replace(one, source=after, content=kept or ((start, start + len(opening.rstrip(" ,"))),))


def _apposed(text: str, start: int, one: Tagged) -> bool:
    """Tell whether the comma before a cue ends an apposition to its source: "Venn, the engineer, said"."""
    if not one.source or one.source[0] < start:
        return False
    source = text[slice(*one.source)].rstrip(", ")
    end = one.source[0] + len(source)
    return text[end] == "," and (end < one.cue[0] - 2 or "," in source)
