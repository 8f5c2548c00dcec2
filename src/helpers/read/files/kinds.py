"""Tell what a file is by its bytes; its name and what a server says of it count where the bytes say nothing."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from types import MappingProxyType

from helpers.read import leads
from helpers.read.files.decode import Unreadable, decode

ARTICLES = {  # what holds articles, and the ending by which `files` reads it
    "page": ".html",
    "text": ".txt",
    "lines": ".jsonl",
    "table": ".csv",
    "parquet": ".parquet",
    "ninjs": ".json",
    "newsml": ".xml",
    "word": ".docx",
    "pdf": ".pdf",
}
LEADS = {"feed": ".feed", "sitemap": ".sitemap", "gkg": ".gkg", "addresses": ".list"}  # what leads to articles
ENDINGS = ARTICLES | LEADS
PACKED = ("zip", "warc", "gzip")

_ROOTS = {
    **dict.fromkeys(("rss", "feed", "RDF"), "feed"),
    **dict.fromkeys(("urlset", "sitemapindex"), "sitemap"),
    **dict.fromkeys(("newsMessage", "newsItem", "packageItem", "newsItemRevision"), "newsml"),
    "html": "page",
}
_PROLOG = re.compile(r"<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[[^\]]*\]\s*)?>", re.I | re.S)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_PAGE = re.compile(r"text/html|application/xhtml", re.I)


def kind(
    raw: bytes, name: str, stated: str | None = None, columns: Mapping[str, str] = MappingProxyType({})
) -> str | None:
    """Give a key of ARTICLES or LEADS, one of PACKED, or None: this is nothing that we read.

    `stated` is the type that its server states, `columns` what a table calls our fields.
    """
    ending = name.lower().rsplit("/", 1)[-1]
    for sign, found in ((b"%PDF", "pdf"), (b"PAR1", "parquet"), (b"WARC/", "warc")):
        if raw.startswith(sign):
            return found
    if raw.startswith(b"PK\x03\x04"):
        return _package(raw)
    if raw.startswith(b"\x1f\x8b"):
        return "warc" if _unzipped(raw).startswith(b"WARC/") else "gzip"
    try:
        text, _ = decode(raw[:200_000], "")
    except Unreadable:
        return None
    if leads.is_gkg(text):
        return "gkg"
    if re.search(r"\.(?:csv|tsv)$", ending) or (stated or "").startswith(("text/csv", "text/tab-separated")):
        return "addresses" if leads.is_list(text, columns) else "table"
    if re.search(r"\.(?:jsonl|ndjson)$", ending):
        return "lines"
    if text.lstrip("\ufeff \n\t").startswith("<"):
        return _markup(text, ending, stated)
    if text.lstrip("\ufeff \n\t").startswith(("{", "[")) and not re.search(r"\.(?:txt|md)$", ending):
        return "lines" if _is_lines(text) else "ninjs"
    if leads.is_plain_list(text):
        return "addresses"
    if _PAGE.match(stated or "") or re.search(r"\.x?html?$", ending):
        return "page"
    plain = (stated or "").startswith("text/plain") or re.search(r"\.(?:txt|md)$", ending)
    return "text" if plain else None


def _package(raw: bytes) -> str | None:
    try:
        names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "zip"  # which says what is wrong when it is opened
    if "word/document.xml" in names:
        return "word"
    return None if "[Content_Types].xml" in names or "mimetype" in names else "zip"


def _unzipped(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(raw, 16)
    except zlib.error:
        return b""


def _markup(text: str, ending: str, stated: str | None) -> str | None:
    rest, html = text.lstrip("\ufeff \n\t"), False
    while piece := _PROLOG.match(rest):
        html = html or bool(re.match(r"<!doctype\s+html\b", piece[0], re.IGNORECASE))
        rest = rest[piece.end() :].lstrip()
    root = _ROOT.match(rest)
    known = _ROOTS.get(root[1]) or _ROOTS.get(root[1].lower()) if root else None
    html = html or _PAGE.match(stated or "") or re.search(r"\.x?html?$", ending)
    return known or ("page" if html else None)


def _is_lines(text: str) -> bool:
    first = text.strip().split("\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict) and "\n" in text.strip()
    except (ValueError, RecursionError):
        return False
