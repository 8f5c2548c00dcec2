"""The one place that opens DuckDB: open, do, close, so that nobody locks anybody out for long."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib import resources
from pathlib import Path

import duckdb
import pandas as pd

from helpers import story
from helpers.story import StoryError

# Else pandas would take another library for its strings wherever pyarrow, which clusters need, happens to be installed.
pd.options.mode.string_storage = "python"

SCHEMA = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
TABLES = tuple(re.findall(r"^CREATE TABLE (\w+)", SCHEMA, re.MULTILINE))
PUBLIC = tuple(table for table in TABLES if table != "build")


@contextmanager
def connect(database: Path, write: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a story's database, read-only unless told otherwise.

    Raises StoryError where the file is missing, locked by another process, damaged or in a folder that may
    not be written to.
    """
    if not write and not database.exists():
        raise StoryError(f"{database}: not there yet. Run `ontherecord build` on the story first.")
    try:
        if write:
            database.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(database), read_only=not write)
    except (duckdb.IOException, OSError) as error:
        raise StoryError(_sentence(database, error)) from None
    except duckdb.Error as error:
        raise StoryError(
            f"{database}: is no database this version can read ({_first(error)}). Delete it; a build makes it anew."
        ) from None
    try:
        connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")  # no bar in a notebook's output
        yield connection
    except (
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.InternalException,
        duckdb.SerializationException,
    ) as error:
        if write:  # whoever writes knows what becomes of it
            raise
        raise StoryError(_sentence(database, error)) from None
    finally:
        connection.close()


def write(database: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Replace a story's database by one of these tables: whatever interrupts leaves the old one or the new one.

    Needs a data frame for each table of schema.sql. A column that a frame lacks is null; one that the table lacks is
    left out. Raises StoryError, with the old tables left as they were, where it cannot be written.
    """
    new = database.with_name(f"{database.name}.new")
    _clear(new)
    try:
        with connect(new, write=True) as connection:
            connection.begin()
            connection.execute(SCHEMA)
            for table in TABLES:
                # DuckDB scans plain arrays only: none that is a reversed view of another.
                given = tables[table].reindex(columns=list(columns(table)))
                frame = pd.DataFrame({name: given[name].array.copy() for name in given})
                if len(frame):
                    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame")
            connection.commit()
            # Closing would do this, too, and say nothing where the disk takes no more.
            connection.execute("CHECKPOINT")
        _log(database).unlink(missing_ok=True)
        new.replace(database)
    except duckdb.Error as error:
        raise StoryError(f"{database}: the build was not written ({_first(error)}); the old tables stand.") from None
    finally:
        _clear(new)


def read(table: str, database: Path | None = None) -> pd.DataFrame:
    """Read one table of a story, every row in a fixed order; of the current story where no file is named."""
    if table not in TABLES:
        raise StoryError(f"'{table}' is no table; the tables are {', '.join(PUBLIC)}.")
    database = database or story.current().database
    with connect(database) as connection:
        return _whole(table, database, connection).df()


def raw(table: str, database: Path) -> pd.DataFrame:
    """Read one table as Python objects (date, list, None), the form in which the rooms hand rows on."""
    with connect(database) as connection:
        rows = _whole(table, database, connection).fetchall()
    return pd.DataFrame(rows, columns=list(columns(table)), dtype=object)


def query(sql: str, database: Path | None = None, **parameters: object) -> pd.DataFrame:
    """Answer a question in SQL, read-only; `$name` in it stands for the keyword argument of that name."""
    with connect(database or story.current().database) as connection:
        return connection.execute(sql, parameters or None).df()


def export(database: Path, folder: Path) -> list[Path]:
    """Write every table as CSV and as Parquet, rows in a fixed order; gives the files' paths.

    Two exports of equal tables are equal byte for byte (the database file itself never is).
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with connect(database) as connection:
        for table in PUBLIC:
            for suffix, options in (("csv", "FORMAT csv, HEADER"), ("parquet", "FORMAT parquet, COMPRESSION zstd")):
                path = folder / f"{table}.{suffix}"
                target = str(path).replace("'", "''")
                connection.execute(f"COPY (SELECT * FROM {table} ORDER BY ALL) TO '{target}' ({options})")
                written.append(path)
    return written


def parquet(raw: bytes) -> list[dict[str, object]]:
    """Read the rows of a Parquet file's bytes, in their order; raises duckdb.Error where it is none."""
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file, duckdb.connect() as connection:
        file.write(raw)
        file.flush()
        answer = connection.execute("SELECT * FROM read_parquet(?)", [file.name])
        names = [column for column, *_ in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def tables(database: Path) -> list[str]:
    """Give the names of the tables that a database holds, in the order they were made."""
    with connect(database) as connection:
        return _existing(connection)


def load(connection: duckdb.DuckDBPyConnection, *extensions: str) -> None:
    """Let a connection use extensions of DuckDB, as packaged for the one that is pinned: nothing is fetched.

    Raises StoryError where one is not installed.
    """
    for name in extensions:
        try:
            folder = resources.files(f"duckdb_extension_{name}") / "extensions" / f"v{duckdb.__version__}"
        except ModuleNotFoundError:
            raise StoryError(f"DuckDB's extension {name} is not installed. Run `make extras`.") from None
        path = str(folder / f"{name}.duckdb_extension").replace("'", "''")
        connection.execute(f"LOAD '{path}'")


@cache
def columns(table: str) -> tuple[str, ...]:
    """Give the names of a table's columns, in the order of schema.sql."""
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        return tuple(connection.execute(f"SELECT * FROM {table}").df().columns)


def empty(table: str) -> pd.DataFrame:
    """Give a data frame with a table's columns and no row."""
    return pd.DataFrame(columns=list(columns(table)), dtype=object)


def _whole(table: str, database: Path, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Ask for every row of a table that has the columns of this version."""
    with suppress(duckdb.CatalogException):
        found = connection.execute(f"SELECT * FROM {table} ORDER BY ALL")
        if tuple(name for name, *_ in found.description) == columns(table):
            return found
    raise StoryError(
        f"{database}: was built by another version, whose table '{table}' is not ours. "
        "Run `ontherecord build` on the story."
    )


def _existing(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_oid").fetchall()
    return [name for (name,) in rows]


def _clear(database: Path) -> None:
    for path in (database, _log(database)):
        with suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()


def _log(database: Path) -> Path:
    """Give the file in which DuckDB keeps what it has yet to write into a database."""
    return database.with_name(f"{database.name}.wal")


def _first(error: Exception) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")


def _sentence(database: Path, error: Exception) -> str:
    message = (error.strerror if isinstance(error, OSError) else None) or _first(error).removeprefix("IO Error: ")
    if re.search(r"\b(?:set|conflicting) lock\b|used by another process", str(error)):
        holder = re.search(r"PID (\d+)", str(error))
        who = f"process {holder.group(1)}" if holder else "another process"
        return f"{database}: locked by {who}. Close the notebook or build that has it open, then try again."
    if "permission denied" in message.lower() or "read-only" in message.lower():
        return f"{database}: may not be written to. Give yourself the right, or choose another place with --db."
    return (
        f"{database}: cannot be opened as a database ({message}). Choose another place with --db; "
        "if it is a database of ours that is damaged, delete it and build again."
    )
