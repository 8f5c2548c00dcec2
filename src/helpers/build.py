"""Build a story's database: read, annotate, link, store. What has not changed is not done again."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import link, read, store
from helpers.annotate import engine
from helpers.story import Story, StoryError, digest

Progress = Callable[[Iterable, str], Iterable]  # the things, and what is being done with them
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Built:
    """What a build did, and what the story's database holds after it."""

    database: Path
    fresh: bool  # False: nothing had changed, so nothing was done
    articles: int
    foreign: int  # articles in a language that is not annotated
    annotated: int  # articles annotated by this build; the others' annotations stood
    statements: int
    faults: pd.DataFrame  # the rows of `removed` that an editor must act on


def build(
    story: Story,
    database: Path | None = None,
    processes: int | None = None,
    progress: Progress = lambda things, _doing: things,
) -> Built:
    """Build a story's database from its files; gives what was done.

    Raises StoryError, with the old tables left as they were, where the story cannot be built.
    """
    database = database or story.database
    before = _last(story, database)
    now = {"story": story.name, "folder": str(story.folder), "inputs": _inputs(story), "annotator": _annotator(story)}
    if before == now:
        return _built(database, fresh=False, annotated=0)
    reading = read.articles(story, progress=lambda files: progress(files, "reading"))
    kept = _kept(database, reading.articles) if before.get("annotator") == now["annotator"] else {}
    new = _to_annotate(reading.articles, kept)
    annotations = engine.annotate(new, story.timezone, processes, lambda batches: progress(batches, "annotating"))
    if kept:
        annotations = {table: pd.concat([kept[table], annotations[table]], ignore_index=True) for table in annotations}
    linked = link.link(story, reading.articles, annotations)
    removed = pd.concat([reading.removed, linked.pop("removed")], ignore_index=True)
    made = pd.DataFrame([now], dtype=object)
    store.write(database, {**linked, "removed": removed, "build": made})
    return _built(database, fresh=True, annotated=len(new))


def _inputs(story: Story) -> str:
    """Hash what the tables depend on: the story's files, by place and bytes, and the code."""
    return digest(*(part for path in read.inputs(story) for part in (path, _sha256(path))), _code(HERE))


def _annotator(story: Story) -> str:
    """Hash what an article's annotation depends on beside the article: code, model, columns, time zone."""
    return digest(_code(HERE / "annotate"), store.SCHEMA, story.timezone)


def _code(folder: Path) -> str:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return digest(*(part for path in files for part in (path.relative_to(folder), _sha256(path))))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return str(error.errno)


def _last(story: Story, database: Path) -> dict:
    """Give what the last build was made from, {} where there was none or another version's."""
    held = store.tables(database) if database.exists() else []
    if not held:
        return {}
    last = next(iter(store.read("build", database).to_dict("records")), {}) if "build" in held else {}
    if "folder" not in last:  # a build replaces every table: never those of somebody else's database
        raise StoryError(f"{database}: holds tables of another kind ({held[0]}). Name another file with --db.")
    if last["folder"] != str(story.folder):
        raise StoryError(
            f"{database}: holds the story in {last['folder']}. Name another file with --db, or rename a folder."
        )
    return last


def _kept(database: Path, articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give the annotations in the database that still belong to an article of the story."""
    held = store.read("articles", database)
    if not set(held["article_id"]) <= set(articles["article_id"]):
        # A reprint took its days from an original; that may be what is gone, so it is read anew.
        held = held[held["duplicate_of"].isna() & held["near_duplicate_of"].isna()]
    known = set(held["article_id"]) & set(articles["article_id"])
    kept = {"known": pd.DataFrame({"article_id": sorted(known)})}
    for table in engine.TABLES:
        rows = store.raw(table, database)
        kept[table] = rows[rows["article_id"].isin(known)]
    return kept


def _to_annotate(articles: pd.DataFrame, kept: dict[str, pd.DataFrame]) -> pd.DataFrame:
    new = articles[_english(articles)]
    return new[~new["article_id"].isin(kept["known"]["article_id"])] if kept else new


def _english(articles: pd.DataFrame) -> pd.Series:
    return articles["language"].str.lower().str.startswith("en")


def _built(database: Path, fresh: bool, annotated: int) -> Built:
    articles = store.read("articles", database)
    return Built(
        database=database,
        fresh=fresh,
        articles=len(articles),
        foreign=int((~_english(articles)).sum()),
        annotated=annotated,
        statements=len(store.read("statements", database)),
        faults=read.faults(store.read("removed", database)),
    )
