"""Keep what reading a story's files gave, so that what has not changed is not read again.

`pages` says, of a file as it was, which articles it gave and which lines they have; `records` holds those articles as
the file gives them, until a row is made of each; `rows` says, of an article and the lines of it that its outlet
repeats, what came of it. Texts are there and nowhere else: of a million articles, some thousand are held at once.
"""

import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import rmtree

import numpy as np
import pandas as pd

from helpers.parts import Parts
from helpers.read.files import records
from helpers.read.files.records import Record

BATCH = 2_000  # articles that are held before they are written

PAGE = {
    "key": "VARCHAR",  # of the file, or a piece of it, as it was
    "number": "INTEGER",  # the how-manieth thing in it
    "record": "VARCHAR",  # the article's key; null where it is a loss
    "line": "INTEGER",  # in a table
    "outlet": "VARCHAR",
    "given": "VARCHAR",  # the article's own id
    "sketch": "BLOB",  # of its lines, eight bytes each
    "loss": "VARCHAR",  # JSON
}
RECORD = {
    "record": "VARCHAR",  # the article's key
    "source": "VARCHAR",  # JSON
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
        self._records = Parts(folder, "records", version, RECORD)
        self._rows = Parts(folder, "rows", version, ROW)
        self._types = {self._pages: PAGE, self._records: RECORD, self._rows: ROW}
        self._new: dict[Parts, list[tuple]] = {parts: [] for parts in self._types}

    @classmethod
    def passing(cls) -> "Drafts":
        """Keep them for as long as somebody holds this."""
        folder = Path(tempfile.mkdtemp())
        drafts = cls(folder, "1")
        weakref.finalize(drafts, rmtree, folder, ignore_errors=True)
        return drafts

    def pages(self, keys: Mapping[int, str]) -> pd.DataFrame:
        """Give what those of the files gave that are known: the columns of PAGE, `file` being the number of the key."""
        wanted = pd.DataFrame({"file": pd.array(list(keys), "int64"), "key": pd.array(list(keys.values()), "str")})
        columns = ["file", *list(PAGE)[1:]]
        found = self._pages.arrays(f"SELECT {', '.join(columns)} FROM wanted JOIN part USING (key)", wanted=wanted)
        table = pd.DataFrame(found, columns=columns, dtype=object)
        table = table.astype({"file": int, "number": int, "line": "Int32"})
        # What two interrupted builds have both written is there twice.
        return table.drop_duplicates(["file", "number"]).sort_values(["file", "number"], ignore_index=True)

    def known(self) -> set[str]:
        """Give the keys of the articles of all files."""
        found = self._pages.arrays("SELECT record FROM part WHERE record IS NOT NULL")
        return set(found["record"]) if found else set()

    def about(self, keys: Sequence[str]) -> dict[str, tuple]:
        """Give of articles, by their keys: the outlet, their own id and the sketch of their lines."""
        select = "SELECT record, outlet, given, sketch FROM part SEMI JOIN wanted USING (record)"
        return {key: tuple(about) for key, *about in self._among(self._pages, select, record=keys)}

    def records(self) -> Iterator[Record]:
        """Give the articles that are kept as their files give them."""
        for chunk in self._records.read("SELECT source FROM part"):
            yield from (records.unpacked(source) for (source,) in chunk)
        yield from (records.unpacked(source) for _, source in self._new[self._records])

    def lacking(self, made: pd.Series) -> pd.Series:
        """Tell which of them have no row yet."""
        held = self._rows.arrays("SELECT made FROM part")
        return ~made.isin(held["made"] if held else [])

    def rows(self, made: pd.Series, columns: Sequence[str]) -> pd.DataFrame:
        """Give columns of the rows of those, or what is said of them in SQL, in their order."""
        wanted = pd.DataFrame({"place": range(len(made)), "made": made.array})
        select = f"SELECT place, {', '.join(columns)} FROM wanted JOIN part USING (made)"
        found = self._rows.arrays(select, wanted=wanted)
        if found is None:
            return pd.DataFrame(columns=[column.split()[-1] for column in columns], dtype=object)
        _, order = np.unique(found.pop("place"), return_index=True)
        whole = {column: found.pop(column)[order] for column in list(found)}
        return pd.DataFrame({column: pd.Series(values, dtype=values.dtype) for column, values in whole.items()})

    def words(self, made: Sequence[str], column: str) -> dict[str, str]:
        """Give the texts of those, or their beginnings as the files give them."""
        return dict(
            self._among(self._rows, f"SELECT made, {column} FROM part SEMI JOIN wanted USING (made)", made=made)
        )

    def stream(self, made: Sequence[str], columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Give columns of the rows of those, each once, some thousand at a time, in whatever order they lie in."""
        select = f"SELECT made, {', '.join(columns)} FROM part SEMI JOIN wanted USING (made)"
        left, wanted = set(made), pd.DataFrame({"made": pd.array(made, "str")})
        for chunk in self._rows.read(select, wanted=wanted):
            rows = {made: row for made, *row in chunk if made in left}
            left -= rows.keys()
            table = pd.DataFrame(list(rows.values()), columns=list(columns), dtype=object)
            yield table.astype({column: _PANDAS[ROW[column]] for column in columns if ROW[column] == "TIMESTAMP"})

    def keep_page(self, rows: list[tuple]) -> None:
        """Keep what a file gave: rows of PAGE."""
        self._keep(self._pages, rows)

    def keep_record(self, record: Record) -> None:
        """Keep an article as its file gives it."""
        self._keep(self._records, [(record.key, records.packed(record))])

    def keep_row(self, row: tuple) -> None:
        """Keep what came of an article: a row of ROW."""
        self._keep(self._rows, [row])

    def flush(self) -> None:
        """Write the pages and rows that are kept."""
        for parts in (self._pages, self._rows):
            self._write(parts)

    def forget(self, keys: Sequence[str], made: Sequence[str]) -> None:
        """Forget what has become rows; and, when much has come together, what no file and no article needs."""
        self._records.clear()
        self._new[self._records] = []
        self._pages.merge("key", keys, "number")
        self._rows.merge("made", made)

    def _among(self, parts: Parts, select: str, **wanted: Sequence[str]) -> Iterator[tuple]:
        ((key, values),) = wanted.items()
        table = pd.DataFrame({key: pd.array(values, "str")})
        return (row for chunk in parts.read(select, wanted=table) for row in chunk) if len(table) else iter(())

    def _keep(self, parts: Parts, rows: list[tuple]) -> None:
        self._new[parts] += rows
        if len(self._new[parts]) >= BATCH:
            self._write(parts)

    def _write(self, parts: Parts) -> None:
        columns = zip(*self._new[parts], strict=True)
        table = {
            column: pd.array(values, dtype=_PANDAS.get(type_, "object"))
            for (column, type_), values in zip(self._types[parts].items(), columns, strict=False)
        }
        parts.write(pd.DataFrame(table))
        self._new[parts] = []


# A column that happens to be empty in one part has its type in all.
_PANDAS = {"VARCHAR": "str", "INTEGER": "Int32", "TIMESTAMP": "datetime64[us]"}
