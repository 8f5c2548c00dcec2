import pandas as pd

from helpers.chart import charts, words
from helpers.chart.bursts import bursts


def daily(counts: list[int], outlet: str = "Post", collected: list[bool] | None = None) -> pd.DataFrame:
    days = pd.date_range("2031-03-01", periods=len(counts)).strftime("%Y-%m-%d")
    return pd.DataFrame({"day": days, "outlet": outlet, "articles": counts, "collected": collected or True})


STEADY = [1, 0, 1, 2, 1, 0, 1, 1, 0, 1]


def test_a_steady_run_has_no_burst():
    assert bursts(daily(STEADY * 3)).empty
    assert bursts(daily([0] * 10)).empty
    assert bursts(daily([])).empty


def test_a_burst_has_its_days_and_its_rate():
    found = bursts(daily([*STEADY, 9, 0, 8, *STEADY]))
    assert found.to_dict("records") == [
        {
            "outlet": name,
            "start": "2031-03-11",
            "end": "2031-03-13",
            "days": 3,
            "articles": 17,
            "rate": 17 / 3,
            "usual": 0.8,
        }
        for name in ("All outlets", "Post")
    ]
    assert (
        words.bursts(found)[0]
        == "All outlets: 17 articles from 11 March to 13 March 2031, 5.7 a day against 0.8 on other days"
    )


def test_what_one_outlet_does_may_be_no_burst_of_all():
    counts = [*STEADY, 9, 8, 8, *STEADY]
    table = pd.concat([daily(counts), daily([10] * len(counts), "Tide")])
    assert bursts(table)["outlet"].tolist() == ["Post"]


def test_days_not_collected_are_no_part_of_a_burst():
    known = [True] * 11 + [False] + [True] * 11
    found = bursts(daily([*STEADY, 19, 9, 18, *STEADY], collected=known))
    assert found[["start", "end"]].drop_duplicates().to_numpy().tolist() == [
        ["2031-03-11", "2031-03-11"],
        ["2031-03-13", "2031-03-13"],
    ]


def test_a_burst_is_underlined_and_explained():
    table = daily([*STEADY, 9, 8, 8, *STEADY])
    drawn = str(charts.coverage(table, hot=bursts(table)).to_dict())
    assert "Kleinberg (2002)" in drawn
    assert "Kleinberg" not in str(charts.coverage(table).to_dict())
