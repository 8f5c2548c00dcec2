"""From a built story to its report: the notebooks run, the charts drawn, the site written."""

from collections.abc import Callable, Iterable
from pathlib import Path

import altair as alt
import pandas as pd

from helpers import store
from helpers.chart import charts, figure, timeline, words
from helpers.publish.notebooks import notebooks
from helpers.publish.site import Figure, site
from helpers.story import Story

Progress = Callable[[Iterable, str], Iterable]


def report(story: Story, out: Path, progress: Progress = lambda things, _doing: things) -> Path:
    """Run the notebooks on a built story and write its report into a folder; gives the front page.

    Raises StoryError where a notebook fails, a quotation does not stand in its article or the folder may not be
    written to.
    """
    appendix = notebooks(story, out, progress=progress)
    site(story, story.database, out, figures(story, story.database), appendix)
    return out / "index.html"


def figures(story: Story, database: Path) -> list[Figure]:
    """Draw the charts of the front page, in the order of reading."""
    statements, actors, articles, utterances = (
        store.read(table, database) for table in ("statements", "actors", "articles", "utterances")
    )
    zone = story.timezone
    lanes = timeline.lanes(statements, actors, articles, story.actors.follow, zone=zone)
    drawn = [
        ("statements", lanes, charts.lanes, words.lanes),
        ("coverage", timeline.daily(articles, zone), charts.coverage, words.coverage),
        ("voice", timeline.voice(statements, actors), charts.voice, words.voice),
    ]
    carried = timeline.carried(utterances, actors, most=1)
    if len(carried) and carried.at[0, "outlets"] > 1:
        travel = timeline.travel(carried.at[0, "utterance_id"], statements, articles)
        drawn.append(("travel", travel, charts.travel, words.travel))
    source = _source(story, articles)
    return [_figure(name, table, draw, say(table), source) for name, table, draw, say in drawn]


def _figure(name: str, table: pd.DataFrame, draw: Callable, said: words.Words, source: str) -> Figure:
    # In the page the headline is text, which reflows and can be read aloud; in the file it must be drawn.
    bare = draw(table).copy(deep=False)
    bare.title = alt.Undefined
    return Figure(
        name=name,
        headline=said.headline,
        subtitle=said.subtitle,
        alt=said.alt,
        svg=figure.svg(bare, said.headline, said.alt),
        data=table,
        source=source,
        alone=figure.svg(draw(table, source=source), said.headline, said.alt),
    )


def _source(story: Story, articles: pd.DataFrame) -> str:
    outlets = sorted(articles["outlet"].dropna().unique())
    papers = f" from {words.number(len(outlets), 'outlet')}" if outlets else ""
    by = f", {story.byline}" if story.byline else ""
    return f"Source: {words.number(len(articles), 'article')}{papers}; counted by On the Record{by}."
