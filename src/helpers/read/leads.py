"""Find the addresses of articles, and what is known of each: in feeds, sitemaps, lists and GDELT's files."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import struct_time
from urllib.parse import urljoin

import feedparser
from lxml import etree

from helpers.read.files import tables, wires
from helpers.read.files.decode import Unreadable, decode
from helpers.read.files.records import fields, string

MOST = 50_000  # addresses of one sitemap, as its protocol has it

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_GKG = re.compile(r"\d{14}-T?\d+\t\d{14}\t\d\t")
_QUOTED = re.compile(r"\d+\|\d+\|[^|#]*\|(.+?)(?=#\d+\|\d+\||$)")
# How lists of stories call our fields, Media Cloud's among them.
_THEIRS = {
    "url": ("url", "link", "address", "uri", "href", "webpage"),
    "outlet": ("outlet", "media_name", "publisher", "source", "site"),
    "published_at": ("published_at", "publish_date", "published", "publication_date", "date"),
    "title": ("title", "headline"),
    "byline": ("byline", "author"),
    "language": ("language",),
}


@dataclass(frozen=True)
class Lead:
    """Where an article is, and what is known of it before it is read."""

    address: str
    given: Mapping[str, str] = field(default_factory=dict)
    text: str = ""  # what stands for the article where its page cannot be had
    changed: str | None = None  # when it was last changed, ISO 8601
    further: bool = False  # it is another sitemap


def find(kind: str, raw: bytes, base: str | None, stated: str | None, columns: Mapping[str, str]) -> list[Lead]:
    """Find the leads in a feed, a sitemap, a list or a GKG file, each address once, in their order.

    `base` is the address it came from, `stated` what its server said of its type. Raises Unreadable where it cannot
    be read.
    """
    if kind in ("feed", "sitemap"):
        found = _feed(raw, base, stated) if kind == "feed" else _sitemap(raw, base)
    else:
        text, _ = decode(raw, "")
        found = _gkg(text) if kind == "gkg" else _list(text, columns)
    once: dict[str, Lead] = {}
    for lead in found:
        once.setdefault(lead.address, lead)
    return list(once.values())


def wanted(found: Iterable[Lead], words: Iterable[str], since: str | None) -> list[Lead]:
    """Keep the leads whose address or title has one of the words (`*` for any ending) and that are no older."""
    pattern = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    has = re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE)
    kept = []
    for lead in found:
        day = _day(lead.given.get("published_at") or lead.changed)
        named = lead.further or not pattern or has.search(f"{lead.given.get('title', '')} {lead.address}")
        if named and not (since and day and day < since):
            kept.append(lead)
    return kept


def rights(raw: bytes) -> str | None:
    """Give what a feed says of its rights."""
    try:
        return string(_parsed(raw, {}).feed.get("rights")) or None
    except Unreadable:
        return None


def is_gkg(text: str) -> bool:
    """Tell a file of GDELT's Global Knowledge Graph 2.1."""
    return bool(_GKG.match(text))


