"""Find who said what: the statements of a text, with source, cue, act, relay, condition, and statements within them."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from pathlib import Path

from helpers.annotate import quotes, sentences, tagger
from helpers.annotate.statements import acts, conditions, headlines, patterns, readings, relays
from helpers.annotate.statements.readings import extents, sources

Span = tuple[int, int]
Spans = tuple[Span, ...]
Tag = Callable[[str], list[tagger.Tagged]]


AROUND = 1000  # code points on either side of a cue in which a relay is looked for
SHORT = 20  # code points that are too few to report anything
HIDDEN = 200  # contents that may reach into one sentence


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


def find(text: str, title: str | None = None, model: Path = tagger.MODEL) -> list[Statement]:
    """Find the statements of a text and of its title.

    Needs any text, of any length, and the folder of the model. Gives statements in order: those of the title first,
    then by where their content begins, an outer one before those within it. Raises FileNotFoundError or ValueError,
    with what to do, where the model's files are missing or damaged.
    """
    tag = partial(tagger.tag, model=model)
    found = _part(title, "title", _headline(title, text, tag), tag) if title else []
    shift = len(found)
    return found + [
        replace(one, within=None if one.within is None else one.within + shift)
        for one in _part(text, "text", tag(text), tag)
    ]


def _headline(title: str, text: str, tag: Tag) -> list[tagger.Tagged]:
    """Read a title: by its shape if that tells, else as the network would a sentence, else by its verb."""
    found = headlines.shaped(title, text)
    for more in (tag(title), headlines.told(title)):
        taken = {at for one in found for span in (one.cue, *one.content) if span for at in range(*span)}
        found = found + [one for one in more if taken.isdisjoint(range(*(one.cue or one.content[0])))]
    pairs = quotes.pairs(title)
    return sorted((headlines.ended(title, pairs, one) for one in found), key=lambda one: one.content)


def _part(text: str, part: str, tagged: Sequence[tagger.Tagged], tag: Tag) -> list[Statement]:
    pairs, mask, bounds = quotes.pairs(text), quotes.mask(text), sentences.spans(text)
    tagged = [sources.passive(text, bounds, one) for one in tagged]
    plain = _missed(patterns.find(text), tagged)
    outer = [
        each
        for one in tagged
        for each in readings.mended(text, pairs, mask, bounds, one, plain, headline=part == "title")
    ]
    outer = _entire(outer)
    printed = patterns.turns(text) if part == "text" else []
    outer = printed + [one for one in outer if not any(_is_turn(one, turn) for turn in printed)]
    if part == "text":
        for more in (patterns.inserted(text, bounds), patterns.told(text, bounds)):
            outer += [extents.trimmed(text, pairs, one) for one in _missed(more, outer, content=True)]
        plain += patterns.again(text, pairs)
    inner = list(_within(text, pairs, bounds, outer, tag))
    for one in _missed(plain, [one for one, _ in inner]):
        one = extents.trimmed(text, pairs, _cut(outer, one))
        if one.content:
            inner.append((one, next((o for o in outer if _holds(o, one)), None)))
    order = sorted(_once([(one, None) for one in outer] + inner), key=_place)
    place = {id(one): at for at, (one, _) in enumerate(order)}
    hands = _relays(text, bounds, [one for one, _ in order])
    return [
        _statement(
            text, part, one, mask, hands.get(at, ()), None if parent is None else place[id(parent)], one in printed
        )
        for at, (one, parent) in enumerate(order)
    ]


def _entire(found: Sequence[tagger.Tagged]) -> list[tagger.Tagged]:
    """Leave out what is only a piece of another statement that has the same cue."""
    by_cue: dict[Span | None, list[Spans]] = {}
    for one in found:
        by_cue.setdefault(one.cue, []).append(one.content)

    def is_piece(one, content):
        return one.content != content and all(any(a <= s and e <= b for a, b in content) for s, e in one.content)

    return [one for one in found if not (one.cue and any(is_piece(one, content) for content in by_cue[one.cue]))]


def _is_turn(one: tagger.Tagged, turn: tagger.Tagged) -> bool:
    """Tell whether a statement is what a transcript prints as somebody's turn, or a part of it without a cue inside."""
    start, end = turn.source[0], turn.content[0][1]
    return start <= one.content[0][0] < end and (one.cue is None or one.cue[0] < turn.content[0][0])


