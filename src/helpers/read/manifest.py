"""The raw files that `add` has kept in a story's folder, and the manifest that says where each came from.

A raw file is written once and never changed. It is in the manifest or it is not kept: a line is appended, as a whole,
after its file is safe on the disk, so that whatever interrupts leaves at most a file that nothing names.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from helpers.story import StoryError, digest

RAW = "raw"
NAME = f"{RAW}/manifest.jsonl"
_LOCK, _HALF = f"{RAW}/.lock", ".half"


@dataclass(frozen=True)
class Line:
    """A raw file: a line of the manifest."""

    file: str  # relative to the story's folder
    sha256: str
    kind: str  # what it is, by helpers.read.files.kinds
    source: str  # what was named to `add`, and the place of this in it
    fetched_at: str  # UTC
    address: str | None = None  # as it was asked for
    moved_to: str | None = None  # where redirects led
    licence: str | None = None
    type: str | None = None  # as its server stated it
    etag: str | None = None
    modified: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)  # fields known before the file was read
    columns: Mapping[str, str] = field(default_factory=dict)  # our field = their column
    wanted: Mapping[str, object] = field(default_factory=dict)  # which of its addresses: words, since
    fixed: Mapping[str, str] = field(default_factory=dict)  # fields that hold whatever the file says

    @property
    def charset(self) -> str | None:
        """Give the encoding that the server stated."""
        stated = re.search(r"charset\s*=\s*[\"']?([\w.-]+)", self.type or "", re.IGNORECASE)
        return stated[1] if stated else None


class Manifest:
    """The raw files of one story, in the order in which they were kept."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest of a story's folder; an empty one where it has none.

        A last line that an interruption has cut short is not there. Raises StoryError for any other that is broken.
        """
        self.folder = folder
        self._latest: dict[str, Line] = {}
        self._by_file: dict[str, Line] = {}
        path = folder / NAME
        source = path.read_bytes() if path.is_file() else b""
        for number, line in enumerate(source.split(b"\n")[:-1], 1):
            try:
                self._note(Line(**json.loads(line)))
            except (ValueError, TypeError, RecursionError):
                raise StoryError(
                    f"{path}:{number}: is no line of a manifest. Delete the line, and add its source again."
                ) from None

    @property
    def lines(self) -> list[Line]:
        """Give the line of each raw file, the latest where there are several, in the order of the first ones."""
        return list(self._by_file.values())

    def latest(self, address: str) -> Line | None:
        """Give the raw file last kept from an address."""
        return self._latest.get(address)

    def of(self, file: str) -> Line | None:
        """Give the line of a raw file, by its name in the story's folder."""
        return self._by_file.get(file)

    def read(self, line: Line) -> bytes:
        """Read a raw file's bytes."""
        return (self.folder / line.file).read_bytes()

    def keep(self, raw: bytes, ending: str, **about: object) -> tuple[Line, bool]:
        """Keep the bytes of a raw file; gives its line of the manifest, and whether it is new.

        Files of one address, or of one place in a source, with the same bytes are one.
        """
        sha256 = hashlib.sha256(raw).hexdigest()
        file = f"{RAW}/{digest(about.get('address') or about['source'], sha256)}{ending}"
        if file in self._by_file:
            return self._by_file[file], False
        path = self.folder / file
        half = path.with_name(path.name + _HALF)
        with half.open("wb") as writing:
            _write(writing, raw)
        half.replace(path)
        line = Line(file=file, sha256=sha256, **about)
        self._append(line)
        return line, True

    def restate(self, line: Line, **about: object) -> None:
        """Say something else of a raw file that is kept: a further line, which counts instead of the first."""
        restated = replace(line, **about)
        if restated != line:
            self._append(restated)

    def _append(self, line: Line) -> None:
        written = {name: value for name, value in asdict(line).items() if value not in (None, {})}
        with (self.folder / NAME).open("ab") as writing:
            _write(writing, json.dumps(written, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        self._note(line)

    def _note(self, line: Line) -> None:
        self._by_file[line.file] = line
        if line.address:
            self._latest[line.address] = line


def _write(file: BinaryIO, raw: bytes) -> None:
    file.write(raw)
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def open_for_adding(folder: Path) -> Iterator[Manifest]:
    """Open a story's manifest, alone; clear away what an interruption has left half done.

    Raises StoryError where another `add` is at work on the story.
    """
    (folder / RAW).mkdir(exist_ok=True)
    try:
        with FileLock(folder / _LOCK, timeout=0):
            for half in sorted((folder / RAW).glob(f"*{_HALF}")):
                half.unlink()
            _whole_lines(folder / NAME)
            yield Manifest(folder)
    except Timeout:
        raise StoryError(f"{folder / RAW}: another `ontherecord add` is at work here. Wait until it is done.") from None


def _whole_lines(path: Path) -> None:
    """Cut off a last line that was not written to its end."""
    with suppress(FileNotFoundError), path.open("r+b") as file:
        source = file.read()
        if not source.endswith(b"\n"):
            file.truncate(source.rfind(b"\n") + 1)
