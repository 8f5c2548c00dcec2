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


def unfollowed(removed: pd.DataFrame) -> list[dict]:
    """List the decisions that could not be followed: file, line and the reason."""
    rows = removed[removed["kind"] == "review"].sort_values(["source_file", "line"], na_position="last")
    return [
        {"file": row.source_file, "line": None if pd.isna(row.line) else int(row.line), "reason": row.reason}
        for row in rows.itertuples()
    ]
