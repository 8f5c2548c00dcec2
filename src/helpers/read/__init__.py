"""Read a story's files into articles, and keep a list of everything that was left out."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace

import pandas as pd

from helpers import store
from helpers.read import duplicates, gather, listing, versions
from helpers.read.drafts import Drafts
from helpers.read.files import sheets
from helpers.read.files.kinds import LEADS
from helpers.read.files.records import Loss
from helpers.read.listing import Listing
from helpers.read.manifest import Manifest
from helpers.story import Story

FAULTS = ("file", "record", "date", "review")


@dataclass(frozen=True)
class Reading:
    """What reading a story gives: the rows of `articles` and of `removed`."""

    articles: pd.DataFrame
    removed: pd.DataFrame


def articles(
    story: Story,
    progress: Callable[[Iterable], Iterable] = lambda things: things,
    listed: Listing | None = None,
    drafts: Drafts | None = None,
) -> Reading:
    """Read every article of a story; writes nothing but to `drafts`, by which an article is read once.

    Gives a Reading, in the order of publication. Whatever does not become part of an article's text is a row of
    `removed`, with the file, the line and the reason. `progress` is put around the list of files that are new, as tqdm
    is. Raises StoryError where the story names no file at all.
    """
    listed, sheet = listed or listing.find(story), sheets.read(story)
    with Drafts.passing() if drafts is None else nullcontext(drafts) as drafts:
        rows, lost = gather.rows(story, listed, sheet, drafts, progress)
        out = _left_out(rows)
        begins = drafts.begins(rows["made"][list(out)]) if out else {}
    losses: list[tuple[str | None, Loss]] = [(None, loss) for loss in (*listed.losses, *sheet.losses)]
    losses += [(None, loss) for loss in sheets.unused(sheet, listed.paths, story)]
    losses += [(None, Loss(*json.loads(loss))) for loss in lost]
    losses += _losses(rows, out, begins)
    removed = _removed([(one, _whence(loss, listed.kept)) for one, loss in losses])
    return Reading(_articles(rows.drop(list(out))), removed)


def faults(removed: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `removed` that an editor must act on: files, records and dates, not boilerplate."""
    return removed[removed["kind"].isin(FAULTS)].sort_values(
        ["source_file", "line"], na_position="first", ignore_index=True, kind="stable"
    )


def _left_out(rows: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Find the articles that are empty or another's twin: the kind of loss and the reason, by their place."""
    ids: dict[str, str] = {}
    first: dict[str, str] = {}
    out = {}
    empty, same = rows["text"] == "", rows.duplicated("article_id", keep=False)
    named = rows["given"].notna() & rows.duplicated("given", keep=False)
    for row in rows[empty | same | named].itertuples():
        place = _place(row.source_file, row.source_line)
        if not row.text:
            reason = "holds nothing but boilerplate. Check that the article is in it."
        elif row.given and row.given in ids:
            reason = (
                f"has the id '{row.given}', as {ids[row.given]} has. "
                "Give it another or delete one of the two; the first was kept."
            )
        elif row.article_id in first:
            reason = (
                f"is the same article as {first[row.article_id]}, field for field. "
                "Delete one of the two; the first was kept."
            )
        else:
            reason = None
        if row.text and row.given:
            ids.setdefault(row.given, place)
        if reason:
            # What `add` has kept twice is nobody's to mend.
            out[row.Index] = ("copy" if row.added and row.article_id in first else "record", reason)
        else:
            first[row.article_id] = place
    return out


def _losses(
    rows: pd.DataFrame, out: dict[int, tuple[str, str]], begins: dict[str, str]
) -> Iterator[tuple[str | None, Loss]]:
    """Give what was taken out of each article, or the article where it is left out, in order."""
    for row in rows.loc[rows["losses"].notna() | rows.index.isin(list(out)), _LOSSY].itertuples():
        line = None if pd.isna(row.source_line) else row.source_line
        if row.Index in out:
            kind, reason = out[row.Index]
            yield None, Loss(row.source_file, line, kind, begins[row.made], reason)
            continue
        for loss in json.loads(row.losses):
            loss = Loss(*loss)
            # A row of a table may have moved since it was read.
            moved = line is not None and loss.source_file == row.source_file
            yield row.article_id, replace(loss, line=line) if moved else loss


_LOSSY = ["article_id", "losses", "source_file", "source_line", "made"]


def _whence(loss: Loss, kept: Manifest) -> Loss:
    """Say of a fault in a raw file, which has a number for a name, where the file came from."""
    line = kept.of(loss.source_file) if loss.kind in FAULTS else None
    if not line or line.kind in LEADS:
        return loss
    return replace(loss, reason=f"{loss.reason} It came from {line.address or line.source}.")


def _place(source_file: str, line: int | None) -> str:
    return source_file if pd.isna(line) else f"{source_file}:{line}"


def _articles(rows: pd.DataFrame) -> pd.DataFrame:
    own, keys = list(store.columns("articles")), ["added", "same", "address", "headline"]
    table = rows.reindex(columns=[*own, *keys]).astype({"source_line": "Int64", "near_duplicate_of": object})
    table = table.sort_values(["published_at", "article_id"], na_position="last", ignore_index=True)
    return versions.mark(duplicates.mark(table))[own]


def _removed(removed: list[tuple[str | None, Loss]]) -> pd.DataFrame:
    rows = [
        (article_id, loss.source_file, loss.line, loss.kind, loss.text, loss.reason) for article_id, loss in removed
    ]
    table = pd.DataFrame(rows, columns=store.columns("removed"), dtype=object)
    table = table.assign(line=table["line"].astype("Int64"))
    return table.sort_values(["source_file", "line"], na_position="first", ignore_index=True, kind="stable")
