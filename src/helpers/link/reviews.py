"""Read what people have decided: actors.csv and reviews.csv. What stands there wins over what was worked out."""

import csv
import re
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.link import wording
from helpers.story import Story, StoryError

ACTORS = ("name", "kind", "aliases", "role", "role_from", "role_to", "wikidata_id")
REVIEWS = ("contradiction_id", "status", "reviewer", "note")
EVIDENCE = ("date", "words_a", "words_b")  # columns that reviews.csv may have beside
KINDS = ("person", "organisation", "government", "group", "outlet")
STATUSES = ("lead", "confirmed", "dismissed")
LOST = ["article_id", "source_file", "line", "kind", "text", "reason"]
KEPT = 0.6  # likeness of the words that were decided on and those found now, from which the decision still stands


def actors(story: Story) -> pd.DataFrame:
    """Read actors.csv: name, kind, aliases, role, role_from, role_to, wikidata_id.

    Aliases are a list, written with | between them. An actor with several roles has a row for each. No file gives no
    rows. Raises StoryError, naming file and line, where a row cannot be read.
    """
    path = story.folder / "actors.csv"
    rows, faults = _rows(path, ACTORS)
    if faults:
        line, _, reason = faults[0]
        raise StoryError(f"{path}{f':{line}' if line else ''}: {reason}")
    for row in rows:
        where = f"{path}:{row['line']}"
        if row["kind"] not in KINDS:
            raise StoryError(f"{where}: {_unknown(row, 'kind', KINDS)}")
        row["aliases"] = [alias.strip() for alias in row["aliases"].split("|") if alias.strip()]
        for field in ("role_from", "role_to"):
            day = _day(row[field])
            if row[field] and day is None:
                raise StoryError(f"{where}: {_undated(row, field)}")
            row[field] = day
    return pd.DataFrame(rows, columns=[*ACTORS, "line"])


def decisions(story: Story) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read reviews.csv: contradiction_id, status, reviewer, note, and if given date, words_a and words_b.

    Gives the decisions that can be followed, and rows of `removed` (kind review) for what cannot: a row with too few or
    too many cells, a status or a date that is none, a lead decided in two ways, another encoding. No file gives no
    rows.
    """
    path = story.folder / "reviews.csv"
    rows, faults = _rows(path, REVIEWS, EVIDENCE)
    kept: dict[str, dict] = {}
    doubted = set()
    for row in rows:
        found = row["contradiction_id"]
        if row["status"] not in STATUSES:
            faults.append((row["line"], found, _unknown(row, "status", STATUSES)))
            continue
        day = _day(row["date"])
        if row["date"] and day is None:
            faults.append((row["line"], found, f"{_undated(row, 'date')} The decision itself was followed."))
        before = kept.setdefault(found, {**row, "reviewed_on": day})
        if before["status"] != row["status"]:
            doubted.add(found)
            reason = (
                f"{found} is {row['status']} here and {before['status']} on line {before['line']}. Keep one of the two."
            )
            faults.append((row["line"], found, f"{reason} Until then neither is followed."))
    followed = [row for found, row in kept.items() if found not in doubted]
    columns = [*REVIEWS, "reviewed_on", "words_a", "words_b", "line"]
    return pd.DataFrame(followed, columns=columns).astype(object), _lost(faults)


def apply(
    leads: pd.DataFrame, utterances: pd.DataFrame, reviews: pd.DataFrame, faults: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay the decisions over the leads.

    A decision on an id that no lead has any more goes to the lead of the same words, where reviews.csv gives them
    (words_a, words_b). Gives the leads with status, reviewer, note and reviewed_on, and the faults with those decisions
    whose lead is gone.
    """
    words = dict(zip(utterances["utterance_id"], utterances["content"], strict=True))
    sides = {
        row.contradiction_id: (words.get(row.utterance_a, ""), words.get(row.utterance_b, ""))
        for row in leads.itertuples()
    }
    decided, gone = {}, []
    for row in reviews.itertuples():
        found = row.contradiction_id
        if found not in sides:
            found = _same_words((row.words_a, row.words_b), sides)
        if found is None:
            reason = (
                f"{row.contradiction_id} is no lead of this story, or is none any more. "
                "Look for it among the open leads, or delete the row."
            )
            gone.append((row.line, f"{row.contradiction_id}: {row.status}", reason))
        else:
            decided.setdefault(found, (row.status, row.reviewer or None, row.note or None, row.reviewed_on))
    reviewed = leads.copy()
    for place, field in enumerate(("status", "reviewer", "note", "reviewed_on")):
        old = leads[field] if field in leads else [None] * len(leads)
        reviewed[field] = pd.Series(
            [decided[found][place] if found in decided else own for found, own in zip(sides, old, strict=True)],
            index=leads.index,
            dtype=object,
        )
    return reviewed, pd.concat([faults, _lost(gone)], ignore_index=True).astype(object)


def _same_words(wanted: tuple[str, str], sides: dict[str, tuple[str, str]]) -> str | None:
    """Give the lead whose two sides say what was decided on, None where there is none or more than one."""
    if not all(wanted):
        return None
    one, other = (frozenset(wording.terms(words)) for words in wanted)
    fitting = []
    for found, pair in sides.items():
        a, b = (frozenset(wording.terms(words)) for words in pair)
        best = max(
            min(wording.alike(one, a, {}), wording.alike(other, b, {})),
            min(wording.alike(one, b, {}), wording.alike(other, a, {})),
        )
        if best >= KEPT:
            fitting.append(found)
    return fitting[0] if len(fitting) == 1 else None


def _lost(faults: list[tuple]) -> pd.DataFrame:
    rows = [(None, "reviews.csv", line, "review", text, reason) for line, text, reason in faults]
    return pd.DataFrame(rows, columns=LOST).astype(object)


def _rows(path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> tuple[list[dict], list[tuple]]:
    """Read a table that people fill in; gives its rows, each with its line, and a (line, text, sentence) a fault."""
    faults: list[tuple] = []
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return [], []
    except OSError as error:
        raise StoryError(f"{path}: cannot be read ({error.strerror}). Check its rights.") from None
    try:
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = raw.decode("cp1252", errors="replace")
        faults.append((None, "", "not UTF-8, read as Windows-1252. Save the spreadsheet as “CSV UTF-8”."))
    lines = source.splitlines(keepends=True)
    # Some spreadsheets write semicolons or tabs where the language's decimal sign is a comma.
    divider = max(",;\t", key=lambda sign: lines[0].count(sign)) if lines else ","
    reader = csv.DictReader(lines, delimiter=divider)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        reason = f"the column '{missing[0]}' is missing. The columns are {', '.join(columns)}."
        return [], [*faults, (1, lines[0].strip() if lines else "", reason)]
    rows = []
    try:
        for row in reader:
            if None in row or None in row.values():
                text = divider.join(str(cell) for cell in row.values() if isinstance(cell, str))
                faults.append((reader.line_num, text, f"this row has not {len(reader.fieldnames)} cells. Mend it."))
            elif row[columns[0]].strip():
                cells = {column: (row.get(column) or "").strip() for column in (*columns, *optional)}
                rows.append({**cells, "line": reader.line_num})
    except csv.Error as error:
        faults.append((reader.line_num, "", f"no row of a table can be read from here on ({error}). Mend the line."))
    return rows, faults


def _unknown(row: dict, field: str, allowed: tuple[str, ...]) -> str:
    return f"'{row[field]}' is no {field} we know. Write one of {', '.join(allowed)}."


def _undated(row: dict, field: str) -> str:
    return f"'{row[field]}' is no date for {field}. Write it as 2024-05-31."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
