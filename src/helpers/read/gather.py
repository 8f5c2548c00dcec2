"""Make a row of every article of a story: no file is read and no text cleaned whose outcome is at hand."""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import astuple
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.parts import unswept
from helpers.read import clean, dates, duplicates, files, languages, versions
from helpers.read.drafts import Drafts
from helpers.read.files.records import Loss, Piece, Record, Seen, cap
from helpers.read.files.sheets import Sheet
from helpers.read.listing import Listing
from helpers.story import Story, digest

TABLES = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
HEADS = ("article_id", "outlet", "published_at", "language", "added", "same", "address", "headline")


def heads(
    story: Story, listing: Listing, sheet: Sheet, drafts: Drafts, progress: Callable[[Iterable], Iterable]
) -> tuple[pd.DataFrame, pd.Series]:
    """Read what is new in a story, and look up the rest.

    Gives, in the order of the files: a table of the articles, without their texts, with the columns HEADS, whether one
    is `empty`, source_file, source_line, source_sha256, given (their own id) and made, by which `drafts` has the row;
    and the losses that are no article's, as JSON.
    """
    pieces = [(file, piece) for file, cut in enumerate(listing.pieces) for piece in cut or [None]]
    keys, given, hashes = _pages(pieces, story, listing, sheet, drafts, progress)
    found, lost = given[given["record"].notna()].reset_index(drop=True), given["loss"].dropna()
    repeated = _repeated(found)
    made = found["record"].to_numpy(object, copy=True)
    for place in np.unique(repeated.places).tolist():
        made[place] = digest(made[place], *repeated.of(place), size=32)
    whose = found["file"].map([file for file, _ in pieces].__getitem__)
    found = found.drop(columns=["sketch", "loss"]).assign(made=made)
    _make(found, repeated, pieces, story, listing, sheet, drafts)
    drafts.forget(keys, found["made"])
    names, sha256 = (pd.Series(column, dtype=object)[whose].array for column in (listing.names, hashes))
    table = drafts.rows(found["made"], [*HEADS, "text = '' AS empty"]).assign(
        source_file=names, source_line=found["line"], source_sha256=sha256, given=found["given"], made=found["made"]
    )
    return table, lost


def _pages(
    pieces: list[tuple[int, Piece | None]],
    story: Story,
    listing: Listing,
    sheet: Sheet,
    drafts: Drafts,
    progress: Callable[[Iterable], Iterable],
) -> tuple[list[str], pd.DataFrame, list[str]]:
    """Read the files and pieces that are new; gives the key of each, what all gave, and the hashes of the files."""
    hashes = list(listing.hashes)
    names = [listing.names[file] for file, _ in pieces]
    own = [piece.sha256 if piece else hashes[file] for file, piece in pieces]
    keys = files.contexts(names, own, story, sheet, listing.kept)
    last = drafts.pages(dict(enumerate(keys)))
    known: set[str] | None = None
    new = np.setdiff1d(range(len(pieces)), last["file"]).tolist()
    paths = [Path(listing.paths[pieces[one][0]]) for one in new]
    for one, path in zip(new, progress(paths), strict=True):
        file, piece = pieces[one]
        table = path.suffix.lower() in TABLES
        if known is None and table:
            known = drafts.known()
        with unswept() if table else nullcontext():
            found, losses, sha256 = files.read(path, story, sheet, listing.kept, known or (), piece)
        if not piece and sha256 != hashes[file]:  # somebody wrote to it meanwhile, or it cannot be read
            hashes[file] = sha256 or hashes[file]
            (keys[one],) = files.contexts([names[one]], [sha256 or str(losses)], story, sheet, listing.kept)
        drafts.keep_page(_page(keys[one], found, losses, drafts))
        for record in found:
            if isinstance(record, Record):
                drafts.keep_record(record)
    drafts.flush()
    fresh = drafts.pages({one: keys[one] for one in new})
    given = pd.concat([last, fresh]).sort_values(["file", "number"], ignore_index=True) if len(fresh) else last
    return keys, given, hashes


