"""Read a story's files into articles, and keep a list of everything that was left out."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from helpers import store
from helpers.read import clean, dates, duplicates, files, languages, sheets, versions
from helpers.read.kinds import LEADS
from helpers.read.manifest import Manifest
from helpers.read.records import Loss, Record, cap
from helpers.story import Story, digest

FAULTS = ("file", "record", "date", "review")


@dataclass(frozen=True)
class Reading:
    """What reading a story gives: the rows of `articles` and of `removed`."""

    articles: pd.DataFrame
    removed: pd.DataFrame


def articles(story: Story, progress: Callable[[Iterable], Iterable] = lambda things: things) -> Reading:
    """Read every article of a story; writes nothing.

    Gives a Reading, in the order of publication. Whatever does not become part of an article's text is a row of
    `removed`, with the file, the line and the reason. `progress` is put around the list of files, as tqdm is.
    Raises StoryError where the story names no file at all.
    """
    paths, losses = files.expand(story)
    kept = Manifest(story.folder)
    sheet = sheets.read(story)
    removed: list[tuple[str | None, Loss]] = [(None, loss) for loss in (*losses, *sheet.losses)]
    removed += [(None, loss) for loss in sheets.unused(sheet, paths, story)]
    records: list[Record] = []
    for path in progress(paths):
        found, losses = files.read(path, story, sheet, kept)
        records += found
        removed += [(None, loss) for loss in losses]
    repeated = _repeated(records)
    rows: dict[str, dict] = {}
    ids: dict[str, Record] = {}
    for record in records:
        row, losses = _article(record, story, repeated[record.fields.get("outlet")])
        empty = "holds nothing but boilerplate. Check that the article is in it."
        reason = _twin(record, row, rows, ids) if row["text"] else empty
        if reason:
            # What `add` has kept twice is nobody's to mend.
            kind = "copy" if record.added and row["article_id"] in rows else "record"
            removed.append((None, Loss(record.source_file, record.line, kind, cap(record.text), reason)))
        else:
            rows[row["article_id"]] = row
            removed += [(row["article_id"], loss) for loss in losses]
    return Reading(_articles(rows.values()), _removed([(one, _whence(loss, kept)) for one, loss in removed]))


def inputs(story: Story) -> list[Path]:
    """Give every file that the tables of a story depend on, in order."""
    return sorted({*files.settings(story), *files.expand(story)[0]})


def faults(removed: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `removed` that an editor must act on: files, records and dates, not boilerplate."""
    return removed[removed["kind"].isin(FAULTS)].sort_values(
        ["source_file", "line"], na_position="first", ignore_index=True, kind="stable"
    )


def _repeated(records: list[Record]) -> dict[str | None, frozenset[str]]:
    texts = defaultdict(list)
    for record in records:
        texts[record.fields.get("outlet")].append(record.text)
    return {outlet: clean.repeated(of_outlet) for outlet, of_outlet in texts.items()}


def _article(record: Record, story: Story, repeated: frozenset[str]) -> tuple[dict, list[Loss]]:
    """Make a row of `articles` of a record, and list what was taken out of it."""
    fields = record.fields
    text, title, pieces = clean.clean(record.text, fields.get("title"), repeated)
    published_at, doubt = dates.read(fields.get("published_at"), story.timezone)
    losses = list(record.losses)
    for piece in pieces:
        line = record.first_line + piece.line - 1 if record.first_line else record.line
        losses.append(Loss(record.source_file, line, piece.kind, piece.text, piece.reason))
    if doubt:
        where, line = record.dated if record.dated and "published_at" in fields else (record.source_file, record.line)
        losses.append(Loss(where, line, "date", fields.get("published_at", ""), doubt))
    when = published_at.isoformat() if published_at else None
    outlet, url = fields.get("outlet"), fields.get("url")
    row = {
        "article_id": digest(outlet, url, title, when, text),
        "outlet": outlet,
        "url": url,
        "title": title,
        "byline": re.sub(r"^by:?\s+", "", fields["byline"], flags=re.IGNORECASE) if "byline" in fields else None,
        "published_at": published_at,
        "language": languages.read(text, fields.get("language"), story.language),
        "text": text,
        "source_file": record.source_file,
        "source_line": record.line,
        "source_sha256": record.sha256,
        "added": record.added,
    }
    return row, losses


def _twin(record: Record, row: dict, rows: dict[str, dict], ids: dict[str, Record]) -> str | None:
    """Say which article read before has this one's id, or None."""
    given = record.fields.get("id")
    if given and ids.setdefault(given, record) is not record:
        first = ids[given]
        return (
            f"has the id '{given}', as {_place(first.source_file, first.line)} has. "
            "Give it another or delete one of the two; the first was kept."
        )
    same = rows.get(row["article_id"])
    if same:
        return (
            f"is the same article as {_place(same['source_file'], same['source_line'])}, field for field. "
            "Delete one of the two; the first was kept."
        )
    return None


def _whence(loss: Loss, kept: Manifest) -> Loss:
    """Say of a fault in a raw file, which has a number for a name, where the file came from."""
    line = kept.of(loss.source_file)
    if not line or line.kind in LEADS or loss.kind not in FAULTS:
        return loss
    return replace(loss, reason=f"{loss.reason} It came from {line.address or line.source}.")


def _place(source_file: str, line: int | None) -> str:
    return f"{source_file}:{line}" if line else source_file


def _articles(rows: Iterable[dict]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=[*store.columns("articles"), "added"], dtype=object)
    table = table.assign(
        published_at=pd.to_datetime(table["published_at"]).astype("datetime64[us]"),
        source_line=table["source_line"].astype("Int64"),
    )
    table = table.sort_values(["published_at", "article_id"], na_position="last", ignore_index=True)
    return versions.mark(duplicates.mark(table)).drop(columns="added")


def _removed(removed: list[tuple[str | None, Loss]]) -> pd.DataFrame:
    rows = [
        (article_id, loss.source_file, loss.line, loss.kind, loss.text, loss.reason) for article_id, loss in removed
    ]
    table = pd.DataFrame(rows, columns=store.columns("removed"), dtype=object)
    table = table.assign(line=table["line"].astype("Int64"))
    return table.sort_values(["source_file", "line"], na_position="first", ignore_index=True, kind="stable")
