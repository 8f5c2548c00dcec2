from pathlib import Path

import pandas as pd
import pytest

from helpers.link import matters
from helpers.story import Articles, Story

SUBJECTS = pd.DataFrame(
    [
        ("m1", "talks", ["negotiat*", "peace talks"]),
        ("m2", "ford", ["ford"]),
        ("m3", "empty", []),
        ("m4", "€", ["(€5)"]),
    ],
    columns=["matter_id", "name", "terms"],
)


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("They were Negotiating at the ford", "m1"),  # the first listed, on a tie
        ("The ford, the ford! No negotiations.", "m2"),
        ("peace  talks failed", "m1"),
        ("talks failed", None),
        ("afford", None),
        ("It costs a(€5)a", "m4"),
    ],
)
def test_the_matter_with_most_terms(words, matter):
    assert matters.Subjects(SUBJECTS).about(words) == matter


FERRY = [
    f"the ferry {verb} with the mail" for verb in ("will sink", "will sail", "will wait", "will burn", "will turn")
]
FORD = [f"the ford will {verb}" for verb in ("flood", "dry", "open", "shut", "freeze")]


def found(listed: dict[str, list[str]], names: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
    story = Story(folder=Path("esk"), title="Esk", articles=Articles(files=["*.txt"]), matters=listed)
    table = matters.find(story, FERRY + FORD, names)
    return list(zip(table["name"], table["terms"], strict=True))


def test_a_matter_is_the_noun_that_most_statements_share_with_the_words_that_stand_nowhere_else():
    assert found({}) == [("ferry", ["ferry", "mail"]), ("ford", ["ford"])]


def test_what_the_journalist_lists_comes_first_and_is_not_found_again():
    assert found({"the crossing": ["ferr*"]}) == [("the crossing", ["ferr*"]), ("ford", ["ford"])]


def test_a_name_is_no_matter():
    assert found({}, names=("Ford",)) == [("ferry", ["ferry", "mail"])]


def test_one_saying_however_often_it_is_told_is_no_matter():
    story = Story(folder=Path("esk"), title="Esk", articles=Articles(files=["*.txt"]))
    told = [f"sorry, and without a comma{ending}" for ending in ("", ", she", ", he", " too", " again", " at last")]
    assert matters.find(story, told, ()).empty
