import pandas as pd
import pytest

from helpers.link.people import genders


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("a she ida|b she ida|c she ida|d She ida|e he ida", ["ida"] * 4 + [None]),
        ("a she ida|a she ida|a she ida|a she ida|e he ida", ["ida"] * 5),
        ("a she ida|b he ida", ["ida"] * 2),
        ("a he odo|b Varro odo|c she -", ["odo", "odo", None]),
    ],
)
def test_who_is_she_in_most_articles_is_no_he(rows, kept):
    table = pd.DataFrame([row.split() for row in rows.split("|")], columns=["article_id", "source", "speaker_id"])
    speakers = pd.Series([None if speaker == "-" else speaker for speaker in table["speaker_id"]], dtype=object)
    assert genders.settle(table, speakers).tolist() == kept
