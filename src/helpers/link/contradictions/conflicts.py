"""Weigh whether two claims conflict: what they share, and what sets them apart."""

from math import exp

from helpers.link import quantities, wording
from helpers.link.contradictions.claims import NEARBY, Claim

ROUGH = 0.2  # of a number, by which a rough one may be off
EXACT = 0.005  # the same for one turned into another unit: two years, twenty-four months
SOON = 3  # days after which a denial is seldom printed
MOSTLY = 0.5  # of what a speaker negates, that the same speaker says in the same article
BESIDE = 3  # statements between what is recalled and what it is set against
FIGURES = 4  # between two figures that an article sets side by side
RATIO = 5  # between two numbers beyond which they hardly count one thing
DEPTH = 10  # statements into an article past which nothing is deeper, and apart past which nothing is farther
# What each feature of a pair adds to the odds of a conflict, in the order in which `features` gives them.
WEIGHTS = {
    "shared": 2.47,
    "head": 0.71,
    "here": 1.02,
    "soon": 1.42,
    "article": 2.22,
    "apart": -1.78,
    "deep": -0.77,
    "answers": 1.63,
    "opponents": 0.64,
    "recalled": 2.06,
    "turned": 0.68,
    "grants": 0.67,
    "thing": 1.66,
    "figures": 2.39,
    "carried": 0.43,
    "flat": 0.73,
    "ahead": -1.18,
    "alike": -1.06,
    "conditional": -1.18,
    "silent": -0.32,
}
BASE = -3.72


def features(one: Claim, other: Claim, rare: dict[str, float]) -> list[float]:
    """Give what speaks for and against a conflict of an earlier and a later claim, in the order of WEIGHTS."""
    both = one.terms & other.terms
    topic = min(wording.weight(both, rare), 3.0) / 3
    same = _same(one, other)
    silent = one.speaker is None or other.speaker is None
    gap = distance(one, other)
    soon = gap is None and not same and None not in (one.day, other.day) and (other.day - one.day).days <= SOON
    measure = measures(one, other)
    heads = (one.heads - other.negations) & other.terms | (other.heads - one.negations) & one.terms
    head = min(wording.weight(heads, rare), 1.0)
    return [
        topic,
        head,
        topic * (one.negated != other.negated) * (gap is not None),
        head * soon,
        gap is not None,
        min(gap or 0, DEPTH) / DEPTH,
        min(one.depth + other.depth, DEPTH) / DEPTH,
        _answers(one, other),
        other.speaker in one.opponents,
        recalled(one, other) and not (one.negated and other.negated),
        same and one.day != other.day and one.negated != other.negated,
        one.grants or other.grants,
        measure == "thing",
        measure == "figure" and gap is not None and gap <= FIGURES and not same,
        min(len(one.articles), len(other.articles)) > 1,
        _flat(one, other) or _flat(other, one),
        (one.ahead != other.ahead) * (not same) * (not silent),
        one.negated and other.negated,
        (one.condition is None) != (other.condition is None),
        silent,
    ]


def rebuts(one: Claim, other: Claim) -> bool:
    """Tell whether one of two claims calls the other wrong."""
    return one.utterance in other.rebuts or other.utterance in one.rebuts


def recalled(one: Claim, other: Claim) -> bool:
    """Tell whether an article sets what a speaker had said before against what the same speaker says now."""
    if not (one.recalled or other.recalled) or not _same(one, other):
        return False
    if not (one.recalled & other.articles) - other.recalled | (other.recalled & one.articles) - one.recalled:
        return False
    gap = distance(one, other)
    return gap is not None and gap <= BESIDE


def _same(one: Claim, other: Claim) -> bool:
    return one.speaker is not None and one.speaker == other.speaker


def _answers(one: Claim, other: Claim) -> float:
    """Give how closely a claim answers one before it in an article; 0 where it calls another wrong."""
    meant = not other.rebuts or one.utterance in other.rebuts
    return _after(one, other) if other.answers and meant else 0.0


def _after(one: Claim, other: Claim) -> float:
    """Give how closely one claim follows another in an article: 1 right after it, 0 beyond what is near."""
    gaps = [order - own for article, own in one.places for at, order in other.places if at == article and order > own]
    gap = min(gaps, default=NEARBY + 1)
    return 1 / gap if gap <= NEARBY else 0.0


def _flat(one: Claim, other: Claim) -> bool:
    """Tell whether one claim says flatly that something of what the other says is not, or never was."""
    return one.flat and bool((one.negations & other.terms) - other.negations)


