"""Share a story's tables in a DuckLake catalog, which a newsroom reads while one of it writes.

Needs the extra `share`: DuckDB's extensions for DuckLake and PostgreSQL, as packaged for the DuckDB that is pinned.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from helpers import store
from helpers.story import Story, StoryError


def share(story: Story, catalog: str, files: str | None = None, database: Path | None = None) -> int:
    """Put the tables of a built story into a schema of a catalog that is named like the story, in one transaction.

    Needs the catalog: postgres:…, as libpq writes a connection, or a file; and, the first time, `files`: the folder or
    address where its Parquet files go. Readers see the last tables until the new ones are there; tables that are the
    same stay as they are. Gives how many changed. Raises StoryError where the catalog cannot be had or another writes.
    """
    database = database or story.database
    store.read("build", database)  # or says what is wrong with it
    with attached(catalog, files) as connection:
        connection.execute(f"ATTACH '{_quoted(str(database))}' AS story (READ_ONLY)")
        schema = f'lake."{story.name.replace(chr(34), chr(34) * 2)}"'
        changed = 0
        connection.begin()
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        for table in store.PUBLIC:
            ours, theirs = f"SELECT * FROM story.{table}", f"SELECT * FROM {schema}.{table}"
            columns = _columns(connection, ours)
            if _columns(connection, theirs) != columns:
                connection.execute(f"DROP TABLE IF EXISTS {schema}.{table}")
                connection.execute(f"CREATE TABLE {schema}.{table} AS {ours} ORDER BY ALL")
            elif _differ(connection, ours, theirs):
                connection.execute(f"DELETE FROM {schema}.{table}")
                connection.execute(f"INSERT INTO {schema}.{table} {ours} ORDER BY ALL")
            else:
                continue
            changed += 1
        connection.commit()
    return changed


@contextmanager
def attached(catalog: str, files: str | None = None, write: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a catalog as `lake`; raises StoryError for whatever goes wrong with it."""
    options = [f"DATA_PATH '{_quoted(files)}'"] if files else []
    options += [] if write else ["READ_ONLY"]
    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        store.load(connection, "ducklake", "postgres_scanner")
        connection.execute(
            f"ATTACH 'ducklake:{_quoted(catalog)}' AS lake {'(' + ', '.join(options) + ')' if options else ''}"
        )
        yield connection
    except duckdb.TransactionException as error:
        raise StoryError(f"{_named(catalog)}: another was writing ({_first(error)}). Share again.") from None
    except duckdb.Error as error:
        raise StoryError(
            f"{_named(catalog)}: cannot be used as a catalog ({_first(error)}). Is it reachable, and have you named "
            "--files, where a new one keeps its files?"
        ) from None
    finally:
        connection.close()


def _columns(connection: duckdb.DuckDBPyConnection, select: str) -> list[tuple[str, str]]:
    try:
        return [(name, str(kind)) for name, kind, *_ in connection.execute(f"DESCRIBE {select}").fetchall()]
    except duckdb.CatalogException:
        return []


def _differ(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> bool:
    both = f"(({one}) EXCEPT ALL ({other})) UNION ALL (({other}) EXCEPT ALL ({one}))"
    return bool(connection.execute(f"SELECT 1 FROM ({both}) LIMIT 1").fetchall())


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _named(catalog: str) -> str:
    """Name a catalog without the password that its address may have."""
    return re.sub(r"(password\s*=\s*)(?:'[^']*'|\S+)|(//[^:/@]+:)[^@]*(?=@)", r"\1\2…", catalog)


def _first(error: Exception) -> str:
    return _named(str(error).split("\n", 1)[0].rstrip("."))
