"""Find a story's files and read each into records: the fields and the text as the file gives them."""

import glob
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from helpers.read import leads, manifest
from helpers.read.files import decode, office, pages, places, sheets, tables, texts, wires
from helpers.read.files.decode import Unreadable, tidy
from helpers.read.files.kinds import LEADS
from helpers.read.files.records import Found, Loss, Record, cap, fields
from helpers.read.files.sheets import Sheet
from helpers.read.manifest import Line, Manifest
from helpers.story import Story, StoryError, digest

SINGLE = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")  # an article a file
DECIDED = ("actors.csv", "reviews.csv", "speakers.csv", "checked.csv")  # what people have decided, beside the articles


def settings(story: Story) -> list[Path]:
    """Give the files of a story's folder that are no articles, those that are there."""
    tables = [name for table in DECIDED for name in (table, f"review/{table}")]
    names = ["story.toml", *tables, manifest.NAME]
    names += [story.articles.metadata] if story.articles.metadata else []
    return [path for name in names if (path := places.path(story, name)).exists()]


def expand(story: Story) -> tuple[list[Path], list[Loss]]:
    """Find the files that `add` has kept and those that the globs of a story.toml name, each once, in order.

    Raises StoryError where there are none at all.
    """
    losses = []
    found = {places.path(story, line.file) for line in Manifest(story.folder).lines}
    known = set(settings(story))
    for pattern in story.articles.files:
        # Path.glob takes neither an absolute pattern nor one that begins with "../".
        matches = glob.glob(pattern, root_dir=story.folder, recursive=True)  # noqa: PTH207
        paths = {places.path(story, match) for match in matches} - known
        modes = {path: _mode(path) for path in paths}
        folders = {path for path, mode in modes.items() if stat.S_ISDIR(mode)}
        odd = {path for path, mode in modes.items() if mode and not stat.S_ISDIR(mode) and not stat.S_ISREG(mode)}
        found.update(paths - folders - odd)
        for path in odd:  # such as a pipe, whose end one would await for ever
            losses.append(Loss(places.name(story, path), None, "file", path.name, "is no regular file. Take it away."))
        if "**" not in pattern:  # which is there to go through folders
            losses += [_folder(story, path) for path in folders]
        if not paths:
            reason = f"no file matches '{pattern}'. Correct it, or put the files there."
            losses.append(Loss("story.toml", places.line_of(story, pattern), "file", pattern, reason))
    if not found:
        raise StoryError(_none(story))
    return _once(found), sorted(losses, key=lambda loss: (loss.source_file, loss.line or 0, loss.text))


def context(path: Path, story: Story, sheet: Sheet, kept: Manifest, sha256: str) -> str | None:
    """Hash all that a file's articles depend on, but for the other articles; None where it is other files."""
    name = places.name(story, path)
    line = kept.of(name)
    if line and line.kind in LEADS:
        return None
    row = sheets.row(name, story, sheet) if path.suffix.lower() in SINGLE else None
    settings = (story.articles.columns, story.articles.metadata, story.timezone, story.language)
    return digest(name, sha256, line, row, *settings, size=32)


def read(path: Path, story: Story, sheet: Sheet, kept: Manifest) -> Found:
    """Read the records of one file; what cannot be read is a Loss."""
    name = places.name(story, path)
    line = kept.of(name)
    try:
        raw = decode.read(path)
        records, losses = _records(raw, name, path.suffix.lower(), story, line)
    except Unreadable as error:
        number = error.args[1] if len(error.args) > 1 else None
        return [], [Loss(name, number, "file", path.name, str(error.args[0]))]
    sha256 = hashlib.sha256(raw).hexdigest()
    records = [replace(record, sha256=sha256) for record in records]
    if line:
        records, unread = _without_page([_added(record, line) for record in records], line, kept)
        losses += unread
    if story.articles.metadata and path.suffix.lower() in SINGLE:
        completed = [sheets.complete(record, story, sheet) for record in records]
        records = [record for record, _ in completed]
        # What `add` has kept needs no row there.
        losses += [loss for _, more in completed for loss in more if not line]
    return records, losses


def _none(story: Story) -> str:
    way_out = "or let `ontherecord add` fetch some"
    if not story.articles.files:
        return f"{story.folder / 'story.toml'}: the story has no articles. Name files in [articles] files, {way_out}."
    line = places.line_of(story, story.articles.files[0])
    where = f"{story.folder / 'story.toml'}{f':{line}' if line else ''}"
    patterns = ", ".join(f"'{pattern}'" for pattern in story.articles.files)
    return f"{where}: no file matches {patterns}. Put articles there, correct [articles] files, {way_out}."


def _once(paths: set[Path]) -> list[Path]:
    """Leave out the other names of a file, which links that lead in a circle give without end."""
    names: dict[str, Path] = {}
    folders: dict[Path, str] = {}
    for path in sorted(paths, key=lambda path: (len(path.parts), path)):
        folder = path.parent
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        name = os.path.realpath(path) if path.is_symlink() else os.path.join(folders[folder], path.name)  # noqa: PTH118
        names.setdefault(name, path)
    return sorted(names.values())


def _mode(path: Path) -> int:
    """Give what a path is, as stat says it; 0 where nothing can be said."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _folder(story: Story, path: Path) -> Loss:
    name = places.name(story, path)
    return Loss(name, None, "file", path.name, f"is a folder. Write '{name}/*' to read its files.")


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
    **dict.fromkeys((".jsonl", ".ndjson"), tables.json_lines),
    **dict.fromkeys((".csv", ".tsv"), tables.delimited),
    ".json": wires.ninjs,
}
_OF_BYTES = {".parquet": tables.parquet, ".xml": wires.newsml, ".docx": office.word, ".pdf": office.pdf}


def _records(raw: bytes, name: str, suffix: str, story: Story, line: Line | None) -> Found:
    columns = {**story.articles.columns, **line.columns} if line else story.articles.columns
    if line and line.kind in LEADS:
        return _of_leads(raw, name, line)
    if suffix not in _OF_TEXT | _OF_BYTES:
        kinds = ", ".join((*_OF_TEXT, *_OF_BYTES))
        raise Unreadable(f"is of a kind we cannot read; we read {kinds}. Save it as one of these or narrow the glob.")
    if not raw.strip():
        raise Unreadable("is empty. Fill it or take it out of the folder.")
    note = None
    if suffix in _OF_BYTES:
        records, losses = _OF_BYTES[suffix](raw, name, columns)
    else:
        text, note = decode.decode(raw, suffix, line.charset if line else None)
        if not text.strip():
            raise Unreadable("is empty. Fill it or take it out of the folder.")
        records, losses = _OF_TEXT[suffix](text, name, columns)
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
