"""Read what headlines have and sentences have not: a colon for "said", the source at the end, a quotation up front.

The network learned from articles; the few shapes that headlines are built from are plain enough for rules.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from helpers.annotate import quotes
from helpers.annotate.statements import acts
from helpers.annotate.tagger import Tagged

Span = tuple[int, int]

SHAPED, TOLD = 0.85, 0.5  # confidence: as often as a person would agree, on some 900 headlines
SUBJECT = 6  # words that may stand before the verb
LONGEST = 400  # code points of a headline; what is longer is none
QUOTED = 3  # words from which a quotation before a colon is what somebody said, and not the name of a work

_QUOTATION = r"(?P<content>‘[^’].*?’|“[^”]+”|'[^'].*'|\"[^\"]+\")"
_NAME = r"[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,3}"
_QUOTE_FIRST = re.compile(rf"\s*{_QUOTATION}(?P<cue>:)\s+(?P<rest>\S.*)")
_QUOTE_LAST = re.compile(rf"\s*(?P<source>[^:“”‘\"\n]{{2,60}}?)(?P<cue>:)\s+{_QUOTATION}\s*")
_COLON = re.compile(rf"\s*(?P<source>{_NAME})(?P<cue>:)\s+(?P<content>\S.*?)\s*")
_OFFICE = (
    r"(?:officials?|sources|police|prosecutors?|ministers?|ministry|court|experts?|lawyers?|"
    r"spokes(?:man|woman|person)|watchdog|U\.?N\.?)"
)
_PAPER = rf"(?:new\s+)?(?:reports?|polls?|study|survey|audit|inquiry|{_OFFICE})"
_SOMEBODY = re.compile(rf"[A-Z]|(?:\w+\s+)?{_OFFICE}\b")
_SOURCE_LAST = re.compile(rf"\s*(?P<content>\S[^:]*?)(?P<cue>:)\s+(?P<source>{_PAPER})\s*", re.I)
_SAID_LAST = re.compile(
    r"\s*(?P<content>\S.*?),?[”’'\"]?,\s+(?P<cue>[a-z]+s|said|told)\s+(?P<source>(?!to\b)[^,;:]*\w[^,;:]*?)\s*(?=$|[,;:]|\s[—–-]\s)"
)
_LAST_SAID = re.compile(
    r"\s*(?P<content>\S[^,;:]*),\s+(?P<source>[^,;:]*\w)\s+"
    r"(?P<cue>says|said|admits|announces|claims|concedes|confirms|finds|insists|predicts|promises|rules|shows|vows|warns)\s*"
)
_VERB = re.compile(
    r"\b(?P<cue>(?:rules|ruled)\s+out|(?:stands|stood)\s+by|offers|rejects|denies|vows|warns|insists|claims|urges|demands|accuses|"
    r"blames|threatens|promises|pledges|admits|concedes|confirms|announces|says|refuses|dismisses|predicts|accepts|backs|"
    r"defends|shows|reveals|(?:tells|orders)(?=\s+(?:\w+\s+){1,6}to\s)|puts(?=\s.*\sat\s)|counts(?=\s+\d))\s+",
    re.I,
)
_NO_SUBJECT = re.compile(r"[,:;?]|\b(?:as|after|when|while|why|how|if|what)\b", re.I)
_LATER = re.compile(rf"(?:,\s+(?:and\s+)?|\s+and\s+)(?={_VERB.pattern})", re.I)
_MEANWHILE = re.compile(r"[,;]?\s+(?:as|while|but)\s+|;\s+", re.I)  # where a headline's second sentence begins
_CIRCUMSTANCE = re.compile(r"\s+(?:as|amid|amidst|after|ahead\s+of)\s+\S+\s+\S", re.I)
_DOES = re.compile(rf"\s*(?P<subject>{_NAME})\s+[a-z]+s\b")
_MARKS = "“”‘’'\""
_SPEECH = ("say", "promise", "deny", "accuse")  # who "urges unions" may be what comes behind: no demands


def shaped(title: str, text: str = "") -> list[Tagged]:
    """Find the statement that a headline's shape gives away beyond doubt: a colon, or "says" and a source at the end.

    Needs the title, and the article's text, which tells a name before a colon from the label of a column.
    """
    if len(title) > LONGEST:
        return []
    if found := _by_colon(title, text):
        return found
    if (match := _SAID_LAST.match(title)) and acts.lexicon().get(acts.lemma(match["cue"])) in _SPEECH:
        start, end = match.span("content")
        if title[end : end + 1] in _MARKS:
            end += 1
        # "Vey denies split, defends deal": what stands where a source may is what the same subject does next.
        does = acts.lemma(match["cue"]) not in ("say", "tell") and _DOES.match(match["content"])
        if not does or _SOMEBODY.match(match["source"]):
            return [Tagged(((start, end),), match.span("cue"), match.span("source"), SHAPED)]
    if (match := _LAST_SAID.fullmatch(title)) and not _NO_SUBJECT.search(match["source"]):
        return [Tagged((match.span("content"),), match.span("cue"), match.span("source"), SHAPED)]
    return []


def told(title: str) -> list[Tagged]:
    """Find what the subject of a headline rules out, offers, denies: for where the network passes it over."""
    found, start = [], 0
    if len(title) > LONGEST:
        return found
    for end in (*(match.start() for match in _MEANWHILE.finditer(title)), len(title.rstrip())):
        found += _told(title, start, end)
        again = _MEANWHILE.match(title, end)
        start = again.end() if again else end
    return found


def _told(title: str, start: int, end: int) -> list[Tagged]:
    """Find what the subject of one of a headline's sentences tells, by one verb or several."""
    verb = _VERB.search(title, start, end)
    before = title[start : verb.start()] if verb else ""
    if verb and before.rstrip().endswith(",") and (does := _DOES.match(before)):
        before = does["subject"]  # "Vey welcomes report, urges caution"
    if not 0 < len(before.split()) <= SUBJECT or _NO_SUBJECT.search(before):
        return []
    source = (start + len(before) - len(before.lstrip()), start + len(before.rstrip()))
    found = []
    while verb:
        later = _LATER.search(title, verb.end(), end)
        last = later.start() if later else end
        if last > verb.end():
            found.append(Tagged(((verb.end(), last),), verb.span("cue"), source, TOLD))
        verb = later and _VERB.match(title, later.end(), end)
    return found


