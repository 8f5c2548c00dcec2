"""Fit the weights of leads on stories that somebody has read: `python -m helpers.train.leads STORY...`.

Needs stories with a gold.json. A pair of utterances that share what they are about and have something that sets them
apart is an example; it is a true one where the gold lists it as a contradiction. Prints the average precision of the
leads of what was left out while fitting, each story in turn (of one story, an eighth of its articles in turn), and
WEIGHTS and BASE of `helpers.link.contradictions.conflicts`.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np

from helpers import link, read, story
from helpers.annotate import engine
from helpers.evaluate import pairs
from helpers.evaluate import story as gold
from helpers.link import contradictions, wording
from helpers.link.contradictions import claims, conflicts

FOLDS = 8
KEEP = 1.0  # of the squared weights, by which a fit that needs large ones is worse
# What speaks against a conflict; all else speaks for it.
AGAINST = {"apart", "deep", "ahead", "alike", "conditional", "silent"}
STEPS = 100
FAR = 1.5  # that a weight moves in one step


def main(folders: list[str]) -> None:
    """Print the weights fitted on the stories and how well they rank what they were not fitted on."""
    found = [examples(story.load(Path(folder))) for folder in folders]
    features, true, groups = (np.concatenate(parts) for parts in zip(*found, strict=True))
    print(f"{len(true)} pairs, {true.sum()} of them contradictions")
    if len(found) > 1:
        groups = np.repeat(np.arange(len(found)), [len(one[1]) for one in found])
    scores = np.zeros(len(true))
    for group in np.unique(groups):
        out = groups == group
        weights = fit(features[~out], true[~out])
        scores[out] = features[out] @ weights[:-1] + weights[-1]
        if len(found) > 1:
            left_out = pairs.average_precision(true[out], scores[out])
            print(f"{folders[group]}: average precision {left_out:.3f}, fitted on the others")
    if len(found) == 1:
        print(f"average precision, left out: {pairs.average_precision(true, scores):.3f}")
    weights = fit(features, true)
    print(f"average precision, fitted: {pairs.average_precision(true, features @ weights[:-1]):.3f}")
    print("WEIGHTS = {")
    for name, weight in zip(conflicts.WEIGHTS, weights[:-1], strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("}")
    print(f"BASE = {weights[-1]:.2f}")


def examples(loaded: story.Story) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the features of a story's pairs, whether each is one of its gold, and the fold that leaves it out."""
    articles = read.articles(loaded).articles
    tables = link.link(loaded, articles, engine.annotate(articles, loaded.timezone))
    known = gold.read_gold(loaded)
    meant = gold.meant(known, tables, loaded)
    wanted = {frozenset((one["a"], one["b"])) for one in known["contradictions"]}
    found = contradictions.gather(tables["statements"], tables)
    rare = wording.rarity(claim.terms for claim in found)
    rows, true, folds = [], [], []
    for one, other in ((found[a], found[b]) for a, b in claims.pairs(found, rare)):
        if conflicts.grounds(one, other):
            rows.append(conflicts.features(one, other, rare))
            ways = {frozenset((a, b)) for a in meant.get(one.utterance, ()) for b in meant.get(other.utterance, ())}
            true.append(bool(ways & wanted))
            folds.append(int(hashlib.sha256(min(one.articles, default="").encode()).hexdigest(), 16) % FOLDS)
    return np.array(rows, float), np.array(true), np.array(folds)


def fit(features: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Fit a logistic regression (L2) by Newton's method; gives the weights and, last, the base.

    A weight whose sign goes against what its feature says is held at 0, so that chance does not make a lead.
    """
    signs = np.array([-1 if name in AGAINST else 1 for name in conflicts.WEIGHTS])
    rows = np.column_stack([features, np.ones(len(features))])
    penalty = np.append(np.full(len(signs), KEEP), 1e-6)
    free = np.full(len(penalty), True)
    weights = np.append(np.zeros(len(signs)), -3.0)
    while True:
        for _ in range(STEPS):
            chance = 1 / (1 + np.exp(-(rows @ weights)))
            slope = rows.T @ (chance - true) + penalty * weights
            bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
            step = np.zeros(len(weights))
            step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
            step *= min(1.0, FAR / max(abs(step).max(), 1e-12))
            weights = weights - step
        wrong = np.append(signs * weights[:-1] < 0, False)
        if not wrong.any():
            return weights
        weights[wrong] = 0.0
        free &= ~wrong


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
