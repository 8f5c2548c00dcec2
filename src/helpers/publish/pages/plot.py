"""Draw timelines that a reader can enter: every mark a link, as wide as the page, in the page's own colours.

Marks stand at percentages of the width, so that one drawing fits a phone and a desk without being scaled; colours and
sizes are those of the style sheet. Without the script every link works; with it, arrow keys lead through the marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
from markupsafe import Markup, escape

from helpers.chart import furniture
from helpers.chart.words import short
from helpers.publish.markup import visible

ABREAST = 84  # marks that stand side by side without touching
LABELS = 5  # dates under a timeline, on a phone too
EDGE = 1.5  # per cent of the width that no mark comes nearer to the edge
STEP, TALL = 11, 96  # pixels from a mark to the one over it; what a lane has for all of them
HEAD, FOOT, FLAGS = 24, 40, 22  # pixels for a lane's name, the dates, a row of numbered events
THIN = 0.8  # per cent of the width that a stretch of one day has, and a column
HIGH = 26  # pixels of a lane's highest column
NAME = 34  # letters of a name
SHAPES = {
    "direct": '<circle class="shape" r="4.5"/>',
    "mixed": '<path class="shape" d="M0-6L6 0L0 6L-6 0Z"/>',
    "indirect": '<circle class="shape" r="4"/>',
}


@dataclass(frozen=True)
class Mark:
    """A statement on a timeline: when, of which form, where its link leads, and what a screen reader says of it."""

    when: pd.Timestamp
    form: str
    href: str
    label: str
    data: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """Many statements of a stretch of time: since when, how many, where its link leads, what a screen reader says."""

    when: pd.Timestamp
    count: int
    href: str
    label: str
    data: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Lane:
    """A row of a timeline: its name, what is said beside it, where the name leads, its marks, its stretches of time."""

    name: str
    detail: str = ""
    href: str | None = None
    marks: Sequence[Mark] = ()
    bars: Sequence[tuple[pd.Timestamp, pd.Timestamp, str]] = ()  # from, to, what it says
    columns: Sequence[Column] = ()


@dataclass(frozen=True)
class Axis:
    """A line of time, from the first moment to the last."""

    first: pd.Timestamp
    last: pd.Timestamp
    hours: bool = False

    def at(self, when: pd.Timestamp) -> float:
        """Place a moment, in per cent of the width."""
        length = (self.last - self.first) / pd.Timedelta(hours=1)
        share = (when - self.first) / pd.Timedelta(hours=1) / length if length else 0.5
        return round(EDGE + (100 - 2 * EDGE) * min(1.0, max(0.0, share)), 2)


def timeline(
    name: str, lanes: Sequence[Lane], axis: Axis, title: str, description: str, flags: Sequence[pd.Timestamp] = ()
) -> Markup:
    """Draw lanes of marks or of bars over one line of time, and numbered flags for what happened meanwhile.

    `name` is that of the drawing in its page. The first mark is in the tab order; the script moves that place along.
    """
    rows, down = _flags(flags, axis)
    parts = [f'<g class="flags" aria-hidden="true">{"".join(rows)}</g>'] if rows else []
    top = down
    for number, lane in enumerate(lanes):
        entered = any(before.marks or before.columns for before in lanes[:number])
        drawn, down = _lane(number, lane, axis, down, first=not entered)
        parts.append(drawn)
    grid = [_tick(axis.at(when), label, top, down) for when, label in _dates(axis)]
    shapes = "".join(f'<g id="{name}-{form}">{shape}</g>' for form, shape in SHAPES.items())
    body = "".join(parts).replace("#SHAPE-", f"#{name}-")
    return Markup(
        f'<svg class="time" height="{down + FOOT:g}" data-edge="{EDGE}" role="group" aria-labelledby="{name}-title" '
        f'aria-describedby="{name}-desc"><title id="{name}-title">{_text(title)}</title>'
        f'<desc id="{name}-desc">{_text(description)}</desc><defs>{shapes}</defs>'
        f'<g class="grid" aria-hidden="true">{"".join(grid)}</g>{body}</svg>'
    )


def height(marks: Sequence[Mark], axis: Axis) -> list[int]:
    """Give each mark, in order of time, the lowest place in its lane where it touches none before it."""
    ends, places = [], []
    for mark in marks:
        at = axis.at(mark.when)
        place = next((n for n, end in enumerate(ends) if end <= at), len(ends))
        ends[place : place + 1] = [at + 100 / ABREAST]
        places.append(place)
    return places


def _lane(number: int, lane: Lane, axis: Axis, down: float, first: bool) -> tuple[str, float]:
    marks = sorted(lane.marks, key=lambda mark: (mark.when, list(SHAPES).index(mark.form)))
    places = height(marks, axis)
    most = max(places, default=0)
    step = min(STEP, TALL / max(most, 1))
    base = down + HEAD + (14 + most * step if marks else 28)
    name = f'<text class="name" x="0" y="{down + 15}">{_text(short(lane.name, NAME))}'
    name += f'<tspan class="detail" dx="8">{_text(short(lane.detail, 48))}</tspan></text>'
    if lane.href:
        name = f'<a href="{_text(lane.href)}">{name}</a>'
    drawn = [f'<line class="base" x1="0" x2="100%" y1="{base:g}" y2="{base:g}"/>']
    for place, (mark, up) in enumerate(zip(marks, places, strict=True)):
        drawn.append(
            f'<a class="mark {mark.form}" {_stop(mark, number, first and not place)}>'
            f'<use href="#SHAPE-{mark.form}" x="{axis.at(mark.when)}%" y="{base - 8 - up * step:g}"/></a>'
        )
    drawn += [_bar(n, bar, axis, base) for n, bar in enumerate(lane.bars)]
    drawn += _columns(lane, number, axis, base, first)
    return f'<g class="lane">{name}{"".join(drawn)}</g>', base + 6


def _bar(number: int, bar: tuple[pd.Timestamp, pd.Timestamp, str], axis: Axis, base: float) -> str:
    start, end = axis.at(bar[0]), axis.at(bar[1])
    left, wide = min(start, 100 - EDGE - THIN), max(end - start, THIN)
    return (
        f'<rect class="bar bar-{number % 2}" x="{left:.2f}%" y="{base - 22:g}" width="{wide:.2f}%" height="16">'
        f"<title>{_text(bar[2])}</title></rect>"
    )


def _columns(lane: Lane, number: int, axis: Axis, base: float, first: bool) -> list[str]:
    highest = max((column.count for column in lane.columns), default=0)
    return [
        f'<a class="column" {_stop(column, number, first and not place)}><rect x="{axis.at(column.when)}%" '
        f'y="{base - HIGH * column.count / highest:.1f}" width="{THIN}%" '
        f'height="{HIGH * column.count / highest:.1f}"/></a>'
        for place, column in enumerate(lane.columns)
    ]


def _stop(stop: Mark | Column, lane: int, first: bool) -> str:
    """Write what every stop on the keyboard's way has: where it leads, what it says, its place."""
    data = "".join(f' data-{key}="{_text(value)}"' for key, value in stop.data.items())
    return (
        f'href="{_text(stop.href)}" data-lane="{lane}"{data} tabindex="{0 if first else -1}" '
        f'aria-label="{_text(stop.label)}"'
    )


