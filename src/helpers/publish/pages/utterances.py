"""A page for each utterance that several reports carry: who had it first, who followed, what became of the words."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from helpers.chart import words
from helpers.link.utterances import opcodes
from helpers.publish import guard
from helpers.publish.pages import plot
from helpers.publish.pages.entries import Entry, Quote, carriers, string

PAGE = 200  # utterances on a page of the list
REPORTS = 300  # reports on the page of an utterance
KEPT = 3  # one word in so many of the shorter report must be kept for a comparison to be of use


class Word(NamedTuple):
    """A word of a report and where it stands in its article."""

    text: str
    span: int  # of the pieces of a split quotation
    start: int
    end: int


class Change(NamedTuple):
    """Words that a later report kept, cut or added, and where they stand."""

    kind: str
    quote: Quote


def listing(tables: dict[str, pd.DataFrame], entries: list[Entry]) -> list[dict[str, object]]:
    """List the utterances with several reports, those of most outlets first, in pages."""
    rows = [
        {
            "utterance_id": row.utterance_id,
            "entry": reports[0],
            "reports": len(reports),
            "outlets": carriers(reports),
            "origins": _origins(row),
            "lag": _longest(reports),
        }
        for row, reports in _several(tables, entries)
    ]
    rows.sort(key=lambda row: (-row["outlets"], -row["reports"], row["utterance_id"]))
    parts = [rows[start : start + PAGE] for start in range(0, len(rows), PAGE)] or [[]]
    return [
        {"file": "index.html" if n == 1 else f"page-{n}.html", "number": n, "rows": part, "of": len(rows)}
        for n, part in enumerate(parts, 1)
    ]


def pages(tables: dict[str, pd.DataFrame], entries: list[Entry]) -> Iterator[dict[str, object]]:
    """Give what the page of each utterance with several reports shows, in the order of their ids."""
    texts = {row.article_id: row for row in tables["articles"].itertuples()}
    matters = dict(tables["matters"][["matter_id", "name"]].itertuples(index=False))
    for row, reports in _several(tables, entries):
        number, reports = len(reports), reports[:REPORTS]
        first = reports[0]
        began = first.reported
        outlets = list(dict.fromkeys(entry.outlet for entry in reports))
        yield {
            "utterance_id": row.utterance_id,
            "first": first,
            "fullest": max(reports, key=lambda entry: (entry.part == "text", sum(len(q.words) for q in entry.quotes))),
            "matter": matters.get(row.matter_id, ""),
            "reported": number,
            "origins": _origins(row),
            "outlets": outlets,
            "carriers": carriers(reports),
            "counted": _counted(number, _origins(row)),
            "lag": _longest(reports),
            "reports": [
                {
                    "entry": entry,
                    "lag": _lag(began, entry.reported),
                    "reprint": _reprint(texts[entry.article_id]),
                    "changes": differences(first, entry, texts) if entry is not first else [],
                }
                for entry in reports
            ],
            "more": number - len(reports),
            "plot": _plot(reports, outlets),
        }


def differences(first: Entry, later: Entry, texts: dict[str, object]) -> list[Change]:
    """Show what a later report kept, cut and added, each stretch with its place in the article it stands in.

    What was cut is in the words of the first report, all else in those of the later one. Case and marks are no
    change. A stretch ends where the quotation is split, so that each can be checked letter for letter.
    Reports that have few words in common give none.
    """
    old, new = _words(first, texts), _words(later, texts)
    changes = []
    for kind, a, b, c, d in opcodes([word.text for word in old], [word.text for word in new]):
        if kind == "equal":
            changes += _stretches("kept", later, new[c:d], texts)
            continue
        changes += _stretches("cut", first, old[a:b], texts)
        changes += _stretches("added", later, new[c:d], texts)
    return changes if _kept(changes) * KEPT >= min(len(old), len(new)) else []


def _kept(changes: list[Change]) -> int:
    return sum(len(change.quote.words.split()) for change in changes if change.kind == "kept")


def _several(tables: dict[str, pd.DataFrame], entries: list[Entry]) -> list[tuple[object, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.utterance_id or "", []).append(entry)
    found = []
    for row in tables["utterances"].sort_values("utterance_id").itertuples():
        reports = groups.get(row.utterance_id, [])
        # An article that carries it in its headline too is one report, and its text is the better evidence.
        told: dict[str, Entry] = {}
        for entry in sorted(reports, key=lambda entry: entry.part != "text"):
            told.setdefault(entry.article_id, entry)
        kept = {entry.statement_id for entry in told.values()}
        if len(kept) > 1:
            found.append((row, [entry for entry in reports if entry.statement_id in kept]))
    return found


def _counted(reports: int, origins: int) -> str:
    """Say how many reports there are and how many stand on their own, as in 12 reports, 1 origin."""
    said = words.number(reports, "report")
    return f"{said}, {words.number(origins, 'origin')}" if origins else said


def _origins(row) -> int:
    origins = getattr(row, "origins", None)
    return 0 if pd.isna(origins) else int(origins)


def _lag(began: pd.Timestamp | None, when: pd.Timestamp | None) -> str:
    if began is None or when is None:
        return "not known"
    hours = (when - began) / pd.Timedelta(hours=1)
    return words.duration(hours) + " later" if hours > 0 else "first"


def _longest(reports: Sequence[Entry]) -> str:
    dated = [entry.reported for entry in reports if entry.reported is not None]
    if len(dated) < 2 or dated[0] == dated[-1]:
        return ""
    return words.duration((dated[-1] - dated[0]) / pd.Timedelta(hours=1))


def _reprint(article) -> str:
    return string(getattr(article, "duplicate_of", None)) or string(getattr(article, "near_duplicate_of", None))


def _words(entry: Entry, texts: dict[str, object]) -> list[Word]:
    text = getattr(texts[entry.article_id], entry.part)
    return [
        Word(found.group(), number, start + found.start(), start + found.end())
        for number, (start, end) in enumerate(entry.spans)
        for found in re.finditer(r"\S+", text[start:end])
    ]


def _stretches(kind: str, entry: Entry, stretch: list[Word], texts: dict[str, object]) -> list[Change]:
    text = getattr(texts[entry.article_id], entry.part)
    found = []
    for number in dict.fromkeys(word.span for word in stretch):
        inside = [word for word in stretch if word.span == number]
        start, end = inside[0].start, inside[-1].end
        found.append(Change(kind, Quote(guard.address(entry.article_id, entry.part, start, end), text[start:end])))
    return found


def _plot(reports: Sequence[Entry], outlets: Sequence[str]) -> object:
    dated = [entry for entry in reports if entry.reported is not None]
    if len({entry.reported for entry in dated}) < 2:
        return None
    moments = {entry.statement_id: entry.reported.tz_localize(None) for entry in dated}
    axis = plot.Axis(min(moments.values()), max(moments.values()), hours=True)
    lanes = []
    for outlet in outlets:
        own = [entry for entry in dated if entry.outlet == outlet]
        if own:
            marks = [
                plot.Mark(
                    moments[entry.statement_id],
                    entry.form,
                    f"../{entry.page}",
                    f"{outlet}, {words.stamp(entry.reported).removesuffix(' UTC')}, {entry.form}",
                )
                for entry in own
            ]
            lanes.append(plot.Lane(outlet, words.number(len(own), "report"), marks=marks))
    title = f"{words.number(len(dated), 'report')} of {words.number(len(lanes), 'outlet')}"
    return plot.timeline("timeline", lanes, axis, title, f"A lane for each outlet, a mark for each report. {title}.")
