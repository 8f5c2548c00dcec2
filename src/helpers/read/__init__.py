"""Read a story's files into articles, and keep a list of everything that was left out."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

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
    """What reading a story gives.

    `heads` names the articles in the order of publication: article_id, language, duplicate_of, version_of, where each
    stands (source_file, source_line, source_sha256), and `made`, by which `drafts` has the rest. Their texts are not
    held: `stream` passes them by.
    """

    heads: pd.DataFrame
    drafts: Drafts
    _out: pd.DataFrame  # the articles that are left out, with the kind of loss and the reason
    _lost: list[Loss]  # what is no article's
    _kept: Manifest

    def stream(self, heads: pd.DataFrame, columns: Iterable[str]) -> Iterator[pd.DataFrame]:
        """Give columns of some of the articles, some thousand at a time, in any order."""
        return self.drafts.stream(heads["made"], list(columns))

    @cached_property
    def articles(self) -> pd.DataFrame:
        """Give the rows of `articles`, with their texts."""
        own = list(store.columns("articles"))
        told = [column for column in own if column in self.heads and column not in ("article_id", "language")]
        whole = self.drafts.rows(self.heads["made"], [column for column in own if column not in (*told, *_LATER)])
        table = whole.assign(**{column: self.heads[column] for column in told}, near_duplicate_of=None)
        return table[own].astype({"source_line": "Int64", "near_duplicate_of": object})

    @cached_property
    def removed(self) -> pd.DataFrame:
        """Give the rows of `removed`: whatever did not become part of an article's text, with the place and reason."""
        found = [(None, loss) for loss in self._lost] + list(_losses(self.heads, self._out, self.drafts))
        return _removed([(article_id, _whence(loss, self._kept)) for article_id, loss in found])


_LATER = ("near_duplicate_of",)  # which `link` fills


def articles(
    story: Story,
    progress: Callable[[Iterable], Iterable] = lambda things: things,
    listed: Listing | None = None,
    drafts: Drafts | None = None,
) -> Reading:
    """Read every article of a story; writes nothing but to `drafts`, by which an article is read once.

    `progress` is put around the list of files that are new, as tqdm is. Raises StoryError where the story names no file
    at all.
    """
    listed, sheet, drafts = listed or listing.find(story), sheets.read(story), drafts or Drafts.passing()
    rows, lost = gather.heads(story, listed, sheet, drafts, progress)
    out = _left_out(rows)
    losses = [*listed.losses, *sheet.losses, *sheets.unused(sheet, listed.paths, story)]
    losses += [Loss(*json.loads(loss)) for loss in lost]
    return Reading(_heads(rows.drop(out.index), drafts), drafts, out, losses, listed.kept)


def faults(removed: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `removed` that an editor must act on: files, records and dates, not boilerplate."""
    return removed[removed["kind"].isin(FAULTS)].sort_values(
        ["source_file", "line"], na_position="first", ignore_index=True, kind="stable"
    )


def _left_out(rows: pd.DataFrame) -> pd.DataFrame:
    """Find the articles that are empty or another's twin; gives their rows with the kind of loss and the reason."""
    ids: dict[str, str] = {}
    first: dict[str, str] = {}
    out = {}
    same = rows.duplicated("article_id", keep=False)
    named = rows["given"].notna() & rows.duplicated("given", keep=False)
    for row in rows[rows["empty"].astype(bool) | same | named].itertuples():
        place = _place(row.source_file, row.source_line)
        if row.empty:
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
        if not row.empty and row.given:
            ids.setdefault(row.given, place)
        if reason:
            # What `add` has kept twice is nobody's to mend.
            out[row.Index] = ("copy" if row.added and row.article_id in first else "record", reason)
        else:
            first[row.article_id] = place
    left = rows.loc[list(out), ["source_file", "source_line", "made"]]
    return left.assign(kind=[kind for kind, _ in out.values()], reason=[reason for _, reason in out.values()])


def _heads(rows: pd.DataFrame, drafts: Drafts) -> pd.DataFrame:
    """Put the articles in order and mark the copies and versions among them."""
    ordered = rows.sort_values(["published_at", "article_id"], na_position="last")
    texts = drafts.words(ordered["made"][versions.doubtful(ordered)], "text")
    marked = versions.mark(duplicates.mark(ordered.assign(text=ordered["made"].map(texts))))
    return marked[_HELD].reset_index(names="place").astype({"language": "category"})


_HELD = ["article_id", "language", "source_file", "source_line", "source_sha256", "duplicate_of", "version_of", "made"]


def _losses(heads: pd.DataFrame, out: pd.DataFrame, drafts: Drafts) -> Iterator[tuple[str | None, Loss]]:
    """Give what was taken out of each article, or the article where it is left out, in the order of the files."""
    begins = drafts.words(out["made"], "begin")
    losses = {made: loss for made, loss in drafts.words(heads["made"], "losses").items() if loss}
    lossy = heads[heads["made"].isin(losses.keys())].set_index("place")
    for row in pd.concat([lossy.assign(kind=None, reason=None), out]).sort_index().itertuples():
        line = None if pd.isna(row.source_line) else row.source_line
        if row.reason:
            yield None, Loss(row.source_file, line, row.kind, begins[row.made], row.reason)
            continue
        for loss in json.loads(losses[row.made]):
            loss = Loss(*loss)
            # A row of a table may have moved since it was read.
            moved = line is not None and loss.source_file == row.source_file
            yield row.article_id, replace(loss, line=line) if moved else loss


def _whence(loss: Loss, kept: Manifest) -> Loss:
    """Say of a fault in a raw file, which has a number for a name, where the file came from."""
    line = kept.of(loss.source_file) if loss.kind in FAULTS else None
    if not line or line.kind in LEADS:
        return loss
    return replace(loss, reason=f"{loss.reason} It came from {line.address or line.source}.")


def _place(source_file: str, line: int | None) -> str:
    return source_file if pd.isna(line) else f"{source_file}:{line}"


def _removed(removed: list[tuple[str | None, Loss]]) -> pd.DataFrame:
    rows = [
        (article_id, loss.source_file, loss.line, loss.kind, loss.text, loss.reason) for article_id, loss in removed
    ]
    table = pd.DataFrame(rows, columns=store.columns("removed"), dtype=object)
    table = table.assign(line=table["line"].astype("Int64"))
    return table.sort_values(["source_file", "line"], na_position="first", ignore_index=True, kind="stable")
