"""Tell who a statement's source is, by the name the article gives, or say that it cannot be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.annotate import actors, roles, sentences
from helpers.annotate.actors import Mention
from helpers.annotate.sentences import Span
from helpers.annotate.statements import Statement

PRONOUNS = {"he": "m", "him": "m", "himself": "m", "she": "f", "herself": "f"}
# Where the noun that a source is about ends: what comes behind only tells more of it.
BREAK = re.compile(
    r",|\(|\s(?:who|whom|whose|which|that|of|for|from|with|in|at|on|to|and|or|by|as|including|within|among|inside|near|behind|against|outside|under|about|over)\s"
)
# Nouns behind an organisation's name that leave it the one who speaks.
ORGAN = re.compile(
    r"(?:\s+(?:news|state|poll|wire|agency|newspaper|magazine|network|channel|broadcaster|website|report|survey|study|"
    r"statement|campaign|administration|government|editorial|board))+$",
    re.IGNORECASE,
)
TEAM = re.compile(r"\s+(?:campaign|administration|organization|organisation|foundation|camp|team)$", re.IGNORECASE)
REACH = 3  # sentences that a pronoun may look back over


def resolve(statements: Sequence[Statement], text: str, title: str, mentions: list[Mention]) -> list[str | None]:
    """Give each statement's speaker by the fullest name in the article, None where it is not told.

    A named source is itself; a description is the one person whose role in the article it fits; a pronoun is the
    person whom the sentences before put first; a quotation that goes on without a source has the speaker before it.
    """
    given = roles.find(text, mentions)
    scene = _scene(text, mentions, statements)
    spoken: list[tuple[Span, str | None]] = []
    speakers = []
    for statement in statements:
        if statement.part == "title":
            speaker = _in_title(statement, title, mentions)
        elif statement.source is None:
            speaker = _continued(statement, text, spoken)
        else:
            span = (statement.source[0][0], statement.source[-1][1])
            words = text[span[0] : span[1]]
            if words.lower() in PRONOUNS:
                speaker = _meant(span[0], PRONOUNS[words.lower()], scene, spoken)
            elif words.lower() in ("who", "whom"):
                speaker = _antecedent(span[0], text, mentions)
            else:
                speaker = named(span, text, mentions) or _described(span, words, given, scene)
        if statement.part == "text":
            spoken.append((_extent(statement), speaker))
        speakers.append(speaker)
    return speakers


def named(source: Span, text: str, mentions: list[Mention]) -> str | None:
    """Give the actor whom the words of a source name, or None where they only mention one ("Ida Varro's aides")."""
    start, end = source
    inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
    stop = BREAK.search(text, start, end)
    head = _whole(start, stop.start() if stop else end, inside)
    people = [mention for mention in inside if mention.label == "person"]
    for mention in reversed([mention for mention in inside if mention.end <= head]):
        rest = actors.TRAILING.sub("", text[mention.end : head])
        owned = text[mention.end : head].startswith(("'s", "’s")) and rest
        if mention.label == "person" and not rest:
            joined = stop and stop.group().strip() == "and" and any(p.start >= stop.end() for p in people)
            return None if joined else mention.actor
        if mention.label == "person" and TEAM.fullmatch(rest) and not owned:
            return text[mention.start : head].rstrip(" ’'s")
        if mention.label in ("organisation", "place") and (not rest or (ORGAN.fullmatch(rest) and not owned)):
            return None if mention.label == "place" and rest else mention.actor
    if (stop and stop.group() == ",") or text[start:head].islower():
        behind = re.compile(r",\s+").search(text, head, end)
        first = next((mention for mention in people if behind and mention.start == behind.end()), None)
        return first.actor if first else None
    return None


def _whole(start: int, head: int, mentions: list[Mention]) -> int:
    # "Bank of Tolm" is one name: a break inside a mention is none.
    return max([head] + [mention.end for mention in mentions if start <= mention.start < head])


def _in_title(statement: Statement, title: str, mentions: list[Mention]) -> str | None:
    if statement.source is None:
        return None
    words = actors.TRAILING.sub("", title[statement.source[0][0] : statement.source[-1][1]])
    own = actors.key(words)
    known = {mention.actor for mention in mentions if mention.actor}
    fits = {name for name in known if actors.key(name) == own} or {
        name for name in known if own and (actors.key(name)[-1:] == own[-1:] and len(own) == 1)
    }
    return fits.pop() if len(fits) == 1 else None


def _extent(statement: Statement) -> Span:
    spans = [*statement.content, *(statement.source or ()), *(statement.cue or ())]
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _continued(statement: Statement, text: str, spoken: list[tuple[Span, str | None]]) -> str | None:
    start = statement.content[0][0]
    if statement.form != "direct" or not spoken or spoken[-1][0][1] > start:
        return None
    between = text[spoken[-1][0][1] : start]
    return spoken[-1][1] if between.count("\n\n") <= 1 and not re.search(r"\w", between) else None


def _antecedent(start: int, text: str, mentions: list[Mention]) -> str | None:
    before = [mention for mention in mentions if mention.end <= start and mention.label == "person"]
    return before[-1].actor if before and not re.search(r"[.;!?\n]", text[before[-1].end : start]) else None


@dataclass(frozen=True)
class Scene:
    """What a pronoun or a description is read against."""

    text: str
    people: list[Mention]  # outside quotations, in order
    genders: dict[str, str]
    bounds: list[Span]  # of the sentences


def _scene(text: str, mentions: list[Mention], statements: Sequence[Statement]) -> Scene:
    genders = actors.genders(text, mentions)
    quoted = [span for other in statements if other.part == "text" and other.form == "direct" for span in other.content]
    people = [
        mention
        for mention in mentions
        # A one-word name may be a town: it counts where a title says that it is a person.
        if mention.label == "person"
        and mention.actor is not None
        and (mention.actor in genders or len(actors.key(mention.actor)) > 1)
        and not any(start <= mention.start < end for start, end in quoted)
    ]
    return Scene(text, people, genders, sentences.spans(text))


def _back(start: int, scene: Scene) -> list[Span]:
    """Give the stretches before `start` that a reader still has in mind: its own sentence's, then those before."""
    here = next((place for place, span in enumerate(scene.bounds) if span[0] <= start < span[1]), None)
    if here is None:
        return []
    places = range(here, max(-1, here - REACH - 1), -1)
    return [(scene.bounds[place][0], min(scene.bounds[place][1], start)) for place in places]


def _meant(start: int, gender: str, scene: Scene, spoken: list[tuple[Span, str | None]]) -> str | None:
    """Give the person whom a pronoun at `start` means: who spoke last, else whom the nearest sentence puts first."""
    fits = [mention for mention in scene.people if scene.genders.get(mention.actor, gender) == gender]
    possible = {mention.actor for mention in fits}
    for low, high in _back(start, scene):
        told = [speaker for span, speaker in spoken if low < span[1] and span[0] < high]
        if told and told[-1] in possible:
            return told[-1]
        here = [mention for mention in fits if low <= mention.start < high]
        leading = [mention for mention in here if not scene.text.startswith(("'s", "’s"), mention.end)] or here
        if leading:
            return leading[0].actor
    return None


def _described(span: Span, words: str, given: list[roles.Role], scene: Scene) -> str | None:
    """Give whom a description fits, if a sentence near before it names that person; further back it may be another."""
    actor = roles.described(words, given)
    near = {
        mention.actor for low, high in _back(span[0], scene) for mention in scene.people if low <= mention.start < high
    }
    return actor if actor in near else None
