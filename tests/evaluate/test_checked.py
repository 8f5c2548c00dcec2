import pandas as pd
import pytest

from helpers import store, story
from helpers.evaluate import checked
from helpers.link.reviews import pending
from helpers.story import StoryError

HEADER = "statement_id,words,speaker,said,statement_right,speaker_right,date_right\n"


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A built story of four statements by Ida Varro, the last one unresolved and undated."""
    (tmp_path / "story.toml").write_text('title = "x"\n[articles]\nfiles = ["*.txt"]\n')
    tables = {table: store.empty(table) for table in store.TABLES}
    text = "Ida Varro met the press. The ford is open, she said."
    article = {"article_id": "x", "text": text, "source_file": "x.txt", "source_sha256": "x", "title": "=Ford"}
    tables["articles"] = pd.DataFrame([article])
    tables["actors"] = pd.DataFrame([("ida", "Ida Varro", "person")], columns=["actor_id", "name", "kind"])
    same = {
        "article_id": "x", "part": "text", "form": "indirect", "act": "say", "content": "The ford is open",
        "content_spans": [[25, 41]], "relay": [], "relay_ids": [], "negated": False, "confidence": 1.0,
    }  # fmt: skip
    rows = [{**same, "statement_id": f"s{n}", "speaker_id": "ida", "said_precision": "day"} for n in (1, 2, 3)]
    days = pd.to_datetime(["2024-05-01", "2024-05-01", "2024-05-02", None]).date
    rows.append({**same, "statement_id": "s4", "speaker_id": None, "said_precision": "unknown"})
    tables["statements"] = pd.DataFrame(rows).assign(said_from=days[[0, 1, 1, 3]], said_to=days[[0, 1, 2, 3]])
    store.write(tmp_path / "x.duckdb", tables)
    monkeypatch.setenv("STORY_DATABASE", str(tmp_path / "x.duckdb"))
    return story.load(tmp_path)


def fill(built, *lines: str):
    (built.folder / "checked.csv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    table, faults = checked.figures(built)
    return table.round(3).to_numpy().tolist(), [(fault.file, fault.line, fault.reason) for fault in faults]


def test_answers_become_precision_with_an_interval(built):
    told = fill(
        built,
        "s1,The ford is open,Ida Varro,on 2024-05-01,yes,yes,no",
        "s2,The ford is open,Ida Varro,on 2024-05-01,YES,no,",
        "s3,,,,n,yes,yes",  # no statement: who spoke when counts for nothing
        "s4,The ford is open,unresolved,,y,,",
    )
    assert told == (
        [
            ["statements", 3, 4, 0.75, 0.301, 0.954],
            ["speakers", 1, 2, 0.5, 0.095, 0.905],
            ["dates", 0, 1, 0.0, 0.0, 0.793],
        ],
        [],
    )


def test_a_row_that_does_not_count_is_one_sentence(built):
    told, faults = fill(
        built,
        "s1,The ford is open,Ida Varro,on 2024-05-01,perhaps,yes,",
        "s2,The ford is open,Odo Varro,on 2024-05-01,yes,yes,",
        "s9,,,,yes,,",
        "s2,,,,no,,",
        "s3,,,,yes",
    )
    assert told == [["statements", 1, 1, 1.0, 0.207, 1.0]]
    assert faults == [
        ("checked.csv", 6, "this row has not 7 cells. Mend it."),
        ("checked.csv", 2, "'perhaps' is no statement_right we know. Write one of yes, no."),
        (
            "checked.csv",
            3,
            "speaker_right was answered for 'Odo Varro', and the story now says 'Ida Varro'. Delete the row and check it anew; it does not count.",
        ),
        ("checked.csv", 4, "s9 is no statement of this story, or is none any more. Delete the row; it does not count."),
        ("checked.csv", 5, "s2 was answered in another way above. Keep one; the first counts."),
    ]


def test_nothing_filled_in_measures_nothing(built):
    assert fill(built, "s1,,,,,,", "s9,,,,,,") == ([], [])
    with pytest.raises(StoryError, match=r"checked\.csv: nothing is filled in\. `ontherecord review .* --sample 100`"):
        checked.report(built.folder)


def test_the_sample_is_drawn_filled_in_measured_and_kept(built):
    tables = {table: store.raw(table, built.database) for table in store.PUBLIC}
    assert pending.sample(built, tables, 2) == 2
    path = built.folder / "review" / "checked.csv"
    header, first, second = path.read_text(encoding="utf-8-sig").splitlines()
    assert header.startswith(HEADER.strip()) and first.split(",")[4:7] == ["", "", ""]
    assert {first[:2], second[:2]} < {"s1", "s2", "s3", "s4"} and "'=Ford" in first
    path.write_text(f"{header}\n{first}\n{second.replace(',,,', ',yes,,', 1)}\n", encoding="utf-8")
    assert checked.report(built.folder).split("\n")[1].split() == ["statements", "1", "1", "1.000", "0.207", "1.000"]
    assert pending.sample(built, tables, 3) == 3
    again = path.read_text(encoding="utf-8-sig").splitlines()
    assert (len(again), again[1][:2]) == (4, second[:2]) and ",yes,," in again[1]
    assert {row[:2] for row in again[1:]} > {first[:2], second[:2]}
