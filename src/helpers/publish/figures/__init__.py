"""The charts of a report, drawn from a story's tables, each with its words, its data and its source line."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import altair as alt
import pandas as pd

from helpers import store
from helpers.chart import bursts, charts, figure, timeline, words
from helpers.chart.words import Words
from helpers.publish.exports import data
from helpers.publish.figures.bundle import Figure
from helpers.story import Story

FOUND = "A program found the statements in the articles; see the report’s method page for how often it errs."
METHODS = {
    "coverage": "Articles are counted on the day they were published, in the story’s time zone, reprints for the "
    "outlet that printed them; later versions and undated articles are left out.",
    "lanes": f"{FOUND} A statement stands on the day it was made where the article tells it to within a week, "
    "else on the day of the report; undated ones are left out.",
    "voice": f"{FOUND} Shares are of all statements, those without a named speaker included; the lines are 95% "
    "intervals (Wilson 1927).",
    "travel": f"{FOUND} Drawn is the utterance that most outlets carried: reports of one speech act, matched by "
    "speaker, words and day. Times are in UTC.",
    "position": f"{FOUND} Drawn are the statements of the actor who spoke most often on one matter, each once, "
    "however many outlets carried it.",
    "leads": f"{FOUND} Pairs that seem to conflict are leads; shown are those that an article itself reports or a "
    "person has confirmed.",
}


def figures(story: Story, database: Path | None = None) -> list[Figure]:
    """Draw a story's charts, in the order of reading: coverage, who said what when, voices, travel, position, leads.

    Needs a built database, the story's own where none is named. A chart without data says so; travel is left out where
    nothing was carried further, and position where nobody spoke twice on one matter.
    """
    database = database or story.database
    tables = {table: store.read(table, database) for table in store.PUBLIC}
    statements, actors, articles = tables["statements"], tables["actors"], tables["articles"]
    dated = int(articles["published_at"].notna().sum())
    some = f" ({dated:,} dated)" if dated < len(articles) else ""
    outlets = words.number(articles["outlet"].nunique(), "outlet")
    collected = f"{words.number(len(articles), 'article')}{some} from {outlets}"
    found = f"{words.number(len(statements), 'statement')} in {collected}"

    daily = timeline.daily(articles, zone=story.timezone)
    lanes = timeline.lanes(statements, actors, articles, story.actors.follow, zone=story.timezone)
    voice = timeline.voice(statements, actors)
    carried = timeline.carried(tables["utterances"], actors)
    travel = timeline.travel(carried["utterance_id"].get(0), statements, articles)
    matters, utterances = tables["matters"], tables["utterances"]
    most = timeline.positions(utterances, actors, matters, most=1)
    where = (table.get(0) for table in (most["actor_id"], most["matter_id"]))
    position = timeline.position(*where, utterances, statements, actors, matters)
    leads = timeline.leads(data.leads(database), tables["utterances"], statements, actors)
    return [
        _figure("coverage", partial(charts.coverage, hot=bursts.bursts(daily)), words.coverage, daily, collected),
        _figure("lanes", charts.lanes, words.lanes, lanes, found),
        _figure("voice", charts.voice, words.voice, voice, found),
        *([_figure("travel", charts.travel, words.travel, travel, found)] if len(travel) != 1 else []),
        *([_figure("position", charts.position, words.position, position, found)] if len(position) > 1 else []),
        _figure("leads", charts.leads, words.leads, leads, found),
    ]


def _figure(
    name: str, draw: Callable, say: Callable[[pd.DataFrame], Words], table: pd.DataFrame, source: str
) -> Figure:
    said, source = say(table), f"On the Record, from {source}"
    # In the page the headline is text, which reflows and can be copied; in the file to take away it is drawn.
    whole, bare = draw(table, source=source), draw(table).copy(deep=False)
    bare.title = alt.Undefined
    return Figure(
        name=name,
        headline=said.headline,
        subtitle=said.subtitle,
        alt=said.alt,
        svg=figure.svg(bare, said.headline, said.alt),
        data=table,
        source=source,
        alone=figure.svg(whole, said.headline, said.alt),
        method=METHODS[name],
        spec=figure.spec(whole),
    )
