"""Part what is two statements, and leave out what is none."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from helpers.annotate import quotes
from helpers.annotate.statements import acts
from helpers.annotate.statements.readings.extents import SENTENCE_END
from helpers.annotate.statements.readings.marks import SPEECH, Span
from helpers.annotate.tagger import Tagged

FEWEST = 10  # code points that are told before what else was done in words
LABEL = 2  # words that a label may have
# Somebody else who is what is told of may be who did it: "said that Venn misled voters and denied it".
_OTHERS = re.compile(r"(?:that\s+)?(?:(?:his|her|their)\s+\w+\s+)?[A-Z]")
_AND_DID = re.compile(
    r",?\s+(?:and|but)\s+(?:then\s+|also\s+|later\s+)?(?P<cue>said|added|denied|rejected|dismissed|disputed|ruled\s+out|"
    r"stood\s+by|insisted|warned|vowed|promised|pledged|called|urged|accused|criticized|criticised|blamed|praised|argued|"
    r"suggested|demanded|declined|offered|threatened|asked)\s+"
)
# The same after any verb of speech, where what follows can only be told: "admitted that …, but maintained that …".
_AND_TOLD = re.compile(
    r",?\s+(?:and|but|yet)\s+(?:then\s+|also\s+|later\s+|still\s+|now\s+)?(?P<cue>[a-z]+(?:ed|es|s|id|told))\s+"
    r"(?:(?=(?:that|he|she|it|they|no|there|nobody|nothing)\s)|(?<=said\s)|(?<=says\s))"
)
_TOLD_AFTER = re.compile(
    r"\s(?:(?P<source>he|she|they|it|[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}|[Tt]he\s\w+(?:\s\w+)?)\s"
    r"(?P<cue>said|says|added|adds|told|wrote|writes|recalled|explained)\b|"
    r"(?P<said>said|says|added|adds)\s(?P<who>[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}|the\s\w+(?:\s\w+)?))"
)


def apart(text: str, pairs: Sequence[Span], one: Tagged) -> list[Tagged]:
    """Take apart two quotations of which the second has a cue of its own: "said it was “old.” “It leaks,” he added"."""
    for place, (start, end) in enumerate(one.content):
        told = _TOLD_AFTER.match(text, end) if one.cue and one.cue[1] <= start else None
        opened = bisect_left(pairs, (start, start))
        last = next((pair for pair in pairs[opened:] if pair[1] == end), None)
        if not told or not last or last[0] <= start or not SENTENCE_END.search(text, start, last[0]):
            continue
        cue, source = (told.span("cue"), told.span("source")) if told["cue"] else (told.span("said"), told.span("who"))
        first = replace(one, content=(*one.content[:place], (start, last[0])))
        return [first, replace(one, content=(last, *one.content[place + 1 :]), cue=cue, source=source)]
    return [one]


def parted(text: str, mask: bytearray, one: Tagged) -> list[Tagged]:
    """Part what one speaker said and then did in words: "said the dam was safe and offered to show it" are two."""
    verb = one.cue and text[slice(*one.cue)].split()[-1]
    if not (verb and one.source) or acts.lexicon().get(acts.lemma(verb)) not in SPEECH:
        return [one]
    kept, more = [], []
    for start, end in one.content:
        match = _did(text, verb, start, end) if start > one.cue[0] else None
        if match and not any(mask[match.start() : match.end()]):
            more.append(replace(one, content=((match.end(), end),), cue=match.span("cue")))
            end = match.start()
        kept.append((start, end))
    return [replace(one, content=tuple(kept)), *more]


def _did(text: str, verb: str, start: int, end: int) -> re.Match | None:
    """Find what the subject of a verb did next in words, in a content that the verb introduces."""
    if _OTHERS.match(text, start):
        return None
    start += FEWEST
    if acts.lemma(verb) in ("say", "tell") and (match := _AND_DID.search(text, start, end)):
        return match
    match = _AND_TOLD.search(text, start, end)
    alike = match and match["cue"].endswith("s") == verb.endswith("s")
    return match if alike and acts.lexicon().get(acts.lemma(match["cue"])) in SPEECH else None


def label(text: str, pairs: Sequence[Span], one: Tagged) -> bool:
    """Tell whether what was found is a name or a scare quote: quoted words that nobody is said to have said."""
    if len(one.content) != 1 or not one.cue:
        return False
    cue = text[slice(*one.cue)]
    # A state of mind is somebody's: "is meant unkindly" says of nobody what they think.
    nobodys = one.source is None and acts.act(cue, "", "") in ("believe", "intend")
    if acts.reports(cue) and not nobodys:
        return False
    start, end = one.content[0]
    opened = bisect_left(pairs, (start, start))
    quoted = opened < len(pairs) and pairs[opened][0] == start and pairs[opened][1] >= end - 1
    short = len(text[start:end].split()) <= LABEL or quotes.is_name(text[start:end])
    return quoted and short and any(c.isalpha() for c in cue)
