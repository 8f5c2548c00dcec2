"""A confidence is fitted on what is found, and where too little is found, it says so."""

import numpy as np
import pytest

from helpers.evaluate.brat import Annotated, Attribution
from helpers.train import calibrate

TEXT = "The ford opens, Mr Hale said."
GOLD = Attribution(((0, 14),), ((24, 28),), ((16, 23),))
ELSEWHERE = Attribution(((16, 23),), ((24, 28),), ())
CORPUS = [Annotated(f"article {number}", TEXT, ((GOLD,),)) for number in range(5)]


def test_evidence_tells_which_statements_are_right():
    found = calibrate.evidence(CORPUS, lambda text: [(GOLD, (2.0,)), (ELSEWHERE, (-1.0,))])
    assert len(found) == 5
    assert all(rows.tolist() == [[1.0, 2.0], [1.0, -1.0]] and right.tolist() == [1.0, 0.0] for rows, right in found)


def test_what_is_right_more_often_is_given_more_confidence():
    found = calibrate.evidence(CORPUS, lambda text: [(GOLD, (1.0,)), (ELSEWHERE, (-1.0,))])
    weights = calibrate.weights(found)
    assert weights @ np.array([1.0, 1.0]) > 0 > weights @ np.array([1.0, -1.0])
    assert [right for chance, right in calibrate.outcomes(found) if chance > 0.5] == [True] * 5


def test_a_network_that_finds_nothing_is_named():
    with pytest.raises(ValueError, match="finds statements in 0 of 5 texts"):
        calibrate.evidence(CORPUS, lambda text: [])
