"""Parts: written whole or not at all, known when damaged, one at a time."""

import pandas as pd
import pytest

from helpers import parts
from helpers.parts import Elsewhere, Parts
from helpers.story import StoryError

ROWS = pd.DataFrame([("a", 1), ("b", 2)], columns=["key", "value"])
ALL = "SELECT key, value FROM part ORDER BY ALL"


def rows(folder, version="1"):
    return [row for chunk in Parts(folder, "sums", version).read(ALL) for row in chunk]


def test_what_is_written_is_read_by_its_version(tmp_path):
    kept = Parts(tmp_path, "sums", "1")
    kept.write(ROWS)
    kept.write(ROWS.assign(key=["c", "d"]))
    kept.write(ROWS)
    assert rows(tmp_path) == [("a", 1), ("b", 2), ("c", 1), ("d", 2)]
    assert rows(tmp_path, "2") == []


def test_a_damaged_part_is_dropped(tmp_path):
    kept = Parts(tmp_path, "sums", "1")
    kept.write(ROWS)
    kept.write(ROWS.assign(key=["c", "d"]))
    damaged = kept.files[0]
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 255
    damaged.write_bytes(content)
    assert rows(tmp_path) == [("c", 1), ("d", 2)]
    assert not damaged.exists()


def test_merged_parts_have_the_wanted_rows_once(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "MANY", 2)
    Parts(tmp_path, "sums", "0").write(ROWS)
    kept = Parts(tmp_path, "sums", "1")
    kept.write(ROWS)
    kept.write(ROWS.assign(value=2))
    kept.merge("key", ["b"])
    assert rows(tmp_path) == [("b", 2)]
    assert len(kept.files) == 1
    assert [path.name for path in (tmp_path / "sums").iterdir()] == ["version=1"]


def test_what_lies_elsewhere_is_read_there_until_it_is_merged(tmp_path):
    theirs, kept = Parts(tmp_path / "theirs", "sums", "1"), Parts(tmp_path / "ours", "sums", "1")
    theirs.write(ROWS)
    kept.write(ROWS.assign(key=["b", "c"], value=2))
    (there,) = theirs.files
    kept.elsewhere = Elsewhere([str(there)], clear=there.unlink)
    assert [row for chunk in kept.read(ALL) for row in chunk] == [("a", 1), ("b", 2), ("b", 2), ("c", 2)]
    kept.merge("key", ["a", "b"])
    assert rows(tmp_path / "ours") == [("a", 1), ("b", 2)]
    assert len(kept.files) == 1 and not there.exists()


def test_what_an_interruption_left_is_cleared_away(tmp_path):
    half = tmp_path / "sums" / "version=1" / "17.new"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"PAR1 and no more")
    with parts.alone(tmp_path):
        assert not half.exists()


def test_two_builds_at_once(tmp_path):
    with (
        parts.alone(tmp_path),
        pytest.raises(StoryError, match=r"another build or report of this story is at work\. Wait"),
        parts.alone(tmp_path),
    ):
        pass


def test_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(StoryError, match=r"file/x: cannot be written .*\. Give yourself the right, or choose .* --db\."),
        parts.alone(tmp_path / "file" / "x"),
    ):
        pass
