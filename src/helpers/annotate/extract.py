"""Extract without a database: JSON Lines in, JSON Lines out."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from helpers.annotate import engine
from helpers.story import YEARS

HALF = re.compile("[\ud800-\udfff]")  # half a character: JSON can spell it, text cannot hold it


def lines(source: Iterable[str | bytes], name: str = "-", zone: str = "UTC") -> Iterator[dict]:
    """Extract from each line, an object with "text" and perhaps "id", "title", "published_at", "outlet".

    Gives one object a line, in order; for a line that cannot be used {"id", "error"}, a sentence with file and line.
    """
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        fallback = {"id": None}
        try:
            article = json.loads(line)
            fallback["id"] = _id(article.get("id"))
            yield one(article, zone)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            yield {**fallback, "error": f"{name}:{number}: {_sentence(error)}"}


def one(article: dict, zone: str = "UTC") -> dict:
    """Extract from one article; offsets count code points in its "text" (or "title") as it came in.

    Raises ValueError where "text" is missing or no string, or "published_at" is no ISO 8601 date.
    """
    text, title, byline = article.get("text"), article.get("title") or "", article.get("byline") or ""
    if not all(isinstance(words, str) for words in (text, title, byline)):
        raise ValueError('"text" must be a string; give {"id": …, "text": …}')
    text, title, byline = (HALF.sub("\ufffd", words) for words in (text, title, byline))
    found = engine.article(text, title, day(article.get("published_at"), zone), byline)
    return {
        "id": _id(article.get("id")),
        "statements": [
            {
                "part": statement.part,
                "content": _lists(statement.content),
                "cue": _lists(statement.cue),
                "source": _lists(statement.source),
                "form": statement.form,
                "act": statement.act,
                "speaker": speaker,
                "relay": list(relay),
                "condition": list(statement.condition) if statement.condition else None,
                "negated": statement.negated,
                "within": statement.within,
                "said": None if said.to_date is None else [_iso(said.from_date), _iso(said.to_date)],
                "confidence": round(statement.confidence, 4),
            }
            for statement, speaker, relay, said in zip(
                found.statements, found.speakers, found.relays, found.said, strict=True
            )
        ],
        "times": [
            {
                "start": time.start,
                "end": time.end,
                "type": time.type,
                "value": time.value,
                "from": _iso(time.from_date),
                "to": _iso(time.to_date),
            }
            for time in found.times
        ],
        "mentions": [
            {"start": mention.start, "end": mention.end, "actor": mention.actor, "kind": mention.kind}
            for mention in found.mentions
        ],
    }


def day(published_at: str | None, zone: str = "UTC") -> date | None:
    """Give the day of an ISO 8601 time where the story is; a time without a zone is taken to be there."""
    if published_at is None:
        return None
    try:
        moment = datetime.fromisoformat(published_at)
        if moment.year not in YEARS:
            raise ValueError
        return (moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment).date()
    except (ValueError, TypeError):
        raise ValueError(f'"published_at" is no date: {str(published_at)[:80]}; write it as 2024-05-31') from None


def _id(given: object) -> object:
    """Give an article's id as it came in; raises ValueError where it could not go out again as JSON."""
    try:
        json.dumps(given, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        raise ValueError('"id" must be a string or a number') from None
    return given


def _iso(day: date | None) -> str | None:
    return day and day.isoformat()


def _lists(spans: Iterable[tuple[int, int]] | None) -> list[list[int]] | None:
    return None if spans is None else [list(span) for span in spans]


def _sentence(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not valid JSON ({error.msg} at column {error.colno}); one object a line is expected."
    if isinstance(error, AttributeError):
        return "not a JSON object; one object a line is expected."
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8; save the file as UTF-8."
    if isinstance(error, RecursionError):
        return "not valid JSON (nested too deep); one object a line is expected."
    return f"{error}."