def is_plain_list(text: str) -> bool:
    """Tell a text that is nothing but addresses, one a line, and remarks after `#`."""
    lines = [line.strip() for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return bool(lines) and all(_ADDRESS.fullmatch(line) for line in lines[:-1] or lines)


def is_list(text: str, columns: Mapping[str, str]) -> bool:
    """Tell a table that has a column of addresses and none of texts."""
    head = text.lstrip("\n").split("\n", 1)[0]
    names = {cell.strip().strip('"').lower() for cell in re.split(r"[\t,;|]", head)}
    addresses = {*_THEIRS["url"], columns.get("url", "").lower()} - {""}
    texts = {"text", "body", "content", "fulltext", "full_text", columns.get("text", "").lower()} - {""}
    return bool(names & addresses) and not names & texts


def _feed(raw: bytes, base: str | None, stated: str | None) -> list[Lead]:
    headers = {"content-location": base} if base else {}
    headers |= {"content-type": stated} if stated and "charset" in stated else {}
    feed = _parsed(raw, headers)
    if not feed.entries and feed.bozo:
        raise Unreadable(f"is no feed that can be read ({feed.get('bozo_exception')}). Open it in a browser.")
    found = []
    for entry in feed.entries:
        address = _joined(base, entry.get("link"))
        if not address:
            continue
        changed = _moment(entry["updated_parsed"]) if "updated_parsed" in entry else None
        given = {
            "title": string(wires.shown(entry.get("title") or "")),
            "outlet": string(entry.get("source", {}).get("title") or feed.feed.get("title")),
            "byline": string(entry.get("author")),
            "published_at": _moment(entry.get("published_parsed")) or changed,
            "language": string(feed.feed.get("language")),
        }
        text = max((wires.shown(part.get("value") or "") for part in entry.get("content", [])), key=len, default="")
        found.append(Lead(address, _filled(given), text, changed))
    return found


def _parsed(raw: bytes, headers: Mapping[str, str]) -> feedparser.FeedParserDict:
    try:
        return feedparser.parse(io.BytesIO(raw), response_headers=headers)
    except (ValueError, OverflowError) as error:  # such as a reference to a letter beyond all letters
        raise Unreadable(f"is no feed that can be read ({error}). Open it in a browser.") from None


def _sitemap(raw: bytes, base: str | None) -> list[Lead]:
    tree = wires.xml(raw)
    further = etree.QName(tree).localname == "sitemapindex"
    found = []
    for entry in tree:
        said: dict[str, str] = {}
        for node in entry.iter():
            if isinstance(node.tag, str) and (node.text or "").strip():
                said.setdefault(etree.QName(node).localname, " ".join(node.text.split()))
        address = _joined(base, said.get("loc"))
        if address:
            given = {
                "title": said.get("title"),
                "outlet": said.get("name"),
                "published_at": said.get("publication_date"),
                "language": said.get("language"),
            }
            found.append(Lead(address, _filled(given), changed=said.get("lastmod"), further=further))
    if len(found) > MOST:
        raise Unreadable(f"lists more than {MOST:,} addresses, which no sitemap may. Name a smaller one.")
    return found


def _list(text: str, columns: Mapping[str, str]) -> list[Lead]:
    if is_plain_list(text):
        return [Lead(line.strip()) for line in text.split("\n") if _ADDRESS.fullmatch(line.strip())]
    found = []
    rows, _ = tables.rows(text, "")
    for _, row in rows:
        by_name = {name.strip().lower(): cell for name, cell in row.items()}
        given = {our: next(filter(None, map(by_name.get, names)), "") for our, names in _THEIRS.items()}
        given = fields({**given, **{our: row.get(their) for our, their in columns.items() if row.get(their)}}, {})
        address = given.pop("url", "")
        if _ADDRESS.fullmatch(address):
            found.append(Lead(address, given))
    return found


def _gkg(text: str) -> list[Lead]:
    """Read GDELT's GKG 2.1: 27 columns, of which the codebook numbers those used here from 0."""
    found = []
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) < 27 or not _ADDRESS.fullmatch(cells[4]):
            continue
        title = re.search(r"<PAGE_TITLE>(.*?)</PAGE_TITLE>", cells[26])
        precise = re.search(r"<PAGE_PRECISEPUBTIMESTAMP>(\d{14})<", cells[26])
        given = {
            "title": string(wires.shown(title[1])) if title else "",
            "outlet": cells[3],
            "published_at": _stamp(precise[1] if precise else cells[1]),
        }
        quotations = [f"“{one.strip()}”" for one in _QUOTED.findall(cells[22]) if one.strip()]
        found.append(Lead(cells[4], _filled(given), "\n".join(quotations)))
    return found


def _joined(base: str | None, link: str | None) -> str | None:
    """Give the whole address that a link stands for, or None where it stands for none of the web."""
    try:
        address = urljoin(base or "", link or "")
    except ValueError:
        return None
    return address if link and _ADDRESS.fullmatch(address) else None


def _filled(given: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}


def _moment(parsed: struct_time | None) -> str | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat() if parsed else None
    except ValueError:
        return None


def _stamp(digits: str) -> str | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return None


def _day(moment: str | None) -> str | None:
    return moment[:10] if moment and re.match(r"\d{4}-\d\d-\d\d", moment) else None
