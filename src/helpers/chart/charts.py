"""Draw the tables of `timeline`. Every function takes a table and gives a chart; none reads or saves."""

import textwrap

import altair as alt
import numpy as np
import pandas as pd

from helpers.chart import bursts, furniture, theme, timeline, words
from helpers.chart.furniture import NONE, SIDE, WIDTH

OUTLETS = 8  # rows for outlets; the rest share one
ACTORS = 12  # rows for actors; the rest share one
REPORTERS = 20  # rows for the outlets that carried an utterance
PAIRS = 8  # leads drawn
TURNS = 14  # utterances of one actor on one matter drawn
MARKS = 1200  # statements drawn one by one; more are drawn as bars
LEAST = 3  # articles that a row has room for at the least
FEWEST = 12  # units that a line of time has room for at the least, so that no bar becomes a wall

STRIP = 150  # pixels across, for how an actor's words are given
WORDS = 430  # pixels across, for the words of a lead
STEP = 9  # pixels from one stacked mark to the next

DAY = pd.Timedelta(days=1)
INTERVAL = ("share", "low", "high")
STATUS = {"lead": "unreviewed", "confirmed": "confirmed", "dismissed": "dismissed"}


def coverage(
    daily: pd.DataFrame,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    hot: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """Draw articles a day: all outlets on top, then a row for each.

    Needs a table of `timeline.daily`. Long periods are drawn by week or month. What was not collected is shaded and has
    no base line, so that it cannot be taken for silence. The bursts of a table of `bursts.bursts` are underlined.
    """
    said = words.coverage(daily)
    if daily.empty:
        return furniture.nothing(said, title, subtitle)
    unit = timeline.unit(daily)
    bins = timeline.pooled(_folded(daily), unit)
    bins = pd.concat([_together(bins), bins], ignore_index=True)
    rows = _panels(bins)
    height = float(rows["base"].max()) + 2
    bins = bins.merge(rows[["outlet", "base", "tall", "top"]], on="outlet")
    bins["y"] = bins["base"] - bins["articles"] / bins["top"] * bins["tall"]

    first, last = pd.Timestamp(bins["day"].min()), pd.Timestamp(bins["day"].max())
    length = pd.Timestamp(bins["until"].iloc[0]) - first
    room = max(length * FEWEST - (last - first), NONE) / 2
    per_pixel = (last - first + length + 2 * room) / (WIDTH - SIDE)
    bins["middle"] = furniture.iso(pd.to_datetime(bins["day"]) + length / 2)
    x = furniture.time("day", first, last, before=room, after=room + length, shift=length / 2)
    y = furniture.down("y", height)
    stretch = {"x": x, "x2": "until:T", "y": y}
    told = {"tooltip": ["outlet:N", furniture.when("day"), "articles:Q"]}
    thin = {"x2Offset": -min(1.0, length / per_pixel / 5)}
    highest = bins.loc[bins.groupby("outlet", sort=False)["articles"].idxmax()]
    lost, known = _runs(bins, collected=False), _runs(bins, collected=True)
    hot = (pd.DataFrame(columns=["outlet", "start", "end"]) if hot is None else hot).merge(
        rows[["outlet", "base"]], on="outlet"
    )
    hot = hot.assign(
        day=hot["start"],
        until=furniture.iso(pd.to_datetime(hot["end"]) + DAY),
        y=hot["base"] + 2,
        under=hot["base"] + 6,
    )
    layers = [
        alt.Chart(lost).mark_rect(color=theme.GAP).encode(**stretch, y2="base:Q"),
        *_scale(rows.iloc[0], height),
        alt.Chart(known.assign(y=known["base"] + 1)).mark_rect(color=theme.RULE).encode(**stretch, y2="base:Q"),
        alt.Chart(bins[bins["articles"] > 0])
        .mark_rect(color=theme.BLUE, **thin)
        .encode(**stretch, y2="base:Q", **told),
        alt.Chart(highest[:1]).mark_rect(color=theme.VERMILION, **thin).encode(**stretch, y2="base:Q", **told),
        *([alt.Chart(hot).mark_rect(color=theme.VERMILION).encode(**stretch, y2="under:Q")] if len(hot) else []),
        alt.Chart(highest)
        .mark_text(baseline="bottom", dy=-3, fontSize=theme.NOTE, fontWeight="bold", color=theme.SOFT)
        .encode(x="middle:T", y=y, text="articles:Q"),
        alt.Chart(_silence(lost, per_pixel))
        .mark_text(dy=-30, fontSize=theme.NOTE, color=theme.SOFT, lineBreak="\n", lineHeight=14)
        .encode(x="middle:T", y=furniture.down("base", height), text="text:N"),
        *furniture.names(rows, height),
    ]
    note = "Grey: not collected – before an outlet’s first article, after its last, or while nothing came from anyone."
    burst = "Underlined: a burst, by the two-state model of Kleinberg (2002)."
    notes = [" ".join([note] * bool(len(lost)) + [burst] * bool(len(hot))), source]
    return furniture.framed(layers, height, said, title, subtitle, notes)


def voice(
    voice: pd.DataFrame, title: str | None = None, subtitle: str | None = None, source: str = ""
) -> alt.LayerChart:
    """Draw each actor's share of the statements with its interval, and how many were direct, mixed and indirect.

    Needs a table of `timeline.voice`.
    """
    said = words.voice(voice)
    if not voice["statements"].sum():
        return furniture.nothing(said, title, subtitle)
    rows = _ranked(voice)
    height = float(rows["y"].iloc[-1]) + 20
    strip = WIDTH - SIDE - STRIP
    scale = (strip - 60) / rows["high"].max()
    rows = rows.assign(zero=0, to=rows["share"] * scale, least=rows["low"] * scale, utmost=rows["high"] * scale)
    parts = _parts(rows, strip)
    x, y = furniture.across, furniture.down("y", height)
    bars, forms = alt.Chart(rows), alt.Chart(parts)
    known = alt.datum.known
    layers = [
        bars.mark_bar(size=16, strokeWidth=1).encode(
            x=x("zero"),
            x2="to:Q",
            y=y,
            color=alt.when(known).then(alt.value(theme.BLUE)).otherwise(alt.value(theme.PAPER)),
            stroke=alt.when(known).then(alt.value(theme.BLUE)).otherwise(alt.value(theme.SOFT)),
            strokeDash=alt.when(known).then(alt.value([1, 0])).otherwise(alt.value([3, 2])),
            tooltip=["actor:N", "statements:Q", *(alt.Tooltip(f"{part}:Q", format=".1%") for part in INTERVAL)],
        ),
        bars.mark_rule(color=theme.INK, strokeWidth=1.5).encode(x=x("least"), x2="utmost:Q", y=y),
        bars.mark_text(align="left", dx=7, fontWeight="bold").encode(x=x("utmost"), y=y, text="percent:N"),
        forms.mark_bar(size=16, stroke=theme.INK, strokeWidth=0.5).encode(
            x=x("start"), x2="end:Q", y=y, color=_form_scale("color"), tooltip=["actor:N", "form:N", "count:Q"]
        ),
        forms.transform_filter("datum.end - datum.start >= 18")
        .mark_text(fontSize=theme.NOTE)
        .encode(x=x("middle"), y=y, text="count:Q", color=alt.Color("ink:N", scale=None)),
        furniture.text(pd.DataFrame({"text": ["share of all statements"]}), 0, 4),
        *(
            furniture.text(pd.DataFrame({"text": [form]}), strip + place * STRIP, 4, align=align)
            for form, place, align in (("direct", 0, "left"), ("mixed", 0.5, "center"), ("indirect", 1, "right"))
        ),
        *furniture.names(rows, height),
    ]
    return furniture.framed(layers, height, said, title, subtitle, [source], foot=14)


def lanes(
    lanes: pd.DataFrame, title: str | None = None, subtitle: str | None = None, source: str = ""
) -> alt.LayerChart:
    """Draw who said what, when: a lane an actor, a mark a statement, its shape the form.

    Needs a table of `timeline.lanes`. More than MARKS statements are drawn as bars of their number.
    """
    said = words.lanes(lanes)
    shown = lanes[~lanes["early"]]
    if shown.empty:
        return furniture.nothing(said, title, subtitle)
    dense = len(shown) > MARKS
    rows = _tracks(shown, dense)
    height = float(rows["base"].iloc[-1]) + 4
    first, last = pd.Timestamp(shown["day"].min()), pd.Timestamp(shown["day"].max())
    room = max((last - first) / 60, pd.Timedelta(hours=12))
    x, y = furniture.time("day", first, last, room, room), furniture.down("y", height)
    notes = []
    if dense:
        length = -(-((last - first).days + 1) // timeline.ABREAST)
        bars = _binned(shown, rows, first, length)
        marks = alt.Chart(bars).mark_rect(color=theme.BLUE, x2Offset=-1)
        marks = marks.encode(x=x, x2="until:T", y=y, y2="base:Q", tooltip=["actor:N", furniture.when("day"), "count:Q"])
        tallest = words.number(int(bars["count"].max()), "statement")
        notes.append(f"Each bar counts {words.number(length, 'day')}; the tallest, {tallest}.")
    else:
        marks = shown.merge(rows[["lane", "base", "step"]], on="lane")
        marks = _points(marks.assign(y=marks["base"] - 7 - marks["stack"] * marks["step"]), x, y)
    reported = int((shown["dated"] == "reported").sum())
    if reported:
        notes.append(f"{words.number(reported, 'statement')} on the day of the report: the article gives no other.")
    base = {"y": furniture.down("base", height), "x": alt.value(0), "x2": alt.value(WIDTH - SIDE)}
    layers = [
        alt.Chart(rows).mark_rule(color=theme.GRID).encode(**base),
        marks,
        *furniture.names(rows, height),
    ]
    return furniture.framed(layers, height, said, title, subtitle, [" ".join(notes), source])


def travel(
    travel: pd.DataFrame, title: str | None = None, subtitle: str | None = None, source: str = ""
) -> alt.LayerChart:
    """Draw how an utterance travelled: a row an outlet, a mark a report, the earliest on top.

    Needs a table of `timeline.travel`.
    """
    said = words.travel(travel)
    dated = travel[travel["reported_at"].notna()]
    if dated.empty:
        return furniture.nothing(said, title, subtitle)
    outlets = dated["outlet"].drop_duplicates()
    rows = pd.DataFrame({"name": outlets[:REPORTERS], "y": 26.0 + 40 * np.arange(min(len(outlets), REPORTERS))})
    rows["detail"] = [words.number(count, "report") for count in rows["name"].map(dated["outlet"].value_counts())]
    height = float(rows["y"].iloc[-1]) + 20
    reports = dated.merge(rows, left_on="outlet", right_on="name")
    first, last = reports["reported_at"].min(), reports["reported_at"].max()
    room = max((last - first) / 20, pd.Timedelta(hours=1))
    x, y = furniture.time("day", first, last, room, room, hours=True, most=7), furniture.down("y", height)
    reports = reports.assign(day=furniture.iso(reports["reported_at"]), start=first.strftime("%Y-%m-%dT%H:%M:%SZ"))
    # Marks that would hide one another are drawn once.
    apart = reports.assign(place=(reports["reported_at"] - first) // (room / 4))
    points = reports[~apart.duplicated(["outlet", "place", "form"])]
    firsts = reports.drop_duplicates("outlet")
    late = (firsts["reported_at"] - first) / (last - first + 2 * room) > 0.55
    firsts = firsts.assign(text=[_passage(report) for report in firsts.itertuples()])[["day", "start", "y", "text"]]
    layers = [
        alt.Chart(rows).mark_rule(color=theme.GRID).encode(y=y, x=alt.value(0), x2=alt.value(WIDTH - SIDE)),
        alt.Chart(firsts[:1]).mark_rule(color=theme.RULE, strokeDash=[3, 3]).encode(x=x),
        alt.Chart(firsts).mark_rule(color=theme.RULE, strokeWidth=1.5).encode(x=x, x2="start:T", y=y),
        _points(points, x, y, hours=True),
        *(
            alt.Chart(firsts[late == side])
            .mark_text(align=align, dx=dx, dy=-11, fontSize=theme.NOTE)
            .encode(x=x, y=y, text="text:N")
            for side, align, dx in ((False, "left", 5), (True, "right", 4))
        ),
        *furniture.names(rows, height),
    ]
    notes = []
    if len(outlets) > REPORTERS:
        notes.append(f"{words.number(len(outlets) - REPORTERS, 'later outlet')} not drawn.")
    if len(travel) > len(dated):
        notes.append(f"{words.number(len(travel) - len(dated), 'undated report')} not drawn.")
    return furniture.framed(layers, height, said, title, subtitle, [" ".join(notes), source])


def position(
    position: pd.DataFrame, title: str | None = None, subtitle: str | None = None, source: str = ""
) -> alt.LayerChart:
    """Draw what one actor said on one matter, in the actor's words, and when: the earliest on top.

    Needs a table of `timeline.position`.
    """
    said = words.position(position)
    dated = position[position["day"].notna()]
    if dated.empty:
        return furniture.nothing(said, title, subtitle)
    rows = dated.tail(TURNS).reset_index(drop=True)
    rows = rows.assign(
        y=16.0 + 44 * rows.index,
        text=[
            "\n".join(textwrap.wrap(f"{_day(row.day)}: {words.verbatim(row.content, row.form, 110)}", 66))
            for row in rows.itertuples()
        ],
    )
    height = float(rows["y"].iloc[-1]) + 36
    first, last = pd.Timestamp(rows["day"].min()), pd.Timestamp(rows["day"].max())
    room = max((last - first) / 15, pd.Timedelta(days=1))
    x, y = furniture.time("day", first, last, room, room, most=5), furniture.down("y", height)
    layers = [
        alt.Chart(rows).mark_rule(color=theme.GRID).encode(y=y, x=alt.value(0), x2=alt.value(WIDTH - WORDS)),
        _points(rows.assign(outlet=[words.number(count, "outlet") for count in rows["outlets"]]), x, y, WORDS),
        alt.Chart(rows)
        .mark_text(align="left", fontSize=theme.NOTE, lineBreak="\n", lineHeight=14)
        .encode(x=alt.value(-WORDS), y=y, text="text:N"),
    ]
    notes = []
    if len(dated) > TURNS:
        notes.append(f"{words.number(len(dated) - TURNS, 'earlier statement')} not drawn.")
    if len(position) > len(dated):
        notes.append(f"{words.number(len(position) - len(dated), 'undated statement')} not drawn.")
    return furniture.framed(layers, height, said, title, subtitle, [" ".join(notes), source], side=WORDS)


def leads(
    leads: pd.DataFrame, title: str | None = None, subtitle: str | None = None, source: str = ""
) -> alt.LayerChart:
    """Draw the likeliest leads: both statements in their words, and when each was made.

    Needs a table of `timeline.leads`.
    """
    said = words.leads(leads)
    if leads.empty:
        return furniture.nothing(said, title, subtitle)
    rows = leads.head(PAIRS).reset_index(drop=True)
    rows = rows.assign(
        y=16.0 + 104 * rows.index,
        text=[f"{row.kind.capitalize()} · {STATUS[row.status]} · score {row.score:.2f}" for row in rows.itertuples()],
    )
    height = float(rows["y"].iloc[-1]) + 84
    sides = pd.concat([_side(rows, side) for side in "ab"], ignore_index=True)
    y = furniture.down("y", height)
    shape = alt.Shape("side:N", legend=None, scale=alt.Scale(domain=["a", "b"], range=["circle", "diamond"]))
    color = alt.Color("side:N", legend=None, scale=alt.Scale(domain=["a", "b"], range=[theme.BLUE, theme.VERMILION]))
    point = {"filled": True, "size": 70, "opacity": 1}
    layers = [
        alt.Chart(rows.assign(y=rows["y"] - 18)[1:])
        .mark_rule(color=theme.GRID)
        .encode(y=y, x=alt.value(-WORDS), x2=alt.value(WIDTH - WORDS)),
        alt.Chart(sides).mark_point(**point).encode(x=alt.value(5 - WORDS), y=y, shape=shape, color=color),
        alt.Chart(rows).mark_text(align="left", fontWeight="bold").encode(x=alt.value(-WORDS), y=y, text="text:N"),
        alt.Chart(sides)
        .mark_text(align="left", fontSize=theme.NOTE, lineBreak="\n", lineHeight=14)
        .encode(x=alt.value(16 - WORDS), y=y, text="text:N", tooltip=["speaker:N", "words:N"]),
    ]
    dated = sides.dropna(subset="day")
    if len(dated):
        first, last = pd.Timestamp(dated["day"].min()), pd.Timestamp(dated["day"].max())
        room = max((last - first) / 15, pd.Timedelta(days=1))
        x = furniture.time("day", first, last, room, room, most=5)
        between = alt.Chart(dated).mark_line(color=theme.RULE, strokeWidth=2)
        layers += [
            between.encode(x=x, y=y, detail="contradiction_id:N"),
            alt.Chart(dated).mark_point(**point).encode(x=x, y=y, shape=shape, color=color),
        ]
    rest = len(leads) - len(rows)
    note = f"{words.number(rest, 'less likely lead')} not drawn." if rest else ""
    return furniture.framed(layers, height, said, title, subtitle, [note, source], side=WORDS)


def _folded(daily: pd.DataFrame) -> pd.DataFrame:
    """Put all but the largest outlets together under one name that counts them."""
    totals = daily.groupby("outlet")["articles"].sum().sort_values(ascending=False, kind="stable")
    rest = totals.index[OUTLETS:]
    if len(rest) < 2:
        return daily
    name = daily["outlet"].where(~daily["outlet"].isin(rest), f"{len(rest)} other outlets")
    folded = daily.assign(outlet=name).groupby(["day", "outlet"], as_index=False)
    return folded.agg(articles=("articles", "sum"), collected=("collected", "any"))


def _together(bins: pd.DataFrame) -> pd.DataFrame:
    whole = bins.groupby(["day", "until"], as_index=False)
    return whole.agg(articles=("articles", "sum"), collected=("collected", "any")).assign(outlet=bursts.ALL)


def _panels(bins: pd.DataFrame) -> pd.DataFrame:
    """Give each outlet its row: the whole first and tall, then by the number of articles, what was folded last."""
    rows = bins.groupby("outlet", sort=False).agg(total=("articles", "sum"), top=("articles", "max")).reset_index()
    rows["place"] = [
        0 if name == bursts.ALL else 2 if name.endswith(" other outlets") else 1 for name in rows["outlet"]
    ]
    rows = rows.sort_values(["place", "total"], ascending=[True, False], kind="stable", ignore_index=True)
    # One article must not fill a row that two would fill as well.
    rows["top"] = rows["top"].where(rows["place"] == 0, rows.loc[rows["place"] > 0, "top"].max()).clip(lower=LEAST)
    rows["tall"] = [120.0 if place == 0 else 30.0 for place in rows["place"]]
    rows["base"] = (rows["tall"] + 18).cumsum() + 4
    rows["y"] = rows["base"] - rows["tall"] / 2 + (rows["place"] > 0) * 2
    return rows.assign(name=rows["outlet"], detail=[words.number(total, "article") for total in rows["total"]])


def _scale(row: pd.Series, height: float) -> list[alt.Chart]:
    """Draw the few lines that a row's bars are read against."""
    step = next(n for k in range(12) for n in (10**k, 2 * 10**k, 5 * 10**k) if row["top"] / n <= 4)
    grid = pd.DataFrame({"count": range(0, row["top"] + 1, step)})
    grid["y"] = row["base"] - grid["count"] / row["top"] * row["tall"]
    base, y = alt.Chart(grid), furniture.down("y", height)
    return [
        base.mark_rule(color=theme.GRID).encode(x=alt.value(0), x2=alt.value(WIDTH - SIDE), y=y),
        base.mark_text(align="right", fontSize=theme.NOTE, color=theme.SOFT).encode(
            x=alt.value(-6), y=y, text="count:Q"
        ),
    ]


def _runs(bins: pd.DataFrame, collected: bool) -> pd.DataFrame:
    """Join what was collected, or what was not, into one stretch a run, as high as its row."""
    run = bins.groupby("outlet", sort=False)["collected"].transform(lambda flag: (flag != flag.shift()).cumsum())
    runs = bins.assign(run=run, y=bins["base"] - bins["tall"])[bins["collected"] == collected]
    return runs.groupby(["outlet", "run"], sort=False, as_index=False).agg(
        day=("day", "min"), until=("until", "max"), y=("y", "first"), base=("base", "first")
    )


def _silence(lost: pd.DataFrame, per_pixel: pd.Timedelta) -> pd.DataFrame:
    """Give the gaps of the whole that have room for the words, and their middle."""
    gaps = lost[lost["outlet"] == bursts.ALL]
    start, length = pd.to_datetime(gaps["day"]), pd.to_datetime(gaps["until"]) - pd.to_datetime(gaps["day"])
    gaps = gaps.assign(text="nothing\ncollected", middle=furniture.iso(start + length / 2))
    return gaps[length / per_pixel >= 50]


def _ranked(voice: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of a share of voice: the most heard, all others together, then what is unresolved."""
    known = voice["actor_id"].notna()
    order = known.cumsum().where(known)
    total = int(voice["statements"].sum())
    rest = voice[order > ACTORS]
    rows = voice.assign(known=known)
    if len(rest) > 1:
        together = rest[["statements", *timeline.FORMS]].sum().to_frame().T
        together = together.assign(actor=f"{len(rest)} other actors", share=together["statements"] / total, known=True)
        together["low"], together["high"] = timeline.interval(together["statements"], total)
        rows = pd.concat([rows[order <= ACTORS], together, rows[~known]], ignore_index=True)
    return rows.assign(
        name=rows["actor"],
        detail=[words.number(count, "statement") for count in rows["statements"]],
        percent=[f"{share:.0%}" if share >= 0.095 else f"{share:.1%}" for share in rows["share"]],
        y=34.0 + 38 * np.arange(len(rows)),
    )


def _parts(rows: pd.DataFrame, left: float) -> pd.DataFrame:
    """Divide a strip of each row by form."""
    parts = rows.melt(["actor", "statements", "y"], list(timeline.FORMS), var_name="form", value_name="count")
    ends = parts.groupby("y")["count"].cumsum() / parts["statements"] * STRIP + left
    parts = parts.assign(end=ends, start=ends - parts["count"] / parts["statements"] * STRIP)
    ink = parts["form"].map({"direct": theme.PAPER, "mixed": theme.BLACK, "indirect": theme.INK})
    return parts.assign(middle=(parts["start"] + parts["end"]) / 2, ink=ink)


def _tracks(shown: pd.DataFrame, dense: bool) -> pd.DataFrame:
    """Give each lane its height, by how many marks stand on one another."""
    lanes = shown.groupby("lane", as_index=False)
    rows = lanes.agg(name=("actor", "first"), count=("stack", "size"), high=("stack", "max"))
    tall = (rows["high"] * STEP + 26).clip(34, 64 if dense else 100)
    rows = rows.assign(detail=[words.number(count, "statement") for count in rows["count"]], tall=tall)
    rows["base"] = (tall + 12).cumsum() + 4
    return rows.assign(step=((tall - 26) / rows["high"].clip(lower=1)).clip(upper=STEP), y=rows["base"] - 13)


def _binned(shown: pd.DataFrame, rows: pd.DataFrame, first: pd.Timestamp, length: int) -> pd.DataFrame:
    """Count each lane's statements in stretches of `length` days, as bars on its line."""
    width = pd.Timedelta(days=length)
    start = first + (pd.to_datetime(shown["day"]) - first) // width * width
    bars = shown.assign(day=furniture.iso(start), until=furniture.iso(start + width))
    bars = bars.groupby(["lane", "actor", "day", "until"]).size().rename("count").reset_index()
    bars = bars.merge(rows[["lane", "base", "tall"]], on="lane")
    return bars.assign(y=bars["base"] - bars["count"] / bars["count"].max() * bars["tall"])


def _points(table: pd.DataFrame, x: alt.X, y: alt.Y, side: float = SIDE, hours: bool = False) -> alt.Chart:
    """Draw one mark a statement: full where it is quoted, hollow where it is not; the key stands `side` pixels left."""
    legend = alt.Legend(title=None, orient="none", direction="horizontal", legendX=-side, legendY=-14)
    shapes = alt.Scale(domain=list(timeline.FORMS), range=[theme.SHAPE[form] for form in timeline.FORMS])
    return (
        alt.Chart(table[["day", "y", "outlet", "form", "content"]])
        .mark_point(size=46, strokeWidth=1.4, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("form:N", scale=shapes, legend=legend),
            fill=_form_scale("fill"),
            stroke=_form_scale("stroke"),
            tooltip=["outlet:N", furniture.when("day", hours), "form:N", "content:N"],
        )
    )


def _form_scale(channel: str) -> alt.Color | alt.Fill | alt.Stroke:
    """Give the colours of the three forms: as ink, or as the paper that shows through what is not quoted."""
    kind = {"color": alt.Color, "fill": alt.Fill, "stroke": alt.Stroke}[channel]
    colors = theme.EDGE if channel == "stroke" else theme.FILL
    scale = alt.Scale(domain=list(timeline.FORMS), range=[colors[form] for form in timeline.FORMS])
    return kind("form:N", scale=scale, legend=None)


def _passage(report) -> str:
    """Say when and by which way a report came."""
    first = report.lag_hours == 0
    lag = f"first, {words.stamp(report.reported_at)}" if first else f"+{words.duration(report.lag_hours)}"
    way = [f"via {words.short(report.relay, 30)}"] if report.relay else []
    return ", ".join([lag, *way, *(["reprint"] if report.reprint else [])])


def _side(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    """Give one side of each lead: who, when, and the words in two lines."""
    names = {f"{name}_{side}": name for name in ("speaker", "day", "words", "form")}
    table = rows.rename(columns=names)[["contradiction_id", *names.values(), "y"]].assign(
        side=side, line=rows["y"] + 40
    )
    table["y"] = table["y"] + (22 if side == "a" else 54)
    table["text"] = ["\n".join(textwrap.wrap(_told(row), 70)) for row in table.itertuples()]
    return table


def _told(row) -> str:
    """Write who said what, and when, so that it fits on two lines."""
    start = f"{words.short(row.speaker)}, {_day(row.day)}: "
    return start + words.verbatim(row.words, row.form, 128 - len(start))


def _day(day: object) -> str:
    return words.date(day) if isinstance(day, str) else "undated"
