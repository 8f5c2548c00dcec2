"""Annotate articles, one after another or on every core: the same rows either way."""

import dataclasses
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from itertools import chain, islice
from operator import methodcaller
from zoneinfo import ZoneInfo

import pandas as pd

from helpers import store
from helpers.annotate import actors, events, pool, roles, sentences, speakers, statements, tagger, times
from helpers.annotate.speakers import sources
from helpers.annotate.statements import Statement
from helpers.story import StoryError, digest

TABLES = ("statements", "mentions", "times", "roles", "events")
SMALL = 50  # articles below which starting more processes costs more than it saves
BATCH = 4  # no process waits long for the last of another
MORNING = time(9)  # local; midnight itself is how a day without an hour is stored

FIELDS = ("article_id", "text", "title", "byline", "published_at")  # of an article that are looked at
COLUMNS = ("article_id", *TABLES)
AHEAD = 4  # batches a process that wait for it, so that memory does not grow with the articles

Rows = dict[str, list[dict]]
Line = dict[str, str]  # of COLUMNS
Progress = Callable[[Iterable], Iterable]

_DATES = {
    **dict.fromkeys(("said_from", "said_to", "from_date", "to_date"), date.fromisoformat),
    "reported_at": datetime.fromisoformat,
}


@dataclass(frozen=True)
class Article:
    """What the annotation of one article needs to know of it."""

    article_id: str
    text: str
    title: str
    published: date | None  # the day of publication where the story is
    published_at: datetime | None  # UTC
    byline: str
    early: bool  # published in the morning, where the story is


@dataclass(frozen=True)
class Annotation:
    """What was found in one article."""

    statements: list[Statement]
    speakers: list[str | None]
    described: list[str | None]  # the words for a speaker whom the article does not name
    relays: list[tuple[str, ...]]
    said: list[times.Said]
    mentions: list[actors.Mention]
    times: list[times.Time]
    roles: list[roles.Role]
    events: list[events.Event]


def annotate(
    articles: pd.DataFrame, zone: str = "UTC", processes: int | None = None, progress: Progress = iter
) -> dict[str, pd.DataFrame]:
    """Annotate a table of articles.

    Needs `article_id`, `text`, `title`, `published_at` (UTC); gives the tables statements, mentions, times,
    roles and events with the columns of schema.sql, those that `link` fills being null. An article's rows
    depend on that article and the story's time zone alone.
    """
    batches = progress(stream([articles], zone, processes))
    return tables((row[column] for column in COLUMNS) for batch in batches for row in batch)


