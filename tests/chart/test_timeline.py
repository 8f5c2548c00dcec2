import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import store
from helpers.chart import timeline
from helpers.chart.timeline import UNNAMED, UNRESOLVED


def rows(table: pd.DataFrame) -> list[tuple]:
    """Give a table as tuples, whatever is missing as None."""
    return [tuple(None if pd.isna(value) else value for value in row) for row in table.itertuples(index=False)]


def published(days: dict[str, int]) -> pd.DataFrame:
    """Make articles of one outlet: so many on each day."""
    dates = [day for day, count in days.items() for _ in range(count)]
    ids = [f"a{number}" for number in range(len(dates))]
    return pd.DataFrame({"article_id": ids, "outlet": "North Wire", "published_at": pd.to_datetime(dates)})


def test_daily_tells_a_silent_day_from_one_not_collected(articles):
    assert rows(timeline.daily(articles)) == [
        ("2031-03-01", "North Wire", 0, False),
        ("2031-03-01", UNNAMED, 0, False),
        ("2031-03-01", "The Harrow Courier", 1, True),
        ("2031-03-02", "North Wire", 2, True),
        ("2031-03-02", UNNAMED, 0, False),
        ("2031-03-02", "The Harrow Courier", 0, True),
        ("2031-03-03", "North Wire", 0, False),
        ("2031-03-03", UNNAMED, 0, False),
        ("2031-03-03", "The Harrow Courier", 0, True),
        ("2031-03-04", "North Wire", 0, False),
        ("2031-03-04", UNNAMED, 1, True),
        ("2031-03-04", "The Harrow Courier", 1, True),
    ]


def test_daily_counts_in_the_days_of_the_zone(articles):
    counts = timeline.daily(articles, zone="Europe/Kyiv")
    assert rows(counts[counts["articles"] > 0]) == [
        ("2031-03-01", "The Harrow Courier", 1, True),
        ("2031-03-02", "North Wire", 2, True),
        ("2031-03-04", UNNAMED, 1, True),
        ("2031-03-05", "The Harrow Courier", 1, True),
    ]


def test_daily_counts_the_versions_of_an_article_once(articles):
    later = articles.assign(version_of=articles["article_id"].where(articles.index > 0))
    assert timeline.daily(later)["articles"].sum() == 1


def test_an_outlet_that_falls_silent_while_another_goes_on_is_not_collected():
    steady = published(dict.fromkeys((f"2031-03-{day:02}" for day in range(1, 22)), 4)).assign(outlet="The Quay")
    counts = timeline.daily(
        pd.concat([steady, published({f"2031-03-{day:02}": 0 if 9 < day < 13 else 4 for day in range(1, 22)})])
    )
    lost = counts[~counts["collected"]]
    assert rows(lost) == [(f"2031-03-{day}", "North Wire", 0, False) for day in (10, 11, 12)]
    assert timeline.missing(counts).empty


def test_daily_leaves_its_argument_as_it_was(articles):
    before = articles.copy()
    timeline.daily(articles)
    pd.testing.assert_frame_equal(articles, before)


def test_a_hole_in_steady_coverage_is_a_fault():
    counts = timeline.daily(published({f"2031-03-{day:02}": 0 if 10 <= day <= 12 else 4 for day in range(1, 22)}))
    assert rows(timeline.missing(counts)) == [("2031-03-10", "2031-03-12")]


def test_a_story_that_fades_is_no_fault():
    counts = timeline.daily(published({"2031-03-01": 9, "2031-03-02": 6, "2031-03-03": 2, "2031-03-20": 1}))
    assert timeline.missing(counts).empty


def test_pooled_weeks_begin_on_monday_and_lose_no_article(articles):
    assert rows(timeline.pooled(timeline.daily(articles), "week")) == [
        ("2031-02-24", "2031-03-03", "North Wire", 2, True),
        ("2031-02-24", "2031-03-03", UNNAMED, 0, False),
        ("2031-02-24", "2031-03-03", "The Harrow Courier", 1, True),
        ("2031-03-03", "2031-03-10", "North Wire", 0, False),
        ("2031-03-03", "2031-03-10", UNNAMED, 1, True),
        ("2031-03-03", "2031-03-10", "The Harrow Courier", 1, True),
    ]


@pytest.mark.parametrize(("last", "unit"), [("2031-03-31", "day"), ("2031-12-31", "week"), ("2039-12-31", "month")])
def test_unit_grows_with_the_period(last, unit):
    assert timeline.unit(timeline.daily(published({"2031-03-01": 1, last: 1}))) == unit


def test_undated_counts_what_nothing_dates(articles, statements):
    assert (timeline.undated(articles), timeline.undated(statements)) == (1, 1)


def test_voice_counts_the_unresolved_last(statements, actors):
    table = timeline.voice(statements, actors)
    assert rows(table.drop(columns=["share", "low", "high"])) == [
        ("varga", "Anna Varga", 3, 1, 1, 1),
        ("ell", "Tomas Ell", 2, 0, 0, 2),
        (None, UNRESOLVED, 1, 1, 0, 0),
    ]
    assert table["share"].tolist() == [3 / 6, 2 / 6, 1 / 6]


def test_interval_agrees_with_the_textbook():
    # Of 20: for 10, Wilson's interval is .299 to .701; for none, 0 to .161.
    low, high = timeline.interval(pd.Series([10, 0]), 20)
    assert (low.round(3).tolist(), high.round(3).tolist()) == ([0.299, 0.0], [0.701, 0.161])


