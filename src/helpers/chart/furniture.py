"""What every chart has: headline, row names, a line of time, a note at its foot.

Rows are placed by hand, in pixels down from the top, so that names, marks and notes keep to one grid.
"""

import json
import textwrap
from collections.abc import Iterable

import altair as alt
import pandas as pd

from helpers.chart import theme
from helpers.chart.words import Words, short

WIDTH = 696  # the whole drawing; with the theme's padding, the column of a report
SIDE = 172  # the names of the rows

NONE = pd.Timedelta(0)

# The steps of a line of time, and how many hours each has at the most.
_HOURS = {"h": 1, "3h": 3, "6h": 6, "12h": 12}
_DAYS = {
    name: 24 * days
    for name, days in (
        *(("D", 1), ("2D", 2), ("W-MON", 7), ("2W-MON", 14), ("MS", 31), ("2MS", 62), ("QS", 92)),
        *((f"{years if years > 1 else ''}YS", 366 * years) for years in (1, 2, 5, 10, 25)),
    )
}


def framed(
    layers: Iterable[alt.Chart],
    height: float,
    words: Words,
    title: str | None,
    subtitle: str | None,
    notes: Iterable[str] = (),
    side: float = SIDE,
    foot: float = 52,
) -> alt.LayerChart:
    """Put layers together under a headline and over a note `foot` pixels below them.

    The chart's own words stand where no title or subtitle is given.
    """
    lines = [line for note in notes if note for line in textwrap.wrap(note, 116)]
    layers = list(layers)
    if lines:
        layers.append(
            text(pd.DataFrame({"text": ["\n".join(lines)]}), -side, height + foot, lineBreak="\n", lineHeight=15)
        )
    return alt.layer(*layers).properties(
        width=WIDTH - side, height=height, title=heading(words, title, subtitle), description=words.alt
    )


def heading(words: Words, title: str | None, subtitle: str | None) -> alt.TitleParams:
    """Set the headline and the line under it, broken to the drawing's width."""
    subtitle = words.subtitle if subtitle is None else subtitle
    return alt.TitleParams(
        _wrapped(words.headline if title is None else title, 68, 3) or [""], subtitle=_wrapped(subtitle, 108, 3)
    )


def _wrapped(text: str, length: int, most: int) -> list[str]:
    """Break a text into as few lines as it needs, of much the same length."""
    text = short(text, length * most - 12)
    lines = -(-len(text) // length)
    return textwrap.wrap(text, min(length, len(text) // max(lines, 1) + 6))


def nothing(words: Words, title: str | None, subtitle: str | None) -> alt.LayerChart:
    """Say that there is nothing to draw, in a chart's place."""
    table = pd.DataFrame({"text": ["There is nothing to draw."]})
    note = text(table, WIDTH / 2, 40, align="center", color=theme.SOFT)
    box = (
        alt.Chart(table)
        .mark_rect(fill=theme.GAP)
        .encode(x=alt.value(0), x2=alt.value(WIDTH), y=alt.value(0), y2=alt.value(80))
    )
    return framed([box, note], 80, Words(words.headline, "", words.alt), title, subtitle, side=0)


def names(rows: pd.DataFrame, height: float, side: float = SIDE) -> list[alt.Chart]:
    """Write `name` and under it `detail` beside each row, at `y`."""
    rows = rows.assign(full=rows["name"], name=[short(name, 26) for name in rows["name"]])
    place = {"x": alt.value(-side), "y": down("y", height), "tooltip": "full:N"}
    base = alt.Chart(rows)
    return [
        base.mark_text(align="left", baseline="bottom", fontWeight="bold", limit=side - 8).encode(
            text="name:N", **place
        ),
        base.mark_text(align="left", baseline="top", dy=2, fontSize=theme.NOTE, color=theme.SOFT).encode(
            text="detail:N", **place
        ),
    ]


def text(table: pd.DataFrame, x: float, y: float, **mark: object) -> alt.Chart:
    """Write the `text` of a one-row table at a place in pixels."""
    style = {"align": "left", "baseline": "middle", "fontSize": theme.NOTE, "color": theme.SOFT} | mark
    return alt.Chart(table).mark_text(**style).encode(text="text:N", x=alt.value(x), y=alt.value(y))


def down(field: str, height: float) -> alt.Y:
    """Place marks by pixels from the top."""
    scale = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def across(field: str, side: float = SIDE) -> alt.X:
    """Place marks by pixels from the end of the row names."""
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH - side], nice=False, zero=False))


def time(
    field: str,
    first: pd.Timestamp,
    last: pd.Timestamp,
    before: pd.Timedelta = NONE,
    after: pd.Timedelta = NONE,
    shift: pd.Timedelta = NONE,
    hours: bool = False,
    most: int = 9,
) -> alt.X:
    """Place marks on a line of time, in UTC whatever the reader's clock says.

    Labels run from `first` to `last`, at most `most` of them; the line, `before` and `after` further. `shift` moves the
    labels, for units that are drawn from their start to their end; `hours` lets short lines be labelled by the hour.
    """
    chosen = ticks(first, last, most, hours)
    named = {_milliseconds(tick + shift): label for tick, label in zip(chosen, labels(chosen), strict=True)}
    return alt.X(
        f"{field}:T",
        scale=alt.Scale(type="utc", domain=[_milliseconds(first - before), _milliseconds(last + after)], nice=False),
        axis=alt.Axis(
            values=list(named), labelExpr=f"{json.dumps(named)}[+datum.value]", labelOverlap=False, labelFlush=False
        ),
    )


def when(field: str, hours: bool = False) -> alt.Tooltip:
    """Tell the day of a mark under the mouse, or the moment: in UTC, as the line of time has it."""
    return alt.Tooltip(f"utcyearmonthdate{'hoursminutes' * hours}({field}):T", title="reported" if hours else "day")


def iso(times: pd.Series) -> pd.Series:
    """Write times as a chart reads them alike everywhere; a missing one stays missing."""
    return times.dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def ticks(first: pd.Timestamp, last: pd.Timestamp, most: int, hours: bool = False) -> pd.DatetimeIndex:
    """Choose at most `most` moments to label on a line of time, evenly apart: days, or hours where that is allowed."""
    length = (last - first) / pd.Timedelta(hours=1)
    for step, longest in ({**_HOURS, **_DAYS} if hours else _DAYS).items():
        if length // longest > most and step != "25YS":  # too many, which is told without making them
            continue
        found = pd.date_range(first.normalize(), last, freq=step)
        found = found[found >= first]
        if len(found) <= most:
            break
    return found if len(found) else pd.DatetimeIndex([first])


def labels(ticks: pd.DatetimeIndex) -> list[list[str]]:
    """Write each tick in the unit of its step, and what that leaves open under the first one and where it changes."""
    if len(ticks) and (ticks == ticks.normalize()).all():
        if ticks.is_year_start.all():
            return [[f"{tick:%Y}"] for tick in ticks]
        monthly = ticks.is_month_start.all() and len(ticks) > 1
        plain = [f"{tick:%b}" if monthly else f"{tick.day} {tick:%b}" for tick in ticks]
        below = [f"{tick:%Y}" for tick in ticks]
    else:
        plain = [f"{tick:%H:%M}" for tick in ticks]
        below = [f"{tick.day} {tick:%b}" for tick in ticks]
    return [
        [text, under] if n == 0 or under != below[n - 1] else [text]
        for n, (text, under) in enumerate(zip(plain, below, strict=True))
    ]


def _milliseconds(when: pd.Timestamp) -> int:
    return round(when.timestamp() * 1000)
