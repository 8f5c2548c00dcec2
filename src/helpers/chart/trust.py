"""Draw how far the confidence of statements can be trusted: a reliability diagram (DeGroot and Fienberg 1983)."""

import altair as alt
import pandas as pd

from helpers.chart import furniture, theme
from helpers.chart.words import Words, number

SQUARE = 320  # pixels along each side of the diagram
SIDE = 60
ENOUGH = 20  # statements from which a bin is joined to the next; fewer say little
TENTHS = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]


def words(bins: pd.DataFrame) -> Words:
    """Say how far confidence and the share that was right lie apart; needs the table that `reliability` draws."""
    if bins.empty:
        return Words("No statement was measured", "", "A reliability diagram without a point: nothing was measured.")
    total = int(bins["statements"].sum())
    counted = number(total, "statement")
    gaps = (bins["confidence"] - bins["right"]).abs()
    apart = float((gaps * bins["statements"]).sum() / total)
    widest = bins.loc[gaps.idxmax()]
    return Words(
        f"Confidence is {100 * apart:.1f} points off on average",
        f"Share of statements that a person marked too, by the confidence they were given; {counted}",
        f"Reliability diagram of {counted} in {number(len(bins), 'bin')}. On average, confidence and the share that "
        f"was right lie {100 * apart:.1f} points apart, most at confidence {widest['confidence']:.2f}, where "
        f"{100 * widest['right']:.0f} of 100 were right.",
    )


def reliability(
    bins: pd.DataFrame, title: str | None = None, subtitle: str | None = None, source: str = ""
) -> alt.LayerChart:
    """Draw the share that was right against the confidence; on the dotted line the two would be the same.

    Needs `confidence` and `right` (0 to 1) and `statements` (count) for each bin.
    """
    said = words(bins)
    if bins.empty:
        return furniture.nothing(said, title, subtitle)
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(values=TENTHS, format=".0%", titleFontWeight="normal", titleColor=theme.SOFT)
    width = alt.Scale(domain=[0, 1], range=[0, SQUARE], nice=False)
    x = alt.X("confidence:Q", scale=width, axis=axis, title="Confidence given")
    y = alt.Y("right:Q", scale=scale, axis=axis, title="Marked by a person too")
    even = pd.DataFrame({"confidence": [0.0, 1.0], "right": [0.0, 1.0]})
    labelled = bins.assign(text=[f"{count:,}" for count in bins["statements"]])
    firm = labelled[labelled["statements"] >= ENOUGH]
    points = alt.Chart(labelled).encode(x=x, y=y, tooltip=["confidence", "right", "statements"])
    layers = [
        alt.Chart(even).mark_line(color=theme.RULE, strokeDash=[3, 3]).encode(x=x, y=y),
        alt.Chart(firm).mark_line(color=theme.BLUE).encode(x=x, y=y),
        points.mark_point(filled=True, color=theme.BLUE, opacity=1, size=60),
        points.mark_text(align="left", dx=10, dy=8, fontSize=theme.NOTE, color=theme.SOFT).encode(text="text:N"),
    ]
    notes = [
        "Figures beside the points: statements. On the dotted line, confidence is what it promises. "
        f"Points of fewer than {ENOUGH} stand alone.",
        source,
    ]
    return furniture.framed(layers, SQUARE, said, title, subtitle, notes, side=SIDE)
