"""Lead a reader from a statement to the words it stands on. Offsets are half-open code points."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote, urlsplit

from helpers.annotate import sentences

Span = tuple[int, int]

EXACT = 120  # the longest words that a text fragment carries whole
ENDS = 5  # the words of each end that stand for a longer passage
REACHES = (0, 2, 4, 8, 16)  # how many words of context are tried until the match is the right one
PARAGRAPH = 1000  # a longer paragraph is shown only around its statements
AROUND = 32  # characters of context in a TextQuoteSelector


@dataclass(frozen=True)
class Piece:
    """A run of text with the roles it plays and the labels of the spans that begin with it."""

    text: str
    roles: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


def sentence(text: str, start: int, end: int, around: int = 0, language: str = "en") -> Span:
    """Give the span of the sentences that hold start to end, with `around` more of the paragraph on each side."""
    return _widen(text, sentences.spans(text, language), start, end, around)


def passages(text: str, spans: Iterable[Span], language: str = "en") -> list[Span]:
    """Give the paragraphs that hold the spans, in order and without overlap.

    A paragraph of more than a thousand characters is cut to the sentences of its spans and one on each side:
    a report shows the evidence, it does not reprint the article.
    """
    found, cut = [], sentences.spans(text, language)
    for start, end in sorted(spans):
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        last = len(text) if last < 0 else last
        begin, stop = (first, last) if last - first <= PARAGRAPH else _widen(text, cut, start, end, 1)
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((begin, stop))
    return found


def pieces(text: str, start: int, end: int, marks: Iterable[tuple[int, int, str, str, str]]) -> list[Piece]:
    """Cut a passage at the ends of its marks, so that spans which overlap can still be shown.

    Needs marks as (start, end, role, label, owner). Gives pieces whose texts joined are text[start:end].
    """
    inside = sorted({(max(s, start), min(e, end), *rest) for s, e, *rest in marks if s < end and start < e})
    cuts = sorted({start, end, *(s for s, *_ in inside), *(e for _, e, *_ in inside)})
    found = []
    for begin, stop in pairwise(cuts):
        over = [mark for mark in inside if mark[0] <= begin and stop <= mark[1]]
        roles = tuple(sorted({role for _, _, role, _, _ in over}))
        labels = tuple(dict.fromkeys(label for s, _, _, label, _ in over if s == begin))
        found.append(Piece(text[begin:stop], roles, labels, tuple(dict.fromkeys(mark[4] for mark in over))))
    return found


def web(url: str | None) -> str | None:
    """Give an address back if it is one of the web (http or https), else None: nothing else is ever linked."""
    if not isinstance(url, str) or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def link(url: str | None, text: str, start: int, end: int) -> str | None:
    """Give the address of the words text[start:end] on the outlet's page; None where the address is none of the web."""
    if not web(url):
        return None
    joint = "" if "#" in url else "#"
    return f"{url}{joint}{fragment(text, start, end)}"


def fragment(text: str, start: int, end: int) -> str:
    """Write the fragment directive that makes a browser scroll to the words text[start:end] and mark them.

    Words of context are added until the first match in the text is the one meant; a long passage, or one
    that runs over paragraphs, is given by its first and last words. Source: WICG, Text Fragments.
    """
    start, end = _whole_words(text, start, end)
    words = text[start:end].split()
    if not words:
        return ""
    if "\n" in text[start:end] or end - start > EXACT:
        lines = text[start:end].strip().split("\n")
        head, tail = lines[0].split()[:ENDS], lines[-1].split()[-ENDS:]
    else:
        head, tail = words, []
    before = text[text.rfind("\n", 0, start) + 1 : start].split()
    after = text[end : (text.find("\n", end) + 1 or len(text) + 1) - 1].split()
    for reach in REACHES:
        prefix, suffix = before[-reach:] if reach else [], after[:reach]
        if not reach and _only(text, start, end, head, tail):
            break
        if _first_match(text, prefix, head, tail, suffix) == (start, end):
            break
    parts = [f"{_encode(prefix)}-"] if prefix else []
    parts += [_encode(part) for part in (head, tail) if part]
    parts += [f"-{_encode(suffix)}"] if suffix else []
    return f":~:text={','.join(parts)}"


def selectors(text: str, start: int, end: int) -> list[dict]:
    """Give the W3C Web Annotation selectors of text[start:end]: by its words, and by its position."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _widen(text: str, spans: list[Span], start: int, end: int, around: int) -> Span:
    first = bisect_right([e for _, e in spans], start)
    last = bisect_left([s for s, _ in spans], end) - 1
    if first > last:
        return start, end
    for _ in range(around):
        if first and "\n" not in text[spans[first - 1][1] : spans[first][0]]:
            first -= 1
        if last + 1 < len(spans) and "\n" not in text[spans[last][1] : spans[last + 1][0]]:
            last += 1
    return min(start, spans[first][0]), max(end, spans[last][1])


def _whole_words(text: str, start: int, end: int) -> Span:
    # Browsers match text fragments at word boundaries only.
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _only(text: str, start: int, end: int, head: list[str], tail: list[str]) -> bool:
    """Say whether the words stand in the text but once: most do, and to see that is quicker than to match a pattern."""
    whole, first, last = (" ".join(words).lower() for words in (text[start:end].split(), head, tail))
    once = " ".join(text.split()).lower().count(first) == 1
    return once and (not tail or whole.find(last, len(first)) == len(whole) - len(last))


def _first_match(text: str, prefix: list[str], head: list[str], tail: list[str], suffix: list[str]) -> Span | None:
    def words(part: list[str]) -> str:
        run = r"\s+".join(map(re.escape, part))
        return rf"(?<!\w(?=\w)){run}(?!(?<=\w)\w)"

    pattern = (words(prefix) + r"\s*" if prefix else "") + f"({words(head)}"
    pattern += (rf"[\s\S]*?{words(tail)}" if tail else "") + ")"
    pattern += r"\s*" + words(suffix) if suffix else ""
    match = re.search(pattern, text, re.IGNORECASE)
    return match.span(1) if match else None


def _encode(words: list[str]) -> str:
    # A bare hyphen would be read as the mark of a prefix or a suffix; quote() leaves it alone.
    return quote(" ".join(words), safe="").replace("-", "%2D")