def _missed(
    more: Iterable[tagger.Tagged], found: Sequence[tagger.Tagged], content: bool = False
) -> list[tagger.Tagged]:
    """Give those of `more` whose cue, or whose content too, touches no cue (or content) of what was found."""

    def spans(one):
        return [span for span in (one.cue, *(one.content if content else ())) if span]

    taken = bytearray(max((end for one in found for _, end in spans(one)), default=0))
    for one in found:
        for start, end in spans(one):
            taken[start:end] = b"\1" * (end - start)
    return [one for one in more if not any(any(taken[start:end]) for start, end in spans(one))]


def _once(found: list[tuple[tagger.Tagged, tagger.Tagged | None]]) -> Iterable:
    """Keep the surest of those that have the same content; a parent that went is replaced by the one that stayed."""
    best: dict[Spans, tuple] = {}
    for one, parent in sorted(found, key=lambda pair: -pair[0].confidence):
        best.setdefault(one.content, (one, parent))
    for content, (one, parent) in best.items():
        yield one, best[parent.content][0] if parent and parent.content != content else None


def _place(pair):
    # Whoever reads the list in order has met the outer statement before one within it.
    one, parent = pair
    start = one.content[0][0]
    return (max(start, parent.content[0][0]) if parent else start, parent is not None, one.content)


def _cut(outer: Sequence[tagger.Tagged], inner: tagger.Tagged) -> tagger.Tagged:
    """End the content of a statement where the piece ends of the one that it is told in: 'the claim that she had left,
    he said, was "untrue"'."""
    for end in (end for one in outer for start, end in one.content if start <= inner.cue[0] and inner.cue[1] <= end):
        kept = tuple((low, min(high, end)) for low, high in inner.content if low < end)
        return replace(inner, content=kept)
    return inner


def _holds(outer: tagger.Tagged, inner: tagger.Tagged) -> bool:
    return any(start <= inner.cue[0] and inner.content[-1][1] <= end + 1 for start, end in outer.content)


def _statement(text, part, one, mask, relay, within, printed):
    content = " ".join(text[a:b] for a, b in one.content)
    cue = text[slice(*one.cue)] if one.cue else ""
    source = text[slice(*one.source)] if one.source else ""
    kind = acts.act(cue, source, content)
    found = (conditions.find(text, a, b) for a, b in one.content)
    condition = next((span for span in found if span), None)
    if condition and kind == "ask" and condition[0] == one.content[0][0]:
        condition = None  # "asked if": a question, no condition
    return Statement(
        part=part,
        form="direct" if printed else form(text, one.content, mask),
        act=kind,
        content=one.content,
        cue=(one.cue,) if one.cue else None,
        source=(one.source,) if one.source else None,
        relay=relay,
        condition=condition,
        negated=acts.negated(cue, content, kind),
        within=within,
        confidence=one.confidence,
    )


def form(text: str, content: Spans, mask: bytearray) -> str:
    """Tell how much of a content stands in quotation marks: all (direct), some (mixed) or none (indirect)."""
    quoted = [mask[at] for start, end in content for at in range(start, end) if text[at].isalnum()]
    return "indirect" if not any(quoted) else "direct" if all(quoted) else "mixed"


