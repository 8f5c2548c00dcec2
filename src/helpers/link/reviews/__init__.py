"""Follow what people have decided: actors.csv, reviews.csv, speakers.csv. It wins over what was worked out."""

import pandas as pd

from helpers.link import wording
from helpers.link.reviews import sheets
from helpers.link.reviews.sheets import Fault
from helpers.story import Story

ACTORS = ("name", "kind", "aliases", "role", "role_from", "role_to", "wikidata_id")
REVIEWS = ("contradiction_id", "status", "reviewer", "note")
SPEAKERS = ("statement_id", "speaker", "reviewer", "note")
EVIDENCE = ("date", "words_a", "words_b")  # columns that reviews.csv may have beside
DECIDED = ("reviewer", "note", "date")  # and those that actors.csv may have: who says so, why and when
WORDS = ("date", "article_id", "words")  # and those that speakers.csv may have
KINDS = ("person", "organisation", "government", "group", "outlet")
STATUSES = ("lead", "confirmed", "dismissed")
NOBODY = "unresolved"  # in speakers.csv: whoever was told to speak did not, or cannot be told
KEPT = 0.6  # likeness of the words that were decided on and those found now, from which the decision still stands


def actors(story: Story) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read actors.csv: name, kind, aliases, role, role_from, role_to, wikidata_id; if given reviewer, note, date.

    Aliases are a list, written with | between them. An actor with several roles has a row for each. Gives the rows
    that can be followed, and rows of `removed` (kind review) for what cannot: an unknown kind, two kinds of one actor,
    an alias of two actors, a date that is none, whose role is then left out. A proposal of `ontherecord review`
    counts once its kind is filled in. No file gives no rows.
    """
    rows, faults = sheets.rows(story, "actors.csv", ACTORS, DECIDED)
    kept: list[dict] = []
    kinds: dict[str, dict] = {}
    owners: dict[str, dict] = {}
    shared: set[str] = set()
    for row in rows:
        if not row["kind"] and _proposed(row):
            continue
        if row["kind"] not in KINDS:
            faults.append(sheets.unknown(row, "kind", KINDS))
            continue
        first = kinds.setdefault(row["name"], row)
        if first["kind"] != row["kind"]:
            reason = f"{row['name']} is {row['kind']} here and {first['kind']} {_at(first, row)}, which was followed."
            faults.append(sheets.fault(row, f"{reason} Keep one of the two."))
            continue
        row["aliases"] = [alias.strip() for alias in row["aliases"].split("|") if alias.strip()]
        for alias in row["aliases"]:
            owner = owners.setdefault(alias, row)
            if owner["name"] != row["name"]:
                shared.add(alias)
                reason = f"'{alias}' is an alias of {row['name']} here and of {owner['name']} {_at(owner, row)}."
                faults.append(sheets.fault(row, f"{reason} Until one is deleted it is nobody's."))
        for field in ("role_from", "role_to"):
            told, row[field] = row[field], sheets.day(row[field])
            if told and row[field] is None:
                undated = sheets.undated({**row, field: told}, field, "Until then the role is left out.")
                faults.append(undated)
                row["role"] = ""
        day = sheets.day(row["date"])
        if row["date"] and day is None:
            faults.append(sheets.undated(row, "date", "The row itself was followed."))
        kept.append({**row, "reviewed_on": day})
    for row in kept:
        row["aliases"] = [alias for alias in row["aliases"] if alias not in shared]
    columns = [*ACTORS, "reviewer", "note", "reviewed_on", "line"]
    return pd.DataFrame(kept, columns=columns), sheets.removed(faults)


def decisions(story: Story) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read reviews.csv: contradiction_id, status, reviewer, note, and if given date, words_a and words_b.

    Gives the decisions that can be followed, and rows of `removed` (kind review) for what cannot: a row with too few or
    too many cells, a status or a date that is none, a lead decided in two ways, another encoding. No file gives no
    rows.
    """
    rows, faults = sheets.rows(story, "reviews.csv", REVIEWS, EVIDENCE)
    rows = [row for row in rows if not (_proposed(row) and row["status"] in ("", "lead"))]
    for row in [row for row in rows if row["status"] not in STATUSES]:
        faults.append(sheets.unknown(row, "status", STATUSES))
    rows = [row for row in rows if row["status"] in STATUSES]
    followed, doubts = _followed(rows, "status")
    columns = [*REVIEWS, "reviewed_on", "words_a", "words_b", "file", "line"]
    return pd.DataFrame(followed, columns=columns, dtype=object), sheets.removed([*faults, *doubts])


