import numpy as np
import pytest

from helpers.evaluate import pairs
from helpers.story import StoryError

HEAD = "premise\thypothesis\tlabel\n"


def test_average_precision_counts_pairs_of_one_score_together():
    true = np.array([True, False, False, True])
    assert pairs.average_precision(true, np.array([4.0, 3.0, 2.0, 1.0])) == pytest.approx((1 + 2 / 4) / 2)
    assert pairs.average_precision(true, np.array([1.0, 1.0, 1.0, 1.0])) == pytest.approx(0.5)


def test_a_negation_of_the_same_words_ranks_before_what_shares_nothing(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text(
        HEAD + "The ford is open.\tBread is dear.\tneutral\nThe mill burnt.\tNo mill burnt.\tcontradiction\n"
    )
    assert pairs.report(path) == "pairs 2, contradictions 1, base 0.500\naverage precision 1.000"


def test_a_table_without_the_columns_is_a_sentence(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("a\tb\n1\t2\n")
    with pytest.raises(StoryError, match=r"pairs\.tsv:1: the column 'premise' is missing"):
        pairs.report(path)
