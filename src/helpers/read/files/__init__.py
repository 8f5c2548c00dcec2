"""Find a story's files and read each into records: the fields and the text as the file gives them."""

import glob
import hashlib
import os
import stat
import zlib
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from helpers.read import leads, manifest
from helpers.read.files import decode, office, pages, places, sheets, tables, texts, wires
from helpers.read.files.decode import Unreadable, tidy
from helpers.read.files.kinds import LEADS
from helpers.read.files.records import Found, Known, Loss, Piece, Record, Seen, cap, fields
from helpers.read.files.sheets import Sheet
from helpers.read.manifest import Line, Manifest
from helpers.story import Story, StoryError, digest

SINGLE = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")  # an article a file
DECIDED = ("actors.csv", "reviews.csv", "speakers.csv", "checked.csv")  # what people have decided, beside the articles


class Look(NamedTuple):
    """What one look at a file tells."""

    mode: int
    number: int  # of the file on its disk
    size: int
    written: int  # when its bytes changed, in nanoseconds
    changed: int  # when anything of it did


def settings(story: Story) -> list[Path]:
    """Give the files of a story's folder that are no articles, those that are there."""
    tables = [name for table in DECIDED for name in (table, f"review/{table}")]
    names = ["story.toml", *tables, manifest.NAME]
    names += [story.articles.metadata] if story.articles.metadata else []
    return [path for name in names if (path := places.path(story, name)).exists()]


def expand(story: Story, kept: Manifest) -> tuple[dict[str, Look | None], list[Loss]]:
    """Find the files that `add` has kept and those that the globs of a story.toml name, each once, in order.

    Gives, of each path, how the file looks; None where it cannot be looked at. Raises StoryError where there is none.
    """
    losses, folder = [], f"{story.folder}{os.sep}"
    found = {path: _look(path) for path in (os.path.normpath(folder + line.file) for line in kept.lines)}
    known = {str(path) for path in settings(story)}
    for pattern in story.articles.files:
        # Path.glob takes neither an absolute pattern nor one that begins with "../".
        matches = glob.glob(pattern, root_dir=story.folder, recursive=True)  # noqa: PTH207
        # A story may have a million files: no Path is made of each, and none is looked at twice.
        base = "" if Path(pattern).is_absolute() else folder
        plain = "**" not in pattern and os.path.normpath(pattern) == pattern
        paths = {base + match if plain else os.path.normpath(base + match) for match in matches} - known
        seen = {path: found.get(path) or _look(path) for path in paths}
        special = {path: look.mode for path, look in seen.items() if look and not stat.S_ISREG(look.mode)}
        folders = [path for path, mode in special.items() if stat.S_ISDIR(mode)]
        odd = special.keys() - folders
        for path in odd:  # such as a pipe, whose end one would await for ever
            reason = "is no regular file. Take it away."
            losses.append(Loss(places.name(story, path), None, "file", Path(path).name, reason))
        if "**" not in pattern:  # which is there to go through folders
            losses += [_folder(story, path) for path in folders]
        if not paths:
            reason = f"no file matches '{pattern}'. Correct it, or put the files there."
            losses.append(Loss("story.toml", places.line_of(story, pattern), "file", pattern, reason))
        found |= {path: look for path, look in seen.items() if path not in special}
    if not found:
        raise StoryError(_none(story))
    return _once(found), sorted(losses, key=lambda loss: (loss.source_file, loss.line or 0, loss.text))


def contexts(names: Sequence[str], hashes: Sequence[str], story: Story, sheet: Sheet, kept: Manifest) -> list[str]:
    """Hash all that each file's articles depend on, but for the other articles, by the hash of its bytes."""
    settings, found = _settings(story), []
    raw = digest(*(f"{line.file} {line.address}" for line in kept.lines))
    for name, sha256 in zip(names, hashes, strict=True):
        line = kept.of(name)
        single = sheet.rows and Path(name).suffix.lower() in SINGLE
        row = sheets.row(name, story, sheet) if single else None
        others = raw if line and line.kind in LEADS else ""  # whether an address has its page
        known = f"{name}\x1f{sha256}\x1f{line or ''}\x1f{row or ''}\x1f{settings}\x1f{others}"
        found.append(hashlib.blake2b(known.encode(), digest_size=16).hexdigest())
    return found


def _settings(story: Story) -> str:
    return digest(story.articles.columns, story.articles.metadata, story.timezone, story.language)


