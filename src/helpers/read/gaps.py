"""Find what looks like a fault of collection: where a pile of articles has gaps that no news desk leaves."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.read.manifest import Manifest
from helpers.story import Story

CHANCE = 0.05  # a silence less likely than this is taken for a fault of collection
FORTNIGHT = 14  # days before and after a silence that tell the pace
WEEKS = 3  # that tell on which days of the week there is less
LEAST = 3  # articles with one text, and short ones in a row, from which a page's layout is suspected
SHORT = 0.2  # of an outlet's usual length
USUAL = 8  # articles that tell an outlet's usual length
UNNAMED = "Outlet not given"

COLUMNS = ("outlet", "start", "end", "articles", "reason")


def find(story: Story, articles: pd.DataFrame, removed: pd.DataFrame) -> pd.DataFrame:
    """List the gaps of a pile, each with what speaks for it.

    Needs the tables `articles` and `removed`; gives outlet (None: all of them), start and end (days in the story's
    zone, both included), articles (that bear the fault) and reason. A silence is a gap where the pace of the
    fortnights around it, and of the days of the week, hardly explains it. An outlet that gives one text at several
    addresses, or a run of texts far shorter than its usual ones, shows what its site puts in place of an article,
    such as a notice about cookies; so do kept pages of one host that hold no article.
    """
    dated = articles.assign(
        outlet=articles["outlet"].fillna(UNNAMED),
        day=articles["published_at"].dt.tz_localize("UTC").dt.tz_convert(story.timezone).dt.strftime("%Y-%m-%d"),
    )
    found = [*_silences(dated.dropna(subset=["day"])), *_same(dated), *_short(dated), *_bare(story, removed)]
    table = pd.DataFrame(found, columns=list(COLUMNS))
    return table.sort_values(["start", "outlet", "reason"], na_position="first", ignore_index=True)


def silent(counts: pd.Series, others: pd.Series | None = None) -> pd.Series:
    """Mark the days of a silence that the pace around it does not explain.

    Needs articles a day, every day from the first to the last, by ISO day, and those of other outlets. At m articles a
    day, l days without any have the probability exp(-m l) (articles arriving at random: a Poisson process). m is the
    slower of the fortnights before and after, since a fault has two steep edges and a story that fades has not; days of
    the week on which there is little at any time count for as little, and so do days on which others, too, have less
    than such days usually give them: holidays. Where all the silences give less than CHANCE, collection is the likelier
    cause.
    """
    none = counts == 0
    runs = (none != none.shift()).cumsum()
    before = counts.rolling(FORTNIGHT, min_periods=1).sum().shift() / FORTNIGHT
    after = counts[::-1].rolling(FORTNIGHT, min_periods=1).sum().shift()[::-1] / FORTNIGHT
    pace = np.minimum(before.groupby(runs).transform("first"), after.groupby(runs).transform("last"))
    expected = _rhythm(counts) if others is None else _rhythm(counts) * _busy(others)
    length = expected.groupby(runs).transform("sum")
    return none & (np.exp(-pace * length) * runs[none].nunique() < CHANCE)


def _rhythm(counts: pd.Series) -> pd.Series:
    """Give what share of an average day's articles each day may expect by its day of the week, at most all of it."""
    if len(counts) < WEEKS * 7 or not counts.sum():  # which tells nothing of its weeks
        return pd.Series(1.0, counts.index)
    weekday = pd.to_datetime(pd.Series(counts.index, counts.index)).dt.day_of_week
    return weekday.map(counts.groupby(weekday).mean() / counts.mean()).clip(upper=1.0)


def _busy(others: pd.Series) -> pd.Series:
    """Give what share of the articles that such a day usually gives others each day gave them, at most all of it."""
    usual = others.mean() * _rhythm(others)
    return ((others + 1) / (usual + 1)).clip(upper=1.0)  # one more on both sides: of few, none is no sign


def _silences(dated: pd.DataFrame) -> Iterator[tuple]:
    if dated.empty:
        return
    period = pd.date_range(dated["day"].min(), dated["day"].max()).strftime("%Y-%m-%d")
    counts = (
        dated.groupby(["day", "outlet"])["article_id"].nunique().unstack(fill_value=0).reindex(period, fill_value=0)
    )
    whole = silent(counts.sum(axis=1))
    yield from _stretches(None, whole, "nothing at all was collected")
    if counts.shape[1] > 1:
        for outlet in counts:
            printed = counts.index[counts[outlet] > 0]
            span = counts.loc[printed[0] : printed[-1], outlet]
            others = counts.drop(columns=outlet).sum(axis=1)[span.index]
            own = silent(span, others) & ~whole[span.index]
            yield from _stretches(outlet, own, "it is silent for longer than its pace explains")


def _stretches(outlet: str | None, lost: pd.Series, reason: str) -> Iterator[tuple]:
    runs = (lost != lost.shift()).cumsum()
    for _, run in lost[lost].groupby(runs[lost]):
        yield outlet, run.index[0], run.index[-1], 0, reason


def _same(dated: pd.DataFrame) -> Iterator[tuple]:
    """Find the texts that an outlet gives for several articles."""
    ordered = dated.sort_values(["day", "article_id"], na_position="last")
    origin = ordered["duplicate_of"].fillna(ordered["article_id"])
    for (outlet, _), same in ordered.groupby(["outlet", origin], sort=True):
        named = same[["url", "title"]].drop_duplicates()
        if len(same) >= LEAST and len(named) >= LEAST:
            reason = f"{len(same):,} of its articles have one text, which begins “{_begin(same['text'].iloc[0])}”"
            yield outlet, *_days(same), len(same), reason


def _short(dated: pd.DataFrame) -> Iterator[tuple]:
    """Find runs of texts that are far shorter than those of their outlet."""
    for outlet, own in dated.dropna(subset=["day"]).sort_values(["day", "article_id"]).groupby("outlet", sort=True):
        length = own["text"].str.len()
        short = length < SHORT * length.median()
        runs = (short != short.shift()).cumsum()
        for _, run in own[short].groupby(runs[short]):
            if len(own) >= USUAL and len(run) >= LEAST:
                first = _begin(run["text"].iloc[0])
                reason = f"{len(run):,} articles in a row are far shorter than its others; the first begins “{first}”"
                yield outlet, *_days(run), len(run), reason


def _bare(story: Story, removed: pd.DataFrame) -> Iterator[tuple]:
    """Count the kept pages that hold no article, by host."""
    lost = set(removed.loc[removed["kind"].isin(("file", "record")), "source_file"])
    lines = [
        line
        for line in Manifest(story.folder).lines
        if line.kind == "page" and line.file in lost and "://" in (line.address or "")
    ]
    days = [(line.address.split("/")[2], line.given.get("published_at", line.fetched_at)[:10]) for line in lines]
    for host, own in pd.DataFrame(days, columns=["host", "day"]).groupby("host", sort=True):
        if len(own) >= LEAST:
            yield host, own["day"].min(), own["day"].max(), len(own), f"{len(own):,} of its pages hold no article"


def _days(rows: pd.DataFrame) -> tuple[str | None, str | None]:
    days = rows["day"].dropna()
    return (days.min(), days.max()) if len(days) else (None, None)


def _begin(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
