"""A story in a DuckLake catalog, in a file and on PostgreSQL: one writes, others read."""

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

from helpers import share, store, story
from helpers.story import StoryError

ACTORS = pd.DataFrame(
    [("b2", "Tolm", "government", None), ("a1", "Ida Varro", "person", "Q0")],
    columns=["actor_id", "name", "kind", "wikidata_id"],
)

pytestmark = [
    pytest.mark.extras,
    pytest.mark.skipif(not find_spec("duckdb_extension_ducklake"), reason="DuckLake is an extra: make extras"),
]


def tables(**frames):
    return {table: frames.get(table, store.empty(table)) for table in store.TABLES}


SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
needs_postgres = pytest.mark.skipif(not SERVERS, reason="needs PostgreSQL: apt-get install postgresql")


@pytest.fixture
def built(folder, tmp_path):
    made = tables(actors=ACTORS)
    store.write(tmp_path / "ford.duckdb", made)
    return story.load(folder), tmp_path / "ford.duckdb"


@pytest.fixture
def postgres(tmp_path_factory):
    """Start a PostgreSQL server that listens on a socket in a folder alone; gives the connection to it."""
    place = tmp_path_factory.mktemp("pg")
    user = []
    if os.getuid() == 0:  # PostgreSQL does not run as root
        place.chmod(0o777)
        for parent in place.parents:
            if not parent.stat().st_mode & 0o001:  # pytest's folders are its user's alone
                parent.chmod(0o755)
        user = ["runuser", "-u", "postgres", "--"]
    at = {"check": True, "stdout": subprocess.DEVNULL, "cwd": place}
    subprocess.run(
        [*user, SERVERS[-1] / "initdb", "-D", place / "data", "-A", "trust", "-U", "desk", "--no-sync"], **at
    )
    options = f"-k {place} -c listen_addresses='' -c fsync=off"
    command = [*user, SERVERS[-1] / "pg_ctl", "-D", place / "data", "-w", "-t", "600", "-l", place / "data" / "log"]
    subprocess.run([*command, "-o", options, "start"], **at)
    yield f"postgres:dbname=postgres host={place} user=desk"
    subprocess.run([*command, "-m", "immediate", "stop"], **at)


def names(catalog):
    with share.attached(catalog, write=False) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM lake.ford.actors ORDER BY name").fetchall()]


def test_what_is_shared_is_read_and_what_has_not_changed_is_left_alone(built, tmp_path):
    loaded, database = built
    catalog, files = str(tmp_path / "news.ducklake"), str(tmp_path / "files")
    assert share.share(loaded, catalog, files, database) == len(store.PUBLIC)
    assert names(catalog) == ["Ida Varro", "Tolm"]
    assert share.share(loaded, catalog, None, database) == 0
    store.write(database, tables(actors=ACTORS.iloc[:1]))
    assert share.share(loaded, catalog, None, database) == 1
    assert names(catalog) == ["Tolm"]


@needs_postgres
def test_readers_and_one_writer_at_once(built, postgres, tmp_path):
    loaded, database = built
    files = str(tmp_path / "files")
    share.share(loaded, postgres, files, database)
    hold = (
        "import sys; from helpers import share\n"
        "with share.attached(sys.argv[1], write=False) as c:\n"
        "    c.begin(); ask = lambda: c.execute('SELECT count(*) FROM lake.ford.actors').fetchone()[0]\n"
        "    print(ask(), flush=True); sys.stdin.readline(); print(ask(), flush=True)\n"
    )
    command = [sys.executable, "-c", hold, postgres]
    readers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [reader.stdout.readline() for reader in readers] == ["2\n", "2\n"]
    store.write(database, tables(actors=ACTORS.iloc[:1]))
    assert share.share(loaded, postgres, None, database) == 1
    assert names(postgres) == ["Tolm"]
    # A reader in the midst of its work sees the tables as they were when it began.
    assert [reader.communicate("\n")[0] for reader in readers] == ["2\n", "2\n"]


@needs_postgres
def test_of_two_writers_at_once_the_second_is_told(built, postgres, tmp_path):
    loaded, database = built
    share.share(loaded, postgres, str(tmp_path / "files"), database)
    store.write(database, tables(actors=ACTORS.iloc[:1]))
    with (
        pytest.raises(StoryError, match=r"another was writing \(.*\)\. Share again\."),
        share.attached(postgres) as other,
    ):
        other.begin()
        other.execute("DELETE FROM lake.ford.actors")
        assert share.share(loaded, postgres, None, database) == 1
        other.commit()
    assert names(postgres) == ["Tolm"]


@needs_postgres
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")
def test_a_writer_that_dies_leaves_the_tables_as_they_were(built, postgres, tmp_path):
    loaded, database = built
    share.share(loaded, postgres, str(tmp_path / "files"), database)
    store.write(database, tables(actors=ACTORS.iloc[:1]))
    die = (
        "import os, signal, sys; from helpers import share\n"
        "with share.attached(sys.argv[1]) as c:\n"
        "    c.begin(); c.execute('DELETE FROM lake.ford.actors'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", die, postgres]).returncode == -signal.SIGKILL
    assert names(postgres) == ["Ida Varro", "Tolm"]
    assert share.share(loaded, postgres, None, database) == 1
    assert names(postgres) == ["Tolm"]


def test_a_catalog_that_cannot_be_had(built):
    loaded, database = built
    with pytest.raises(StoryError, match=r"postgres:host=/nowhere password=…: cannot be used as a catalog \("):
        share.share(loaded, "postgres:host=/nowhere password=secret", "files", database)
