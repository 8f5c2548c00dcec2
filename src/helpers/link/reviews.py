"""Read what people have decided: actors.csv and reviews.csv. What stands there wins over what was worked out."""

import csv
from pathlib import Path

import pandas as pd

from helpers.story import Story, StoryError

ACTORS = ("name", "kind", "aliases", "role", "role_from", "role_to", "wikidata_id")
REVIEWS = ("contradiction_id", "status", "reviewer", "note")
KINDS = ("person", "organisation", "government", "group", "outlet")
STATUSES = ("lead", "confirmed", "dismissed")


def actors(story: Story) -> pd.DataFrame:
    """Read actors.csv: name, kind, aliases, role, role_from, role_to, wikidata_id.

    Aliases are a list, written with | between them. An actor with several roles has a row for each. No file gives no
    rows.
    """
    path = story.folder / "actors.csv"
    rows = _rows(path, ACTORS)
    for row in rows:
        _one_of(path, row, "kind", KINDS)
        row["aliases"] = [alias.strip() for alias in row["aliases"].split("|") if alias.strip()]
        for field in ("role_from", "role_to"):
            row[field] = _day(path, row, field)
    return pd.DataFrame(rows, columns=[*ACTORS, "line"])


def decisions(story: Story) -> pd.DataFrame:
    """Read reviews.csv: contradiction_id, status, reviewer, note. No file gives no rows.

    Raises StoryError where a contradiction is decided in two ways.
    """
    path = story.folder / "reviews.csv"
    rows = _rows(path, REVIEWS)
    seen: dict[str, dict] = {}
    for row in rows:
        _one_of(path, row, "status", STATUSES)
        before = seen.setdefault(row["contradiction_id"], row)
        if before["status"] != row["status"]:
            raise StoryError(
                f"{path}:{row['line']}: {row['contradiction_id']} is {row['status']} here and {before['status']} "
                f"on line {before['line']}. Keep one of the two."
            )
    return pd.DataFrame(list(seen.values()), columns=[*REVIEWS, "line"])


def apply(leads: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Give the leads with the status, reviewer and note that a person has decided on."""
    decided = reviews.set_index("contradiction_id")[["status", "reviewer", "note"]]
    reviewed = leads.set_index("contradiction_id", drop=False)
    reviewed = reviewed.astype({"status": object, "reviewer": object, "note": object})
    reviewed.update(decided)
    return reviewed.reset_index(drop=True)


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict]:
    try:
        source = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        raise StoryError(f"{path}: not UTF-8. Save the spreadsheet as “CSV UTF-8” and build again.") from None
    except OSError as error:
        raise StoryError(f"{path}: cannot be read ({error.strerror}). Check its rights.") from None
    reader = csv.DictReader(source.splitlines(keepends=True))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise StoryError(f"{path}:1: the column '{missing[0]}' is missing. The columns are {', '.join(columns)}.")
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise StoryError(f"{path}:{reader.line_num}: this row has not {len(reader.fieldnames)} cells. Mend it.")
        if row[columns[0]].strip():
            rows.append({**{column: row[column].strip() for column in columns}, "line": reader.line_num})
    return rows


def _one_of(path: Path, row: dict, field: str, allowed: tuple[str, ...]) -> None:
    if row[field] not in allowed:
        raise StoryError(
            f"{path}:{row['line']}: '{row[field]}' is no {field} we know. Write one of {', '.join(allowed)}."
        )


def _day(path: Path, row: dict, field: str):
    if not row[field]:
        return None
    try:
        return pd.Timestamp(row[field]).date() if len(row[field]) == 10 and row[field][4] == "-" else _raise()
    except ValueError:
        raise StoryError(
            f"{path}:{row['line']}: '{row[field]}' is no date for {field}. Write it as 2024-05-31."
        ) from None


def _raise():
    raise ValueError
