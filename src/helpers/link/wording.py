"""Compare the wording of two statements: content words, numbers, negation, opposites. No model, no network."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log

from helpers.annotate import acts

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STOP = frozenset(
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
# British to American: organisation, labour, metre.
SPELLINGS = (
    (r"is(e[sd]?|ing|ations?)$", r"iz\1"),
    (r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$)", "or"),
    (r"(?<=[bt])re(s?)$", r"er\1"),
)
_UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        range(21),
        strict=True,
    )
) | {"dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "percent": 1}
# Words that cannot both be true of one thing at one time. A line is one scale; its two sides are opposites.
_OPPOSITES = """
rise increase grow gain climb raise up higher dearer | fall decrease decline drop lose cut reduce down lower shrink sink
open reopen lift | shut close block seal
accept approve agree back support endorse welcome favour favor | reject refuse oppose decline veto disapprove dismiss
begin start launch continue resume proceed | stop end halt pause cease suspend cancel postpone delay abandon
confirm admit acknowledge concede | deny dispute disown
win victory succeed success | lose loss fail failure defeat
allow permit let legal lawful | ban bar forbid prohibit prevent illegal unlawful
alive live survive born | dead die kill death
true fact real genuine | false fiction fake invented lie untrue
stay remain keep retain | leave quit resign go withdraw depart
hire appoint elect | fire sack dismiss oust relieve
guilty convict | innocent acquit clear
safe secure | dangerous unsafe
love like | hate dislike
give pay send | take receive withhold
buy purchase | sell
public open | secret confidential private
present attend come | absent boycott avoid
improve better strengthen | worsen worse weaken
early ahead | late behind delayed
peace truce ceasefire | war attack
first | last
majority | minority
full | empty
many all everything everyone | none nothing nobody few
easy easily | difficult hard
before | after
""".strip().splitlines()


@dataclass(frozen=True)
class Number:
    """A number in a text, what it counts (the stems after it) and whether it is a rough or open one."""

    value: float
    units: frozenset[str]
    rough: bool = False


def runs(content: str, length: int) -> frozenset[tuple[str, ...]]:
    """Give the runs of so many words that stand in a content, lower case, marks left out."""
    found = words(content)
    return frozenset(tuple(found[at : at + length]) for at in range(len(found) - length + 1))


# What a number counts, where its unit can be turned into another: two years, eighteen months.
_MEASURES = {
    "second": ("time", 1 / 86400), "minut": ("time", 1 / 1440), "hour": ("time", 1 / 24), "day": ("time", 1),
    "week": ("time", 7), "month": ("time", 30.4), "year": ("time", 365), "decad": ("time", 3650),
    "met": ("length", 1), "meter": ("length", 1), "kilomet": ("length", 1000), "kilometer": ("length", 1000),
    "mile": ("length", 1609), "mil": ("length", 1609), "feet": ("length", 0.3048), "foot": ("length", 0.3048),
    "tonn": ("weight", 1000), "ton": ("weight", 1000), "kilogram": ("weight", 1), "kilo": ("weight", 1),
}  # fmt: skip


def words(content: str) -> list[str]:
    """Give a content's words in lower case, without quote marks, punctuation and a leading "that"."""
    found = re.findall(r"\w+(?:['’-]\w+)*", content.lower().replace("’", "'"))
    return found[1:] if found[:1] == ["that"] else found


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Cut an English word's regular ending: "talks", "talked" and "talking" are one stem."""
    word = re.sub(r"['’]s?$", "", word.lower())
    for british, american in SPELLINGS:
        word = re.sub(british, american, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ingly", "edly", "ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@lru_cache(maxsize=200_000)
def terms(text: str) -> tuple[str, ...]:
    """Give the stems of a text's content words, in order; numbers stand as digits."""
    found = []
    for word in _WORD.findall(text.lower().replace("’", "'")):
        if word in _STOP:
            continue
        value = _UNITS.get(word)
        found.append(str(value) if value is not None else word.replace(",", "") if word[0].isdigit() else stem(word))
    return tuple(found)


FEW = 100


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
    return fsum(rare.get(term, 1.0) for term in found)


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


LESS, MORE = 0.7, 0.15


@lru_cache(maxsize=200_000)
def numbers(text: str) -> tuple[Number, ...]:
    """Give the numbers of a text with the stem of the word they count; years and days of a month are left out."""
    found, tokens = [], _WORD.findall(text.replace("’", "'"))
    place = 0
    while place < len(tokens):
        start, value = place, None
        while place < len(tokens):
            word = tokens[place].lower()
            if word[0].isdecimal():
                if value is not None:
                    break
                value = float(word.replace(",", ""))
            elif word in _UNITS and not (word == "one" and value is None and not _counts(tokens, place)):
                value = (value or 0) + _UNITS[word]
            elif word in _SCALES and value is not None:
                value *= _SCALES[word]
            elif "-" in word and all(part in _UNITS for part in word.split("-")):
                value = (value or 0) + sum(_UNITS[part] for part in word.split("-"))
            elif not (word == "and" and value is not None and value >= 100 and _follows(tokens, place)):
                break
            place += 1
        if value is None:
            place += 1
            continue
        before = {one.lower() for one in tokens[max(0, start - 2) : start]}
        if _date(tokens, start, place, value):
            continue
        units = frozenset(stem(one) for one in tokens[place : place + 2] if one.lower() not in _STOP)
        for unit in sorted(units & set(_MEASURES)):
            kind, times = _MEASURES[unit]
            value, units = value * times, frozenset({kind})
        rough = bool(before & {"about", "around", "nearly", "almost", "over", "least", "most", "than", "up", "some"})
        found.append(Number(value, units, rough))
    return tuple(found)


def _counts(tokens: list[str], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].lower() in _SCALES


def _follows(tokens: list[str], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].lower().split("-")[0] in _UNITS


_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)


