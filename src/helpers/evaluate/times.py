"""Measure found time expressions against TimeML, where people annotated them (TIMEX3).

strict     the same first and last character
relaxed    any overlap; every expression is matched once, the exact ones first, then by overlap
value      relaxed, and the same TIMEX3 value: TempEval-3's "value F1" (UzZaman et al. 2013)
interval   the first and last day of days, weeks, weekends, months, quarters, halves, seasons and years: recall is
           what the reader of a timeline sees found and right; precision counts every dated expression found, save
           those on gold of another kind

The publication day of a document is given, not scored, and a gold modifier ("early") is not asked for.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.annotate import times
from helpers.annotate.times import Time, periods
from helpers.story import StoryError

MEASURES = ("strict", "relaxed", "value", "interval")
Finder = Callable[[str, date | None], Sequence[Time]]


@dataclass(frozen=True)
class Mark:
    """One annotated expression: half-open offsets in code points, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True)
class Document:
    """A TimeML document: its text as written, its publication day, its annotated expressions in order."""

    name: str
    published: date | None
    text: str
    gold: tuple[Mark, ...]


def report(folder: Path) -> str:
    """Give the printed table of `score` for the project's own rules."""
    return score(folder, times.find).to_string(index=False, float_format="{:.3f}".format)


def score(folder: Path, find: Finder) -> pd.DataFrame:
    """Score a finder of time expressions on a folder of TimeML files.

    Needs `*.tml` files and a function like `times.find`; gives one row a measure: `measure`, `precision`, `recall`,
    `f1`, `right`, `gold`, `found`. Raises StoryError where the folder holds no TimeML or a file is damaged.
    """
    counts: Counter = Counter()
    for document in load(folder):
        counts += count(document.gold, find(document.text, document.published))
    return table(counts)


def table(counts: Counter) -> pd.DataFrame:
    """Turn counts into rates, one row a measure."""
    rows = []
    for measure in MEASURES:
        right, gold, found = (counts[measure, what] for what in ("right", "gold", "found"))
        precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        rows.append((measure, precision, recall, f1, right, gold, found))
    return pd.DataFrame(rows, columns=["measure", "precision", "recall", "f1", "right", "gold", "found"])


def count(gold: Sequence[Mark], found: Sequence[Time]) -> Counter:
    """Count, for each measure, the right, gold and found expressions of one text."""
    pairs = [(gold[i], found[j]) for i, j in match(gold, found)]
    counts: Counter = Counter()
    for measure in ("strict", "relaxed", "value"):
        counts[measure, "gold"], counts[measure, "found"] = len(gold), len(found)
    counts["relaxed", "right"] = len(pairs)
    counts["strict", "right"] = sum((one.start, one.end) == (two.start, two.end) for one, two in pairs)
    counts["value", "right"] = sum(one.value.strip().upper() == two.value.upper() for one, two in pairs)
    scope = [one for one in gold if one.type == "DATE" and interval(one.value)]
    counts["interval", "gold"] = len(scope)
    counts["interval", "right"] = sum(
        interval(one.value) == interval(two.value) for one, two in pairs if one.type == "DATE" and interval(one.value)
    )
    counts["interval", "found"] = sum(
        two.type in ("DATE", "TIME") and interval(two.value) is not None and _is_asked(two, gold, scope)
        for two in found
    )
    return counts


def interval(value: str) -> periods.Interval | None:
    """Give the first and last day of a value, if it is a year or finer: decades and centuries are not asked for."""
    value = value.strip().upper()
    return None if re.fullmatch(r"\d{2,3}", value) else periods.interval(value)


def _is_asked(found: Time, gold: Iterable[Mark], scope: Iterable[Mark]) -> bool:
    return any(_overlap(one, found) for one in scope) or not any(_overlap(one, found) for one in gold)


def match(gold: Sequence[Mark], found: Sequence[Time]) -> list[tuple[int, int]]:
    """Pair expressions one to one, as indexes into both: the same spans first, then those that overlap most."""
    candidates = []
    for i, one in enumerate(gold):
        for j, two in enumerate(found):
            if overlap := _overlap(one, two):
                candidates.append(((one.start, one.end) != (two.start, two.end), -overlap, i, j))
    pairs: list[tuple[int, int]] = []
    used_gold, used_found = set(), set()
    for _, _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            pairs.append((i, j))
            used_gold.add(i)
            used_found.add(j)
    return sorted(pairs)


def _overlap(one: Mark, two: Time) -> int:
    return max(0, min(one.end, two.end) - max(one.start, two.start))


def load(folder: Path) -> list[Document]:
    """Read the TimeML files of a folder in name order.

    The text is that of the TEXT element, white space as it is. Raises StoryError where there is none, and for a file
    that is no XML.
    """
    # Archives made on a Mac hold a shadow "._name" for every file.
    paths = sorted(path for path in Path(folder).glob("*.tml") if not path.name.startswith("._"))
    if not paths:
        raise StoryError(f"{folder}: no TimeML files (*.tml) here; name the folder that holds them.")
    return [_read(path) for path in paths]


def _read(path: Path) -> Document:
    try:
        root = ET.parse(path).getroot()
    except ET.ParseError as error:
        raise StoryError(f"{path}: not valid XML ({error}). Fetch the file again or take it out.") from None
    pieces: list[str] = []
    gold: list[Mark] = []
    for element in root.iter("TEXT"):
        _walk(element, pieces, gold, 0)
    gold.sort(key=lambda mark: (mark.start, mark.end))
    return Document(path.stem, _published(root), "".join(pieces), tuple(gold))


def _walk(element: ET.Element, pieces: list[str], gold: list[Mark], position: int) -> int:
    """Gather the text of an element and the expressions marked in it; gives the position behind it."""
    start = position
    pieces.append(element.text or "")
    position += len(pieces[-1])
    for child in element:
        position = _walk(child, pieces, gold, position)
        pieces.append(child.tail or "")
        position += len(pieces[-1])
    if element.tag == "TIMEX3" and position > start:
        gold.append(Mark(start, position, element.get("type", "").upper(), element.get("value", "")))
    return position


def _published(root: ET.Element) -> date | None:
    for element in root.iter("TIMEX3"):
        named = element.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME")
        if named or element.get("tid") == "t0":
            try:
                return date.fromisoformat(element.get("value", "")[:10])
            except ValueError:
                return None
    return None