@settings(deadline=None)
@given(st.integers(0, 500), st.integers(0, 500))
def test_interval_holds_the_share_and_stays_between_none_and_all(count, others):
    total = max(count + others, 1)
    low, high = (end.item() for end in timeline.interval(pd.Series([count]), total))
    assert 0 <= low <= count / total + 1e-12 and count / total - 1e-12 <= high <= 1


def test_lanes_place_a_statement_on_the_day_it_was_made_else_reported(statements, actors, articles):
    table = timeline.lanes(statements, actors, articles, unresolved=True)
    columns = ["lane", "actor", "statement_id", "day", "dated", "form", "outlet", "stack", "early"]
    assert rows(table[columns]) == [
        (0, "Anna Varga", "s1", "2031-03-01", "said", "direct", "The Harrow Courier", 0, False),
        (0, "Anna Varga", "s3", "2031-03-01", "said", "mixed", "North Wire", 1, False),
        (0, "Anna Varga", "s2", "2031-03-01", "said", "indirect", "North Wire", 2, False),
        (1, "Tomas Ell", "s4", "2031-03-04", "reported", "indirect", "The Harrow Courier", 0, False),
        (2, UNRESOLVED, "s5", "2031-03-04", "reported", "direct", None, 0, False),
    ]


def test_lanes_put_the_followed_first_and_stop_at_most(statements, actors, articles):
    table = timeline.lanes(statements, actors, articles, follow=["tomas ell"], most=1)
    assert rows(table[["lane", "actor_id", "statement_id"]]) == [(0, "ell", "s4")]


def test_lanes_mark_what_was_said_long_before(statements, actors, articles):
    old = pd.Timestamp("2029-01-05")
    first = statements["statement_id"] == "s1"
    moved = statements.assign(
        said_from=statements["said_from"].mask(first, old), said_to=statements["said_to"].mask(first, old)
    )
    table = timeline.lanes(moved, actors, articles)
    assert rows(table.loc[table["early"], ["statement_id", "day"]]) == [("s1", "2029-01-05")]


def test_lanes_never_say_a_thing_was_said_after_its_report(statements, actors, articles):
    later = statements.assign(said_from=pd.Timestamp("2031-05-01"), said_to=pd.Timestamp("2031-05-01"))
    assert set(timeline.lanes(later, actors, articles)["dated"]) == {"reported"}


def test_travel_counts_an_article_once_and_the_undated_last(statements, articles):
    table = timeline.travel("u1", statements, articles)
    assert rows(table.drop(columns="reported_at")) == [
        ("a1", "The Harrow Courier", 0.0, "direct", "", "The bridge stays closed", False),
        ("a3", "North Wire", 23.0, "mixed", "Agency K", "it “stays closed”", False),
        ("a6", "North Wire", None, "indirect", "", "the ferry is full", False),
    ]


def test_nothing_travels_where_nothing_was_said(statements, articles):
    assert rows(timeline.travel(None, statements, articles)) == []


def test_carried_ranks_by_outlets(utterances, actors):
    table = timeline.carried(utterances, actors, most=2)
    assert rows(table[["utterance_id", "speaker", "outlets", "statements", "origins", "first_outlet"]]) == [
        ("u1", "Anna Varga", 2, 4, 3, "The Harrow Courier"),
        ("u2", "Tomas Ell", 1, 1, 1, "The Harrow Courier"),
    ]


def test_altered_shows_what_was_cut_and_added(statements, articles):
    assert rows(timeline.altered(timeline.travel("u1", statements, articles))) == [
        ("North Wire", 23.0, False, 0.5, "The bridge", "it"),
        ("North Wire", None, False, 0.25, "bridge stays closed", "ferry is full"),
    ]


def test_positions_count_who_spoke_on_what(utterances, actors, matters):
    assert rows(timeline.positions(utterances, actors, matters)) == [("varga", "m1", "Anna Varga", "the bridge", 1)]


def test_position_follows_one_actor_on_one_matter(utterances, statements, actors, matters):
    assert rows(timeline.position("varga", "m1", utterances, statements, actors, matters)) == [
        ("u1", "s1", "Anna Varga", "the bridge", "2031-03-01", "direct", "The bridge stays closed", 2)
    ]


def test_leads_set_both_sides_side_by_side(contradictions, utterances, statements, actors):
    table = timeline.leads(contradictions, utterances, statements, actors)
    varga = ("Anna Varga", "2031-03-01", "The bridge stays closed", "direct", "s1")
    assert rows(table.drop(columns="reason")) == [
        ("c2", "denial", 0.9, "lead", *varga, "Tomas Ell", "2031-03-04", "nobody asked for that", "indirect", "s4"),
        ("c1", "number", 0.2, "dismissed", *varga, UNRESOLVED, None, "We will run more ferries", "direct", "s5"),
    ]


def test_empty_tables_give_empty_tables():
    empty = {name: store.empty(name) for name in store.TABLES}
    statements, actors, articles = empty["statements"], empty["actors"], empty["articles"]
    assert [
        len(table)
        for table in (
            timeline.daily(articles),
            timeline.voice(statements, actors),
            timeline.lanes(statements, actors, articles, unresolved=True),
            timeline.travel("u1", statements, articles),
            timeline.carried(empty["utterances"], actors),
            timeline.leads(empty["contradictions"], empty["utterances"], statements, actors),
        )
    ] == [0, 0, 0, 0, 0, 0]
