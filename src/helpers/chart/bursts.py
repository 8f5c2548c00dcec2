"""Find the stretches of days in which coverage runs hot."""

from math import inf, log

import numpy as np
import pandas as pd

ALL = "All outlets"
HOT = 2.0  # how many times its usual rate coverage has in a burst
RELUCTANCE = 1.0  # how dearly a burst is entered (Kleinberg's gamma)


def bursts(daily: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Find the bursts of all coverage together, and of each outlet.

    Needs a table of `timeline.daily`. Gives `by` (all together under ALL, and first), `start`, `end` (ISO days, both
    included), `days`, `articles`, `rate` (articles a day) and `usual` (the same on the other days that were collected),
    in the order of time. The two states of Kleinberg (2002), "Bursty and hierarchical structure in streams", over
    daily counts taken as Poisson's: a day of the hot state has HOT times the mean rate, and to enter it costs
    RELUCTANCE times the logarithm of the number of days. What was not collected is no part of a burst.
    """
    together = daily.groupby("day", as_index=False).agg(articles=("articles", "sum"), collected=("collected", "any"))
    rows = []
    for name, group in [(ALL, together), *daily.groupby(by, sort=True)]:
        days = group.sort_values("day")
        known, counts = days["collected"].to_numpy(bool), days["articles"].to_numpy(float)
        hot = _states(counts, known)
        usual = counts[known & ~hot]
        for start, end in _stretches(hot):
            inside = counts[start : end + 1]
            rows.append(
                {
                    by: name,
                    "start": days["day"].iloc[start],
                    "end": days["day"].iloc[end],
                    "days": len(inside),
                    "articles": int(inside.sum()),
                    "rate": inside.mean(),
                    "usual": usual.mean() if len(usual) else 0.0,
                }
            )
    return pd.DataFrame(rows, columns=[by, "start", "end", "days", "articles", "rate", "usual"])


def _states(counts: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Mark the days of the cheapest sequence of states that are hot (Viterbi)."""
    usual = counts[known].mean() if known.any() else 0.0
    if not usual:
        return np.zeros(len(counts), bool)
    enter = RELUCTANCE * log(len(counts))
    cost, path = [0.0, inf], []
    for count, there in zip(counts, known, strict=True):
        # What both states have in common, the factorial of the count, tells nothing.
        emit = [rate - count * log(rate) for rate in (usual, HOT * usual)] if there else [0.0, inf]
        best = [int(cost[1] < cost[0]), int(cost[1] <= cost[0] + enter)]
        path.append(best)
        cost = [emit[0] + cost[best[0]], emit[1] + min(cost[1], cost[0] + enter)]
    state, states = int(cost[1] < cost[0]), []
    for best in reversed(path):
        states.append(bool(state))
        state = best[state]
    return np.array(states[::-1], bool)


def _stretches(hot: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], hot, [False]]).astype(int)))
    return [(int(start), int(end) - 1) for start, end in edges.reshape(-1, 2)]
