"""What the readers of files hand on: records, losses, and the sentence for a file that gives nothing."""

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from helpers.read.files.decode import tidy
from helpers.story import FIELDS

META = tuple(field for field in FIELDS if field != "text")
LONGEST = 2_000  # characters kept of a record that cannot be read

Place = tuple[str, int | None]  # a file, relative to the story's folder, and a line in it


@dataclass(frozen=True)
class Loss:
    """Something that is left out, or that an editor should look at: a row of `removed` without its article."""

    source_file: str
    line: int | None
    kind: str
    text: str
    reason: str


@dataclass(frozen=True)
class Record:
    """An article as a file gives it, before it is cleaned."""

    fields: Mapping[str, str]
    text: str
    source_file: str
    line: int | None = None  # the record's line in a .jsonl or .csv file
    first_line: int | None = None  # the line of the file where the text begins, where it stands there as it is
    dated: Place | None = None  # where its date stands
    losses: tuple[Loss, ...] = ()
    added: str = ""  # when `ontherecord add` fetched the file
    key: str = ""  # a hash of all that it depends on, but for its line in a table and the other articles


def packed(record: Record) -> str:
    """Write a record as JSON."""
    return json.dumps(vars(record), default=vars)


def unpacked(source: str) -> Record:
    """Read such a record."""
    told = json.loads(source)
    return Record(**told | {"losses": tuple(Loss(**loss) for loss in told["losses"])})


class Piece(NamedTuple):
    """Some lines of a table."""

    start: int  # bytes
    end: int
    line: int  # the first
    sha256: str  # of the table up to the end of the piece
    sum: int  # of the piece's own bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of a table that has been read before, by the key of its record."""

    key: str
    line: int


@dataclass(frozen=True)
class Known:
    """The rows of tables that have been read before."""

    about: str = ""  # what a record depends on beside its row, hashed
    keys: Container[str] = ()

    def key(self, row: str) -> str:
        """Give the key of a row's record."""
        words = f"{self.about}\x1f{row}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(words, digest_size=16).hexdigest()


NONE = Known()
Found = tuple[list[Record | Seen], list[Loss]]

_NOTHING = {"none", "null", "nan", "na", "n/a", "-"}  # how spreadsheets and exports write an empty cell


def fields(row: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, str]:
    """Give the fields that a row fills, by our names: a mapped column before one that has our name."""
    found = {}
    for field in META:
        for column in (columns.get(field), field):
            value = string(row.get(column)) if column else ""
            if value:
                found[field] = value
                break
    return found


def string(value: object) -> str:
    """Give a cell's words on one line, "" where it is empty: a list's with commas, an object's by its name."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(string, value)))
    if isinstance(value, dict):
        return string(value.get("name"))
    words = "" if value is None or isinstance(value, bool) else " ".join(tidy(str(value)).split())
    return "" if words.lower() in _NOTHING else words


def cap(text: str) -> str:
    """Cut a text that cannot be used to what is kept of it."""
    return text[:LONGEST]
