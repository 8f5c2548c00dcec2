"""When a statement was made, by what the article tells around it: its frame, in the sense of discourse analysis.

A sentence that names no day of its own goes on in the time that the text has set before it (the temporal focus of
Webber 1988, "Tense as discourse anaphor").
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from helpers.annotate.times.saying import Said, is_free

if TYPE_CHECKING:
    from helpers.annotate.times import Time

NEAR = {"day": 1500, "week": 500}  # characters within which a speaker goes on with what he said then
LEAD = 300  # characters: the opening of an article, whose day is that of what follows
SUBJECT = 60  # characters within which a sentence names whom it is about
_HAD = re.compile(r"\bhad\b")
_STOP = re.compile(r"[.!?][”\"’']?\s+")
_CONTENT = re.compile(r"[^\W\d_]{4,}|\d+")


def carried(
    said: Sequence[Said],
    statements: Sequence,
    speakers: Sequence,
    text: str,
    times: "Sequence[Time]",
    published: date | None,
    early: bool = False,
    title: str = "",
) -> list[Said]:
    """Date what `said` left to the day of publication by what the article dates near it.

    Needs, in the order of a text, what `said` gave, the statements, and who makes them; the text with its times and
    day of publication, whether it was published early in the day, and its title. Who goes on speaking speaks on the
    same day, also behind a sentence that tells what he did that day. Others speak on the day before publication where
    the article's opening tells that something was said then or, in an early edition, that anything happened then: a
    morning paper reports yesterday, until it comes to what is dated today. A title has the day of what it repeats.
    """
    done = list(said)
    yesterday = published and published - timedelta(days=1)
    contents = [span for statement in statements if statement.part == "text" for span in statement.content]
    told = [time for time in times if not any(start < time.end and time.start < end for start, end in contents)]
    frame = _yesterday(told, yesterday) if early else None
    today = {_who(speaker) for one, speaker in zip(said, speakers, strict=True) if one.span and _is_day(one, published)}
    last: dict[object, tuple[int, Said]] = {}
    for place, (one, statement, speaker) in enumerate(zip(said, statements, speakers, strict=True)):
        if statement.part != "text":
            continue
        start, who = statement.content[0][0], _who(speaker)
        near = last.get(who) if who else None
        perfect = statement.cue and _HAD.search(text, max(0, statement.cue[0][0] - 30), statement.cue[0][1])
        if who in today if who else one.span and _is_day(one, published):
            frame, yesterday = None, None
        if one.precision == "report" and not perfect:
            if near and start - near[0] < NEAR[near[1].precision]:
                done[place] = near[1]
            else:
                done[place] = _before(text, told, start, speaker.name, published) or frame or one
        now = done[place]
        if who and not perfect and (now.precision == "day" or (now.precision == "week" and now.to_date == published)):
            last[who] = (start, now)
            if frame is None and start < LEAD and yesterday and _is_day(now, yesterday):
                frame = now
    return _titled(done, statements, speakers, text, title)


def _who(speaker: object) -> object:
    return speaker if speaker.name or speaker.description else None


def _is_day(one: Said, day: date | None) -> bool:
    return day is not None and one.precision == "day" and one.from_date == one.to_date == day


def _yesterday(times: "Sequence[Time]", yesterday: date | None) -> Said | None:
    """Find the day before publication in an article's opening."""
    for time in times:
        if time.start < LEAD and yesterday and time.from_date == time.to_date == yesterday:
            return Said(yesterday, yesterday, "day", (time.start, time.end))
    return None


def _before(text: str, times: "Sequence[Time]", start: int, name: str | None, published: date | None) -> Said | None:
    """Find the day of the sentence before, where it tells of the speaker: "Varro left on Monday. “No,” she said"."""
    line = text.rfind("\n", 0, start) + 1
    stops = [line, *(match.end() for match in _STOP.finditer(text, line, start))]
    if not name or not published or len(stops) < 2 or re.search(r"\w", text[stops[-1] : start]):
        return None
    low, high = stops[-2:]
    if name.split()[-1] not in text[low : min(high, low + SUBJECT)]:
        return None
    days = [time for time in times if low <= time.start < high and time.from_date and time.from_date == time.to_date]
    days = [time for time in days if time.from_date <= published and is_free(text, time)]
    return Said(days[-1].from_date, days[-1].to_date, "day", (days[-1].start, days[-1].end)) if days else None


def _titled(done: list[Said], statements: Sequence, speakers: Sequence, text: str, title: str) -> list[Said]:
    """Give the statements of a title the day of the first statement below it that has half of their words."""
    told = list(done)
    for place, (one, statement, speaker) in enumerate(zip(done, statements, speakers, strict=True)):
        words = _words(title, statement.content) if statement.part == "title" else set()
        if one.precision != "report" or not speaker.name or not words:
            continue
        for other, below, who in zip(done, statements, speakers, strict=True):
            same = below.part == "text" and who.name == speaker.name
            if same and 2 * len(words & _words(text, below.content)) >= len(words):
                told[place] = other
                break
    return told


def _words(text: str, spans: Sequence[tuple[int, int]]) -> set[str]:
    return {word[:5].lower() for start, end in spans for word in _CONTENT.findall(text[start:end])}
