"""Find a story's files and read each into records: the fields and the text as the file gives them."""

import csv
import glob
import hashlib
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import charset_normalizer
import yaml
from frontmatter.default_handlers import YAMLHandler

from helpers.read import pages
from helpers.story import FIELDS, Story, StoryError

META = tuple(field for field in FIELDS if field != "text")
TEXT, PAGE, LINES, TABLE = (".txt", ".md"), (".html", ".htm"), (".jsonl",), (".csv", ".tsv")
LONGEST = 2_000  # characters kept of a record that cannot be read

Place = tuple[str, int | None]  # a file, relative to the story's folder, and a line in it


@dataclass(frozen=True)
class Loss:
    """Something that is left out, or that an editor should look at: a row of `removed` without its article."""

    source_file: str
    line: int | None
    kind: str
    text: str
    reason: str


@dataclass(frozen=True)
class Record:
    """An article as a file gives it, before it is cleaned."""

    fields: Mapping[str, str]
    text: str
    source_file: str
    sha256: str
    line: int | None = None  # the record's line in a .jsonl or .csv file
    first_line: int | None = None  # the line of the file where the text begins, where it stands there as it is
    dated: Place | None = None  # where its date stands
    losses: tuple[Loss, ...] = ()


DECIDED = ("actors.csv", "reviews.csv", "speakers.csv")  # what people have decided, beside the articles


@dataclass(frozen=True)
class Sheet:
    """The metadata table of a story: what it says of a file, by every name it may use for the file."""

    rows: Mapping[str, tuple[int, Mapping[str, str]]]
    losses: tuple[Loss, ...] = ()


class _Unreadable(Exception):
    """A file that gives no text; the message is the sentence for the editor."""


# The files ---------------------------------------------------------------------------------------------------


def settings(story: Story) -> list[Path]:
    """Give the files of a story's folder that are no articles, those that are there."""
    tables = [name for table in DECIDED for name in (table, f"review/{table}")]
    names = ["story.toml", *tables, *([story.articles.metadata] if story.articles.metadata else [])]
    return [path for name in names if (path := _path(story, name)).exists()]


def expand(story: Story) -> tuple[list[Path], list[Loss]]:
    """Find the files that the globs of a story.toml name, each once, in order.

    Raises StoryError where they name none at all.
    """
    found, losses = set(), []
    known = set(settings(story))
    for pattern in story.articles.files:
        # Path.glob takes neither an absolute pattern nor one that begins with "../".
        matches = glob.glob(pattern, root_dir=story.folder, recursive=True)  # noqa: PTH207
        paths = {_path(story, match) for match in matches} - known
        folders = {path for path in paths if path.is_dir()}
        odd = {path for path in paths - folders if path.exists() and not path.is_file()}
        found.update(paths - folders - odd)
        for path in odd:  # such as a pipe, whose end one would await for ever
            losses.append(Loss(_name(story, path), None, "file", path.name, "is no regular file. Take it away."))
        if "**" not in pattern:  # which is there to go through folders
            losses += [_folder(story, path) for path in folders]
        if not paths:
            reason = f"no file matches '{pattern}'. Correct it, or put the files there."
            losses.append(Loss("story.toml", _line_of(story, pattern), "file", pattern, reason))
    if not found:
        line = _line_of(story, story.articles.files[0])
        where = f"{story.folder / 'story.toml'}{f':{line}' if line else ''}"
        names = ", ".join(f"'{pattern}'" for pattern in story.articles.files)
        raise StoryError(f"{where}: no file matches {names}. Put articles there, or correct [articles] files.")
    return _once(found), sorted(losses, key=lambda loss: (loss.source_file, loss.line or 0, loss.text))


