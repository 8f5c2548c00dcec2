import json

import pandas as pd
import pytest

from helpers import search, store
from helpers.story import Story, StoryError

ARTICLES = [
    (
        "a1",
        "The Tolm Post",
        "Ford stays shut",
        "2024-03-04T23:30",
        "The ford stays shut. Ferries run late.\nNobody minds.",
    ),
    ("a2", "The Esk Mail", None, "2024-03-06T10:30", "A café was there. In rain or shine the ford is open, they say."),
    ("a3", "The Esk Mail", "Ferry fares", None, "Fares rise."),
]
STATEMENTS = [
    ("s1", "a1", "“We will not open the ford.”", "direct", "p1", None, "2024-03-04"),
    ("s2", "a2", "“We will not open the ford.”", "direct", "p1", None, "2024-03-04"),
    ("s3", "a2", "that the ford was opened to 1,200 carts", "indirect", None, "the ferryman", "2024-03-05"),
    ("s4", "a3", "fares rise", "indirect", None, None, None),
]


@pytest.fixture
def story(tmp_path, monkeypatch):
    """A built story of three articles in a zone two hours ahead."""
    tables = {table: store.empty(table) for table in store.TABLES}
    columns = ["article_id", "outlet", "title", "published_at", "text"]
    articles = pd.DataFrame(ARTICLES, columns=columns)
    tables["articles"] = articles.assign(
        published_at=pd.to_datetime(articles["published_at"]), source_file="x", source_sha256="x"
    )
    columns = ["statement_id", "article_id", "content", "form", "speaker_id", "described", "said_from"]
    statements = pd.DataFrame(STATEMENTS, columns=columns)
    fixed = {"part": "text", "act": "say", "negated": False, "said_precision": "day", "confidence": 1.0}
    statements["said_from"] = statements["said_to"] = pd.to_datetime(statements["said_from"]).dt.date
    lists = {name: [[] for _ in STATEMENTS] for name in ("content_spans", "relay", "relay_ids")}
    tables["statements"] = statements.assign(**fixed, **lists)
    tables["actors"] = pd.DataFrame([("p1", "Laura Dennholm", "person")], columns=["actor_id", "name", "kind"])
    store.write(tmp_path / "db" / "tolm.duckdb", tables)
    monkeypatch.setenv("STORY_DATABASE", str(tmp_path / "db" / "tolm.duckdb"))
    return Story(folder=tmp_path, title="Tolm", timezone="Europe/Kyiv")


def hits(story, words, **filters):
    found = search.find(story, words, **filters)
    return [
        (row.statement_id or row.article_id, marked)
        for row, marked in zip(found.fillna("").itertuples(), search.marked(found), strict=True)
    ]


def test_the_best_hit_comes_first_marked_and_the_same_words_once(story):
    assert hits(story, "opening fords") == [
        ("s1", "“We will not **open** the **ford**.”"),
        ("s3", "that the **ford** was **opened** to 1,200 carts"),
        ("a2", "In rain or shine the **ford** is **open**, they say."),
        ("a1", "**Ford** stays shut"),
    ]
    found = search.find(story, "opening fords")
    assert found["times"].tolist() == [2, 1, 1, 1]
    assert found.loc[0, ["kind", "day", "outlet", "speaker", "form"]].tolist() == [
        "statement", "2024-03-04", "The Tolm Post", "Laura Dennholm", "direct",
    ]  # fmt: skip
    assert found["speaker"].tolist()[1] == "the ferryman"


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"speaker": "dennholm"}, ["s1"]),
        ({"speaker": "FERRY"}, ["s3"]),
        ({"outlet": "esk"}, ["s2", "s3", "a2"]),
        ({"form": "indirect"}, ["s3"]),
        ({"since": "2024-03-05"}, ["s3", "a2", "a1"]),  # a1 came out at half past one on the 5th, in the story's zone
        ({"until": "2024-03-04"}, ["s1"]),
        ({"since": "2024-03-05", "until": "2024-03-05"}, ["s3", "a1"]),
        ({"limit": 1}, ["s1"]),
        ({"outlet": "nobody"}, []),
    ],
)
def test_filters(story, filters, ids):
    assert [one for one, _ in hits(story, "open ford", **filters)] == ids


