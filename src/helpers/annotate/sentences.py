"""Find where sentences begin and end."""

import re

import sentencex

Span = tuple[int, int]

# How an agency opens: "LURROW (Lark) - ", "PORT ELM, Vale, May 3 — ".
DATELINE = re.compile(r"[A-Z][A-Z .’'-]+(?:,\s[\w. ]{2,30}){0,2}(?:\s\([^)\n]{2,40}\))?\s(?:[-–—]|--)\s")


def spans(text: str, language: str = "en") -> list[Span]:
    """Give the half-open code point span of each sentence, in order, without the space around it.

    A sentence never runs over a line break: in news a new line is a new paragraph, a heading or a caption.
    """
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        for piece in sentencex.get_sentence_boundaries(language, line) if line.strip() else ():
            words = piece["text"]
            if bare := words.strip():
                begin = start + piece["start_index"] + words.index(bare)
                found.append((begin, begin + len(bare)))
        start += len(line)
    return found


def around(spans: list[Span], start: int, end: int) -> Span:
    """Give the span of the sentence, or run of sentences, that holds the characters start to end."""
    touched = [span for span in spans if span[0] < end and start < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)
