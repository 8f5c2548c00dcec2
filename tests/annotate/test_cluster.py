"""A real cluster of two nodes, one of which dies at work: the tables are those of one machine."""

from importlib.util import find_spec

import pandas as pd
import psutil
import pytest

from helpers import build, read, store, story
from helpers.annotate import cluster as clusters
from helpers.annotate.cluster import Cluster
from helpers.story import StoryError

pytestmark = [
    pytest.mark.extras,
    pytest.mark.skipif(not find_spec("ray"), reason="Ray is an extra: make extras"),
]

# On a busy machine Ray's own limits, of seconds, end a node before it has started: they are minutes here. What a node
# starts beside its workers, to be watched by, is left out.
SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_agent_register_timeout_ms": "600000",
    "RAY_enable_metrics_collection": "0",
    "RAY_enable_worker_prestart": "0",
    "RAY_gcs_server_port_wait_time_s": "600",
    "RAY_memory_monitor_refresh_ms": "0",
    "RAY_raylet_start_wait_time_s": "600",
    "RAY_worker_niceness": "0",  # not 15, with which they wait for whatever else the machine does
    "RAY_worker_register_timeout_seconds": "600",
}
STARTS = 3  # of a node: one limit of 30 seconds stands in Ray's code
STORE = 80 * 1024 * 1024  # bytes of a node's object store, little more than the least that Ray allows
ARTICLES = 20
TEXT = """---
title: Ford {n} stays shut
outlet: The Tolm Post
published_at: 2024-03-{day:02}T09:00:00Z
---
Finance Minister Laura Dennholm said on Monday that ford number {n} would stay shut until the water falls.

“We will not open it before the water falls,” she told reporters in district {n}.
"""


@pytest.fixture
def nodes(monkeypatch):
    """Start a head that does no work and two nodes that do."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    import ray
    from ray.cluster_utils import Cluster as Nodes

    started = Nodes()
    try:
        add(started, num_cpus=0, include_dashboard=False, include_log_monitor=False)
        started.workers = [add(started, num_cpus=1) for _ in range(2)]
        started.wait_for_nodes(600)
        yield started
    finally:
        ray.shutdown()
        started.shutdown()


def add(nodes, **settings):
    """Add a node, again where the machine was too busy for it to start in time."""
    for left in reversed(range(STARTS)):
        try:
            return nodes.add_node(object_store_memory=STORE, wait=False, **settings)
        except Exception as error:
            if not left or "timed out" not in str(error):
                raise


def at_work(node):
    """Tell whether a task runs on a node: its worker's name is then the task's."""
    (raylet,) = node.all_processes["raylet"]
    names = [" ".join(worker.cmdline()) for worker in psutil.Process(raylet.process.pid).children()]
    return any(name.startswith("ray::") and "IDLE" not in name for name in names)


def exported(database, folder):
    return {path.name: path.read_bytes() for path in store.export(database, folder)}


def test_a_machine_that_dies_loses_and_doubles_nothing(folder, tmp_path, nodes, monkeypatch):
    monkeypatch.setattr(clusters, "TASK", 2)
    for n in range(ARTICLES):
        (folder / "articles" / f"{n}.txt").write_text(TEXT.format(n=n, day=n + 1), encoding="utf-8")
    done, dead = [], []

    def progress(things, doing):
        for thing in things:
            if doing == "annotating":
                done.append(thing)
                if not dead and (busy := [node for node in nodes.workers if at_work(node)]):
                    nodes.remove_node(busy[0], allow_graceful=False)
                    dead.append(busy[0])
            yield thing

    many, one = tmp_path / "many.duckdb", tmp_path / "one.duckdb"
    place = tmp_path / "shared"
    built = build.build(story.load(folder), many, None, progress, Cluster(nodes.address, str(place)))
    assert (built.articles, built.annotated, sum(done)) == (ARTICLES + 2, ARTICLES + 2, ARTICLES + 2)
    (killed,) = dead
    assert not killed.any_processes_alive()
    build.build(story.load(folder), one, 1)
    assert exported(many, tmp_path / "a") == exported(one, tmp_path / "b")


def test_what_the_machines_had_done_when_a_build_broke_off_is_not_done_again(folder, tmp_path):
    """So two articles are annotated in the cluster's place, and no machine is asked for them."""
    loaded, many, one = story.load(folder), tmp_path / "many.duckdb", tmp_path / "one.duckdb"
    cluster = Cluster(None, str(tmp_path / "shared"))
    parts = build._parts(many, "annotations", build._annotator(loaded)).folder
    files, given, made = clusters._places(parts, cluster)
    assert clusters._write(read.articles(loaded).articles, files, given, made) == 1
    clusters._tasks(pd.DataFrame({"id": [0]}), loaded.timezone, files, given, made)
    assert build.build(loaded, many, 1, cluster=cluster).annotated == 0
    build.build(loaded, one, 1)
    assert exported(many, tmp_path / "a") == exported(one, tmp_path / "b")
    assert list((tmp_path / "shared").glob("*/annotations/*/*")) == []


def test_a_place_that_is_none(folder, tmp_path):
    with pytest.raises(StoryError, match=r"^--place gopher://a: cannot be used \(.*\)\. Correct it\.$"):
        build.build(story.load(folder), tmp_path / "many.duckdb", 1, cluster=Cluster(None, "gopher://a"))
