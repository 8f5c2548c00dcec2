"""Keep what has been worked out once, as hive-partitioned Parquet beside a story's database, so that it is not again.

A part is written whole and then named by the hash of its bytes: whatever interrupts leaves at most a file that nothing
reads, two that write the same write one, and a damaged one is known, dropped and worked out anew.
"""

import gc
import hashlib
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from filelock import FileLock, Timeout

from helpers.story import StoryError

MANY = 50  # parts from which they are merged into one
CHUNK = 5_000  # rows that are held at once
GROUP = 20_000  # rows of a file that are held while it is written
BLOCK = 1 << 20  # bytes
_NEW = ".new"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the parts of a story while a build or report is at work; clear away what an interrupted one left half done.

    Raises StoryError where another is at work on the story, or the folder may not be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=0):
            for half in sorted(folder.rglob(f"*{_NEW}")):
                half.unlink()
            yield
    except Timeout:
        raise StoryError(
            f"{folder}: another build or report of this story is at work. Wait until it is done."
        ) from None
    except OSError as error:
        if error.filename is None or not str(error.filename).startswith(str(folder)):
            raise
        raise StoryError(
            f"{folder}: cannot be written ({error.strerror}). "
            "Give yourself the right, or choose another place with --db."
        ) from None


@contextmanager
def unswept() -> Iterator[None]:
    """Look for no garbage meanwhile: among a million objects of which none is, the search takes as long as the work."""
    sweeping = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeping:
            gc.enable()


@dataclass(frozen=True)
class Elsewhere:
    """Parts that other machines have written: they are read where they lie until a merge has put them with ours."""

    files: Sequence[str] = ()  # as DuckDB names them
    reach: Callable[[duckdb.DuckDBPyConnection], None] = lambda _connection: None  # so that DuckDB can read them
    clear: Callable[[], None] = lambda: None  # away with them


