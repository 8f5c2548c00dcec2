"""Keep what reading a file gave, so that a file that has not changed is not read again."""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from helpers.parts import Parts
from helpers.read.clean import Sketch
from helpers.read.files.records import Loss, Record

SETTLED = 2_000_000_000  # nanoseconds after a change from which a file's times tell whether there was another
BATCH = 2_000  # pages that are held before they are written


@dataclass(frozen=True)
class Draft:
    """An article as its file gives it, and as it became a row the last time."""

    given: str | None  # its own id
    outlet: str | None
    sketch: Sketch
    place: tuple[str, int | None]
    added: str
    begin: str  # its text as the file gives it, cut
    record: Record | None = None  # None where the row is at hand
    shared: frozenset[int] = frozenset()  # of its lines, those that the outlet repeated when the row was made
    row: Mapping[str, object] | None = None  # of `articles`
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Page:
    """What a file gave: its articles, and what could not be used."""

    drafts: tuple[Draft, ...]
    losses: tuple[Loss, ...]


class Files:
    """The hashes of files, looked up by size and times where these tell that a file is as it was."""

    def __init__(self, parts: Parts | None = None) -> None:
        """Look up which files are known; without parts, none is."""
        self._parts, self._known = parts, {}
        self._hashes: dict[Path, str] = {}
        self._fresh: dict[str, tuple] = {}
        for chunk in parts.read("SELECT state, sha256 FROM part") if parts else ():
            self._known.update(chunk)

    def sha256(self, path: Path) -> str:
        """Give the hash of a file's bytes; the number of the error where it cannot be read."""
        if path not in self._hashes:
            try:
                self._hashes[path] = self._read(path)
            except OSError as error:
                self._hashes[path] = str(error.errno)
        return self._hashes[path]

    def _read(self, path: Path) -> str:
        seen = path.stat()
        # The time of change is the system's own, and no copy can set it; it is the time of creation on Windows.
        state = f"{path}\x1f{seen.st_size}\x1f{seen.st_mtime_ns}\x1f{seen.st_ctime_ns}"
        if state in self._known:
            self._fresh[state] = ()
            return self._known[state]
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if time.time_ns() - max(seen.st_mtime_ns, seen.st_ctime_ns) > SETTLED:
            self._fresh[state] = (state, sha256)
        return sha256

    def save(self) -> None:
        """Keep the hashes for the next time."""
        if self._parts:
            self._parts.write(pd.DataFrame([row for row in self._fresh.values() if row], columns=["state", "sha256"]))
            self._parts.merge("state", list(self._fresh))


class Pages:
    """The pages of a story as they were read last, by a hash of all that their reading depends on."""

    def __init__(self, parts: Parts | None = None) -> None:
        """Open what is kept; without parts, nothing is."""
        self._parts = parts
        self._fresh: list[tuple[str, str]] = []

    def load(self, wanted: Iterable[str]) -> dict[str, Page]:
        """Give those of the wanted pages that are kept."""
        if not self._parts:
            return {}
        keys = pd.DataFrame({"wanted": list(wanted)}, dtype=object)
        rows = self._parts.read("SELECT key, page FROM part WHERE key IN (SELECT wanted FROM keys)", keys=keys)
        return {key: _load(page) for chunk in rows for key, page in chunk}

    def keep(self, key: str | None, page: Page) -> None:
        """Keep a page whose drafts have become rows; without a key, it is none that can be kept."""
        if self._parts and key:
            self._fresh.append((key, _dump(page)))
            if len(self._fresh) >= BATCH:
                self._flush()

    def save(self, used: Iterable[str]) -> None:
        """Write what is kept, and forget what no file of the story gives."""
        if self._parts:
            self._flush()
            self._parts.merge("key", list(used))

    def _flush(self) -> None:
        self._parts.write(pd.DataFrame(self._fresh, columns=["key", "page"]))
        self._fresh = []


def _dump(page: Page) -> str:
    drafts = [
        {
            "given": draft.given,
            "outlet": draft.outlet,
            "sketch": draft.sketch,
            "place": draft.place,
            "added": draft.added,
            "begin": draft.begin,
            "shared": sorted(draft.shared),
            "row": draft.row,
            "losses": [astuple(loss) for loss in draft.losses],
        }
        for draft in page.drafts
    ]
    return json.dumps([drafts, [astuple(loss) for loss in page.losses]], default=datetime.isoformat)


def _load(page: str) -> Page:
    drafts, losses = json.loads(page)
    return Page(tuple(_draft(draft) for draft in drafts), _losses(losses))


def _draft(draft: dict) -> Draft:
    row = draft["row"]
    when = row["published_at"] and datetime.fromisoformat(row["published_at"])
    restored = {
        "sketch": tuple(draft["sketch"]),
        "place": tuple(draft["place"]),
        "shared": frozenset(draft["shared"]),
        "row": {**row, "published_at": when},
        "losses": _losses(draft["losses"]),
    }
    return Draft(**{**draft, **restored})


def _losses(losses: list) -> tuple[Loss, ...]:
    return tuple(Loss(*loss) for loss in losses)
