"""Find who said what: the statements of a text, with source, cue, act, relay, condition, and statements within them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from helpers.annotate import acts, conditions, patterns, quotes, relays, sentences, tagger

Span = tuple[int, int]
Spans = tuple[Span, ...]


NAME = 60  # code points that naming somebody may take


@dataclass(frozen=True)
class Statement:
    """Somebody said something. All spans are half-open code points into the part, `text` or `title`."""

    part: str
    form: str  # direct: all of the content in quotation marks, mixed: some of it, indirect: none
    act: str
    content: Spans
    cue: Spans | None
    source: Spans | None
    relay: Spans  # the outermost hand first
    condition: Span | None
    negated: bool
    within: int | None  # the place, in the list, of the statement that this one is part of
    confidence: float  # how likely a person would mark the same content, 0 to 1


def find(text: str, title: str | None = None) -> list[Statement]:
    """Find the statements of a text and of its title.

    Needs any text, of any length. Gives statements in order: those of the title first, then by where their content
    begins, an outer one before those within it. Raises FileNotFoundError or ValueError, with what to do, where the
    model's files are missing or damaged.
    """
    found = _part(title, "title") if title else []
    shift = len(found)
    return found + [
        replace(one, within=None if one.within is None else one.within + shift) for one in _part(text, "text")
    ]


def _part(text: str, part: str) -> list[Statement]:
    pairs = quotes.pairs(text)
    tagged = [_passive(text, one) for one in tagger.tag(text)]
    plain = [one for one in patterns.find(text) if not any(_meet(one.cue, other.cue) for other in tagged)]
    tagged = [one for one in (_without(text, one, plain) for one in tagged) if one.content]
    outer = [one for one in (_trim(text, pairs, one) for one in tagged) if one.content]
    inner = list(_within(text, pairs, outer))
    for one in plain:
        parent = next((other for other in outer if _holds(other, one)), None)
        if not any(_meet(one.cue, other.cue) for other, _ in inner):
            inner.append((_trim(text, pairs, one), parent))
    # Whoever reads the list in order has met the outer statement before one within it.
    order = sorted(
        [(one, None) for one in outer] + inner,
        key=lambda pair: (max(pair[0].content[0][0], pair[1].content[0][0] if pair[1] else 0), bool(pair[1]), pair[0].content),
    )
    place = {id(one): at for at, (one, _) in enumerate(order)}
    hands = _relays(text, [one for one, _ in order])
    mask = quotes.mask(text)
    return [
        _statement(text, part, one, mask, hands.get(at, ()), None if parent is None else place[id(parent)])
        for at, (one, parent) in enumerate(order)
    ]


def _meet(first: Span | None, second: Span | None) -> bool:
    return bool(first and second and first[0] < second[1] and second[0] < first[1])


def _without(text: str, one: tagger.Tagged, plain: Sequence[tagger.Tagged]) -> tagger.Tagged:
    """Leave out contents that are sentences of their own, which a pattern explains: "Both were accused of …"."""

    def explained(start, end):
        begins = re.search(r"[.?!][”\"]?\s*$", text[max(0, start - 8) : start])
        return (begins or not one.cue) and any(
            start <= other.cue[0] < start + NAME and abs(other.content[-1][1] - end) <= 2
            for other in plain
            if other.source is None
        )

    return replace(one, content=tuple(span for span in one.content if not explained(*span)))


def _holds(outer: tagger.Tagged, inner: tagger.Tagged) -> bool:
    return any(start <= inner.cue[0] and inner.content[-1][1] <= end + 1 for start, end in outer.content)


def _statement(text, part, one, mask, relay, within):
    content = " ".join(text[a:b] for a, b in one.content)
    cue = text[slice(*one.cue)] if one.cue else ""
    source = text[slice(*one.source)] if one.source else ""
    kind = acts.act(cue, source, content)
    found = (conditions.find(text, a, b) for a, b in one.content)
    condition = next((span for span in found if span), None)
    if condition and kind == "ask" and condition[0] == one.content[0][0]:
        condition = None  # "asked if": a question, no condition
    return Statement(
        part=part, form=form(text, one.content, mask), act=kind, content=one.content,
        cue=(one.cue,) if one.cue else None, source=(one.source,) if one.source else None, relay=relay,
        condition=condition, negated=acts.negated(cue, content, kind), within=within, confidence=one.confidence,
    )


def form(text: str, content: Spans, mask: bytearray) -> str:
    """Tell how much of a content stands in quotation marks: all (direct), some (mixed) or none (indirect)."""
    quoted = [mask[at] for start, end in content for at in range(start, end) if text[at].isalnum()]
    return "indirect" if not any(quoted) else "direct" if all(quoted) else "mixed"


def _trim(text: str, pairs: Sequence[Span], one: tagger.Tagged) -> tagger.Tagged:
    """Let contents begin and end where a person would set the mark: quotation marks in, stray punctuation out."""
    spans = []
    for start, end in one.content:
        for opened, closed in pairs:
            if opened >= end:
                break
            if opened < start <= opened + 2 and not text[opened + 1 : start].strip():
                start = opened
            if start <= opened and end < closed and not any(c.isalnum() for c in text[end:closed]):
                end = closed
            if opened < start < closed and not any(c.isalnum() for c in text[start:closed]):
                start = closed  # a closing mark opens nothing
            if opened < end < closed and not any(c.isalnum() for c in text[opened:end]):
                end = opened
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–"):
            end -= 1
        while start < end and (text[start].isspace() or text[start] in ",;:—–.)"):
            start += 1
        if any(c.isalnum() for c in text[start:end]):
            spans.append((start, end))
    return replace(one, content=tuple(spans))


_PASSIVE = re.compile(
    r"\b(?:(?:ha[sd]|have)\s+)?(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?"
    r"(?P<verb>accused|blamed|charged|quoted|cited)\b"
)
_ACCUSED = ("accused", "blamed", "charged")


def _passive(text: str, one: tagger.Tagged) -> tagger.Tagged:
    """Read a passive cue aright: who "was accused" is not the accuser, who one "was quoted by" is no content."""
    if not one.cue:
        return one
    start, end = one.cue
    low = max(0, start - 30)
    found = next((m for m in _PASSIVE.finditer(text, low, end) if m.start("verb") >= start), None)
    if not found:
        return one
    content, source = one.content, one.source
    if found["verb"] in _ACCUSED:
        start = min(start, found.start())
        if text[end : end + 4] == " of ":
            end += 3
        accuser = source and source[0] >= end and text[end : source[0]].strip() == "by"
        source = source if accuser else None
        content = tuple((max(a, end), b) for a, b in content if b > end)
    else:
        if text[start:end].endswith(" by"):
            end -= 3
        # The one who quoted comes right after "by"; that is a relay.
        content = tuple(
            (a, b) for a, b in content if text[end:a].strip() not in ("", "by") or a < end or text[a] in "“\"‘'"
        )
    return replace(one, cue=(start, end), source=source, content=content or one.content)


def _within(
    text: str, pairs: Sequence[Span], outer: Sequence[tagger.Tagged]
) -> Iterable[tuple[tagger.Tagged, tagger.Tagged]]:
    """Read each content once more, as a paragraph of its own, for the statements that it reports in turn."""
    pieces, parents = [], []
    for one in outer:
        for start, end in one.content:
            if end - start > 20 and acts.reports(text[start:end]):
                pieces.append((start, end))
                parents.append(one)
    if not pieces:
        return
    again = "\n".join(text[start:end].replace("\n", " ") for start, end in pieces)
    shifts, at = [], 0
    for start, end in pieces:
        shifts.append((at, at + end - start, start - at))
        at += end - start + 1
    for one in tagger.tag(again):
        first = one.content[0][0]
        row = next(i for i, (_, high, _) in enumerate(shifts) if first < high)
        low, high, shift = shifts[row]
        spans = [*one.content, *(span for span in (one.cue, one.source) if span)]
        if not (one.cue and one.source) or any(a < low or b > high for a, b in spans):
            continue
        moved = tagger.Tagged(
            tuple((a + shift, b + shift) for a, b in one.content), (one.cue[0] + shift, one.cue[1] + shift),
            (one.source[0] + shift, one.source[1] + shift), one.confidence * parents[row].confidence,
        )
        moved = _trim(text, pairs, moved)
        if moved.content and _told(text, moved, parents[row]):
            yield moved, parents[row]


_SELF = frozenset({"i", "we", "you", "who", "that", "which", "one"})


def _told(text, one, parent):
    """Tell whether an inner statement is one that a person would count: somebody else's words, not a state of mind."""
    source, cue = text[slice(*one.source)], text[slice(*one.cue)]
    content = " ".join(text[a:b] for a, b in one.content)
    if source.lower() in _SELF or one.confidence < 0.3:
        return False
    whole = sum(b - a for a, b in parent.content)
    if sum(b - a for a, b in one.content) > 0.95 * whole:
        return False
    return acts.act(cue, source, content) not in ("believe", "intend", "show")


def _relays(text: str, found: Sequence[tagger.Tagged]) -> dict[int, Spans]:
    """Give each statement the relays of its sentence whose mention stands nearest to its cue."""
    bounds = sentences.spans(text)
    hidden = [span for one in found for span in one.content]
    by_sentence: dict[Span, list[int]] = {}
    for at, one in enumerate(found):
        by_sentence.setdefault(sentences.around(bounds, *(one.cue or one.content[0])), []).append(at)
    given: dict[int, list] = {}
    for sentence, members in by_sentence.items():
        for relay in relays.find(text, sentence, hidden):
            anchors = {at: found[at].cue or found[at].content[0] for at in members}
            nearest = min(members, key=lambda at: (_gap(anchors[at], (relay.start, relay.end)), at))
            source = found[nearest].source
            if not (source and source[0] < relay.end and relay.start < source[1]):
                given.setdefault(nearest, []).append((relay.start, relay.end))
    return {at: tuple(spans) for at, spans in given.items()}


def _gap(first: Span, second: Span) -> int:
    return max(first[0] - second[1], second[0] - first[1], 0)
