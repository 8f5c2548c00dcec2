"""What agencies and press offices send: ninjs, NewsML-G2, Word, PDF, Parquet."""

import io
import json

import docx
import duckdb
import pandas as pd
import pypdf
import pytest

from helpers import read

ONE = "The ferry will stop running on Friday, the harbour office of Arnholm said."
TWO = "A new captain was found in Veld within a day, the harbour office said."


def rows(reading, *columns):
    table = reading.articles[list(columns)].astype(object)
    return list(table.where(table.notna(), None).itertuples(index=False, name=None))


def complaints(reading):
    return list(read.faults(reading.removed)[["text", "reason"]].itertuples(index=False, name=None))


NINJS = {
    "uri": "urn:wire:1",
    "headline": "Ferry stops",
    "byline": "A. Moss",
    "versioncreated": "2025-03-04T09:30:00Z",
    "language": "en",
    "infosources": [{"name": "The Wire"}],
    "body_xhtml": f"<p>{ONE}</p><p>{TWO}</p>",
}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"body_text": f"{ONE}\n{TWO}"},
        {"body_xhtml": None, "bodies": [{"contenttype": "text/html", "value": f"<div><p>{ONE}</p>{TWO}</div>"}]},
        {"headline": None, "headlines": [{"role": "main", "value": "Ferry stops"}]},
        {"infosources": None, "provider": "The Wire"},
    ],
)
def test_ninjs(make, more):
    reading = read.articles(make({"articles/a.json": json.dumps(NINJS | more)}))
    assert rows(reading, "outlet", "title", "byline", "published_at", "url", "text") == [
        ("The Wire", "Ferry stops", "A. Moss", pd.Timestamp("2025-03-04 09:30"), "urn:wire:1", f"{ONE}\n{TWO}")
    ]


def test_a_list_of_ninjs_and_what_is_none(make):
    later = NINJS | {"versioncreated": "2025-03-05T09:30:00Z", "body_xhtml": f"<p>{TWO}</p>"}
    raw = json.dumps([NINJS, later, {"headline": "A picture"}, 7])
    reading = read.articles(make({"articles/a.json": raw}))
    first, second = reading.articles["article_id"]
    assert rows(reading, "source_line", "version_of") == [(1, None), (2, first)]
    assert second != first
    assert complaints(reading) == [
        ("A picture", "has no text. Nothing to do, unless it should be an article."),
        ("7", "is no ninjs object. Take it out."),
    ]


NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:wire:1" version="2" xml:lang="en">
<itemMeta><provider><name>The Wire</name></provider><versionCreated>2025-03-04T09:30:00Z</versionCreated></itemMeta>
<contentMeta><headline>Ferry stops</headline><by>A. Moss</by><language tag="en"/></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<head><title>not this</title></head><body><body.head><hedline><hl1>nor this</hl1></hedline></body.head>
<body.content><p>{ONE}</p><p>A new captain was found in <location>Veld</location> within a day, the harbour office said.
</p></body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:wire:2"><contentMeta><headline>A picture</headline></contentMeta></newsItem>
</itemSet></newsMessage>"""


def test_newsml_g2(make):
    reading = read.articles(make({"articles/a.xml": NEWSML}))
    assert rows(reading, "outlet", "title", "byline", "published_at", "url", "text") == [
        ("The Wire", "Ferry stops", "A. Moss", pd.Timestamp("2025-03-04 09:30"), "urn:newsml:wire:1", f"{ONE}\n{TWO}")
    ]
    assert complaints(reading) == [("A picture", "has no text. Nothing to do, unless it should be an article.")]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<a><b></a>", "is not valid XML ("),
        ("<a>text</a>", "is XML without a NewsML-G2 news item. Save its text as .txt."),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><newsItem><inlineData>&b;</inlineData></newsItem>',
         "has no text."),
    ],
)  # fmt: skip
def test_xml_that_is_no_wire(make, source, reason):
    ((_, said),) = complaints(read.articles(make({"articles/a.xml": source})))
    assert said.startswith(reason)


def test_entities_that_multiply_are_not_expanded(make):
    many = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9}">' for n in range(1, 12))
    source = f'<!DOCTYPE a [<!ENTITY e0 "x">{many}]><newsItem><inlineData>&e11;</inlineData></newsItem>'
    assert len(complaints(read.articles(make({"articles/a.xml": source})))) == 1


# Press offices -----------------------------------------------------------------------------------------------


def word(*paragraphs, title=""):
    document, raw = docx.Document(), io.BytesIO()
    document.core_properties.title, document.core_properties.author = title, ""
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 2).rows[0].cells[0].text = "Boats"
    document.save(raw)
    return raw.getvalue()


def test_word(make):
    reading = read.articles(make({"articles/a.docx": word(ONE, TWO, title="Ferry stops")}))
    assert rows(reading, "title", "text") == [("Ferry stops", f"{ONE}\n{TWO}\nBoats |")]


def pdf(*lines):
    """Write a PDF of one page by hand, a line of text below the other."""
    text = b"BT /F1 12 Tf 14 TL 72 720 Td " + b"".join(b"(%b) Tj T* " % line.encode() for line in lines) + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    raw, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return raw + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(raw)


def test_pdf(make):
    lines = ["The ferry will stop running on Friday, the harbour of-", "fice of Arnholm said.",
             "A new captain was found in Veld within a day, the", "harbour office said."]  # fmt: skip
    reading = read.articles(make({"articles/a.pdf": pdf(*lines)}))
    assert rows(reading, "text") == [(f"{ONE}\n{TWO}",)]


def blank(password=None):
    writer, raw = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(raw)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.pdf", blank(), "is a PDF without text, of pictures only. Let ocrmypdf or the like read it first."),
        ("a.pdf", blank("x"), "is a PDF under a password. Open it, print it to a new PDF and use that."),
        ("a.pdf", b"%PDF-1.4 broken", "cannot be read as PDF (PdfStreamError). Print it to a new PDF."),
        ("a.docx", b"PK\x03\x04 broken", "is no Word file of the kind .docx, or is broken. Save it as .docx or .txt."),
        ("a.parquet", b"PAR1 broken", "is no Parquet file that can be read ("),
        ("a.json", "[{", "is not valid JSON ("),
    ],
)
def test_what_is_broken_is_named(make, name, raw, reason):
    ((_, said),) = complaints(read.articles(make({f"articles/{name}": raw})))
    assert said.startswith(reason)


def test_parquet(make, tmp_path):
    path = tmp_path / "t.parquet"
    duckdb.sql(f"SELECT 'Ferry stops' AS title, DATE '2025-03-04' AS day, '{ONE}' AS text").write_parquet(str(path))
    story = make({"articles/a.parquet": path.read_bytes()}, more='[articles.columns]\npublished_at = "day"')
    assert rows(read.articles(story), "title", "published_at", "text", "source_line") == [
        ("Ferry stops", pd.Timestamp("2025-03-04"), ONE, 1)
    ]