class Parts:
    """The parts of one kind and version, rows of the columns that their writer gives, or that are named with types."""

    def __init__(self, folder: Path, kind: str, version: str, types: Mapping[str, str] | None = None) -> None:
        """Open the parts in folder/kind/version=…; drop those that are damaged."""
        self._typed = ", ".join(f"CAST({column} AS {type_}) AS {column}" for column, type_ in (types or {}).items())
        self.versions = folder / kind
        self.folder = self.versions / f"version={version}"
        self.files = whole(self.folder)
        self.elsewhere = Elsewhere()

    def write(self, rows: pd.DataFrame) -> None:
        """Write rows as one part; raises StoryError where the disk takes no more."""
        if len(rows):
            self._copy(f"(SELECT {self._typed} FROM rows)" if self._typed else "rows", rows)

    def read(self, select: str, **tables: pd.DataFrame) -> Iterator[list[tuple]]:
        """Answer a question in SQL about `part`, the rows, and the tables given: some thousand rows at a time."""
        if not self._all:
            return
        with self._asked(select, tables) as answer:
            while chunk := answer.fetchmany(CHUNK):
                yield chunk

    def arrays(self, select: str, **tables: pd.DataFrame) -> dict[str, np.ndarray] | None:
        """Answer such a question column by column, all rows at once; None where there is no part at all."""
        if not self._all:
            return None
        with self._asked(select, tables) as answer:
            found = answer.fetchnumpy()
        return {column: _plain(values) for column, values in found.items()}

    def merge(self, key: str, wanted: Sequence[str], *within: str) -> None:
        """Make one part of many, or of those elsewhere, too; delete what other versions have left.

        Its rows are those whose `key` is wanted, each once: that of a key, or, of a key with several, that of a key and
        what tells them apart.
        """
        for other in sorted(self.versions.glob("version=*")):
            if other != self.folder:
                shutil.rmtree(other)
        if len(self.files) < MANY and not self.elsewhere.files:
            return
        old, kept = list(self.files), pd.DataFrame({"key": list(wanted)}, dtype=object)
        # Rows are told apart by what is narrow in them, and go by one after another.
        files = f"read_parquet([{', '.join(map(_quoted, self._all))}])"
        place = "file_index::BIGINT << 32 | file_row_number"
        self._copy(
            f"""
            (SELECT * FROM {files} WHERE ({place}) IN (
                SELECT min({place}) FROM {files} WHERE {key} IN (SELECT key FROM rows)
                GROUP BY {", ".join((key, *within))}
            ))
            """,
            kept,
        )
        for path in set(old) - {self.files[-1]}:
            path.unlink()
            self.files.remove(path)
        self.elsewhere.clear()
        self.elsewhere = Elsewhere()

    @property
    def _all(self) -> list[str]:
        return [*map(str, self.files), *self.elsewhere.files]

    def clear(self) -> None:
        """Delete what is kept."""
        for path in self.files:
            path.unlink()
        self.files = []

    @contextmanager
    def _asked(self, select: str, tables: Mapping[str, pd.DataFrame]) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._told(), duckdb.connect() as connection:
            # What unpacks rows on several threads waits for the one that makes objects of them.
            connection.execute("SET TimeZone = 'UTC'; SET threads = 1")
            self._view(connection)
            for name, table in tables.items():
                connection.register(name, table)
            yield connection.execute(select)

    def _copy(self, what: str, rows: pd.DataFrame) -> None:
        half = self.folder / f"{os.getpid()}{_NEW}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._told(), duckdb.connect() as connection:
                connection.execute("SET threads = 1")  # each holds a group of rows
                connection.register("rows", rows)
                self.elsewhere.reach(connection)
                # It is unpacked at every build: zstd takes half the room, and twice as long.
                options = f"FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE {GROUP}"
                connection.execute(f"COPY (FROM {what}) TO {_quoted(half)} ({options})")
            path = half.with_name(f"{name(_blocks(half))}.parquet")
            half.replace(path)
        except (duckdb.IOException, OSError) as error:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            reason = getattr(error, "strerror", None) or str(error).split("\n", 1)[0].rstrip(".")
            raise StoryError(
                f"{self.folder}: cannot be written ({reason}). Make room or give yourself the right, and build again: "
                "it goes on where it stopped."
            ) from None
        self.files = [one for one in self.files if one != path] + [path]

    def _view(self, connection: duckdb.DuckDBPyConnection) -> None:
        if self._all:
            self.elsewhere.reach(connection)
            connection.read_parquet(self._all).create_view("part")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell of what lies elsewhere and cannot be read: of ours it is known that it can."""
        try:
            yield
        except (duckdb.HTTPException, duckdb.InvalidInputException) as error:
            if not self.elsewhere.files:
                raise
            place, reason = self.elsewhere.files[0].rpartition("/")[0], str(error).split("\n", 1)[0].rstrip(".")
            raise StoryError(
                f"{place}: cannot be read ({reason}). Mend it, or delete what is damaged there, and build again."
            ) from None


def whole(folder: Path) -> list[Path]:
    """Give the parts in a folder, in order; drop those that are damaged."""
    return [path for path in sorted(folder.glob("*.parquet")) if _is_whole(path)]


def name(blocks: Iterable[bytes]) -> str:
    """Name a part by its bytes: a hash that tells it from others, and a sum by which damage is known at little cost."""
    whole, total = hashlib.sha256(), 0
    for block in blocks:
        whole.update(block)
        total = zlib.crc32(block, total)
    return f"{whole.hexdigest()[:24]}{total:08x}"


def _is_whole(path: Path) -> bool:
    same = _sum(_blocks(path)) == path.stem[-8:]
    if not same:
        path.unlink()
    return same


def _plain(values: np.ndarray) -> np.ndarray:
    """Give a column of objects with None where nothing is, one of numbers or times as pandas has them."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    if values.dtype.kind == "i":
        return pd.arrays.IntegerArray(values.data, np.ma.getmaskarray(values))
    values.data[np.ma.getmaskarray(values)] = None  # of times, not a time
    return values.data


def _quoted(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(BLOCK), b"")


def _sum(blocks: Iterable[bytes]) -> str:
    total = 0
    for block in blocks:
        total = zlib.crc32(block, total)
    return f"{total:08x}"
