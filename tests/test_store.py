import os
import subprocess
import sys
from hashlib import sha256

import pandas as pd
import pytest

from helpers import store
from helpers.story import StoryError

ACTORS = pd.DataFrame(
    [("b2", "Tolm", "government", None), ("a1", "Ida Varro", "person", "Q0")],
    columns=["actor_id", "name", "kind", "wikidata_id"],
)
MATTERS = pd.DataFrame([("m1", "talks", ["talks", "negotiat*"])], columns=["matter_id", "name", "terms"])


def tables(**frames: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {table: frames.get(table, store.empty(table)) for table in store.TABLES}


@pytest.fixture
def database(tmp_path):
    store.write(tmp_path / "story.duckdb", tables(actors=ACTORS, matters=MATTERS))
    return tmp_path / "story.duckdb"


def test_what_is_written_is_read_in_order(database):
    rows = store.raw("actors", database).values.tolist()
    assert rows == [["a1", "Ida Varro", "person", "Q0"], ["b2", "Tolm", "government", None]]
    assert store.raw("matters", database).values.tolist() == [["m1", "talks", ["talks", "negotiat*"]]]
    assert list(store.read("statements", database).columns) == list(store.columns("statements"))


def test_a_question_has_parameters(database):
    answer = store.query("SELECT name FROM actors WHERE kind = $kind ORDER BY name", database, kind="person")
    assert answer["name"].tolist() == ["Ida Varro"]


def test_a_second_build_replaces_the_first(database):
    store.write(database, tables(actors=ACTORS.iloc[:1]))
    assert store.read("actors", database)["name"].tolist() == ["Tolm"]
    assert store.read("matters", database).empty


def test_a_build_that_fails_leaves_the_old_tables(database):
    twice = pd.concat([ACTORS, ACTORS])
    with pytest.raises(StoryError, match=r"story\.duckdb: the build was not written .*; the old tables stand\."):
        store.write(database, tables(actors=twice))
    assert len(store.read("actors", database)) == 2


def test_two_exports_are_equal_byte_for_byte(database, tmp_path):
    first = store.export(database, tmp_path / "first")
    store.write(database, tables(actors=ACTORS.iloc[::-1], matters=MATTERS))
    second = store.export(database, tmp_path / "second")
    assert [path.name for path in first] == [f"{table}.{form}" for table in store.PUBLIC for form in ("csv", "parquet")]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert (tmp_path / "first" / "actors.csv").read_text() == (
        "actor_id,name,kind,wikidata_id\na1,Ida Varro,person,Q0\nb2,Tolm,government,\n"
    )


def test_a_database_that_is_not_there(tmp_path):
    with pytest.raises(StoryError, match=r"none\.duckdb: not there yet\. Run `ontherecord build`"):
        store.read("actors", tmp_path / "none.duckdb")


def test_a_table_that_is_not_there(database):
    with pytest.raises(StoryError, match="'actresses' is no table; the tables are articles, removed, actors"):
        store.read("actresses", database)


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "story.duckdb").write_bytes(b"no database, whatever its name says " * 400)
    with pytest.raises(
        StoryError, match=r"story\.duckdb: cannot be opened as a database .*delete it and build again\."
    ):
        store.read("actors", tmp_path / "story.duckdb")


def test_a_database_that_another_process_has_locked(database):
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoryError, match=rf"locked by process {holder.pid}\. Close the notebook or build"):
            store.read("actors", database)
        holder.stdin.close()


def test_a_folder_that_may_not_be_written_to(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoryError, match="cannot be opened|may not be written to"):
        store.write(tmp_path / "file" / "story.duckdb", tables())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be limited")
def test_wherever_the_disk_is_full_the_old_tables_or_the_new_ones_stand(tmp_path):
    """No file may grow past a limit, from less than an empty database has to more than a full one."""
    import resource

    database = tmp_path / "story.duckdb"
    names = [sha256(str(n).encode()).hexdigest() for n in range(10_000)]
    many = pd.DataFrame({"actor_id": names, "name": names[::-1], "kind": "person"})
    fresh, stands = tables(actors=many), {False: len(ACTORS), True: len(many)}
    written = []
    for limit in (4_000, 100_000, 1_000_000, 1_500_000, 2_000_000, 4_000_000):
        store.write(database, tables(actors=ACTORS))
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            try:
                store.write(database, fresh)
                os._exit(0)
            except StoryError:
                os._exit(2)
            except BaseException:
                os._exit(1)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, 2)
        assert len(store.read("actors", database)) == stands[status == 0]
        assert [path.name for path in tmp_path.iterdir()] == ["story.duckdb"]
        written.append(status == 0)
    assert set(written) == {False, True} and written == sorted(written)


def test_damage_is_not_taken_for_a_lock(database):
    content = bytearray(database.read_bytes())
    for place in range(12_288, len(content), 997):
        content[place] ^= 255
    database.write_bytes(content)
    with pytest.raises(StoryError, match=r"story\.duckdb: cannot be opened as a database \("):
        store.read("actors", database)


def test_an_error_that_ends_the_transaction_is_one_sentence(database):
    broken = ACTORS.assign(name=["\udce9", "x"])
    with pytest.raises(StoryError, match=r"story\.duckdb: the build was not written \(.*\); the old tables stand\."):
        store.write(database, tables(actors=broken))
    assert len(store.read("actors", database)) == 2