def read(
    path: Path, story: Story, sheet: Sheet, kept: Manifest, known: Container[str] = (), piece: Piece | None = None
) -> tuple[list[Record | Seen], list[Loss], str | None]:
    """Read the records of one file, or a piece of it; what cannot be read is a Loss. Gives the hash of its bytes, too.

    Each record has a key, of all that it depends on but its line in a table and the other articles. Of a table's rows
    that are known by theirs, no more is read. Raises StoryError where a piece is not as it was listed.
    """
    name = places.name(story, path)
    line = kept.of(name)
    about, sha256 = digest(name, line, _settings(story)), None
    try:
        raw = _cut(path, piece) if piece else decode.read(path)
        sha256 = piece.sha256 if piece else hashlib.sha256(raw).hexdigest()
        records, losses = _records(raw, name, path.suffix.lower(), story, line, Known(about, known), piece)
    except Unreadable as error:
        number = error.args[1] if len(error.args) > 1 else None
        return [], [Loss(name, number, "file", path.name, str(error.args[0]))], sha256
    if line:
        records = [one if isinstance(one, Seen) else _added(one, line) for one in records]
        records, unread = _without_page(records, line, kept)
        losses += unread
    if story.articles.metadata and path.suffix.lower() in SINGLE:
        completed = [sheets.complete(record, story, sheet) for record in records]
        records = [record for record, _ in completed]
        # What `add` has kept needs no row there.
        losses += [loss for _, more in completed for loss in more if not line]
    return [one if isinstance(one, Seen) or one.key else _keyed(one, about) for one in records], losses, sha256


def changed(path: Path) -> StoryError:
    """Make the error of a file that somebody wrote to meanwhile."""
    return StoryError(f"{path}: was changed while it was read. Build again.")


def _cut(path: Path, piece: Piece) -> bytes:
    with suppress(OSError), path.open("rb") as file:
        file.seek(piece.start)
        raw = file.read(piece.end - piece.start)
        if zlib.crc32(raw) == piece.sum:
            return raw
    raise changed(path)


def _keyed(record: Record, about: str) -> Record:
    dated = record.dated if record.line is None else record.dated and record.dated[0]
    content = (sorted(record.fields.items()), record.text, record.first_line, dated, record.losses, record.added)
    return replace(record, key=digest(about, *content, size=32))


def _none(story: Story) -> str:
    way_out = "or let `ontherecord add` fetch some"
    if not story.articles.files:
        return f"{story.folder / 'story.toml'}: the story has no articles. Name files in [articles] files, {way_out}."
    line = places.line_of(story, story.articles.files[0])
    where = f"{story.folder / 'story.toml'}{f':{line}' if line else ''}"
    patterns = ", ".join(f"'{pattern}'" for pattern in story.articles.files)
    return f"{where}: no file matches {patterns}. Put articles there, correct [articles] files, {way_out}."


