"""Measure who is told to speak against the names that people gave the sources of PolNeAR texts.

A gold row is matched to the found statement whose content holds the gold content's beginning or begins within SLACK
characters of it; the nearest beginning wins, then the shorter content. Over the matched rows:

right     the name, or an accepted other form of it; for a source that is no one known, no name
surname   only the surname
none      no name where there is one
wrong     another name, or a name where there is none

Names are compared without case, full stops, titles, "the", middle initials and suffixes. `needs resolution` are the
sources that do not spell the name out: part of a name, a pronoun, a description, a metonym.
"""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers.annotate import engine

SLACK = 20  # characters
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady rev reverend the president vice sen senator rep "
    "representative gov governor mayor judge justice chief secretary gen general lt lieutenant col colonel capt "
    "sgt former ex first then minister prime speaker house chairman chair commissioner director ambassador "
    "attorney".split()
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
OPEN = frozenset({"name in part", "pronoun", "description", "metonym"})


def report(corpus: Path) -> str:
    """Extract from the texts and give the printed table of the figures.

    Needs a .jsonl of gold rows (article, content_start, speaker, aliases, kind, source_text) and, in a folder beside
    its own or above, the text of each article as polnear/*/text/ARTICLE.txt; bylines come from polnear/metadata.tsv
    where there is one. Raises OSError or ValueError where they cannot be read.
    """
    gold = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    root = corpus.parent.parent / "polnear"
    bylines = _bylines(root / "metadata.tsv")
    found = {}
    for article in sorted({row["article"] for row in gold}):
        path = next(iter(sorted(root.glob(f"*/text/{article}.txt"))), None)
        if path is None:
            raise FileNotFoundError(f"no text of {article} in {root}")
        told = engine.article(path.read_text(encoding="utf-8"), byline=bylines.get(article, ""))
        found[article] = [
            (statement.content[0][0], statement.content[-1][1], speaker)
            for statement, speaker in zip(told.statements, told.speakers, strict=True)
        ]
    return score(gold, found).to_string(index=False, na_rep="", float_format="{:.3f}".format)


def score(gold: list[dict], found: dict[str, list[tuple[int, int, str | None]]]) -> pd.DataFrame:
    """Compare gold rows with the found (content start, content end, speaker) of each article.

    Gives a row a group of sources: `sources`, `gold`, `matched`, `right` and `wrong` as shares of the matched, and
    the counts `surname` and `none`.
    """
    judged = []
    for row in gold:
        match = _match(row["content_start"], found.get(row["article"], []))
        judged.append((row, _kind(row), None if match is None else judge(row, match[2])))
    groups = {
        "all": judged,
        "with a speaker": [one for one in judged if one[0]["speaker"]],
        "needs resolution": [one for one in judged if one[0]["speaker"] and one[1] in OPEN],
        "without a speaker": [one for one in judged if not one[0]["speaker"]],
    }
    groups |= {kind: [one for one in judged if one[1] == kind] for kind in sorted({kind for _, kind, _ in judged})}
    rows = []
    for name, group in groups.items():
        counts = Counter(outcome for _, _, outcome in group)
        matched = len(group) - counts[None]
        rows.append(
            {
                "sources": name,
                "gold": len(group),
                "matched": matched,
                "right": counts["right"] / matched if matched else float("nan"),
                "wrong": counts["wrong"] / matched if matched else float("nan"),
                "surname": counts["surname"],
                "none": counts["none"],
            }
        )
    return pd.DataFrame(rows)


def judge(row: dict, speaker: str | None) -> str:
    """Tell whether a found speaker is right, surname, none or wrong for a gold row."""
    speaker = speaker if speaker and speaker.strip() else None
    accepted = [name for name in (row["speaker"], *row["aliases"]) if name]
    if speaker is None:
        return "none" if row["speaker"] else "right"
    if any(_same(speaker, name) for name in accepted):
        return "right"
    if not row["speaker"]:
        label = (row.get("group"), row["source_text"])
        return "surname" if any(name and _plain(name) == _plain(speaker) for name in label) else "wrong"
    own, whole = _core(speaker), _core(row["speaker"])
    return "surname" if own and len(own) < len(whole) and whole[-len(own) :] == own else "wrong"


def _match(start: int, found: list[tuple[int, int, str | None]]) -> tuple[int, int, str | None] | None:
    near = [
        (abs(begin - start), end - begin, place)
        for place, (begin, end, _) in enumerate(found)
        if begin <= start < end or abs(begin - start) <= SLACK
    ]
    return found[min(near)[2]] if near else None


def _kind(row: dict) -> str:
    if row["kind"] != "name":
        return row["kind"]
    source = _plain(row["source_text"])
    full = [name for name in (row["speaker"], *row["aliases"]) if name and (" " in name or name == row["speaker"])]
    return "name in full" if any(_plain(name) in source for name in full) else "name in part"


def _same(name: str, other: str) -> bool:
    return _plain(name) == _plain(other) or (_core(name) == _core(other) != ())


def _plain(name: str) -> str:
    words = re.sub(r"[.,\"“”()\[\]]", "", name.lower().replace("’", "'").replace(". ", " "))
    words = re.sub(r"'s?$", "", " ".join(words.split()).strip(" '-:;"))
    return re.sub(r"^(?:the|a|an) ", "", words)


def _core(name: str) -> tuple[str, ...]:
    words = _plain(name).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    return tuple(word for at, word in enumerate(words) if not (0 < at < len(words) - 1 and len(word) == 1))


def _bylines(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["filename"]: row["author"] for row in csv.DictReader(file, delimiter="\t")}
