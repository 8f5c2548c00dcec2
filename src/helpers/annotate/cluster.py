"""Annotate on many machines: what each process of one does, as tasks of Ray Data over Parquet that all can reach.

Needs the extra `ray`. A task writes what it has annotated as one file that is named by the hash of its bytes: a task
that is run again, because its machine died, writes the same file, and so nothing is lost or doubled. A machine where
another version is installed annotates nothing.
"""

import logging
import os
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import duckdb
import pandas as pd

from helpers import parts, store, version
from helpers.annotate import engine
from helpers.parts import Elsewhere
from helpers.story import StoryError, digest

TASK = 256  # articles


@dataclass(frozen=True)
class Cluster:
    """Where to annotate."""

    address: str | None = None  # of a running Ray cluster; None: one that is started on this machine
    place: str | None = None  # a folder, or s3://…, that all its machines reach; None: that of the story's parts


def stream(articles: Iterable[pd.DataFrame], zone: str, folder: Path, cluster: Cluster) -> Iterator[int]:
    """Annotate articles into parts in `folder`, or elsewhere; gives, task by task, how many are done.

    Needs what `engine.stream` needs. Reads and writes articles/ and annotations/ in the cluster's place, each with
    the version that `folder` is named by; `found` finds what is annotated. Raises StoryError where Ray is missing or
    cannot be reached, its place cannot be used, or another version is installed on a machine.
    """
    ray, _ = _libraries()
    files, given, made = _places(folder, cluster)
    with _named(cluster):
        tasks = _write(articles, files, given, made)
    started = not ray.is_initialized()
    try:
        if started:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # its makers need not know
            # Its workers would wait for whatever else this machine does.
            os.environ.setdefault("RAY_worker_niceness", "0")
            own = {} if cluster.address else {"include_dashboard": False}  # of a cluster that is started for this
            ray.init(address=cluster.address, log_to_driver=False, logging_level="error", **own)
        ray.data.DataContext.get_current().enable_progress_bars = False
        for handler in logging.getLogger("ray.data").handlers:
            if isinstance(handler, logging.StreamHandler):  # what is in its log stays there
                handler.setLevel(logging.CRITICAL)
        # A task is told a number and reads the file itself: what a dead machine held can be had again from its number.
        numbers = ray.data.range(tasks, override_num_blocks=tasks)
        done = numbers.map_batches(
            _tasks,
            batch_size=None,
            batch_format="pandas",
            fn_kwargs={"zone": zone, "files": files, "given": given, "made": made, "wanted": version.here()},
        )
        for row in done.iter_rows():
            if row["fault"]:
                raise StoryError(row["fault"])
            yield row["articles"]
    except (ray.exceptions.RayError, ConnectionError) as error:
        raise StoryError(
            f"{cluster.address or 'Ray'}: the cluster could not annotate ({_cause(error)}). Mend it, see that this "
            "version is installed on each machine, and build again: what is annotated is kept."
        ) from None
    finally:
        if started:
            ray.shutdown()
    with _named(cluster):
        files.delete_dir(given)


def found(folder: Path, cluster: Cluster) -> Elsewhere:
    """Find what the machines have annotated, for an interrupted build, too, where that is not in `folder` itself."""
    _, fs = _libraries()
    files, _, made = _places(folder, cluster)
    if made == str(folder.resolve()):
        return Elsewhere()
    if isinstance(files, fs.LocalFileSystem):
        here = parts.whole(Path(made))
        return Elsewhere([str(path) for path in here], clear=lambda: [path.unlink() for path in here])
    with _named(cluster):
        all_ = files.get_file_info(fs.FileSelector(made, allow_not_found=True))
    there = sorted(one.path for one in all_ if one.extension == "parquet")
    return Elsewhere([f"s3://{path}" for path in there], _reach, partial(_clear, cluster, files.delete_file, there))


def _clear(cluster: Cluster, delete: Callable[[str], None], paths: list[str]) -> None:
    with _named(cluster):
        for path in paths:
            delete(path)


def _reach(connection: duckdb.DuckDBPyConnection) -> None:
    """Let DuckDB read what Arrow reads: it finds the keys in the same places, but not the address."""
    store.load(connection, "httpfs", "aws")
    scheme, _, host = os.environ.get("AWS_ENDPOINT_URL", "").rstrip("/").rpartition("://")
    own = f", ENDPOINT '{host}', USE_SSL {scheme != 'http'}, URL_STYLE 'path'" if host else ""
    connection.execute(f"CREATE SECRET (TYPE s3, PROVIDER credential_chain{own})")