def _once(found: dict[str, Look | None]) -> dict[str, Look | None]:
    """Leave out the other names of a file, which links that lead in a circle give without end; put them in order."""
    files = Counter(look and look.number for look in found.values())
    several = [path for path, look in found.items() if not look or files[look.number] > 1]
    names: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in sorted(several, key=lambda path: (path.count(os.sep), _order(path))):
        folder, name = os.path.split(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        real = os.path.realpath(path) if os.path.islink(path) else os.path.join(folders[folder], name)  # noqa: PTH114, PTH118
        names.setdefault(real, path)
    once = found.keys() - (set(several) - set(names.values()))
    return {path: found[path] for path in sorted(once, key=_order)}


def _order(path: str) -> str:
    """Give what sorts paths by their folders, one after another."""
    return path.replace(os.sep, "\0")


def _look(path: str) -> Look | None:
    try:
        look = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return Look(look.st_mode, look.st_ino, look.st_size, look.st_mtime_ns, look.st_ctime_ns)


def _folder(story: Story, path: str) -> Loss:
    name = places.name(story, path)
    return Loss(name, None, "file", Path(path).name, f"is a folder. Write '{name}/*' to read its files.")


# A file to records -------------------------------------------------------------------------------------------


def _page(text: str, name: str, _columns: Mapping[str, str]) -> Found:
    page = pages.read(text)
    if page is None:
        raise Unreadable("is HTML without an article. Save the page of the article itself, or its text as .txt.")
    reason = "stands on the page outside the article"
    losses = tuple(Loss(name, line, "boilerplate", tidy(block), reason) for line, block in page.outside)
    return [Record(fields(page.fields, {}), tidy(page.text), name, dated=(name, None), losses=losses)], []


_OF_TEXT = {
    **dict.fromkeys((".txt", ".md"), texts.read),
    **dict.fromkeys((".html", ".htm"), _page),
    ".json": wires.ninjs,
}
_OF_ROWS = {
    **dict.fromkeys((".jsonl", ".ndjson"), tables.json_lines),
    **dict.fromkeys((".csv", ".tsv"), tables.delimited),
}
_OF_BYTES = {".xml": wires.newsml, ".docx": office.word, ".pdf": office.pdf}
_KINDS = (
    *(".txt", ".md", ".html", ".htm", ".jsonl", ".ndjson", ".csv", ".tsv", ".json"),
    *(".parquet", ".xml", ".docx", ".pdf"),
)


def _records(
    raw: bytes, name: str, suffix: str, story: Story, line: Line | None, known: Known, piece: Piece | None = None
) -> Found:
    columns = {**story.articles.columns, **line.columns} if line else story.articles.columns
    if line and line.kind in LEADS:
        return _of_leads(raw, name, line)
    if piece and piece.start:
        return tables.json_lines(tidy(raw.decode()), name, columns, known, piece.line)
    if suffix not in _KINDS:
        kinds = ", ".join(_KINDS)
        raise Unreadable(f"is of a kind we cannot read; we read {kinds}. Save it as one of these or narrow the glob.")
    if not raw or raw.isspace():
        raise Unreadable("is empty. Fill it or take it out of the folder.")
    note = None
    if suffix == ".parquet":
        records, losses = tables.parquet(raw, name, columns, known)
    elif suffix in _OF_BYTES:
        records, losses = _OF_BYTES[suffix](raw, name, columns)
    else:
        text, note = decode.decode(raw, suffix, line.charset if line else None)
        if not text or text.isspace():
            raise Unreadable("is empty. Fill it or take it out of the folder.")
        table = _OF_ROWS.get(suffix)
        records, losses = table(text, name, columns, known) if table else _OF_TEXT[suffix](text, name, columns)
    if not records and not losses:
        raise Unreadable("holds a header and no rows. Fill it or take it out of the folder.")
    return records, losses + ([Loss(name, None, "file", Path(name).name, note)] if note and records else [])


def _of_leads(raw: bytes, name: str, line: Line) -> Found:
    """Make a record of each address that a kept feed, sitemap, list or GKG file leads to."""
    found = leads.find(line.kind, raw, line.moved_to or line.address, line.type, line.columns)
    wanted = leads.wanted(found, line.wanted.get("words", ()), line.wanted.get("since"))
    given = [{**lead.given, "url": lead.address} for lead in wanted if not lead.further]
    texts = [lead.text for lead in wanted if not lead.further]
    return [Record(one, tidy(text), name, dated=(name, None)) for one, text in zip(given, texts, strict=True)], []


def _added(record: Record, line: Line) -> Record:
    """Add what was known of a raw file before it was read; what `add` was told to set stands above all."""
    known = {"url": line.moved_to or line.address} if line.address and line.kind not in LEADS else {}
    dated = record.dated if "published_at" in record.fields else (manifest.NAME, None)
    told = {**known, **line.given, **record.fields, **line.fixed}
    return replace(record, fields=told, dated=dated, added=line.fetched_at)


def _without_page(records: list[Record], line: Line, kept: Manifest) -> Found:
    """Keep, of the records that leads give, those whose page is not kept: with what text there is, or counted."""
    if line.kind not in LEADS:
        return records, []
    lost = [record for record in records if not kept.latest(record.fields["url"])]
    bare = [record.fields["url"] for record in lost if not record.text]
    outdated = line.address and kept.latest(line.address).file != line.file
    if not bare or outdated or line.kind == "sitemap":  # which lists a whole site, and is seldom wanted whole
        return [record for record in lost if record.text], []
    pages = f"{len(bare):,} addresses have" if len(bare) > 1 else "1 address has"
    reason = f"{pages} no page yet. Run `ontherecord add` on {line.source} again, or save the pages and add those."
    return [record for record in lost if record.text], [Loss(line.file, None, "record", cap("\n".join(bare)), reason)]
