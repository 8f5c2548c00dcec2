"""Where a report may be written: a mistake in --out must cost nobody a file."""

import os

import pytest

from helpers import publish
from helpers.story import StoryError


def silent(things, _doing):
    return things


def test_a_folder_of_other_things_is_left_alone(story, tmp_path):
    (tmp_path / "mine" / "data").mkdir(parents=True)
    (tmp_path / "mine" / "data" / "ledger.csv").write_text("a,b")
    with pytest.raises(StoryError, match=r"mine: holds files that are no report\. Choose an empty folder with --out\."):
        publish.report(story, tmp_path / "mine", silent)
    assert [path.name for path in (tmp_path / "mine").rglob("*")] == ["data", "ledger.csv"]


def test_a_file_is_no_place_for_a_report(story, tmp_path):
    (tmp_path / "mine").write_text("words")
    with pytest.raises(StoryError, match=r"mine: is a file, not a folder\."):
        publish.report(story, tmp_path / "mine" / "report", silent)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write(story, tmp_path):
    (tmp_path / "mine").mkdir(mode=0o555)
    with pytest.raises(StoryError, match=r"mine: may not be written to\."):
        publish.report(story, tmp_path / "mine" / "report", silent)
