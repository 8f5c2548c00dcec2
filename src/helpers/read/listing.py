"""List a story's files at one look each, and know which of them are as they were.

A large table of a line an article is listed in pieces, each by the hash of all that stands up to its end: of one that
grew, all are known but the last.
"""

import hashlib
import json
import os
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.parts import Parts, unswept
from helpers.read import files
from helpers.read.files import Look, decode, places
from helpers.read.files.records import Loss, Piece
from helpers.read.manifest import Manifest
from helpers.story import Story, hash_of

CUT = (".jsonl", ".ndjson")
PIECE = 4 << 20  # bytes, and what is left of the line
SETTLED = 2_000_000_000  # nanoseconds after a change from which a file's times tell whether there was another


@dataclass(frozen=True)
class Listing:
    """The files of a story, as they were when it was listed."""

    kept: Manifest
    paths: list[str]  # of the files that may hold articles, in order
    names: list[str]  # what the tables call them
    hashes: list[str]  # of their bytes
    pieces: list[tuple[Piece, ...]]  # of those that are read in pieces; empty where a file is read as a whole
    settings: dict[str, str]  # the hashes of the other files that its tables depend on, by path
    losses: tuple[Loss, ...]


class Files:
    """The hashes of files, looked up by size and times where these tell that a file is as it was."""

    def __init__(self, parts: Parts | None = None) -> None:
        """Look up which files are known; without parts, none is."""
        self._parts = parts
        self._states: list[str] = []
        self._fresh: list[tuple[str, str, str | None]] = []

    def hashes(self, seen: Mapping[str, Look | None]) -> tuple[list[str], list[tuple[Piece, ...]]]:
        """Give the hash of each file's bytes, by its path and how it looks; of one that cannot be read, its error.

        And the pieces of those that are cut.
        """
        # The time of change is the system's own, and no copy can set it; it is the time of creation on Windows.
        states = [look and f"{path}\x1f{look.size}\x1f{look.written}\x1f{look.changed}" for path, look in seen.items()]
        known = self._known(states)
        hashes, pieces = [], []
        for state, (path, look) in zip(states, seen.items(), strict=True):
            if state in known:
                sha256, cut = known[state]
            else:
                sha256, found = cut_up(path)
                cut = json.dumps(found) if found else None
                if look and time.time_ns() - max(look.written, look.changed) > SETTLED:
                    self._fresh.append((state, sha256, cut))
            hashes.append(sha256)
            pieces.append(tuple(Piece(*piece) for piece in json.loads(cut)) if cut else ())
        self._states += filter(None, states)
        return hashes, pieces

    def _known(self, states: list[str | None]) -> dict[str, tuple[str, str | None]]:
        if not self._parts:
            return {}
        wanted = pd.DataFrame({"state": pd.array(states, dtype="str")})
        found = self._parts.arrays("SELECT state, sha256, pieces FROM wanted JOIN part USING (state)", wanted=wanted)
        if not found:
            return {}
        return dict(zip(found["state"], zip(found["sha256"], found["pieces"], strict=True), strict=True))

    def save(self) -> None:
        """Keep the hashes for the next time."""
        if self._parts:
            self._parts.write(pd.DataFrame(self._fresh, columns=["state", "sha256", "pieces"], dtype="str"))
            self._parts.merge("state", self._states)


def find(story: Story, known: Files | None = None) -> Listing:
    """List a story's files; raises StoryError where it names none at all."""
    known, kept = known or Files(), Manifest(story.folder)
    with unswept():
        seen, losses = files.expand(story, kept)
        hashes, pieces = known.hashes(seen)
    return Listing(
        kept=kept,
        paths=list(seen),
        names=places.all_names(story, seen),
        hashes=hashes,
        pieces=pieces,
        settings={str(path): hash_of(path) for path in files.settings(story)},
        losses=tuple(losses),
    )


def cut_up(path: str | Path) -> tuple[str, list[Piece]]:
    """Give the hash of a file's bytes and its pieces, whole lines of plain text; none where it is not to be cut."""
    if os.path.splitext(path)[1].lower() not in CUT:  # noqa: PTH122
        return hash_of(path), []
    whole, pieces, line, plain = hashlib.sha256(), [], 1, True
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            while raw := file.read(PIECE) + file.readline():
                whole.update(raw)
                plain = plain and b"{" in raw and decode.is_plain(raw)
                end = file.tell()
                pieces.append(Piece(end - len(raw), end, line, whole.hexdigest(), zlib.crc32(raw)))
                line += decode.newlines(raw)
    except OSError as error:
        return str(error.errno), []
    return whole.hexdigest(), pieces if plain and len(pieces) > 1 else []
