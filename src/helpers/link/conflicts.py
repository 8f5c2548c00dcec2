"""Weigh whether two claims conflict: what they share, and what sets them apart."""

from math import exp

from helpers.link import quantities, wording
from helpers.link.claims import NEARBY, Claim

ROUGH = 0.2  # of a number, by which a rough one may be off
EXACT = 0.005  # the same for one turned into another unit: two years, twenty-four months
RATIO = 5  # between two numbers beyond which they hardly count one thing
FEATURES = (
    "alike shared context focus agree answers near article numbers figures granted conditions silent later"
).split()

WEIGHTS = (2.2, 1.9, 0.7, 3.2, -0.4, 0.5, 0.4, 3.0, 2.0, 4.1, 1.4, -2.5, -1.1, -1.0)  # of FEATURES, in their order
BASE = -7.5


def features(one: Claim, other: Claim, rare: dict[str, float]) -> list[float]:
    """Give what speaks for and against a conflict of an earlier and a later claim, in the order of FEATURES."""
    shared = wording.weight(one.terms & other.terms, rare)
    context = wording.weight((one.terms & other.around) | (one.around & other.terms), rare)
    same = one.speaker is not None and one.speaker == other.speaker
    gap = distance(one, other)
    near = gap is not None and gap <= NEARBY
    topic = min(shared, 3.0) / 3
    focus = min(wording.weight(negated(one, other), rare), 2.0) / 2
    agree = min(wording.weight(one.negations & other.negations, rare), 2.0) / 2
    answers = (one.denies or one.answers) or (other.denies or other.answers)
    measure = measures(one, other)
    return [
        wording.alike(one.terms, other.terms, rare),
        topic,
        min(context, 3.0) / 3,
        focus,
        agree,
        answers * near * (not same),
        near * (not same),
        gap is not None,
        measure == "thing",
        measure == "figure" and near and not same,
        other.grants * same * (0.3 + topic),
        one.condition is not None and other.condition is not None,
        one.speaker is None or other.speaker is None,
        0.0 if one.day is None or other.day is None else min((other.day - one.day).days, 60) / 60,
    ]


def negated(one: Claim, other: Claim) -> frozenset[str]:
    """Give the terms that one of two claims negates and the other does not."""
    return (one.negations - other.negations) & other.terms | (other.negations - one.negations) & one.terms


def measures(one: Claim, other: Claim) -> str | None:
    """Tell whether two claims give different numbers: of one thing ("thing"), of things not told apart ("figure")."""
    first, second = one.numbers, other.numbers
    if not first or not second or any(_fits(a, b) for a in first for b in second):
        return None
    close = [(a, b) for a in first for b in second if 0 < max(a.value, b.value) <= RATIO * min(a.value, b.value)]
    if any(a.units & b.units for a, b in close):
        return "thing"
    return "figure" if any(not (a.units and b.units) for a, b in close) else None


def _fits(a: quantities.Quantity, b: quantities.Quantity) -> bool:
    """Tell whether two numbers are one, or a rough one may be the other: about a dozen, fourteen."""
    apart = ROUGH if a.rough or b.rough else EXACT
    return abs(a.value - b.value) <= apart * max(abs(a.value), abs(b.value))


def distance(one: Claim, other: Claim) -> int | None:
    """Give how many statements stand between two claims in the article where they are nearest, None in none."""
    orders: dict[str, list[int]] = {}
    for article, order in one.places:
        orders.setdefault(article, []).append(order)
    gaps = [abs(order - own) for article, order in other.places for own in orders.get(article, ())]
    return min(gaps, default=None)


def grounds(one: Claim, other: Claim) -> bool:
    """Tell whether anything sets two claims apart; what only shares words is no lead, however many."""
    if negated(one, other) or measures(one, other):
        return True
    if one.speaker is not None and one.speaker == other.speaker:
        return other.grants
    answers = one.denies or one.answers or other.denies or other.answers
    return answers and distance(one, other) is not None


def score(found: list[float]) -> float:
    """Give the chance that a careful reader would call two claims contradictory, from their features.

    A logistic regression (L2 3) over the pairs of claims of the sample story, its hand-made reading the labels.
    """
    return 1 / (1 + exp(-(BASE + sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True)))))


def kind(one: Claim, other: Claim) -> str:
    """Name the kind of a conflict: position change, number, denial or dispute."""
    if one.speaker is not None and one.speaker == other.speaker:
        return "position change"
    if measures(one, other):
        return "number"
    return "denial" if one.denies or other.denies or other.answers else "dispute"