def ended(title: str, pairs: Sequence[Span], one: Tagged) -> Tagged:
    """End a headline's content before the circumstances: "denies split as rumours grow"."""
    start, end = one.content[-1]
    if any(opened < end and start < closed for opened, closed in pairs):
        return one
    found = _CIRCUMSTANCE.search(title, start + 1, end)
    return replace(one, content=(*one.content[:-1], (start, found.start()))) if found else one


def _by_colon(title: str, text: str) -> list[Tagged]:
    if match := _QUOTE_LAST.fullmatch(title):
        return [Tagged((match.span("content"),), match.span("cue"), match.span("source"), SHAPED)]
    if (match := _QUOTE_FIRST.fullmatch(title)) and _spoken(match["content"]):
        return [Tagged((match.span("content"),), match.span("cue"), _subject(match), SHAPED)]
    if (match := _COLON.fullmatch(title)) and _named(match["source"], text):
        return [Tagged((match.span("content"),), match.span("cue"), match.span("source"), SHAPED)]
    if match := _SOURCE_LAST.fullmatch(title):
        return [Tagged((match.span("content"),), match.span("cue"), match.span("source"), SHAPED)]
    return []


def _spoken(quotation: str) -> bool:
    return len(quotation.split()) >= QUOTED and not quotes.is_name(quotation)


def _subject(match: re.Match) -> Span | None:
    """Give the name that opens what follows a quotation: all of it, or the subject of a verb that tells."""
    name = re.match(_NAME, match["rest"])
    if not name:
        return None
    after = match["rest"][name.end() :].split()
    if after and acts.lemma(after[0]) not in acts.lexicon():
        return None
    start = match.start("rest")
    return start, start + name.end()


def _named(name: str, text: str) -> bool:
    """Tell whether the text lets a name say something, as it does no label of a column."""
    last = re.escape(name.split()[-1])
    after = re.findall(rf"\b{last}\s+(?:ha[sd]\s+)?(\w+)", text)
    before = re.findall(rf"(\w+)\s+(?:[A-Z][\w.]*\s+){{0,2}}{last}\b", text)
    return any(acts.tells(word) for word in (*after, *before))
