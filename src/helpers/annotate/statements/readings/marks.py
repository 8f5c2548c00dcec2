"""Cut spans at the ends of sentences, and tell whether there are words in one: what all readings need."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

SPEECH = ("say", "deny", "promise", "demand", "accuse")  # the acts of which words are told
NAME = 60  # code points that naming somebody may take


def by_sentence(bounds: Sequence[Span], start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Cut a span at the ends of sentences: (place of the sentence, start, end)."""
    row = max(0, bisect_right(bounds, (start, end)) - 1)
    while row < len(bounds) and bounds[row][0] < end:
        low, high = max(start, bounds[row][0]), min(end, bounds[row][1])
        if low < high:
            yield row, low, high
        row += 1


def has_words(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of a text holds more than marks and space."""
    return any(character.isalnum() for character in text[start:end])
