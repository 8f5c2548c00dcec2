"""The most carried utterances as a TimelineJS timeline. Source: https://timeline.knightlab.com/docs/json-format.html"""

import json
from html import escape

import pandas as pd

from helpers.chart.words import number, short
from helpers.publish.markup import visible
from helpers.story import Story

MOST = 20  # slides: its makers advise no more


def timeline(story: Story, records: pd.DataFrame, utterances: pd.DataFrame) -> str:
    """Write the utterances that most outlets carried as TimelineJS JSON, the earliest first.

    Needs a table of `exports.statements` and the table utterances. An utterance stands on the days on which it may have
    been made, and on that of its first report where no words of an article tell them. TimelineJS takes its texts for
    HTML: all words are escaped.
    """
    reports = records[records["utterance_id"].notna() & (records["said_from"].notna() | records["reported"].notna())]
    ranked = utterances.sort_values(
        ["outlets", "statements", "first_reported_at", "utterance_id"], ascending=[False, False, True, True]
    )
    ranked = ranked[ranked["utterance_id"].isin(reports["utterance_id"])]
    events = []
    for utterance in ranked.head(MOST).itertuples():
        own = reports[reports["utterance_id"] == utterance.utterance_id]
        fullest = own[own["content"] == utterance.content]
        events.append(_event(story, next((fullest if len(fullest) else own).itertuples()), utterance.outlets))
    shown = f"{number(len(events), 'utterance')} of {len(ranked):,}: those that most outlets carried."
    title = {"headline": _safe(story.title), "text": _paragraphs(shown, story.about)}
    events.sort(key=lambda event: (*event["start_date"].values(), event["unique_id"]))
    made = {"title": {"text": title}, "events": events}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _event(story: Story, row: tuple, outlets: int) -> dict:
    told = row.said_from is not None and row.said_precision in ("day", "week", "month", "year")
    start = row.said_from if told or row.reported is None else row.reported
    event = {"start_date": _date(start)}
    if told and row.said_to is not None and row.said_to != row.said_from:
        event["end_date"] = _date(row.said_to)
    speaker, outlet = row.name or "Unresolved", row.outlet or "an outlet not known"
    carried = f"Carried by {number(int(outlets), 'outlet')}; here as {outlet} reports it."
    evidence = f'<p><a href="{escape(story.address + row.page)}">The sentence in its article</a></p>'
    return {
        **event,
        "unique_id": row.statement_id,
        "group": _safe(speaker),
        "text": {
            "headline": _safe(f"{speaker} {short(row.said, 110)}"),
            "text": _paragraphs(row.said, carried, "" if told else "The day is that of the report.") + evidence,
        },
    }


def _date(when: pd.Timestamp) -> dict[str, int]:
    return {"year": when.year, "month": when.month, "day": when.day}


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{_safe(text)}</p>" for text in texts if text)


def _safe(text: str) -> str:
    return escape(visible(text))
