"""The picture that stands for a report where somebody shares its address: the finding, over the days of coverage."""

from bisect import bisect
from html import escape
from itertools import accumulate
from unicodedata import east_asian_width

import pandas as pd

from helpers.chart import figure, theme, timeline
from helpers.chart.words import period, short
from helpers.publish.markup import visible
from helpers.story import Story

WIDTH, HEIGHT, EDGE = 1200, 630, 72
SIZES = (72, 64, 56, 48, 42)  # of the finding, the largest in which it takes three lines
LINES = 3
FLOOR, TALL = 540, 150  # where the bars stand, and how high the highest is


def draw(story: Story, finding: str, daily: pd.DataFrame, counted: str) -> bytes:
    """Draw a report's card as PNG, 1200 by 630.

    Needs the finding, a table of `timeline.daily` for the bars (which may be empty) and a line that says what was
    counted. The same words and days give the same bytes.
    """
    size, lines = _set(short(visible(finding), 240))
    about = short(visible(story.about), 112)
    foot = f"{counted} · {period(daily['day'])}" if len(daily) else counted
    top = 158 + size * 0.8
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.PAPER}"/>',
        f'<rect x="{EDGE}" y="56" width="{WIDTH - 2 * EDGE}" height="6" fill="{theme.INK}"/>',
        _text(EDGE, 108, 28, theme.SOFT, short(visible(story.title), 60), bold=True),
        _text(WIDTH - EDGE, 108, 28, theme.INK, "On the Record", bold=True, anchor="end"),
        *(_text(EDGE, top + row * size * 1.14, size, theme.INK, line, bold=True) for row, line in enumerate(lines)),
        *_bars(daily),
        f'<rect x="{EDGE}" y="{FLOOR}" width="{WIDTH - 2 * EDGE}" height="2" fill="{theme.INK}"/>',
        _text(EDGE, FLOOR + 36, 22, theme.SOFT, foot),
        _text(EDGE, FLOOR + 66, 18, theme.SOFT, about),
    ]
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'
    return figure.png(drawn, scale=1)


def words(story: Story, finding: str, page: str = "index.html") -> dict[str, str]:
    """Give what a page says of itself where its address is shared: title, description, the picture in words."""
    description = f"{story.title}: who said what, about what, and when. Every statement leads to its sentence."
    return {
        "title": finding,
        "description": " ".join(part for part in (description, story.about) if part),
        "picture": f"{finding}. Below it, bars of articles over time.",
        "page": page,
    }


def _bars(daily: pd.DataFrame) -> list[str]:
    if daily.empty:
        return []
    bins = timeline.pooled(daily, timeline.unit(daily)).groupby("day")["articles"].sum()
    step, most = (WIDTH - 2 * EDGE) / len(bins), max(int(bins.max()), 1)
    peak = bins.to_numpy().argmax()
    bars = []
    for place, count in enumerate(bins):
        tall = TALL * count / most
        bars.append(
            f'<rect x="{EDGE + place * step:.1f}" y="{FLOOR - tall:.1f}" width="{max(step * 0.8, 1):.1f}" '
            f'height="{tall:.1f}" fill="{theme.VERMILION if place == peak else theme.BLUE}"/>'
        )
    return bars


def _set(words: str) -> tuple[int, list[str]]:
    """Break the finding into lines: large where it is short, cut where it is longer than the card."""
    for size in SIZES:
        lines = _broken(words, (WIDTH - 2 * EDGE) / size)
        if len(lines) <= LINES:
            return size, lines
    lines = lines[:LINES]
    return size, [*lines[:-1], short(f"{lines[-1]} " + "…" * 200, len(lines[-1]))]


def _broken(words: str, wide: float) -> list[str]:
    lines = [""]
    for word in words.split():
        while _wide(word) > wide:  # a word longer than the card
            fits = bisect(list(accumulate(map(_wide, word))), wide)
            lines, word = [*lines, word[:fits]], word[fits:]
        joined = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], joined] if _wide(joined) <= wide else [*lines, word]
    return [line for line in lines if line]


def _wide(words: str) -> float:
    """Estimate the width of bold words in ems, rather too wide than too narrow."""
    return sum(
        1.02
        if east_asian_width(letter) in "WF" or letter in "mwMW@%—…"
        else 0.34
        if letter in "iljtfrI.,:;'!|()[] ’‘"
        else 0.75
        if letter.isupper() or not letter.isascii()
        else 0.6
        for letter in words
    )


def _text(x: float, y: float, size: int, color: str, words: str, bold: bool = False, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y:.1f}" font-family="{escape(theme.FONT)}" font-size="{size}" fill="{color}" '
        f'font-weight="{"bold" if bold else "normal"}" text-anchor="{anchor}">{escape(words)}</text>'
    )
