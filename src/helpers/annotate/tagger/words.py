"""Cut a text into words and windows, as the network reads them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from helpers.annotate import quotes

SHAPES = 50  # 5 places about quotation marks x 5 kinds of letters x start of a line or not
PUNCTUATION = 4  # of the kinds of letters
LIMIT = 254  # word pieces in a window, beside the two that frame it

_CHUNK = re.compile(r"[^\n]{1,8000}(?=\s|\Z)|[^\n]{1,8000}")  # a line, or a piece of an endless one
_SENTENCE_END = (1012, 1029, 999)  # the pieces . ? ! in BERT's uncased vocabulary


@dataclass(frozen=True)
class Words:
    """The words of a stretch of text without line end: word pieces, shapes, and where each word stands."""

    pieces: np.ndarray
    shapes: np.ndarray
    first: np.ndarray  # for each word, the index of its first piece
    start: np.ndarray  # code points
    end: np.ndarray
    breaks: np.ndarray  # whether the word starts a line

    def __getitem__(self, part: slice) -> "Words":
        low, high = part.start, part.stop
        left = self.first[low] if low < len(self.first) else len(self.pieces)
        right = self.first[high] if high < len(self.first) else len(self.pieces)
        return Words(
            self.pieces[left:right],
            self.shapes[left:right],
            self.first[low:high] - left,
            self.start[low:high],
            self.end[low:high],
            self.breaks[low:high],
        )


def join(parts: Sequence[Words]) -> Words:
    """Put stretches of words one after the other."""
    shift = np.cumsum([0] + [len(part.pieces) for part in parts[:-1]])
    return Words(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("pieces", "shapes")),
        np.concatenate([part.first + by for part, by in zip(parts, shift, strict=True)]),
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("start", "end", "breaks")),
    )


def lines(text: str, tokenizer: Tokenizer) -> list[Words]:
    """Split a text into words, line by line; blank lines give nothing."""
    chunks = [m.span() for m in _CHUNK.finditer(text) if not m.group().isspace()]
    encodings = tokenizer.encode_batch([text[a:b] for a, b in chunks], add_special_tokens=False)
    marks = quotes.pairs(text)
    found = []
    for (start, _), encoding in zip(chunks, encodings, strict=True):
        if encoding.ids:
            found.append(_words(text, start, encoding, marks))
    return found


def windows(text_lines: Sequence[Words], limit: int = LIMIT) -> list[Words]:
    """Pack lines into windows of at most `limit` pieces; a longer line is cut at a sentence end if it has one."""
    found, held, size = [], [], 0
    for line in text_lines:
        for part in _cut(line, limit):
            if held and size + len(part.pieces) > limit:
                found.append(join(held))
                held, size = [], 0
            held.append(part)
            size += len(part.pieces)
    return [*found, join(held)] if held else found


def frame(window: Words) -> tuple[np.ndarray, np.ndarray]:
    """Give the pieces and shapes of a window between the two special pieces that BERT was trained with."""
    return np.concatenate([[101], window.pieces, [102]]), np.concatenate([[0], window.shapes, [0]])


def _words(text, offset, encoding, marks):
    ids, number = np.array(encoding.ids), np.array(encoding.word_ids)
    spans = np.array(encoding.offsets) + offset
    first = np.flatnonzero(np.diff(number, prepend=-1))
    last = np.append(first[1:], len(ids)) - 1
    start, end = spans[first, 0], spans[last, 1]
    breaks = np.zeros(len(first), bool)
    breaks[0] = offset == 0 or text[offset - 1] == "\n"
    shape = np.array([_letters(text[a:b]) for a, b in zip(start, end, strict=True)]) * 5
    shape += _places(start, marks) + 25 * breaks
    return Words(ids, np.repeat(shape, np.diff(np.append(first, len(ids)))), first, start, end, breaks)


def _letters(word):
    if word.islower():
        return 0
    if word.istitle():
        return 1
    if word.isupper():
        return 2
    return 3 if word.isalnum() else PUNCTUATION


def _places(start, marks):
    """Say where each word stands: 0 outside quotation marks, 1 inside, 2 the opening mark, 3 the closing one."""
    place = np.zeros(len(start), int)
    low = bisect_right(marks, (start[0], -1))
    low -= low > 0  # a pair that opened earlier may still run
    for opened, closed in marks[low:]:
        if opened > start[-1]:
            break
        a, b = np.searchsorted(start, (opened, closed))
        place[a:b] = 1
        if a < b and start[a] == opened:
            place[a] = 2
        if a < b and start[b - 1] == closed - 1:
            place[b - 1] = 3
    return place


def _cut(line, limit):
    low, count = 0, len(line.first)
    edges = np.append(line.first, len(line.pieces))
    while edges[count] - edges[low] > limit:
        high = max(int(np.searchsorted(edges, edges[low] + limit, side="right")) - 1, low + 1)
        ends = np.flatnonzero(np.isin(line.pieces[edges[low] : edges[high]], _SENTENCE_END))
        if len(ends):
            high = int(np.searchsorted(edges, edges[low] + ends[-1] + 1))
        yield line[low:high]
        low = high
    yield line[low:count]
