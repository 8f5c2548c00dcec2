"""An article's evidence: the passages around its statements, with source, cue and content marked."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import pandas as pd

from helpers.chart import timeline
from helpers.publish import evidence, guard
from helpers.publish.pages.entries import Entry, local, string


def pages(table: pd.DataFrame, entries: list[Entry], zone: ZoneInfo) -> Iterable[dict[str, object]]:
    """Give what the page of each article shows: its passages, marked, and the statements beside them."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.article_id, []).append(entry)
    for row in table.itertuples():
        group = groups.get(row.article_id, [])
        numbered = list(enumerate(sorted(group, key=lambda e: (e.part == "text", e.spans, e.statement_id)), 1))
        language = group[0].language if group else ""
        parts = [
            _passages(row, part, [n for n in numbered if n[1].part == part], language) for part in ("title", "text")
        ]
        yield {
            "article_id": row.article_id,
            "title": string(row.title) or "Untitled article",
            "outlet": string(row.outlet) or timeline.UNNAMED,
            "byline": string(row.byline),
            "published": local(row.published_at, zone),
            "url": evidence.web(row.url),
            "file": row.source_file,
            "duplicate_of": string(row.duplicate_of) or None,
            "language": language,
            "count": len(group),
            "passages": parts[0] + parts[1],
        }


def _passages(article, part: str, numbered: list[tuple[int, Entry]], language: str) -> list[dict[str, object]]:
    text, found, last = string(getattr(article, part)), [], 0
    # A pronoun's source may stand paragraphs away from the words: each passage is there for the words.
    spans = [one for _, entry in numbered for one in (*entry.spans, entry.cue) if one]
    for start, end in evidence.passages(text, spans, language):
        marks = [mark for number, entry in numbered for mark in _marks(number, entry)]
        found.append(
            {
                "part": part,
                "at": guard.address(article.article_id, part, start, end),
                "skipped": bool(text[last:start].strip()),
                "pieces": evidence.pieces(text, start, end, marks),
                "entries": [(n, entry) for n, entry in numbered if start <= entry.spans[0][0] < end],
                "ends": True,
            }
        )
        last = end
    if found:
        found[-1]["ends"] = part == "title" or not text[last:].strip()
    return found


def _marks(number: int, entry: Entry) -> list[tuple[int, int, str, str, str]]:
    parts = [("source", entry.source), ("cue", entry.cue), *(("content", span) for span in entry.spans)]
    return [(*span, role, f"{role} {number}", entry.statement_id) for role, span in parts if span]
