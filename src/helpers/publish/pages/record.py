"""The record on the front page: who said what, when, as a timeline to enter, filter and read."""

from collections.abc import Sequence

import pandas as pd

from helpers.chart import timeline, words
from helpers.chart.happenings import happenings
from helpers.publish import guard
from helpers.publish.pages import actors, columns, plot
from helpers.publish.pages.entries import LEAD, Entry, Quote, string

ACTORS = 10  # lanes, beside that of the unresolved
MARKS = 1200  # statements drawn one by one; more are drawn as columns of their number
EVENTS = 8  # numbered flags
ROLES = 12  # lanes of the strip of roles


def record(
    tables: dict[str, pd.DataFrame], entries: Sequence[Entry], follow: Sequence[str]
) -> dict[str, object] | None:
    """Lay out the statements of the actors heard most, a lane each, with what happened meanwhile.

    Gives the drawing, its title, the entries drawn, in the order of their days, and what the filters offer; None where
    no statement has a day. More than MARKS statements are counted by the week: a column for each, which leads to the
    list that holds the first of them, and a table of all.
    """
    dated = sorted((e for e in entries if e.day and not e.early), key=lambda e: (e.day, e.statement_id))
    if not dated:
        return None
    axis = plot.Axis(pd.Timestamp(dated[0].day), pd.Timestamp(dated[-1].day))
    order = [*_order(dated, follow), None]
    shown = [entry for entry in dated if entry.speaker_id in order]
    outlets = sorted({entry.outlet for entry in shown})
    numbers = {outlet: place for place, outlet in enumerate(outlets)}
    flags = _flags(tables, axis)
    dense = len(shown) > MARKS
    stretches, places = (columns.stretches(dated), columns.places(entries)) if dense else ([], {})
    lanes, names, counted = [], [], []
    for actor in order:
        own = [entry for entry in shown if entry.speaker_id == actor]
        if not own:
            continue
        name = own[0].speaker or timeline.UNRESOLVED
        marks = [
            actors.mark(one, parts=columns.parts([one], numbers), day=columns.number(one.day), row=one.statement_id)
            for one in own
            if not dense
        ]
        detail = words.number(len(own), "statement")
        page = f"actors/{actor}.html" if actor else None
        counts = columns.columns(name, own, stretches, numbers, places, len(lanes)) if dense else {}
        lanes.append(plot.Lane(name, detail, page, marks, columns=list(counts.values())))
        names.append(name)
        counted.append(counts)
    period = words.span(dated[0].day, dated[-1].day, year=True)
    title = f"{words.number(len(shown), 'statement')} on a line of time, {period}"
    drawn = "a column for the statements of a week" if dense else "a mark for each statement, its shape the form"
    description = f"A lane for each actor, {drawn}. " + "; ".join(
        f"{words.short(lane.name, 60)}: {lane.detail}" for lane in lanes
    )
    return {
        "headline": _headline(shown, order),
        "svg": plot.timeline("record", lanes, axis, title, description, [flag["from"] for flag in flags]),
        "title": title,
        "period": period,
        "dense": dense,
        "weeks": columns.table(stretches, counted, shown),
        "each": stretches[0].length if stretches else 1,
        "entries": [] if dense else shown,
        "count": len(shown),
        "early": sum(entry.early for entry in entries),
        "undated": sum(entry.day is None for entry in entries),
        "others": len({entry.speaker_id for entry in dated} - set(order)),
        "rest": len(dated) - len(shown),
        "actors": names,
        "outlets": outlets,
        "first": columns.number(dated[0].day),
        "last": columns.number(dated[-1].day),
        "flags": flags,
    }


def _headline(shown: Sequence[Entry], order: Sequence[str | None]) -> str:
    """Say on which day most was said, by those who are drawn."""
    rows = [
        (order.index(one.speaker_id), one.speaker_id, one.speaker or timeline.UNRESOLVED, one.day, one.form, False)
        for one in shown
    ]
    return words.lanes(pd.DataFrame(rows, columns="lane actor_id actor day form early".split())).headline


def strip(worn: dict[str, list[actors.Role]], names: dict[str, str]) -> dict[str, object] | None:
    """Draw the roles of those who had several, one under the other; None where nobody had."""
    several = sorted(
        ((actor, roles) for actor, roles in worn.items() if len(roles) > 1),
        key=lambda item: (-sum(role.statements for role in item[1]), item[0]),
    )
    roles = [role for _, group in several for role in group][:ROLES]
    if not roles:
        return None
    axis = plot.Axis(min(role.first for role in roles), max(role.last for role in roles))
    lanes = [
        plot.Lane(
            names.get(role.actor_id, ""),
            role.name,
            f"actors/{role.actor_id}.html",
            bars=[(role.first, role.last, f"{role.name}: {role.period}")],
        )
        for role in roles
    ]
    people = len({role.actor_id for role in roles})
    title = f"{words.number(people, 'actor')} {'speaks' if people == 1 else 'speak'} in more than one role"
    svg = plot.timeline("roles", lanes, axis, title, "A bar for each role, over the days on which it stands.")
    return {"svg": svg, "title": title, "rows": [(names.get(role.actor_id, ""), role) for role in roles]}


def _order(dated: Sequence[Entry], follow: Sequence[str]) -> list[str]:
    """Give the ids of the actors that get a lane: those that the story follows, then those heard most."""
    wanted = {name.casefold(): place for place, name in enumerate(follow)}
    known = [entry for entry in dated if entry.speaker_id]
    counts = pd.Series([entry.speaker_id for entry in known], dtype=str).value_counts()
    names = {entry.speaker_id: entry.speaker or "" for entry in known}
    ranked = sorted(names, key=lambda one: (wanted.get(names[one].casefold(), len(wanted)), -counts[one], one))
    return ranked[:ACTORS]


def _flags(tables: dict[str, pd.DataFrame], axis: plot.Axis) -> list[dict[str, object]]:
    """Give the most reported events of the period, in the order of time, with their words and where they stand."""
    found = happenings(tables["events"], tables["articles"])
    inside = found[(found["from_date"] >= axis.first) & (found["to_date"] <= axis.last)].head(EVENTS)
    outlets = dict(zip(tables["articles"]["article_id"], tables["articles"]["outlet"], strict=True))
    return [
        {
            "from": row.from_date,
            "to": row.to_date,
            "quote": _clause(row),
            "reports": row.reports,
            "outlets": row.outlets,
            "outlet": string(outlets.get(row.article_id)),
            "page": f"articles/{row.article_id}.html",
        }
        for row in inside.sort_values(["from_date", "event_id"]).itertuples()
    ]


def _clause(row) -> Quote:
    """Quote an event's clause without the dateline or the dash before it."""
    lead = LEAD.match(row.what)
    cut = lead.end() if lead else 0
    return Quote(guard.address(row.article_id, "text", int(row.start_char) + cut, int(row.end_char)), row.what[cut:])