def _asserted(one: Claim, other: Claim) -> float:
    """Give how much of what one claim negates the other says."""
    return len((one.negations - other.negations) & other.terms) / (1 + len(one.negations))


def negated(one: Claim, other: Claim) -> frozenset[str]:
    """Give the terms that one of two claims negates and the other does not."""
    if not one.negations and not other.negations:  # most pairs: this is asked of every one
        return frozenset()
    return (one.negations - other.negations) & other.terms | (other.negations - one.negations) & one.terms


def measures(one: Claim, other: Claim) -> str | None:
    """Tell whether two claims give different numbers: of one thing ("thing"), of things not told apart ("figure").

    Numbers for different days do not differ, nor do those that a speaker gives on different days.
    """
    first, second = one.numbers, other.numbers
    if not first or not second or days_apart(one, other) or (_same(one, other) and one.day != other.day):
        return None
    close = [(a, b) for a in first for b in second if 0 < max(a.value, b.value) <= RATIO * min(a.value, b.value)]
    if any(_denies(a, other, b) or _denies(b, one, a) for a, b in close) and not any(_fits(a, b) for a, b in close):
        return "thing"  # "fourteen, not three"
    things = [(a, b) for a, b in close if a.units & b.units]
    if things:
        return None if any(_fits(a, b) for a, b in things) else "thing"
    figures = [(a, b) for a, b in close if not (a.units and b.units)]
    return "figure" if figures and not any(_fits(a, b) for a, b in close) else None


def _denies(given: quantities.Quantity, claim: Claim, put: quantities.Quantity) -> bool:
    """Tell whether a claim denies the number that another gives, and puts its own in its place."""
    return f"{given.value:.10g}" in claim.negations and not _fits(given, put)


def days_apart(one: Claim, other: Claim) -> bool:
    """Tell whether two claims each speak of a day, and of none in common."""
    spoken = one.dates and other.dates
    return bool(spoken) and not any(a[0] <= b[1] and b[0] <= a[1] for a in one.dates for b in other.dates)


def _fits(a: quantities.Quantity, b: quantities.Quantity) -> bool:
    """Tell whether two numbers are one, or a rough one may be the other: about a dozen, fourteen."""
    if a.open or b.open:
        least, most = (a.least, a.most) if a.open else (b.least, b.most)
        value = b if a.open else a
        return value.open or least <= value.value <= most
    apart = ROUGH if a.rough or b.rough else EXACT
    return abs(a.value - b.value) <= apart * max(abs(a.value), abs(b.value))


def distance(one: Claim, other: Claim) -> int | None:
    """Give how many statements stand between two claims in the article where they are nearest, None in none."""
    if one.articles.isdisjoint(other.articles):
        return None
    orders: dict[str, list[int]] = {}
    for article, order in one.places:
        orders.setdefault(article, []).append(order)
    gaps = [abs(order - own) for article, order in other.places for own in orders.get(article, ())]
    return min(gaps, default=None)


def grounds(one: Claim, other: Claim) -> bool:
    """Tell whether anything sets two claims apart; what only shares words is no lead, however many."""
    if rebuts(one, other) or recalled(one, other):
        return True
    if _same(one, other):
        if one.day == other.day and distance(one, other) is not None:  # in one breath: it must be the very same thing
            return other.grants or max(_asserted(one, other), _asserted(other, one)) > MOSTLY
        return other.grants or bool(negated(one, other) or measures(one, other))
    if negated(one, other) or measures(one, other):
        return True
    answers = one.denies or one.answers or other.denies or other.answers
    return answers and distance(one, other) is not None


def score(found: list[float]) -> float:
    """Give the chance that a careful reader would call two claims contradictory, from their features.

    A logistic regression over the pairs of claims of five stories that have grounds, their hand-made readings the
    labels; `python -m helpers.train.leads data/sample data/hospital data/airport data/strike data/spill` fits it
    anew, and tells how well the weights of the others rank each.
    """
    return 1 / (1 + exp(-(BASE + sum(weight * value for weight, value in zip(WEIGHTS.values(), found, strict=True)))))


def kind(one: Claim, other: Claim) -> str:
    """Name the kind of a conflict: position change, number, denial or dispute."""
    if one.speaker is not None and one.speaker == other.speaker:
        return "position change"
    if measures(one, other):
        return "number"
    return "denial" if one.denies or other.denies or other.answers or rebuts(one, other) else "dispute"
