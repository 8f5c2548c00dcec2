"""Read the quantities in a text: numbers, in figures and in words, with what they count."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from math import inf

from helpers.link.stems import stem

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        range(21),
        strict=True,
    )
) | {"dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "percent": 1}
# What a number counts, where its unit can be turned into another: two years, eighteen months.
_MEASURES = {
    stem(unit): (kind, times)
    for kind, listed in {
        "time": {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.4,
                 "year": 365, "decade": 3650},
        "length": {"metre": 1, "kilometre": 1000, "mile": 1609, "feet": 0.3048, "foot": 0.3048},
        "weight": {"tonne": 1000, "ton": 1000, "kilogram": 1, "kilo": 1},
    }.items()
    for unit, times in listed.items()
}  # fmt: skip
_POWERS = frozenset(map(stem, "cubic square".split()))  # of a length, which is then none
# Beside these a number is an hour: ten past six, 7 pm, 7 a.m.
_CLOCK = frozenset("past am pm o'clock".split())
_HALVES = {("a", "m"), ("p", "m")}
# Words behind which what a number counts does not stand.
_LITTLE = frozenset(
    "a an the and or but not nor of to in on at by for from with was were is are be been had has have who which that "
    "they he she it we i you as if than so both".split()
)
_ROUGH = frozenset("about around nearly almost some up closer nearer".split())
# What stands before a number that is the least, or the most, that there is; a "not" before it turns it round.
_LEAST = re.compile(r"(?:at least|more than|over|above|exceed\w*|upwards? of|beyond)$")
_MOST = re.compile(r"(?:at most|(?:less|fewer|lower) than|under|below|up to|within|short of)$")
_NOT = re.compile(r"\b(?:not|never|no|without|nor)\b|n't\b")
READ = 10_000  # texts of which is kept what was read in them: it is soon asked for again, or never
BEFORE = 5  # words before a number in which such a "not" stands
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)


@dataclass(frozen=True)
class Quantity:
    """A number in a text: what it counts (the stems after it), whether it is rough, the least and most meant."""

    value: float
    units: frozenset[str]
    rough: bool = False
    least: float = -inf
    most: float = inf

    @property
    def open(self) -> bool:
        """Tell whether it is a bound: at least, under, not below."""
        return (self.least, self.most) != (-inf, inf)


def tokenised(text: str) -> list[str]:
    """Give the words of a text, as written."""
    return WORD.findall(text.replace("’", "'"))


@lru_cache(maxsize=100_000)
def begins(token: str) -> bool:
    """Tell whether a number may begin with a word."""
    word = token.lower()
    return word[0].isdecimal() or all(part in UNITS for part in word.split("-"))


@lru_cache(maxsize=READ)
def read(text: str) -> tuple[tuple[str, float | None], ...]:
    """Give the words of a text in order, each with None, or the words of a number with its value."""
    found, tokens = [], tokenised(text)
    if not any(map(begins, tokens)):
        return tuple((token, None) for token in tokens)
    place = 0
    while place < len(tokens):
        start, value = place, None
        while place < len(tokens):
            word = tokens[place].lower()
            if word[0].isdecimal():
                if value is not None:
                    break
                value = float(word.replace(",", ""))
            elif word in UNITS and not (word == "one" and value is None and not _scaled(tokens, place)):
                value = (value or 0) + UNITS[word]
            elif word in SCALES and value is not None:
                value *= SCALES[word]
            elif "-" in word and all(part in UNITS for part in word.split("-")):
                value = (value or 0) + sum(UNITS[part] for part in word.split("-"))
            elif not (word == "and" and value is not None and value >= 100 and _goes_on(tokens, place)):
                break
            place += 1
        place += value is None
        found.append((" ".join(tokens[start:place]), value))
    return tuple(found)


@lru_cache(maxsize=READ)
def find(text: str) -> tuple[Quantity, ...]:
    """Give the numbers of a text with the stems of the words they count, but no years, days of a month or hours."""
    if not any(map(begins, tokenised(text))):  # most texts
        return ()
    found, words = [], read(text)
    for place, (word, value) in enumerate(words):
        if value is None:
            continue
        before = [one.lower() for one, _ in words[max(0, place - 2) : place]]
        after = [one.lower() for one, _ in words[place + 1 : place + 3]]
        if (word.isdigit() and 1800 <= value <= 2100) or {*before[-1:], *after[:1]} & _MONTHS:
            continue
        if {*before[-1:], *after[:1]} & _CLOCK or tuple(after) in _HALVES:
            continue
        units = frozenset(stem(one) for one in takewhile(lambda one: one not in _LITTLE, after))
        if not units and place > 1 and words[place - 1][0][0].isupper() and word.isdigit():
            continue  # "Series 9", "Annex 3": a name
        for unit in sorted(set() if units & _POWERS else units & set(_MEASURES)):
            kind, times = _MEASURES[unit]
            value, units = value * times, frozenset({kind})
        bounds = _bounds(words[max(0, place - BEFORE) : place], value)
        found.append(Quantity(value, units, bool(_ROUGH & set(before)), *bounds))
    return tuple(found)


def _bounds(before: list[tuple[str, float | None]], value: float) -> tuple[float, float]:
    """Give the least and the most that a number stands for, by the words before it."""
    said = " ".join(word.lower() for word, _ in before)
    for pattern, least in ((_LEAST, True), (_MOST, False)):
        if match := pattern.search(said):
            least ^= bool(_NOT.search(said[: match.start()]))
            return (value, inf) if least else (-inf, value)
    return -inf, inf


def _scaled(tokens: list[str], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].lower() in SCALES


def _goes_on(tokens: list[str], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].lower().split("-")[0] in UNITS
