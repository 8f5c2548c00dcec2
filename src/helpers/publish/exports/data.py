"""Write the published tables: all that was found, without the articles' own text."""

import json
import shutil
from pathlib import Path

import duckdb
import pandas as pd

from helpers import store
from helpers.link.reviews.sheets import FORMULA
from helpers.publish import evidence

# The articles belong to their publishers: their text stays in the newsroom, statements and offsets go out.
WITHHELD = {"articles": "text", "removed": "text"}
# A lead that nobody has reviewed goes out only where an article itself reports the conflict.
PUBLISHED = {"contradictions": "status = 'confirmed' OR (status = 'lead' AND article_id IS NOT NULL)"}


def tables(database: Path, folder: Path) -> list[dict]:
    """Write every public table as CSV (safe for spreadsheets) and Parquet, rows in a fixed order.

    Gives for each table: table, rows, withheld (the column left out, or None).
    """
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    with store.connect(database) as connection:
        for table in store.PUBLIC:
            withheld = WITHHELD.get(table)
            columns = f"* EXCLUDE ({withheld})" if withheld else "*"
            chosen = f'SELECT {columns} FROM "{table}" WHERE {PUBLISHED.get(table, "true")}'
            _copy(connection, f"{chosen} ORDER BY ALL", folder / f"{table}.parquet", "FORMAT parquet, COMPRESSION zstd")
            _copy(connection, f"{_safe(connection, chosen)} ORDER BY ALL", folder / f"{table}.csv")
            rows = connection.execute(f"SELECT count(*) FROM ({chosen})").fetchone()[0]
            listed.append({"table": table, "rows": rows, "withheld": withheld})
    return listed


def leads(database: Path) -> pd.DataFrame:
    """Give the contradictions that may be published: confirmed ones, and leads that an article itself reports."""
    return store.query(f"SELECT * FROM contradictions WHERE {PUBLISHED['contradictions']} ORDER BY ALL", database)


def public(database: Path, folder: Path) -> Path:
    """Copy a database into a folder, without what may not be published; gives the copy's path."""
    copy = Path(shutil.copy2(database, folder / database.name))
    with store.connect(copy, write=True) as connection:
        for table, condition in PUBLISHED.items():
            connection.execute(f"DELETE FROM {table} WHERE NOT ({condition})")
    return copy


def csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a chart's table as CSV, safe for spreadsheets, its rows in the order given."""
    with duckdb.connect() as connection:
        # One thread: the rows of a chart have an order of their own, which no column need hold.
        connection.execute("SET threads = 1")
        connection.register("frame", frame)
        _copy(connection, _safe(connection, "SELECT * FROM frame"), path)


def annotations(statements: pd.DataFrame, articles: pd.DataFrame, path: Path) -> None:
    """Write each statement as a W3C Web Annotation, one JSON object a line, in the order given."""
    stored = {row.article_id: row for row in articles.itertuples()}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in statements.itertuples():
            article, page = stored[row.article_id], f"articles/{row.article_id}.html"
            text = getattr(article, row.part)
            target = [
                {"source": evidence.web(article.url) or page, "selector": evidence.selectors(text, s, e)}
                for s, e in ((int(s), int(e)) for s, e in row.content_spans)
            ]
            note = {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": f"{page}#{row.statement_id}",
                "type": "Annotation",
                "motivation": "identifying",
                "target": target,
            }
            file.write(json.dumps(note, ensure_ascii=False) + "\n")


def _safe(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Make every cell of a query safe for a spreadsheet and plain for a program: lists as JSON, times in ISO 8601."""
    described = connection.execute(f"DESCRIBE {query}").fetchall()
    columns = []
    for name, kind, *_ in described:
        column = '"' + name.replace('"', '""') + '"'
        cell = column
        if kind == "VARCHAR":
            cell = f"CASE WHEN regexp_matches({column}, '{FORMULA}') THEN '''' || {column} ELSE {column} END"
        elif kind.endswith("[]"):
            cell = f"to_json({column})"
        elif kind.startswith("TIMESTAMP"):
            cell = f"strftime({column}, '%Y-%m-%dT%H:%M:%SZ')"
        columns.append(f"{cell} AS {column}")
    return f"SELECT {', '.join(columns)} FROM ({query})"


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str = "FORMAT csv, HEADER") -> None:
    target = str(path).replace("'", "''")
    connection.execute(f"COPY ({query}) TO '{target}' ({options})")
