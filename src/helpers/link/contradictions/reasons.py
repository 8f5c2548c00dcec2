"""Say in a sentence why two claims are a lead, and what may make both true."""

from collections import defaultdict
from datetime import date

import pandas as pd

from helpers.link import quantities, wording
from helpers.link.contradictions import conflicts
from helpers.link.contradictions.claims import Claim

LONG = 160  # characters of a claim that a reason shows
PASSED = 14  # days after which a promise may have lapsed


class Writer:
    """Write the reasons of a story's leads; knows the actors' names and roles."""

    def __init__(self, actors: pd.DataFrame, roles: pd.DataFrame) -> None:
        self.names = dict(zip(actors["actor_id"], actors["name"], strict=True))
        dated = roles.dropna(subset=["actor_id", "from_date"])
        self.roles: dict[str, list] = defaultdict(list)
        for row in dated.sort_values("from_date", kind="stable").itertuples(index=False):
            self.roles[row.actor_id].append((row.role, row.from_date, row.to_date))

    def reported(self, one: Claim, other: Claim, words: str) -> str:
        """Give the reason of a lead that an article itself reports, in the article's words."""
        return f"The article says of them “{words}”: {self._side(one)} · {self._side(other)}"

    def reason(self, one: Claim, other: Claim, kind: str) -> str:
        """Give the reason of a lead that was worked out: both sides, and what sets them apart."""
        grounds = []
        if one.speaker is not None and one.speaker == other.speaker:
            grounds.append("the same speaker")
        denied = sorted(conflicts.negated(one, other))
        if denied and kind != "number":
            shown = _shown(denied, other.content if one.negations & set(denied) else one.content)
            grounds.append(f"one negates what the other says of {shown}")
        if conflicts.measures(one, other):
            first, second = (_figure(claim.numbers) for claim in (one, other))
            grounds.append(f"{first} against {second}")
        if conflicts.rebuts(one, other):
            grounds.append("one calls the other wrong")
        if conflicts.recalled(one, other):
            grounds.append("an article recalls the one beside the other")
        if other.grants and one.speaker == other.speaker:
            grounds.append("the later one gives way")
        if other.denies and one.speaker != other.speaker:
            grounds.append("the later one is a denial")
        if conflicts.distance(one, other) is not None:
            grounds.append("both in one article")
        return f"{self._side(one)} · {self._side(other)}; {', '.join(grounds) or 'one matter'}"

    def explanation(self, one: Claim, other: Claim) -> str | None:
        """Give what may make both claims true, None where nothing is known to."""
        for which, claim in (("first", one), ("second", other)):
            if claim.condition:
                return f"The {which} depends on a condition: “{_short(claim.condition)}”."
        if conflicts.days_apart(one, other):
            first, second = (_day(min(claim.dates)[0]) for claim in (one, other))
            return f"They speak of different days: {first} and {second}."
        apart = 0 if one.day is None or other.day is None else (other.day - one.day).days
        if conflicts.measures(one, other) and one.said and other.said and one.said != other.said:
            return f"The figures were given on different days: {_day(one.said)} and {_day(other.said)}."
        if one.speaker == other.speaker and (role := self._role(one)) != (later := self._role(other)):
            return f"The speaker was {role or 'in another role'} then and {later or 'in another role'} later."
        if one.promises and apart > PASSED:
            return f"The first is a promise; the second came {apart} days later, when its day may have passed."
        first, second = (self.names.get(claim.speaker, "").split()[-1:] for claim in (one, other))
        if first and first == second and one.speaker != other.speaker:
            return "The two speakers have one surname."
        return None

    def _side(self, claim: Claim) -> str:
        name = self.names.get(claim.speaker, "an unresolved speaker")
        when = _day(claim.said or claim.day)
        return f"{name}{f', {when}' if when else ''}: {_short(claim.content)}"

    def _role(self, claim: Claim) -> str | None:
        day = claim.said or (claim.day.date() if claim.day is not None else None)
        if claim.speaker not in self.roles or day is None:
            return None
        held = [role for role, start, end in self.roles[claim.speaker] if start <= day and (pd.isna(end) or end >= day)]
        return held[-1] if held else None


def _short(words: str) -> str:
    words = " ".join(words.split()).strip(' ,;“”"')
    return words if len(words) <= LONG else words[:LONG].rsplit(" ", 1)[0] + " …"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%b %Y}"


def _shown(stems: list[str], content: str) -> str:
    """Give the words of a content that have these stems, quoted."""
    found = dict.fromkeys(word for word in wording.words(content) if (term := wording.terms(word)) and term[0] in stems)
    return ", ".join(f"“{word}”" for word in list(found)[:3]) or f"“{stems[0]}”"


def _figure(numbers: tuple[quantities.Quantity, ...]) -> str:
    return " and ".join(f"{number.value:,.10g}" for number in numbers[:2])
