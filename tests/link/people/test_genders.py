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
    assert genders.settle(table, speakers, {}).tolist() == kept


@pytest.mark.parametrize(
    ("name", "pronouns", "kept"),
    [
        ("Thomas Varro", "she", [None]),
        ("Thomas Varro", "he", ["varro"]),
        ("Thomas Varro", "she she", ["varro"] * 2),  # what two articles say is no slip
        ("Xuan Varro", "she", ["varro"]),
    ],
)
def test_a_first_name_tells_where_the_articles_hardly_do(name, pronouns, kept):
    rows = [(f"a{number}", pronoun) for number, pronoun in enumerate(pronouns.split())]
    table = pd.DataFrame(rows, columns=["article_id", "source"])
    speakers = pd.Series(["varro"] * len(rows), dtype=object)
    assert genders.settle(table, speakers, {"varro": name}).tolist() == kept
