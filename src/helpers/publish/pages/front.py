"""What stands on the front page beside the charts: the finding, the count, the leads, what is not known."""

from zoneinfo import ZoneInfo

import pandas as pd

from helpers.chart import timeline, words
from helpers.publish import evidence
from helpers.publish.pages.entries import Entry, local, quote, span, string

DATED = ("day", "week", "month", "year")  # precisions that words of the article give
LISTED = 12  # leads, unresolved sources and faulty files on the front page
NOUNS = {  # for what was taken out: one, and more; of every other kind the name says it
    "boilerplate": ("piece of boilerplate", "pieces of boilerplate"),
    "metadata": ("row of metadata", "rows of metadata"),
    "copy": ("copy", "copies"),
    "review": ("decision that could not be followed", "decisions that could not be followed"),
}
KINDS = {  # of leads
    "denial": "a denial",
    "position change": "a change of position",
    "dispute": "a dispute",
    "number": "different figures",
    "reported": "reported by an article",
}
ROWS = 100  # rows of a chart's table in the page; its CSV has them all


def numbers(tables: dict[str, pd.DataFrame], entries: list[Entry], zone: ZoneInfo) -> dict[str, object]:
    """Count what the report stands on, each number with what it is a part of."""
    articles, removed, status = tables["articles"], tables["removed"], tables["contradictions"]["status"]
    dates = articles["published_at"].dropna()
    precision = tables["statements"]["said_precision"]
    return {
        "articles": len(articles),
        "files": len({*articles["source_file"], *removed["source_file"]}),
        "read": articles["source_file"].nunique(),
        "duplicates": int(articles["duplicate_of"].notna().sum()),
        "undated": int(articles["published_at"].isna().sum()),
        "outlets": articles["outlet"].nunique(),
        "first": local(dates.min(), zone) if len(dates) else None,
        "last": local(dates.max(), zone) if len(dates) else None,
        "statements": len(entries),
        "resolved": sum(entry.speaker is not None for entry in entries),
        "speakers": len({entry.speaker for entry in entries} - {None}),
        "dated": int(precision.isin(DATED).sum()),
        "report_dated": int((precision == "report").sum()),
        "utterances": len(tables["utterances"]),
        "forms": {form: sum(e.form == form for e in entries) for form in ("direct", "mixed", "indirect")},
        **{kind: int((status == kind).sum()) for kind in ("lead", "confirmed", "dismissed")},
    }


def finding(entries: list[Entry]) -> str:
    """Say in one sentence who is quoted most."""
    counts = pd.Series([entry.speaker for entry in entries if entry.speaker], dtype=str).value_counts()
    if not entries:
        return "No statement was found in these articles"
    if counts.empty:
        return f"{words.number(len(entries), 'statement')}, and no speaker could be named"
    top = counts[counts == counts.max()].sort_index()
    if len(top) > 1:
        return f"No one voice leads: {len(top)} speakers are quoted equally often, {_times(top.iloc[0])} each"
    if top.iloc[0] == len(entries):
        return f"Only {top.index[0]} is quoted: {words.number(len(entries), 'statement')}"
    return f"{top.index[0]} is quoted most: {top.iloc[0]:,} of {words.number(len(entries), 'statement')}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def leads(leads: pd.DataFrame, tables: dict[str, pd.DataFrame], entries: list[Entry]) -> dict[str, object]:
    """Set the two sides of each contradiction that may be shown side by side, in the words that were compared."""
    texts = tables["articles"].set_index("article_id")
    sides = timeline.leads(leads, tables["utterances"], tables["statements"], tables["actors"])
    sides = sides.set_index("contradiction_id")[["statement_a", "statement_b"]]
    found = {entry.statement_id: entry for entry in entries}
    shown = []
    for row in leads.itertuples():
        pair = [found.get(side) for side in sides.loc[row.contradiction_id]]
        if None in pair:
            continue
        told = span(row.start_char, row.end_char) if isinstance(row.article_id, str) else None
        text = texts.at[row.article_id, "text"] if told else ""
        shown.append(
            {
                "pair": pair,
                "status": row.status,
                "kind": KINDS.get(row.kind, row.kind),
                "reason": row.reason,
                "note": string(row.note),
                "reviewer": string(row.reviewer),
                "quote": quote(row.article_id, "text", text, evidence.sentence(text, *told)) if told else None,
                "page": f"articles/{row.article_id}.html" if told else None,
                "outlet": string(texts.at[row.article_id, "outlet"]) if told else "",
            }
        )
    shown.sort(key=lambda lead: (lead["status"] != "confirmed", lead["pair"][0].reported is None))
    return {"shown": shown[:LISTED], "more": max(0, len(shown) - LISTED)}


def unresolved(entries: list[Entry]) -> list[dict[str, object]]:
    """List the words for speakers whom nobody could be found for, most frequent first."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.speaker is None:
            groups.setdefault(entry.named.casefold(), []).append(entry)
    rows = [{"words": group[0].named, "count": len(group), "page": group[0].page} for group in groups.values()]
    return sorted(rows, key=lambda row: (-row["count"], row["words"]))[:LISTED]


def removed(removed: pd.DataFrame) -> list[str]:
    """Say how much was taken out, by kind, as in 12 pieces of boilerplate."""
    counts = removed["kind"].value_counts().sort_index()
    return [f"{count:,} {NOUNS.get(kind, (kind, f'{kind}s'))[count > 1]}" for kind, count in counts.items()]


def faults(removed: pd.DataFrame) -> dict[str, object]:
    """List the files, records and dates that could not be used."""
    rows = removed[removed["kind"].isin(["file", "record", "date"])]
    shown = [
        {"file": row.source_file, "line": None if pd.isna(row.line) else int(row.line), "reason": row.reason}
        for row in rows.sort_values(["source_file", "line", "reason"]).head(LISTED).itertuples()
    ]
    return {"shown": shown, "more": max(0, len(rows) - LISTED)}


def table(frame: pd.DataFrame) -> dict[str, object]:
    """Set a chart's data as rows of text."""
    rows = [[_cell(value) for value in row] for row in frame.head(ROWS).itertuples(index=False)]
    return {"columns": [str(name).replace("_", " ") for name in frame.columns], "rows": rows, "of": len(frame)}


def _cell(value: object) -> str:
    if not pd.api.types.is_scalar(value):
        return ", ".join(str(part) for part in value)
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"
    return str(value)
