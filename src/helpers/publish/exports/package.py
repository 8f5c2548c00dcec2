"""Describe the published tables for programs: a Frictionless Data Package, with hashes, types and meanings.

Source: Data Package 2.0, https://datapackage.org/standard/data-package/.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from helpers import store
from helpers.publish.figures.bundle import Figure
from helpers.story import Story

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FORMATS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
# Other names under which a table points at another's key.
POINTERS = {
    "speaker_id": "actors",
    "within_id": "statements",
    "duplicate_of": "articles",
    "near_duplicate_of": "articles",
    "version_of": "articles",
    "utterance_a": "utterances",
    "utterance_b": "utterances",
    "statement_a": "statements",
    "statement_b": "statements",
}

RIGHTS = (
    "Who said what, when, as these articles report it. The articles' own text is not among the tables: it belongs to "
    "their publishers, as their words belong to those who said and printed them."
)


def write(out: Path, story: Story, charts: Sequence[Figure], outlets: Iterable[str]) -> None:
    """Write datapackage.json into a report whose tables and charts are written.

    Every CSV and Parquet file is a resource, with path, size, hash, types, keys and a description of each column.
    Nothing in it tells when it was written, so that equal tables give equal packages.
    """
    described = [
        _resource(out, f"data/{table}.{suffix}", table, _kinds(out / "data" / f"{table}.parquet"), suffix)
        for table in store.PUBLIC
        for suffix in FORMATS
    ]
    for chart in charts:
        resource = _resource(out, f"charts/{chart.name}/{chart.name}.csv", f"charts.{chart.name}", kinds(chart.data))
        described.append({**resource, "title": chart.headline})
    package = {
        "$schema": PROFILE,
        "name": re.sub(r"[^a-z0-9._-]+", "-", story.name.lower()).strip("-") or "story",
        "title": story.title,
        "description": " ".join(part for part in (story.about, RIGHTS) if part),
        "homepage": story.address,
        "licenses": _licences(story.licence),
        "sources": [{"title": outlet} for outlet in sorted(set(outlets))],
        "contributors": [{"title": story.byline}] if story.byline else [],
        "resources": described,
    }
    text = json.dumps({key: value for key, value in package.items() if value}, ensure_ascii=False, indent=1)
    (out / "datapackage.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")


def kinds(frame: pd.DataFrame) -> dict[str, str]:
    """Give the Table Schema type of each column of a chart's table."""
    found = {}
    for name, kind in frame.dtypes.items():
        if pd.api.types.is_bool_dtype(kind):
            found[name] = "boolean"
        elif pd.api.types.is_integer_dtype(kind):
            found[name] = "integer"
        elif pd.api.types.is_float_dtype(kind):
            found[name] = "number"
        elif pd.api.types.is_datetime64_any_dtype(kind):
            found[name] = "datetime"
        else:
            found[name] = "string"
    return found


def _resource(out: Path, path: str, table: str, types: dict[str, str], suffix: str = "csv") -> dict:
    meaning = _dictionary()
    for part in table.split("."):
        meaning = meaning.get(part, {})
    raw = (out / path).read_bytes()
    fields = []
    for name, kind in types.items():
        field = {"name": name, "type": kind, "description": meaning.get(name)}
        fields.append({key: value for key, value in field.items() if value})
    resource = {
        "name": (table if suffix == "csv" else f"{table}.{suffix}").lower(),
        "type": "table",
        "path": path,
        "format": suffix,
        "mediatype": FORMATS[suffix],
        "encoding": "utf-8" if suffix == "csv" else None,
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "description": meaning.get("_"),
        "schema": {"fields": fields, **_relations(table, types)},
    }
    return {key: value for key, value in resource.items() if value is not None}


def _relations(table: str, types: dict[str, str]) -> dict:
    """Name a table's key, and the tables that its columns point at."""
    keys = _keys()
    own, pointers = keys.get(table), {key: other for other, key in keys.items()} | POINTERS
    foreign = [
        {"fields": [name], "reference": {"resource": _other(table, pointers[name]), "fields": [keys[pointers[name]]]}}
        for name in types
        if name in pointers and name != own
    ]
    return {**({"primaryKey": [own]} if own else {}), **({"foreignKeys": foreign} if foreign else {})}


def _other(table: str, pointed: str) -> str:
    return "" if pointed == table else pointed  # a table that points at itself does so by an empty name


def _licences(licence: str) -> list[dict[str, str]]:
    return [{"path" if "://" in licence else "name": licence}] if licence else []


def _kinds(parquet: Path) -> dict[str, str]:
    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(parquet)]).fetchall()
    return {name: _type(kind) for name, kind, *_ in described}


def _type(kind: str) -> str:
    if kind.endswith("[]"):
        return "array"
    plain = {"DATE": "date", "BOOLEAN": "boolean", "DOUBLE": "number", "VARCHAR": "string"}
    return plain.get(kind) or ("datetime" if kind.startswith("TIMESTAMP") else "integer")


@cache
def _keys() -> dict[str, str]:
    """Give the column that names a row, for each table that has one."""
    with duckdb.connect() as connection:
        connection.execute(store.SCHEMA)
        found = connection.execute(
            "SELECT table_name, constraint_column_names[1] FROM duckdb_constraints() "
            "WHERE constraint_type = 'PRIMARY KEY' ORDER BY ALL"
        ).fetchall()
    return dict(found)


@cache
def _dictionary() -> dict[str, dict]:
    return tomllib.loads((Path(__file__).parent / "dictionary.toml").read_text(encoding="utf-8"))