def _page(key: str, found: list[Record | Seen], losses: list[Loss], drafts: Drafts) -> list[tuple]:
    """Make the rows of drafts.PAGE of what a file gave."""
    seen = drafts.about([one.key for one in found if isinstance(one, Seen)])
    page = []
    for number, one in enumerate(found):
        if isinstance(one, Seen):
            about = seen[one.key]
        else:
            about = (one.fields.get("outlet"), one.fields.get("id"), _packed(clean.sketch(one.text)))
        page.append((key, number, one.key, one.line, *about, None))
    return page + [
        (key, number, *(None,) * 5, json.dumps(astuple(loss))) for number, loss in enumerate(losses, len(found))
    ]


class _Repeated(NamedTuple):
    """The lines of articles that their outlets repeat."""

    places: np.ndarray  # of the articles, in order: one for each line
    lines: np.ndarray

    def of(self, place: int) -> list[int]:
        """Give those of one article, in order."""
        start, end = np.searchsorted(self.places, (place, place + 1))
        return self.lines[start:end].tolist()


def _repeated(found: pd.DataFrame) -> _Repeated:
    pairs = [np.empty((2, 0), int)]
    for _, own in found.groupby("outlet", dropna=False, sort=False):
        sizes = np.fromiter(map(len, own["sketch"]), int, len(own)) // 8
        lines = np.frombuffer(b"".join(own["sketch"]), np.int64)
        if often := clean.repeated(lines, sizes):
            hit = np.isin(lines >> 2, list(often))
            pairs.append(np.stack([np.repeat(own.index, sizes)[hit], lines[hit] >> 2]))
    places, lines = np.concatenate(pairs, axis=1)
    table = pd.DataFrame({"place": places, "line": lines}).drop_duplicates().sort_values(["place", "line"])
    return _Repeated(table["place"].to_numpy(), table["line"].to_numpy())


def _make(
    found: pd.DataFrame,
    repeated: _Repeated,
    pieces: list[tuple[int, Piece | None]],
    story: Story,
    listing: Listing,
    sheet: Sheet,
    drafts: Drafts,
) -> None:
    """Make the rows that are lacking: of records that are at hand, and of those that must be read again."""
    lacking = found[drafts.lacking(found["made"])].drop_duplicates("made")
    left, made = dict(zip(lacking["record"], lacking.index, strict=True)), found["made"].array

    def make(records: Iterable[Record | Seen]) -> None:
        for record in records:
            if isinstance(record, Record) and (place := left.pop(record.key, None)) is not None:
                drafts.keep_row((made[place], *_row(record, story, frozenset(repeated.of(place)))))

    make(drafts.records())
    for one, own in lacking.loc[list(left.values())].sort_index().groupby("file"):
        file, piece = pieces[one]
        path = Path(listing.paths[file])
        again, *_ = files.read(path, story, sheet, listing.kept, _Others(own["record"]), piece)
        make(again)
        if not left.keys().isdisjoint(own["record"]):
            raise files.changed(path)
    drafts.flush()


def _row(record: Record, story: Story, repeated: frozenset[int]) -> tuple:
    """Make a row of an article, and list what was taken out of it: the columns of drafts.ROW but the first."""
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
    return (
        digest(outlet, url, title, when, text),
        outlet,
        url,
        title,
        re.sub(r"^by:?\s+", "", fields["byline"], flags=re.IGNORECASE) if "byline" in fields else None,
        published_at,
        languages.read(text, fields.get("language"), story.language),
        text,
        record.added,
        duplicates.key(text),
        versions.address(url),
        versions.headline(title),
        json.dumps([astuple(loss) for loss in losses]) if losses else None,
        cap(record.text),
    )


def _packed(sketch: clean.Sketch) -> bytes:
    return np.array(sketch, np.int64).tobytes()


class _Others:
    """All keys but some."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = set(keys)

    def __contains__(self, key: str) -> bool:
        return key not in self._keys
