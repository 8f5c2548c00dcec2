"""Whatever interrupts a build or a report, the same command then gives the tables and pages of an undisturbed run.

The process kills itself at moments drawn at random among all function calls of the run: 2 of them for each command here,
`KILLS=100 pytest tests/test_faults.py` for a hundred. And whatever is damaged or may not be written to is one clear
sentence, with a way out, and harms no article.
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
DAMAGES = int(os.environ.get("DAMAGES", "10"))

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


def bound():
    """Give the command by which root, too, may only do what a file's rights say; None where there is none."""
    if not hasattr(os, "geteuid") or os.geteuid():
        return []
    command = ["setpriv", "--bounding-set=-dac_override"]
    able = shutil.which(command[0]) and subprocess.run([*command, "true"], capture_output=True).returncode == 0
    return command if able else None


@pytest.mark.skipif(bound() is None or os.name == "nt", reason="root may write everywhere: needs setpriv")
def test_folders_that_may_not_be_written_to(folder, tmp_path):
    def ran(*command):
        script = "from helpers import cli; cli.main()"
        done = subprocess.run([*bound(), sys.executable, "-c", script, *command], capture_output=True, text=True)
        return done.returncode, done.stderr

    database, locked = tmp_path / "story.duckdb", tmp_path / "locked"
    locked.mkdir()
    given = tmp_path / "given.txt"
    given.write_text("“We will not open the ford,” said Laura Dennholm.", encoding="utf-8")
    for place in (locked, folder, *folder.rglob("*")):
        place.chmod(0o555 if place.is_dir() else 0o444)
    raw = contents(folder)
    try:
        # A story is only read; what is worked out lies elsewhere.
        assert ran("build", str(folder), "--db", str(database)) == (0, "")
        assert ran("build", str(folder), "--db", str(locked / "story.duckdb")) == (
            2,
            f"{locked}/story.parts: cannot be written (Permission denied). Give yourself the right, or choose another "
            "place with --db.\n",
        )
        assert ran("add", str(folder), str(given)) == (
            2,
            f"{folder}/raw: Permission denied. Give yourself the right to it, or choose another place, and try again.\n",
        )
        assert ran("new", str(locked / "story")) == (
            2,
            f"{locked}/story: Permission denied. Give yourself the right to it, or choose another place, and try again.\n",
        )
    finally:
        for place in (locked, folder, folder / "articles"):
            place.chmod(0o755)
    assert contents(folder) == raw
    assert list(locked.iterdir()) == []


def test_a_database_damaged_anywhere_is_told_or_makes_no_difference(folder, tmp_path):
    loaded, database, raw = story.load(folder), tmp_path / "story.duckdb", contents(folder)
    build.build(loaded, database, 1)
    expected, whole = exported(database, tmp_path / "whole"), database.read_bytes()
    chance, told = random.Random(4), 0
    for _ in range(DAMAGES):
        damaged = bytearray(whole)
        # Most of such a small file is room that nothing uses: so some of the damage is in its head.
        at, long = chance.randrange(chance.choice([20_000, len(whole)])), chance.choice([1, 1, 4_096])
        damaged[at : at + long] = chance.randbytes(len(damaged[at : at + long]))
        database.write_bytes(damaged[: chance.choice([len(damaged), len(damaged), at])])
        try:
            build.build(loaded, database, 1)
            assert exported(database, tmp_path / "tables") == expected
        except StoryError as error:
            told += 1
            assert str(error).startswith(f"{database}: ") and "elete it" in str(error)
            database.unlink()
            build.build(loaded, database, 1)
            assert exported(database, tmp_path / "tables") == expected
    assert told > DAMAGES // 3
    assert contents(folder) == raw


@pytest.mark.parametrize("name", tagger.FILES)
@pytest.mark.parametrize("damage", ["a byte", "all of it", "no file"])
def test_a_damaged_model(folder, tmp_path, monkeypatch, name, damage):
    """So that even one number of a network that is not as it was is noticed: with it, other statements are found."""
    model, raw = tmp_path / "model", contents(folder)
    shutil.copytree(tagger.MODEL, model)
    content = bytearray((model / name).read_bytes())
    content[len(content) // 2] ^= 1
    if damage == "no file":
        (model / name).unlink()
    else:
        (model / name).write_bytes(content if damage == "a byte" else b"no network")
    monkeypatch.setattr(tagger, "MODEL", model)
    engine.ready.cache_clear()
    with pytest.raises(StoryError) as told:
        build.build(story.load(folder), tmp_path / "story.duckdb", 1)
    engine.ready.cache_clear()
    fault = f"{model} lacks {name}" if damage == "no file" else f"the model in {model} is damaged"
    assert str(told.value) == f"Nothing can be annotated: {fault}: install the package again, or run make train."
    assert contents(folder) == raw


@pytest.mark.parametrize(
    "older",
    [
        "ALTER TABLE statements DROP COLUMN negated",
        "ALTER TABLE statements RENAME COLUMN act TO deed",
        "ALTER TABLE statements ADD COLUMN tone VARCHAR",
        "DROP TABLE statements",
    ],
)
def test_tables_of_an_older_version_are_told_and_built_anew(folder, tmp_path, older):
    database, raw = tmp_path / "story.duckdb", contents(folder)
    build.build(story.load(folder), database, 1)
    expected = exported(database, tmp_path / "a")
    with store.connect(database, write=True) as connection:
        connection.execute(older)
        connection.execute("UPDATE build SET annotator = 'older', inputs = 'older'")
    with pytest.raises(StoryError) as told:
        store.read("statements", database)
    assert str(told.value) == (
        f"{database}: was built by another version, whose table 'statements' is not ours. Run `ontherecord build` on the "
        "story."
    )
    build.build(story.load(folder), database, 1)
    assert exported(database, tmp_path / "b") == expected
    assert contents(folder) == raw
