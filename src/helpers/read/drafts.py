"""Keep what reading a story's files gave, so that what has not changed is not read again.

`pages` says, of a file as it was, which articles it gave and which lines they have; `rows` says, of an article and the
lines of it that its outlet repeats, what came of it. Both are read a column at a time: of a hundred thousand articles
none becomes an object of its own.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.parts import Parts

BATCH = 2_000  # articles that are held before they are written

PAGE = {
    "key": "VARCHAR",  # of the file, as it was
    "number": "INTEGER",  # the how-manieth thing in it
    "record": "VARCHAR",  # the article's key; null where it is a loss
    "line": "INTEGER",  # in a table
    "outlet": "VARCHAR",
    "given": "VARCHAR",  # the article's own id
    "sketch": "BLOB",  # of its lines, eight bytes each
    "loss": "VARCHAR",  # JSON
}
ROW = {
    "made": "VARCHAR",  # a hash of the record's key and of those of its lines that its outlet repeats
    "article_id": "VARCHAR",
    "outlet": "VARCHAR",
    "url": "VARCHAR",
    "title": "VARCHAR",
    "byline": "VARCHAR",
    "published_at": "TIMESTAMP",
    "language": "VARCHAR",
    "text": "VARCHAR",
    "added": "VARCHAR",
    "same": "VARCHAR",
    "address": "VARCHAR",
    "headline": "VARCHAR",
    "losses": "VARCHAR",  # JSON; null where there is none
    "begin": "VARCHAR",  # of the text as the file gives it
}


class Drafts:
    """What reading a story's files has given so far."""

    def __init__(self, folder: Path, version: str) -> None:
        """Open what a version of the code has kept in a folder."""
        self._pages = Parts(folder, "pages", version, PAGE)
        self._rows = Parts(folder, "rows", version, ROW)
        self._new: dict[Parts, list[tuple]] = {self._pages: [], self._rows: []}

    @classmethod
    @contextmanager
    def passing(cls) -> Iterator["Drafts"]:
        """Keep them for one reading."""
        with tempfile.TemporaryDirectory() as folder:
            yield cls(Path(folder), "1")

    def pages(self, keys: Sequence[str | None]) -> pd.DataFrame:
        """Give what those of the files gave that are known: the columns of PAGE, `file` being the place of the key."""
        wanted = pd.DataFrame({"file": range(len(keys)), "key": pd.array(keys, dtype="str")})
        columns = ["file", *list(PAGE)[1:]]
        found = self._pages.arrays(f"SELECT {', '.join(columns)} FROM wanted JOIN part USING (key)", wanted=wanted)
        table = pd.DataFrame(found, columns=columns, dtype=object)
        table = table.astype({"file": int, "number": int, "line": "Int32"})
        # What two interrupted builds have both written is there twice.
        return table.drop_duplicates(["file", "number"]).sort_values(["file", "number"], ignore_index=True)

    def records(self) -> dict[str, tuple]:
        """Give of every article of every file: its key, and its outlet, its own id and the sketch of its lines."""
        found = self._pages.arrays("SELECT record, outlet, given, sketch FROM part WHERE record IS NOT NULL")
        return dict(zip(found["record"], zip(*list(found.values())[1:], strict=True), strict=True)) if found else {}

    def lacking(self, made: pd.Series) -> pd.Series:
        """Tell which of them have no row yet."""
        held = self._rows.arrays("SELECT made FROM part")
        return ~made.isin(held["made"] if held else [])

    def rows(self, made: pd.Series) -> pd.DataFrame:
        """Give the rows of those, in their order: the columns of ROW but for the first and the last."""
        wanted = pd.DataFrame({"place": range(len(made)), "made": made.array})
        columns = [column for column in ROW if column not in ("made", "begin")]
        select = f"SELECT place, {', '.join(columns)} FROM wanted JOIN part USING (made)"
        found = self._rows.arrays(select, wanted=wanted)
        if found is None:
            return pd.DataFrame(columns=columns, dtype=object)
        _, order = np.unique(found.pop("place"), return_index=True)
        whole = {column: values[order] for column, values in found.items()}
        return pd.DataFrame({column: pd.Series(values, dtype=values.dtype) for column, values in whole.items()})

    def begins(self, made: pd.Series) -> dict[str, str]:
        """Give the beginnings of the texts of those, as their files give them."""
        wanted = pd.DataFrame({"made": made.array})
        select = "SELECT made, begin FROM part SEMI JOIN wanted USING (made)"
        return {one: begin for chunk in self._rows.read(select, wanted=wanted) for one, begin in chunk}

    def keep_page(self, rows: list[tuple]) -> None:
        """Keep what a file gave: rows of PAGE."""
        self._keep(self._pages, rows)

    def keep_row(self, row: tuple) -> None:
        """Keep what came of an article: a row of ROW."""
        self._keep(self._rows, [row])

    def flush(self) -> None:
        """Write what is kept."""
        for parts in self._new:
            self._write(parts)

    def forget(self, keys: Sequence[str | None], made: Sequence[str]) -> None:
        """Forget, when much has come together, what no file and no article of the story needs."""
        self._pages.merge("key", keys, "number")
        self._rows.merge("made", made)

    def _keep(self, parts: Parts, rows: list[tuple]) -> None:
        self._new[parts] += rows
        if len(self._new[parts]) >= BATCH:
            self._write(parts)

    def _write(self, parts: Parts) -> None:
        types = PAGE if parts is self._pages else ROW
        columns = zip(*self._new[parts], strict=True)
        table = {
            column: pd.array(values, dtype=_PANDAS.get(type_, "object"))
            for (column, type_), values in zip(types.items(), columns, strict=False)
        }
        parts.write(pd.DataFrame(table))
        self._new[parts] = []


# A column that happens to be empty in one part has its type in all.
_PANDAS = {"VARCHAR": "str", "INTEGER": "Int32", "TIMESTAMP": "datetime64[us]"}
