import pandas as pd

from helpers.chart import trust

BINS = pd.DataFrame({"confidence": [0.5, 0.9], "right": [0.4, 0.9], "statements": [10, 30]})


def test_words_weigh_each_bin_by_its_statements():
    said = trust.words(BINS)
    assert said.headline == "Confidence is 2.5 points off on average"
    assert (
        said.subtitle
        == "Share of statements that a person marked too, by the confidence they were given; 40 statements"
    )
    assert said.alt.endswith("most at confidence 0.50, where 40 of 100 were right.")


def test_the_diagram_draws_each_bin():
    chart = trust.reliability(BINS).to_dict()
    (rows,) = [rows for rows in chart["datasets"].values() if len(rows) == 2 and "text" in rows[0]]
    assert [(row["confidence"], row["right"], row["text"]) for row in rows] == [(0.5, 0.4, "10"), (0.9, 0.9, "30")]


def test_nothing_measured_is_said():
    assert trust.words(BINS[:0]).headline == "No statement was measured"
    assert "There is nothing to draw." in str(trust.reliability(BINS[:0]).to_dict())
