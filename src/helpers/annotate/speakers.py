"""Tell who a statement's source is, by the name the article gives, or say that it cannot be told.

A source is read against the people and descriptions that stand before it: salience by recency and by position in the
sentence (Lappin and Leass 1994; Hobbs 1978), ruled out by gender, by number, and by what a quotation's speaker cannot
call himself. What stays open in the article is handed on as a description, for the story's roles to settle.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpers.annotate import actors, documents, roles, sentences
from helpers.annotate.actors import Mention
from helpers.annotate.sentences import Span
from helpers.annotate.statements import Statement

PRONOUNS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
FIRST = {"i", "me", "my", "myself"}
NEUTER = {"it", "its", "itself"}
ITSELF = {"himself", "herself", "itself"}
RELATIVE = {"who", "whom", "whose", "which", "that"}
# Where the noun that a source is about ends: what comes behind only tells more of it.
BREAK = re.compile(
    r",|\(|—|\s[–-]{1,2}\s|\s(?:who|whom|whose|which|that|of|for|from|with|in|at|on|to|and|or|by|as|including|within|among|inside|near|behind|against|outside|under|about|over)\s"
)
# Nouns behind an organisation's name that leave it the one who speaks.
ORGAN = re.compile(
    r"(?:\s+(?:news|state|poll|wire|agency|newspaper|magazine|network|channel|broadcaster|website|report|survey|study|"
    r"statement|campaign|administration|government|editorial|board))+$",
    re.IGNORECASE,
)
TEAM = re.compile(r"\s+(?:campaign|administration|organization|organisation|foundation|camp|team)$", re.IGNORECASE)
DATELINE = re.compile(r"[A-Z][A-Z .,]+(?:\([^)]*\))?\s*[-–—]\s+")
# A source that is one person without a name: "he" behind it is that person, and nobody whom the article names.
UNNAMED = re.compile(
    r"(?:an?|one|another)\b(?!\s+(?:\w+\s+){0,3}(?:statement|report|poll|survey|study))", re.IGNORECASE
)
# Who owns what a description names: "Mrs Lind's spokeswoman", "her office".
POSSESSOR = re.compile(r"(?P<owner>his|her|its)\s|(?P<name>[^,;]*?)['’]s?\s", re.IGNORECASE)
OFFICE = re.compile(
    rf"\b[Tt]he (?:(?:{'|'.join(sorted(roles.INNER | roles.PASSING))}) ){{0,4}}(?:{'|'.join(roles.HEADS)})\b"
)
HOLDER = re.compile(  # "former secretary of state Ida Varro", not "a leader of protests and Ida Varro"
    rf"(?:[\w’'-]+\s+){{0,4}}?(?P<head>{'|'.join(roles.HEADS)})\s+of\s+(?:(?!(?:and|or|for|to|as|by|with)\b)[\w-]+\s+){{1,4}}",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"(?:some|several|many|most|two|three|other|both)\b", re.IGNORECASE)
DEFINITE = re.compile(
    r"The (?:(?:"
    + "|".join(sorted(roles.INNER))
    + r") ){0,4}(?:"
    + "|".join(roles.HEADS)
    + r")\b(?= [a-z])(?! (?:of|for)\b)"
)
# People whom a text only calls what anybody is: "the woman" takes the "she" behind it, and has no name.
ANYBODY = re.compile(
    r"(?:The|An?|One|This|That|His|Her)\s(?:[a-z-]+\s){0,2}?(?P<noun>(?:wo)?man|boy|girl|lady|mother|father|wife|husband|"
    r"widow(?:er)?|son|daughter|sister|brother|grandmother|grandfather)\b(?!,?\s[A-Z])"
)
WOMEN = {"woman", "girl", "lady", "mother", "wife", "widow", "daughter", "sister", "grandmother"}
SHARE = re.compile(r"[\w.,-]+(?:\s[\w-]+){0,2}\s?(?:per\s?cent\b|%)", re.IGNORECASE)  # of those asked: "5 percent"
JOINED = re.compile(r"\s*(?:,|and|or|&|,\s+and)\s+")
APPOSED = re.compile(r",\s+")
APART = 20  # characters that may part a source from its content across a line break: "the mayor said:"
LONG = 5  # words from which a quotation is somebody's utterance and not a phrase in quotation marks
REACH = 3  # sentences that a pronoun may look back over
LEADING = 12  # characters into a sentence within which its subject begins
NEAR = 12  # sentences that a description may look back over


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
class _Turn:
    """A statement that came before: where it stands, who made it, and whether a pronoun can mean its source."""

    span: Span
    source_end: int | None
    speaker: Speaker
    person: bool
    label: str  # what the source is: person, organisation, ""
    inner: bool  # told by the speaker of another statement: a pronoun goes on with the outer one
    untold: bool  # somebody spoke, and the text does not say who


def resolve(
    statements: Sequence[Statement], text: str, title: str, mentions: list[Mention], byline: str = ""
) -> list[Speaker]:
    """Give each statement's speaker.

    A named source is itself; a description is the one person near before it whose role in the article it fits; a
    pronoun is whom the sentences before put first; a poll or a report is whose it is; "I" outside quotation marks is
    the one author whom `byline` names; a quotation that goes on without a source has the speaker before it.
    """
    scene = _scene(text, mentions, statements, byline)
    turns: list[_Turn] = []
    speakers: list[Speaker] = []
    for statement in statements:
        if statement.part == "title":
            speakers.append(_in_title(statement, title, scene))
            continue
        outer = None if statement.within is None else (statements[statement.within], speakers[statement.within])
        words = _source(statement, text)
        speaker = _speaker(statement, scene, turns, outer)
        speakers.append(speaker)
        turns.append(_turn(statement, words, speaker, outer, scene))
    return speakers


def _speaker(statement: Statement, scene: "Scene", turns: list[_Turn], outer) -> Speaker:
    text, mentions = scene.text, scene.mentions
    if statement.source is None:
        return _continued(statement, text, turns)
    if _apart(statement, text):
        return NOBODY
    span = (statement.source[0][0], statement.source[-1][1])
    if statement.cue and span[0] < statement.cue[0][0] < span[1]:  # "the mayor offered on Friday" holds its verb
        span = (span[0], statement.cue[0][0])
    if dateline := DATELINE.match(text, *span):
        span = (dateline.end(), span[1])
    words = text[span[0] : span[1]]
    plain = words.lower().strip(" ,")
    first = plain.split()[0] if plain else ""
    if first in ("he", "she", "i", "it", "who"):  # the rest is no part of a source: "who in May"
        plain = first
    if plain in PRONOUNS:
        return _meant(statement, span[0], PRONOUNS[plain], scene, turns, outer)
    if plain in FIRST:
        if outer and outer[0].form == "direct":
            return outer[1]
        return Speaker(scene.author) if scene.author and not scene.is_quoted(span[0]) else NOBODY
    if plain in NEUTER:
        return _organisation(span[0], scene, turns)
    if plain in RELATIVE:
        return _antecedent(span[0], plain, scene, turns)
    if SHARE.match(words):
        return NOBODY
    if name := named(span, text, mentions):
        owned = re.compile(r"['’]s?\s+").match(text, span[1])  # a source cut short: "Tolm's Ida Varro"
        whole = [m.actor for m in mentions if owned and m.start == owned.end() and m.label == "person"]
        return Speaker(whole[0] if whole else name)
    if mention := _alone(span, text, mentions):  # a surname that fits several people of the article
        rest = text[mention.end : span[1]].strip(" ,")
        return Speaker(_namesake(mention, roles.fitting(rest, scene.roles) if rest else None, scene, turns))

    def his(position: int, pronoun: str) -> str | None:
        if pronoun == "its":
            return _organisation(position, scene, turns).name
        return _meant(statement, position, PRONOUNS[pronoun], scene, turns, outer).name

    if found := documents.owner(span, text, mentions, his):
        return Speaker(found)
    behind = APPOSED.match(text, span[1])  # a source cut short: "One of them, Ida Varro, said"
    apposed = [m.actor for m in mentions if behind and m.label == "person" and m.start == behind.end() and m.actor]
    if apposed and text.startswith(",", next(m.end for m in mentions if m.start == behind.end())):
        return Speaker(apposed[0])
    return _described(statement, span, words, scene, turns)


def named(source: Span, text: str, mentions: list[Mention]) -> str | None:
    """Give the actor whom the words of a source name, or None where they only mention one ("Ida Varro's aides")."""
    start, end = source
    inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
    stop = BREAK.search(text, start, end)
    head = _whole(start, stop.start() if stop else end, inside)
    if head > (stop.start() if stop else end):
        stop = BREAK.search(text, head, end)
        head = stop.start() if stop else end
    people = [mention for mention in inside if mention.label == "person"]
    if stop and stop.group().strip() == "and" and [one.end >= stop.start() for one in people] == [True]:
        # "The former finance minister and current chief Ida Varro" is one person with two roles.
        rest = actors.TRAILING.sub("", text[people[0].end : end])
        if not rest and roles.singular(text[start:head].rsplit(maxsplit=1)[-1]):
            return people[0].actor
    for mention in reversed([mention for mention in inside if mention.end <= head]):
        rest = actors.TRAILING.sub("", text[mention.end : head])
        owned = text[mention.end : head].startswith(("'s", "’s")) and rest
        if mention.label == "person" and (not rest or rest.strip() in ITSELF):
            joined = stop and stop.group().strip() == "and" and any(p.start >= stop.end() for p in people)
            return None if joined else mention.actor
        if mention.label == "person" and TEAM.fullmatch(rest) and not owned:
            return text[mention.start : head].rstrip(" ’'s")
        if mention.label in ("organisation", "place") and (not rest or (ORGAN.fullmatch(rest) and not owned)):
            return None if mention.label == "place" and rest else mention.actor
    if people and people[-1].end > head and not actors.TRAILING.sub("", text[people[-1].end : end]):
        office = HOLDER.fullmatch(text, start, people[-1].start)
        if office and not roles.HEAD.search(text, office.end("head"), people[-1].start):
            return people[-1].actor  # "former secretary of state Ida Varro"
    if (stop and stop.group() == ",") or text[start:head].islower():
        behind = re.compile(r",\s+").search(text, head, end)
        first = next((mention for mention in people if behind and mention.start == behind.end()), None)
        return first.actor if first else None
    return None


def _whole(start: int, head: int, mentions: list[Mention]) -> int:
    # "Bank of Tolm" is one name: a break inside a mention is none.
    return max([head] + [mention.end for mention in mentions if start <= mention.start < head])


def _alone(span: Span, text: str, mentions: list[Mention]) -> Mention | None:
    for mention in mentions:
        if span[0] <= mention.start and mention.end <= span[1] and mention.actor is None:
            rest = actors.TRAILING.sub("", text[mention.end : span[1]])
            before = actors.WORD.findall(text[span[0] : mention.start])
            if (not rest or roles.singular(rest)) and all(
                word.rstrip(".").lower() in actors.HONORIFICS for word in before
            ):
                return mention
    return None


def _namesake(mention: Mention, holders: set[str] | None, scene: "Scene", turns: list[_Turn]) -> str | None:
    """Give the one of several namesakes who has the role told ("Mr Varro the mayor"), else who spoke last."""
    own = actors.key(mention.text)[-1:]
    fits = {person.actor for person in scene.people if actors.key(person.actor)[-1:] == own}
    if holders is not None:
        return next(iter(fits & holders)) if len(fits & holders) == 1 else None
    for low, high in _back(mention.start, scene, REACH):
        told = [turn.speaker.name for turn in turns if low < turn.span[1] and turn.span[0] < high]
        told = [name for name in told if name in fits]
        if told:
            return told[-1] if len(set(told)) == 1 else None
    return None


def _source(statement: Statement, text: str) -> str:
    return "" if statement.source is None else text[statement.source[0][0] : statement.source[-1][1]]


def _turn(statement: Statement, words: str, speaker: Speaker, outer, scene: "Scene") -> _Turn:
    label = scene.labels.get(speaker.name, "person" if speaker.description else "")
    unnamed = bool(UNNAMED.match(words)) and not speaker.name
    long = len(scene.text[statement.content[0][0] : statement.content[-1][1]].split()) >= LONG
    return _Turn(
        span=_extent(statement),
        source_end=statement.source[-1][1] if statement.source else None,
        speaker=speaker,
        person=label == "person" or unnamed,
        label=label,
        inner=outer is not None and outer[1] != speaker,
        untold=long and statement.form == "direct" and not statement.source and speaker == NOBODY,
    )


def _in_title(statement: Statement, title: str, scene: "Scene") -> Speaker:
    if statement.source is None:
        return NOBODY
    words = actors.TRAILING.sub("", title[statement.source[0][0] : statement.source[-1][1]])
    own = actors.key(words)
    known = set(scene.labels)
    fits = {name for name in known if actors.key(name) == own} or {
        name for name in known if own and (actors.key(name)[-1:] == own[-1:] and len(own) == 1)
    }
    if fits:
        return Speaker(fits.pop()) if len(fits) == 1 else NOBODY
    whole = {name for name in known if own and words[:1].isupper() and _ends_with(own, actors.key(name))}
    if len(whole) == 1:
        return Speaker(whole.pop())
    name = roles.described(words, scene.roles)
    return Speaker(name) if name else Speaker(description=words)


def _ends_with(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    # "Varro's Ida Lind", "minister Lind": the headline's words end in the whole name.
    return len(name) > 1 and words[-len(name) :] == name


def _apart(statement: Statement, text: str) -> bool:
    """Tell whether a source stands in another paragraph than what it is taken to say: too far to be relied on."""
    start, end = statement.source[0][0], statement.source[-1][1]
    gaps = [text[end:first] if first >= end else text[last:start] for first, last in statement.content]
    nearest = min(gaps, key=len)
    return statement.form != "direct" and "\n" in nearest and len(nearest) > APART


def _extent(statement: Statement) -> Span:
    spans = [*statement.content, *(statement.source or ()), *(statement.cue or ())]
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _continued(statement: Statement, text: str, turns: list[_Turn]) -> Speaker:
    start = statement.content[0][0]
    if statement.cue or statement.form != "direct" or not turns or turns[-1].span[1] > start:
        return NOBODY
    between = text[turns[-1].span[1] : start]
    return turns[-1].speaker if between.count("\n\n") <= 1 and not re.search(r"\w", between) else NOBODY


def _antecedent(start: int, pronoun: str, scene: "Scene", turns: list[_Turn]) -> Speaker:
    """Give whom a relative pronoun follows: "Ida Varro, who said", "according to the minister, who denied"."""
    persons = {"who": (True,), "whom": (True,), "which": (False,)}.get(pronoun, (True, False))
    for turn in reversed(turns):
        if turn.source_end and turn.source_end <= start and not scene.text[turn.source_end : start].strip(" ,"):
            return turn.speaker if turn.person in persons else NOBODY
    return Speaker(_followed(start, persons, scene))


def _followed(start: int, persons: tuple[bool, ...], scene: "Scene") -> str | None:
    before = [mention for mention in scene.mentions if mention.end <= start and mention.label != "group"]
    if not before:
        return None
    between = re.sub(r"\([^)]*\)", "", scene.text[before[-1].end : start])
    if re.fullmatch(r"[\s,’'\"”—–-]*", between):
        return before[-1].actor if (before[-1].label == "person") in persons else None
    return _apposed(before, start, scene) if True in persons else None


def _apposed(before: list[Mention], start: int, scene: "Scene") -> str | None:
    person = next((mention for mention in reversed(before) if mention.label == "person"), None)
    # "Ida Varro, the mayor of Tolm, who said"; not "vote for Ida Varro: many who": a noun between takes the pronoun.
    between = scene.text[person.end : start] if person else ""
    return person.actor if re.match(r",|\s?\(|\s?[—–]", between) and not re.search(r"[.;!?\n]", between) else None


@dataclass(frozen=True)
class Scene:
    """What a pronoun or a description is read against."""

    text: str
    mentions: list[Mention]
    people: list[Mention]  # outside quotations, in order
    roles: list[roles.Role]
    genders: dict[str, str]
    labels: dict[str, str]  # of every actor
    bounds: list[Span]  # of the sentences
    quoted: list[Span]
    author: str | None

    def is_quoted(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.quoted)


def _scene(text: str, mentions: list[Mention], statements: Sequence[Statement], byline: str) -> Scene:
    genders = actors.genders(text, mentions)
    quoted = [span for other in statements if other.part == "text" and other.form == "direct" for span in other.content]
    speaking = {span[1] for other in statements if other.source and other.part == "text" for span in other.source}
    speaking = {mention.actor for mention in mentions if mention.end in speaking}
    people = [
        mention
        for mention in mentions
        # A one-word name may be a town: it counts where a title, a first name or a verb of saying makes it a person.
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
        bounds=sentences.spans(text),
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


def _back(start: int, scene: Scene, reach: int) -> list[Span]:
    """Give the stretches before `start` that a reader still has in mind: its own sentence's, then those before."""
    here = next((place for place, span in enumerate(scene.bounds) if span[0] <= start < span[1]), None)
    if here is None:
        return []
    places = range(here, max(-1, here - reach - 1), -1)
    return [(scene.bounds[place][0], min(scene.bounds[place][1], start)) for place in places]


