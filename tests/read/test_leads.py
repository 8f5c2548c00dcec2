"""Feeds, sitemaps, lists and GDELT's files, and what each kind of file is taken for."""

import gzip

import pytest

from helpers.read import leads
from helpers.read.files import kinds
from helpers.read.files.decode import Unreadable
from helpers.read.leads import Lead


@pytest.mark.parametrize(
    ("raw", "name", "stated", "kind"),
    [
        (b"<!-- x -->\n<rss>", "a", None, "feed"),
        (b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">', "a.txt", None, "feed"),
        (b'<rdf:RDF xmlns:rdf="x">', "a.xml", "text/xml", "feed"),
        (b"\xef\xbb\xbf \n<urlset>", "a", None, "sitemap"),
        (b"<newsItem>", "a", None, "newsml"),
        (b"<!DOCTYPE html>\n<HTML>", "a", None, "page"),
        (b"<p>part of a page", "a", "text/html; charset=utf-8", "page"),
        (b"<p>part of a page", "a.html", None, "page"),
        (b"<other/>", "a.xml", None, None),
        (b"{}\n{}", "a.jsonl", None, "lines"),
        (b'{"text": "x"}\n{"text": "y"}', "a.json", None, "lines"),
        (b'{"headline":\n"x"}', "a.json", None, "ninjs"),
        (b"title,text\n", "a.csv", None, "table"),
        (b"title\turl\n", "a.tsv", None, "addresses"),
        (b"https://a.example/1\n# x\nhttps://a.example/2\n", "a.txt", None, "addresses"),
        (b"Read https://a.example/1\n", "a.txt", None, "text"),
        (b"Plain words", "a", "text/plain", "text"),
        (b"Plain words", "a.exe", None, None),
        (b"20250306120000-T12\t20250306120000\t1\ta.example", "a.csv", None, "gkg"),
        (b"%PDF-1.7", "a.html", "text/html", "pdf"),
        (b"PAR1", "a", None, "parquet"),
        (b"WARC/1.0", "a", None, "warc"),
        (gzip.compress(b"WARC/1.0\r\n", mtime=0), "a", None, "warc"),
        (gzip.compress(b"words", mtime=0), "a", None, "gzip"),
        (bytes(range(256)), "a.txt", None, None),
        (b"<" * 5000, "a", None, None),
        (b"<!--" * 5000 + b" " * 5000, "a", None, None),
    ],
)
def test_kinds(raw, name, stated, kind):
    assert kinds.kind(raw, name, stated) == kind


def test_an_old_feed_and_addresses_relative_to_it():
    feed = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Quay</title></channel>
    <item><title>Ferry &amp;amp; bridge</title><link>a/1</link><dc:date>2025-03-04T10:30:00+01:00</dc:date></item>
    <item><title>no address</title></item></rdf:RDF>"""
    given = {"title": "Ferry & bridge", "outlet": "The Quay", "published_at": "2025-03-04T09:30:00+00:00"}
    assert leads.find("feed", feed, "https://quay.example/news/rss", None, {}) == [
        Lead("https://quay.example/news/a/1", given, changed="2025-03-04T09:30:00+00:00")
    ]


def test_a_feed_in_another_encoding_than_its_server_says():
    feed = (
        '<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><title>Паром</title><link>http://a/1</link>'
    )
    feed = (feed + "</item></channel></rss>").encode("cp1251")
    (lead,) = leads.find("feed", feed, None, "text/xml; charset=utf-8", {})
    assert lead.given == {"title": "Паром"}


def test_what_is_no_feed():
    with pytest.raises(Unreadable, match="is no feed that can be read"):
        leads.find("feed", b"<rss><channel>&broken", None, None, {})


def test_a_feed_that_refers_to_a_letter_beyond_all_letters():
    raw = b"<rss><channel><title>a</title><item><title>&#1114112;</title><link>b</item></channel></rss"
    with pytest.raises(Unreadable, match=r"is no feed that can be read \(.*\)\. Open it in a browser\."):
        leads.find("feed", raw, None, None, {})
    assert leads.rights(raw) is None


def test_a_list_with_columns_of_its_own():
    table = b"Webpage;Day;Who\nhttps://a.example/1;2025-03-04;The Quay\nno address;;\nhttps://a.example/1;;\n"
    columns = {"published_at": "Day", "outlet": "Who"}
    assert leads.find("addresses", table, None, None, columns) == [
        Lead("https://a.example/1", {"outlet": "The Quay", "published_at": "2025-03-04"})
    ]


@pytest.mark.parametrize(
    ("words", "since", "left"),
    [
        ((), None, "1234"),
        (("ferr*",), None, "124"),
        (("ferry",), None, "14"),
        (("bridge", "captain"), None, "34"),
        ((), "2025-03-04", "234"),
    ],
)
def test_what_is_wanted(words, since, left):
    found = [
        Lead("https://a.example/1", {"title": "The ferry stops", "published_at": "2025-03-03T09:00:00+00:00"}),
        Lead("https://a.example/2/two-ferries", changed="2025-03-05"),
        Lead("https://a.example/3", {"title": "A captain", "published_at": "2025-03-04"}),
        Lead("https://a.example/4", further=True),
    ]
    assert "".join(lead.address[18] for lead in leads.wanted(found, words, since)) == left
