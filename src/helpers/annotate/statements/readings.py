"""Mend what the network tagged where grammar or typography knows better.

Each function takes what was tagged and gives it mended; a statement without content is none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from helpers.annotate import quotes, sentences
from helpers.annotate.statements import acts
from helpers.annotate.statements.patterns import CIRCUMSTANCES, END, is_parenthetic, is_subject, subject
from helpers.annotate.tagger import Tagged

Span = tuple[int, int]

NAME = 60  # code points that naming somebody may take
_SPEECH = ("say", "deny", "promise", "demand", "accuse")
CLAUSE = 3  # words that a clause has
LABEL = 2  # words that a label may have

_PASSIVE = re.compile(
    r"\b(?:(?:ha[sd]|have)\s+)?(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?"
    r"(?P<verb>accused|blamed|charged|quoted|cited)\b"
)
_ACCUSED = ("accused", "blamed", "charged")
_AS_SAYING = re.compile(r"\s+as\s+(?:saying|having said|telling\s+\w+)\b")
_AND_DID = re.compile(
    r",?\s+(?:and|but)\s+(?:then\s+|also\s+|later\s+)?(?P<cue>said|added|denied|rejected|dismissed|disputed|ruled\s+out|"
    r"stood\s+by|insisted|warned|vowed|promised|pledged|called|urged|accused|criticized|criticised|blamed|praised|argued|"
    r"suggested|demanded|declined|offered|threatened|asked)\s+"
)
# The same after any verb of speech, where what follows can only be told: "admitted that …, but maintained that …".
_AND_TOLD = re.compile(
    r",?\s+(?:and|but|yet)\s+(?:then\s+|also\s+|later\s+|still\s+|now\s+)?(?P<cue>[a-z]+(?:ed|es|s|id|told))\s+"
    r"(?:(?=(?:that|he|she|it|they|no|there|nobody|nothing)\s)|(?<=said\s)|(?<=says\s))"
)
_OPENING = re.compile(r"[^,;:]{3,},\s+")
_PLAIN, _APART = re.compile(r"[\w\s’'-]+ "), re.compile(r"[;:—–]| - ")
_SAYS = re.compile(r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|(?:claim|insist|assert|argu)\w*)\b", re.I)
_TOLD_AFTER = re.compile(
    r"\s(?:(?P<source>he|she|they|it|[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}|[Tt]he\s\w+(?:\s\w+)?)\s"
    r"(?P<cue>said|says|added|adds|told|wrote|writes|recalled|explained)\b|"
    r"(?P<said>said|says|added|adds)\s(?P<who>[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}|the\s\w+(?:\s\w+)?))"
)
_BY = re.compile(
    r"\s(?:as\s[“\"]?\w+[”\"]?\s)?(?P<what>(?:an?\s|the\s)?(?:[a-z]+\s){0,2}[a-z]+s?)\s(?:by|from)\s(?:the\s)?"
)
_AUXILIARY = re.compile(
    r"\b(?:ha[sd]|have|was|were|is|are|would|will|could|can|did|does|do|should|must|may|might)\b|n[’']t\b"
)
_APPOSED = re.compile(rf",\s[^,.;:“”\"\n]{{2,60}},\s(?:{_AUXILIARY.pattern})")
_PRONOUN = re.compile(r"(?:he|she|it|they|we)\s")
_NEXT = re.compile(r", (?:(?:and|but) )?")
_HINGE = re.compile(r"(?:if|unless|provided|as long as|so long as|even)\b", re.I)  # a condition is told too
_SENTENCE_END = re.compile(r"[.?!][”\"]?\s*$")


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
        row = next(iter(_by_sentence(bounds, start, end)), None)
        quoted = subject(text, bounds[row[0]][0], start) if row else None
        content = tuple(span for span in content if span != quoted)
        if not source or text[end : source[0]].strip() == "by":
            source = quoted
        content = tuple((a, b) for a, b in content if text[end:a].strip() != "by" or text[a] in "“\"‘'")
    content = tuple((max(a, end) if a < end <= b else a, b) for a, b in content if not start <= a < b <= end)
    return replace(one, cue=(start, end), source=source, content=content)


def home(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Keep to the cue's own sentence, but for quotations: what stands unquoted in another is somebody else's telling.

    Needs the spans of the sentences and the mask of what is quoted. A stretch that runs in from the middle of another
    sentence goes too, quoted or not; a statement without any quotation may run over sentences.
    """
    if not one.cue:
        return one
    own = {row for row, _, _ in _by_sentence(bounds, *one.cue)}
    parts = [(row, *span) for piece in one.content for row, *span in _by_sentence(bounds, *piece)]
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


