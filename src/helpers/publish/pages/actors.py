"""A page for each actor who speaks: when, in which role, on what, and who carries it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from helpers.chart import words
from helpers.publish.pages import numbered, plot
from helpers.publish.pages.entries import Entry, carriers, string

PAGE = 100  # statements on a page
MATTERS, TURNS = 8, 12  # matters on an actor's page, and utterances on each
DRAWN = 1200  # marks on one timeline, the latest ones
UNSORTED = "No matter found"


@dataclass(frozen=True)
class Role:
    """A role that the articles give an actor, from the first day it stands for to the last."""

    actor_id: str
    name: str
    first: pd.Timestamp
    last: pd.Timestamp
    statements: int

    @property
    def period(self) -> str:
        return words.span(f"{self.first:%Y-%m-%d}", f"{self.last:%Y-%m-%d}", year=True)


def listing(tables: dict[str, pd.DataFrame], entries: list[Entry]) -> dict[str, list[dict[str, object]]]:
    """List every actor: those who speak, most statements first, then the others by name."""
    groups = _groups(entries)
    worn = roles(tables, entries)
    rows = [
        {
            "actor_id": row.actor_id,
            "name": row.name,
            "kind": row.kind,
            "roles": [role.name for role in worn.get(row.actor_id, [])],
            "statements": len(groups.get(row.actor_id, [])),
            "outlets": carriers(groups.get(row.actor_id, [])),
        }
        for row in tables["actors"].itertuples(index=False)
    ]
    rows.sort(key=lambda row: (-row["statements"], row["name"], row["actor_id"]))
    return {
        "speaking": [row for row in rows if row["statements"]],
        "silent": [row for row in rows if not row["statements"]],
    }


def pages(tables: dict[str, pd.DataFrame], entries: list[Entry]) -> Iterator[dict[str, object]]:
    """Give what the page of each actor who speaks shows, in the order of their ids."""
    groups, worn = _groups(entries), roles(tables, entries)
    matters = dict(tables["matters"][["matter_id", "name"]].itertuples(index=False))
    about = {row.utterance_id: matters.get(row.matter_id, UNSORTED) for row in tables["utterances"].itertuples()}
    reports: dict[str, set[str]] = {}
    for entry in entries:
        reports.setdefault(entry.utterance_id or entry.statement_id, set()).add(entry.article_id)
    for row in tables["actors"].sort_values("actor_id").itertuples(index=False):
        own = groups.get(row.actor_id)
        if not own:
            continue
        topics = _topics(own, about)
        outlets = _outlets(own)
        parts = [own[start : start + PAGE] for start in range(0, len(own), PAGE)]
        yield {
            "actor_id": row.actor_id,
            "name": row.name,
            "kind": row.kind,
            "wikidata": string(row.wikidata_id),
            "count": len(own),
            "articles": len({entry.article_id for entry in own}),
            "forms": {form: sum(entry.form == form for entry in own) for form in plot.SHAPES},
            "first": next((entry.reported for entry in own if entry.reported is not None), None),
            "last": next((entry.reported for entry in reversed(own) if entry.reported is not None), None),
            "undated": sum(entry.day is None for entry in own),
            "early": sum(entry.early for entry in own),
            "undrawn": max(0, sum(entry.day is not None and not entry.early for entry in own) - DRAWN),
            "roles": worn.get(row.actor_id, []),
            "outlets": outlets,
            "relays": _relays(own),
            "topics": [
                {"name": name, "count": len(turns), "turns": turns[:TURNS], "more": max(0, len(turns) - TURNS)}
                for name, turns in ((name, _turns(group, reports)) for name, group in topics[:MATTERS])
            ],
            "more": len(topics) - MATTERS if len(topics) > MATTERS else 0,
            "plot": _plot(row.name, topics),
            "parts": [{"file": numbered(row.actor_id, n), "entries": part} for n, part in enumerate(parts, 1)],
        }


def roles(tables: dict[str, pd.DataFrame], entries: list[Entry]) -> dict[str, list[Role]]:
    """Give each actor's roles in the order of time: those on the days of their statements.

    A role counts from the first of these days to the last, or from and to the dates that an article gives it.
    """
    given: dict[tuple[str, str], list[object]] = {}
    for row in tables["roles"].itertuples():
        given.setdefault((string(row.actor_id), row.role.casefold()), []).append(row)
    days: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.speaker_id and entry.role and entry.day and not entry.early:
            days.setdefault((entry.speaker_id, entry.role.casefold()), []).append(entry)
    found: dict[str, list[Role]] = {}
    for (actor, key), group in days.items():
        spoken = sorted(pd.Timestamp(entry.day) for entry in group)
        stated = given.get((actor, key), [])
        first = [pd.Timestamp(row.from_date) for row in stated if not pd.isna(row.from_date)]
        last = [pd.Timestamp(row.to_date) for row in stated if not pd.isna(row.to_date)]
        start = min(first, default=spoken[0])
        role = Role(actor, group[0].role, start, max(start, max(last, default=spoken[-1])), len(group))
        found.setdefault(actor, []).append(role)
    for worn in found.values():
        worn.sort(key=lambda role: (role.first, role.last, role.name))
    return found


def _groups(entries: list[Entry]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.speaker_id:
            groups.setdefault(entry.speaker_id, []).append(entry)
    return groups


def _topics(own: list[Entry], about: dict[str, str]) -> list[tuple[str, list[Entry]]]:
    """Part an actor's statements by matter, the most frequent first, what has none last."""
    groups: dict[str, list[Entry]] = {}
    for entry in own:
        groups.setdefault(about.get(entry.utterance_id or "", UNSORTED), []).append(entry)
    return sorted(groups.items(), key=lambda item: (item[0] == UNSORTED, -len(item[1]), item[0]))


