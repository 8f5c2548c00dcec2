import pandas as pd

from helpers.link.people import labels


def mentions(*rows):
    return pd.DataFrame(rows, columns=["text", "actor", "label"])


def test_a_name_that_was_taken_for_a_person_is_what_else_it_was_taken_for():
    told = labels.told(
        mentions(
            ("Clean Ford", "Clean Ford", "person"),
            ("Clean Ford", "Clean Ford", "person"),
            ("Clean Ford", "Clean Ford", "organisation"),
            ("Ida Varro", "Ida Varro", "person"),
            ("Ida Varro", "Ida Varro", "person"),
            ("Ida Varro", "Ida Varro", "organisation"),
            ("Varro", "Varro", "person"),
            ("Varro", "Varro", "person"),
            ("Varro", "Varro", "place"),
            ("Tolm", "Tolm", "person"),
            ("Tolm", "Tolm", "person"),
            ("Tolm", "Tolm", "place"),
            ("Vey", "Vey", "person"),
            *[("Zyr Orr", "Zyr Orr", "person")] * 4,
            ("Zyr Orr", "Zyr Orr", "organisation"),
        )
    )
    assert told == {
        "Clean Ford": "organisation",
        "Ida Varro": "person",
        "Varro": "person",  # Ida's name
        "Tolm": "place",
        "Vey": "person",
        "Zyr Orr": "person",  # once is a slip
    }


def test_a_short_name_is_the_one_organisation_that_an_article_calls_so():
    given = mentions(
        ("Norbeck", "Norbeck Civil", "organisation"),
        ("Orr", "Orr Works", "organisation"),
        ("Orr", "Orr", "person"),
        ("Tolm", "Tolm Hydro", "organisation"),
        ("Tolm", "Tolm", "organisation"),  # a dam, elsewhere
        ("Esk", "Esk Ferries", "organisation"),
        ("Esk", "Esk Water", "organisation"),
        ("Varro", "Varro Works", "organisation"),
        ("Ida Varro", "Ida Varro", "person"),
    )
    assert labels.short(given, labels.told(given)) == {"Norbeck": "Norbeck Civil"}


def test_a_source_that_is_word_for_word_a_name_of_the_story_is_that_actor():
    statements = pd.DataFrame(
        [
            ("Clean Ford", None),
            ("The Norbeck", None),
            ("Clean Ford", "Ford"),  # found in a part of it
            ("Clean Ford", "Ida Varro"),
            ("Norbeck’s mayor", None),
            (None, None),
        ],
        columns=["source", "speaker"],
        dtype=object,
    )
    known = {"Clean Ford": "organisation", "Norbeck Civil": "organisation"}
    assert labels.named(statements, known, {"Norbeck": "Norbeck Civil"}).tolist() == [
        "Clean Ford",
        "Norbeck Civil",
        "Clean Ford",
        "Ida Varro",
        None,
        None,
    ]