def subjected(text: str, bounds: Sequence[Span], one: Tagged) -> Tagged:
    """Give a cue its subject for a source: in "The mayor rejected claims by unions that it leaks" the mayor rejects."""
    if not (one.cue and one.source and one.cue[1] < one.source[0]):
        return one
    denies = acts.lexicon().get(acts.lemma(text[slice(*one.cue)].split()[-1])) == "deny"
    between = denies and _BY.fullmatch(text, one.cue[1], one.source[0])
    row = next(iter(_by_sentence(bounds, *one.cue)), None)
    source = between and row and subject(text, bounds[row[0]][0], one.cue[0])
    return replace(one, source=source, content=((between.start("what"), one.content[-1][1]),)) if source else one


def undated(text: str, one: Tagged) -> Tagged:
    """Leave the dateline that opens an article, "LURROW (Lark) - ", out of source and content."""

    def after(span):
        line = sentences.DATELINE.match(text, text.rfind("\n", 0, span[0]) + 1)
        return (line.end(), span[1]) if line and span[0] < line.end() < span[1] else span

    return replace(one, source=one.source and after(one.source), content=tuple(map(after, one.content)))


def apart(text: str, pairs: Sequence[Span], one: Tagged) -> list[Tagged]:
    """Take apart two quotations of which the second has a cue of its own: "said it was “old.” “It leaks,” he added"."""
    for place, (start, end) in enumerate(one.content):
        told = _TOLD_AFTER.match(text, end) if one.cue and one.cue[1] <= start else None
        opened = bisect_left(pairs, (start, start))
        last = next((pair for pair in pairs[opened:] if pair[1] == end), None)
        if not told or not last or last[0] <= start or not _SENTENCE_END.search(text, start, last[0]):
            continue
        cue, source = (told.span("cue"), told.span("source")) if told["cue"] else (told.span("said"), told.span("who"))
        first = replace(one, content=(*one.content[:place], (start, last[0])))
        return [first, replace(one, content=(last, *one.content[place + 1 :]), cue=cue, source=source)]
    return [one]


def parted(text: str, mask: bytearray, one: Tagged) -> list[Tagged]:
    """Part what one speaker said and then did in words: "said the dam was safe and offered to show it" are two."""
    verb = one.cue and text[slice(*one.cue)].split()[-1]
    if not (verb and one.source) or acts.lexicon().get(acts.lemma(verb)) not in _SPEECH:
        return [one]
    kept, more = [], []
    for start, end in one.content:
        match = _did(text, verb, start, end) if start > one.cue[0] else None
        if match and not any(mask[match.start() : match.end()]):
            more.append(replace(one, content=((match.end(), end),), cue=match.span("cue")))
            end = match.start()
        kept.append((start, end))
    return [replace(one, content=tuple(kept)), *more]


def _did(text: str, verb: str, start: int, end: int) -> re.Match | None:
    """Find what the subject of a verb did next in words, in a content that the verb introduces."""
    start += NAME // 6
    if acts.lemma(verb) in ("say", "tell") and (match := _AND_DID.search(text, start, end)):
        return match
    match = _AND_TOLD.search(text, start, end)
    alike = match and match["cue"].endswith("s") == verb.endswith("s")
    return match if alike and acts.lexicon().get(acts.lemma(match["cue"])) in _SPEECH else None


