"""When a statement was made: the expression that dates the saying, not the things said.

TimeML ties a reporting event to its time with a TLINK (Pustejovsky and others 2003); here a handful of positions
do it. An expression dates the saying when it stands beside the cue ("said Tuesday", "last week vowed", "said in an
interview aired Sunday") or frames the sentence ("On Tuesday, the minister said"), and never when it lies inside the
content, belongs to a noun ("said of Tuesday's vote") or to a clause of its own ("said the mayor, who left in May").
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.annotate.times import Time

Span = tuple[int, int]


@dataclass(frozen=True)
class Said:
    """When a statement was made: first and last possible day, how exactly it is known, and where it says so.

    `precision` is day, week, month or year where an expression dates the saying, `report` where only the day of
    publication does, and `open` where it was said at some time up to publication: `from_date` is then None.
    `span` holds the offsets of the expression or of the words that leave it open, None for `report`.
    """

    from_date: date | None
    to_date: date | None
    precision: str
    span: Span | None = None


REACH = 90  # characters between a cue and the expression that dates it
LISTENER = 40  # characters that name to whom something was said
LEAD = 300  # characters: the opening of an article, where "has said" is news and not background

_ADVERBS = (
    r"repeatedly|often|frequently|always|consistently|regularly|routinely|sometimes|occasionally|long|previously|"
    r"recently|earlier|once|twice|used\sto|never|variously"
)
_ADJECTIVES = r"recent|previous|past|earlier|old|longstanding|long-standing|repeated|frequent|persistent|prior|regular"
_OPEN_AFTER = (
    r"repeatedly|often|frequently|previously|recently|many\stimes|several\stimes|before(?=\W*(?:$|\n|[.,;:”\"]|that\b))|in\sthe\spast|over\sthe\syears|"
    r"for\syears"
)
# Between the adverb and the cue: "has repeatedly and publicly been quoted as saying".
_OPENER = re.compile(
    rf"\b(?:(?:{_ADVERBS})(?:\s(?:and|also|been|quoted|as|\w{{2,12}}ly)){{0,4}}|{_ADJECTIVES})\s\Z", re.IGNORECASE
)
_OPENED = re.compile(rf"\s(?:{_OPEN_AFTER})\b", re.IGNORECASE)
_OPENING = re.compile(rf"(?:(?:has|have|had)\s)?(?:{_ADVERBS}|{_ADJECTIVES})\s", re.IGNORECASE)
_PERFECT = re.compile(
    r"\b(?:has|have|had|['’]ve)(?:\s(?:not|also|since|now|already|\w{2,12}ly)){0,2}\s\Z", re.IGNORECASE
)
_PAST_PERFECT = re.compile(r"\bhad(?:\s\w{2,12}){0,2}\s\Z", re.IGNORECASE)

_EVENT = (  # what a saying happens in
    r"(?:\w{2,15}\s)?(?:interview|statement|speech|address|letter|post|tweet|briefing|conference|e-?mail|memo|report|"
    r"broadcast|appearance|hearing|testimony|remarks|debate|rally|op-ed|call|message|meeting|article|book|memoir|video|"
    r"editorial|column|filing|ruling|press|news|radio|television|TV)"
)
_OF_NOUN = re.compile(
    r"\b(?:the|an?|his|her|its|their|our|of|since|until|till|by|before|after|from|to|about|than|between|for|through|and)"
    r"(?:\s\w{2,15}ly)?\s\Z|['’]s?\s\Z",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(
    r"\b(?:who|whom|whose|which|that|when|where|while|if|because|as|after|before|until|since|although|though|but|is|"
    r"are|was|were|be|been|had|has|have|will|would|could|may|said|says|told|met|left|came|went|took|won|lost|"
    r"to(?!\s(?:the\s|an?\s|his\s|her\s|its\s|their\s)?(?:\w+\s)?(?:reporters|journalists|students|lawmakers|parliament|"
    r"supporters|voters|colleagues|residents|congress|council|crowd|delegates|viewers|listeners|investors|allies|aides|"
    r"diplomats|officials|workers|soldiers|police|press|nation|court|jury)\b)|"
    r"(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)(?!aired|published|released|posted|dated|issued|delivered|recorded|conducted|uploaded|shared|obtained|televised|"
    r"broadcasted|printed|signed|filed|attended|ended)\w{2,14}(?<!e)ed)\b",
    re.IGNORECASE,
)
_AT_SOME_TIME = re.compile(r"(?:every|each|on|recent|the\s(?:past|last)\s(?:few|several))\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\s(?:has|have|had|is|was|were|will|would|brought|saw|marks|marked)\b")
_IN_WHICH = re.compile(r",?\s(?:in|at|on|during)\swhich\s(?:\w+\s){1,3}")
_HELD = re.compile(rf"\b{_EVENT}(?:\son|\sin|\slate|\searly)?\s\Z", re.IGNORECASE)
_LATEST = re.compile(r"^(?:As\s(?:late|recently|early)\sas|Only|Just|Even)\s")
_WHOSE = re.compile(r"\b(?:who|which)\s(?:in\s|on\s|only\s)?\Z")  # "the mayor, who last week promised"
# After the cue's comma only words of place and time go on with the saying.
_ASIDE = re.compile(
    r"\s?,\s(?!(?:in|on|at|during|over|late|early|earlier|last|this|to|via|speaking|writing)\b)\w", re.IGNORECASE
)


def said(
    times: "Sequence[Time]",
    cue: Span | None,
    sentence: Span,
    text: str,
    published: date | None,
    content: Sequence[Span] = (),
) -> Said:
    """Date a statement.

    Needs all time expressions of a text in order, as `find` gives them; the offsets of the cue (None where a
    statement has none) and of its sentence; the text and its day of publication; and the offsets of the pieces of
    the content, whose times date what is said and not the saying.

    Gives a `Said`: the expression beside the cue decides, else the frame of the sentence, else words that leave the
    time open ("has repeatedly said", "a recent claim"; "had said", and "has said" below the opening of the
    article), else the day of publication. What lies after publication dates no saying, and an interval ends at
    publication at the latest. Without a day of publication a statement that no expression dates is open at both
    ends.
    """
    if cue and published and (counted := _counted(times, cue, sentence, text, published)):
        return counted
    candidates = [time for time in _within(times, sentence) if _dates(time) and not _inside(text, time, content)]
    time = _beside(text, candidates, cue, sentence, content) if cue else None
    time = time or _frame(text, candidates, cue, sentence)
    if time and (dated := _dated(time, published)):
        return dated
    opened = _open(text, cue, sentence) if cue else None
    if opened or not published:
        return Said(None, published, "open", opened)
    return Said(published, published, "report")


def _within(times: "Sequence[Time]", span: Span) -> "list[Time]":
    first = bisect_left(times, span[0], key=lambda time: time.start)
    last = bisect_left(times, span[1], key=lambda time: time.start)
    return list(times[first:last])


def _dates(time: "Time") -> bool:
    """Tell whether an expression can date a saying: "weekly" or "three hours" cannot, "every year" leaves it open."""
    sometime = time.type in ("SET", "DURATION") and _AT_SOME_TIME.match(time.text)
    return bool(time.from_date) or time.value == "PAST_REF" or bool(sometime)


def _inside(text: str, time: "Time", content: Sequence[Span]) -> bool:
    return any(start < time.end and time.start < end for start, end in _beyond(text, time, content))


def _beyond(text: str, time: "Time", content: Sequence[Span]) -> list[Span]:
    """Leave out a content that begins too early: "told the council on Monday that" is dated by its Monday."""
    listening = re.match(r"\sthat\b", text[time.end : time.end + 6])
    return [span for span in content if not (listening and 0 <= time.start - span[0] < LISTENER)]


def _beside(text: str, times: "list[Time]", cue: Span, sentence: Span, content: Sequence[Span]) -> "Time | None":
    """Find the expression in the cue, else after it ("said in Rivertown on Tuesday"), else before it."""
    if inside := [time for time in times if cue[0] <= time.start and time.end <= cue[1] and is_free(text, time)]:
        return inside[0]
    for time in times:
        # "his address on Monday, in which he had ruled out": the event that the clause goes on with.
        if _IN_WHICH.fullmatch(text, time.end, cue[0]) and _HELD.search(text, sentence[0], time.start):
            return time
    for time in times:
        beyond = _beyond(text, time, content)
        near = time.start >= cue[1] and time.start - cue[1] <= REACH and not _crosses(cue[1], time.start, beyond)
        if near and (_ASIDE.match(text, cue[1], time.start) or re.search(r"[;:]", text[cue[1] : time.start])):
            break
        if near and not _OWN_CLAUSE.search(text, cue[1], time.start) and is_free(text, time):
            return time
    for time in reversed(times):
        if time.end > cue[0] or cue[0] - time.end > REACH or _crosses(time.end, cue[0], content):
            continue
        clause = max(text.rfind(mark, sentence[0], time.start) for mark in ',;—–:(“"') + 1
        if clause and re.search(r"[,;:]", text[time.end : cue[0]]):
            continue  # shut off by commas on both sides: an aside about something else
        if _WHOSE.search(text, sentence[0], time.start) and text[time.end : cue[0]].isspace() and is_free(text, time):
            return time
        own = _OWN_CLAUSE.search(text, max(clause, sentence[0]), time.start)
        if not own and not _OWN_CLAUSE.search(text, time.end, cue[0] - 1) and is_free(text, time):
            return time
    return None


def _counted(times: "Sequence[Time]", cue: Span, sentence: Span, text: str, published: date) -> Said | None:
    """Count back from the day that the sentence is about: "conceded on Monday, five weeks after telling"."""
    day = published
    for time in _within(times, (sentence[0], cue[0])):
        length = re.fullmatch(r"P(\d+)([DW])", time.value)
        if length and re.fullmatch(r"\safter\s(?:having\s)?", text[time.end : cue[0]]):
            then = day - timedelta(days=int(length[1]) * (7 if length[2] == "W" else 1))
            return Said(then, then, "day", (time.start, time.end))
        if time.from_date and time.from_date == time.to_date <= published:
            day = time.from_date
    return None


def _frame(text: str, times: "list[Time]", cue: Span | None, sentence: Span) -> "Time | None":
    """Take the expression that opens the sentence, unless it is itself the subject."""
    if not times:
        return None
    time = times[0]
    opening = _LATEST.sub("", text[sentence[0] : time.start])
    framed = len(opening) <= 30 and not _OWN_CLAUSE.search(opening) and "," not in opening
    framed = framed and not _SUBJECT.match(text, time.end)
    return time if framed and is_free(text, time) and (not cue or time.end <= cue[0]) else None


def _crosses(start: int, end: int, content: Sequence[Span]) -> bool:
    return any(first < end and start < last for first, last in content)


def is_free(text: str, time: "Time") -> bool:
    """Tell a time that stands for itself from one that belongs to a noun, other than a speech or an interview."""
    after = text[time.end : time.end + 40]
    if re.match(r"\s?(?:['’]s?\s)?" + _EVENT + r"\b", after, re.IGNORECASE):
        return True
    before = text[max(0, time.start - 30) : time.start]
    return not re.match(r"['’]s?\b", after) and not _OF_NOUN.search(before)


def _dated(time: "Time", published: date | None) -> Said | None:
    if time.value == "PAST_REF" or (time.type in ("SET", "DURATION") and _AT_SOME_TIME.match(time.text)):
        return Said(None, published, "open", (time.start, time.end))
    if not time.from_date or not time.to_date or (published and time.from_date > published):
        return None
    last = min(time.to_date, published) if published else time.to_date
    days = (time.to_date - time.from_date).days + 1
    precision = next((name for name, most in (("day", 1), ("week", 7), ("month", 31)) if days <= most), "year")
    return Said(time.from_date, last, precision, (time.start, time.end))


def _open(text: str, cue: Span, sentence: Span) -> Span | None:
    """Find the words around a cue that leave its time open."""
    start = max(sentence[0], cue[0] - 40)
    before = text[start : cue[0]]
    for pattern in (_OPENER, _PAST_PERFECT) + ((_PERFECT,) if sentence[0] > LEAD else ()):
        if match := pattern.search(before):
            return start + match.start(), cue[1]
    if _OPENING.match(text, *cue):
        return cue[0], cue[1]
    if match := _OPENED.match(text, cue[1], sentence[1]):
        return cue[0], match.end()
    return None