def _meant(statement: Statement, start: int, gender: str, scene: Scene, turns: list[_Turn], outer) -> Speaker:
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
    for low, high in _back(start, scene, REACH):
        near = [turn for turn in turns if low < turn.span[1] and turn.span[0] < high]
        if near and near[-1].untold:
            return NOBODY
        told = [turn for turn in near if turn.person]
        told = [turn for turn in told if not turn.inner] or told
        opening = DEFINITE.match(scene.text, low, high)
        if opening and opening.end() < start and not scene.is_quoted(low) and not any(t.span[0] <= low for t in told):
            # "The mayor was in no hurry": a description that opens a sentence takes the word.
            return _described(statement, opening.span(), opening.group(), scene, turns)
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


def _mixed(name: str | None, end: int, start: int, scene: "Scene") -> bool:
    """Tell whether between a name and a pronoun a namesake comes in by his office: then it may mean either."""
    surname = actors.key(name)[-1:] if name else ()
    namesakes = {person.actor for person in scene.people if actors.key(person.actor)[-1:] == surname} - {name}
    return any(
        roles.fitting(office.group(), scene.roles) & namesakes and not scene.is_quoted(office.start())
        for office in (OFFICE.finditer(scene.text, end, start) if namesakes else ())
    )


def _organisation(start: int, scene: Scene, turns: list[_Turn]) -> Speaker:
    """Give which organisation "it" means: the one that spoke last, else the one that opens a sentence near before."""
    for low, high in _back(start, scene, 2):
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


