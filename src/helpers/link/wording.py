"""Compare the wording of two statements by their content words. No model, no network."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from math import fsum, log

import numpy as np

from helpers.link import quantities
from helpers.link.stems import stem

FEW = 100  # texts below which rarity counts as many
LESS, MORE = 0.7, 0.15  # weight of what the shorter and the longer of two texts have alone
# Words that tell nothing of what a text is about.
STOP = frozenset(
    "a about after again against all also am an and any are aren't as at be because been before being both but by "
    "can cannot can't could couldn't did didn't do does doesn't doing don't down during each even ever every few "
    "for from further had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him "
    "himself his how i i'd i'll i'm i've if in into is isn't it it'll it's its itself just least less let let's "
    "many may me might mine more most much must my myself neither never no nobody none nor not nothing now of off "
    "on once one only onto or other our ours ourselves out over own per quite rather said same say says shall she "
    "she'd she'll she's should shouldn't since so some still such than that that's the their theirs them "
    "themselves then there there's these they they'd they'll they're they've this those through to told too "
    "toward towards under until up upon us very was wasn't we we'd we'll we're were weren't we've what when where "
    "whether which while who whom whose why will with within without won't would wouldn't yet you you'd you'll "
    "you're your yours yourself".split()
)


def words(content: str) -> list[str]:
    """Give a content's words in lower case, without quote marks, punctuation and a leading "that"."""
    found = re.findall(r"\w+(?:['’-]\w+)*", content.lower().replace("’", "'"))
    return found[1:] if found[:1] == ["that"] else found


def runs(content: str, length: int) -> frozenset[int]:
    """Give the runs of so many words that stand in a content, marks and case left out, each as a hash."""
    found = words(content)
    return frozenset(_hashed(" ".join(found[at : at + length])) for at in range(len(found) - length + 1))


def repeated(every: Iterable[np.ndarray]) -> frozenset[int]:
    """Give the runs that stand in several contents, of the runs of each; most stand in one and need no room."""
    runs, counts = np.unique(np.concatenate([np.empty(0, np.uint64), *every]), return_counts=True)
    return frozenset(runs[counts > 1].tolist())


def _hashed(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest())


@lru_cache(maxsize=200_000)
def terms(text: str) -> tuple[str, ...]:
    """Give the stems of a text's content words, in order; a number, in figures or in words, stands as its value."""
    found = []
    for word, value in quantities.read(text):
        if value is not None:
            found.append(f"{value:.10g}")
        elif word.lower() not in STOP:
            found.append(stem(word))
    return tuple(found)


def rarity(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """Weigh each term by how few of the texts hold it: 1 where only one does, 0 where all do.

    Inverse document frequency (Spärck Jones 1972; fewer than FEW texts count as so many, for a word that two of three
    share is no common word), over that of a term that stands in one text, so that the weights of
    a small and a large story are of one scale.
    """
    counts: Counter[str] = Counter()
    total = 0
    for one in texts:
        counts.update(set(one))
        total += 1
    total = max(total, FEW)
    most = log((total + 1) / 1.5)
    return {term: max(0.0, log((total + 1) / (count + 0.5)) / most) for term, count in counts.items()}


def weight(found: Iterable[str], rare: Mapping[str, float]) -> float:
    """Sum the weights of terms, exactly, so that the sum is the same in whatever order they come."""
    return fsum([rare.get(term, 1.0) for term in found])


def alike(one: frozenset[str], other: frozenset[str], rare: Mapping[str, float]) -> float:
    """Give how much of two sets of terms is shared, by weight, from 0 to 1.

    What the shorter one has alone counts more against it than what the longer one has: a report may cut what was said,
    seldom add to it (the contrast model of Tversky 1977, "Features of similarity").
    """
    both = one & other
    if not both:
        return 0.0
    shared = weight(both, rare)
    less, more = sorted((weight(one - other, rare), weight(other - one, rare)))
    return shared / (shared + LESS * less + MORE * more) if shared else 0.0
