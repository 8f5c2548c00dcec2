"""Compare the wording of two statements by their content words. No model, no network."""

import re
from array import array
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import repeat
from math import fsum, log

import numpy as np

from helpers.link import quantities
from helpers.link.stems import stem

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, and else of no pattern
_NONE: frozenset = frozenset()
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


_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def words(content: str) -> list[str]:
    """Give a content's words in lower case, without quote marks, punctuation and a leading "that"."""
    found = _WORD.findall(content.lower().replace("’", "'"))
    return found[1:] if found[:1] == ["that"] else found


def fullest(contents: Collection[str]) -> str:
    """Give the content of the most words."""
    several = set(contents)
    return max(several, key=lambda one: (len(words(one)), one)) if len(several) > 1 else next(iter(several))


def runs(contents: Iterable[str], length: int) -> list[tuple[frozenset[int], int]]:
    """Give for each content its runs of so many words that another one has too, as hashes, and how many it has in all.

    Marks and case do not count, nor does a run that stands in a content again. Most runs stand in one content and are
    not kept.
    """
    hashes: dict[str, int] = {}
    ids, sizes = array("Q"), []
    for content in contents:
        found = words(content)
        for word in found:
            if word not in hashes:
                hashes[word] = _hashed(word)
            ids.append(hashes[word])
        sizes.append(len(found))
    del hashes
    each = np.frombuffer(ids, np.uint64) if ids else np.empty(0, np.uint64)
    holders = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    last = max(0, len(each) - length + 1)
    run = np.zeros(last, np.uint64)
    for step in range(length):  # a polynomial of the words' hashes, modulo 2^64
        run = run * _FACTOR + each[step : last + step]
    whole = holders[:last] == holders[len(each) - last :]
    return _shared(run[whole], holders[:last][whole], len(sizes))


def _shared(run: np.ndarray, holders: np.ndarray, contents: int) -> list[tuple[frozenset[int], int]]:
    order = np.lexsort((holders, run))
    run, holders = run[order], holders[order]
    fresh = np.append(True, (run[1:] != run[:-1]) | (holders[1:] != holders[:-1]))[: len(run)]
    run, holders = run[fresh], holders[fresh]  # once in each content
    same = run[1:] == run[:-1]
    several = np.append(same, False)[: len(run)] | np.append(False, same)[: len(run)]
    sizes = np.bincount(holders, minlength=contents)
    order = np.argsort(holders[several], kind="stable")
    kept = run[several][order]
    ends = np.cumsum(np.bincount(holders[several], minlength=contents))
    starts = np.append(0, ends[:-1])[:contents]
    return [
        (frozenset(kept[start:end].tolist()) if end > start else _NONE, size)
        for start, end, size in zip(starts.tolist(), ends.tolist(), sizes.tolist(), strict=True)
    ]


def _hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


@lru_cache(maxsize=quantities.READ)
def terms(text: str) -> tuple[str, ...]:
    """Give the stems of a text's content words, in order; a number, in figures or in words, stands as its value."""
    tokens = quantities.tokenised(text)
    if not any(map(quantities.begins, tokens)):  # most texts
        return tuple(filter(None, map(term_of, tokens)))
    found = []
    for word, value in quantities.read(text):
        if value is not None:
            found.append(f"{value:.10g}")
        elif (term := term_of(word)) is not None:
            found.append(term)
    return tuple(found)


@lru_cache(maxsize=100_000)
def term_of(word: str) -> str | None:
    """Give the stem of a content word, None for a word that tells nothing; a number is no word."""
    return None if word.lower() in STOP else stem(word)


def few(found: Iterable) -> frozenset:
    """Give a set of what is mostly nothing; all empty sets are one, for each would take the room of four strings."""
    return frozenset(found) or _NONE


class Recent:
    """The last few places at which each key stood: a term, a run. It takes little room for keys that stand once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: dict[Hashable, tuple[int, ...]] = {}

    def of(self, key: Hashable) -> tuple[int, ...]:
        """Give the last places of a key, in order."""
        return self._places.get(key, ())

    def add(self, keys: Iterable[Hashable], place: int) -> None:
        """Note that the keys stand at a place, which follows all others."""
        first = (place,)
        for key in keys:
            before = self._places.get(key)
            self._places[key] = (*before[-self._most + 1 :], place) if before else first


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
    return fsum(map(rare.get, found, repeat(1.0)))


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
