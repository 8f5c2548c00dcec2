"""Say what people changed by hand, why and when, and which published numbers moved by it."""

import pandas as pd

DECIDED = ("confirmed", "dismissed")


def decisions(contradictions: pd.DataFrame) -> list[dict]:
    """List the decisions on contradictions, the latest first: kind, status, reviewer, note, day.

    The words of what was dismissed are not shown again.
    """
    decided = contradictions[contradictions["status"].isin(DECIDED)]
    decided = decided.sort_values(["reviewed_on", "contradiction_id"], ascending=[False, True], na_position="last")
    return [
        {
            "kind": row.kind,
            "status": row.status,
            "reviewer": row.reviewer if isinstance(row.reviewer, str) else "",
            "note": row.note if isinstance(row.note, str) else "",
            "on": None if pd.isna(row.reviewed_on) else row.reviewed_on,
        }
        for row in decided.itertuples()
    ]


def moved(contradictions: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Give each published number that decisions moved: its name, what it would be without them, what it is."""
    status, reported = contradictions["status"], contradictions["article_id"].notna()
    shown = (status == "confirmed") | ((status == "lead") & reported)
    numbers = (
        ("Contradictions confirmed by a person", 0, int((status == "confirmed").sum())),
        ("Leads not yet reviewed", len(contradictions), int((status == "lead").sum())),
        ("Pairs of statements shown", int(reported.sum()), int(shown.sum())),
    )
    return [number for number in numbers if number[1] != number[2]]


def names(reviewed: pd.DataFrame, mentions: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """List what actors.csv says of whom the words mean, the latest first.

    Needs its rows (`reviews.actors`) and the tables mentions and actors. Gives a row for each name, alias and role:
    `change` (name, alias, role), `name`, `words`, `reviewer`, `note`, `on`, and how many `mentions` in how many
    `articles` are those words and count for that actor by it.
    """
    ids = dict(zip(actors["name"], actors["actor_id"], strict=True))
    known = mentions.assign(plain=mentions["text"].map(_plain))
    rows = []
    for row in reviewed.itertuples():
        own = known[known["actor_id"] == ids.get(row.name)]
        given = [("name", row.name), *(("alias", alias) for alias in row.aliases)]
        for change, words in (*given, *([("role", row.role)] if row.role else [])):
            counted = own[own["plain"] == _plain(words)]
            on = None if pd.isna(row.reviewed_on) else row.reviewed_on
            counts = (len(counted), counted["article_id"].nunique())
            rows.append((change, row.name, words, row.reviewer or "", row.note or "", on, *counts))
    columns = ["change", "name", "words", "reviewer", "note", "on", "mentions", "articles"]
    table = pd.DataFrame(rows, columns=columns).astype({"on": object}).drop_duplicates(["change", "name", "words"])
    dated = table.assign(order=pd.to_datetime(table["on"]))
    return dated.sort_values(["order", "name"], ascending=[False, True], kind="stable", ignore_index=True)[columns]


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold().removeprefix("the ")


def unfollowed(removed: pd.DataFrame) -> list[dict]:
    """List the decisions that could not be followed: file, line and the reason."""
    rows = removed[removed["kind"] == "review"].sort_values(["source_file", "line"], na_position="last")
    return [
        {"file": row.source_file, "line": None if pd.isna(row.line) else int(row.line), "reason": row.reason}
        for row in rows.itertuples()
    ]
