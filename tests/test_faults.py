"""Whatever interrupts a build or a report, the same command then gives the tables and pages of an undisturbed run.

The process kills itself at moments drawn at random among all function calls of the run: 2 of them for each command here,
`KILLS=100 pytest tests/test_faults.py` for a hundred.
"""

import os
import random
import shutil
import signal
import subprocess
import sys

import pytest

from helpers import build, publish, store, story
from helpers.annotate import engine, tagger
from helpers.read import add
from helpers.story import StoryError

pytestmark = pytest.mark.once

KILLS = int(os.environ.get("KILLS", "2"))

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def exported(database, folder):
    shutil.rmtree(folder, ignore_errors=True)
    store.export(database, folder)
    return contents(folder)


def calls(command, at=0):
    """Run a command in a process of its own that is killed at the so-manieth call; gives the calls, 0 where it was."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def counted(_frame, event, _argument):
            nonlocal count
            count += event == "call"
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.setprofile(counted)
            command()
            sys.setprofile(None)
            os.write(writing, str(count).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        number = int(said.read() or 0)
    os.waitpid(child, 0)
    return number


def moments(command, seed, clear=lambda: None):
    """Draw moments of a run from nothing, some of them among its last calls, where files are written."""
    clear()
    whole = calls(command)
    chance = random.Random(seed)
    return [chance.randrange(whole // 2 if number % 2 else 1, whole) for number in range(KILLS)]


@needs_fork
def test_a_build_killed_at_any_moment(folder, tmp_path):
    database, raw = tmp_path / "story.duckdb", contents(folder)
    build.build(story.load(folder), tmp_path / "whole.duckdb", 1)  # and the models are loaded, once for all
    expected = exported(tmp_path / "whole.duckdb", tmp_path / "a")

    def run():
        build.build(story.load(folder), database, 1)

    def clear():
        for left in tmp_path.glob("story.*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    for moment in moments(run, 1):
        clear()
        assert calls(run, moment) == 0
        run()
        assert exported(database, tmp_path / "b") == expected
        assert not list((tmp_path / "story.parts").rglob("*.new"))
    assert contents(folder) == raw


@needs_fork
def test_an_add_killed_at_any_moment(folder, tmp_path):
    given, database = tmp_path / "given", tmp_path / "story.duckdb"
    (folder / "articles").rename(given)
    raw = contents(given)

    def run():
        add.add(story.load(folder), [str(given)])

    def tables():
        build.build(story.load(folder), database, 1)
        return exported(database, tmp_path / "tables")

    run()
    expected = tables()
    assert store.query("SELECT count(*) FROM articles", database).iat[0, 0] == 2
    for moment in moments(run, 3, clear := lambda: shutil.rmtree(folder / "raw", ignore_errors=True)):
        clear()
        assert calls(run, moment) == 0
        run()
        assert tables() == expected
    assert contents(given) == raw


@needs_fork
def test_a_report_killed_at_any_moment(folder, tmp_path):
    loaded, database = story.load(folder), tmp_path / "story.duckdb"
    build.build(loaded, database, 1)
    publish.site(loaded, database, tmp_path / "whole", ())
    expected = contents(tmp_path / "whole")

    def run():
        publish._check(tmp_path / "out")
        publish.site(loaded, database, tmp_path / "out", ())

    for moment in moments(run, 2):
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        assert calls(run, moment) == 0
        run()
        assert contents(tmp_path / "out") == expected


def test_a_disk_that_takes_no_more(folder, tmp_path):
    """No file may grow past 20 kB: less than a database needs."""
    raw, database = contents(folder), tmp_path / "story.duckdb"
    # What reads languages unpacks its model into a file of its own first.
    command = (
        "import resource; from helpers import cli; from helpers.read import languages; languages._identifier();"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); cli.main()"
    )
    full = subprocess.run(
        [sys.executable, "-c", command, "build", str(folder), "--db", str(database)], capture_output=True, text=True
    )
    assert full.returncode == 2
    (said,) = full.stderr.strip().splitlines()
    assert str(tmp_path / "story") in said and said.endswith(".")
    assert contents(folder) == raw
    assert build.build(story.load(folder), database).articles == 2


def test_a_damaged_model(folder, tmp_path, monkeypatch):
    model = tmp_path / "model"
    shutil.copytree(tagger.MODEL, model)
    (model / "statements.onnx").write_bytes(b"no network")
    monkeypatch.setattr(tagger, "MODEL", model)
    engine.ready.cache_clear()
    with pytest.raises(StoryError, match=r"model is damaged: install the package again, or run make train\."):
        build.build(story.load(folder), tmp_path / "story.duckdb", 1)
    engine.ready.cache_clear()


def test_tables_of_an_older_version_are_told_and_built_anew(folder, tmp_path):
    database = tmp_path / "story.duckdb"
    build.build(story.load(folder), database, 1)
    with store.connect(database, write=True) as connection:
        connection.execute("ALTER TABLE statements DROP COLUMN negated")
        connection.execute("UPDATE build SET annotator = 'older', inputs = 'older'")
    with pytest.raises(StoryError, match=r"was built by another version, whose table 'statements' is not ours\. Run"):
        store.read("statements", database)
    build.build(story.load(folder), database, 1)
    assert list(store.read("statements", database).columns) == list(store.columns("statements"))
