"""Pair the quotation marks of a text: what stands between them is what a reader takes as verbatim."""

import re

_MARK = re.compile(r"[“”\"‘’']")
_LINE = re.compile(r"[^\n]*")


def pairs(text: str) -> list[tuple[int, int]]:
    """Give the quoted stretches of a text, marks included, in text order and without overlap.

    Reads line by line, so that one lost mark cannot turn a whole article inside out. Curly and straight
    double marks, curly single marks, and straight single ones in the first line (where headlines put them).
    A quotation that runs over several paragraphs opens each of them and closes only the last.
    A quotation inside a quotation belongs to the outer one.
    """
    lines = [m.span() for m in _LINE.finditer(text) if not m.group().isspace() and m.group()]
    found = []
    for number, (start, end) in enumerate(lines):
        following = text[slice(*lines[number + 1])].lstrip()[:1] if number + 1 < len(lines) else ""
        found += _pairs_in_line(text, start, end, first=number == 0, continued=following in ("“", '"'))
    return found


def mask(text: str) -> bytearray:
    """Mark with 1 each character that lies between paired quotation marks, the marks included."""
    inside = bytearray(len(text))
    for start, end in pairs(text):
        inside[start:end] = b"\1" * (end - start)
    return inside


def is_name(quotation: str) -> bool:
    """Tell the name of a work, which capitalises each of its longer words, from words that somebody said."""
    words = re.findall(r"[^\W\d_][\w’'-]*", quotation)
    return not any(word[0].islower() for word in words if len(word) > 3 or word is words[-1])


def _pairs_in_line(text, start, end, first, continued):
    found, opened, double = [], None, False
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        closes = not after.isalnum() and not before.isspace()
        if opened is not None and double:
            if mark in '”"' or (mark == "“" and closes):
                found.append((opened, at + 1))
                opened = None
        elif mark in '“"' or (mark == "”" and before.isspace() and after.isalnum()):
            # A double mark also ends a doubtful single one, which is more often an apostrophe.
            opened, double = at, True
        elif opened is not None:
            if mark in "’'" and closes:
                found.append((opened, at + 1))
                opened = None
        elif after.isalnum() and (mark == "‘" or (mark == "'" and first and before.isspace())):
            opened, double = at, False
    if opened is not None and double and (continued or not text[start:opened].strip()):
        found.append((opened, end))
    return found
