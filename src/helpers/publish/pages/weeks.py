"""The list of all statements: a page a week, a long week several."""

import pandas as pd

from helpers.publish.pages import day, numbered
from helpers.publish.pages.entries import Entry

PAGE = 200  # statements on a page of the list


def pages(entries: list[Entry]) -> list[dict[str, object]]:
    """Give the weeks in order: title, count and pages, each with its file, title and entries."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.week, []).append(entry)
    found = []
    for week, group in groups.items():
        title = "Reported on no known date" if week == "undated" else f"Week of {_monday(group[0].reported)}"
        parts = [group[start : start + PAGE] for start in range(0, len(group), PAGE)]
        pages = [
            {
                "file": numbered(week, number),
                "title": title + (f", page {number} of {len(parts)}" if len(parts) > 1 else ""),
                "entries": part,
            }
            for number, part in enumerate(parts, 1)
        ]
        found.append({"title": title, "count": len(group), "pages": pages, "paged": len(pages) > 1})
    return found


def _monday(when: pd.Timestamp) -> str:
    return day(when - pd.Timedelta(days=when.weekday()))
