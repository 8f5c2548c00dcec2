"""Open zip and gzip files, WARCs and folders that nobody vouches for, within limits."""

import gzip
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from helpers.read.files.decode import Unreadable

MEMBER = 100_000_000  # bytes that one file in an archive may unpack to
WHOLE = 4_000_000_000  # bytes that one source may unpack to, archives within archives included
FILES = 200_000  # in one zip
DEEP = 3  # archives within archives
_PIECE = 65_536
_BROKEN = (ArchiveLoadFailed, StatusAndHeadersParserException)
OTHER = re.compile(  # what pages show beside articles
    r"(?:audio|video|image|font)/(?!.*xml)|text/(?:css|javascript)", re.IGNORECASE
)
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)  # what desktops leave behind


@dataclass(frozen=True)
class Member:
    """A file out of an archive or a folder; or the reason why it is not taken out."""

    name: str
    raw: bytes = b""
    fault: str | None = None
    address: str | None = None
    type: str | None = None
    at: str | None = None


class Budget:
    """What may still be unpacked of one source."""

    def __init__(self, whole: int = WHOLE, member: int = MEMBER) -> None:
        self.left, self.member = whole, member

    def read(self, file: io.BufferedIOBase) -> bytes:
        """Read a file that is being unpacked; raises Unreadable at a limit, whatever its header says."""
        raw = bytearray()
        while piece := file.read(_PIECE):
            raw += piece
            self.spend(len(piece))
            if len(raw) > self.member:
                raise Unreadable(f"unpacks to more than {_size(self.member)}. Unpack it yourself if you trust it.")
        return bytes(raw)

    def spend(self, size: int) -> None:
        """Take from what may be unpacked; raises Unreadable where nothing is left."""
        self.left -= size
        if self.left < 0:
            raise Unreadable(_SPENT)


_SPENT = "would unpack to more than its source may. Unpack the archive yourself if you trust it, and add the folder."


def folder(path: Path) -> Iterator[Path]:
    """Give the files of a folder and of those in it, in order; links that lead out of it are not followed."""
    root = path.resolve()
    for place, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            file = Path(place) / name
            if not _JUNK.search(file.relative_to(path).as_posix()) and file.resolve().is_relative_to(root):
                yield file


def unzip(raw: bytes, name: str, budget: Budget) -> Iterator[Member]:
    """Take the files out of a zip file, in order, into memory: no member's name becomes a path."""
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable("is no zip file that can be opened, or is broken. Fetch or make it anew.") from None
    members = sorted(package.infolist(), key=lambda one: one.filename)
    if len(members) > FILES:
        raise Unreadable(f"holds more than {FILES:,} files. Make several of it.")
    for one in members:
        place = f"{name}/{one.filename}"
        if reason := _trick(one):
            yield Member(place, fault=reason)
            continue
        if one.is_dir() or _JUNK.search(one.filename):
            continue
        try:
            with package.open(one) as file:
                yield Member(place, budget.read(file))
        except Unreadable as error:
            yield Member(place, fault=str(error))
            if budget.left < 0:
                return
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            yield Member(place, fault="cannot be unpacked: it is broken, or under a password. Unpack it yourself.")


def gunzip(raw: bytes, budget: Budget) -> bytes:
    """Unpack a gzip file; raises Unreadable at a limit and where it is broken."""
    try:
        with gzip.open(io.BytesIO(raw)) as file:
            return budget.read(file)
    except (OSError, EOFError, zlib.error):
        raise Unreadable("is no gzip file that can be unpacked, or is cut short. Fetch it anew.") from None


def warc(raw: bytes, name: str, budget: Budget) -> Iterator[Member]:
    """Take the pages out of a WARC, compressed or not, in order: the answers with the status 200."""
    number = 0
    records = iter(ArchiveIterator(io.BytesIO(raw), arc2warc=True))
    while True:
        number += 1
        place = f"{name}#{number}"
        try:
            record = next(records)
            is_answer, stated = _is_answer(record), _type(record)
            shown = is_answer and not OTHER.match(stated or "")
            content = budget.read(record.content_stream()) if shown else b""
            _to_its_end(record, budget)
        except StopIteration:
            return
        except Unreadable as error:  # to go on would be to unpack the rest of it
            yield Member(place, fault=str(error))
            return
        except (*_BROKEN, zlib.error, EOFError, OSError, ValueError, AttributeError, TypeError):
            yield Member(place, fault="is broken, and what follows it cannot be read. Fetch the WARC anew.")
            return
        if is_answer:
            address = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>") or None
            yield Member(place, content, None, address, stated, record.rec_headers.get_header("WARC-Date"))


def _is_answer(record: ArcWarcRecord) -> bool:
    if record.rec_type == "response":
        return bool(record.http_headers) and record.http_headers.get_statuscode() == "200"
    return record.rec_type == "resource"


def _type(record: ArcWarcRecord) -> str | None:
    return record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type


def _to_its_end(record: ArcWarcRecord, budget: Budget) -> None:
    """Read what is left of a record; raises EOFError where it is shorter than it says, which warcio passes over."""
    while piece := record.raw_stream.read(_PIECE):
        budget.spend(len(piece))
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError


def _trick(member: zipfile.ZipInfo) -> str | None:
    """Say what makes a member's name or kind one that no honest archive has, or None."""
    parts = re.split(r"[/\\]", member.orig_filename)
    if ".." in parts or not parts[0] or re.match(r"[A-Za-z]:", parts[0]) or "\0" in member.orig_filename:
        return "has a name that leads out of the archive. Take it out yourself if you trust it."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link. Add the file that it leads to."
    return None


def _size(size: int) -> str:
    return f"{size // 1_000_000:,} MB"
