"""Tell whom a pronoun means, or that it may be more than one.

Salience by recency and by position in the sentence (Lappin and Leass 1994; Hobbs 1978), ruled out by gender, by number,
and by what a quotation's speaker cannot call himself.
"""

import re
from itertools import pairwise

from helpers.annotate import actors, roles
from helpers.annotate.actors import Mention
from helpers.annotate.speakers import descriptions
from helpers.annotate.speakers.scene import NOBODY, Scene, Speaker, Turn, back
from helpers.annotate.statements import Statement

PRONOUNS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
FIRST = {"i", "me", "my", "myself"}
NEUTER = {"it", "its", "itself"}
RELATIVE = {"who", "whom", "whose", "which", "that"}
OFFICE = re.compile(
    rf"\b[Tt]he (?:(?:{'|'.join(sorted(roles.INNER | roles.PASSING))}) ){{0,4}}(?:{'|'.join(roles.HEADS)})\b"
)
DEFINITE = re.compile(
    r"The (?:(?:"
    + "|".join(sorted(roles.INNER))
    + r") ){0,4}(?:"
    + "|".join(roles.HEADS)
    + r")\b(?= [a-z])(?! (?:of|for)\b)"
)
# People whom a text only calls what anybody is: "the woman" takes the "she" behind it, and has no name.
ANYBODY = re.compile(
    r"(?:The|An?|One|This|That|His|Her)\s(?:[a-z’'-]+\s){0,2}?(?P<noun>(?:wo)?man|boy|girl|lady|mother|father|wife|husband|"
    r"widow(?:er)?|son|daughter|sister|brother|grandmother|grandfather)\b(?!,?\s[A-Z])"
)
WOMEN = {"woman", "girl", "lady", "mother", "wife", "widow", "daughter", "sister", "grandmother"}
JOINED = re.compile(r"\s*(?:,|and|or|&|,\s+and)\s+")
REACH = 3  # sentences that a pronoun may look back over


def meant(statement: Statement, start: int, gender: str, scene: Scene, turns: list[Turn], outer) -> Speaker:
    """Give whom a pronoun at `start` means: who spoke last, else whom the nearest sentence puts first."""
    own = [span for span in statement.content if span[1] <= start]
    barred = outer[1].name if outer and outer[0].form == "direct" else None
    fits = [
        mention
        for mention in scene.people
        if scene.genders.get(mention.actor, gender) == gender
        and mention.actor != barred
        and not any(low <= mention.start < high for low, high in own)
    ]
    possible = {mention.actor for mention in fits}
    for low, high in back(start, scene, REACH):
        near = [turn for turn in turns if low < turn.span[1] and turn.span[0] < high]
        if near and near[-1].untold:
            return NOBODY
        told = [turn for turn in near if turn.person]
        told = [turn for turn in told if not turn.inner] or told
        opening = DEFINITE.match(scene.text, low, high)
        if opening and opening.end() < start and not scene.is_quoted(low) and not any(t.span[0] <= low for t in told):
            # "The mayor was in no hurry": a description that opens a sentence takes the word.
            return descriptions.described(opening.span(), opening.group(), scene)
        if told and (not told[-1].speaker.name or told[-1].speaker.name in possible):
            mixed = _mixed(told[-1].speaker.name, told[-1].span[1], start, scene)
            return NOBODY if mixed else told[-1].speaker
        anybody = ANYBODY.match(scene.text, low, high)
        if anybody and (gender == "f") == (anybody["noun"] in WOMEN) and not scene.is_quoted(low):
            return NOBODY
        here = [mention for mention in fits if low <= mention.start < high]
        leading = [mention for mention in here if not scene.text.startswith(("'s", "’s"), mention.end)] or here
        leading = _single(leading, scene.text)
        if leading:
            mixed = _mixed(leading[0].actor, leading[0].end, start, scene)
            return NOBODY if mixed else Speaker(leading[0].actor)
    return NOBODY


def _single(people: list[Mention], text: str) -> list[Mention]:
    """Leave out people who are named in one breath with another: "Ida Varro and Ana Lind" are no "she"."""
    joined = {
        mention.start
        for first, second in pairwise(people)
        if first.actor != second.actor and JOINED.fullmatch(text, first.end, second.start)
        for mention in (first, second)
    }
    return [mention for mention in people if mention.start not in joined]


def _mixed(name: str | None, end: int, start: int, scene: Scene) -> bool:
    """Tell whether between a name and a pronoun a namesake comes in by his office: then it may mean either."""
    surname = actors.key(name)[-1:] if name else ()
    namesakes = {person.actor for person in scene.people if actors.key(person.actor)[-1:] == surname} - {name}
    return any(
        roles.fitting(office.group(), scene.roles) & namesakes and not scene.is_quoted(office.start())
        for office in (OFFICE.finditer(scene.text, end, start) if namesakes else ())
    )


def organisation(start: int, scene: Scene, turns: list[Turn]) -> Speaker:
    """Give which organisation "it" means: the one that spoke last, else the one that opens a sentence near before."""
    for low, high in back(start, scene, 2):
        told = [turn for turn in turns if low < turn.span[1] and turn.span[0] < high]
        if told and told[-1].label in ("organisation", "place"):
            return told[-1].speaker
        opening = [
            mention
            for mention in scene.mentions
            if mention.label == "organisation" and low <= mention.start < high and mention.start - low <= len("The ")
        ]
        if opening:
            return Speaker(opening[0].actor)
    return NOBODY


def antecedent(start: int, pronoun: str, scene: Scene, turns: list[Turn]) -> Speaker:
    """Give whom a relative pronoun follows: "Ida Varro, who said", "according to the minister, who denied"."""
    persons = {"who": (True,), "whom": (True,), "which": (False,)}.get(pronoun, (True, False))
    for turn in reversed(turns):
        if turn.source_end and turn.source_end <= start and not scene.text[turn.source_end : start].strip(" ,"):
            return turn.speaker if turn.person in persons else NOBODY
    return Speaker(_followed(start, persons, scene))


def _followed(start: int, persons: tuple[bool, ...], scene: Scene) -> str | None:
    before = [mention for mention in scene.mentions if mention.end <= start and mention.label != "group"]
    if not before:
        return None
    between = re.sub(r"\([^)]*\)", "", scene.text[before[-1].end : start])
    if re.fullmatch(r"[\s,’'\"”—–-]*", between):
        return before[-1].actor if (before[-1].label == "person") in persons else None
    return _apposed(before, start, scene) if True in persons else None


def _apposed(before: list[Mention], start: int, scene: Scene) -> str | None:
    person = next((mention for mention in reversed(before) if mention.label == "person"), None)
    # "Ida Varro, the mayor of Tolm, who said"; not "vote for Ida Varro: many who": a noun between takes the pronoun.
    between = scene.text[person.end : start] if person else ""
    return person.actor if re.match(r",|\s?\(|\s?[—–]", between) and not re.search(r"[.;!?\n]", between) else None
