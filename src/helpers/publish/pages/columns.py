"""The record of very many statements: a column for those of a week, and where a list shows them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.chart import words
from helpers.publish.pages import actors, numbered, plot, weeks
from helpers.publish.pages.entries import Entry

COLUMNS = 110  # side by side in a lane: a column counts as many weeks as that takes
EPOCH = pd.Timestamp("1970-01-01")


@dataclass(frozen=True)
class Stretch:
    """The weeks that a column counts: the first day, one past the last day, how many weeks."""

    first: pd.Timestamp
    until: pd.Timestamp
    length: int

    @property
    def name(self) -> str:
        start = words.date(f"{self.first:%Y-%m-%d}", year=True)
        return f"Week of {start}" if self.length == 1 else f"{self.length} weeks from {start}"


def stretches(dated: Sequence[Entry]) -> list[Stretch]:
    """Part the line of time into weeks from Monday on, or into as many weeks at once as leaves few enough columns."""
    first, last = pd.Timestamp(dated[0].day), pd.Timestamp(dated[-1].day)
    monday = first - pd.Timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    length = -(-count // COLUMNS)
    starts = [monday + pd.Timedelta(weeks=length * n) for n in range(-(-count // length))]
    return [Stretch(start, start + pd.Timedelta(weeks=length), length) for start in starts]


def columns(
    name: str,
    own: Sequence[Entry],
    stretches: Sequence[Stretch],
    outlets: dict[str, int],
    places: dict[str, str],
    lane: int,
) -> dict[int, plot.Column]:
    """Count an actor's statements, given in the order of their days, by stretch."""
    groups: dict[int, list[Entry]] = {}
    zero, days = stretches[0].first, 7 * stretches[0].length
    for entry in own:
        groups.setdefault((pd.Timestamp(entry.day) - zero).days // days, []).append(entry)
    found = {}
    for place, group in groups.items():
        stretch, said = stretches[place], words.number(len(group), "statement")
        earliest = min(group, key=lambda entry: (entry.reported is None, entry.reported or EPOCH, entry.statement_id))
        first, last = (number(f"{day:%Y-%m-%d}") for day in (stretch.first, stretch.until))
        data = {"day": first, "until": last - 1, "cell": f"{lane}-{place}", "parts": parts(group, outlets)}
        label = f"{name}, {stretch.name[0].lower()}{stretch.name[1:]}: {said}"
        found[place] = plot.Column(stretch.first, len(group), places[earliest.statement_id], label, data)
    return found


def parts(group: Sequence[Entry], outlets: dict[str, int]) -> str:
    """Count statements by outlet and form, for the filters: 3d2 says two direct ones of the fourth outlet, 3d one."""
    counts = Counter((outlets[entry.outlet], entry.form[0]) for entry in group)
    return " ".join(f"{outlet}{form}{count if count > 1 else ''}" for (outlet, form), count in sorted(counts.items()))


def places(entries: Sequence[Entry]) -> dict[str, str]:
    """Give the page that lists each statement: one of its speaker's, or of the week where nobody is named."""
    own, weekly, found = Counter(), Counter(), {}
    for entry in entries:  # in the order of the lists
        actor, week = entry.speaker_id, entry.week
        if actor:
            found[entry.statement_id] = f"actors/{numbered(actor, own[actor] // actors.PAGE + 1)}#w-{week}"
        else:
            found[entry.statement_id] = f"statements/{numbered(week, weekly[week] // weeks.PAGE + 1)}"
        own[actor] += 1
        weekly[week] += 1
    return found


def table(
    stretches: Sequence[Stretch], counted: Sequence[dict[int, plot.Column]], shown: Sequence[Entry]
) -> list[dict[str, object]]:
    """Set the columns of all lanes as rows of a table, a row for each stretch in which there is anything."""
    listed = {pd.Timestamp.fromisocalendar(*map(int, w.split("-W")), 1): w for e in shown if (w := e.week) != "undated"}
    rows = []
    for place, stretch in enumerate(stretches):
        cells = [columns[place].count if place in columns else 0 for columns in counted]
        if any(cells):
            week = next((listed[day] for day in sorted(listed) if stretch.first <= day < stretch.until), None)
            rows.append({"place": place, "name": stretch.name, "file": week and numbered(week, 1), "cells": cells})
    return rows


def number(day: str) -> int:
    """Give a day as the script of the page counts them."""
    return (pd.Timestamp(day) - EPOCH).days