def _describes(words: str) -> bool:
    """Tell whether words describe one actor whom a story may know: "the energy minister", "Tolm's ministry"."""
    noun = BREAK.split(words)[0]
    if UNNAMED.match(words) or SEVERAL.match(words):
        return False
    return bool(roles.singular(noun) or roles.BODY.search(noun))


def _described(statement: Statement, span: Span, words: str, scene: Scene, turns: list[_Turn]) -> Speaker:
    """Give whom a description fits: the nearest before it in the article, else the words, for the story to settle."""
    fits = roles.fitting(words, scene.roles)
    for low, high in _back(span[0], scene, NEAR):
        near = [mention.actor for mention in scene.people if low <= mention.start < high and mention.actor in fits]
        if near:
            return Speaker(near[-1]) if len(set(near)) == 1 else NOBODY
    if not _describes(words):
        return NOBODY
    return Speaker(description=_with_owner(words, span[0], scene))


def _with_owner(words: str, start: int, scene: Scene) -> str:
    """Write "its foreign minister" with the country that the sentence begins with: "Tolm's foreign minister"."""
    own = re.match(r"its\s+", words, re.IGNORECASE)
    low = next((low for low, high in scene.bounds if low <= start < high), start)
    if dateline := DATELINE.match(scene.text, low, start):
        low = dateline.end()
    places = {m.actor for m in scene.mentions if m.label != "person" and low <= m.start < min(start, low + LEADING)}
    return f"{places.pop()}'s {words[own.end() :]}" if own and len(places) == 1 else words
