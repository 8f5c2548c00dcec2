"""Read a story's metadata table, which says of its files what they do not say themselves."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.read.files import decode, places, tables
from helpers.read.files.decode import Unreadable
from helpers.read.files.records import Loss, Record, cap, fields
from helpers.story import Story, StoryError


@dataclass(frozen=True)
class Sheet:
    """The metadata table of a story: what it says of a file, by every name it may use for the file."""

    rows: Mapping[str, tuple[int, Mapping[str, str]]]
    losses: tuple[Loss, ...] = ()


def read(story: Story) -> Sheet:
    """Read the table that says what the files do not; an empty one where the story has none.

    Raises StoryError where story.toml names a table that cannot be read or that lacks its key column.
    """
    if not story.articles.metadata:
        return Sheet({})
    path = places.path(story, story.articles.metadata)
    name, key = places.name(story, path), story.articles.key
    try:
        text, _ = decode.decode(decode.read(path), path.suffix.lower())
        rows, losses = tables.rows(text, name)
        if not rows and not losses:
            raise Unreadable("holds no rows. Fill it, or take 'metadata' out of story.toml.")
    except Unreadable as error:
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
            found[named] = (line, fields(cells, story.articles.columns))
    return Sheet(found, tuple(losses))


def unused(sheet: Sheet, paths: list[Path], story: Story) -> list[Loss]:
    """Count, in one row, the rows of the metadata table that name no file of the story."""
    if not sheet.rows:
        return []
    names = {name for path in paths for name in places.names(story, path)}
    alone = [name for name in sheet.rows if name not in names]
    if not alone:
        return []
    rows = f"{len(alone):,} rows name" if len(alone) > 1 else "1 row names"
    reason = f"{rows} no file of the story. Nothing to do, unless files are missing."
    return [Loss(_name(story), None, "metadata", cap("\n".join(alone)), reason)]


def row(name: str, story: Story, sheet: Sheet) -> tuple[int, Mapping[str, str]] | None:
    """Give the line and the cells that the metadata table has for a file, if it has any."""
    names = places.names(story, story.folder / name) if sheet.rows else ()
    return next((sheet.rows[one] for one in names if one in sheet.rows), None)


def complete(record: Record, story: Story, sheet: Sheet) -> tuple[Record, list[Loss]]:
    """Add what the metadata table says of a file to what the file itself says."""
    line, cells = row(record.source_file, story, sheet) or (None, None)
    if cells is None:
        reason = f"is not in {_name(story)}. Add a row for it, unless the file says everything itself."
        return record, [Loss(record.source_file, None, "metadata", Path(record.source_file).name, reason)]
    dated = record.dated if "published_at" in record.fields else (_name(story), line)
    return replace(record, fields={**cells, **record.fields}, dated=dated), []


def _name(story: Story) -> str:
    return places.name(story, places.path(story, story.articles.metadata))