def test_not_and_will_and_numbers_and_accents_are_words(story):
    assert hits(story, "will not") == [("s1", "“We **will** **not** open the ford.”")]
    assert hits(story, "1,200") == [("s3", "that the ford was opened to **1**,**200** carts")]
    assert hits(story, "CAFE") == [("a2", "A **café** was there.")]
    assert hits(story, "the") != []  # small words, where nothing else is asked for


def test_a_speaker_who_is_not_told_is_unresolved(story):
    found = search.find(story, "fares", form="indirect")
    assert found[["speaker", "day"]].fillna("").to_numpy().tolist() == [["unresolved", ""]]
    # What has no day is in no period.
    assert (
        search.find(story, "fares", since="1900-01-01").empty and search.find(story, "fares", until="2100-01-01").empty
    )


def test_a_long_passage_is_cut_around_its_hits(story):
    words = " ".join(["before"] * 100 + ["ferries", "ferry"] + ["after"] * 100)
    text, marks = search._passage(words, "statement", frozenset({"ferri"}))
    assert (text[:2], text[-2:], len(text) <= search.LONGEST + 4) == ("… ", " …", True)
    assert [text[start:end] for start, end in marks] == ["ferries", "ferry"]
    assert len(search._passage("x" * 999, "article", frozenset({"y"}))[0]) <= search.LONGEST
    end, _ = search._passage("before " * 100 + "the ferry left.", "statement", frozenset({"ferri"}))
    assert end.startswith("… before") and end.endswith("the ferry left.")


def test_the_index_lies_beside_and_is_made_anew_when_the_tables_change(story):
    before = story.database.read_bytes()
    search.find(story, "ford")
    (index,) = story.database.parent.glob("*.search-*.duckdb")
    made = index.stat().st_mtime_ns
    search.find(story, "ferry")
    assert (story.database.read_bytes(), index.stat().st_mtime_ns) == (before, made)
    with store.connect(story.database, write=True) as connection:
        connection.execute("DELETE FROM statements WHERE statement_id = 's3'")
    assert [one for one, _ in hits(story, "open ford")] == ["s1", "a2", "a1"]
    (other,) = story.database.parent.glob("*.search-*.duckdb")
    assert other != index


def test_a_folder_that_may_not_be_written_to_is_searched_all_the_same(story, monkeypatch):
    monkeypatch.setattr(search.os, "access", lambda *_: False)
    assert len(hits(story, "ford")) == 4
    assert [path.name for path in story.database.parent.iterdir()] == ["tolm.duckdb"]


def test_lines_and_csv(story):
    found = search.find(story, "carts", limit=1)
    line = json.loads("\n".join(search.lines(found)))
    assert (line["statement_id"], line["words"], line["marks"], line["title"]) == (
        "s3", "that the ford was opened to 1,200 carts", [[34, 39]], None,
    )  # fmt: skip
    table = found.assign(words="=1+carts", marks=[[(3, 8)]], outlet="@Esk")
    assert (
        search.csv(table)
        .splitlines()[1]
        .startswith("statement,2024-03-05,'@Esk,the ferryman,indirect,'=1+**carts**,1,")
    )


def test_no_word_finds_nothing_and_no_database_is_said(story, tmp_path):
    assert search.find(story, "…").empty
    with pytest.raises(StoryError, match="not there yet. Run `ontherecord build`"):
        search.find(story, "ford", database=tmp_path / "none.duckdb")


def test_an_empty_story_is_searched(story):
    store.write(story.database, {table: store.empty(table) for table in store.TABLES})
    assert search.find(story, "ford").empty
