"""A statement as the pages of a report show it: who, in which words, where they stand, and when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

from helpers.annotate.sentences import DATELINE
from helpers.chart import timeline
from helpers.publish import evidence, guard
from helpers.publish.pages import day

LEAD = re.compile(rf"(?:{DATELINE.pattern}|[-–—]\s+)")  # what a clause may begin with that is none of its words
BRIEF = 180  # characters of a statement in a list of many


@dataclass(frozen=True)
class Quote:
    """Words of an article and where they stand in it."""

    at: str
    words: str


@dataclass(frozen=True)
class Entry:
    """A statement as the pages show it."""

    statement_id: str
    article_id: str
    part: str
    spans: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    cue_quote: Quote | None
    quotes: tuple[Quote, ...]
    speaker: str | None
    speaker_id: str | None
    named: str
    role: str
    relay: tuple[str, ...]
    form: str
    act: str
    negated: bool
    condition: str
    said: str
    reported: pd.Timestamp | None
    day: str | None  # on which timelines show it: when it was said, else when it was reported
    early: bool  # long before the first report
    outlet: str
    language: str
    confidence: float
    outside: str | None
    utterance_id: str | None

    @property
    def given(self) -> bool:
        """Tell whether the outlet is known."""
        return self.outlet != timeline.UNNAMED

    @property
    def page(self) -> str:
        return f"articles/{self.article_id}.html#{self.statement_id}"

    @property
    def week(self) -> str:
        if self.reported is None:
            return "undated"
        year, week, _ = self.reported.isocalendar()
        return f"{year}-W{week:02}"

    def brief(self, length: int = BRIEF) -> tuple[tuple[Quote, ...], bool]:
        """Give the first words, cut where one ends, and whether they were cut."""
        kept, left = [], length
        for one in self.quotes:
            if len(one.words) > left:
                words = one.words[:left].rsplit(None, 1)[0] if left > 1 else ""
                address, _, _ = one.at.rpartition(":")
                start = int(address.rpartition(":")[2])
                if words:
                    kept.append(Quote(f"{address}:{start + len(words)}", words))
                return tuple(kept), True
            kept.append(one)
            left -= len(one.words)
        return tuple(kept), False


def read(tables: dict[str, pd.DataFrame], zone: ZoneInfo, language: str) -> list[Entry]:
    """Read every statement of the tables, in the order of reporting; the undated come last."""
    articles = {row.article_id: row for row in tables["articles"].itertuples()}
    names = dict(tables["actors"][["actor_id", "name"]].itertuples(index=False))
    laid = timeline.lanes(
        tables["statements"],
        tables["actors"],
        tables["articles"],
        most=len(names),
        zone=str(zone),
        unresolved=True,
    )
    placed = {one.statement_id: one for one in laid.itertuples()}
    found = []
    for row in tables["statements"].itertuples():
        article = articles[row.article_id]
        text = getattr(article, row.part)
        spans = tuple((int(start), int(end)) for start, end in row.content_spans)
        cue = span(row.cue_start, row.cue_end)
        place = placed.get(row.statement_id)
        relays = [names.get(relay, relay) for relay in row.relay_ids] or list(row.relay)
        found.append(
            Entry(
                statement_id=row.statement_id,
                article_id=row.article_id,
                part=row.part,
                spans=spans,
                cue=cue,
                source=span(row.source_start, row.source_end),
                cue_quote=quote(row.article_id, row.part, text, cue) if cue else None,
                quotes=tuple(quote(row.article_id, row.part, text, span) for span in spans),
                speaker=names.get(row.speaker_id),
                speaker_id=row.speaker_id if row.speaker_id in names else None,
                named=_unled(string(row.source)),
                role=string(row.role),
                relay=tuple(relays),
                form=row.form,
                act=row.act,
                negated=bool(row.negated),
                condition=string(row.condition),
                said=_said(row.said_from, row.said_to, row.said_precision),
                reported=local(article.published_at, zone),
                day=place.day if place else None,
                early=bool(place.early) if place else False,
                outlet=string(article.outlet) or timeline.UNNAMED,
                language=string(article.language) or language,
                confidence=row.confidence,
                outside=evidence.link(article.url, text, *(spans[0] if row.part == "text" else (0, len(text)))),
                utterance_id=string(row.utterance_id) or None,
            )
        )
    undated = pd.Timestamp(0, tz=zone)
    return sorted(
        found,
        key=lambda e: (
            e.reported is None,
            e.reported or undated,
            e.article_id,
            e.part == "text",
            e.spans,
            e.statement_id,
        ),
    )


def carriers(entries: Iterable[Entry]) -> int:
    """Count the outlets that carry statements; one that is not given is none."""
    return len({entry.outlet for entry in entries if entry.given})


def quote(article_id: str, part: str, text: str, span: tuple[int, int]) -> Quote:
    """Cut words out of an article, with the address by which the guard checks them."""
    return Quote(guard.address(article_id, part, *span), text[slice(*span)])


def _said(first: object, last: object, precision: str) -> str:
    if pd.isna(first) or pd.isna(last):
        return "" if pd.isna(first) else f"{day(first)} or later"
    dates = day(first) if first == last else f"{day(first)} to {day(last)}"
    return f"{dates} (the report’s own date)" if precision == "report" else dates


def _unled(words: str) -> str:
    """Take off the dateline or the dash before words."""
    lead = LEAD.match(words)
    return words[lead.end() :] if lead else words


def string(value: object) -> str:
    """Give a text, and an empty one for null."""
    return value if isinstance(value, str) else ""


def span(start: object, end: object) -> tuple[int, int] | None:
    """Give a span of offsets; None where either is null."""
    return None if pd.isna(start) or pd.isna(end) else (int(start), int(end))


def local(when: pd.Timestamp, zone: ZoneInfo) -> pd.Timestamp | None:
    """Give a time in UTC as one of the story's zone; None where there is none."""
    return None if pd.isna(when) else when.tz_localize("UTC").tz_convert(zone)
