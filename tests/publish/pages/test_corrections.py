from datetime import date

import pandas as pd

from helpers.publish.pages import corrections

CONTRADICTIONS = pd.DataFrame(
    [
        ("c1", "denial", "confirmed", "Kay", "Heard the tape.", "2031-03-05", None),
        ("c2", "number", "dismissed", None, None, None, "a1"),
        ("c3", "dispute", "lead", None, None, None, None),
    ],
    columns=["contradiction_id", "kind", "status", "reviewer", "note", "reviewed_on", "article_id"],
).assign(reviewed_on=lambda table: pd.to_datetime(table["reviewed_on"]))


def test_decisions_say_what_why_and_when_the_latest_first():
    assert corrections.decisions(CONTRADICTIONS) == [
        {
            "kind": "denial",
            "status": "confirmed",
            "reviewer": "Kay",
            "note": "Heard the tape.",
            "on": pd.Timestamp("2031-03-05"),
        },
        {"kind": "number", "status": "dismissed", "reviewer": "", "note": "", "on": None},
    ]


def test_the_numbers_that_moved_are_given_without_and_with_the_decisions():
    assert corrections.moved(CONTRADICTIONS) == [
        ("Contradictions confirmed by a person", 0, 1),
        ("Leads not yet reviewed", 3, 1),
    ]


def test_without_decisions_no_number_moved():
    assert corrections.moved(CONTRADICTIONS[2:]) == []


def test_what_could_not_be_followed_is_listed():
    removed = pd.DataFrame(
        [("reviews.csv", 4, "review", "c9", "No such contradiction."), ("1.txt", None, "file", "", "Empty.")],
        columns=["source_file", "line", "kind", "text", "reason"],
    )
    assert corrections.unfollowed(removed) == [{"file": "reviews.csv", "line": 4, "reason": "No such contradiction."}]


def test_what_actors_csv_says_is_listed_with_who_why_when_and_the_mentions_it_moved():
    reviewed = pd.DataFrame(
        [
            ("Ida Varro", ["the mayor"], "", "", "", None),
            ("Odo Vey", ["Vey"], "clerk", "Kay", "Asked his office.", date(2031, 3, 5)),
        ],
        columns=["name", "aliases", "role", "reviewer", "note", "reviewed_on"],
    )
    mentions = pd.DataFrame(
        [("x", "The mayor", "ida"), ("x", "the mayor", "ida"), ("y", "Vey", "odo"), ("y", "Vey", None)],
        columns=["article_id", "text", "actor_id"],
    )
    actors = pd.DataFrame({"actor_id": ["ida", "odo"], "name": ["Ida Varro", "Odo Vey"]})
    assert corrections.names(reviewed, mentions, actors).values.tolist() == [
        ["name", "Odo Vey", "Odo Vey", "Kay", "Asked his office.", date(2031, 3, 5), 0, 0],
        ["alias", "Odo Vey", "Vey", "Kay", "Asked his office.", date(2031, 3, 5), 1, 1],
        ["role", "Odo Vey", "clerk", "Kay", "Asked his office.", date(2031, 3, 5), 0, 0],
        ["name", "Ida Varro", "Ida Varro", "", "", None, 0, 0],
        ["alias", "Ida Varro", "the mayor", "", "", None, 2, 1],
    ]
