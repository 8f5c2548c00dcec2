"""Bytes that nobody vouches for: whatever they are, they are told, read or refused in a sentence, and never a crash."""

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.read import archives, leads
from helpers.read.archives import Budget
from helpers.read.files import kinds, office, tables, wires
from helpers.read.files.decode import Unreadable, decode


def packed():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", "The ferry stops. " * 20)
        package.writestr("word/document.xml", "<w:document/>")
    return raw.getvalue()


WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2025-03-04T00:00:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: 64\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry stops</p>\r\n\r\n\r\n"
)
SEEDS = {
    "feed": b'<rss><channel><title>a</title><item><title>b</title><link>http://a.example/</link><pubDate>Tue, 04 Mar 2025 '
    b"09:00:00 GMT</pubDate></item></channel></rss>",
    "sitemap": b"<urlset><url><loc>http://a.example/</loc><lastmod>2025-03-04</lastmod></url></urlset>",
    "addresses": b"title,url,date\nFerry,http://a.example/,2025-03-04\n",
    "gkg": b"20250306120000-1\t20250306120000\t1\ta\thttp://a.example/" + b"\t" * 18 + b"1|2|said|No#3|4||Yes\t\t\t\t<PAGE_TITLE>a<",
    "ninjs": json.dumps({"uri": "a", "headline": "b", "body_xhtml": "<p>c</p>", "bodies": [{"value": "d"}]}).encode(),
    "newsml": b"<newsItem guid='a'><contentMeta><headline>b</headline></contentMeta><contentSet><inlineXML><p>c</p>"
    b"</inlineXML></contentSet></newsItem>",
    "zip": packed(),
    "gzip": gzip.compress(b"The ferry stops. " * 20, mtime=0),
    "warc": WARC,
    "warc.gz": gzip.compress(WARC, mtime=0) * 2,
    "pdf": b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n99\n%%EOF",
    "parquet": b"PAR1" + bytes(40) + b"PAR1",
}  # fmt: skip


@st.composite
def mutated(draw, raw):
    """Change bytes of a file: overwrite some, cut a piece out, or double one."""
    raw = bytearray(raw)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(raw) - 1, 0)))
        size = draw(st.integers(0, 30))
        piece = draw(st.sampled_from([b"", bytes(raw[at : at + size]) * 3, b"\0", b"\xff<&%", b"http://[", b"9" * 20]))
        raw[at : at + size] = piece
    return bytes(raw)


def use(raw, name):
    """Do with bytes all that `add` and `build` do with them, as far as no story is needed."""
    kind = kinds.kind(raw, name)
    if kind in kinds.LEADS:
        found = leads.find(kind, raw, "http://b.example/", None, {})
        leads.wanted(found, ["ferr*"], "2025-01-01")
    elif kind == "zip":
        list(archives.unzip(raw, name, Budget(10**6, 10**5)))
    elif kind == "gzip":
        archives.gunzip(raw, Budget(10**6, 10**5))
    elif kind == "warc":
        list(archives.warc(raw, name, Budget(10**6, 10**5)))
    elif kind in ("ninjs", "lines", "table"):
        read = {"ninjs": wires.ninjs, "lines": tables.json_lines, "table": tables.delimited}[kind]
        read(decode(raw, "")[0], name, {})
    elif kind in ("newsml", "word", "pdf", "parquet"):
        read = {"newsml": wires.newsml, "word": office.word, "pdf": office.pdf, "parquet": tables.parquet}[kind]
        read(raw, name, {})


@pytest.mark.parametrize("seed", SEEDS)
def test_mutated_files(seed):
    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(mutated(SEEDS[seed]))
    def test(raw):
        try:
            use(raw, f"a.{seed}")
        except Unreadable as error:
            assert str(error.args[0])[0].islower() and str(error.args[0]).endswith(".")

    test()