def _places(folder: Path, cluster: Cluster) -> tuple:
    """Give the file system of a cluster's place and, in it, where a story's articles and annotations lie."""
    _, fs = _libraries()
    folder = folder.resolve()
    whole = folder.parents[1]  # the story's parts
    if not cluster.place:
        return fs.LocalFileSystem(), str(whole / "articles" / folder.name), str(folder)
    if "://" not in cluster.place:
        files, root = fs.LocalFileSystem(), str(Path(cluster.place).resolve())
    elif re.fullmatch(r"s3://[a-z0-9.-]+(/[^?@]*)?", cluster.place):  # keys and options are not for a command line
        with _named(cluster):
            files, root = fs.FileSystem.from_uri(cluster.place.rstrip("/"))
    else:
        raise StoryError(f"--place {cluster.place}: cannot be used. Name a folder, or s3://BUCKET/FOLDER.")
    root = f"{root}/{whole.stem}-{digest(str(whole))[:8]}"  # stories may share a place
    return files, f"{root}/articles/{folder.name}", f"{root}/annotations/{folder.name}"


@contextmanager
def _named(cluster: Cluster) -> Iterator[None]:
    """Name the place where it cannot be used."""
    try:
        yield
    except (OSError, ValueError) as error:
        if not cluster.place:
            raise
        hint = (
            "Are AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, unless it is Amazon's, AWS_ENDPOINT_URL right?"
            if cluster.place.startswith("s3:")
            else "Is it there, and may you write to it?"
        )
        raise StoryError(f"--place {cluster.place}: cannot be used ({_first(error)}). {hint}") from None


def _write(articles: Iterable[pd.DataFrame], files: object, given: str, made: str) -> int:
    """Write the articles where the tasks read them, a file for each task; gives how many tasks."""
    import pyarrow as pa
    from pyarrow import parquet

    for path in (given, made):
        files.create_dir(path)
    files.delete_dir_contents(given)
    tasks = 0
    for table in articles:
        for start in range(0, len(table), TASK):
            some = table.iloc[start : start + TASK].reindex(columns=list(engine.FIELDS))
            parquet.write_table(pa.Table.from_pandas(some, preserve_index=False), _path(given, tasks), filesystem=files)
            tasks += 1
    return tasks


def _path(given: str, number: int) -> str:
    return f"{given}/{number:06}.parquet"


def _tasks(
    numbers: pd.DataFrame, zone: str, files: object, given: str, made: str, wanted: dict[str, str]
) -> pd.DataFrame:
    """Do the tasks with these numbers, on whatever machine; gives how many articles each had, or what is at fault."""
    from pyarrow import parquet

    done, fault = 0, ""
    if differ := version.difference(version.here(), wanted):
        fault = f"has {differ[0]}, and this machine {differ[1]}. Install the same version on both"
        numbers = numbers.head(0)
    try:
        for number in numbers["id"]:
            articles = parquet.read_table(_path(given, number), filesystem=files).to_pandas()
            _task(articles, zone, files, made)
            done += len(articles)
    except (OSError, StoryError) as error:
        fault = f"cannot annotate ({_first(error)}). Mend it"
    if fault:
        fault = f"{socket.gethostname()}, of the cluster, {fault} and build again: what is annotated is kept."
    return pd.DataFrame({"articles": [done], "fault": [fault]})


def _task(articles: pd.DataFrame, zone: str, files: object, made: str) -> None:
    """Annotate a task's articles and write a part."""
    import pyarrow as pa
    from pyarrow import fs, parquet

    lines = engine.lines(articles, zone)
    table = pa.table({column: [line[column] for line in lines] for column in engine.COLUMNS})
    buffer = pa.BufferOutputStream()
    parquet.write_table(table, buffer, compression="zstd")
    raw = buffer.getvalue().to_pybytes()
    path = f"{made}/{parts.name([raw])}.parquet"
    # An object store shows a file when it is whole; in a folder it is named when it is. Two machines may be at the same
    # task, if one is given up for dead and is not: neither takes the other's file away.
    half = f"{made}/{uuid4().hex}.new" if isinstance(files, fs.LocalFileSystem) else path
    with files.open_output_stream(half) as file:
        file.write(raw)
    if half != path:
        Path(half).replace(path)


def _cause(error: Exception) -> str:
    """Say why a task failed: Ray tells of it in the midst of much else."""
    told = str(error).strip()
    return (re.findall(r"^ *(\w+(?:Error|Exception): .*)$", told, re.MULTILINE) or told.splitlines())[-1].rstrip(".")


def _first(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0].rstrip(".")


def _libraries() -> tuple:
    try:
        import ray
        import ray.data
        from pyarrow import fs
    except ImportError:
        raise StoryError("--engine ray: Ray is not installed. Run `make extras`.") from None
    return ray, fs