def read(path: Path, story: Story, sheet: Sheet) -> tuple[list[Record], list[Loss]]:
    """Read the records of one file; what cannot be read is a Loss."""
    name = _name(story, path)
    try:
        raw = _bytes(path)
        text, note = _decode(raw, path.suffix.lower())
        if not text.strip():
            raise _Unreadable("is empty. Fill it or take it out of the folder.")
        records, losses = _reader(path)(text, name, story.articles.columns)
        if not records and not losses:
            raise _Unreadable("holds a header and no rows. Fill it or take it out of the folder.")
        records = [replace(record, sha256=hashlib.sha256(raw).hexdigest()) for record in records]
    except _Unreadable as error:
        line = error.args[1] if len(error.args) > 1 else None
        return [], [Loss(name, line, "file", path.name, str(error.args[0]))]
    if note and records:
        losses.append(Loss(name, None, "file", path.name, note))
    if story.articles.metadata and path.suffix.lower() in TEXT + PAGE:
        records = [_complete(record, story, sheet, losses) for record in records]
    return records, losses


def metadata(story: Story) -> Sheet:
    """Read the table that says what the files do not; an empty one where the story has none.

    Raises StoryError where story.toml names a table that cannot be read or that lacks its key column.
    """
    if not story.articles.metadata:
        return Sheet({})
    path = _path(story, story.articles.metadata)
    name, key = _name(story, path), story.articles.key
    try:
        text, _ = _decode(_bytes(path), path.suffix.lower())
        rows, losses = _rows(text, name)
        if not rows and not losses:
            raise _Unreadable("holds no rows. Fill it, or take 'metadata' out of story.toml.")
    except _Unreadable as error:
        raise StoryError(f"{path}: the metadata table {error.args[0]}") from None
    found: dict[str, tuple[int, Mapping[str, str]]] = {}
    for line, cells in rows:
        if key not in cells:
            columns = ", ".join(cells)
            raise StoryError(
                f"{path}:1: has no column '{key}' to find the files by; it has {columns}. Set [articles] key."
            )
        named = cells[key].strip().replace(os.sep, "/")
        if named in found:
            reason = f"names '{named}' again, after line {found[named][0]}. Delete one of the two; the first was used."
            losses.append(Loss(name, line, "record", named, reason))
        elif named:
            found[named] = (line, _fields(cells, story.articles.columns))
    return Sheet(found, tuple(losses))


def unused(sheet: Sheet, paths: list[Path], story: Story) -> list[Loss]:
    """Count, in one row, the rows of the metadata table that name no file of the story."""
    names = {name for path in paths for name in _names(story, path)}
    alone = [name for name in sheet.rows if name not in names]
    if not alone:
        return []
    rows = f"{len(alone):,} rows name" if len(alone) > 1 else "1 row names"
    reason = f"{rows} no file of the story. Nothing to do, unless files are missing."
    return [Loss(_name(story, _path(story, story.articles.metadata)), None, "metadata", _cap("\n".join(alone)), reason)]


def _once(paths: set[Path]) -> list[Path]:
    """Leave out the other names of a file, which links that lead in a circle give without end."""
    names: dict[str, Path] = {}
    for path in sorted(paths, key=lambda path: (len(path.parts), path)):
        names.setdefault(os.path.realpath(path), path)
    return sorted(names.values())


def _folder(story: Story, path: Path) -> Loss:
    name = _name(story, path)
    return Loss(name, None, "file", path.name, f"is a folder. Write '{name}/*' to read its files.")


def _path(story: Story, name: str) -> Path:
    return Path(os.path.normpath(story.folder / name))


def _name(story: Story, path: Path) -> str:
    name = Path(os.path.relpath(path, story.folder)).as_posix()
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _names(story: Story, path: Path) -> list[str]:
    """Give the names that a table may have for a file: its path or its name, with or without ending."""
    relative = Path(_name(story, path))
    return [relative.as_posix(), relative.with_suffix("").as_posix(), relative.name, relative.stem]


def _line_of(story: Story, words: str) -> int | None:
    lines = (story.folder / "story.toml").read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if words in line), None)


