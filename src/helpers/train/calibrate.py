"""Fit the confidence of a statement, so that of a hundred at .8 about eighty are right."""

from collections.abc import Iterable, Sequence

import numpy as np

from helpers.evaluate import attribution
from helpers.evaluate.brat import Annotated

FOLDS = 5
RIDGE = 1.0  # keeps the weights small where the evidence says little


def evidence(corpus: Sequence[Annotated], predict) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give, for each text with a statement found, the evidence for each and whether its content matches a gold one.

    Raises ValueError where nothing is found in any of them.
    """
    found = []
    for one in corpus:
        if not (pairs := predict(one.text)):
            continue
        right = attribution.matched(one.text, one.gold, [statement for statement, _ in pairs])
        rows = np.array([[1.0, *row] for _, row in pairs])
        found.append((rows, np.array([at in right for at in range(len(pairs))], float)))
    if len(found) < FOLDS:
        raise ValueError(
            f"The network finds statements in {len(found)} of {len(corpus)} texts of dev/, too few to settle its "
            "confidence. Train on more texts, for more epochs, or go on from a trained model with --start."
        )
    return found


def weights(found: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Fit a logistic regression by Newton's method."""
    rows, right = (np.concatenate(column) for column in zip(*found, strict=True))
    fitted = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ fitted))
        slope = rows.T @ (right - chance) - RIDGE * fitted
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + RIDGE * np.eye(len(fitted))
        fitted = fitted + np.linalg.solve(curve, slope)
    return fitted


def outcomes(found: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[tuple[float, bool]]:
    """Give confidence and outcome by cross-fitting: each fifth of the texts is judged by weights from the others."""
    pairs: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        fitted = weights(one for at, one in enumerate(found) if at % FOLDS != fold)
        for rows, right in found[fold::FOLDS]:
            pairs += zip((1 / (1 + np.exp(-rows @ fitted))).tolist(), right.astype(bool).tolist(), strict=True)
    return pairs
