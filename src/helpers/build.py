"""Build a story's database: read, annotate, link, store. What has not changed is not done again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import link, parts, read, store, version
from helpers.annotate import cluster as clusters
from helpers.annotate import engine
from helpers.annotate.cluster import Cluster
from helpers.parts import Parts
from helpers.read import listing
from helpers.read.drafts import Drafts
from helpers.read.listing import Files, Listing
from helpers.story import Story, StoryError, digest

Progress = Callable[[Iterable, str], Iterable]  # the things, and what is being done with them
HERE = Path(__file__).parent
PART = 1_000  # articles whose annotations are held before they are written


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
    cluster: Cluster | None = None,
) -> Built:
    """Build a story's database from its files; gives what was done.

    Raises StoryError, with the old tables left as they were, where the story cannot be built.
    """
    database = database or story.database
    before, annotator = _last(story, database), _annotator(story)
    known = Files(_parts(database, "files", "2"))
    listed = listing.find(story, known)
    now = {"story": story.name, "folder": str(story.folder), "inputs": _inputs(listed), "annotator": annotator}
    if before == now:
        return _built(database, fresh=False, annotated=0)
    with parts.alone(database.with_suffix(".parts")):
        reading, kept, new = annotate(story, database, annotator, listed, known, processes, progress, cluster)
        english = reading.heads.loc[_english(reading.heads), "article_id"]
        linked = link.link(story, reading.articles, _annotations(kept, english))
        removed = pd.concat([reading.removed, linked.pop("removed")], ignore_index=True)
        made = pd.DataFrame([now], dtype=object)
        store.write(database, {**linked, "removed": removed, "build": made})
        kept.merge("article_id", list(english))
        return _built(database, fresh=True, annotated=new)


def annotate(
    story: Story,
    database: Path,
    annotator: str,
    listed: Listing,
    known: Files,
    processes: int | None,
    progress: Progress,
    cluster: Cluster | None = None,
) -> tuple[read.Reading, Parts, int]:
    """Read and annotate what is new in a story; gives the reading, the parts of all annotations, how many were new."""
    drafts = Drafts(database.with_suffix(".parts"), digest(version.code(HERE / "read"), store.SCHEMA))
    reading = read.articles(story, lambda files: progress(files, "reading"), listed, drafts)
    known.save()
    kept = _annotated(database, annotator, cluster)
    new = reading.heads[_english(reading.heads) & ~reading.heads["article_id"].isin(_held(kept))]
    texts = reading.stream(new, engine.FIELDS)
    if cluster and len(new):
        for _ in progress(clusters.stream(texts, story.timezone, kept.folder, cluster), "annotating"):
            pass
        kept = _annotated(database, annotator, cluster)
        if lost := set(new["article_id"]) - _held(kept):
            raise StoryError(f"{kept.folder}: {len(lost):,} articles came back from no machine. Build again.")
    else:
        _annotate(texts, story.timezone, kept, lambda batches: progress(batches, "annotating"), processes)
    return reading, kept, len(new)


def _annotate(
    articles: Iterable[pd.DataFrame], zone: str, kept: Parts, progress: engine.Progress, processes: int | None
) -> None:
    """Annotate articles into parts: what is written is not lost by whatever interrupts, and memory stays flat."""
    lines: list[engine.Line] = []
    for batch in progress(engine.stream(articles, zone, processes)):
        lines += batch
        if len(lines) >= PART:
            kept.write(pd.DataFrame(lines))
            lines = []
    kept.write(pd.DataFrame(lines))


def _held(kept: Parts) -> set[str]:
    held = kept.arrays("SELECT article_id FROM part")
    return set(held["article_id"]) if held else set()


def _annotations(kept: Parts, articles: pd.Series) -> dict[str, pd.DataFrame]:
    """Give the tables of the annotations of those articles, in their order."""
    wanted = pd.DataFrame({"article_id": articles, "place": range(len(articles))})
    select = f"""
        SELECT {", ".join(engine.COLUMNS)} FROM wanted JOIN (SELECT DISTINCT ON (article_id) * FROM part)
        USING (article_id) ORDER BY place
    """
    return engine.tables(row for chunk in kept.read(select, wanted=wanted) for row in chunk)


def _annotated(database: Path, annotator: str, cluster: Cluster | None) -> Parts:
    """Open the parts of the annotations: those beside the database, and those that a cluster has left elsewhere."""
    kept = _parts(database, "annotations", annotator)
    if cluster:
        kept.elsewhere = clusters.found(kept.folder, cluster)
    return kept


def _parts(database: Path, kind: str, version: str) -> Parts:
    return Parts(database.with_suffix(".parts"), kind, version)


def _inputs(listed: Listing) -> str:
    """Hash what the tables depend on: the story's files, by place and bytes, and the code."""
    files = "\x1f".join((*listed.paths, *listed.hashes))
    return digest(files, *sorted(listed.settings.items()), version.code(HERE))


def _annotator(story: Story) -> str:
    """Hash what an article's annotation depends on beside the article: code, model, columns, time zone."""
    return digest(version.code(HERE / "annotate"), store.SCHEMA, story.timezone)


def _last(story: Story, database: Path) -> dict:
    """Give what the last build was made from, {} where there was none or another version's."""
    held = store.tables(database) if database.exists() else []
    if not held:
        return {}
    rows = store.query("SELECT * FROM build ORDER BY ALL", database).to_dict("records") if "build" in held else []
    last = rows[0] if rows else {}
    if "folder" not in last:  # a build replaces every table: never those of somebody else's database
        raise StoryError(f"{database}: holds tables of another kind ({held[0]}). Name another file with --db.")
    if last["folder"] != str(story.folder):
        raise StoryError(
            f"{database}: holds the story in {last['folder']}. Name another file with --db, or rename a folder."
        )
    return last


def _english(articles: pd.DataFrame) -> pd.Series:
    codes = [code for code in articles["language"].unique() if code.lower().startswith("en")]
    return articles["language"].isin(codes)


def _built(database: Path, fresh: bool, annotated: int) -> Built:
    articles = store.query("SELECT language FROM articles ORDER BY ALL", database)
    return Built(
        database=database,
        fresh=fresh,
        articles=len(articles),
        foreign=int((~_english(articles)).sum()),
        annotated=annotated,
        statements=int(store.query("SELECT count(*) FROM statements", database).iat[0, 0]),
        faults=read.faults(store.read("removed", database)),
    )