def _date(tokens: list[str], start: int, end: int, value: float) -> bool:
    near = {one.lower() for one in (*tokens[max(0, start - 1) : start], *tokens[end : end + 1])}
    return bool(near & _MONTHS) or (1800 <= value <= 2100 and tokens[start].isdigit())


def _scales() -> dict[str, set[tuple[int, int]]]:
    sides: dict[str, set[tuple[int, int]]] = {}
    for line, scale in enumerate(_OPPOSITES):
        for side, listed in enumerate(scale.split("|")):
            for word in listed.split():
                sides.setdefault(stem(word), set()).add((line, side))
    return sides


_SIDES = _scales()
_IRREGULAR = {
    "rose": "rise", "risen": "rise", "grew": "grow", "grown": "grow", "fell": "fall", "fallen": "fall",
    "lost": "lose", "won": "win", "sank": "sink", "sunk": "sink", "shrank": "shrink", "began": "begin",
    "begun": "begin", "kept": "keep", "left": "leave", "went": "go", "gone": "go", "paid": "pay", "sent": "send",
    "gave": "give", "given": "give", "took": "take", "taken": "take", "bought": "buy", "sold": "sell",
    "came": "come", "died": "die", "dying": "die", "hid": "hide", "met": "meet", "quit": "quit", "killed": "kill",
    "closed": "close", "said": "say",
}  # fmt: skip


def opposites(one: str, other: str) -> int:
    """Count the opposites between two texts: a word of one whose opposite is in the other, which lacks the word."""
    first, second = _sides(one), _sides(other)
    return sum((line, 1 - side) in second and (line, side) not in second for line, side in sorted(first))


@lru_cache(maxsize=200_000)
def _sides(text: str) -> frozenset[tuple[int, int]]:
    found = set()
    for word in _WORD.findall(text.lower()):
        found |= _SIDES.get(stem(_IRREGULAR.get(word, word)), set())
    return frozenset(found)


@lru_cache(maxsize=200_000)
def negated(text: str) -> bool:
    """Tell whether the main clause of a text is negated."""
    return acts.denies(text)


_NEGATOR = re.compile(
    r"no|not|never|neither|nor|nobody|none|nothing|nowhere|without|cannot|hardly|barely|denie[sd]|deny|refus\w+|reject\w*|"
    r"fail(?:s|ed)|lack\w*|[^\W\d_]+n't",
    re.I,
)
REACH = 4  # content words after a negation that it may be about


@lru_cache(maxsize=200_000)
def negations(text: str) -> frozenset[str]:
    """Give the terms that a text negates: the first content words after a negation, up to the end of its clause."""
    found, left = set(), 0
    for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[,;:.?!—–…]", text.replace("’", "'")):
        if not word[0].isalnum():
            left = 0
        elif _NEGATOR.fullmatch(word):
            left = REACH
        elif left and (term := terms(word)):
            found |= set(term)
            left -= 1
        if word.lower().startswith("un") and len(word) > 5:
            found.add(stem(word[2:]))
    return frozenset(found)


def different(one: str, other: str) -> bool:
    """Tell whether two texts give different numbers of one thing: the same unit, no number in common."""
    first, second = numbers(one), numbers(other)
    if {number.value for number in first} & {number.value for number in second}:
        return False
    return any(a.units & b.units for a in first for b in second)
