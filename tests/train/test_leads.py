import numpy as np

from helpers.link.contradictions import conflicts
from helpers.train import leads


def test_what_tells_gets_weight_and_a_weight_of_the_wrong_sign_is_none():
    told, silent = (list(conflicts.WEIGHTS).index(name) for name in ("thing", "silent"))
    features = np.zeros((40, len(conflicts.WEIGHTS)))
    features[:20, told] = features[:20, silent] = 1
    weights = leads.fit(features, np.arange(40) < 20)
    assert weights[told] > 1 and weights[silent] == 0
    assert np.count_nonzero(weights[:-1]) == 1
