"""How a chart looks: palette and type scale, registered as Altair's theme `record`."""

import altair as alt

# The bundled face of vl-convert comes first, so that text measures the same on every machine; Arial and
# Helvetica have its widths, so that a reader's browser keeps the layout without any font being fetched.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

# Okabe and Ito (2008), those that stand out from white by 3:1 or more.
BLUE, VERMILION, GREEN, BLACK = "#0072B2", "#D55E00", "#009E73", "#000000"

INK, SOFT, RULE, GRID, GAP, PAPER = "#1A1A1A", "#595959", "#8C8C8C", "#E4E4E4", "#F0F0F0", "#FFFFFF"

# What is quoted is full, what is paraphrased hollow; what is both has a shape of its own.
FILL = {"direct": BLUE, "mixed": VERMILION, "indirect": PAPER}
EDGE = {"direct": BLUE, "mixed": VERMILION, "indirect": INK}
SHAPE = {"direct": "circle", "mixed": "diamond", "indirect": "circle"}

TITLE, SUBTITLE, LABEL, NOTE = 20, 13, 12, 11  # the type scale, in pixels


@alt.theme.register("record", enable=False)
def record() -> alt.theme.ThemeConfig:
    """Give the theme: flush left, light grid, no frame, no ink that says nothing."""
    return {
        "background": PAPER,
        "padding": 16,
        "config": {
            "font": FONT,
            "aria": False,  # the figure as a whole carries its title and description
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "frame": "bounds",
                "color": INK,
                "fontSize": TITLE,
                "fontWeight": "bold",
                "lineHeight": 25,
                "offset": 18,
                "subtitleColor": SOFT,
                "subtitleFontSize": SUBTITLE,
                "subtitleLineHeight": 18,
                "subtitlePadding": 8,
            },
            "axis": {
                "domain": False,
                "ticks": False,
                "gridColor": GRID,
                "labelColor": SOFT,
                "labelFontSize": NOTE,
                "labelPadding": 6,
                "title": None,
            },
            "text": {"font": FONT, "fontSize": LABEL, "color": INK},
            "legend": {"labelColor": INK, "labelFontSize": LABEL, "symbolSize": 64, "symbolStrokeWidth": 1.4},
        },
    }
