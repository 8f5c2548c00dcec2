"""`ontherecord add`: what newsrooms have, kept as it came, and read as articles."""

import gzip
import hashlib
import io
import json
import os
import signal
import zipfile
from functools import partial

import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from helpers import read
from helpers.read import add, archives, manifest
from helpers.read.add import Limits, Web, Wishes
from helpers.story import StoryError

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay: news</title>
<item><title>The ferry stops</title><link>{url}/ferry</link><pubDate>Tue, 04 Mar 2025 09:00:00 GMT</pubDate></item>
<item><title>A captain is found</title><link>/captain</link><pubDate>Wed, 05 Mar 2025 09:00:00 GMT</pubDate></item>
</channel></rss>"""
CAPTAIN = (
    "A captain for the ferry was found in the village of Veld on Wednesday, the harbour office of Arnholm said.",
    "“I have waited a year for somebody to ask me,” the captain, Jonas Ferrow, told reporters on the quay.",
    "The first boat is to leave on Saturday morning, the office said, if the weather is as good as it is now.",
)
TEXT = "The ferry will stop running on Friday, the harbour office of Arnholm said."
XML = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def story(make):
    """A story that has no articles of its own."""
    return make({}, globs="[]")


@pytest.fixture
def web():
    return Web(Limits(pause=0), allow_local=True)


@pytest.fixture
def quay(site, page):
    """A site with a feed and the two pages behind it."""
    site["/rss"] = (200, {**XML, "ETag": '"1"'}, FEED.encode())
    site["/ferry"] = page()
    site["/captain"] = page("A captain is found", *CAPTAIN, day="2025-03-05")
    return site


def lines(story):
    """Give the manifest's lines without what differs from run to run, by address or source."""
    found = [json.loads(line) for line in (story.folder / manifest.NAME).read_text(encoding="utf-8").splitlines()]
    for line in found:
        assert hashlib.sha256((story.folder / line["file"]).read_bytes()).hexdigest() == line.pop("sha256")
        assert line.pop("fetched_at").endswith(("+00:00", "Z"))
        del line["file"]
    return found


def articles(story, *columns):
    table = read.articles(story).articles[list(columns)].astype(object)
    return list(table.where(table.notna(), None).itertuples(index=False, name=None))


def faults(story):
    table = read.faults(read.articles(story).removed)
    return list(table[["source_file", "text", "reason"]].itertuples(index=False, name=None))


# The web -----------------------------------------------------------------------------------------------------


def test_a_feed_and_the_pages_behind_it(story, web, quay):
    added = add.add(story, [quay.url + "/rss"], Wishes(licence="for analysis"), web)
    assert (added.kept, added.before, added.faults) == (3, 0, [])
    page = {"kind": "page", "source": f"{quay.url}/rss", "type": "text/html", "licence": "for analysis"}
    given = {"outlet": "The Quay: news"}
    assert lines(story) == [
        {
            "kind": "feed",
            "source": f"{quay.url}/rss",
            "address": f"{quay.url}/rss",
            "type": "application/rss+xml",
            "licence": "for analysis",
            "etag": '"1"',
        },
        page
        | {"address": f"{quay.url}/ferry"}
        | {"given": given | {"title": "The ferry stops", "published_at": "2025-03-04T09:00:00+00:00"}},
        page
        | {"address": f"{quay.url}/captain"}
        | {"given": given | {"title": "A captain is found", "published_at": "2025-03-05T09:00:00+00:00"}},
    ]
    assert articles(story, "outlet", "title", "published_at", "url") == [
        ("The Quay", "The ferry stops", pd.Timestamp("2025-03-04 09:30"), f"{quay.url}/ferry"),
        ("The Quay", "A captain is found", pd.Timestamp("2025-03-05 09:30"), f"{quay.url}/captain"),
    ]
    assert faults(story) == []


def test_the_same_again_fetches_only_what_is_new(story, web, quay):
    add.add(story, [quay.url + "/rss"], web=web)
    before = (story.folder / manifest.NAME).read_bytes()
    quay["/rss"] = (304, {}, b"")
    quay.asked.clear()
    added = add.add(story, [quay.url + "/rss"], web=web)
    assert (added.kept, added.before, quay.asked) == (0, 3, ["/rss"])
    assert (story.folder / manifest.NAME).read_bytes() == before


