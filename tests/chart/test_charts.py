import pandas as pd
import pytest

from helpers import store
from helpers.chart import charts, figure, timeline

HOSTILE = "</script><b>&\x0b" + "very " * 40


@pytest.fixture
def drawn(statements, actors, articles, contradictions, utterances, matters):
    """Every chart of the little story, by name."""
    return {
        "coverage": charts.coverage(timeline.daily(articles)),
        "voice": charts.voice(timeline.voice(statements, actors)),
        "lanes": charts.lanes(timeline.lanes(statements, actors, articles, unresolved=True)),
        "travel": charts.travel(timeline.travel("u1", statements, articles)),
        "position": charts.position(timeline.position("varga", "m1", utterances, statements, actors, matters)),
        "leads": charts.leads(timeline.leads(contradictions, utterances, statements, actors)),
    }


def data(chart, *columns: str) -> list[tuple]:
    """Give the values that a chart draws, from its one table that has all of the columns."""
    tables = [rows for rows in figure.spec(chart)["datasets"].values() if rows and set(columns) <= set(rows[0])]
    (table,) = tables
    return [tuple(row[column] for column in columns) for row in table]


def texts(chart) -> set[str]:
    """Give every text that a chart writes."""
    return {
        str(row[key])
        for rows in figure.spec(chart)["datasets"].values()
        for row in rows
        for key in ("text", "name")
        if key in row
    }


@pytest.mark.parametrize("name", ["coverage", "voice", "lanes", "travel", "position", "leads"])
def test_every_chart_fits_a_report(drawn, name):
    width = float(figure.svg(drawn[name]).split('width="')[1].split('"')[0])
    assert 700 <= width <= 740


def test_coverage_draws_the_whole_then_each_outlet(drawn):
    assert data(drawn["coverage"], "name", "detail") == [
        ("All outlets", "5 articles"),
        ("North Wire", "2 articles"),
        ("The Harrow Courier", "2 articles"),
        ("Outlet not given", "1 article"),
    ]


def test_coverage_joins_the_days_not_collected(drawn):
    spec = figure.spec(drawn["coverage"])
    lost = spec["datasets"][spec["layer"][0]["data"]["name"]]
    assert sorted((row["outlet"], row["day"], row["until"]) for row in lost) == [
        ("North Wire", "2031-03-01", "2031-03-02"),
        ("North Wire", "2031-03-03", "2031-03-05"),
        ("Outlet not given", "2031-03-01", "2031-03-04"),
    ]


def test_coverage_puts_the_smallest_outlets_together():
    many = pd.DataFrame(
        {
            "article_id": range(20),
            "outlet": [f"Outlet {number:02}" for number in range(20)],
            "published_at": pd.Timestamp("2031-03-01"),
        }
    )
    names = [name for name, _ in data(charts.coverage(timeline.daily(many)), "name", "detail")]
    assert (len(names), names[0], names[-1]) == (10, "All outlets", "12 other outlets")


def test_voice_puts_the_least_heard_together_and_counts_everybody():
    ids = [f"p{number:03}" for number in range(300)]
    heard = pd.DataFrame({"speaker_id": [*ids, ids[0], None], "form": "direct"})
    people = pd.DataFrame({"actor_id": ids, "name": [f"{HOSTILE} {number}" for number in range(300)]})
    chart = charts.voice(timeline.voice(heard, people))
    details = [detail for _, detail in data(chart, "full", "detail")]
    assert "<svg" in figure.svg(chart)
    assert details == ["2 statements", *["1 statement"] * 11, "288 statements", "1 statement"]


def test_lanes_stack_what_was_said_on_one_day(drawn):
    assert data(drawn["lanes"], "day", "form", "content") == [
        ("2031-03-01", "direct", "The bridge stays closed"),
        ("2031-03-01", "mixed", "it “stays closed”"),
        ("2031-03-01", "indirect", "bridge stays closed"),
        ("2031-03-04", "indirect", "nobody asked for that"),
        ("2031-03-04", "direct", "We will run more ferries"),
    ]
    places = data(drawn["lanes"], "y", "content")
    assert places[0][0] - places[1][0] == places[1][0] - places[2][0] == charts.STEP


def test_lanes_of_very_many_statements_are_bars(statements, actors, articles):
    many = pd.concat([statements[:1]] * (charts.MARKS + 1), ignore_index=True)
    chart = charts.lanes(timeline.lanes(many, actors, articles))
    assert data(chart, "actor", "count", "until") == [("Anna Varga", charts.MARKS + 1, "2031-03-02T00:00:00Z")]


def test_travel_labels_the_way_of_each_report(drawn):
    assert {"first, 1 March 2031, 09:00 UTC", "+23 hours, via Agency K"} <= texts(drawn["travel"])
    assert "1 undated report not drawn." in texts(drawn["travel"])


def test_leads_give_each_side_its_words(drawn):
    assert {
        "Denial · unreviewed · score 0.90",
        "Anna Varga, 1 March: “The bridge stays closed”",
        "Tomas Ell, 4 March: nobody asked for that",
        "Number · dismissed · score 0.20",
        "Unresolved, undated: “We will run more ferries”",
    } <= texts(drawn["leads"])


def test_leads_without_any_date_are_still_drawn(contradictions, utterances, statements, actors):
    undated = utterances.assign(said_from=pd.NaT, first_reported_at=pd.NaT)
    chart = charts.leads(timeline.leads(contradictions, undated, statements, actors))
    assert "Anna Varga, undated: “The bridge stays closed”" in texts(chart)
    assert "<svg" in figure.svg(chart)


def test_own_title_and_source_stand(articles):
    chart = charts.coverage(timeline.daily(articles), title="Two days", subtitle="", source="Source: the desk.")
    title = figure.spec(chart)["title"]
    assert (title["text"], title["subtitle"]) == (["Two days"], [])
    assert any(text.endswith("Source: the desk.") for text in texts(chart))


def test_empty_tables_say_so():
    empty = {name: store.empty(name) for name in store.TABLES}
    statements, actors, articles = empty["statements"], empty["actors"], empty["articles"]
    drawn = [
        charts.coverage(timeline.daily(articles)),
        charts.voice(timeline.voice(statements, actors)),
        charts.lanes(timeline.lanes(statements, actors, articles)),
        charts.travel(timeline.travel("u1", statements, articles)),
        charts.position(timeline.position("varga", "m1", empty["utterances"], statements, actors, empty["matters"])),
        charts.leads(timeline.leads(empty["contradictions"], empty["utterances"], statements, actors)),
    ]
    assert [figure.spec(chart)["title"]["text"] for chart in drawn] == [
        ["No dated articles"],
        ["No statements"],
        ["No dated statements"],
        ["No dated reports"],
        ["No dated statements"],
        ["No apparent contradictions"],
    ]
    assert all("There is nothing to draw." in figure.svg(chart) for chart in drawn)


@pytest.mark.parametrize("days", [0, 1, 9, 70, 500, 4000])
def test_any_period_gets_a_few_labels(days):
    first = pd.Timestamp("2031-03-05")
    counts = timeline.daily(
        pd.DataFrame(
            {"article_id": ["a", "b"], "outlet": "North Wire", "published_at": [first, first + pd.Timedelta(days=days)]}
        )
    )
    layers = figure.spec(charts.coverage(counts))["layer"]
    axis = next(layer["encoding"]["x"]["axis"] for layer in layers if layer["encoding"]["x"].get("axis"))
    assert 1 <= len(axis["values"]) <= 9
