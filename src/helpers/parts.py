"""Keep what has been worked out once, as hive-partitioned Parquet beside a story's database, so that it is not again.

A part is written whole and then named by the hash of its bytes: whatever interrupts leaves at most a file that nothing
reads, two that write the same write one, and a damaged one is known, dropped and worked out anew.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pandas as pd
from filelock import FileLock, Timeout

from helpers.story import StoryError

MANY = 50  # parts from which they are merged into one
CHUNK = 5_000  # rows that are held at once
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


class Parts:
    """The parts of one kind and version, rows of the columns that their writer gives."""

    def __init__(self, folder: Path, kind: str, version: str) -> None:
        """Open the parts in folder/kind/version=…; drop those that are damaged."""
        self.versions = folder / kind
        self.folder = self.versions / f"version={version}"
        self.files = [path for path in sorted(self.folder.glob("*.parquet")) if self._is_whole(path)]

    def write(self, rows: pd.DataFrame) -> None:
        """Write rows as one part; raises StoryError where the disk takes no more."""
        if len(rows):
            self._copy("rows", rows)

    def read(self, select: str, **tables: pd.DataFrame) -> Iterator[list[tuple]]:
        """Answer a question in SQL about `part`, the rows, and the tables given: some thousand rows at a time."""
        if not self.files:
            return
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            self._view(connection)
            for name, table in tables.items():
                connection.register(name, table)
            answer = connection.execute(select)
            while chunk := answer.fetchmany(CHUNK):
                yield chunk

    def merge(self, key: str, wanted: Sequence[str]) -> None:
        """Make one part of many, of the rows whose `key` is wanted, each once; delete what other versions have left."""
        for other in sorted(self.versions.glob("version=*")):
            if other != self.folder:
                shutil.rmtree(other)
        if len(self.files) < MANY:
            return
        old, kept = list(self.files), pd.DataFrame({"key": list(wanted)}, dtype=object)
        self._copy(
            f"(SELECT DISTINCT ON ({key}) * FROM part WHERE {key} IN (SELECT key FROM rows) ORDER BY {key})", kept
        )
        for path in set(old) - {self.files[-1]}:
            path.unlink()
            self.files.remove(path)

    def _copy(self, what: str, rows: pd.DataFrame) -> None:
        half = self.folder / f"{os.getpid()}{_NEW}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with duckdb.connect() as connection:
                connection.register("rows", rows)
                self._view(connection)
                target = str(half).replace("'", "''")
                connection.execute(f"COPY (FROM {what}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
            path = half.with_name(f"{_hash(half)}.parquet")
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
        if self.files:
            connection.read_parquet([str(path) for path in self.files]).create_view("part")

    @staticmethod
    def _is_whole(path: Path) -> bool:
        whole = _hash(path) == path.stem
        if not whole:
            path.unlink()
        return whole


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]
