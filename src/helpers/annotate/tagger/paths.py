"""Decode tags: the best legal sequence, and the spans in it."""

from collections.abc import Sequence

import numpy as np

ROLES = ("source", "cue", "content")
KINDS = ("person", "organisation", "place", "group")  # of names
TAGS = ("O", *(f"{edge}-{role}" for role in ROLES for edge in "BI"))
NAMES = ("O", *(f"{edge}-{kind}" for kind in KINDS for edge in "BI"))
NOWHERE = -1e4  # the score of what cannot be


def legal(tags: Sequence[str] = TAGS) -> np.ndarray:
    """Score each step from tag to tag: 0 if legal, NOWHERE if not (an I- tag continues its own role only)."""
    steps = np.zeros((len(tags), len(tags)), np.float32)
    for i, before in enumerate(tags):
        for j, after in enumerate(tags):
            if after[0] == "I" and before[1:] != after[1:]:
                steps[i, j] = NOWHERE
    return steps


def best(scores: np.ndarray, real: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Find the best tag sequence of each row by the Viterbi algorithm.

    Needs scores (sequence, word, tag), which words are real and not padding (sequence, word), and step scores.
    """
    order = np.argsort(-real.sum(1), kind="stable")  # the longest first: those that go on are the first so many
    scores, going = scores[order], real.sum(0)
    back = np.broadcast_to(np.arange(scores.shape[2], dtype=np.int8), scores.shape).copy()
    total, turned = scores[:, 0].copy(), np.ascontiguousarray(steps.T)
    for at in range(1, scores.shape[1]):
        rows = going[at]
        paths = total[:rows, None] + turned
        back[:rows, at] = paths.argmax(2)
        total[:rows] = paths.max(2) + scores[:rows, at]
    tags = np.zeros(scores.shape[:2], np.int8)
    tags[:, -1] = total.argmax(1)
    rows = np.arange(len(scores))
    for at in range(scores.shape[1] - 1, 0, -1):
        tags[:, at - 1] = back[rows, at, tags[:, at]]
    return tags[np.argsort(order)]


def spans(path: np.ndarray, tags: Sequence[str] = TAGS) -> list[tuple[str, int, int]]:
    """Read (role or kind, first word, end word) off a tag sequence."""
    found, role, start = [], None, 0
    for at, tag in enumerate([*(tags[t] for t in path), "O"]):
        if role and tag[:1] != "I":
            found.append((role, start, at))
            role = None
        if tag[:1] == "B":
            role, start = tag[2:], at
    return found
