import csv

import pandas as pd
import pytest

from helpers import story as stories
from helpers.link.reviews import sheets

HOSTILE = ["=HYPERLINK(1)", "+1", "-1", "@a", "＝1", "'quoted'", "a=1", "- a dash", "'"]


@pytest.fixture
def story(tmp_path):
    (tmp_path / "story.toml").write_text('title = "The levy"', encoding="utf-8")
    return stories.load(tmp_path)


def test_what_waits_is_safe_in_a_spreadsheet_and_read_back_as_it_was(story):
    waiting = pd.DataFrame({"words": HOSTILE, "status": "confirmed"})
    path = story.folder / sheets.FOLDER / "table.csv"
    for _ in range(2):  # what was filled in is kept as it is, however often the table is written
        sheets.rewrite(path, waiting, ["words"], ["status"])
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert [row["words"] for row in csv.DictReader(file)] == [
                *("'=HYPERLINK(1)", "'+1", "'-1", "'@a", "'＝1", "'quoted'", "a=1", "'- a dash", "'"),
            ]
        rows, faults = sheets.rows(story, "table.csv", ["words"], ["status"])
        assert ([row["words"] for row in rows], faults) == (HOSTILE, [])