def _within(
    text: str, pairs: Sequence[Span], bounds: Sequence[Span], outer: Sequence[tagger.Tagged], tag: Tag
) -> Iterable[tuple[tagger.Tagged, tagger.Tagged]]:
    """Read the sentences of each content once more, apart, for the statements that they report in turn."""
    pieces, parents = [], []
    for one in outer:
        for content in one.content:
            for start, end in _clipped(bounds, content):
                if end - start > SHORT and acts.tells(text[start:end]):
                    pieces.append((start, end))
                    parents.append(one)
    if not pieces:
        return
    again = "\n".join(text[start:end].replace("\n", " ") for start, end in pieces)
    shifts, at = [], 0
    for start, end in pieces:
        shifts.append((at, at + end - start, start - at))
        at += end - start + 1
    for one in tag(again):
        first = one.content[0][0]
        row = bisect_right(shifts, (first, len(text), 0)) - 1
        low, high, shift = shifts[row]
        spans = [*one.content, *(span for span in (one.cue, one.source) if span)]
        if not (one.cue and one.source) or any(a < low or b > high for a, b in spans):
            continue
        moved = tagger.Tagged(
            tuple((a + shift, b + shift) for a, b in one.content),
            (one.cue[0] + shift, one.cue[1] + shift),
            (one.source[0] + shift, one.source[1] + shift),
            one.confidence * parents[row].confidence,
        )
        moved = extents.trimmed(text, pairs, moved)
        if moved.content and _told(text, moved, parents[row]):
            yield moved, parents[row]


def _clipped(bounds, content):
    """Give what a content has of each sentence that it runs over."""
    at = max(0, bisect_right(bounds, content[0], key=itemgetter(0)) - 1)
    while at < len(bounds) and bounds[at][0] < content[1]:
        if bounds[at][1] > content[0]:
            yield max(content[0], bounds[at][0]), min(content[1], bounds[at][1])
        at += 1


_SELF = frozenset({"i", "we", "you", "who", "that", "which", "one"})
# How likely an inner statement must be right, plainly worded ("had promised that") or not: PolNeAR marks none of them.
PLAIN, SURE = 0.45, 0.8
_THAT = re.compile(r"(?:that|to)\s")
_MODAL = re.compile(r"\b(?:to|would|will|could|can|may|might|should)\b", re.I)


def _told(text, one, parent):
    """Tell whether an inner statement is one that a person would count: somebody else's words, not a state of mind."""
    source, cue = text[slice(*one.source)], text[slice(*one.cue)]
    part = sum(b - a for a, b in one.content) / sum(b - a for a, b in parent.content)
    plain = _THAT.match(text, one.content[0][0]) and not _MODAL.search(cue)
    return (
        acts.tells(cue) and source.lower() not in _SELF and part < 0.95 and one.confidence >= (PLAIN if plain else SURE)
    )


def _relays(text: str, bounds: Sequence[Span], found: Sequence[tagger.Tagged]) -> dict[int, Spans]:
    """Give each statement the relays of its sentence whose mention stands nearest to its cue."""
    hidden = sorted(span for one in found for span in one.content)
    by_sentence: dict[Span, list[int]] = {}
    for at, one in enumerate(found):
        by_sentence.setdefault(_sentence(bounds, one.cue or one.content[0]), []).append(at)
    given: dict[int, list] = {}
    for sentence, members in by_sentence.items():
        inside = hidden[: bisect_right(hidden, (sentence[1], 0))][-HIDDEN:]
        for relay in relays.find(text, sentence, inside):
            anchors = {at: found[at].cue or found[at].content[0] for at in members}
            nearest = min(members, key=lambda at: (_gap(anchors[at], (relay.start, relay.end)), at))
            source = found[nearest].source
            if not (source and source[0] < relay.end and relay.start < source[1]):
                given.setdefault(nearest, []).append((relay.start, relay.end))
    return {at: tuple(spans) for at, spans in given.items()}


def _sentence(bounds: Sequence[Span], cue: Span) -> Span:
    """Give the sentence of a cue; of an endless one, what stands around the cue."""
    at = max(0, bisect_right(bounds, (cue[0], cue[1])) - 1)
    start, end = bounds[at]
    for further in bounds[at + 1 : at + 3]:
        if further[0] < cue[1]:
            end = further[1]
    return max(start, cue[0] - AROUND), min(max(end, cue[1]), cue[1] + AROUND)


def _gap(first: Span, second: Span) -> int:
    return max(first[0] - second[1], second[0] - first[1], 0)
