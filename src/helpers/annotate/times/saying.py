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
NEAR = 1500  # characters within which a speaker goes on with what he said that day
LEAD = 300  # characters: the opening of an article, where "has said" is news and not background

_ADVERBS = (
    r"repeatedly|often|frequently|always|consistently|regularly|routinely|sometimes|occasionally|long|previously|"
    r"recently|earlier|once|twice|used\sto|never|variously"
)
_ADJECTIVES = r"recent|previous|past|earlier|old|longstanding|long-standing|repeated|frequent|persistent|prior|regular"
_OPEN_AFTER = (
    r"repeatedly|often|frequently|previously|recently|many\stimes|several\stimes|before|in\sthe\spast|over\sthe\syears|"
    r"for\syears"
)
# Between the adverb and the cue: "has repeatedly and publicly been quoted as saying".
_OPENER = re.compile(
    rf"\b(?:(?:{_ADVERBS})(?:\s(?:and|also|been|quoted|as|\w{{2,12}}ly)){{0,4}}|{_ADJECTIVES})\s\Z", re.IGNORECASE
)
_OPENED = re.compile(rf"\s(?:{_OPEN_AFTER})\b", re.IGNORECASE)
_PERFECT = re.compile(
    r"\b(?:has|have|had|['’]ve)(?:\s(?:not|also|since|now|already|\w{2,12}ly)){0,2}\s\Z", re.IGNORECASE
)
_HAD = re.compile(r"\bhad\b")
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
    r"\b(?:who|whom|whose|which|that|when|where|while|if|because|as|after|before|until|since|although|though|but|to|is|"
    r"are|was|were|be|been|had|has|have|will|would|could|may|said|says|told|met|left|came|went|took|won|lost|"
    r"(?!aired|published|released|posted|dated|issued|delivered|recorded|conducted|uploaded|shared|obtained|televised|"
    r"broadcasted|printed|signed|filed|attended|ended)\w{2,14}(?<!e)ed)\b",
    re.IGNORECASE,
)
_AT_SOME_TIME = re.compile(r"(?:every|each|on|recent|the\s(?:past|last)\s(?:few|several))\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\s(?:has|have|had|is|was|were|will|would|brought|saw|marks|marked)\b")
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
    candidates = [time for time in _within(times, sentence) if not _inside(text, time, content)]
    time = _beside(text, candidates, cue, sentence, content) if cue else None
    time = time or _frame(text, candidates, cue, sentence)
    if time and (dated := _dated(time, published)):
        return dated
    opened = _open(text, cue, sentence) if cue else None
    if opened or not published:
        return Said(None, published, "open", opened)
    return Said(published, published, "report")


def carried(
    said: Sequence[Said],
    statements: Sequence,
    speakers: Sequence,
    text: str,
    times: "Sequence[Time]",
    published: date | None,
    early: bool = False,
) -> list[Said]:
    """Date what `said` left to the day of publication by what the article dates near it.

    Needs, in the order of a text, what `said` gave, the statements, and who makes them; the text with its times and
    day of publication, and whether it was published early in the day. Who goes on speaking speaks on the same day;
    others speak on the day before publication where the article's opening tells that something was said then or, in
    an early edition, that anything happened then: a morning paper reports yesterday.
    """
    done = list(said)
    yesterday = published and published - timedelta(days=1)
    frame = _yesterday(times, statements, yesterday) if early else None
    last: dict[object, tuple[int, Said]] = {}
    for place, (one, statement, speaker) in enumerate(zip(said, statements, speakers, strict=True)):
        if statement.part != "text":
            continue
        start = statement.content[0][0]
        who = speaker if speaker.name or speaker.description else None
        near = last.get(who) if who else None
        perfect = statement.cue and _HAD.search(text, max(0, statement.cue[0][0] - 30), statement.cue[0][1])
        if one.precision == "report" and not perfect:
            if near and start - near[0] < NEAR:
                done[place] = near[1]
            elif frame:
                done[place] = frame
        now = done[place]
        if now.precision == "day" and who and not perfect:
            last[who] = (start, now)
            if frame is None and start < LEAD and now.from_date == yesterday:
                frame = now
    return done