def _turns(group: list[Entry], reports: dict[str, set[str]]) -> list[dict[str, object]]:
    """Give the first report of each utterance, by the day it was made, with how many articles report it."""
    turns: dict[str, Entry] = {}
    for entry in group:
        turns.setdefault(entry.utterance_id or entry.statement_id, entry)
    rows = [
        {
            "entry": entry,
            "day": pd.Timestamp(entry.day) if entry.day else None,
            "reports": len(reports[key]),
        }
        for key, entry in turns.items()
    ]
    return sorted(rows, key=lambda row: (row["day"] is None, row["day"] or pd.Timestamp(0), row["entry"].statement_id))


def _outlets(own: list[Entry]) -> list[dict[str, object]]:
    groups: dict[str, list[Entry]] = {}
    for entry in own:
        groups.setdefault(entry.outlet, []).append(entry)
    rows = [
        {
            "name": name,
            "count": len(group),
            "articles": len({entry.article_id for entry in group}),
            **{form: sum(entry.form == form for entry in group) for form in plot.SHAPES},
        }
        for name, group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["name"]))


def _relays(own: list[Entry]) -> list[tuple[str, int]]:
    counts = pd.Series([relay for entry in own for relay in entry.relay], dtype=str).value_counts()
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _plot(name: str, topics: list[tuple[str, list[Entry]]]) -> object:
    shown = sorted((e for _, group in topics for e in group if e.day and not e.early), key=lambda e: e.day)[-DRAWN:]
    if not shown:
        return None
    kept = {entry.statement_id for entry in shown}
    axis = plot.Axis(pd.Timestamp(shown[0].day), pd.Timestamp(shown[-1].day))
    drawn = ((topic, [entry for entry in group if entry.statement_id in kept]) for topic, group in topics)
    lanes = [
        plot.Lane(topic, words.number(len(group), "statement"), marks=[mark(entry, "../") for entry in group])
        for topic, group in drawn
        if group
    ]
    period = words.span(shown[0].day, shown[-1].day, year=True)
    title = f"{words.number(len(shown), 'statement')} of {words.short(name)}, {period}"
    return plot.timeline("timeline", lanes, axis, title, f"A lane for each matter, a mark for each statement. {title}.")


def mark(entry: Entry, root: str = "", **data: object) -> plot.Mark:
    """Make a statement a mark of a timeline; what it says is left to the page, where the guard can check it."""
    day = words.date(entry.day, year=True)
    label = f"{entry.speaker or 'Speaker unresolved'}, {day}, {entry.form}, {entry.outlet}"
    return plot.Mark(pd.Timestamp(entry.day), entry.form, f"{root}{entry.page}", label, data)
