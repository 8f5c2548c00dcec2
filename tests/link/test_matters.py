import pandas as pd
import pytest

from helpers.link import matters

SUBJECTS = pd.DataFrame(
    [("m1", "talks", ["negotiat*", "peace talks"]), ("m2", "ford", ["ford"]), ("m3", "empty", [])],
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
    ],
)
def test_the_matter_with_most_terms(words, matter):
    assert matters.about(words, matters.subjects(SUBJECTS)) == matter