def speakers(story: Story, statements: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read speakers.csv: statement_id, speaker, reviewer, note, and if given date, article_id and words.

    Needs the statements of the story (statement_id, article_id, content). A correction whose id no statement has any
    more goes to the statement of the same words in that article. Gives the corrections with the statement_id that they
    hold for and the speaker's name, None for one who stays unresolved; and rows of `removed` for what cannot be
    followed. What `ontherecord review` wrote counts once its speaker is filled in.
    """
    rows, faults = sheets.rows(story, "speakers.csv", SPEAKERS, WORDS)
    rows = [row for row in rows if row["speaker"] or not _proposed(row)]
    for row in [row for row in rows if not row["speaker"]]:
        faults.append(sheets.fault(row, f"the speaker is missing. Write a name, or '{NOBODY}'."))
    followed, doubts = _followed([row for row in rows if row["speaker"]], "speaker")
    known = set(statements["statement_id"])
    kept = []
    for row in followed:
        found = row["statement_id"]
        if found not in known:
            found = _of_words(row["words"], statements[statements["article_id"] == row["article_id"]])
        if found is None:
            reason = f"{row['statement_id']} is no statement of this story, or is none any more. Delete the row."
            doubts.append(sheets.fault(row, reason))
            continue
        name = None if row["speaker"].lower() == NOBODY else row["speaker"]
        kept.append({**row, "statement_id": found, "speaker": name})
    columns = [*SPEAKERS, "reviewed_on", "file", "line"]
    return pd.DataFrame(kept, columns=columns, dtype=object), sheets.removed([*faults, *doubts])


def unheard(corrections: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Give a row of `removed` for each correction that names nobody whom the story knows."""
    told = dict(zip(statements["statement_id"], statements["speaker_id"], strict=True))
    reason = (
        "'{}' is no one actor of this story, so the statement's speaker stays unresolved. "
        "Write a name as the table actors has it, or add a row to actors.csv."
    )
    return sheets.removed(
        Fault(row.file, row.line, row.statement_id, reason.format(row.speaker))
        for row in corrections.itertuples()
        if isinstance(row.speaker, str) and not isinstance(told[row.statement_id], str)
    )


def apply(
    leads: pd.DataFrame, utterances: pd.DataFrame, reviews: pd.DataFrame, faults: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay the decisions over the leads.

    A decision on an id that no lead has any more goes to the lead of the same words, where reviews.csv gives them
    (words_a, words_b). Gives the leads with status, reviewer, note and reviewed_on, and the faults with those decisions
    whose lead is gone; but what was dismissed and is gone while its words are still there is as it should be.
    """
    words = dict(zip(utterances["utterance_id"], utterances["content"], strict=True))
    sides = {
        row.contradiction_id: (words.get(row.utterance_a, ""), words.get(row.utterance_b, ""))
        for row in leads.itertuples()
    }
    decided, gone = {}, []
    for row in reviews.itertuples():
        found = row.contradiction_id
        if found not in sides:
            found = _same_words((row.words_a, row.words_b), sides)
        if found is None and _still_said((row.words_a, row.words_b), utterances["content"]):
            if row.status == "dismissed":
                continue
            reason = (
                f"{row.contradiction_id} is no lead any more, though both sides are still in the story: a speaker, a "
                "name or an article changed. Look for it among the open leads, or delete the row."
            )
            gone.append(Fault(row.file, row.line, f"{row.contradiction_id}: {row.status}", reason))
        elif found is None:
            reason = (
                f"{row.contradiction_id} is no lead of this story, or is none any more. "
                "Look for it among the open leads, or delete the row."
            )
            gone.append(Fault(row.file, row.line, f"{row.contradiction_id}: {row.status}", reason))
        else:
            decided.setdefault(found, (row.status, row.reviewer or None, row.note or None, row.reviewed_on))
    reviewed = leads.copy()
    for place, field in enumerate(("status", "reviewer", "note", "reviewed_on")):
        old = leads[field] if field in leads else [None] * len(leads)
        reviewed[field] = pd.Series(
            [decided[found][place] if found in decided else own for found, own in zip(sides, old, strict=True)],
            index=leads.index,
            dtype=object,
        )
    return reviewed, pd.concat([faults, sheets.removed(gone)], ignore_index=True).astype(object)


def _proposed(row: dict) -> bool:
    """Tell whether `ontherecord review` wrote the row, which then waits until somebody fills it in."""
    return row["file"].startswith(sheets.FOLDER)


def _followed(rows: list[dict], field: str) -> tuple[list[dict], list[Fault]]:
    """Keep one row an id, none where two rows decide `field` in two ways; read the date of each."""
    first: dict[str, dict] = {}
    faults, doubted = [], set()
    for row in rows:
        (found, *_) = row.values()
        day = sheets.day(row["date"])
        if row["date"] and day is None:
            faults.append(sheets.undated(row, "date", "The decision itself was followed."))
        before = first.setdefault(found, {**row, "reviewed_on": day})
        if before[field] != row[field]:
            doubted.add(found)
            reason = f"{found} is {row[field]} here and {before[field]} {_at(before, row)}. Keep one of the two."
            faults.append(sheets.fault(row, f"{reason} Until then neither is followed."))
    return [row for found, row in first.items() if found not in doubted], faults


def _at(before: dict, row: dict) -> str:
    """Say where an earlier row stands, seen from a later one."""
    where = "" if before["file"] == row["file"] else f" of {before['file']}"
    return f"on line {before['line']}{where}"


def _same_words(wanted: tuple[str, str], sides: dict[str, tuple[str, str]]) -> str | None:
    """Give the lead whose two sides say what was decided on, None where there is none or more than one."""
    if not all(wanted):
        return None
    one, other = (frozenset(wording.terms(words)) for words in wanted)
    fitting = []
    for found, pair in sides.items():
        a, b = (frozenset(wording.terms(words)) for words in pair)
        best = max(
            min(wording.alike(one, a, {}), wording.alike(other, b, {})),
            min(wording.alike(one, b, {}), wording.alike(other, a, {})),
        )
        if best >= KEPT:
            fitting.append(found)
    return fitting[0] if len(fitting) == 1 else None


def _still_said(wanted: tuple[str, str], contents: pd.Series) -> bool:
    """Tell whether both sides of a lead that is gone are words of the story."""
    said = [frozenset(wording.terms(words)) for words in contents] if all(wanted) else []
    sides = [frozenset(wording.terms(words)) for words in wanted]
    return bool(said) and all(max(wording.alike(side, one, {}) for one in said) >= KEPT for side in sides)


def _of_words(words: str, statements: pd.DataFrame) -> str | None:
    """Give the statement that says such words, None where there is none or several say them alike."""
    wanted = frozenset(wording.terms(words))
    likeness = {
        row.statement_id: wording.alike(wanted, frozenset(wording.terms(row.content)), {})
        for row in statements.itertuples()
    }
    best = max(likeness.values(), default=0.0)
    fitting = [found for found, like in likeness.items() if like == best]
    return fitting[0] if best >= KEPT and len(fitting) == 1 else None
