"""What a story's figures count as right."""

import pytest

from helpers.evaluate import story


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("spokeswoman for the Harbour Health Group", "Harbour spokeswoman", True),
        ("spokesman for the energy ministry", "energy spokesman", True),
        ("spokesman for the energy ministry", "spokesman", False),
        ("former mayor of Tolm", "mayor", False),
    ],
)
def test_an_office_is_its_head_noun_and_its_portfolio(wanted, found, same):
    assert story._same_office(wanted, found) is same


def test_names_that_differ_by_their_apostrophe_are_one():
    assert story._name("The Tolm Pilots’ Union") == story._name("Tolm Pilots' Union") == "tolm pilots' union"
