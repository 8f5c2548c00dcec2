"""Read a story's files into articles, and keep a list of everything that was left out."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from helpers import store
from helpers.read import clean, dates, duplicates, files, languages, versions
from helpers.read.drafts import Draft, Files, Page, Pages
from helpers.read.files import sheets
from helpers.read.files.kinds import LEADS
from helpers.read.files.records import Loss, Place, Record, cap
from helpers.read.files.sheets import Sheet
from helpers.read.manifest import Manifest
from helpers.story import Story, digest

FAULTS = ("file", "record", "date", "review")


@dataclass(frozen=True)
class Reading:
    """What reading a story gives: the rows of `articles` and of `removed`."""

    articles: pd.DataFrame
    removed: pd.DataFrame


def articles(
    story: Story,
    progress: Callable[[Iterable], Iterable] = lambda things: things,
    known: Files | None = None,
    pages: Pages | None = None,
) -> Reading:
    """Read every article of a story; writes nothing but to `known` and `pages`, by which a file is read once.

    Gives a Reading, in the order of publication. Whatever does not become part of an article's text is a row of
    `removed`, with the file, the line and the reason. `progress` is put around the list of files, as tqdm is.
    Raises StoryError where the story names no file at all.
    """
    paths, losses = files.expand(story)
    kept = Manifest(story.folder)
    sheet = sheets.read(story)
    known, pages = known or Files(), pages or Pages()
    removed: list[tuple[str | None, Loss]] = [(None, loss) for loss in (*losses, *sheet.losses)]
    removed += [(None, loss) for loss in sheets.unused(sheet, paths, story)]
    keys = {path: files.context(path, story, sheet, kept, known.sha256(path)) for path in paths}
    last = pages.load(key for key in keys.values() if key)
    read = {path: last.get(keys[path]) or _page(path, story, sheet, kept) for path in progress(paths)}
    repeated = _repeated(draft for page in read.values() for draft in page.drafts)
    removed += [(None, loss) for page in read.values() for loss in page.losses]
    rows: dict[str, dict] = {}
    ids: dict[str, Place] = {}
    for path, page in read.items():
        made = _made(page, path, story, sheet, kept, repeated)
        # A file that was written to while it was read is read again the next time.
        if made is not page and {draft.row["source_sha256"] for draft in made.drafts} == {known.sha256(path)}:
            pages.keep(keys[path], made)
        for draft in made.drafts:
            row = draft.row
            empty = "holds nothing but boilerplate. Check that the article is in it."
            reason = _twin(draft, rows, ids) if row["text"] else empty
            if reason:
                # What `add` has kept twice is nobody's to mend.
                kind = "copy" if draft.added and row["article_id"] in rows else "record"
                removed.append((None, Loss(*draft.place, kind, draft.begin, reason)))
            else:
                rows[row["article_id"]] = row
                removed += [(row["article_id"], loss) for loss in draft.losses]
    pages.save(key for key in keys.values() if key)
    return Reading(_articles(rows.values()), _removed([(one, _whence(loss, kept)) for one, loss in removed]))


def inputs(story: Story) -> list[Path]:
    """Give every file that the tables of a story depend on, in order."""
    return sorted({*files.settings(story), *files.expand(story)[0]})


def faults(removed: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `removed` that an editor must act on: files, records and dates, not boilerplate."""
    return removed[removed["kind"].isin(FAULTS)].sort_values(
        ["source_file", "line"], na_position="first", ignore_index=True, kind="stable"
    )


def _page(path: Path, story: Story, sheet: Sheet, kept: Manifest) -> Page:
    """Read a file whose articles have yet to be made rows of."""
    records, losses = files.read(path, story, sheet, kept)
    return Page(tuple(_draft(record) for record in records), tuple(losses))


def _draft(record: Record) -> Draft:
    return Draft(
        given=record.fields.get("id"),
        outlet=record.fields.get("outlet"),
        sketch=clean.sketch(record.text),
        place=(record.source_file, record.line),
        added=record.added,
        begin=cap(record.text),
        record=record,
    )


def _repeated(drafts: Iterable[Draft]) -> dict[str | None, frozenset[int]]:
    sketches = defaultdict(list)
    for draft in drafts:
        sketches[draft.outlet].append(draft.sketch)
    return {outlet: clean.repeated(of_outlet) for outlet, of_outlet in sketches.items()}


def _made(
    page: Page, path: Path, story: Story, sheet: Sheet, kept: Manifest, repeated: Mapping[str | None, frozenset[int]]
) -> Page:
    """Make rows of a page's articles; gives the same page where the rows of the last time stand."""
    if all(draft.row and draft.shared == _shared(draft, repeated) for draft in page.drafts):
        return page
    if not all(draft.record for draft in page.drafts):
        page = _page(path, story, sheet, kept)
    made = []
    for draft in page.drafts:
        shared = _shared(draft, repeated)
        row, losses = _article(draft.record, story, shared)
        made.append(replace(draft, record=None, shared=shared, row=row, losses=tuple(losses)))
    return replace(page, drafts=tuple(made))


def _shared(draft: Draft, repeated: Mapping[str | None, frozenset[int]]) -> frozenset[int]:
    """Give the lines of an article that its outlet repeats."""
    lines = repeated.get(draft.outlet)
    return lines.intersection(line >> 2 for line in draft.sketch) if lines else frozenset()


def _article(record: Record, story: Story, repeated: frozenset[int]) -> tuple[dict, list[Loss]]:
    """Make a row of `articles` of a record, and list what was taken out of it."""
    fields = record.fields
    text, title, pieces = clean.clean(record.text, fields.get("title"), repeated, fields.get("outlet"))
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
        "same": duplicates.key(text),
    }
    return row, losses


def _twin(draft: Draft, rows: dict[str, dict], ids: dict[str, Place]) -> str | None:
    """Say which article read before has this one's id, or None."""
    if draft.given and draft.given in ids:
        return (
            f"has the id '{draft.given}', as {_place(*ids[draft.given])} has. "
            "Give it another or delete one of the two; the first was kept."
        )
    if draft.given:
        ids[draft.given] = draft.place
    same = rows.get(draft.row["article_id"])
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
    table = pd.DataFrame(rows, columns=[*store.columns("articles"), "added", "same"], dtype=object)
    table = table.assign(
        published_at=pd.to_datetime(table["published_at"]).astype("datetime64[us]"),
        source_line=table["source_line"].astype("Int64"),
    )
    table = table.sort_values(["published_at", "article_id"], na_position="last", ignore_index=True)
    return versions.mark(duplicates.mark(table)).drop(columns=["added", "same"])


def _removed(removed: list[tuple[str | None, Loss]]) -> pd.DataFrame:
    rows = [
        (article_id, loss.source_file, loss.line, loss.kind, loss.text, loss.reason) for article_id, loss in removed
    ]
    table = pd.DataFrame(rows, columns=store.columns("removed"), dtype=object)
    table = table.assign(line=table["line"].astype("Int64"))
    return table.sort_values(["source_file", "line"], na_position="first", ignore_index=True, kind="stable")
