"""Mend how far the words of a statement go: to the other side of a cue, to the verb, no further than their sentence."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from helpers.annotate import sentences
from helpers.annotate.statements import acts
from helpers.annotate.statements.patterns import CIRCUMSTANCES, END
from helpers.annotate.statements.readings.marks import NAME, Span, by_sentence, has_words
from helpers.annotate.tagger import Tagged

_OPENING = re.compile(r"[^,;:]{3,},\s+")
_PLAIN, _APART = re.compile(r"[\w\s’'-]+ "), re.compile(r"[;:—–]| - ")
_SAYS = re.compile(r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|(?:claim|insist|assert|argu)\w*)\b", re.I)
_AUXILIARY = re.compile(
    r"\b(?:ha[sd]|have|was|were|is|are|would|will|could|can|did|does|do|should|must|may|might)\b|n[’']t\b"
)
_APPOSED = re.compile(rf",\s[^,.;:“”\"\n]{{2,60}},\s(?:{_AUXILIARY.pattern})")
_NEXT = re.compile(r", (?:(?:and|but) )?")
_HINGE = re.compile(r"(?:if|unless|provided|as long as|so long as|even)\b", re.I)  # a condition is told too
SENTENCE_END = re.compile(r"[.?!][”\"]?\s*$")


def home(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Keep to the cue's own sentence, but for quotations: what stands unquoted in another is somebody else's telling.

    Needs the spans of the sentences and the mask of what is quoted. A stretch that runs in from the middle of another
    sentence goes too, quoted or not; a statement without any quotation may run over sentences.
    """
    if not one.cue:
        return one
    own = {row for row, _, _ in by_sentence(bounds, *one.cue)}
    parts = [(row, *span) for piece in one.content for row, *span in by_sentence(bounds, *piece)]
    if not any(any(mask[start:end]) for _, start, end in parts):
        return one
    spans: list[Span] = []
    for row, start, end in parts:
        cut_in = start > bounds[row][0] and any(map(str.isalnum, text[bounds[row][0] : start]))
        runs_on = end == bounds[row][1] and any(a < end < b for a, b in one.content)
        if row not in own and (not mask[start] or (cut_in and runs_on)):
            continue
        whole = bool(spans) and any(a <= spans[-1][0] and end <= b for a, b in one.content)
        if whole and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return replace(one, content=tuple(spans) or one.content)


def whole(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Add what stands on the other side of an inserted cue: "The gauge, he said, had been moved" is told whole."""
    sentence = next(iter(by_sentence(bounds, *one.cue)), None) if one.content and one.cue and one.source else None
    if not sentence:
        return one
    first, last = min(one.cue[0], one.source[0]), max(one.cue[1], one.source[1])
    start, end = bounds[sentence[0]]
    opening, after = text[start:first], _NEXT.match(text, last)
    if not after or after.end() >= end or any(mask[start:first]) or not _OPENING.fullmatch(opening):
        return one
    before = start, start + len(opening.rstrip(" ,"))
    if one.content[0][0] in (last + 2, after.end()):
        told = _HINGE.match(opening) or opening.split()[0].lower() not in CIRCUMSTANCES
        return replace(one, content=(before, *one.content)) if told else one
    rest = last + 2, end
    if one.content == (before,) and mask[last + 2] and not mask[last + 1] and all(mask[last + 2 : end - 1]):
        close = rest[0] + len(text[slice(*rest)].rstrip(".!?"))
        return replace(one, content=(before, (rest[0], close)))  # "It leaks, he said, “as I told you.”"
    if (
        one.content == (before,)
        and (after.end() > last + 2 or _HINGE.match(text, last + 2))
        and not any(mask[last:end])
        and "," not in text[slice(*rest)]
        and acts.lemma(text[after.end() : end].split()[0]) not in acts.lexicon()
    ):
        return replace(one, content=(before, (rest[0], rest[0] + len(text[slice(*rest)].rstrip(" .!?")))))
    return one


def opened(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Begin with its sentence what ends before its source and cue: "The gauge is “wrong,” he said" is told whole."""
    sentence = next(iter(by_sentence(bounds, *one.cue)), None) if one.content and one.cue and one.source else None
    if not sentence:
        return one
    start, first = bounds[sentence[0]][0], min(one.cue[0], one.source[0])
    begin, end = one.content[-1]
    if not start < begin < end <= first or "," not in text[end - 2 : first] or has_words(text, end, first):
        return one
    before = text[start:begin]
    if any(mask[start:begin]) or _SAYS.search(before) or any(start < b and a < begin for a, b in one.content[:-1]):
        return one
    clause = mask[begin] and before.endswith(", ") and before.split()[0].lower() not in CIRCUMSTANCES
    told = clause or _HINGE.match(before) or (_PLAIN.fullmatch(before) and len(before.split()) > 1)
    return replace(one, content=(*one.content[:-1], (start, end))) if told and not _APART.search(before) else one


def completed(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Add the verb that an apposition cut off: "that the engineer, Ida Venn, had left" is no "that the engineer"."""
    if not one.cue or len(one.content) != 1 or not text.startswith("that ", one.content[0][0]):
        return one
    start, end = one.content[0]
    verb = None if _AUXILIARY.search(text, start, end) else _APPOSED.match(text, end)
    sentence = verb and next(iter(by_sentence(bounds, start, end)), None)
    if not sentence or any(mask[start : verb.end()]):
        return one
    limit = bounds[sentence[0]][1]
    stop = END.search(text, verb.end(), limit)
    return replace(one, content=((start, stop.start() if stop else limit),))


def explained(text: str, one: Tagged, plain: Sequence[Tagged]) -> Tagged:
    """Leave out contents that are sentences of their own, which a pattern explains: "Both were accused of …"."""

    def is_explained(start, end):
        begins = SENTENCE_END.search(text, max(0, start - 8), start)
        return (begins or not one.cue) and any(
            start <= other.cue[0] < start + NAME and abs(other.content[-1][1] - end) <= 2
            for other in plain
            if other.source is None
        )

    return replace(one, content=tuple(span for span in one.content if not is_explained(*span)))


def undated(text: str, one: Tagged) -> Tagged:
    """Leave the dateline that opens an article, "LURROW (Lark) - ", out of source and content."""

    def after(span):
        line = sentences.DATELINE.match(text, text.rfind("\n", 0, span[0]) + 1)
        return (line.end(), span[1]) if line and span[0] < line.end() < span[1] else span

    return replace(one, source=one.source and after(one.source), content=tuple(map(after, one.content)))


def trimmed(text: str, pairs: Sequence[Span], one: Tagged) -> Tagged:
    """Let contents begin and end where a person would set the mark: quotation marks in, stray punctuation out."""
    spans = []
    for start, end in one.content:
        first = max(0, bisect_left(pairs, (start, start)) - 1)
        for opened, closed in pairs[first : bisect_left(pairs, (end, end))]:
            if opened < start <= opened + 2 and not text[opened + 1 : start].strip():
                start = opened
            if start <= opened and end < closed and not has_words(text, end, closed):
                end = closed
            if opened < start < closed and not has_words(text, start, closed):
                start = closed  # a closing mark opens nothing
            if opened < end < closed and not has_words(text, opened, end):
                end = opened
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–"):
            end -= 1
        while start < end and (text[start].isspace() or text[start] in ",;:—–.)"):
            start += 1
        if has_words(text, start, end):
            spans.append((start, end))
    return replace(one, content=tuple(spans))