def test_a_changed_page_is_a_version_and_the_first_one_stays(story, web, quay, page):
    quay["/rss"] = (200, XML, FEED.encode())
    add.add(story, [quay.url + "/rss"], web=web)
    quay["/ferry"] = page(
        "The ferry stops", "The harbour office said on Monday that the ferry would go on running.", *CAPTAIN[1:]
    )
    added = add.add(story, [quay.url + "/rss"], Wishes(again=True), web)
    assert (added.kept, added.versions, added.before) == (1, 1, 2)
    reading = read.articles(story)
    two = reading.articles[reading.articles["title"] == "The ferry stops"]
    first, version = two.sort_values("version_of", na_position="first").itertuples()
    assert (first.version_of, version.version_of) == (None, first.article_id)
    assert "would stop running" in first.text and "would go on running" in version.text


def test_a_feed_that_says_a_page_has_changed(story, web, quay):
    quay["/rss"] = (200, XML, FEED.encode())
    add.add(story, [quay.url + "/rss"], web=web)
    quay["/atom"] = (
        200,
        {"Content-Type": "application/atom+xml"},
        b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay</title><rights>CC BY 4.0</rights><entry>
        <title>The ferry stops</title><link href="{url}/ferry"/><updated>2199-01-01T00:00:00Z</updated></entry></feed>""",
    )
    quay.asked.clear()
    add.add(story, [quay.url + "/atom"], web=web)
    assert quay.asked == ["/atom", "/ferry"]
    assert lines(story)[-1]["licence"] == "CC BY 4.0"


def test_only_what_has_the_words_and_no_more_than_asked(story, web, quay):
    added = add.add(story, [quay.url + "/rss"], Wishes(words=("capt*",)), web)
    assert (added.kept, [line["address"] for line in lines(story)][1:]) == (2, [quay.url + "/captain"])
    assert faults(story) == []
    added = add.add(story, [quay.url + "/rss"], Wishes(most=1), web)
    assert (added.kept, added.waiting) == (1, 0)


def test_the_rest_is_fetched_by_the_same_command(story, web, quay):
    first = add.add(story, [quay.url + "/rss"], Wishes(most=1), web)
    assert (first.kept, first.waiting) == (2, 1)
    assert faults(story) == [
        (
            lines_of_kind(story, "feed"),
            quay.url + "/captain",
            f"1 address has no page yet. Run `ontherecord add` on {quay.url}/rss again, or save the pages and add those.",
        )
    ]
    second = add.add(story, [quay.url + "/rss"], Wishes(most=1), web)
    assert (second.kept, second.waiting, faults(story)) == (1, 0, [])


def test_what_is_wrong_with_a_kept_page_says_where_it_came_from_and_a_table_may_mend_it(make, web, site, page):
    site["/a"], site["/b"] = "<html><p>We use cookies.</p></html>", page().replace("2025-03-04T09:30:00Z", "")
    site["/list"] = (200, {"Content-Type": "text/plain"}, b"{url}/a\n{url}/b\n")
    story = make({"meta.csv": "filename,published_at\nx,2025-03-04\n"}, globs="[]", more='metadata = "meta.csv"')
    add.add(story, [site.url + "/list"], web=web)
    assert {reason for *_, reason in faults(story)} == {
        "is HTML without an article. Save the page of the article itself, or its text as .txt. "
        f"It came from {site.url}/a.",
        "has no date, so it is left out of timelines. Give it a published_at, or write 'undated' there. "
        f"It came from {site.url}/b.",
    }
    ((file,),) = articles(story, "source_file")
    (story.folder / "meta.csv").write_text(f"filename,published_at\n{file},2025-03-04\n")
    assert len(faults(story)) == 1


def lines_of_kind(story, kind):
    return next(line.file for line in manifest.Manifest(story.folder).lines if line.kind == kind)


def dated(story, *sources):
    """Give the raw files of these sources, in that order."""
    files = {line.source: line.file for line in manifest.Manifest(story.folder).lines}
    return [files[source] for source in sources]


def test_a_page_that_cannot_be_had_is_named_and_the_feed_text_stands_for_it(story, web, site):
    html = "".join(f"&lt;p&gt;{paragraph}&lt;/p&gt;" for paragraph in CAPTAIN)
    feed = FEED.replace(
        "<link>/captain</link>",
        '<link>/captain</link><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"{html}</content:encoded>",
    )
    site["/rss"] = (200, XML, feed.encode())
    added = add.add(story, [site.url + "/rss"], web=web)
    missing = "is not there (HTTP 404). Save it in a browser, if you can see it there, and add the file."
    assert added.faults == [(f"{site.url}/ferry", missing), (f"{site.url}/captain", missing)]
    assert articles(story, "outlet", "title", "url", "text") == [
        ("The Quay: news", "A captain is found", f"{site.url}/captain", "\n".join(CAPTAIN))
    ]
    ((_, text, _),) = faults(story)
    assert text == f"{site.url}/ferry"
    site["/rss"] = (200, XML, feed.replace("A captain is found", "A captain was found").encode())
    add.add(story, [site.url + "/rss"], web=web)
    assert sorted(articles(story, "title")) == [("A captain is found",), ("A captain was found",)]
    assert len(faults(story)) == 1


def test_sitemaps_of_sitemaps(story, web, quay):
    quay["/sitemap.xml"] = (
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sitemap><loc>{url}/news.xml.gz</loc><lastmod>2025-03-05</lastmod></sitemap>"
        b"<sitemap><loc>{url}/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap></sitemapindex>"
    )
    news = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>URL/captain</loc><news:news>'
        "<news:publication><news:name>The Quay</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2025-03-05</news:publication_date><news:title>A captain</news:title></news:news></url>"
        "<url><loc>URL/ferry</loc><lastmod>2025-01-01</lastmod></url></urlset>"
    ).replace("URL", quay.url)
    quay["/news.xml.gz"] = (200, {"Content-Type": "application/gzip"}, gzip.compress(news.encode(), mtime=0))
    added = add.add(story, [quay.url + "/sitemap.xml"], Wishes(since="2025-03-01"), web)
    assert (added.kept, added.faults) == (3, [])
    assert quay.asked == ["/robots.txt", "/sitemap.xml", "/news.xml.gz", "/captain"]
    assert lines(story)[-1]["given"] == {
        "title": "A captain", "outlet": "The Quay", "published_at": "2025-03-05", "language": "en"
    }  # fmt: skip
    assert faults(story) == []


def test_sitemaps_that_lead_to_each_other_without_end(story, web, site, monkeypatch):
    monkeypatch.setattr(add, "MAPS", 3)
    entries = b"".join(b"<sitemap><loc>{url}/%d.xml</loc></sitemap>" % n for n in range(5))
    for name in ["index", *range(5)]:
        site[f"/{name}.xml"] = b"<sitemapindex>" + entries + b"</sitemapindex>"
    added = add.add(story, [site.url + "/index.xml"], web=web)
    assert site.asked == ["/robots.txt", "/index.xml", "/0.xml", "/1.xml", "/2.xml"]
    assert {reason for _, reason in added.faults} == {
        "is one of more than 3 sitemaps. Name it, or those that matter.",
        "is a sitemap of sitemaps of sitemaps. Name one of those that list articles.",
    }


def test_lists_of_addresses(story, web, quay, tmp_path):
    plain, table = tmp_path / "list.txt", tmp_path / "mediacloud.csv"
    plain.write_text(f"# the ferry\n{quay.url}/ferry\n\n{quay.url}/ferry\n")
    table.write_text(
        "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
        f"1,2025-03-06,en,quay.example,quay.example,2025-03-05,A captain is found,{quay.url}/captain\n"
    )
    added = add.add(story, [str(plain), str(table)], web=web)
    assert (added.kept, added.faults) == (4, [])
    assert [line.get("given") for line in lines(story)] == [
        None,
        None,
        None,
        {"title": "A captain is found", "outlet": "quay.example", "published_at": "2025-03-05", "language": "en"},
    ]
    assert articles(story, "title") == [("The ferry stops",), ("A captain is found",)]
    assert faults(story) == []


def test_gdelt_gives_addresses_dates_and_quotations(story, web, quay, tmp_path):
    def row(path, title, quotations=""):
        cells = [""] * 27
        cells[:5] = ["20250306120000-1", "20250306120000", "1", "quay.example", quay.url + path]
        cells[22], cells[26] = quotations, f"<PAGE_TITLE>{title}</PAGE_TITLE>"
        return "\t".join(cells)

    gkg = tmp_path / "20250306120000.gkg.csv.zip"
    quoted = "120|18|said|We have no captain#300|21|added|We have no second boat"
    with zipfile.ZipFile(gkg, "w") as package:
        package.writestr("20250306120000.gkg.csv", row("/ferry", "Ferry stops") + "\n" + row("/gone", "Gone", quoted))
    added = add.add(story, [str(gkg)], web=web)
    assert (added.kept, [name for name, _ in added.faults]) == (2, [f"{quay.url}/gone"])
    assert articles(story, "title", "outlet", "published_at", "text")[1] == (
        "Gone", "quay.example", pd.Timestamp("2025-03-06 12:00"), "“We have no captain”\n“We have no second boat”"
    )  # fmt: skip
    assert faults(story) == []


def test_hosts_take_turns():
    leads = [add.Lead(address) for address in ("http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://b/2")]
    assert [lead.address for lead in add._taking_turns(leads)] == [
        "http://a/1", "http://b/1", "http://a/2", "http://b/2", "http://a/3"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "meta", "encoding"),
    [
        ("text/html; charset=utf-8", "", "cp1251"),  # a server that is wrong about it
        ("text/html; charset=windows-1251", "", "cp1251"),
        ("text/html; charset=iso-8859-1", '<meta charset="windows-1251">', "cp1251"),
        ("text/html; charset=iso-8859-1", "", "utf-8"),
        ("text/html", '<meta charset="windows-1251">', "cp1251"),
    ],
)
def test_wrong_charsets(story, web, site, header, meta, encoding):
    words = "Портовое управление Арнхольма сообщило в понедельник, что паром перестанет ходить в конце недели."
    more = "Капитана ищут уже целый год, сказала журналистам начальница порта, и пока никто не откликнулся."
    source = f"<html><head>{meta}<title>Паром</title></head><body><article><p>{words}</p><p>{more}</p></article>"
    site["/a"] = (200, {"Content-Type": header}, source.encode(encoding))
    assert add.add(story, [site.url + "/a"], web=web).kept == 1
    assert articles(story, "language", "text")[0][0] != "en"
    assert words in articles(story, "text")[0][0]


def test_addresses_into_the_machines_own_network_are_refused(story, quay):
    web = Web(Limits(pause=0))
    added = add.add(story, [quay.url + "/rss"], web=web)
    reason = "leads into this machine's own network. If that is what you want, say --allow-local."
    assert (added.kept, added.faults, quay.asked) == (0, [(f"{quay.url}/rss", reason)], [])


# Files -------------------------------------------------------------------------------------------------------


def zipped(**members):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return raw.getvalue()


def test_a_folder_and_a_zip_of_pages_and_texts(story, tmp_path, page):
    folder = tmp_path / "press"
    (folder / "more").mkdir(parents=True)
    (folder / "ferry.html").write_text(page())
    (folder / "more" / "note.txt").write_text(f"---\npublished_at: 2025-03-06\n---\n{TEXT}")
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "out.txt").symlink_to(tmp_path / "story.toml")
    package = tmp_path / "pages.zip"
    package.write_bytes(zipped(**{"a/captain.html": page("A captain", *CAPTAIN, day="2025-03-02"), "__MACOSX/a": "x"}))
    added = add.add(story, [str(folder), str(package)], Wishes(fixed={"outlet": "The Bay"}))
    assert (added.kept, added.faults) == (3, [])
    assert [(line["source"], line["fixed"]) for line in lines(story)] == [
        ("press/ferry.html", {"outlet": "The Bay"}),
        ("press/more/note.txt", {"outlet": "The Bay"}),
        ("pages.zip/a/captain.html", {"outlet": "The Bay"}),
    ]
    assert articles(story, "outlet", "source_file") == [
        ("The Bay", file)
        for file in dated(story, "pages.zip/a/captain.html", "press/ferry.html", "press/more/note.txt")
    ]
    assert add.add(story, [str(folder), str(package)]).before == 3


def test_what_is_said_later_of_a_kept_file_counts(story, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(f'body,day\n"{TEXT}",2025-03-04\n')
    add.add(story, [str(table)])
    assert articles(story, "text") == []
    added = add.add(story, [str(table)], Wishes(columns={"text": "body", "published_at": "day"}, licence="ours"))
    assert (added.kept, added.before) == (0, 1)
    assert articles(story, "text", "published_at") == [(TEXT, pd.Timestamp("2025-03-04"))]
    assert [line.get("licence") for line in lines(story)] == [None, "ours"]


def test_path_tricks_links_and_archives_in_archives(story, tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        for name in ("../evil.txt", "/etc/evil.txt", "a\\..\\..\\evil.txt", "C:\\evil.txt"):
            package.writestr(name, TEXT)
        package.writestr(link, "/etc/passwd")
        package.writestr("good.txt", TEXT)
        package.writestr("deep.zip", zipped(**{"1.zip": zipped(**{"2.zip": zipped(**{"3.txt": TEXT})})}))
    (tmp_path / "x.zip").write_bytes(raw.getvalue())
    before = sorted(tmp_path.iterdir())
    added = add.add(story, [str(tmp_path / "x.zip")])
    out = "has a name that leads out of the archive. Take it out yourself if you trust it."
    assert sorted(added.faults) == [
        ("x.zip/../evil.txt", out),
        ("x.zip//etc/evil.txt", out),
        ("x.zip/C:\\evil.txt", out),
        ("x.zip/a\\..\\..\\evil.txt", out),
        (
            "x.zip/deep.zip/1.zip/2.zip",
            "is an archive in an archive in an archive. Unpack it yourself if you trust it.",
        ),
        ("x.zip/link.txt", "is a link. Add the file that it leads to."),
    ]
    assert [line["source"] for line in lines(story)] == ["x.zip/good.txt"]
    assert sorted(tmp_path.iterdir()) == sorted([*before, tmp_path / "raw"])


def test_bombs_are_not_unpacked_past_the_limits(story, tmp_path, monkeypatch):
    monkeypatch.setattr(add, "Budget", lambda: archives.Budget(whole=2_500_000, member=1_000_000))
    bomb = b"a" * 1_500_000
    names = {f"{n}.txt": b"b" * 900_000 for n in range(4)}
    (tmp_path / "x.zip").write_bytes(zipped(**{"0.txt": bomb}))
    (tmp_path / "y.zip").write_bytes(zipped(**names))
    (tmp_path / "z.csv.gz").write_bytes(gzip.compress(bomb, mtime=0))
    added = add.add(story, [str(tmp_path / name) for name in ("x.zip", "y.zip", "z.csv.gz")])
    large = "unpacks to more than 1 MB. Unpack it yourself if you trust it."
    spent = "would unpack to more than its source may. Unpack the archive yourself if you trust it, and add the folder."
    assert added.faults == [("x.zip/0.txt", large), ("y.zip/2.txt", spent), ("z.csv.gz", large)]
    assert [line["source"] for line in lines(story)] == ["y.zip/0.txt", "y.zip/1.txt"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc(story, tmp_path, page, packed):
    raw = io.BytesIO()
    writer = WARCWriter(raw, gzip=packed)

    def write(address, status, kind, body, coding=None):
        headers = [("Content-Type", kind), *([("Content-Encoding", coding)] if coding else [])]
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        dated = {"WARC-Date": "2025-03-07T10:00:00Z"}
        writer.write_record(
            writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=dated)
        )

    write("https://quay.example/ferry", "200 OK", "text/html", page().encode())
    write("https://quay.example/captain", "200 OK", "text/html", gzip.compress(page("A", *CAPTAIN).encode()), "gzip")
    write("https://quay.example/gone", "404 Not Found", "text/html", b"gone")
    write("https://quay.example/logo", "200 OK", "image/png", b"\x89PNG\r\n")
    write("https://quay.example/rss", "200 OK", "text/xml", FEED.encode())
    name = "crawl.warc.gz" if packed else "crawl.warc"
    (tmp_path / name).write_bytes(raw.getvalue())
    added = add.add(story, [str(tmp_path / name)])
    assert (added.kept, added.aside, added.faults) == (2, 2, [])
    assert [(line["source"], line["address"], line["kind"]) for line in lines(story)] == [
        (f"{name}#1", "https://quay.example/ferry", "page"),
        (f"{name}#2", "https://quay.example/captain", "page"),
    ]
    assert {url for (url,) in articles(story, "url")} == {line["address"] for line in lines(story)}


def test_a_warc_that_is_cut_short_gives_what_is_whole(story, tmp_path, page):
    raw = io.BytesIO()
    writer = WARCWriter(raw, gzip=True)
    for path in "ab":
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                f"https://x.example/{path}", "response", io.BytesIO(page(path).encode()), http_headers=http
            )
        )
    (tmp_path / "cut.warc.gz").write_bytes(raw.getvalue()[:-300])
    added = add.add(story, [str(tmp_path / "cut.warc.gz")])
    assert [line["source"] for line in lines(story)] == ["cut.warc.gz#1"]
    assert added.faults == [("cut.warc.gz#2", "is broken, and what follows it cannot be read. Fetch the WARC anew.")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("nowhere.txt", None, "is no file, folder or address. Correct it; an address begins with https://."),
        ("empty.txt", b" \n", "is empty. Fill it or leave it out."),
        ("a.png", b"\x89PNG\r\n\x1a\n", add._UNKNOWN),
        ("sheet.xlsx", zipped(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), add._UNKNOWN),
        ("x.zip", b"PK\x03\x04 broken", "is no zip file that can be opened, or is broken. Fetch or make it anew."),
        ("x.csv.gz", gzip.compress(b"text" * 90, mtime=0)[:-9], "is no gzip file that can be unpacked, or is cut short. Fetch it anew."),
        ("x.xml", b"<rss><channel></channel></rss>", "leads to no address. Open it to see what it holds."),
        ("x.xml", b"<urlset><url>", None),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(story, tmp_path, name, content, reason):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ((named, said),) = add.add(story, [str(tmp_path / name)]).faults
    assert named == name.removesuffix(".gz") or named == name
    assert said == reason if reason else said.startswith("is not valid XML (")


def test_two_at_once(story):
    with (
        manifest.open_for_adding(story.folder),
        pytest.raises(StoryError, match="another `ontherecord add` is at work"),
    ):
        add.add(story, ["x"])


def test_a_broken_manifest_is_named_and_stays(story):
    path = story.folder / manifest.NAME
    path.parent.mkdir()
    path.write_text('{"file": 1}\n{"x')
    with pytest.raises(StoryError, match=r"manifest\.jsonl:1: is no line of a manifest\. Delete the line"):
        manifest.Manifest(story.folder)


# Interruptions -----------------------------------------------------------------------------------------------

PAGES = 13


@pytest.fixture
def sources(quay, tmp_path):
    """A feed with two pages behind it, and a list of further ones."""
    for n in range(PAGES):
        quay[f"/{n}"] = quay.answers["/ferry"].replace("The ferry stops", f"Ferry {n} stops")
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(f"{quay.url}/{n}" for n in range(PAGES)))
    return [quay.url + "/rss", str(listed)]


def kept(story):
    """Give all that the tables depend on: the raw files and the manifest's lines, but for when they were fetched."""
    raw = {path.name: path.read_bytes() for path in (story.folder / "raw").iterdir() if len(path.stem) == 16}
    return raw, lines(story)


def killed(story, sources, arm):
    """Start an `add` in a process that is armed to kill itself; tell whether it did."""
    for path in (story.folder / "raw").iterdir():
        path.unlink()
    child = os.fork()
    if child == 0:
        arm()
        add.add(story, sources, web=Web(Limits(pause=0), allow_local=True))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")


@needs_fork
@pytest.mark.once
@pytest.mark.parametrize("stage", ["before", "half", "after"])
def test_killed_at_any_write_the_same_command_goes_on(story, sources, web, stage):
    add.add(story, sources, web=web)
    expected, moment = kept(story), 1
    while killed(story, sources, partial(dying_at_write, moment, stage)):
        add.add(story, sources, web=Web(Limits(pause=0), allow_local=True))
        assert kept(story) == expected
        assert not list((story.folder / "raw").glob("*.half"))
        moment += 1
    assert moment == 1 + 2 * (2 + 2 + PAGES)  # each of the files was written, and its line


@needs_fork
def test_killed_at_any_request_the_same_command_goes_on(story, sources, web):
    add.add(story, sources, web=web)
    expected, moment = kept(story), 1
    while killed(story, sources, partial(dying_at_request, moment)):
        add.add(story, sources, web=Web(Limits(pause=0), allow_local=True))
        assert kept(story) == expected
        moment += 1
    assert moment == 1 + 1 + 1 + 2 + PAGES  # robots.txt, the feed, its pages, those of the list


def dying_at_write(moment, stage):
    """Let the so-manieth write kill the process: before it, in the midst of it, or after it."""
    write, calls = manifest._write, []

    def dies(file, raw):
        calls.append(raw)
        if len(calls) == moment:
            if stage != "before":
                file.write(raw if stage == "after" else raw[: len(raw) // 2])
                file.flush()
            die()
        write(file, raw)

    manifest._write = dies


def dying_at_request(moment):
    """Let the so-manieth request kill the process."""
    ask, calls = Web._ask, []

    def dies(*given):
        calls.append(given)
        if len(calls) == moment:
            die()
        return ask(*given)

    Web._ask = dies
