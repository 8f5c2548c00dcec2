"""The report: a static site that stands alone, asks nothing of anybody and quotes nothing that it cannot show."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
from markupsafe import Markup

from helpers import store
from helpers.annotate.tagger import MODEL
from helpers.chart import bursts, timeline, words
from helpers.evaluate import checked
from helpers.link import reviews
from helpers.publish import exports, guard, markup
from helpers.publish.exports import card, data, feed, linked, package, slides
from helpers.publish.figures import bundle
from helpers.publish.figures.bundle import Figure
from helpers.publish.notebooks import Appendix
from helpers.publish.pages import actors, articles, corrections, entries, front, record, render, utterances, weeks
from helpers.publish.pages.entries import Entry
from helpers.story import Story, StoryError

# What a new report replaces, first of all the page by which a folder is known to hold a report.
OWNED = (
    *"method.html index.html corrections.html actors utterances statements articles charts data".split(),
    *"datapackage.json statements.xml timeline.json card.png report.pdf".split(),
)
STAGED = ".new-"  # how the folder begins in which a report is made; what an interrupted one left is cleared away
LATEST = 10  # statements on the front page
MOST = 8  # most carried utterances there


def site(
    story: Story,
    database: Path,
    out: Path,
    charts: Sequence[Figure],
    appendix: Sequence[Appendix] = (),
    pdf: bool = False,
) -> list[Path]:
    """Write a story's report into a folder, in place of the last one there.

    Needs a built database; charts in the order of reading; the appendix pages that `notebooks` wrote into the
    same folder. With `pdf` the front page links to a PDF, which `paper` makes of the written pages. Gives the paths
    written. Raises StoryError, and leaves the last report as it was, where a quotation
    does not stand in its article or the folder may not be written to.
    """
    tables = {table: store.read(table, database) for table in store.PUBLIC}
    guard.statements(tables["statements"], tables["articles"])
    try:
        out.mkdir(parents=True, exist_ok=True)
        for left in out.glob(f"{STAGED}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=out, prefix=STAGED) as folder:
            staged = Path(folder)
            pages = _write(story, database, tables, staged, charts, appendix, pdf)
            guard.pages(pages, tables["articles"])
            guard.links(pages, tables["statements"])
            return _replace(staged, out)
    except OSError as error:
        raise StoryError(
            f"{error.filename or out}: cannot be written ({error.strerror}). "
            "Give yourself the right, make room, or choose another place with --out."
        ) from None


def _write(
    story: Story,
    database: Path,
    tables: dict[str, pd.DataFrame],
    out: Path,
    charts: Sequence[Figure],
    appendix: Sequence[Appendix],
    pdf: bool,
) -> list[Path]:
    zone = ZoneInfo(story.timezone)
    found = entries.read(tables, zone, story.language)
    listed = data.tables(database, out / "data")
    data.annotations(tables["statements"], tables["articles"], out / "data" / "annotations.jsonl")
    for chart in charts:
        bundle.write(chart, out / "charts" / chart.name, story)
    records = exports.statements(tables, story.timezone)
    _take_away(story, records, tables["utterances"], out)
    package.write(out, story, charts, tables["articles"]["outlet"].dropna())

    carried = utterances.listing(tables, found)
    shared = {
        "story": story,
        "appendix": appendix,
        "entries": found,
        "listed": listed,
        "numbers": front.numbers(tables, found, zone),
        "carried": {row["utterance_id"] for page in carried for row in page["rows"]},
    }
    worn = actors.roles(tables, found)
    daily = timeline.daily(tables["articles"], story.timezone)
    finding = front.finding(found)
    (out / "card.png").write_bytes(_picture(story, finding, tables["articles"], daily))
    pages = [
        render(
            "index.html.j2",
            out / "index.html",
            **shared,
            lively=True,
            finding=finding,
            social=card.words(story, finding),
            pdf=pdf,
            charts=[{"figure": chart, "svg": _drawing(chart), "table": front.table(chart.data)} for chart in charts],
            record=record.record(tables, found, story.actors.follow),
            roles=record.strip(worn, dict(tables["actors"][["actor_id", "name"]].itertuples(index=False))),
            bursts=words.bursts(bursts.bursts(daily)),
            days=daily["day"].nunique(),
            most=carried[0]["rows"][:MOST],
            latest=[entry for entry in found if entry.reported is not None][-LATEST:][::-1],
            leads=front.leads(data.leads(database), tables, found),
            unresolved=front.unresolved(found),
            removed=front.removed(tables["removed"]),
            faults=front.faults(tables["removed"]),
        ),
        render("method.html.j2", out / "method.html", **shared, card=_card(), checked=_checked(story, database)),
        render(
            "corrections.html.j2",
            out / "corrections.html",
            **shared,
            decisions=corrections.decisions(tables["contradictions"]),
            names=_named(story, tables),
            moved=corrections.moved(tables["contradictions"]),
            unfollowed=corrections.unfollowed(tables["removed"]),
        ),
    ]
    below = {**shared, "root": "../"}
    pages += _statements(found, out / "statements", below)
    pages += _actors(tables, found, out / "actors", below)
    pages += _utterances(tables, found, carried, out / "utterances", below)
    described: dict[str, list] = {}
    for row in records.itertuples():
        described.setdefault(row.article_id, []).append(row)
    for article in articles.pages(tables["articles"], found, zone):
        path = out / "articles" / f"{article['article_id']}.html"
        told = linked.graph(described.get(article["article_id"], ()), "../")
        pages.append(render("article.html.j2", path, **below, lively=True, article=article, linked=linked.script(told)))
    return pages


def _take_away(story: Story, records: pd.DataFrame, utterances: pd.DataFrame, out: Path) -> None:
    """Write the statements in the forms that other programs read."""
    texts = {
        "statements.xml": feed.atom(story, records),
        "timeline.json": slides.timeline(story, records, utterances),
        "data/statements.jsonld": linked.graph(records.itertuples(), story.address or "../"),
    }
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")


def _picture(story: Story, finding: str, articles: pd.DataFrame, daily: pd.DataFrame) -> bytes:
    outlets = words.number(articles["outlet"].nunique(), "outlet")
    counted = f"{words.number(len(articles), 'article')} from {outlets}"
    return card.draw(story, finding, daily, counted)


def _statements(found: list[Entry], out: Path, shared: dict[str, object]) -> list[Path]:
    listing = weeks.pages(found)
    pages = [render("statements.html.j2", out / "index.html", **shared, weeks=listing)]
    flat = [None, *(page for week in listing for page in week["pages"]), None]
    for before, page, after in zip(flat, flat[1:], flat[2:], strict=False):
        pages.append(render("week.html.j2", out / page["file"], **shared, page=page, before=before, after=after))
    return pages


def _actors(
    tables: dict[str, pd.DataFrame], found: list[Entry], out: Path, shared: dict[str, object]
) -> Iterator[Path]:
    yield render("actors.html.j2", out / "index.html", **shared, listing=actors.listing(tables, found))
    for actor in actors.pages(tables, found):
        for number, part in enumerate(actor["parts"], 1):
            given = {"actor": actor, "part": part, "number": number, "lively": number == 1}
            yield render("actor.html.j2", out / part["file"], **shared, **given)


def _utterances(
    tables: dict[str, pd.DataFrame], found: list[Entry], listing: list[dict], out: Path, shared: dict[str, object]
) -> Iterator[Path]:
    for page in listing:
        yield render("utterances.html.j2", out / page["file"], **shared, page=page, pages=len(listing))
    for utterance in utterances.pages(tables, found):
        path = out / f"{utterance['utterance_id']}.html"
        yield render("utterance.html.j2", path, **shared, lively=True, utterance=utterance)


def _card() -> dict:
    """Give the measured figures of the statement extractor, from its model card."""
    return json.loads((MODEL / "card.json").read_text(encoding="utf-8"))


def _checked(story: Story, database: Path) -> list[dict]:
    """Give what people found right of the statements that they checked."""
    return checked.figures(story, database)[0].to_dict("records")


def _named(story: Story, tables: dict[str, pd.DataFrame]) -> list[dict]:
    """Give what people say of whom the words mean."""
    return corrections.names(reviews.actors(story)[0], tables["mentions"], tables["actors"]).to_dict("records")


def _drawing(chart: Figure) -> Markup:
    return markup.svg(chart.svg, chart.name, chart.headline, chart.alt)


def _replace(staged: Path, out: Path) -> list[Path]:
    for name in OWNED:
        old, new = out / name, staged / name
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
        if new.exists():
            new.replace(old)
    return sorted(path for name in OWNED for path in ([out / name, *(out / name).rglob("*")]) if path.is_file())
