"""The charts of a report, drawn from a story's tables, each with its words, its data and its source line."""

from pathlib import Path

import altair as alt
import pandas as pd

from helpers import store
from helpers.chart import charts, figure, timeline, words
from helpers.chart.words import Words
from helpers.publish.site import Figure
from helpers.story import Story


def figures(story: Story, database: Path | None = None) -> list[Figure]:
    """Draw a story's charts, in the order of reading: coverage, who said what when, voices, travel, leads.

    Needs a built database, the story's own where none is named. A chart without data says so.
    """
    tables = {table: store.read(table, database or story.database) for table in store.PUBLIC}
    statements, actors, articles = tables["statements"], tables["actors"], tables["articles"]
    dated = int(articles["published_at"].notna().sum())
    collected = f"{len(articles):,} articles of {articles['outlet'].nunique():,} outlets, {dated:,} of them dated"
    found = f"{len(statements):,} statements in {collected}"

    daily = timeline.daily(articles, zone=story.timezone)
    lanes = timeline.lanes(statements, actors, articles, story.actors.follow, zone=story.timezone)
    voice = timeline.voice(statements, actors)
    carried = timeline.carried(tables["utterances"], actors)
    travel = timeline.travel(carried["utterance_id"][0] if len(carried) else "", statements, articles)
    leads = timeline.leads(tables["contradictions"], tables["utterances"], statements, actors)
    return [
        _figure("coverage", charts.coverage(daily), words.coverage(daily), daily, collected),
        _figure("lanes", charts.lanes(lanes), words.lanes(lanes), lanes, found),
        _figure("voice", charts.voice(voice), words.voice(voice), voice, found),
        _figure("travel", charts.travel(travel), words.travel(travel), travel, found),
        _figure("leads", charts.leads(leads), words.leads(leads), leads, found),
    ]


def _figure(name: str, chart: alt.TopLevelMixin, said: Words, data: pd.DataFrame, source: str) -> Figure:
    return Figure(
        name=name,
        headline=said.headline,
        subtitle=said.subtitle,
        alt=said.alt,
        svg=figure.svg(chart, said.headline, said.alt),
        data=data,
        source=f"On the Record, from {source}",
    )
