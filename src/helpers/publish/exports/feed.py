"""The latest statements as an Atom feed (RFC 4287), for whoever follows a story in a reader or a program."""

from uuid import UUID, uuid5
from xml.etree import ElementTree

import pandas as pd

from helpers.chart.words import short
from helpers.publish.markup import visible
from helpers.story import Story

MOST = 200  # statements in the feed; the tables have them all
SPACE = UUID("2f1c5a0e-9d0b-5f43-8f0e-6d2a4f7b9c11")  # of our ids: a statement keeps its own whatever its address
ATOM = "http://www.w3.org/2005/Atom"


def atom(story: Story, records: pd.DataFrame) -> str:
    """Write the latest dated statements as an Atom feed, the latest first.

    Needs a table of `exports.statements`. Ids and dates come from the statements, so that equal tables give equal
    feeds; all words go in as plain text, which no reader takes for markup.
    """
    dated = records[records["reported"].notna()]
    latest = dated.iloc[::-1].head(MOST)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": story.language})
    _text(feed, "id", uuid5(SPACE, story.name).urn)
    _text(feed, "title", f"{story.title}: who said what")
    of = f"The latest {len(latest):,} of {len(dated):,} dated statements" if len(dated) > MOST else "Every statement"
    _text(feed, "subtitle", " ".join(part for part in (f"{of}, as reported.", story.about) if part))
    _text(feed, "updated", _stamp(latest["reported"].iloc[0]) if len(latest) else "1970-01-01T00:00:00Z")
    _text(ElementTree.SubElement(feed, "author"), "name", story.byline or "On the Record")
    _link(feed, "self", f"{story.address}statements.xml", "application/atom+xml")
    _link(feed, "alternate", f"{story.address}index.html", "text/html")
    for row in latest.itertuples():
        _entry(feed, story, row)
    ElementTree.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _entry(feed: ElementTree.Element, story: Story, row: tuple) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    speaker = row.name or (f"Unresolved (“{row.source}”)" if row.source else "Unresolved")
    _text(entry, "id", uuid5(SPACE, f"{story.name}/{row.statement_id}").urn)
    _text(entry, "title", f"{speaker} {short(row.said, 160)}")
    _text(entry, "updated", _stamp(row.reported))
    _text(entry, "published", _stamp(row.reported))
    _link(entry, "alternate", f"{story.address}{row.page}", "text/html")
    if row.outside:
        _link(entry, "via", row.outside, "text/html")
    for term in (row.form, row.act):
        ElementTree.SubElement(entry, "category", {"term": visible(term)})
    way = f", via {', '.join(row.relay)}" if len(row.relay) else ""
    reported = f"Reported by {row.outlet or 'an outlet not known'}{way}: {row.headline or 'without a headline'}"
    _text(entry, "content", f"{speaker} {row.said}\n\n{reported}", "text")


def _text(parent: ElementTree.Element, name: str, words: str, kind: str = "") -> None:
    ElementTree.SubElement(parent, name, {"type": kind} if kind else {}).text = visible(words)


def _link(parent: ElementTree.Element, relation: str, address: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address, "type": kind})


def _stamp(when: pd.Timestamp) -> str:
    return when.isoformat(timespec="seconds")
