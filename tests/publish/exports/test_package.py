"""The data package describes what lies beside it: every file, byte, column and type."""

import csv
import hashlib
import json
import re
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from helpers import store
from helpers.publish import figures as draw
from helpers.publish.exports import package

READERS = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),
    "array": json.loads,
}


@pytest.fixture(scope="module")
def report(publish, harbour) -> Path:
    return publish(harbour, licence="CC-BY-4.0", address="https://desk.example/harbour/")


@pytest.fixture(scope="module")
def described(report) -> dict:
    return json.loads((report / "datapackage.json").read_text(encoding="utf-8"))


def cells(report: Path, resource: dict) -> list[dict]:
    with (report / resource["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_package_says_what_it_is(described):
    about = {key: value for key, value in described.items() if key != "resources"}
    assert about == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "harbour",
        "title": "The harbour levy",
        "description": "This story is invented: its places, people and papers do not exist. " + package.RIGHTS,
        "homepage": "https://desk.example/harbour/",
        "licenses": [{"name": "CC-BY-4.0"}],
        "sources": [{"title": "Morning Tide"}, {"title": "The Quay Post"}],
        "contributors": [{"title": "The desk"}],
    }


def test_every_table_of_the_report_is_a_resource_with_its_hash(report, described):
    tables = {str(path.relative_to(report)) for path in report.rglob("*") if path.suffix in (".csv", ".parquet")}
    assert len(tables) == 2 * len(store.PUBLIC) + 2
    assert {resource["path"] for resource in described["resources"]} == tables
    for resource in described["resources"]:
        raw = (report / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
    names = [resource["name"] for resource in described["resources"]]
    assert len(names) == len(set(names))


def test_every_cell_is_of_the_type_that_its_column_states(report, described):
    read = 0
    for resource in described["resources"]:
        fields = resource["schema"]["fields"]
        if resource["format"] == "csv":
            rows = cells(report, resource)
            assert all(list(row) == [field["name"] for field in fields] for row in rows)
            for field in fields:
                read += len([READERS[field["type"]](row[field["name"]]) for row in rows if row[field["name"]]])
        else:
            columns = store.query(
                "SELECT * FROM read_parquet($path)", _nothing(report), path=str(report / resource["path"])
            )
            assert list(columns) == [field["name"] for field in fields]
    assert read > 100


def _nothing(report: Path) -> Path:
    """Give an empty database to ask from."""
    database = report.parent / "nothing.duckdb"
    with store.connect(database, write=True):
        pass
    return database


def test_keys_name_one_row_and_pointers_lead_to_one(report, described):
    resources = [resource for resource in described["resources"] if resource["format"] == "csv"]
    tables = {resource["name"]: cells(report, resource) for resource in resources}
    pointers = 0
    for resource in resources:
        rows, schema = tables[resource["name"]], resource["schema"]
        for key in schema.get("primaryKey", []):
            assert len({row[key] for row in rows}) == len(rows)
        for pointer in schema.get("foreignKeys", []):
            (name,), (key,) = pointer["fields"], pointer["reference"]["fields"]
            reached = {row[key] for row in tables[pointer["reference"]["resource"] or resource["name"]]}
            assert {row[name] for row in rows} - {""} <= reached, f"{resource['name']}.{name}"
            pointers += 1
    assert pointers == 19


def test_every_column_has_its_meaning(story, harbour, tmp_path):
    store.write(tmp_path / "d.duckdb", harbour)
    meanings = package._dictionary()
    tables = {
        table: [
            name for name in store.columns(table) if (table, name) not in (("articles", "text"), ("removed", "text"))
        ]
        for table in store.PUBLIC
    }
    assert {table: list(meanings[table])[1:] for table in tables} == tables
    for chart in draw(story, tmp_path / "d.duckdb"):
        assert list(meanings["charts"][chart.name])[1:] == list(chart.data), chart.name


def test_types_of_a_charts_table():
    table = pd.DataFrame(
        {
            "day": ["2031-03-03"],
            "at": [pd.Timestamp("2031-03-03 07:00")],
            "count": [1],
            "share": [0.5],
            "known": [True],
            "none": [None],
        }
    )
    assert package.kinds(table) == {
        "day": "string",
        "at": "datetime",
        "count": "integer",
        "share": "number",
        "known": "boolean",
        "none": "string",
    }
