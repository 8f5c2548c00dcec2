import pytest

from helpers.annotate import statements
from helpers.annotate.statements import headlines

TEXT = "On Monday Venn said the dam was safe. The mayor of Lurrow disagreed."


def words(title, found):
    return [
        (
            title[slice(*one.source)] if one.source else None,
            title[slice(*one.cue)],
            [title[a:b] for a, b in one.content],
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("title", "source", "cue", "content"),
    [
        ("Dam is safe, says engineer", "engineer", "says", "Dam is safe"),
        (
            "Tolls to rise by 8 percent, concedes Venn, and not only on Sundays",
            "Venn",
            "concedes",
            "Tolls to rise by 8 percent",
        ),
        ("Crack in the dam, engineer admits", "engineer", "admits", "Crack in the dam"),
        ("Dam is safe, warns new minister", "new minister", "warns", "Dam is safe"),
        ("Dam was never tested: report", "report", ":", "Dam was never tested"),
        ("Venn: The dam is safe", "Venn", ":", "The dam is safe"),
        ("'The dam will hold for ever': Venn denies a crack", "Venn", ":", "'The dam will hold for ever'"),
        ("'The dam will hold for ever': Lurrow goes to bed", None, ":", "'The dam will hold for ever'"),
        ("Ida Venn: ‘The dam will hold’", "Ida Venn", ":", "‘The dam will hold’"),
    ],
)
def test_the_shape_of_a_headline_tells(title, source, cue, content):
    assert words(title, headlines.shaped(title, TEXT)) == [(source, cue, [content])]


@pytest.mark.parametrize(
    "title",
    [
        "Analysis: The dam is safe",  # a column's label: nobody in the text
        "'The Dam at Lurrow': A novel of the valley",  # the name of a work
        "'Old dam': Lurrow goes to bed",  # too short to be anybody's words
        "Dam leaks, shows no sign of mending",
        "Venn rules out a sale, defends noise study",  # what the same subject does next
    ],
)
def test_other_colons_and_commas_tell_nothing(title):
    assert headlines.shaped(title, TEXT) == []


def test_two_verbs_of_one_subject_are_two_statements():
    title = "New minister rules out a sale, offers to travel"
    assert words(title, headlines.told(title)) == [
        ("New minister", "rules out", ["a sale"]),
        ("New minister", "offers", ["to travel"]),
    ]


def test_and_joins_two_verbs_too():
    title = "Dam chief rejects estimate and blames contractor; state counts 23"
    assert words(title, headlines.told(title)) == [
        ("Dam chief", "rejects", ["estimate"]),
        ("Dam chief", "blames", ["contractor"]),
        ("state", "counts", ["23"]),
    ]


def test_a_verb_without_a_statement_may_come_first():
    title = "Venn welcomes report, urges towns to wait"
    assert words(title, headlines.told(title)) == [("Venn", "urges", ["towns to wait"])]


def test_each_sentence_of_a_headline_is_read():
    title = "Engineer denies dam leaks as minister rules out talks; court orders town to wait"
    assert words(title, headlines.told(title)) == [
        ("Engineer", "denies", ["dam leaks"]),
        ("minister", "rules out", ["talks"]),
        ("court", "orders", ["town to wait"]),
    ]


@pytest.mark.parametrize("title", ["As Venn denies a crack, Lurrow goes to bed", "Denies a crack", "The dam leaks"])
def test_a_verb_without_a_plain_subject_tells_nothing(title):
    assert headlines.told(title) == []


def test_a_title_is_read_by_its_shape_before_the_network_is_asked():
    title = "Dam is safe, says engineer"
    (one,) = statements.find("", title)
    assert (one.part, [title[slice(*span)] for span in (*one.source, *one.cue, *one.content)]) == (
        "title",
        ["engineer", "says", "Dam is safe"],
    )