def _yesterday(times: "Sequence[Time]", statements: Sequence, yesterday: date | None) -> Said | None:
    """Find the day before publication in an article's opening, outside what is said there."""
    contents = [span for statement in statements if statement.part == "text" for span in statement.content]
    for time in times:
        held = any(start < time.end and time.start < end for start, end in contents)
        if time.start < LEAD and yesterday and time.from_date == time.to_date == yesterday and not held:
            return Said(yesterday, yesterday, "day", (time.start, time.end))
    return None


def _within(times: "Sequence[Time]", span: Span) -> "list[Time]":
    first = bisect_left(times, span[0], key=lambda time: time.start)
    last = bisect_left(times, span[1], key=lambda time: time.start)
    return list(times[first:last])


def _inside(text: str, time: "Time", content: Sequence[Span]) -> bool:
    # "told the council on Monday that": where the content was taken to begin at the listener, its time still dates it.
    return any(
        start < time.end
        and time.start < end
        and not (time.start - start < 40 and re.match(r"\sthat\b", text[time.end : time.end + 6]))
        for start, end in content
    )


def _beside(text: str, times: "list[Time]", cue: Span, sentence: Span, content: Sequence[Span]) -> "Time | None":
    """Find the expression in the cue, else after it ("said in Rivertown on Tuesday"), else before it."""
    if inside := [time for time in times if cue[0] <= time.start and time.end <= cue[1] and _is_free(text, time)]:
        return inside[0]
    for time in times:
        near = time.start >= cue[1] and time.start - cue[1] <= REACH and not _crosses(cue[1], time.start, content)
        if near and (_ASIDE.match(text, cue[1], time.start) or re.search(r"[;:]", text[cue[1] : time.start])):
            break
        if near and not _OWN_CLAUSE.search(text, cue[1], time.start) and _is_free(text, time):
            return time
    for time in reversed(times):
        if time.end > cue[0] or cue[0] - time.end > REACH or _crosses(time.end, cue[0], content):
            continue
        clause = max(text.rfind(mark, sentence[0], time.start) for mark in ',;—–:(“"') + 1
        if clause and re.search(r"[,;:]", text[time.end : cue[0]]):
            continue  # shut off by commas on both sides: an aside about something else
        own = _OWN_CLAUSE.search(text, max(clause, sentence[0]), time.start)
        if not own and not _OWN_CLAUSE.search(text, time.end, cue[0] - 1) and _is_free(text, time):
            return time
    return None


def _frame(text: str, times: "list[Time]", cue: Span | None, sentence: Span) -> "Time | None":
    """Take the expression that opens the sentence, unless it is itself the subject."""
    if not times:
        return None
    time = times[0]
    opening = text[sentence[0] : time.start]
    framed = len(opening) <= 30 and not _OWN_CLAUSE.search(opening) and "," not in opening
    framed = framed and not _SUBJECT.match(text, time.end)
    return time if framed and _is_free(text, time) and (not cue or time.end <= cue[0]) else None


def _crosses(start: int, end: int, content: Sequence[Span]) -> bool:
    return any(first < end and start < last for first, last in content)


def _is_free(text: str, time: "Time") -> bool:
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
    cue_text = text[cue[0] : cue[1]] + " "
    for pattern in (_OPENER, _PAST_PERFECT) + ((_PERFECT,) if sentence[0] > LEAD else ()):
        if match := pattern.search(before):
            return start + match.start(), cue[1]
    if match := re.match(rf"(?:(?:has|have|had)\s)?(?:{_ADVERBS}|{_ADJECTIVES})\s", cue_text, re.IGNORECASE):
        return cue[0], cue[1]
    if match := _OPENED.match(text, cue[1], sentence[1]):
        return cue[0], match.end()
    return None
