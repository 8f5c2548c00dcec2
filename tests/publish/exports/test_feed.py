import feedparser
import pandas as pd
import pytest
from lxml import etree

from helpers.publish import exports
from helpers.publish.exports import feed

HOSTILE = "</title><script>alert(1)</script>]]>\x0b\u202e&amp;"


@pytest.fixture
def records(harbour, story) -> pd.DataFrame:
    return exports.statements(harbour, story.timezone)


def test_a_reader_reads_the_feed_back(story, records):
    read = feedparser.parse(feed.atom(story.model_copy(update={"address": "https://desk.example/levy/"}), records))
    assert not read.bozo
    assert (read.version, read.feed.title, read.feed.author) == (
        "atom10",
        "The harbour levy: who said what",
        "The desk",
    )
    assert read.feed.updated == "2031-03-13T01:30:00+02:00"
    assert {link.rel: link.href for link in read.feed.links} == {
        "self": "https://desk.example/levy/statements.xml",
        "alternate": "https://desk.example/levy/index.html",
    }
    # Undated statements stand on no line of time, and so in no feed; the latest comes first.
    assert sorted(entry.title for entry in read.entries[1:]) == [
        "Mara Ilves rules out: levy",
        "Mara Ilves said: “We will not raise the levy,” … “the council, the crews & the town” had agreed",
        "Unresolved (“Her deputy”) denied: that a vote had been planned",
    ]
    first, row = read.entries[0], records.iloc[3]
    assert (first.title, first.published) == (
        "Mara Ilves told: the levy would rise in June",
        "2031-03-13T01:30:00+02:00",
    )
    assert [tag.term for tag in first.tags] == ["indirect", "promise"]
    assert {link.rel: link.href for link in first.links} == {
        "alternate": f"https://desk.example/levy/articles/{row.article_id}.html#{row.statement_id}",
        "via": "https://tide.example/council#:~:text=the%20levy%20would%20rise%20in%20June",
    }
    assert first.content[0].type == "text/plain"
    assert first.content[0].value == (
        "Mara Ilves told: the levy would rise in June\n\nReported by Morning Tide, via =Coast Wire: Council meets"
    )


def test_an_entry_keeps_its_name_wherever_the_report_stands(story, records):
    ids = [
        [
            entry.id
            for entry in feedparser.parse(feed.atom(story.model_copy(update={"address": address}), records)).entries
        ]
        for address in ("", "https://desk.example/levy/")
    ]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 4
    assert all(name.startswith("urn:uuid:") for name in ids[0])


def test_hostile_words_are_text_and_nothing_else(story, records):
    hostile = records.assign(said=HOSTILE, name=HOSTILE, outlet=HOSTILE, headline=HOSTILE, form=HOSTILE)
    made = feed.atom(story.model_copy(update={"title": HOSTILE, "about": HOSTILE, "byline": HOSTILE}), hostile)
    tree = etree.fromstring(made.encode())
    assert {etree.QName(element).localname for element in tree.iter()} == {
        *(
            "feed",
            "id",
            "title",
            "subtitle",
            "updated",
            "author",
            "name",
            "link",
            "entry",
            "published",
            "category",
            "content",
        ),
    }
    shown = "</title><script>alert(1)</script>]]>[U+000B][U+202E]&amp;"
    assert tree.findtext(f"{{{feed.ATOM}}}title") == f"{shown}: who said what"
    assert "\u202e" not in made


def test_a_long_story_feeds_its_latest_statements_and_says_so(story, records):
    many = pd.concat([records.head(1).assign(statement_id=f"{number:016x}") for number in range(250)])
    read = feedparser.parse(feed.atom(story, many))
    assert len(read.entries) == 200
    assert read.feed.subtitle.startswith("The latest 200 of 250 dated statements, as reported. This story is invented")


def test_a_story_without_statements_has_an_empty_feed(story, records):
    read = feedparser.parse(feed.atom(story, records.head(0)))
    assert (read.bozo, read.entries, read.feed.title) == (False, [], "The harbour levy: who said what")
