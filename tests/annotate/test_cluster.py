"""A real cluster of two nodes, one of which dies at work: the tables are those of one machine.

They reach what they share in a folder or on object storage, of a real server of it, SeaweedFS, on this machine.
"""

import re
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import psutil
import pytest

from helpers import build, read, store, story, version
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
WEED = Path(sys.executable).with_name("weed")
KEYS = {
    "AWS_ACCESS_KEY_ID": "desk",
    "AWS_SECRET_ACCESS_KEY": "a secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",  # nothing is asked for keys but this
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
def head(monkeypatch):
    """Start the head of a cluster, which does no work."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    import ray
    from ray.cluster_utils import Cluster as Nodes

    started = Nodes()
    try:
        add(started, num_cpus=0, include_dashboard=False, include_log_monitor=False)
        yield started
    finally:
        ray.shutdown()
        started.shutdown()


@pytest.fixture(scope="module")
def objects(tmp_path_factory):
    """Start a server of object storage; gives the address of a bucket of it."""
    from pyarrow import fs

    folder = tmp_path_factory.mktemp("objects")
    with ExitStack() as held:
        free = [held.enter_context(socket.socket()) for _ in range(8)]
        for one in free:
            one.bind(("127.0.0.1", 0))
        ports = [one.getsockname()[1] for one in free]
    names = [f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc")]
    options = {
        "dir": folder,
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "master.telemetry": "false",
        "master.volumeSizeLimitMB": 64,
        "s3": "true",
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "filer.localSocket": folder / "filer.sock",
        "s3.localSocket": folder / "s3.sock",
        **dict(zip(names, ports, strict=True)),
    }
    address = f"http://127.0.0.1:{ports[names.index('s3.port')]}"
    command = [WEED, "server", *(f"-{name}={value}" for name, value in options.items())]
    with pytest.MonkeyPatch.context() as environment, (folder / "log").open("wb") as log:
        for name, value in (KEYS | {"AWS_ENDPOINT_URL": address}).items():
            environment.setenv(name, value)
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            tries = fs.AwsStandardS3RetryStrategy(max_attempts=30)  # it takes seconds to start
            objects = fs.S3FileSystem(endpoint_override=address, allow_bucket_creation=True, retry_strategy=tries)
            objects.create_dir("desk")
            yield "s3://desk/shared"
        finally:
            server.kill()
            server.wait()
            for left in (left for port in ports for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock")):
                left.unlink()


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


@pytest.fixture(params=["folder", "objects"])
def place(request, tmp_path):
    """Give a place that all machines reach: a folder, or one on object storage."""
    return str(tmp_path / "shared") if request.param == "folder" else request.getfixturevalue("objects")


def test_a_machine_that_dies_loses_and_doubles_nothing(folder, tmp_path, place, head, monkeypatch):
    monkeypatch.setattr(clusters, "TASK", 2)
    workers = [add(head, num_cpus=1) for _ in range(2)]
    head.wait_for_nodes(600)
    for n in range(ARTICLES):
        (folder / "articles" / f"{n}.txt").write_text(TEXT.format(n=n, day=n + 1), encoding="utf-8")
    done, dead = [], []

    def progress(things, doing):
        for thing in things:
            if doing == "annotating":
                done.append(thing)
                if not dead and (busy := [node for node in workers if at_work(node)]):
                    head.remove_node(busy[0], allow_graceful=False)
                    dead.append(busy[0])
            yield thing

    many, one = tmp_path / "many.duckdb", tmp_path / "one.duckdb"
    cluster = Cluster(head.address, place)
    built = build.build(story.load(folder), many, None, progress, cluster)
    assert (built.articles, built.annotated, sum(done)) == (ARTICLES + 2, ARTICLES + 2, ARTICLES + 2)
    (killed,) = dead
    assert not killed.any_processes_alive()
    build.build(story.load(folder), one, 1)
    assert exported(many, tmp_path / "a") == exported(one, tmp_path / "b")
    kept = build._annotated(many, build._annotator(story.load(folder)), cluster)
    assert (len(kept.files), kept.elsewhere.files) == (1, [])  # they are ours now


def test_a_machine_with_another_version_annotates_nothing(folder, tmp_path, head, monkeypatch):
    other = tmp_path / "other"
    shutil.copytree(Path(build.__file__).parent, other / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "helpers" / "annotate" / "extract.py").open("a", encoding="utf-8") as file:
        file.write("# It extracts otherwise.\n")
    theirs, ours = version.code(other / "helpers")[:8], version.here()["code"]
    with monkeypatch.context() as there:
        there.setenv("PYTHONPATH", str(other))
        add(head, num_cpus=1)
    head.wait_for_nodes(600)
    many = tmp_path / "many.duckdb"
    with pytest.raises(StoryError) as told:
        build.build(story.load(folder), many, cluster=Cluster(head.address, str(tmp_path / "shared")))
    assert str(told.value) == (
        f"{socket.gethostname()}, of the cluster, has code {theirs}, and this machine code {ours}. Install the same "
        "version on both and build again: what is annotated is kept."
    )
    assert not many.exists() and not list((tmp_path / "shared").rglob("annotations/*/*"))


def test_what_the_machines_had_done_when_a_build_broke_off_is_not_done_again(folder, tmp_path, place):
    """So two articles are annotated in the cluster's place, and no machine is asked for them."""
    loaded, many, one = story.load(folder), tmp_path / "many.duckdb", tmp_path / "one.duckdb"
    cluster = Cluster(None, place)
    parts = build._parts(many, "annotations", build._annotator(loaded)).folder
    files, given, made = clusters._places(parts, cluster)
    assert clusters._write([read.articles(loaded).articles], files, given, made) == 1
    clusters._tasks(pd.DataFrame({"id": [0]}), loaded.timezone, files, given, made, version.here())
    assert len(clusters.found(parts, cluster).files) == 1
    assert build.build(loaded, many, 1, cluster=cluster).annotated == 0
    build.build(loaded, one, 1)
    assert exported(many, tmp_path / "a") == exported(one, tmp_path / "b")
    assert len(clusters.found(parts, cluster).files) == 0


def test_what_is_damaged_on_object_storage_is_told(folder, tmp_path, objects):
    loaded, many, cluster = story.load(folder), tmp_path / "many.duckdb", Cluster(None, objects)
    parts = build._parts(many, "annotations", build._annotator(loaded)).folder
    files, _, made = clusters._places(parts, cluster)
    with files.open_output_stream(f"{made}/0.parquet") as file:
        file.write(b"no Parquet at all")
    with pytest.raises(StoryError) as told:
        build.build(loaded, many, 1, cluster=cluster)
    assert re.fullmatch(
        rf"s3://{made}: cannot be read \(.*\)\. Mend it, or delete what is damaged there, and build again\.",
        str(told.value),
    )


@pytest.mark.parametrize("place", ["gopher://a", "s3://key:secret@desk/shared", "s3://desk/shared?scheme=http"])
def test_a_place_that_is_none(folder, tmp_path, place):
    with pytest.raises(StoryError) as told:
        build.build(story.load(folder), tmp_path / "many.duckdb", 1, cluster=Cluster(None, place))
    assert str(told.value) == f"--place {place}: cannot be used. Name a folder, or s3://BUCKET/FOLDER."


def test_a_place_that_cannot_be_used(folder, tmp_path, objects, monkeypatch):
    (tmp_path / "file").touch()
    hints = {
        str(tmp_path / "file"): "Is it there, and may you write to it?",
        "s3://none/shared": "Are AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, unless it is Amazon's, AWS_ENDPOINT_URL right?",
    }
    for place, hint in hints.items():
        with pytest.raises(StoryError) as told:
            build.build(story.load(folder), tmp_path / "many.duckdb", 1, cluster=Cluster(None, place))
        assert re.fullmatch(rf"--place {re.escape(place)}: cannot be used \(.*\)\. {re.escape(hint)}", str(told.value))
