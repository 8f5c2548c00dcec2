"""Read and write the tables that people fill in by hand: every mistake is one sentence, and the rest is used."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.story import Story, StoryError

FOLDER = "review"  # of a story: what `ontherecord review` writes there counts, once filled in, as the table beside it
FORMULA = "^[=+@\t\r\n＝＋－＠-]"  # a cell that begins so is run as a formula by a spreadsheet
LOST = ["article_id", "source_file", "line", "kind", "text", "reason"]


class Fault(NamedTuple):
    """What could not be used: where it stands, its words, and one sentence that says what to do."""

    file: str
    line: int | None
    text: str
    reason: str


def rows(
    story: Story, name: str, columns: Sequence[str], optional: Sequence[str] = ()
) -> tuple[list[dict], list[Fault]]:
    """Read a table of a story's folder and then the one of that name that `ontherecord review` wrote.

    Gives its rows, each a dict of its cells with `file` and `line`, and the faults: a missing column, a row with too
    few or too many cells, another encoding. No file gives no rows. Raises StoryError where a file may not be read.
    """
    found: list[dict] = []
    faults: list[Fault] = []
    for file in (name, f"{FOLDER}/{name}"):
        own, losses = _rows(story.folder / file, file, columns, optional)
        found += own
        faults += losses
    return found, faults


def removed(faults: Iterable[Fault]) -> pd.DataFrame:
    """Give faults as rows of the table `removed`."""
    table = [(None, fault.file, fault.line, "review", fault.text, fault.reason) for fault in faults]
    return pd.DataFrame(table, columns=LOST).astype(object)


def rewrite(path: Path, waiting: pd.DataFrame, keys: Sequence[str], decided: Sequence[str]) -> None:
    """Write a table of what waits for a person; rows of the file in which one of `decided` was filled in stay, first.

    Of rows that are alike in `keys` the first stays. UTF-8 with the mark by which spreadsheets know it; an apostrophe,
    which `rows` takes off again, keeps them from running a cell as a formula. Raises StoryError, and leaves the file
    as it is, where a row of it cannot be read: what somebody has written is never lost.
    """
    old, faults = _rows(path, path.name, waiting.columns[:1], waiting.columns[1:])
    if faults:
        where = f"{path}:{faults[0].line}" if faults[0].line else f"{path}"
        raise StoryError(f"{where}: {faults[0].reason} Until then nothing is written there.")
    filled = [row for row in old if {row[column] for column in decided} - {"", "lead"}]
    kept = pd.DataFrame(filled, columns=waiting.columns)
    both = pd.concat([kept, waiting]).drop_duplicates(subset=list(keys))
    path.parent.mkdir(exist_ok=True)
    both.map(_inert).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and re.match(FORMULA, cell) else cell


def _plain(cell: str) -> str:
    """Give a cell without what makes it inert."""
    return cell[1:] if cell.startswith("'") and re.match(FORMULA, cell[1:]) else cell


def unknown(row: dict, field: str, allowed: Sequence[str]) -> Fault:
    """Say that a cell holds none of the words that it may hold."""
    return fault(row, f"'{row[field]}' is no {field} we know. Write one of {', '.join(allowed)}.")


def undated(row: dict, field: str, used: str) -> Fault:
    """Say that a cell holds no date, and what became of the row."""
    return fault(row, f"'{row[field]}' is no date for {field}. Write it as 2024-05-31. {used}")


def fault(row: dict, reason: str) -> Fault:
    """Give a sentence about a row with the place where it stands and the words it begins with."""
    return Fault(row["file"], row["line"], next(iter(row.values())), reason)


def day(text: str) -> date | None:
    """Read an ISO date; None where the text is none."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _rows(path: Path, file: str, columns: Sequence[str], optional: Sequence[str]) -> tuple[list[dict], list[Fault]]:
    faults: list[Fault] = []
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    except OSError as error:
        raise StoryError(f"{path}: cannot be read ({error.strerror}). Check its rights.") from None
    try:
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = raw.decode("cp1252", errors="replace")
        faults.append(Fault(file, None, "", "not UTF-8, read as Windows-1252. Save the spreadsheet as “CSV UTF-8”."))
    lines = source.splitlines(keepends=True)
    # Some spreadsheets write semicolons or tabs where the language's decimal sign is a comma.
    divider = max(",;\t", key=lambda sign: lines[0].count(sign)) if lines else ","
    reader = csv.DictReader(lines, delimiter=divider)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        reason = f"the column '{missing[0]}' is missing. The columns are {', '.join(columns)}."
        return [], [*faults, Fault(file, 1, lines[0].strip() if lines else "", reason)]
    found = []
    try:
        for row in reader:
            if None in row or None in row.values():
                text = divider.join(str(cell) for cell in row.values() if isinstance(cell, str))
                reason = f"this row has not {len(reader.fieldnames)} cells. Mend it."
                faults.append(Fault(file, reader.line_num, text, reason))
            elif row[columns[0]].strip():
                cells = {column: _plain((row.get(column) or "").strip()) for column in (*columns, *optional)}
                found.append({**cells, "file": file, "line": reader.line_num})
    except csv.Error as error:
        reason = f"no row of a table can be read from here on ({error}). Mend the line."
        faults.append(Fault(file, reader.line_num, "", reason))
    return found, faults