def _flags(flags: Sequence[pd.Timestamp], axis: Axis) -> tuple[list[str], float]:
    """Number the flags and place them, those that would touch in rows of their own; gives them and their height."""
    ends: list[float] = []
    drawn = []
    for number, when in enumerate(flags, 1):
        at = axis.at(when)
        row = next((n for n, end in enumerate(ends) if end <= at), len(ends))
        ends[row : row + 1] = [at + 6.5]
        # Of one day there is one line: two dotted ones make a solid one.
        line = (
            f'<line x1="{at}%" x2="{at}%" y1="{row * FLAGS + 20}" y2="100%"/>'
            if when not in flags[: number - 1]
            else ""
        )
        drawn.append(
            f'{line}<circle cx="{at}%" cy="{row * FLAGS + 11}" r="9"/>'
            f'<text x="{at}%" y="{row * FLAGS + 15}" text-anchor="middle">{number}</text>'
        )
    return drawn, FLAGS * len(ends)


def _dates(axis: Axis) -> list[tuple[pd.Timestamp, list[str]]]:
    ticks = furniture.ticks(axis.first, axis.last, LABELS, axis.hours)
    return list(zip(ticks, furniture.labels(ticks), strict=True))


def _tick(at: float, label: list[str], top: float, down: float) -> str:
    anchor = "start" if at < 6 else "end" if at > 94 else "middle"
    words = "".join(
        f'<text x="{at}%" y="{down + 16 + 14 * line:g}" text-anchor="{anchor}">{_text(text)}</text>'
        for line, text in enumerate(label)
    )
    return f'<line x1="{at}%" x2="{at}%" y1="{top:g}" y2="{down:g}"/>{words}'


def _text(value: object) -> str:
    return str(escape(visible(str(value))))
