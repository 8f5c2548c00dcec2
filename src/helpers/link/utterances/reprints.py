"""Find articles that reprint another in part: wire copy that a desk has cut, led anew or added to."""

import re
import zlib
from collections import Counter, defaultdict

import numpy as np
import pandas as pd

SHINGLE = 4  # words
SHARED = 0.3  # of the shorter text's shingles, from which it reprints the other; rewritten news shares below 0.2
SKETCH = 8  # one shingle in so many is looked up (Broder 1997: resemblance by the hashes that are 0 modulo m)
COMMON = 50  # articles that hold a shingle beyond which it is a formula and tells nothing
DAYS = 14  # between an article and its reprint


def mark(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark each article that shares much of its wording with an earlier one.

    Needs article_id, published_at, text and duplicate_of; gives the table with near_duplicate_of: the article_id of
    the earliest article of which at least SHARED of the shorter one's runs of four words are the same, or None. Whole
    copies (`duplicate_of`) are not marked again. Articles are compared where their sketches meet, so the cost grows
    with the number of reprints, not with the square of the articles. After Broder (1997), "On the resemblance and
    containment of documents".
    """
    whole = articles[articles["duplicate_of"].isna()]
    ordered = whole.sort_values(["published_at", "article_id"], na_position="last")
    texts = [_hashes(text) for text in ordered["text"]]
    seconds = [None if pd.isna(day) else day.timestamp() for day in ordered["published_at"]]
    holders: dict[int, list[int]] = defaultdict(list)
    origins: dict[int, int] = {}
    for place, own in enumerate(texts):
        sketch = own[own % SKETCH == 0].tolist()
        met = Counter(other for one in sketch for other in holders[one])
        for other in sorted(met):
            root = origins.get(other, other)
            if _near(seconds[place], seconds[other]) and _shared(own, texts[other]) >= SHARED:
                origins[place] = min(root, origins.get(place, root))
        for one in sketch:
            if len(holders[one]) < COMMON:
                holders[one].append(place)
    ids = ordered["article_id"].tolist()
    origin = {ids[place]: ids[root] for place, root in origins.items()}
    return articles.assign(
        near_duplicate_of=pd.Series([origin.get(one) for one in articles["article_id"]], articles.index, dtype=object)
    )


def origins(articles: pd.DataFrame) -> dict[str, str]:
    """Map each article_id to that of the article it is a copy or a reprint of, itself where it is none."""
    first = {}
    for row in articles[["article_id", "duplicate_of", "near_duplicate_of"]].itertuples(index=False):
        copied = row.duplicate_of if isinstance(row.duplicate_of, str) else row.near_duplicate_of
        first[row.article_id] = copied if isinstance(copied, str) else row.article_id
    return {one: first.get(first[one], first[one]) for one in first}


def _hashes(text: str) -> np.ndarray:
    """Hash every run of words of a text; four bytes each, so that many texts fit into memory."""
    words = re.findall(r"\w+", text.lower())
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    return np.unique(np.fromiter((zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs), np.uint32))


def _near(one: float | None, other: float | None) -> bool:
    return one is None or other is None or abs(one - other) <= DAYS * 86_400


def _shared(one: np.ndarray, other: np.ndarray) -> float:
    return len(np.intersect1d(one, other, assume_unique=True)) / max(1, min(len(one), len(other)))
