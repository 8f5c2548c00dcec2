"""Read what press offices send: Word files and PDFs, as far as a PDF has text."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

import docx
import pypdf
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from helpers.read.files.decode import Unreadable, tidy
from helpers.read.files.records import Found, Record, string

UNPACKED = 200_000_000  # bytes that a Word file may unpack to
PAGES = 2_000
_SHORT = 0.75  # of the longest line, below which a line ends its paragraph
_NO_TITLE = re.compile(  # but what programs leave in its place: their own names and those of files
    r"\.(?:docx?|pdf|indd|pages)$|^(?:microsoft word|untitled|document\d*)\b", re.IGNORECASE
)
_ITEM = re.compile(r"(?:[•▪–—*-]|\d{1,3}[.)])\s")


def word(raw: bytes, name: str, _columns: Mapping[str, str]) -> Found:
    """Read a .docx: a paragraph a line, the cells of a table's row with bars between them."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            if sum(part.file_size for part in package.infolist()) > UNPACKED:
                raise Unreadable(f"unpacks to more than {UNPACKED // 1_000_000} MB. Save its text as .txt.")
        document = docx.Document(io.BytesIO(raw))
        text = "\n".join(_lines(document))
        title, author = document.core_properties.title, document.core_properties.author
    except Unreadable:
        raise
    except (PackageNotFoundError, zipfile.BadZipFile):
        raise Unreadable("is no Word file of the kind .docx, or is broken. Save it as .docx or .txt.") from None
    except Exception as error:  # a hostile package fails in as many ways as it has parts
        raise Unreadable(f"cannot be read as Word ({type(error).__name__}). Save it anew, or as .txt.") from None
    if not text.strip():
        raise Unreadable("is a Word file without text; it may hold a picture of it. Save the text as .txt.")
    return _record(text, name, title=title, byline=author)


def pdf(raw: bytes, name: str, _columns: Mapping[str, str]) -> Found:
    """Read the text of a PDF, the lines of a paragraph joined."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("is a PDF under a password. Open it, print it to a new PDF and use that.")
        if len(reader.pages) > PAGES:
            raise Unreadable(f"is a PDF of more than {PAGES:,} pages. Take the pages that matter out of it.")
        pages = [page.extract_text() or "" for page in reader.pages]
        about = reader.metadata
        title, author = (about.title, about.author) if about else (None, None)
    except Unreadable:
        raise
    except Exception as error:  # a broken file raises whatever its damage leads to
        raise Unreadable(f"cannot be read as PDF ({type(error).__name__}). Print it to a new PDF.") from None
    if not re.search(r"\w{3}", "".join(pages)):
        raise Unreadable("is a PDF without text, of pictures only. Let ocrmypdf or the like read it first.")
    return _record("\n\n".join(_joined(page) for page in pages), name, title=title, byline=author)


def _record(text: str, name: str, **about: object) -> Found:
    given = {field: words for field, value in about.items() if (words := string(value))}
    if _NO_TITLE.search(given.get("title", "")):
        del given["title"]
    return [Record(given, tidy(text).strip(), name, dated=(name, None))], []


def _lines(document: docx.document.Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows)
        else:
            yield block.text


def _joined(page: str) -> str:
    """Join the lines that a page broke: a paragraph ends with a line that falls short, or at an empty one."""
    lines = [" ".join(line.split()) for line in page.split("\n")]
    longest = max(map(len, lines), default=0)
    text, before = "", ""
    for line in lines:
        ends = not before or not line or _ITEM.match(line) or len(before) < _SHORT * longest
        if before and line and before.endswith("-") and line[0].islower():
            text = text[:-1] + line
        else:
            text += ("\n" if ends else " ") + line
        before = line
    return re.sub(r"\n{3,}", "\n\n", text).strip()
