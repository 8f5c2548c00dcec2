"""Find the statements whose grammar gives them away, for where the network passes them over.

"X was accused of …" names no accuser, "X's claim that …" has no verb of saying, in "the land that X claims to own" the
verb stands within what is told, and what X "ruled out" or "put at 40" is seldom a clause.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from helpers.annotate.statements import acts
from helpers.annotate.tagger import Tagged

Span = tuple[int, int]

CONFIDENCE = 0.5  # between the network's doubts and its certainties; measured too rarely to be fitted
PRINTED = 0.9  # of a turn of a transcript, which can hardly be anything else
TURNS = 4  # lines from which those that open with a name and a colon are a transcript
SUBJECT = 12  # words that a subject may have
REACH = 400  # code points before a verb in which its subject is looked for
LONGEST = 2000  # code points of a sentence; what is longer is none, and would cost time without end
TIME = 60  # code points that "two weeks earlier" may take
AFTER = 4  # words that may follow the verb of an inserted "she told reporters on Monday"

# Words that open a circumstance, and no clause of their own.
CIRCUMSTANCES = frozenset(
    "as in on at during after before for from to with while when lamenting despite but by since under over among about "
    "like earlier later meanwhile then now yet so still because although though instead according last this if unless "
    "until once asked speaking".split()
)

_TURN = re.compile(
    r"^(?P<source>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?P<cue>:)[ \t]+(?P<content>\S[^\n]*\S)", re.MULTILINE
)
_ACCUSED = re.compile(r"\b(?:ha(?:s|ve|d)\s+been|was|were|is|are|been|being)\s+(?:\w+ly\s+)?accused\s+of\b", re.I)
_NOUN = (
    r"claims?|assertions?|allegations?|accusations?|promises?|pledges?|vows?|denials?|warnings?|suggestions?|boasts?|"
    r"contentions?|insistence|complaints?|demands?|threats?|admissions?|announcements?|statements?|predictions?"
)
_CLAIMED = re.compile(
    rf"(?P<source>\b[Hh]is|\b[Hh]er|\b[Ii]ts|\b[Tt]heir|"
    rf"(?:\b[Tt]he\s+)?(?:\b[A-Z][\w.-]*\s+){{0,3}}\b[A-Z]\w*[’']s?)\s+"
    rf"(?:[a-z]\w*\s+){{0,2}}?(?P<cue>{_NOUN})\s+that\s"
)
_RELATIVE = re.compile(
    r"\b(?:that|which|who)\s+(?P<source>he|she|it|they|(?:(?:the|its|his|her|their)\s+)?(?:\w+\s+)?[A-Z]\w*"
    r"(?:\s+[A-Z]\w*){0,2}|(?:the|its|his|her|their)\s+\w+)\s+"
    r"(?P<cue>(?:claim(?:s|ed)?|profess(?:es|ed)?|purport(?:s|ed)?|plan(?:s|ned)?|vow(?:s|ed)?|pledge[sd]?)(?=\s+to\s)|"
    r"(?:says?|said|claim(?:s|ed)?|insist(?:s|ed)?|maintain(?:s|ed)?|allege[sd]?)"
    r"(?=\s+(?:never|is|are|was|were|has|had|have|will|would|did|does)\s))\s+"
)
# "According to the mayor, …", "By her own account, …", "As the mayor pointed out on Sunday, …"
_ACCORDING = re.compile(
    r"(?:(?P<cue>According\s+to)\s+(?P<source>[^,;:.“”\"]+)|"
    r"(?:By|In) (?P<owner>[^,;:.“”\"]{1,80}?(?:[’']s|s[’'])|his|her|their) (?:own )?"
    r"(?P<noun>account|telling|reckoning|version)|"
    r"As (?P<who>[^,;:.“”\"]{1,80}?) (?P<verb>points? out|pointed out|puts? it|notes|noted|observed|recalled|said)"
    r"(?:\s+(?:on\s+)?[A-Z]\w+day|\s+yesterday|\s+today)?),\s+(?=[^\W\d_]|\d|[“\"])"
)
END = re.compile(
    r"\s+[—–]|\s+-+\s|[;)\]\n]|[.?!](?=[”\"’']*(?:\s|$))|"
    r",(?=\s+(?:even|which|who|but|and|while|of which|as (?!well)|according)\s*)|"
    r"\s(?=(?:and|but)\s+(?:blamed|said|added|denied|called|warned|urged|accused)\s)"
)
_AUXILIARY = r"(?:(?:ha[sd]|have|also|again|later|repeatedly|never|once)\s+){0,3}"
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands"
_FIGURE = (
    r"\s+[“\"‘']?(?:(?:only|about|around|almost|nearly|nearer|closer\s+to|under|over|some|(?:more|less|fewer)\s+than)\s+)?"
    rf"(?:\S*\d|(?:{_NUMBERS})\b)"
)
# What a figure is put on, and what is counted: nobody reports who "put his daughter to bed at 9".
_MEASURED = (
    r"(?:it|number|toll|count|cost|loss|losse|figure|total|price|value|turnout|attendance|crowd|share|rate|size|estimate|"
    r"bill|damage|birth|death|opposition|support|inflation|unemployment|length|height|level|speed|delay|distance|journey|"
    r"visit|saving|amount|flow|mean|chance|risk)s?"
)
_COUNTED = (
    rf"{_FIGURE}[\d.,]*(?:[”\"’']|[.,;]|$|\s+(?:[\w-]+\s+)?(?:per\s?cent|percent|people|dead|death|injur|wounded|missing|case|"
    r"fault|failing|house|home|birth|shot|round|entries|crossing|meeting|post|millim|centim|met(?:er|re)|kilom|"
    r"lit(?:er|re)|tonne|ton|degree|decibel|million|billion))"
)
_VERB = re.compile(
    rf"(?<=[\s])(?P<cue>{_AUXILIARY}(?:"
    r"(?:rule[sd]?\s+out|st(?:ood|ands?)\s+(?:by|behind)|st(?:uck|icks?)\s+(?:to|by)|brushe[sd]\s+aside|"
    r"stop(?:ped|s)\s+short\s+of|disput(?:ed|es)|rejected)(?=\s+(?:the|an?|any|all|his|her|its|their|it|no|this|such|talks|"
    r"[a-z]+s)\b)|"
    r"(?:offer(?:ed|s)|vow(?:ed|s)|promise[sd]|pledge[sd]|threaten(?:ed|s)|refuse[sd]|decline[sd]|expects|"
    r"intends)(?=\s+to\s)|"
    r"(?:raise[sd]|lower(?:ed|s)|cuts?|revise[sd]|trim(?:med|s)|double[sd]|halve[sd])(?=\s+(?:his|her|its|their)\s+"
    r"(?:\w+\s+){0,2}(?:estimate|forecast|projection|prediction|count|figure|toll)s?\b)|"
    rf"(?:puts?|time[sd]|gives?)(?=(?:\s+[\w’'-]+){{0,6}}?\s+{_MEASURED}(?:\s+[\w’'-]+){{0,6}}?\s+"
    rf"(?:at|as|closer\s+to|near){_FIGURE})|makes?(?=\s+it{_FIGURE})|"
    rf"(?:count(?:s|ed)|logg?(?:s|ed)|tall(?:ies|ied)|measure[sd]|list(?:s|ed)|record(?:s|ed))(?={_COUNTED})|"
    rf"sp(?:oke|eaks?|oken)(?:\s+in\s+[A-Z]\w+)?\s+of(?=(?:\s+an?\s+\w+\s+of)?{_FIGURE})|"
    r"(?:remains?\s+willing|(?:is|are)\s+(?:minded|willing|prepared)|resolved)(?=\s+to\s)|"
    r"(?:sa(?:id|ys)|insist(?:ed|s)|maintain(?:ed|s)|claim(?:ed|s)|argue[sd]|warn(?:ed|s)|acknowledge[sd]|confirm(?:ed|s)|"
    r"announce[sd]|denie[sd]|admit(?:ted|s)|concede[sd])(?=\s+(?:that|it|he|she|they|there|the|no|its|his|her|their)\s)|"
    r"(?:urge[sd]|order(?:ed|s))(?=(?:\s+[\w’'-]+){1,4}?\s+(?:not\s+)?to\s)|"
    r"(?:maintained|insisted|argued|claimed|warned|promised|said|swor(?:e|n))\s+(?:for|since)(?:\s+\w+){1,4}?(?=\s+that\s)|"
    r"(?:call|describe|greet|hail|brand|denounce|label)(?:e?d|s)(?=\s+(?:(?:the|an?|his|her|its|their|it|him|them|this|"
    r"that)\b)(?:\s+[\w-]+){0,5}\s+[“\"‘])|hail(?:ed|s)(?=\s+[“\"‘])"
    r"))\s+"
)
_AGAIN = re.compile(
    r"\b(?P<source>I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey)\s+(?P<cue>(?:ha(?:ve|d|s)\s+)?(?:said|promised|told(?=\s+\w+)))\s+(?=\w)"
)
_JOINS = re.compile(r"(?:and|but|or|so)\b")
_AND_SO = re.compile(r"[,.!?]|\s(?:and|but)\s+(?:I|we|he|she|they)\s")
_DAYS = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)"
_WHEN = re.compile(
    rf"(?:(?<!\bby)(?<!\buntil),?\s+(?:(?:late|early|earlier)\s+)?(?:on\s+)?{_DAYS}"
    r"(?:\s+(?:morning|afternoon|evening|night))?|\s+\w+\s+(?:day|week|month|year)s?\s+(?:earlier|ago|later|before)|"
    r"\s+(?:last|this)\s+(?:day|week|month|year|night|weekend))$"
)
_DAY = re.compile(rf"(?:\s+on)?(?:\s+{_DAYS})?")
_OPENS = re.compile(
    r".*(?:[,;:—–(“”\"]|\b(?:and|but|after|before|that|while|when|because|since|as|if|though|which|who)\b)", re.S
)
_NOBODY = re.compile(r"(?:who|which|that|there|what|it|and|or|but|not|to)\b|.*\b(?:said|says)\b", re.I)
_NAMED = re.compile(rf"[A-Z]|(?:the|an?|his|her|its|their|one|some|he|she|they|we|{_NUMBERS})\b")
_PARENTHETIC = frozenset(
    "say add note warn explain caution confirm insist concede remind tell argue acknowledge admit claim predict "
    "observe recall announce declare vow promise reply maintain contend stress reiterate report show reveal think "
    "reckon object".split()
)
_FINITE = re.compile(r"\w+(?:ed|s)$|told$|said$|says?$|show$|thought$")
_WORD = re.compile(r"[\w’'-]+")


def find(text: str) -> list[Tagged]:
    """Find passive accusations (no source), claims named by a noun, claims in a relative clause, in text order."""
    found = [_tagged(text, match.span(), None, match.end()) for match in _ACCUSED.finditer(text)]
    for match in (*_CLAIMED.finditer(text), *_RELATIVE.finditer(text)):
        found.append(_tagged(text, match.span("cue"), match.span("source"), match.end()))
    return _ordered(found)


def turns(text: str) -> list[Tagged]:
    """Find the turns of a transcript: a name, a colon, the words to the line's end.

    A text is one where at least TURNS lines open so, with at least two names, one of them more than once.
    """
    found = list(_TURN.finditer(text))
    names = Counter(match["source"] for match in found)
    if len(found) < TURNS or not 1 < len(names) < len(found):
        return []
    return [
        Tagged((match.span("content"),), match.span("cue"), match.span("source"), PRINTED)
        for match in found
        if names[match["source"]] > 1
    ]


def told(text: str, bounds: Sequence[Span]) -> list[Tagged]:
    """Find what somebody ruled out, offered, stood by, put a number on, plainly said, or called by a quoted name.

    And what a sentence opens with "According to …", "By her own account, …" or "As the mayor noted, …" for.

    Needs the spans of the text's sentences.
    """
    found = []
    for match in _VERB.finditer(text):
        sentence = _around(bounds, match.start("cue"))
        if sentence and (source := subject(text, sentence[0], match.start("cue"))):
            found.append(_tagged(text, match.span("cue"), source, match.end(), sentence[1]))
    for start, end in bounds:
        match = _ACCORDING.match(text, start, end)
        for cue, source in (("cue", "source"), ("noun", "owner"), ("verb", "who")) if match else ():
            if match[cue] and is_subject(match[source]):
                found.append(_tagged(text, match.span(cue), match.span(source), match.end(), end))
    return _ordered(found)


def again(text: str, pairs: Sequence[Span]) -> list[Tagged]:
    """Find what a quoted speaker reports in turn: "I promised you a bridge". Needs the quoted stretches of the text."""
    found = []
    for opened, closed in pairs:
        for match in _AGAIN.finditer(text, opened, closed - 1):
            further = _AND_SO.search(text, match.end(), closed - 1)
            end = further.start() if further else closed - 1
            if end > match.end() and " " in text[match.end() : end] and not _JOINS.match(text, match.end()):
                found.append(_tagged(text, match.span("cue"), match.span("source"), match.end(), end))
    return _ordered(found)


def inserted(text: str, bounds: Sequence[Span]) -> list[Tagged]:
    """Find attributions between commas or at the end of a sentence: "…, a negotiator cautioned.", in text order.

    Needs the spans of the text's sentences.
    """
    return _ordered(one for start, end in bounds for one in _inserted(text, start, end))


def _inserted(text: str, start: int, end: int) -> Iterator[Tagged]:
    if end - start > LONGEST:
        return
    words = text[start:end].rstrip(" .!?")
    if any(mark in words for mark in '“”"'):
        return
    edges = [start - 1, *(start + match.start() for match in re.finditer(r",(?=\s)", words)), start + len(words)]
    for low, high in pairwise(edges[1:]):
        tokens = list(_WORD.finditer(text, low + 1, high))
        verb = next((at for at, token in enumerate(tokens) if is_parenthetic(token.group())), None)
        if not verb or verb > SUBJECT or len(tokens) - verb - 1 > AFTER:
            continue
        if high < edges[-1] and not _DAY.fullmatch(text, tokens[verb].end(), high):
            continue
        source, cue = (tokens[0].start(), tokens[verb - 1].end()), (tokens[verb].start(), tokens[verb].end())
        if tokens[verb - 1].group() in ("has", "had", "have") and verb > 1:
            source, cue = (source[0], tokens[verb - 2].end()), (tokens[verb - 1].start(), cue[1])
        content = [(start, low)] + ([(high + 2, start + len(words))] if high < edges[-1] else [])
        opening = text[start:low]
        if len(opening.split()) < 3 or not is_subject(text[slice(*source)]):
            continue
        if opening.split()[0].lower() not in CIRCUMSTANCES or "," in opening or len(content) > 1:
            yield Tagged(tuple(content), cue, source, CONFIDENCE)
            return


def is_parenthetic(word: str) -> bool:
    """Tell whether a word is a finite verb that may stand between commas: "…, she added, …"."""
    return bool(_FINITE.match(word)) and acts.lemma(word) in _PARENTHETIC


def subject(text: str, start: int, verb: int) -> Span | None:
    """Give the subject before a verb: what follows the last clause mark, or all where that mark ends an apposition."""
    start = max(start, verb - REACH, text.rfind(";", start, verb) + 1)
    first = re.match(r"\W*(\w+)", text[start:verb])
    if first and first[1].lower() in CIRCUMSTANCES and text.count(",", start, verb) > 1:
        return None  # "Speaking beside Ida Varro, Arno Vey, the mayor, ruled out": who is an apposition to whom?
    opening = _OPENS.match(text, start, verb)
    low = opening.end() if opening else start
    if not text[low:verb].strip() and opening and text[low - 1] == ",":
        low = start
    while low < verb and not text[low].isalnum():
        low += 1
    high = verb
    while high > low and text[high - 1].isspace():
        high -= 1
    if when := _WHEN.search(text, low, high):
        high = when.start()
    report = text[low:high] == "It"  # "It puts the number at 640"
    return (low, high) if low < high and (report or is_subject(text[low:high])) else None


def is_subject(words: str) -> bool:
    """Tell whether words may name somebody who says something: a name, "the mayor", "two members of the union"."""
    return bool(_NAMED.match(words)) and not _NOBODY.match(words) and 0 < len(words.split()) <= SUBJECT


def _around(bounds: Sequence[Span], at: int) -> Span | None:
    row = bisect_right(bounds, (at, at)) - 1
    return bounds[row] if row >= 0 and at < bounds[row][1] else None


def _tagged(text: str, cue: Span, source: Span | None, start: int, limit: int | None = None) -> Tagged | None:
    while start < len(text) and text[start].isspace() and text[start] != "\n":
        start += 1
    limit = min(limit or len(text), start + LONGEST)
    stop = END.search(text, start, limit)
    end = stop.start() if stop else limit
    if when := _WHEN.search(text, max(start, end - TIME), end):
        end = when.start()
    if not any(character.isalnum() for character in text[start:end]):
        return None
    return Tagged(((start, end),), cue, source, CONFIDENCE)


def _ordered(found) -> list[Tagged]:
    return sorted((one for one in found if one), key=lambda one: one.content)
