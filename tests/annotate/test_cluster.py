"""A real cluster of two nodes, one of which dies at work: the tables are those of one machine."""

import pytest

from helpers import build, store, story
from helpers.annotate import cluster as clusters
from helpers.annotate.cluster import Cluster

ray = pytest.importorskip("ray", reason="Ray is an extra: pip install on-the-record[ray]")

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
    from ray.cluster_utils import Cluster as Nodes

    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    started = Nodes(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    started.workers = [started.add_node(num_cpus=1) for _ in range(2)]
    started.wait_for_nodes()
    yield started
    ray.shutdown()
    started.shutdown()


def exported(database, folder):
    return {path.name: path.read_bytes() for path in store.export(database, folder)}


def test_a_machine_that_dies_loses_and_doubles_nothing(folder, tmp_path, nodes, monkeypatch):
    monkeypatch.setattr(clusters, "TASK", 2)
    for n in range(ARTICLES):
        (folder / "articles" / f"{n}.txt").write_text(TEXT.format(n=n, day=n + 1), encoding="utf-8")
    done = []

    def progress(things, doing):
        for thing in things:
            if doing == "annotating":
                if not done:
                    nodes.remove_node(nodes.workers[0], allow_graceful=False)
                done.append(thing)
            yield thing

    many, one = tmp_path / "many.duckdb", tmp_path / "one.duckdb"
    place = tmp_path / "shared"
    built = build.build(story.load(folder), many, None, progress, Cluster(nodes.address, str(place)))
    assert (built.articles, built.annotated, sum(done)) == (ARTICLES + 2, ARTICLES + 2, ARTICLES + 2)
    assert not nodes.workers[0].any_processes_alive()
    build.build(story.load(folder), one, 1)
    assert exported(many, tmp_path / "a") == exported(one, tmp_path / "b")
