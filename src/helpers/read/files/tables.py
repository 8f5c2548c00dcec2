"""Read tables and lines of records: JSON Lines, CSV, Parquet."""

import csv
import io
import json
import sys
from collections.abc import Mapping

import duckdb

from helpers import store
from helpers.read.files.decode import Unreadable, tidy
from helpers.read.files.records import NONE, Found, Known, Loss, Record, Seen, cap, fields

Rows = list[tuple[int, dict[str, str]]]  # the line and the cells of each


def json_lines(text: str, name: str, columns: Mapping[str, str], known: Known = NONE, first: int = 1) -> Found:
    """Read one object a line; `first` is the number of the text's first."""
    found: Found = ([], [])
    for line, source in enumerate(text.split("\n"), first):
        if not source or source.isspace():
            continue
        key = known.key(source)
        if key in known.keys:
            found[0].append(Seen(key, line))
            continue
        try:
            row = json.loads(source)
        except (ValueError, RecursionError) as error:
            problem = "nested too deep" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
            row, problem = None, f"is not valid JSON ({problem.split(';')[0]}). Mend the line."
        else:
            problem = "is no JSON object. Write one object a line, in braces."
        if isinstance(row, dict):
            _add(row, name, line, key, columns, found, source)
        else:
            found[1].append(Loss(name, line, "record", cap(source), problem))
    return found


def delimited(text: str, name: str, columns: Mapping[str, str], known: Known = NONE) -> Found:
    """Read one row an article."""
    table, losses = rows(text, name)
    found: Found = ([], losses)
    for line, row in table:
        key = known.key(repr(row))
        if key in known.keys:
            found[0].append(Seen(key, line))
        else:
            _add(row, name, line, key, columns, found)
    return found


def parquet(raw: bytes, name: str, columns: Mapping[str, str], known: Known = NONE) -> Found:
    """Read one row an article; the number of the row stands for its line."""
    try:
        table = store.parquet(raw)
    except duckdb.Error as error:
        reason = f"is no Parquet file that can be read ({str(error).splitlines()[0].rstrip('.')}). Export it anew."
        raise Unreadable(reason) from None
    found: Found = ([], [])
    for line, row in enumerate(table, 1):
        key = known.key(repr(row))
        if key in known.keys:
            found[0].append(Seen(key, line))
        else:
            _add(row, name, line, key, columns, found)
    return found


def rows(text: str, name: str) -> tuple[Rows, list[Loss]]:
    """Read a table with a header: the line and the cells of each row, and the rows that break its rules."""
    header = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max("\t,;|", key=header.count)
    plain = delimiter == "\t" and len({line.count("\t") for line in text.split("\n") if line.strip()}) == 1
    # In a tab-separated file that is even without them, quotation marks are the text's own.
    quoting = csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    names, found, losses = None, [], []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return found, losses
        except csv.Error as error:
            source = "\n".join(text.split("\n")[line - 1 : reader.line_num])
            reason = f"breaks the rules of CSV ({error}). Close its quotation marks; it was left out."
            losses.append(Loss(name, line, "record", cap(source), reason))
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
            losses.append(Loss(name, line, "record", cap(delimiter.join(cells)), reason))
        else:
            found.append((line, dict(zip(names, cells, strict=True))))


def _add(
    row: Mapping, name: str, line: int, key: str, columns: Mapping[str, str], found: Found, source: str | None = None
) -> None:
    text = row.get(columns.get("text")) or row.get("text")
    if isinstance(text, str) and text.strip():
        found[0].append(Record(fields(row, columns), tidy(text), name, line=line, dated=(name, line), key=key))
    else:
        source = source or json.dumps(row, ensure_ascii=False, default=str)
        reason = "has no text. Put the article's text in the field 'text'."
        found[1].append(Loss(name, line, "record", cap(source), reason))