def stream(articles: Iterable[pd.DataFrame], zone: str = "UTC", processes: int | None = None) -> Iterator[list[Line]]:
    """Annotate articles, a batch at a time: a line for each, in order.

    Needs tables of what `annotate` needs, of which few are held at once; gives lines of COLUMNS: the article's id, and
    its rows of each table as JSON.
    """
    processes = processes or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    batches = ((table.iloc[start : start + BATCH], zone) for table in articles for start in range(0, len(table), BATCH))
    first = list(islice(batches, SMALL // BATCH + 1))
    batches = chain(first, batches)
    if processes == 1 or len(first) <= SMALL // BATCH:
        for batch in batches:
            yield lines(*batch)
        return
    with pool.started(processes) as ask:
        waiting = deque(ask(lines, *batch) for batch in islice(batches, AHEAD * processes))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(ask(lines, *batch) for batch in islice(batches, 1))
            yield done


def lines(articles: pd.DataFrame, zone: str) -> list[Line]:
    """Annotate a batch of articles: what each process, of this machine or another, does."""
    found = [(one.article_id, _rows(one)) for one in _batch(articles, zone)]
    return [
        {"article_id": id_, **{table: json.dumps(rows[table], default=methodcaller("isoformat")) for table in TABLES}}
        for id_, rows in found
    ]


def tables(annotated: Iterable[Iterable]) -> dict[str, pd.DataFrame]:
    """Make the tables of lines, each the values of COLUMNS."""
    rows: dict[str, list[tuple]] = {table: [] for table in TABLES}
    names = {table: store.columns(table) for table in TABLES}
    for _, *found in annotated:
        for table, source in zip(TABLES, found, strict=True):
            for row in json.loads(source):
                for column, parse in _DATES.items():
                    if row.get(column):
                        row[column] = parse(row[column])
                rows[table].append(tuple(map(row.get, names[table])))
    return {table: pd.DataFrame(rows[table], columns=list(names[table]), dtype=object) for table in TABLES}


def article(
    text: str, title: str = "", published: date | None = None, byline: str = "", early: bool = False
) -> Annotation:
    """Annotate one article: its statements with their speakers and days, the actors, the times, the roles."""
    ready()
    found = statements.find(text, title or None)
    mentions = actors.find(text)
    dates = {"text": times.find(text, published), "title": times.find(title, published)}
    bounds = {"text": sentences.spans(text), "title": [(0, len(title))]}
    parts = {"text": text, "title": title}
    told = speakers.resolve(found, text, title, mentions, byline)
    said = []
    for statement in found:
        part, cue = statement.part, statement.cue[0] if statement.cue else None
        sentence = sentences.around(bounds[part], *(cue or statement.content[0]))
        said.append(times.said(dates[part], cue, sentence, parts[part], published, statement.content))
    said = times.carried(said, found, told, text, dates["text"], published, early, title)
    return Annotation(
        statements=found,
        speakers=[speaker.name for speaker in told],
        described=[speaker.description for speaker in told],
        relays=[
            tuple(_relay(span, parts[statement.part], mentions) for span in statement.relay) for statement in found
        ],
        said=said,
        mentions=mentions,
        times=dates["text"],
        roles=roles.find(text, mentions, dates["text"]),
        events=events.find(text, dates["text"], bounds["text"], found, said, published),
    )


@cache
def ready() -> None:
    """Load the model; raises StoryError where it is missing or damaged."""
    try:
        tagger.load(tagger.MODEL)
    except (OSError, ValueError) as error:
        raise StoryError(f"Nothing can be annotated: {str(error).rstrip('.')}.") from None


def _relay(span: tuple[int, int], text: str, mentions: list[actors.Mention]) -> str:
    return sources.named(span, text, mentions) or text[span[0] : span[1]]


def _batch(articles: pd.DataFrame, zone: str) -> list[Article]:
    batch = []
    for row in articles.itertuples():
        moment = None if pd.isna(row.published_at) else row.published_at.to_pydatetime()
        local = moment and moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
        day, early = local and local.date(), bool(local and time() < local.time() < MORNING)
        title = "" if pd.isna(row.title) else row.title
        byline = getattr(row, "byline", None)
        batch.append(Article(row.article_id, row.text, title, day, moment, "" if pd.isna(byline) else byline, early))
    return batch


def _rows(one: Article) -> Rows:
    found = article(one.text, one.title, one.published, one.byline, one.early)
    rows: Rows = {
        table: [_row(one, thing) for thing in getattr(found, table)] for table in ("mentions", "times", "roles")
    }
    events = [
        {**_row(one, event), "event_id": digest(one.article_id, event.start, event.end), "actor_ids": []}
        for event in found.events
    ]
    return {**rows, "statements": _statements(one, found), "events": events}


def _row(one: Article, found: object) -> dict:
    """Give what was found at a place as a row: its own fields, by the names that the tables have for them."""
    fields = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    return {"article_id": one.article_id, "start_char": fields.pop("start"), "end_char": fields.pop("end"), **fields}


def _statements(one: Article, found: Annotation) -> list[dict]:
    ids = [digest(one.article_id, statement.part, statement.content) for statement in found.statements]
    rows = []
    for place, statement in enumerate(found.statements):
        part = one.title if statement.part == "title" else one.text
        said = found.said[place]
        rows.append(
            {
                "statement_id": ids[place],
                "article_id": one.article_id,
                "part": statement.part,
                "form": statement.form,
                "act": statement.act,
                "content": _words(part, statement.content),
                "content_spans": [list(span) for span in statement.content],
                **_span("cue", part, statement.cue),
                **_span("source", part, statement.source),
                "speaker": found.speakers[place],
                "described": found.described[place],
                "relay": list(found.relays[place]),
                "within_id": None if statement.within is None else ids[statement.within],
                "condition": statement.condition and part[statement.condition[0] : statement.condition[1]],
                "negated": statement.negated,
                "said_from": said.from_date,
                "said_to": said.to_date,
                "said_precision": said.precision,
                "reported_at": one.published_at,
                "confidence": statement.confidence,
            }
        )
    return rows


def _words(text: str, spans: Iterable[tuple[int, int]]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def _span(name: str, text: str, spans: tuple[tuple[int, int], ...] | None) -> dict:
    if spans is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {name: _words(text, spans), f"{name}_start": spans[0][0], f"{name}_end": spans[-1][1]}
