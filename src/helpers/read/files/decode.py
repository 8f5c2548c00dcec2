"""Make text of bytes: their encoding, and the form that every offset counts in."""

import re
import unicodedata
from pathlib import Path

import charset_normalizer

PAGE = (".html", ".htm")


class Unreadable(Exception):
    """A file that gives no text; the message is the sentence for the editor."""


_SIGNS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, spreadsheet or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, whose text is half NUL bytes
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_FEW = 20  # letters beyond ASCII to one broken, from which a text is UTF-8 that was damaged
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))


def tidy(text: str) -> str:
    """Bring a text to the form that every offset counts in: NFC, newlines as \\n, no NUL, no half characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "")
    if text.isascii():
        return text
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def newlines(raw: bytes) -> int:
    """Count the newlines that the text of these bytes has."""
    lone = raw.count(b"\r")
    return raw.count(b"\n") + (lone and lone - raw.count(b"\r\n"))


def read(path: Path) -> bytes:
    """Read a file's bytes; raises Unreadable where it is not there or may not be opened."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("is not there. Put it there or correct its name.") from None
    except OSError as error:
        raise Unreadable(f"cannot be opened ({(error.strerror or str(error)).lower()}). Check its rights.") from None


def decode(raw: bytes, suffix: str, stated: str | None = None) -> tuple[str, str | None]:
    """Give the text, and a sentence where its encoding had to be guessed.

    UTF-8 is tried first: text in another encoding is hardly ever valid UTF-8 by chance, while pages and servers often
    state a wrong one. Then what the page says of itself counts, and then `stated`, which its server said.
    """
    sign = next((name for sign, name in _SIGNS.items() if raw.startswith(sign)), None)
    if sign:
        raise Unreadable(f"is {sign}, not text. Save its text as .txt in UTF-8.")
    if not raw.startswith(_MARKS) and _is_binary(raw):
        raise Unreadable("is a binary file, not text. Save its text as .txt in UTF-8.")
    for encoding in ("utf-8-sig", *_stated(raw, suffix, stated)):
        try:
            return tidy(raw.decode(encoding)), None
        except (UnicodeError, LookupError):
            continue
    nearly = raw.decode("utf-8-sig", "replace")
    broken = nearly.count("\ufffd")
    if broken * _FEW < sum(letter > "\x7f" for letter in nearly):
        return tidy(nearly), f"is UTF-8 with broken letters ({broken:,}), which are shown as \ufffd. Save it anew."
    guess = charset_normalizer.from_bytes(raw).best()
    if guess is None:
        raise Unreadable("has an unknown encoding. Save it as UTF-8.")
    return tidy(str(guess)), f"is not UTF-8 and was read as {guess.encoding}. Save it as UTF-8 if letters look wrong."


def is_plain(raw: bytes) -> bool:
    """Tell whether bytes are UTF-8, whatever stands before and behind them in their file."""
    if not raw.isascii():
        try:
            raw.decode()
        except UnicodeDecodeError:
            return False
    return not raw.startswith(tuple(_SIGNS)) and not _is_binary(raw)


def _is_binary(raw: bytes) -> bool:
    return len(raw) - len(raw.translate(None, _CONTROL)) > len(raw) / 50


def _stated(raw: bytes, suffix: str, stated: str | None) -> list[str]:
    """Give the encodings that a file is said to have, by their names in Python."""
    if raw.startswith(_MARKS):
        return ["utf-16"]
    declared = _DECLARED.search(raw[:4096]) if suffix in PAGE else None
    names = [declared[1].decode("ascii")] if declared else []
    names += [stated] if stated else []
    # Browsers take the old names for the wider Windows encoding (WHATWG Encoding, section 4.2).
    return ["cp1252" if name.lower() in ("iso-8859-1", "latin1", "ascii", "us-ascii") else name for name in names]
