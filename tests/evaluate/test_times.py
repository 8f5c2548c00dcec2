import importlib.util
import os
from datetime import date
from pathlib import Path

import pytest

from helpers.annotate import times as rules
from helpers.annotate.times import Time
from helpers.evaluate import times
from helpers.evaluate.times import Document, Mark
from helpers.story import StoryError

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("ONTHERECORD_CORPORA", ROOT.parent / "shared" / "corpora")) / "timeml"
SCORER = CORPORA.parents[1] / "score" / "score_timex.py"
FOLDERS = ["timebank", "aquaint"]

TIMEML = """<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2024-09-12" functionInDocument="CREATION_TIME">Sept. 12</TIMEX3></DCT>
<TEXT>Venn &amp; Vey <EVENT>met</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2024-09-10">Tuesday</TIMEX3> for
<TIMEX3 tid="t2" type="DURATION" value="PT2H">two <EVENT>hours</EVENT></TIMEX3>, now<TIMEX3 tid="t3" value="2024"/>.
</TEXT>
</TimeML>
"""


def time(start: int, end: int, value: str, kind: str = "DATE") -> Time:
    return Time(start, end, "", kind, value, None, None)


def test_load_reads_text_day_and_marks(tmp_path):
    (tmp_path / "one.tml").write_text(TIMEML, encoding="utf-8")
    (tmp_path / "._one.tml").write_text("a shadow", encoding="utf-8")
    assert times.load(tmp_path) == [
        Document(
            "one",
            date(2024, 9, 12),
            "Venn & Vey met on Tuesday for\ntwo hours, now.\n",
            (Mark(18, 25, "DATE", "2024-09-10"), Mark(30, 39, "DURATION", "PT2H")),
        )
    ]


def test_a_folder_without_timeml_says_so(tmp_path):
    with pytest.raises(StoryError, match=r"no TimeML files \(\*\.tml\) here"):
        times.load(tmp_path)


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / "torn.tml").write_text(TIMEML[:200], encoding="utf-8")
    with pytest.raises(StoryError, match=r"torn\.tml: not valid XML"):
        times.load(tmp_path)


def test_match_takes_the_same_span_first_then_the_larger_overlap():
    gold = [Mark(0, 10, "DATE", "2024"), Mark(20, 30, "DATE", "2023")]
    found = [time(5, 25, "2024"), time(0, 10, "2024"), time(28, 40, "2023")]
    assert times.match(gold, found) == [(0, 1), (1, 0)]


def test_the_measures():
    gold = [
        Mark(0, 7, "DATE", "2024-09-10"),  # found exactly, with a wrong value
        Mark(10, 26, "DATE", "2024-08"),  # found in part, with the right value
        Mark(30, 39, "DURATION", "PT2H"),  # found as a date: interval precision does not ask for it
        Mark(50, 60, "DATE", "197"),  # missed, and no interval is asked for
    ]
    found = [
        time(0, 7, "2024-09-17"),
        time(16, 26, "2024-08"),
        time(30, 39, "2024"),
        time(70, 74, "2023"),  # false alarm
    ]
    table = times.table(times.count(gold, found))
    assert table[["measure", "right", "gold", "found"]].values.tolist() == [
        ["strict", 2, 4, 4],
        ["relaxed", 3, 4, 4],
        ["value", 1, 4, 4],
        ["interval", 1, 2, 3],
    ]
    assert table.set_index("measure").loc["relaxed", ["precision", "recall", "f1"]].tolist() == [0.75, 0.75, 0.75]


def test_nothing_found_scores_nothing():
    table = times.table(times.count([Mark(0, 7, "DATE", "2024")], []))
    assert table[["precision", "recall", "f1"]].values.tolist() == [[0.0, 0.0, 0.0]] * 4


def test_the_report_prints_a_row_a_measure(tmp_path):
    (tmp_path / "one.tml").write_text(TIMEML, encoding="utf-8")
    lines = times.report(tmp_path).splitlines()
    assert [line.split()[0] for line in lines] == ["measure", *times.MEASURES]
    assert lines[1].split()[1:] == ["0.667", "1.000", "0.800", "2", "2", "3"]


# --- with the corpora at hand


def folder(name: str) -> Path:
    if not (CORPORA / name).is_dir():
        pytest.skip(f"needs the {name} corpus; set ONTHERECORD_CORPORA to the folder that holds timeml/{name}")
    return CORPORA / name


@pytest.mark.parametrize("name", FOLDERS)
def test_the_figures_are_those_of_the_outside_scorer(name):
    path = folder(name)
    if not SCORER.is_file():
        pytest.skip("needs the outside scorer, score/score_timex.py beside the corpora")
    spec = importlib.util.spec_from_file_location("score_timex", SCORER)
    outside = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(outside)
    documents = times.load(path)
    found = {one.name: rules.find(one.text, one.published) for one in documents}
    dumped = {
        name: [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in given]
        for name, given in found.items()
    }
    theirs, _ = outside.score(outside.read_gold(str(path)), dumped)
    ours = times.score(path, rules.find).set_index("measure")
    for measure in ("strict", "relaxed", "value"):
        assert ours.loc[measure, "f1"] == pytest.approx(theirs["all"][measure]["f1"])
        assert ours.loc[measure, "right"] == theirs["all"][measure]["hits"]
    assert ours.loc["interval", "recall"] == pytest.approx(theirs["interval"]["acc"])
    assert ours.loc["interval", "precision"] == pytest.approx(theirs["interval"]["prec"])


@pytest.mark.parametrize(("name", "value", "interval"), [("timebank", 0.80, 0.88), ("aquaint", 0.76, 0.89)])
def test_the_rules_hold_their_level(name, value, interval):
    table = times.score(folder(name), rules.find).set_index("measure")
    assert table.loc["value", "f1"] >= value
    assert table.loc["interval", "recall"] >= interval
    assert table.loc["interval", "precision"] >= 0.90
