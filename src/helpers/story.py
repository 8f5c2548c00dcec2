"""A story: a folder with a story.toml. Every path of the project comes from here and from nowhere else."""

import hashlib
import os
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"
DATA = ROOT / "data"
BUILD = DATA / "build"

FIELDS = ("id", "text", "outlet", "url", "title", "byline", "published_at", "language")
ALIKE = 0.75  # likeness of two names of folders, from which one may be meant by the other
YEARS = range(1700, 2201)  # of publication; what falls outside is a slip, and would stretch every timeline to it


class StoryError(Exception):
    """Something the user can mend. The message is one sentence that names the file and the next step."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Articles(_Part):
    """Where the articles lie and what the files themselves do not say."""

    files: list[str] = []  # beside those that `ontherecord add` keeps
    metadata: str | None = None
    key: str = "filename"
    columns: dict[str, str] = {}

    @field_validator("columns")
    @classmethod
    def _ours(cls, columns: dict[str, str]) -> dict[str, str]:
        for field in columns:
            if field not in FIELDS:
                raise ValueError(f"'{field}' is no field of an article; the fields are {', '.join(FIELDS)}")
        return columns


class Actors(_Part):
    """The actors a story follows, by name."""

    follow: list[str] = []


class Story(_Part):
    """The settings of one story, as its story.toml gives them."""

    folder: Path
    title: str = Field(min_length=1)
    byline: str = ""
    about: str = ""
    timezone: str = "UTC"
    language: str = "en"
    address: str = ""  # where the report will stand on the web
    licence: str = ""  # of the published tables
    articles: Articles = Articles()
    actors: Actors = Actors()
    matters: dict[str, list[str]] = {}

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        return zone(name)

    @field_validator("language")
    @classmethod
    def _code(cls, language: str) -> str:
        if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", language):
            raise ValueError(f"'{language}' is no language code; write one such as 'en'")
        return language

    @field_validator("address")
    @classmethod
    def _web(cls, address: str) -> str:
        if address and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", address):
            raise ValueError(f"'{address}' is no address; write one such as 'https://desk.example/ford/'")
        return address and f"{address.rstrip('/')}/"

    @field_validator("licence")
    @classmethod
    def _licence(cls, licence: str) -> str:
        if licence and not re.fullmatch(r"[A-Za-z0-9._-]+|https?://\S+", licence):
            raise ValueError(f"'{licence}' is no licence; write its short name, such as 'CC-BY-4.0', or its address")
        return licence

    @property
    def name(self) -> str:
        """The folder's name: what the database and the report are called."""
        return self.folder.name

    @property
    def database(self) -> Path:
        """The story's database; STORY_DATABASE names another, as the report does for the notebooks that it runs."""
        named = os.environ.get("STORY_DATABASE")
        return Path(named) if named else BUILD / f"{self.name}.duckdb"

    @property
    def report(self) -> Path:
        return REPORTS / self.name


def load(folder: str | Path) -> Story:
    """Read the story.toml of a folder.

    Gives a Story. Raises StoryError with one sentence that names the file, and the line where there is one.
    """
    folder = _resolved(folder)
    path = folder / "story.toml"
    if folder.is_file() and folder.name == "story.toml":
        folder, path = folder.parent, folder
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        meant = f"; did you mean {near}?" if not folder.exists() and (near := _near(folder)) else "."
        raise StoryError(
            f"{path}: not found{meant} A story is a folder with a story.toml; `ontherecord new NAME` makes one."
        ) from None
    except UnicodeDecodeError:
        raise StoryError(f"{path}: not UTF-8. Save it as UTF-8 text.") from None
    except OSError as error:
        raise StoryError(f"{path}: cannot be read ({error.strerror}). Check its rights.") from None
    try:
        settings = tomllib.loads(source)
    except RecursionError:
        raise StoryError(f"{path}: not valid TOML: nested too deep. Take the brackets out.") from None
    except ValueError as error:
        raise StoryError(f"{path}: not valid TOML: {error}. Mend that line.") from None
    if "folder" in settings:  # a field of Story that is no key
        raise StoryError(_sentence(path, source, {"type": "extra_forbidden", "loc": ("folder",)}))
    try:
        return Story(folder=folder, **settings)
    except ValidationError as error:
        # A misspelt key is also a missing one; the misspelling is what to mend.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise StoryError(_sentence(path, source, first)) from None


def current() -> Story:
    """Load the story that the environment variable STORY names; the sample where it names none."""
    folder = Path(os.environ.get("STORY") or "data/sample").expanduser()
    return load(folder if folder.is_absolute() else ROOT / folder)


def zone(name: str) -> str:
    """Give the name of a time zone back; raises ValueError where there is none of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"'{name}' is no time zone; write one such as 'Europe/Kyiv'") from error
    return name


def digest(*parts: object, size: int = 16) -> str:
    """Hash the parts to a short hexadecimal id that is the same in every build."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:size]


def hash_of(path: str | Path) -> str:
    """Give the hash of a file's bytes; the number of the error where it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - of a million files, a Path each is dear
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return str(error.errno)


def _resolved(folder: str | Path) -> Path:
    try:
        resolved = Path(folder).expanduser().resolve()
        str(resolved).encode()
    except UnicodeEncodeError:
        raise StoryError(f"{str(folder)!a}: this folder's name is not UTF-8. Rename it.") from None
    except (OSError, RuntimeError, ValueError) as error:  # links that lead in a circle, a home that nobody knows
        raise StoryError(
            f"{folder}: no folder can be found there ({error}). Name the story's folder in full."
        ) from None
    return resolved


def _near(folder: Path) -> Path | None:
    """Give the story whose folder's name is nearest, beside the one that is not there or in data/."""
    stories = {path.parent.name: path.parent for place in (DATA, folder.parent) for path in place.glob("*/story.toml")}
    close = get_close_matches(folder.name, stories, 1, ALIKE)
    return stories[close[0]] if close else None


def _sentence(path: Path, source: str, error: dict) -> str:
    keys = [str(part) for part in error["loc"] if not isinstance(part, int)]
    name, dotted = keys[-1] if keys else "", ".".join(keys)
    line = next(
        (n for n, row in enumerate(source.splitlines(), 1) if re.match(rf"\s*(\[.*\b)?[\"']?{re.escape(name)}\b", row)),
        None,
    )
    where = f"{path}:{line}" if line else f"{path}"
    if error["type"] == "extra_forbidden":
        known = {"articles": Articles, "actors": Actors}.get(keys[0] if len(keys) > 1 else "", Story)
        fields = [field for field in known.model_fields if field != "folder"]
        meant = "".join(f"; did you mean '{near}'?" for near in get_close_matches(str(keys[-1]), fields, 1)) or "."
        return f"{where}: unknown key '{dotted}'{meant} The keys here are {', '.join(fields)}."
    if error["type"] == "missing" and isinstance(error["loc"][-1], str):
        return f"{path}: the key '{dotted}' is missing. Add it; data/sample/story.toml shows how."
    if error["type"] == "list_type":
        return f'{where}: \'{dotted}\': is no list; write its words between brackets, as in ["one", "another"].'
    return f"{where}: '{dotted}': {error['msg'].removeprefix('Value error, ')}."
