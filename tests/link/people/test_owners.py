import pandas as pd
import pytest

from helpers.link.people.owners import Owners, owner

HELD = pd.DataFrame(
    [
        ("Ida Varro", "Norbeck spokeswoman"),
        ("Ida Varro", "the company’s spokeswoman"),
        ("Odo Lind", "director of the Tolm River Inspectorate"),
        ("Odo Lind", "inspectorate's director"),
        ("Ana Vey", "Esk Ferries’ chief executive"),
        ("Ana Vey", "leader of the Reed Party"),
        ("Ana Vey", "school director"),
    ],
    columns=["actor", "role"],
)
NAMES = {
    "norbeck": "Norbeck Civil",
    "norbeck civil": "Norbeck Civil",
    "tolm river inspectorate": "Tolm River Inspectorate",
    "esk ferries": "Esk Ferries",
    "reed party": "Reed Party",
    "tolm rail": "Tolm Rail",
}


@pytest.mark.parametrize(
    ("words", "here", "organisation"),
    [
        ("the company", {"Norbeck"}, "Norbeck Civil"),
        ("the company", {"Ida Varro"}, "Norbeck Civil"),
        ("The company", {"Esk Ferries"}, "Esk Ferries"),
        ("the company", {"Norbeck", "Esk Ferries"}, None),  # of two
        ("the company", set(), None),
        ("the company", {"Norbeck", "Tolm Rail"}, None),  # which may be one, too
        ("the company", {"Norbeck", "Reed Party"}, "Norbeck Civil"),
        ("the school", {"Ana Vey"}, None),  # whose director is somebody with another job
        ("the inspectorate", {"Odo Lind"}, "Tolm River Inspectorate"),
        ("the state inspectorate", set(), "Tolm River Inspectorate"),
        ("the school inspectorate", set(), None),
        ("", {"Norbeck"}, None),
    ],
)
def test_a_bare_noun_is_whose_people_speak_for_it(words, here, organisation):
    assert Owners(HELD, NAMES).of(words, here) == organisation


@pytest.mark.parametrize(
    ("role", "of"),
    [
        ("Norbeck’s spokeswoman", ("Norbeck", "spokeswoman")),
        ("spokesman for the inspectorate", ("inspectorate", "spokesman")),
        ("company spokeswoman", ("company", "spokeswoman")),
        ("spokeswoman", None),
        ("Norbeck’s plant", None),
    ],
)
def test_owner(role, of):
    assert owner(role) == of
