"""Make a row of every article of a story: no file is read and no text cleaned whose outcome is at hand."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.parts import unswept
from helpers.read import clean, dates, duplicates, files, languages, versions
from helpers.read.drafts import PAGE, Drafts
from helpers.read.files.records import Loss, Record, Seen, cap
from helpers.read.files.sheets import Sheet
from helpers.read.listing import Listing
from helpers.story import Story, StoryError, digest

TABLES = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")


def rows(
    story: Story, listing: Listing, sheet: Sheet, drafts: Drafts, progress: Callable[[Iterable], Iterable]
) -> tuple[pd.DataFrame, pd.Series]:
    """Read what is new in a story, and look up the rest.

    Gives, in the order of the files: a table of the articles, with the columns of drafts.ROW and source_file,
    source_line, source_sha256, given (their own id) and made; and the losses that are no article's, as JSON.
    """
    keys = files.contexts(listing.names, listing.hashes, story, sheet, listing.kept)
    last = drafts.pages(keys)
    fresh, records, hashes = _read(
        np.setdiff1d(range(len(keys)), last["file"]), keys, story, listing, sheet, drafts, progress
    )
    given = pd.concat([last, fresh]).sort_values(["file", "number"], ignore_index=True) if len(fresh) else last
    found = given[given["record"].notna()].reset_index(drop=True)
    lost = given[given["record"].isna()]
    shared = _shared(found)
    made = found["record"].astype(object)
    for place, lines in shared.items():
        made[place] = digest(made[place], *sorted(lines), size=32)
    found = found.assign(made=made)
    lacking = found[drafts.lacking(made)].drop_duplicates("made")
    for file, own in lacking.groupby("file"):
        path = Path(listing.paths[file])
        if not records.keys() >= set(own["record"]):
            again, *_ = files.read(path, story, sheet, listing.kept, _Others(own["record"]))
            records |= {record.key: record for record in again if isinstance(record, Record)}
        for place, record, id_ in zip(own.index, own["record"], own["made"], strict=True):
            if record not in records:
                raise StoryError(f"{path}: was changed while it was read. Build again.")
            drafts.keep_row((id_, *_row(records.pop(record), story, frozenset(shared.get(place, ())))))
    drafts.flush()
    drafts.forget(keys, made)
    names, hashes = (pd.Series(column, dtype=object)[found["file"]] for column in (listing.names, hashes))
    table = drafts.rows(made).assign(
        source_file=names.set_axis(found.index),
        source_line=found["line"],
        source_sha256=hashes.set_axis(found.index),
        given=found["given"],
        made=made,
    )
    return table, lost["loss"]


def _read(
    new: Sequence[int],
    keys: Sequence[str | None],
    story: Story,
    listing: Listing,
    sheet: Sheet,
    drafts: Drafts,
    progress: Callable[[Iterable], Iterable],
) -> tuple[pd.DataFrame, dict[str, Record], list[str]]:
    """Read the new files; gives what they gave, as `Drafts.pages` does, the records by their keys, the hashes."""
    hashes, records, given = list(listing.hashes), {}, []
    held: dict[str, tuple] | None = None
    paths = [Path(listing.paths[file]) for file in new]
    for file, path in zip(new, progress(paths), strict=True):
        table = path.suffix.lower() in TABLES
        if held is None and table:
            held = drafts.records()
        with unswept() if table else nullcontext():
            found, losses, sha256 = files.read(path, story, sheet, listing.kept, held or ())
        page = []
        for number, one in enumerate(found):
            if isinstance(one, Seen):
                about = held[one.key]
            else:
                records[one.key] = one
                about = (one.fields.get("outlet"), one.fields.get("id"), _packed(clean.sketch(one.text)))
            page.append((number, one.key, one.line, *about, None))
        page += [(number, *(None,) * 5, json.dumps(astuple(loss))) for number, loss in enumerate(losses, len(found))]
        # A file that was written to while it was read is read again the next time.
        if keys[file] and sha256 == hashes[file]:
            drafts.keep_page([(keys[file], *row) for row in page])
        hashes[file] = sha256 or hashes[file]
        given += [(file, *row) for row in page]
    table = pd.DataFrame(given, columns=["file", *list(PAGE)[1:]], dtype=object)
    return table.astype({"file": int, "number": int, "line": "Int32"}), records, hashes


def _shared(found: pd.DataFrame) -> dict[int, set[int]]:
    """Find the lines of each article that its outlet repeats, of those articles that have any."""
    shared = defaultdict(set)
    for _, own in found.groupby("outlet", dropna=False, sort=False):
        sizes = np.fromiter(map(len, own["sketch"]), int, len(own)) // 8
        lines = np.frombuffer(b"".join(own["sketch"]), np.int64)
        repeated = clean.repeated(lines, sizes)
        if repeated:
            hit = np.isin(lines >> 2, list(repeated))
            places = np.repeat(own.index, sizes)[hit]
            for place, line in zip(places.tolist(), (lines[hit] >> 2).tolist(), strict=True):
                shared[place].add(line)
    return shared


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
