"""What the source of a statement is read against: the people of an article, their roles, who has spoken so far."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.annotate import actors, roles, sentences
from helpers.annotate.actors import Mention, firms
from helpers.annotate.sentences import Span
from helpers.annotate.statements import Statement

ACTS = re.compile(r"\s(?:has|had|will|would|did|does)\s(?:not\s)?[a-z]")  # "Varro has asked her lawyers"


@dataclass(frozen=True)
class Speaker:
    """Who speaks, as far as the article tells.

    `name` is the fullest name in the article; where it names nobody, `description` are the words it has for the
    speaker ("the energy minister"; for a pronoun the words it stands for). Both are None for an unnamed source.
    """

    name: str | None = None
    description: str | None = None


NOBODY = Speaker()


@dataclass(frozen=True)
class Turn:
    """A statement that came before: where it stands, who made it, and whether a pronoun can mean its source."""

    span: Span
    source_end: int | None
    speaker: Speaker
    person: bool
    label: str  # what the source is: person, organisation, ""
    inner: bool  # told by the speaker of another statement: a pronoun goes on with the outer one
    untold: bool  # somebody spoke, and the text does not say who


@dataclass(frozen=True)
class Scene:
    """What a pronoun or a description is read against."""

    text: str
    mentions: list[Mention]
    people: list[Mention]  # outside quotations, in order
    roles: list[roles.Role]
    genders: dict[str, str]
    labels: dict[str, str]  # of every actor
    firms: dict[str, set[str]]  # the organisations that the text calls by a noun
    bounds: list[Span]  # of the sentences
    quoted: list[Span]
    author: str | None

    def is_quoted(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.quoted)


def set_up(text: str, mentions: list[Mention], statements: Sequence[Statement], byline: str) -> Scene:
    """Gather what the sources of an article's statements are read against."""
    genders = actors.genders(text, mentions)
    quoted = [span for other in statements if other.part == "text" and other.form == "direct" for span in other.content]
    speaking = {span[1] for other in statements if other.source and other.part == "text" for span in other.source}
    bounds = sentences.spans(text)
    opening = {start for start, _ in bounds}
    speaking = {
        mention.actor
        for mention in mentions
        if mention.end in speaking or (mention.start in opening and ACTS.match(text, mention.end))
    }
    people = [
        mention
        for mention in mentions
        # A one-word name may be a town: it counts where a title, a first name or a verb makes it a person.
        if mention.label == "person"
        and mention.actor is not None
        and (mention.actor in genders or len(actors.key(mention.actor)) > 1 or mention.actor in speaking)
        and not any(start <= mention.start < end for start, end in quoted)
    ]
    return Scene(
        text=text,
        mentions=mentions,
        people=people,
        roles=roles.find(text, mentions),
        genders=genders,
        labels={mention.actor: mention.label for mention in mentions if mention.actor},
        firms=firms.called(text),
        bounds=bounds,
        quoted=quoted,
        author=author(byline),
    )


def author(byline: str) -> str | None:
    """Give the one person whom a byline names: "By Ida Varro in Tolm" is Ida Varro, "The staff" nobody."""
    words = re.sub(r"^by\s+", "", byline.strip(), flags=re.IGNORECASE)
    words = re.split(r"\s+(?:in|for|at|from)\s+|,|\s*[|·]\s*", words)[0]
    name = re.fullmatch(r"[^\W\d_][\w.’'-]*(?:\s+[^\W\d_][\w.’'-]*){1,3}", words)
    if not name or re.search(
        r"\b(?:and|staff|news|newsroom|desk|editors?|agency|press|service|team|board)\b", words, re.I
    ):
        return None
    return words


def back(start: int, scene: Scene, reach: int) -> list[Span]:
    """Give the stretches before `start` that a reader still has in mind: its own sentence's, then those before."""
    here = next((place for place, span in enumerate(scene.bounds) if span[0] <= start < span[1]), None)
    if here is None:
        return []
    places = range(here, max(-1, here - reach - 1), -1)
    return [(scene.bounds[place][0], min(scene.bounds[place][1], start)) for place in places]


def extent(statement: Statement) -> Span:
    """Give the span from a statement's first character to its last: source, cue and content."""
    spans = [*statement.content, *(statement.source or ()), *(statement.cue or ())]
    return min(span[0] for span in spans), max(span[1] for span in spans)
