"""Annotate on many machines: what each process of one does, as tasks of Ray Data over Parquet that all can reach.

Needs the extra `ray`. A task writes what it has annotated as one file that is named by the hash of its bytes: a task
that is run again, because its machine died, writes the same file, and so nothing is lost or doubled.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.annotate import engine
from helpers.story import StoryError

TASK = 256  # articles
_FIELDS = ["article_id", "text", "title", "byline", "published_at"]


@dataclass(frozen=True)
class Cluster:
    """Where to annotate."""

    address: str | None = None  # of a running Ray cluster; None: one that is started on this machine
    place: str | None = (
        None  # a folder or address (s3://…) that all its machines reach; None: that of the story's parts
    )


def stream(articles: pd.DataFrame, zone: str, folder: Path, cluster: Cluster) -> Iterator[int]:
    """Annotate a table of articles into parts in `folder`; gives, task by task, how many are done.

    Needs what `engine.annotate` needs. Reads and writes place/articles and place/annotations, each with the version
    that `folder` is named by. Raises StoryError where Ray is missing or cannot be reached.
    """
    ray, fs = _libraries()
    place, folder = cluster.place or str(folder.parents[1]), folder.resolve()
    files, root = fs.FileSystem.from_uri(place if "://" in place else str(Path(place).resolve()))
    given, made = f"{root}/articles/{folder.name}", f"{root}/annotations/{folder.name}"
    _write(articles, files, given, made)
    started = not ray.is_initialized()
    try:
        if started:
            ray.init(address=cluster.address, log_to_driver=False, logging_level="error")
        ray.data.DataContext.get_current().enable_progress_bars = False
        tasks = ray.data.read_parquet(given, filesystem=files, override_num_blocks=-(-len(articles) // TASK))
        done = tasks.map_batches(
            _task, batch_size=None, batch_format="pandas", fn_kwargs={"zone": zone, "files": files, "made": made}
        )
        for row in done.iter_rows():
            yield row["articles"]
    except (ray.exceptions.RayError, ConnectionError) as error:
        reason = str(error).strip().split("\n", 1)[0].rstrip(".")
        raise StoryError(
            f"{cluster.address or 'Ray'}: the cluster could not annotate ({reason}). Mend it and build again: "
            "what is annotated is kept."
        ) from None
    finally:
        if started:
            ray.shutdown()
    files.delete_dir(given)
    _fetch(files, made, folder)


def _write(articles: pd.DataFrame, files: object, given: str, made: str) -> None:
    """Write the articles where the tasks read them, a file for each task."""
    import pyarrow as pa
    from pyarrow import parquet

    for path in (given, made):
        files.create_dir(path)
    files.delete_dir_contents(given)
    articles = articles.reindex(columns=_FIELDS)
    for start in range(0, len(articles), TASK):
        table = pa.Table.from_pandas(articles.iloc[start : start + TASK], preserve_index=False)
        parquet.write_table(table, f"{given}/{start:09}.parquet", filesystem=files)


def _task(articles: pd.DataFrame, zone: str, files: object, made: str) -> pd.DataFrame:
    """Annotate a task's articles, on whatever machine, and write a part."""
    import pyarrow as pa
    from pyarrow import fs, parquet

    lines = engine.lines(articles, zone)
    table = pa.table({column: [line[column] for line in lines] for column in engine.COLUMNS})
    buffer = pa.BufferOutputStream()
    parquet.write_table(table, buffer, compression="zstd")
    raw = buffer.getvalue().to_pybytes()
    path = f"{made}/{hashlib.sha256(raw).hexdigest()[:32]}.parquet"
    half = (
        f"{path}.new" if isinstance(files, fs.LocalFileSystem) else path
    )  # an object store shows a file when it is whole
    with files.open_output_stream(half) as file:
        file.write(raw)
    if half != path:
        Path(half).replace(path)
    return pd.DataFrame({"articles": [len(articles)]})


def _fetch(files: object, made: str, folder: Path) -> None:
    """Copy the parts to the folder of the story's own, where they are not written there."""
    from pyarrow import fs

    if made != str(folder):
        folder.mkdir(parents=True, exist_ok=True)
        fs.copy_files(made, str(folder), source_filesystem=files, destination_filesystem=fs.LocalFileSystem())


def _libraries() -> tuple:
    try:
        import ray
        import ray.data
        from pyarrow import fs
    except ImportError:
        raise StoryError("--engine ray: Ray is not installed. Run `pip install on-the-record[ray]`.") from None
    return ray, fs