def _complete(record: Record, story: Story, sheet: Sheet, losses: list[Loss]) -> Record:
    """Add what the metadata table says of a file to what the file itself says."""
    table = _name(story, _path(story, story.articles.metadata))
    names = _names(story, story.folder / record.source_file)
    line, cells = next((sheet.rows[name] for name in names if name in sheet.rows), (None, None))
    if cells is None:
        reason = f"is not in {table}. Add a row for it, unless the file says everything itself."
        losses.append(Loss(record.source_file, None, "metadata", names[2], reason))
        return record
    dated = record.dated if "published_at" in record.fields else (table, line)
    return replace(record, fields={**cells, **record.fields}, dated=dated)


# Bytes to text -----------------------------------------------------------------------------------------------

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
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def tidy(text: str) -> str:
    """Bring a text to the form that every offset counts in: NFC, newlines as \\n, no NUL, no half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _Unreadable("is not there. Put it there or correct its name.") from None
    except OSError as error:
        raise _Unreadable(f"cannot be opened ({(error.strerror or str(error)).lower()}). Check its rights.") from None


def _decode(raw: bytes, suffix: str) -> tuple[str, str | None]:
    """Give the text, and a sentence where its encoding had to be guessed."""
    sign = next((name for sign, name in _SIGNS.items() if raw.startswith(sign)), None)
    if sign:
        raise _Unreadable(f"is {sign}, not text. Save its text as .txt in UTF-8.")
    if not raw.startswith(_MARKS) and len(_CONTROL.findall(raw)) > len(raw) / 50:
        raise _Unreadable("is a binary file, not text. Save its text as .txt in UTF-8.")
    declared = _DECLARED.search(raw[:4096]) if suffix in PAGE else None
    stated = ["utf-16"] if raw.startswith(_MARKS) else [declared[1].decode("ascii")] if declared else []
    for encoding in ("utf-8-sig", *stated):
        try:
            return tidy(raw.decode(encoding)), None
        except (UnicodeError, LookupError):
            continue
    guess = charset_normalizer.from_bytes(raw).best()
    if guess is None:
        raise _Unreadable("has an unknown encoding. Save it as UTF-8.")
    return tidy(str(guess)), f"is not UTF-8 and was read as {guess.encoding}. Save it as UTF-8 if letters look wrong."


# Text to records ---------------------------------------------------------------------------------------------


def _reader(path: Path):
    for suffixes, reader in ((TEXT, _text), (PAGE, _page), (LINES, _json), (TABLE, _table)):
        if path.suffix.lower() in suffixes:
            return reader
    kinds = ", ".join(TEXT + PAGE + LINES + TABLE)
    raise _Unreadable(f"is of a kind we cannot read; we read {kinds}. Save it as one of these or narrow the glob.")


# Loaded as strings: YAML itself makes an error of 31 February and false of `no`.
_FRONT = YAMLHandler()


def _text(text: str, name: str, columns: Mapping[str, str]) -> tuple[list[Record], list[Loss]]:
    given, body = _front_matter(text)
    if not body.strip():
        raise _Unreadable("has front matter and no text. Add the text or take the file out of the folder.")
    body = body.strip()
    before = text[: text.rindex(body)]
    dated = (name, _line_in(before, columns.get("published_at", "published_at"), "published_at"))
    first_line = before.count("\n") + 1
    return [Record(_fields(given, columns), body, name, "", first_line=first_line, dated=dated)], []


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    if not re.match(r"-{3,}[ \t]*\n", text):
        return {}, text
    try:
        front, body = _FRONT.split(text)
        given = _FRONT.load(front, Loader=yaml.BaseLoader)
    except ValueError:  # a line of dashes, and no second one
        return {}, text
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        reason = f"has front matter that is not valid YAML ({problem}). Put the value in quotation marks."
        raise _Unreadable(reason, mark.line + 1 if mark else 1) from None
    except RecursionError:
        raise _Unreadable("has front matter that is nested too deep. Put the value in quotation marks.", 1) from None
    return (given, body) if isinstance(given, dict) else ({}, text)


def _page(text: str, name: str, _columns: Mapping[str, str]) -> tuple[list[Record], list[Loss]]:
    page = pages.read(text)
    if page is None:
        raise _Unreadable("is HTML without an article. Save the page of the article itself, or its text as .txt.")
    reason = "stands on the page outside the article"
    losses = tuple(Loss(name, line, "boilerplate", tidy(block), reason) for line, block in page.outside)
    return [Record(_fields(page.fields, {}), tidy(page.text), name, "", dated=(name, None), losses=losses)], []


def _json(text: str, name: str, columns: Mapping[str, str]) -> tuple[list[Record], list[Loss]]:
    records, losses = [], []
    for line, source in enumerate(text.split("\n"), 1):
        if not source.strip():
            continue
        try:
            row = json.loads(source)
        except (ValueError, RecursionError) as error:
            problem = "nested too deep" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
            row, problem = None, f"is not valid JSON ({problem.split(';')[0]}). Mend the line."
        else:
            problem = "is no JSON object. Write one object a line, in braces."
        if not isinstance(row, dict):
            losses.append(Loss(name, line, "record", _cap(source), problem))
        else:
            _add(row, name, line, source, columns, records, losses)
    return records, losses


def _table(text: str, name: str, columns: Mapping[str, str]) -> tuple[list[Record], list[Loss]]:
    records: list[Record] = []
    rows, losses = _rows(text, name)
    for line, row in rows:
        _add(row, name, line, json.dumps(row, ensure_ascii=False), columns, records, losses)
    return records, losses


def _add(row, name, line, source, columns, records, losses) -> None:
    text = row.get(columns.get("text")) or row.get("text")
    if isinstance(text, str) and text.strip():
        records.append(Record(_fields(row, columns), tidy(text), name, "", line, dated=(name, line)))
    else:
        losses.append(
            Loss(name, line, "record", _cap(source), "has no text. Put the article's text in the field 'text'.")
        )


def _rows(text: str, name: str) -> tuple[list[tuple[int, dict[str, str]]], list[Loss]]:
    """Read a table with a header: the line and the cells of each row."""
    header = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max("\t,;|", key=header.count)
    plain = delimiter == "\t" and len({line.count("\t") for line in text.split("\n") if line.strip()}) == 1
    # In a tab-separated file that is even without them, quotation marks are the text's own.
    quoting = csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    names, rows, losses = None, [], []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return rows, losses
        except csv.Error as error:
            source = "\n".join(text.split("\n")[line - 1 : reader.line_num])
            reason = f"breaks the rules of CSV ({error}). Close its quotation marks; it was left out."
            losses.append(Loss(name, line, "record", _cap(source), reason))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = [cell.strip() for cell in cells]
            for twice in sorted({column for column in names if column and names.count(column) > 1}):
                reason = f"has several columns '{twice}', of which the last was used. Give the others another name."
                losses.append(Loss(name, line, "record", twice, reason))
        elif len(cells) != len(names):
            reason = f"has {len(cells)} cells where the header has {len(names)}. Mend the row; it was left out."
            losses.append(Loss(name, line, "record", _cap(delimiter.join(cells)), reason))
        else:
            rows.append((line, dict(zip(names, cells, strict=True))))


_NOTHING = {"none", "null", "nan", "na", "n/a", "-"}  # how spreadsheets and exports write an empty cell


def _fields(row: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, str]:
    """Give the fields that a row fills, by our names: a mapped column before one that has our name."""
    found = {}
    for field in META:
        for column in (columns.get(field), field):
            value = _string(row.get(column)) if column else ""
            if value:
                found[field] = value
                break
    return found


def _string(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_string, value)))
    if isinstance(value, dict):
        return _string(value.get("name"))
    words = "" if value is None or isinstance(value, bool) else " ".join(tidy(str(value)).split())
    return "" if words.lower() in _NOTHING else words


def _line_in(text: str, *keys: str) -> int | None:
    lines = text.split("\n")
    return next(
        (n for key in keys for n, line in enumerate(lines, 1) if re.match(rf"[\"']?{re.escape(key)}\b", line)), None
    )


def _cap(text: str) -> str:
    return text[:LONGEST]
