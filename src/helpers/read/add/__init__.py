"""Take in what newsrooms have: keep the raw bytes, and where they came from, in the story's folder."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from helpers.read import archives, dates, leads
from helpers.read.add.fetch import Answer, Limits, Unreachable, Web
from helpers.read.archives import Budget, Member
from helpers.read.files import kinds
from helpers.read.files.decode import Unreadable
from helpers.read.files.kinds import ARTICLES, ENDINGS, LEADS
from helpers.read.leads import Lead
from helpers.read.manifest import Line, Manifest, open_for_adding
from helpers.story import Story

__all__ = ["Added", "Limits", "Web", "Wishes", "add"]

MAPS = 500  # sitemaps to which one may lead

Progress = Callable[[Iterable, str], Iterable]


@dataclass(frozen=True)
class Wishes:
    """What the user says of the sources, and which of their articles are wanted."""

    fixed: Mapping[str, str] = field(default_factory=dict)  # fields of every article
    columns: Mapping[str, str] = field(default_factory=dict)  # our field = their column
    licence: str | None = None
    words: tuple[str, ...] = ()  # of which an address or title has one; none: all
    since: str | None = None  # a day, ISO 8601
    most: int = 1_000  # pages to fetch
    again: bool = False  # ask for pages that are kept, too


@dataclass
class Added:
    """What an `add` did."""

    kept: int = 0  # raw files newly kept
    before: int = 0  # files and pages that were kept before
    versions: int = 0  # of the new ones, those of an address that was kept before in another form
    aside: int = 0  # in WARCs: what is no article, such as pictures
    waiting: int = 0  # addresses left for another time
    faults: list[tuple[str, str]] = field(default_factory=list)  # what could not be used, and why

    def __str__(self) -> str:
        """Say it in a line."""
        said = [f"{self.kept:,} {'file' if self.kept == 1 else 'files'} newly kept"]
        said += [f"{self.versions:,} of them new versions"] if self.versions else []
        said += [f"{self.before:,} kept before"] if self.before else []
        said += [f"{self.aside:,} records of WARCs that are no articles left aside"] if self.aside else []
        said += [f"{self.waiting:,} addresses left for the next run"] if self.waiting else []
        return ", ".join(said)


def add(
    story: Story,
    sources: Iterable[str],
    wishes: Wishes = Wishes(),
    web: Web | None = None,
    progress: Progress = lambda things, _doing: things,
) -> Added:
    """Keep what the sources hold: addresses of feeds, sitemaps and pages; files, folders and archives of them.

    Every raw file is kept as it came, once, with a line in the manifest; what cannot be used is a fault. Whatever
    interrupts, the same call goes on where it stopped. Raises StoryError where another `add` is at work on the story.
    """
    with open_for_adding(story.folder) as manifest:
        adding = _Adding(manifest, wishes, web or Web(), progress)
        for source in sources:
            adding.source(source)
        return adding.done


class _Adding:
    """One run of `add`."""

    def __init__(self, manifest: Manifest, wishes: Wishes, web: Web, progress: Progress) -> None:
        self.manifest, self.wishes, self.web, self.progress = manifest, wishes, web, progress
        self.done = Added()
        self._asked: set[str] = set()
        self._budget = Budget()
        self._pages = 0
        self._maps: set[str] = set()

    def source(self, source: str) -> None:
        """Take in what was named on the command line."""
        self._budget = Budget()
        if "://" in source:
            self._named(Lead(source), source, deep=0)
            return
        path = Path(source).expanduser()
        if path.is_dir():
            files = list(archives.folder(path))
            if not files:
                self._fault(source, "is an empty folder. Put files there, or name another.")
            for file in self.progress(files, "adding"):
                self._file(file, f"{path.resolve().name}/{file.relative_to(path).as_posix()}")
        else:
            self._file(path, path.name)

    def _file(self, path: Path, name: str) -> None:
        try:
            raw = path.read_bytes() if path.is_file() else None
        except OSError as error:
            self._fault(name, f"cannot be opened ({(error.strerror or str(error)).lower()}). Check its rights.")
            return
        if raw is None:
            self._fault(name, "is no file, folder or address. Correct it; an address begins with https://.")
        else:
            self._take(Member(name, raw), deep=0)

    def _take(
        self, member: Member, deep: int, given: Mapping[str, str] | None = None, answer: Answer | None = None
    ) -> None:
        """Keep a file, open it where it is packed, and follow where it leads."""
        if member.fault:
            self._fault(member.name, member.fault)
            return
        if not member.raw.strip():
            self._fault(member.name, "is empty. Fill it or leave it out.")
            return
        kind = kinds.kind(member.raw, member.address or member.name, member.type, self.wishes.columns)
        try:
            if kind in kinds.PACKED and deep >= archives.DEEP:
                self._fault(
                    member.name, "is an archive in an archive in an archive. Unpack it yourself if you trust it."
                )
            elif kind == "gzip":
                inner = replace(
                    member, name=member.name.removesuffix(".gz"), raw=archives.gunzip(member.raw, self._budget)
                )
                self._take(inner, deep + 1, given, answer)
            elif kind in kinds.PACKED:
                self._unpack(kind, member, deep)
            elif kind in ARTICLES:
                self._keep(kind, member, given or {}, answer)
            elif kind in LEADS:
                found = leads.find(kind, member.raw, member.address, member.type, self.wishes.columns)
                self._keep(kind, member, given or {}, answer)
                self._follow(found, member, deep)
            else:
                self._fault(member.name, _UNKNOWN)
        except Unreadable as error:
            self._fault(member.name, str(error.args[0]))

    def _unpack(self, kind: str, member: Member, deep: int) -> None:
        if kind == "zip":
            for inner in self.progress(archives.unzip(member.raw, member.name, self._budget), "unpacking"):
                self._take(inner, deep + 1)
        else:
            for inner in self.progress(archives.warc(member.raw, member.name, self._budget), "unpacking"):
                self._captured(inner)

    def _captured(self, member: Member) -> None:
        """Keep an answer that a WARC holds, if it is an article's: a crawl takes along whatever a page shows."""
        kind = None if member.fault else kinds.kind(member.raw, member.address or "", member.type)
        if member.fault:
            self._fault(member.name, member.fault)
        elif kind in ("page", "pdf", "word", "newsml") or (kind == "text" and "plain" in (member.type or "")):
            self._keep(kind, member, {}, None)
        else:
            self.done.aside += 1

    def _follow(self, found: list[Lead], member: Member, deep: int) -> None:
        """Fetch the pages that a feed, a sitemap, a list or a GKG file leads to."""
        wanted = leads.wanted(found, self.wishes.words, self.wishes.since)
        if not found:
            self._fault(member.name, "leads to no address. Open it to see what it holds.")
        maps = [lead for lead in wanted if lead.further]
        if maps and deep >= archives.DEEP:
            self._fault(member.name, "is a sitemap of sitemaps of sitemaps. Name one of those that list articles.")
            return
        for lead in self.progress(maps, "reading sitemaps"):
            if lead.address in self._asked:
                continue
            if len(self._maps) >= MAPS:
                self._fault(lead.address, f"is one of more than {MAPS:,} sitemaps. Name it, or those that matter.")
                break
            self._asked.add(lead.address)
            self._maps.add(lead.address)
            self._named(lead, member.name, deep + 1)
        new = [lead for lead in wanted if not lead.further and self._is_new(lead)]
        for lead in self.progress(_taking_turns(new), "fetching"):
            self._page(lead, member.name)

    def _is_new(self, lead: Lead) -> bool:
        if lead.address in self._asked:
            return False
        self._asked.add(lead.address)
        last = self.manifest.latest(lead.address)
        if not last or self.wishes.again or _later(lead.changed, last.fetched_at):
            return True
        self._restate(last)
        self.done.before += 1
        return False

    def _page(self, lead: Lead, source: str) -> None:
        """Fetch and keep the page behind a lead, whatever it leads to in turn."""
        if self._pages >= self.wishes.most:
            self.done.waiting += 1
            return
        self._pages += 1
        answer = self._fetch(lead.address)
        if answer and answer.raw is not None:
            member = Member(lead.address, answer.raw, address=lead.address, type=answer.type)
            kind = kinds.kind(answer.raw, answer.address, answer.type)
            if not answer.raw.strip():
                self._fault(lead.address, "is empty. Try again later.")
            elif kind in ARTICLES:
                self._keep(kind, replace(member, name=source), lead.given, answer)
            else:
                self._fault(lead.address, _UNKNOWN)
        elif answer:
            self._restate(self.manifest.latest(lead.address))

    def _named(self, lead: Lead, source: str, deep: int) -> None:
        """Fetch an address that was named, or that names further ones, and take in whatever it gives."""
        answer = self._fetch(lead.address)
        if not answer:
            return
        last = self.manifest.latest(lead.address)
        raw = self.manifest.read(last) if answer.raw is None and last else answer.raw
        if raw is not None:
            stated = last.type if answer.raw is None and last else answer.type
            self._take(Member(lead.address, raw, address=lead.address, type=stated), deep, lead.given, answer)

    def _fetch(self, address: str) -> Answer | None:
        last = self.manifest.latest(address)
        try:
            answer = self.web.get(address, last.etag, last.modified) if last else self.web.get(address)
        except Unreachable as error:
            self._fault(address, str(error))
            return None
        if answer.raw is None:
            self.done.before += 1
        return answer

    def _keep(self, kind: str, member: Member, given: Mapping[str, str], answer: Answer | None) -> None:
        """Keep a raw file, or say anew what the user says of one that is kept."""
        last = self.manifest.latest(member.address) if member.address else None
        if answer and answer.raw is None:  # it has not changed
            self._restate(last)
            return
        line, new = self.manifest.keep(
            member.raw,
            ENDINGS[kind],
            kind=kind,
            source=member.name,
            fetched_at=answer.at if answer else member.at or datetime.now(UTC).isoformat(timespec="milliseconds"),
            address=member.address,
            moved_to=answer.address if answer and answer.address != member.address else None,
            licence=self.wishes.licence or (leads.rights(member.raw) if kind == "feed" else None),
            type=member.type,
            etag=answer.etag if answer else None,
            modified=answer.modified if answer else None,
            given=dict(given),
            columns=dict(self.wishes.columns),
            wanted=self._wanted(kind),
            fixed=dict(self.wishes.fixed),
        )
        if not new:
            self._restate(line)
        self.done.kept += new
        self.done.before += not new
        self.done.versions += bool(new and last and kind in ARTICLES)

    def _restate(self, line: Line) -> None:
        """Let what the user says now of a file count, where it says anything, instead of what was said before."""
        self.manifest.restate(
            line,
            licence=self.wishes.licence or line.licence,
            columns={**line.columns, **self.wishes.columns},
            wanted=self._wanted(line.kind),
            fixed={**line.fixed, **self.wishes.fixed},
        )

    def _wanted(self, kind: str) -> dict[str, object]:
        given = {"words": list(self.wishes.words), "since": self.wishes.since} if kind in LEADS else {}
        return {name: value for name, value in given.items() if value}

    def _fault(self, name: str, reason: str) -> None:
        self.done.faults.append((name, reason))


_UNKNOWN = (
    "is of a kind we cannot use. We take pages, text, JSON Lines, CSV, Parquet, ninjs, NewsML-G2, Word and PDF; feeds, "
    "sitemaps, lists of addresses, GKG files; and zip, gzip and WARC files of them."
)


def _later(changed: str | None, fetched_at: str) -> bool:
    """Tell whether something changed, as its feed or sitemap says, after it was fetched."""
    changed_at, fetched = dates.read(changed, "UTC")[0], dates.read(fetched_at, "UTC")[0]
    return bool(changed_at and fetched and changed_at > fetched)


def _taking_turns(found: list[Lead]) -> Iterator[Lead]:
    """Order leads so that hosts take turns: while one has its pause, another is asked."""
    hosts: dict[str, list[Lead]] = defaultdict(list)
    for lead in found:
        hosts[lead.address.split("/")[2].lower()].append(lead)
    return [lead for turn in zip_longest(*hosts.values()) for lead in turn if lead]
