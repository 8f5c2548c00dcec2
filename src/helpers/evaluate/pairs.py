"""Measure how well contradictions rank among pairs of sentences: average precision, as on RTE-3 three-way.

The ranker is the one that finds a story's leads, given two sentences and nothing else: no speaker, day or article.
Dagan et al., "Recognizing textual entailment" (2009); the three-way labels are those of Voorhees (2008).
"""

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.link import wording
from helpers.link.contradictions import claims, conflicts
from helpers.story import StoryError

COLUMNS = ("premise", "hypothesis", "label")


def report(corpus: Path) -> str:
    """Give the printed average precision on one table of pairs; raises StoryError where it is none."""
    pairs = read(corpus)
    true = pairs["label"].str.lower() == "contradiction"
    if not true.any():
        raise StoryError(f"{corpus}: no pair is labelled contradiction. Give a table with such pairs.")
    found = average_precision(true.to_numpy(), rank(pairs))
    return f"pairs {len(pairs)}, contradictions {true.sum()}, base {true.mean():.3f}\naverage precision {found:.3f}"


def read(path: Path) -> pd.DataFrame:
    """Read pairs from a table with tabs between its columns premise, hypothesis and label."""
    try:
        pairs = pd.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise StoryError(f"{path}: no table of pairs ({error}).") from None
    missing = [column for column in COLUMNS if column not in pairs]
    if missing:
        raise StoryError(f"{path}:1: the column '{missing[0]}' is missing. The columns are {', '.join(COLUMNS)}.")
    return pairs


def rank(pairs: pd.DataFrame) -> np.ndarray:
    """Score each pair by how likely it is a contradiction."""
    sides = [(claims.alone(row.premise), claims.alone(row.hypothesis)) for row in pairs.itertuples()]
    texts = {claim.content: claim.terms for pair in sides for claim in pair}
    rare = wording.rarity(texts.values())
    return np.array([conflicts.score(conflicts.features(one, other, rare)) for one, other in sides])


def average_precision(true: np.ndarray, score: np.ndarray) -> float:
    """Average the precision over the recall that each threshold adds; pairs of one score share a threshold."""
    order = np.argsort(-score, kind="stable")
    ranked, scores = true[order].astype(float), score[order]
    last = np.append(scores[1:] != scores[:-1], True)
    hits, seen = np.cumsum(ranked)[last], np.arange(1, len(ranked) + 1)[last]
    return float((np.diff(hits, prepend=0) * hits / seen).sum() / ranked.sum())
