import csv
import json

import duckdb
import pandas as pd

from helpers import store
from helpers.publish.exports import data


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_go_out_without_the_articles_text(harbour, tmp_path):
    store.write(tmp_path / "d.duckdb", harbour)
    listed = data.tables(tmp_path / "d.duckdb", tmp_path / "data")
    assert {row["table"]: row["withheld"] for row in listed if row["withheld"]} == {
        "articles": "text",
        "removed": "text",
    }
    assert [row["table"] for row in listed] == list(store.PUBLIC)
    for table in ("articles", "removed"):
        assert "text" not in rows(tmp_path / "data" / f"{table}.csv")[0]
        assert "text" not in duckdb.read_parquet(str(tmp_path / "data" / f"{table}.parquet")).columns
    secret = b"nobody spoke"
    assert not any(secret in path.read_bytes() for path in (tmp_path / "data").iterdir())


def test_tables_hold_no_lead_that_nobody_reviewed(harbour, tmp_path):
    store.write(tmp_path / "d.duckdb", harbour)
    listed = data.tables(tmp_path / "d.duckdb", tmp_path / "data")
    assert [row["contradiction_id"] for row in rows(tmp_path / "data" / "contradictions.csv")] == ["c1"]
    assert next(row["rows"] for row in listed if row["table"] == "contradictions") == 1


def test_csv_is_safe_in_a_spreadsheet(tmp_path):
    cells = ["=HYPERLINK(1)", "+1", "-1", "@a", "\ta", "\ra", "＝1", "a=1", "", None, 'it\'s, "so"']
    data.csv(pd.DataFrame({"words": cells, "number": range(-5, 6)}), tmp_path / "chart.csv")
    found = rows(tmp_path / "chart.csv")
    assert [row["words"] for row in found] == [
        "'=HYPERLINK(1)",
        "'+1",
        "'-1",
        "'@a",
        "'\ta",
        "'\ra",
        "'＝1",
        "a=1",
        "",
        "",
        'it\'s, "so"',
    ]
    assert [row["number"] for row in found] == [str(number) for number in range(-5, 6)]


def test_annotations_lead_to_the_outlet_or_to_our_page(harbour, tmp_path):
    data.annotations(harbour["statements"], harbour["articles"], tmp_path / "a.jsonl")
    notes = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [len(note["target"]) for note in notes] == [1, 2, 1, 1, 1]
    assert notes[1]["target"][0]["source"] == "https://quay.example/levy?a=1&b=2#top"
    assert notes[1]["target"][0]["selector"][0]["exact"] == "“We will not raise the levy,”"
    assert notes[4]["target"][0]["source"] == notes[4]["id"].split("#")[0]


def test_lists_and_times_of_a_csv_are_json_and_iso(tmp_path):
    table = pd.DataFrame({"names": [["=a", 'b"c'], []], "at": [pd.Timestamp("2031-03-03 07:00"), pd.NaT]})
    data.csv(table, tmp_path / "chart.csv")
    assert rows(tmp_path / "chart.csv") == [
        {"names": '["=a","b\\"c"]', "at": "2031-03-03T07:00:00Z"},
        {"names": "[]", "at": ""},
    ]
