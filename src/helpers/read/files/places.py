"""Where a story's files lie, and what they are called in its tables."""

import os
from collections.abc import Iterable
from pathlib import Path

from helpers.story import Story


def path(story: Story, name: str) -> Path:
    """Give the path of a file that a story names."""
    return Path(os.path.normpath(story.folder / name))


def name(story: Story, path: Path | str) -> str:
    """Give a file's name relative to the story's folder, spelled out where it is not UTF-8."""
    whole, folder = str(path), f"{story.folder}{os.sep}"
    inside = whole.startswith(folder) and f"{os.sep}..{os.sep}" not in whole
    relative = whole[len(folder) :] if inside else os.path.relpath(path, story.folder)
    relative = relative.replace(os.sep, "/")
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def all_names(story: Story, paths: Iterable[str]) -> list[str]:
    """Give the names of many files, whose paths are as `os.path.normpath` leaves them."""
    folder, plain = f"{story.folder}{os.sep}", os.sep == "/"
    size = len(folder)
    return [
        path[size:] if plain and path.startswith(folder) and path.isascii() else name(story, path) for path in paths
    ]


def names(story: Story, path: Path | str) -> list[str]:
    """Give the names that a table may have for a file: its path or its name, with or without ending."""
    relative = Path(name(story, path))
    return [relative.as_posix(), relative.with_suffix("").as_posix(), relative.name, relative.stem]


def line_of(story: Story, words: str) -> int | None:
    """Give the line of story.toml that has these words."""
    lines = (story.folder / "story.toml").read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if words in line), None)