def sourced(text: str, bounds: Sequence[Span], one: Tagged) -> Tagged:
    """Keep of a source that runs over sentences what stands in the cue's: "He met the mayor. Ida Venn said"."""
    if not (one.cue and one.source):
        return one
    parts = list(_by_sentence(bounds, *one.source))
    own = {row for row, _, _ in _by_sentence(bounds, *one.cue)}
    here = [(start, end) for row, start, end in parts if row in own]
    return replace(one, source=here[0]) if here and len(parts) > 1 else one


def completed(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Add the verb that an apposition cut off: "that the engineer, Ida Venn, had left" is no "that the engineer"."""
    if not one.cue or len(one.content) != 1 or not text.startswith("that ", one.content[0][0]):
        return one
    start, end = one.content[0]
    verb = None if _AUXILIARY.search(text, start, end) else _APPOSED.match(text, end)
    sentence = verb and next(iter(_by_sentence(bounds, start, end)), None)
    if not sentence or any(mask[start : verb.end()]):
        return one
    limit = bounds[sentence[0]][1]
    stop = END.search(text, verb.end(), limit)
    return replace(one, content=((start, stop.start() if stop else limit),))


def inverted(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Read an inverted end aright: in "The bell never rang, say two members." the two say it, and are not said."""
    sentence = next(iter(_by_sentence(bounds, *one.cue)), None) if one.cue else None
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


def whole(text: str, bounds: Sequence[Span], mask: bytearray, one: Tagged) -> Tagged:
    """Add what stands on the other side of an inserted cue: "The gauge, he said, had been moved" is told whole."""
    sentence = next(iter(_by_sentence(bounds, *one.cue)), None) if one.content and one.cue and one.source else None
    if not sentence:
        return one
    first, last = min(one.cue[0], one.source[0]), max(one.cue[1], one.source[1])
    start, end = bounds[sentence[0]]
    opening, after = text[start:first], _NEXT.match(text, last)
    if not after or any(mask[start:first]) or not _OPENING.fullmatch(opening):
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
    sentence = next(iter(_by_sentence(bounds, *one.cue)), None) if one.content and one.cue and one.source else None
    if not sentence:
        return one
    start, first = bounds[sentence[0]][0], min(one.cue[0], one.source[0])
    begin, end = one.content[-1]
    if not start < begin < end <= first or "," not in text[end - 2 : first] or _words(text, end, first):
        return one
    before = text[start:begin]
    if any(mask[start:begin]) or _SAYS.search(before) or any(start < b and a < begin for a, b in one.content[:-1]):
        return one
    clause = mask[begin] and before.endswith(", ") and before.split()[0].lower() not in CIRCUMSTANCES
    told = clause or _HINGE.match(before) or (_PLAIN.fullmatch(before) and len(before.split()) > 1)
    return replace(one, content=(*one.content[:-1], (start, end))) if told and not _APART.search(before) else one


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
    """Tell whether what was found is a name or a scare quote: quoted words that nobody is said to have said."""
    if len(one.content) != 1 or not one.cue:
        return False
    cue = text[slice(*one.cue)]
    # A state of mind is somebody's: "is meant unkindly" says of nobody what they think.
    nobodys = one.source is None and acts.act(cue, "", "") in ("believe", "intend")
    if acts.reports(cue) and not nobodys:
        return False
    start, end = one.content[0]
    opened = bisect_left(pairs, (start, start))
    quoted = opened < len(pairs) and pairs[opened][0] == start and pairs[opened][1] >= end - 1
    short = len(text[start:end].split()) <= LABEL or quotes.is_name(text[start:end])
    return quoted and short and any(c.isalpha() for c in cue)


def _by_sentence(bounds, start, end):
    """Cut a span at the ends of sentences: (place of the sentence, start, end)."""
    row = max(0, bisect_right(bounds, (start, end)) - 1)
    while row < len(bounds) and bounds[row][0] < end:
        low, high = max(start, bounds[row][0]), min(end, bounds[row][1])
        if low < high:
            yield row, low, high
        row += 1


def _words(text, start, end):
    return any(character.isalnum() for character in text[start:end])
