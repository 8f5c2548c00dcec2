"""Tell who a statement's source is, by the name the article gives, or say that it cannot be told.

A source names somebody (`sources`), stands for somebody (`pronouns`), describes somebody (`descriptions`) or is
somebody's document (`documents`), read against the people and the statements that stand before it (`scene`). What stays
open in the article is handed on as a description, for the story's roles to settle.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from helpers.annotate import actors, roles
from helpers.annotate.actors import Mention
from helpers.annotate.sentences import DATELINE, Span
from helpers.annotate.speakers import descriptions, documents, pronouns, sources
from helpers.annotate.speakers.pronouns import FIRST, NEUTER, OFFICE, PRONOUNS, RELATIVE
from helpers.annotate.speakers.scene import NOBODY, Scene, Speaker, Turn, back, extent, set_up
from helpers.annotate.speakers.sources import BREAK
from helpers.annotate.statements import Statement

SHARE = re.compile(r"[\w.,-]+(?:\s[\w-]+){0,2}\s?(?:per\s?cent\b|%)", re.IGNORECASE)  # of those asked: "5 percent"
APPOSED = re.compile(r",\s+")
QUOTED = re.compile(
    r"(?:^|[,.;“”\"’\n]\s*)(?P<who>[^,.;“”\"\n]{2,60}?)\s(?:was|is|were|are)\s(?:\w+\s)?quoted\sas\ssaying\s"
    r"(?:[^.,;“”\"\n]{1,30}\s)?by\s(?:the\s)?$"
)
BEHIND = re.compile(r"[\s,.”\"’']*[”\"’'][\s,]*|[\s,.]*")
VERB = re.compile(r"\s[a-z]+(?:ed|s|d)\b")
RUNS_ON = re.compile(r"\s(?!(?:of|for|in|at|and|who|whose|that|to|from|on|with)\b)[a-z]")
LONGEST = 160  # characters from whom somebody quotes to who it is that quotes
WORD = re.compile(r"\w+")
REPEATED = 3  # words from which a title's quotation is known again in the text
APART = 20  # characters that may part a source from its content across a line break: "the mayor said:"
LONG = 5  # words from which a quotation is somebody's utterance and not a phrase in quotation marks


def resolve(
    statements: Sequence[Statement], text: str, title: str, mentions: list[Mention], byline: str = ""
) -> list[Speaker]:
    """Give each statement's speaker.

    A named source is itself; a description is the one person near before it whose role in the article it fits; a
    pronoun is whom the sentences before put first; a poll or a report is whose it is; "I" outside quotation marks is
    the one author whom `byline` names; a quotation that goes on without a source has the speaker before it, and one
    that a title repeats without a name has the speaker whose words they are in the text.
    """
    scene = set_up(text, mentions, statements, byline)
    turns: list[Turn] = []
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
    for place, statement in enumerate(statements):
        if statement.part == "title" and not statement.source:
            speakers[place] = _repeated(statement, title, statements, speakers, text)
    return speakers


def _speaker(statement: Statement, scene: Scene, turns: list[Turn], outer) -> Speaker:
    text, mentions = scene.text, scene.mentions
    if statement.source is None:
        return _continued(statement, text, turns)
    if _apart(statement, text):
        return NOBODY
    span = (statement.source[0][0], statement.source[-1][1])
    if misplaced := _named_behind(statement, scene):
        return Speaker(misplaced)
    # A source that cuts a name in two: "Ida" of "Ida Varro".
    span = (span[0], max([span[1], *(m.end for m in mentions if span[0] <= m.start < span[1] < m.end)]))
    if statement.cue and span[0] < statement.cue[0][0] < span[1]:  # "the mayor offered on Friday" holds its verb
        span = (span[0], statement.cue[0][0])
    if dateline := DATELINE.match(text, *span):
        span = (dateline.end(), span[1])
    quoted = QUOTED.search(text, max(0, span[0] - LONGEST), span[0])
    if quoted:  # "the mayor was quoted as saying by the agency": the agency only hands it on
        return _speaker(replace(statement, source=(quoted.span("who"),)), scene, turns, outer)
    runs_on = OFFICE.match(text, *span)  # "the minister let it be known": the rest is no part of a source
    if runs_on and RUNS_ON.match(text, runs_on.end(), span[1]):
        span = (span[0], runs_on.end())
    words = text[span[0] : span[1]]
    plain = words.lower().strip(" ,")
    first = plain.split()[0] if plain else ""
    if first in ("he", "she", "i", "it", "who"):  # the rest is no part of a source: "who in May"
        plain = first
    if plain in PRONOUNS:
        return pronouns.meant(statement, span[0], PRONOUNS[plain], scene, turns, outer)
    if plain in FIRST:
        if outer and outer[0].form == "direct":
            return outer[1]
        return Speaker(scene.author) if scene.author and not scene.is_quoted(span[0]) else NOBODY
    if plain in NEUTER:
        return pronouns.organisation(span[0], scene, turns)
    if plain in RELATIVE:
        return pronouns.antecedent(span[0], plain, scene, turns)
    if SHARE.match(words):
        return NOBODY
    if name := sources.named(span, text, mentions):
        owned = re.compile(r"['’]s?\s+").match(text, span[1])  # a source cut short: "Tolm's Ida Varro"
        whole = [m.actor for m in mentions if owned and m.start == owned.end() and m.label == "person"]
        return Speaker(whole[0] if whole else name)
    if mention := _alone(span, text, mentions):  # a surname that fits several people of the article
        rest = text[mention.end : span[1]].strip(" ,")
        return Speaker(_namesake(mention, roles.fitting(rest, scene.roles) if rest else None, scene, turns))

    def his(position: int, pronoun: str) -> str | None:
        if pronoun == "its":
            return pronouns.organisation(position, scene, turns).name
        return pronouns.meant(statement, position, PRONOUNS[pronoun], scene, turns, outer).name

    if found := documents.owner(span, text, mentions, his):
        return Speaker(found)
    behind = APPOSED.match(text, span[1])  # a source cut short: "One of them, Ida Varro, said"
    apposed = [m.actor for m in mentions if behind and m.label == "person" and m.start == behind.end() and m.actor]
    if apposed and text.startswith(",", next(m.end for m in mentions if m.start == behind.end())):
        return Speaker(apposed[0])
    return descriptions.described(span, words, scene)


def _named_behind(statement: Statement, scene: Scene) -> str | None:
    """Give whom a paragraph names right behind its quotation, where the source found stands in a paragraph before."""
    text, end = scene.text, statement.content[-1][1]
    before = statement.source[-1][1]
    if statement.form != "direct" or "\n" not in text[before : statement.content[0][0]]:
        return None
    behind = BEHIND.match(text, end)
    if not behind or text.find("\n", end, behind.end()) >= 0:
        return None
    return next((m.actor for m in scene.mentions if m.start == behind.end() and VERB.match(text, m.end)), None)


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


def _namesake(mention: Mention, holders: set[str] | None, scene: Scene, turns: list[Turn]) -> str | None:
    """Give the one of several namesakes who has the role told ("Mr Varro the mayor"), else who spoke last."""
    own = actors.key(mention.text)[-1:]
    fits = {person.actor for person in scene.people if actors.key(person.actor)[-1:] == own}
    if holders is not None:
        return next(iter(fits & holders)) if len(fits & holders) == 1 else None
    for low, high in back(mention.start, scene, pronouns.REACH):
        told = [turn.speaker.name for turn in turns if low < turn.span[1] and turn.span[0] < high]
        told = [name for name in told if name in fits]
        if told:
            return told[-1] if len(set(told)) == 1 else None
    return None


def _source(statement: Statement, text: str) -> str:
    return "" if statement.source is None else text[statement.source[0][0] : statement.source[-1][1]]


def _turn(statement: Statement, words: str, speaker: Speaker, outer, scene: Scene) -> Turn:
    body = bool(speaker.description) and descriptions.is_body(BREAK.split(speaker.description)[0])
    told = "organisation" if body else "person"
    label = scene.labels.get(speaker.name, told if speaker.description else "")
    unnamed = not speaker.name and descriptions.individual(words)
    long = len(scene.text[statement.content[0][0] : statement.content[-1][1]].split()) >= LONG
    return Turn(
        span=extent(statement),
        source_end=statement.source[-1][1] if statement.source else None,
        speaker=speaker,
        person=label == "person" or unnamed,
        label=label,
        inner=outer is not None and outer[1] != speaker,
        untold=long and statement.form == "direct" and not statement.source and speaker == NOBODY,
    )


def _in_title(statement: Statement, title: str, scene: Scene) -> Speaker:
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
    short = {m.actor for m in scene.mentions if m.label == "organisation" and m.text == words and m.actor}
    if len(short) == 1:  # "Norbeck" of "Norbeck Civil"
        return Speaker(short.pop())
    whole = {name for name in known if own and words[:1].isupper() and _ends_with(own, actors.key(name))}
    if len(whole) == 1:
        return Speaker(whole.pop())
    name = roles.described(words, scene.roles)
    return Speaker(name) if name else Speaker(description=words)


def _repeated(
    statement: Statement, title: str, statements: Sequence[Statement], speakers: list[Speaker], text: str
) -> Speaker:
    """Give whose words a title repeats without a name: "‘Not a drop’: Tolm shuts ford" over Ida Varro's quotation."""
    words = _said(statement, title)
    fits = {
        speaker
        for other, speaker in zip(statements, speakers, strict=True)
        if other.part == "text" and speaker != NOBODY and f" {words} " in f" {_said(other, text)} "
    }
    return fits.pop() if len(fits) == 1 and len(words.split()) >= REPEATED else NOBODY


def _said(statement: Statement, part: str) -> str:
    return " ".join(WORD.findall(" ".join(part[start:end] for start, end in statement.content).lower()))


def _ends_with(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    # "Varro's Ida Lind", "minister Lind": the headline's words end in the whole name.
    return len(name) > 1 and words[-len(name) :] == name


def _apart(statement: Statement, text: str) -> bool:
    """Tell whether a source stands in another paragraph than what it is taken to say: too far to be relied on."""
    start, end = statement.source[0][0], statement.source[-1][1]
    gaps = [text[end:first] if first >= end else text[last:start] for first, last in statement.content]
    nearest = min(gaps, key=len)
    return statement.form != "direct" and "\n" in nearest and len(nearest) > APART


def _continued(statement: Statement, text: str, turns: list[Turn]) -> Speaker:
    start = statement.content[0][0]
    if statement.cue or statement.form != "direct" or not turns or turns[-1].span[1] > start:
        return NOBODY
    between = text[turns[-1].span[1] : start]
    return turns[-1].speaker if between.count("\n\n") <= 1 and not re.search(r"\w", between) else NOBODY
