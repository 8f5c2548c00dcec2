"""Mend what the network tagged where grammar or typography knows better."""

from collections.abc import Iterator, Sequence

from helpers.annotate.statements.readings import extents, pieces, sources
from helpers.annotate.statements.readings.marks import Span
from helpers.annotate.tagger import Tagged


def mended(
    text: str,
    pairs: Sequence[Span],
    mask: bytearray,
    bounds: Sequence[Span],
    one: Tagged,
    plain: Sequence[Tagged],
    headline: bool,
) -> Iterator[Tagged]:
    """Give the statements that one which the network tagged is: who speaks, how far the words go, how many there are.

    Needs the quoted stretches of the text, their mask, the spans of its sentences, and what patterns found in it.
    """
    one = sources.inverted(text, bounds, mask, sources.subjected(text, bounds, sources.sourced(text, bounds, one)))
    one = extents.explained(text, extents.completed(text, bounds, mask, one), plain)
    one = extents.home(text, bounds, mask, one)
    if not headline:  # where what follows a source is the paper's own
        one = extents.whole(text, bounds, mask, extents.opened(text, bounds, mask, one))
    for piece in pieces.apart(text, pairs, one):
        for each in pieces.parted(text, mask, piece):
            each = extents.trimmed(text, pairs, extents.undated(text, each))
            if each.content and not pieces.label(text, pairs, each):
                yield each
