"""Measure a story's statements against the sample of them that people have checked: precision, with its interval."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from helpers import store, story
from helpers.chart import timeline
from helpers.link.reviews import pending, sheets
from helpers.link.reviews.sheets import Fault
from helpers.story import Story, StoryError

ANSWERS = {"yes": True, "y": True, "no": False, "n": False}
# What each answer is compared with, where the story may have changed since it was given.
ABOUT = {"statement_right": "words", "speaker_right": "speaker", "date_right": "said"}


def report(folder: Path) -> str:
    """Give the printed table of a built story's figures, and under it what of checked.csv could not be used."""
    loaded = story.load(folder)
    table, faults = figures(loaded)
    if table.empty and not faults:
        raise StoryError(
            f"{loaded.folder / sheets.FOLDER / pending.CHECKS}: nothing is filled in. "
            f"`ontherecord review {folder} --sample 100` draws statements to check."
        )
    lines = [f"{fault.file}:{fault.line or 1}: {fault.reason}" for fault in faults]
    return "\n".join([table.to_string(index=False, float_format="{:.3f}".format), *lines])


def figures(loaded: Story, database: Path | None = None) -> tuple[pd.DataFrame, list[Fault]]:
    """Give what share of a built story's checked statements is right, and the faults of checked.csv.

    A row a question that somebody has answered: `measure`, `right`, `of`, `share`, and the ends `low` and `high` of the
    95 per cent interval (Wilson 1927). Speaker and date count over the statements that are statements. An answer about
    a speaker or a day that the story no longer gives does not count, and is a fault. No file gives no rows.
    """
    database = database or loaded.database
    columns = ("statement_id", *pending.ANSWERS)
    rows, faults = sheets.rows(loaded, pending.CHECKS, columns, ("words", "speaker", "said"))
    statements = store.raw("statements", database)
    told = pending.told(statements, store.raw("actors", database)).assign(words=statements["content"].tolist())
    now = told.set_index("statement_id").to_dict("index")
    answers, doubts = _answers(rows, now)
    told = [
        _measure("statements", [one["statement_right"] for one in answers]),
        *(
            _measure(name, [one[column] for one in answers if one["statement_right"]])
            for name, column in (("speakers", "speaker_right"), ("dates", "date_right"))
        ),
    ]
    table = pd.DataFrame([one for one in told if one["of"]], columns=["measure", "right", "of", "share", "low", "high"])
    return table, [*faults, *doubts]


def _answers(rows: Sequence[dict], now: dict[str, dict]) -> tuple[list[dict], list[Fault]]:
    """Read the answers of each row that is about a statement of the story, the first where there are several."""
    read: dict[str, dict] = {}
    faults = []
    for row in rows:
        given = {column: row[column].lower() for column in pending.ANSWERS if row[column]}
        for column in [column for column, answer in given.items() if answer not in ANSWERS]:
            faults.append(sheets.unknown(row, column, ("yes", "no")))
            del given[column]
        found = row["statement_id"]
        if given and found not in now:
            reason = f"{found} is no statement of this story, or is none any more. Delete the row; it does not count."
            faults.append(sheets.fault(row, reason))
            continue
        for column in list(given):
            field = ABOUT[column]
            if row[field] and row[field] != now[found][field]:
                reason = f"{column} was answered for '{row[field]}', and the story now says '{now[found][field]}'."
                faults.append(sheets.fault(row, f"{reason} Delete the row and check it anew; it does not count."))
                del given[column]
        answers = {column: ANSWERS[given[column]] if column in given else None for column in pending.ANSWERS}
        if read.setdefault(found, answers) != answers and given:
            faults.append(sheets.fault(row, f"{found} was answered in another way above. Keep one; the first counts."))
    return list(read.values()), faults


def _measure(name: str, answers: list[bool | None]) -> dict:
    given = [answer for answer in answers if answer is not None]
    low, high = timeline.interval(pd.Series([sum(given)]), len(given))
    share = sum(given) / len(given) if given else 0.0
    return {"measure": name, "right": sum(given), "of": len(given), "share": share, "low": low[0], "high": high[0]}
