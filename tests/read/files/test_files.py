"""Every kind of file, and every kind of bad input with its sentence."""

import hashlib
import os
import sys
from pathlib import Path

import pandas as pd
import pytest

from helpers import read, store, story
from helpers.read import listing
from helpers.story import StoryError

ONE = "The ferry will stop running on Friday, the harbour office of Arnholm said."
TWO = "A new captain was found in Veld within a day, the harbour office said."
FRONT = f"""---
title: Ferry stops
outlet: The Quay
published_at: 2025-03-04T09:30:00+01:00
---

{ONE}
"""


def rows(table: pd.DataFrame, *columns: str) -> list[tuple]:
    table = table[list(columns)].astype(object)
    return list(table.where(table.notna(), None).itertuples(index=False, name=None))


def complaints(reading: read.Reading) -> list[tuple]:
    return rows(read.faults(reading.removed), "source_file", "line", "kind", "text", "reason")


def loaded(reading: read.Reading) -> list[str]:
    return reading.articles["text"].tolist()


# Good input --------------------------------------------------------------------------------------------------


def test_text_with_front_matter(make):
    reading = read.articles(make({"articles/a.txt": FRONT}))
    assert rows(reading.articles, *store.columns("articles")[1:]) == [
        (
            "The Quay",
            None,
            "Ferry stops",
            None,
            pd.Timestamp("2025-03-04 08:30"),
            "en",
            ONE,
            "articles/a.txt",
            None,
            hashlib.sha256(FRONT.encode()).hexdigest(),
            None,
            None,
            None,
        )
    ]


def test_json_lines_by_our_names_and_by_theirs(make):
    reading = read.articles(
        make(
            {
                "wire.jsonl": f'{{"id": 1, "headline": "Ferry stops", "date": "2025-03-04", "byline": ["A. Moss", '
                f'{{"name": "B. Tarn"}}], "text": "{ONE}"}}\n\n'
                f'{{"title": "Found", "published_at": "2025-03-05", "text": "{TWO}"}}\n'
            },
            globs='["wire.jsonl"]',
            more='[articles.columns]\ntitle = "headline"\npublished_at = "date"',
        )
    )
    assert rows(reading.articles, "title", "byline", "published_at", "text", "source_line") == [
        ("Ferry stops", "A. Moss, B. Tarn", pd.Timestamp("2025-03-04"), ONE, 1),
        ("Found", None, pd.Timestamp("2025-03-05"), TWO, 3),
    ]
    assert reading.removed.empty


def test_a_table_that_calls_the_text_otherwise(make):
    story = make(
        {"t.csv": f'body,published_at\n"{ONE}",2025-03-04\n'},
        globs='["t.csv"]',
        more='[articles.columns]\ntext = "body"',
    )
    assert loaded(read.articles(story)) == [ONE]


@pytest.mark.parametrize(("name", "delimiter"), [("table.csv", ","), ("table.csv", ";"), ("table.tsv", "\t")])
def test_tables_with_cells_of_several_lines(make, name, delimiter):
    quoted = [
        ["title", "published_at", "text"],
        ["One", "2025-03-04", f'"{ONE}\n\n{TWO}"'],
        ["Two", "2025-03-05", f'"{TWO}"'],
    ]
    table = "\n".join(delimiter.join(row) for row in quoted)
    reading = read.articles(make({name: table}, globs=f'["{name}"]'))
    assert rows(reading.articles, "title", "text", "source_line") == [("One", f"{ONE}\n\n{TWO}", 2), ("Two", TWO, 5)]


def test_quotation_marks_in_a_tab_separated_table_are_the_texts_own(make):
    table = f'title\tpublished_at\ttext\n"No ferry," says office\t2025-03-04\t{ONE}'
    reading = read.articles(make({"table.tsv": table}, globs='["table.tsv"]'))
    assert rows(reading.articles, "title", "text") == [('"No ferry," says office', ONE)]


def test_a_web_page(make):
    page = (
        '<html lang="en"><head><meta property="og:title" content="Ferry stops">'
        '<meta property="og:site_name" content="The Quay">'
        '<meta property="article:published_time" content="2025-03-04T09:30:00Z"></head><body>\n<nav><p>Home</p></nav>\n'
        f"<article><h1>Ferry stops</h1><p>{ONE}</p><p>{TWO}</p></article></body></html>"
    )
    reading = read.articles(make({"articles/a.html": page}))
    assert rows(reading.articles, "outlet", "title", "published_at", "text") == [
        ("The Quay", "Ferry stops", pd.Timestamp("2025-03-04 09:30"), f"{ONE}\n{TWO}")
    ]
    assert rows(reading.removed, "line", "kind", "text") == [
        (None, "headline", "Ferry stops"),
        (2, "boilerplate", "Home"),
    ]


def test_a_metadata_table_fills_in_what_the_files_do_not_say(make):
    story = make(
        {
            "articles/a.txt": ONE,
            "articles/b.txt": f"---\npublisher: The Bay\n---\n{TWO}",
            "articles/c.txt": f"---\npublished_at: 2025-03-06\n---\n{ONE} {TWO}",
            "more/meta.csv": "file;publisher;day\na.txt;Quay;2025-03-04\nb;Quay;2025-03-05\nx;None;2025-03-05\ny;;",
        },
        more='metadata = "more/meta.csv"\nkey = "file"\n[articles.columns]\noutlet = "publisher"\npublished_at = "day"',
    )
    reading = read.articles(story)
    assert rows(reading.articles, "outlet", "published_at", "source_file") == [
        ("Quay", pd.Timestamp("2025-03-04"), "articles/a.txt"),
        ("The Bay", pd.Timestamp("2025-03-05"), "articles/b.txt"),
        (None, pd.Timestamp("2025-03-06"), "articles/c.txt"),
    ]
    assert rows(reading.removed, "source_file", "kind", "text", "reason") == [
        (
            "articles/c.txt",
            "metadata",
            "c.txt",
            "is not in more/meta.csv. Add a row for it, unless the file says everything itself.",
        ),
        (
            "more/meta.csv",
            "metadata",
            "x\ny",
            "2 rows name no file of the story. Nothing to do, unless files are missing.",
        ),
    ]
    assert complaints(reading) == []


def test_text_is_normalised_once(make):
    raw = b"\xef\xbb\xbf" + f"{ONE}\r\nCafe\u0301 o\u0308wners a\0greed to this on the very same day.\r".encode()
    assert loaded(read.articles(make({"articles/a.txt": raw}))) == [
        f"{ONE}\nCafé öwners agreed to this on the very same day."
    ]


def test_an_escaped_half_character_is_replaced(make):
    reading = read.articles(make({"a.jsonl": f'{{"text": "{ONE} \\ud83d"}}'}, globs='["*.jsonl"]'))
    assert loaded(reading) == [f"{ONE} \ufffd"]


@pytest.mark.parametrize("raw", ["“Café”: ".encode("utf-16") + ONE.encode("utf-16-le")])
def test_utf_16_says_what_it_is(make, raw):
    reading = read.articles(make({"articles/a.txt": raw}))
    assert loaded(reading) == [f"“Café”: {ONE}"]


def test_globs_are_expanded_once_and_in_order(make):
    story = make(
        {"articles/b.txt": TWO, "articles/a.txt": ONE, "actors.csv": "name"}, globs='["articles/*", "**/a.txt"]'
    )
    root = story.folder
    listed = listing.find(story)
    assert listed.paths == [str(root / "articles/a.txt"), str(root / "articles/b.txt")]
    assert (listed.names, listed.losses) == (["articles/a.txt", "articles/b.txt"], ())
    assert list(listed.settings) == [str(root / "story.toml"), str(root / "actors.csv")]


def test_globs_reach_outside_the_folder(make, tmp_path):
    globs = f'["../far/*.txt", "{tmp_path.as_posix()}/far/b.*"]'
    make({"far/a.txt": ONE, "far/b.md": TWO, "near/story.toml": f'title = "x"\n[articles]\nfiles = {globs}'})
    reading = read.articles(story.load(tmp_path / "near"))
    assert set(reading.articles["source_file"]) == {"../far/a.txt", "../far/b.md"}


# Bad input ---------------------------------------------------------------------------------------------------

GOOD = {"articles/good.txt": FRONT}


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("empty.txt", "", None, "is empty. Fill it or take it out of the folder."),
        ("blank.txt", " \n\n", None, "is empty. Fill it or take it out of the folder."),
        ("a.txt", bytes(range(32)) * 9, None, "is a binary file, not text. Save its text as .txt in UTF-8."),
        ("a.txt", b"%PDF-1.7 \xe2\xe3", None, "is a PDF, not text. Save its text as .txt in UTF-8."),
        ("a.txt", bytes(range(128, 256)) * 3, None, "has an unknown encoding. Save it as UTF-8."),
        (
            "a.html",
            "<html><body><nav>Home</nav></body></html>",
            None,
            "is HTML without an article. Save the page of the article itself, or its text as .txt.",
        ),
        (
            "a.md",
            "---\ntitle: x\noutlet: Who: us\n---\nText.",
            3,
            "has front matter that is not valid YAML (mapping values are not allowed here). "
            "Put the value in quotation marks.",
        ),
        (
            "a.md",
            "---\ntitle: x\n---\n",
            None,
            "has front matter and no text. Add the text or take the file out of the folder.",
        ),
        (
            "a.odt",
            "text",
            None,
            "is of a kind we cannot read; we read .txt, .md, .html, .htm, .jsonl, .ndjson, .csv, .tsv, .json, "
            ".parquet, .xml, .docx, .pdf. Save it as one of these or narrow the glob.",
        ),
    ],
)
def test_a_bad_file_is_named_and_the_rest_is_read(make, name, content, line, reason):
    reading = read.articles(make(GOOD | {f"articles/{name}": content}))
    assert loaded(reading) == [ONE]
    assert complaints(reading) == [(f"articles/{name}", line, "file", name, reason)]


def test_a_guessed_encoding_is_said(make):
    text = f"---\npublished_at: 2025-03-04\n---\n“Schöne Grüße”, schrieb die Fährgesellschaft. {ONE}"
    reading = read.articles(make({"articles/a.txt": text.encode("cp1252")}))
    assert loaded(reading) == [f"“Schöne Grüße”, schrieb die Fährgesellschaft. {ONE}"]
    ((source_file, line, kind, text, reason),) = complaints(reading)
    assert (source_file, line, kind, text) == ("articles/a.txt", None, "file", "a.txt")
    assert reason.startswith("is not UTF-8 and was read as cp125")


def test_a_folder_among_the_files(make):
    reading = read.articles(make(GOOD | {"articles/old/a.txt": TWO}))
    assert complaints(reading) == [
        ("articles/old", None, "file", "old", "is a folder. Write 'articles/old/*' to read its files.")
    ]


def test_a_link_in_a_circle_gives_each_file_once(make, tmp_path):
    story = make({"articles/a.txt": FRONT}, globs='["articles/**/*.txt"]')
    (tmp_path / "articles" / "again").symlink_to(".")
    assert listing.find(story).names == ["articles/a.txt"]
    assert complaints(read.articles(story)) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(make, tmp_path):
    story = make({"articles/a.txt": FRONT})
    os.mkfifo(tmp_path / "articles" / "pipe.txt")
    reason = "is no regular file. Take it away."
    assert complaints(read.articles(story)) == [("articles/pipe.txt", None, "file", "pipe.txt", reason)]


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="needs a file system that takes any bytes")
def test_a_name_that_is_not_utf_8_is_spelled_out(make, tmp_path):
    story = make({"articles/a.txt": FRONT})
    written = tmp_path / "articles" / "a.txt"
    written.rename(written.with_name(os.fsdecode(b"caf\xe9.txt")))
    assert read.articles(story).articles["source_file"].tolist() == [r"articles/caf\xe9.txt"]


def test_a_table_without_rows(make):
    story = make({"articles/a.csv": "text,title\n", "articles/b.txt": FRONT})
    reason = "holds a header and no rows. Fill it or take it out of the folder."
    assert complaints(read.articles(story)) == [("articles/a.csv", None, "file", "a.csv", reason)]


def test_a_table_with_one_column_twice(make):
    story = make({"articles/a.csv": f'text,text,published_at\n"{TWO}","{ONE}",undated\n'})
    reading = read.articles(story)
    reason = "has several columns 'text', of which the last was used. Give the others another name."
    assert (loaded(reading), complaints(reading)) == ([ONE], [("articles/a.csv", 1, "record", "text", reason)])


def test_a_file_that_is_gone_when_it_is_opened(make):
    story = make(GOOD)
    (story.folder / "articles" / "lost.txt").symlink_to(story.folder / "nowhere")
    reading = read.articles(story)
    assert loaded(reading) == [ONE]
    assert complaints(reading) == [
        ("articles/lost.txt", None, "file", "lost.txt", "is not there. Put it there or correct its name.")
    ]


def test_a_file_we_may_not_open(make):
    story = make(GOOD | {"articles/shut.txt": TWO})
    path = story.folder / "articles" / "shut.txt"
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    assert complaints(read.articles(story)) == [
        ("articles/shut.txt", None, "file", "shut.txt", "cannot be opened (permission denied). Check its rights.")
    ]


def test_broken_lines_of_json(make):
    good = f'{{"published_at": "2025-03-04", "text": "{ONE}"}}'
    wire = "\n".join(
        [good, '{"text": "cut', "[1]", '{"published_at": "2025-03-04", "body": "?"}', good.replace(ONE, TWO)]
    )
    reading = read.articles(make({"wire.jsonl": wire}, globs='["wire.jsonl"]'))
    assert rows(reading.articles.sort_values("source_line"), "text", "source_line") == [(ONE, 1), (TWO, 5)]
    assert complaints(reading) == [
        (
            "wire.jsonl",
            2,
            "record",
            '{"text": "cut',
            "is not valid JSON (Unterminated string starting at). Mend the line.",
        ),
        ("wire.jsonl", 3, "record", "[1]", "is no JSON object. Write one object a line, in braces."),
        (
            "wire.jsonl",
            4,
            "record",
            '{"published_at": "2025-03-04", "body": "?"}',
            "has no text. Put the article's text in the field 'text'.",
        ),
    ]


def test_what_is_kept_of_a_broken_line_is_short(make):
    reading = read.articles(make(GOOD | {"wire.jsonl": "x" * 9_000}, globs='["articles/*", "wire.jsonl"]'))
    assert read.faults(reading.removed)["text"].tolist() == ["x" * 2_000]


def test_ragged_and_unclosed_rows_of_a_table(make):
    table = f'title,published_at,text\nOne,2025-03-04,"{ONE}"\nTwo,2025-03-05\nThree,2025-03-06,"{TWO}\nFour,,'
    reading = read.articles(make({"table.csv": table}, globs='["table.csv"]'))
    assert rows(reading.articles, "title", "text") == [("One", ONE)]
    assert complaints(reading) == [
        (
            "table.csv",
            3,
            "record",
            "Two,2025-03-05",
            "has 2 cells where the header has 3. Mend the row; it was left out.",
        ),
        (
            "table.csv",
            4,
            "record",
            f'Three,2025-03-06,"{TWO}\nFour,,',
            "breaks the rules of CSV (unexpected end of data). Close its quotation marks; it was left out.",
        ),
    ]


def test_dates_that_are_missing_impossible_or_without_zone(make):
    story = make(
        {
            "articles/a.txt": FRONT.replace("2025-03-04T09:30:00+01:00", "2025-02-31"),
            "articles/b.txt": TWO,
            "wire.jsonl": f'{{"text": "{ONE} {TWO}", "published_at": "2025-03-04 10:00"}}',
        },
        globs='["articles/*", "wire.jsonl"]',
        zone="Europe/Kyiv",
    )
    reading = read.articles(story)
    assert rows(reading.articles, "published_at") == [(pd.Timestamp("2025-03-04 08:00"),), (None,), (None,)]
    assert complaints(reading) == [
        (
            "articles/a.txt",
            4,
            "date",
            "2025-02-31",
            "'2025-02-31' is not a date we can read. Write it as 2024-05-31 or 2024-05-31T14:00:00+03:00.",
        ),
        (
            "articles/b.txt",
            None,
            "date",
            "",
            "has no date, so it is left out of timelines. Give it a published_at, or write 'undated' there.",
        ),
        (
            "wire.jsonl",
            1,
            "date",
            "2025-03-04 10:00",
            "'2025-03-04 10:00' names no time zone and was read in Europe/Kyiv. "
            "Add the zone, such as +00:00, to be sure.",
        ),
    ]
    assert set(read.faults(reading.removed)["article_id"]) == set(reading.articles["article_id"])


def test_a_bad_date_in_the_metadata_table_names_the_table(make):
    story = make({"articles/a.txt": ONE, "meta.tsv": "filename\tpublished_at\na\tsoon"}, more='metadata = "meta.tsv"')
    assert [row[:4] for row in complaints(read.articles(story))] == [("meta.tsv", 2, "date", "soon")]


def test_two_records_with_one_id(make):
    wire = "\n".join(f'{{"id": "7", "published_at": "2025-03-04", "text": "{text}"}}' for text in (ONE, TWO))
    reading = read.articles(make({"wire.jsonl": wire}, globs='["wire.jsonl"]'))
    assert loaded(reading) == [ONE]
    assert complaints(reading) == [
        (
            "wire.jsonl",
            2,
            "record",
            TWO,
            "has the id '7', as wire.jsonl:1 has. Give it another or delete one of the two; the first was kept.",
        )
    ]


def test_one_article_twice(make):
    reading = read.articles(make({"articles/a.txt": FRONT, "articles/b.txt": FRONT}))
    assert rows(reading.articles, "source_file") == [("articles/a.txt",)]
    assert complaints(reading) == [
        (
            "articles/b.txt",
            None,
            "record",
            ONE,
            "is the same article as articles/a.txt, field for field. Delete one of the two; the first was kept.",
        )
    ]


def test_nothing_but_boilerplate(make):
    reading = read.articles(make(GOOD | {"articles/a.txt": "Advertisement\nMenu"}))
    assert complaints(reading) == [
        (
            "articles/a.txt",
            None,
            "record",
            "Advertisement\nMenu",
            "holds nothing but boilerplate. Check that the article is in it.",
        )
    ]


def test_a_glob_that_matches_nothing(make):
    reading = read.articles(make(GOOD, globs='["articles/*", "feed/*.jsonl"]'))
    assert complaints(reading) == [
        ("story.toml", 5, "file", "feed/*.jsonl", "no file matches 'feed/*.jsonl'. Correct it, or put the files there.")
    ]


def test_no_file_at_all(make):
    story = make({}, globs='["articles/*", "wire.jsonl"]')
    with pytest.raises(StoryError) as error:
        read.articles(story)
    assert str(error.value) == (
        f"{story.folder / 'story.toml'}:5: no file matches 'articles/*', 'wire.jsonl'. "
        "Put articles there, correct [articles] files, or let `ontherecord add` fetch some."
    )


def test_a_metadata_table_that_is_not_there(make):
    story = make(GOOD, more='metadata = "meta.csv"')
    with pytest.raises(
        StoryError, match=r"meta\.csv: the metadata table is not there\. Put it there or correct its name\."
    ):
        read.articles(story)


@pytest.mark.parametrize("table", ["", "filename,outlet\n"])
def test_a_metadata_table_without_rows(make, table):
    with pytest.raises(StoryError, match=r"meta\.csv: the metadata table holds no rows\."):
        read.articles(make({"articles/a.txt": FRONT, "meta.csv": table}, more='metadata = "meta.csv"'))


def test_a_metadata_table_without_its_key(make):
    story = make(GOOD | {"meta.csv": "name,outlet\na,The Quay"}, more='metadata = "meta.csv"')
    with pytest.raises(StoryError, match=r"meta\.csv:1: has no column 'filename' .* it has name, outlet\. Set"):
        read.articles(story)


def test_a_metadata_table_that_names_a_file_twice(make):
    story = make(GOOD | {"meta.csv": "filename,outlet\ngood,A\ngood,B"}, more='metadata = "meta.csv"')
    reading = read.articles(story)
    assert complaints(reading) == [
        (
            "meta.csv",
            3,
            "record",
            "good",
            "names 'good' again, after line 2. Delete one of the two; the first was used.",
        )
    ]


# The tables --------------------------------------------------------------------------------------------------


def test_the_tables_go_into_the_database_and_come_out_the_same(make, tmp_path):
    undated = {"articles/undated.txt": f"Menu\n{TWO}", "wire.jsonl": f'{{"text": "{TWO} {ONE}"}}'}
    reading = read.articles(make(GOOD | undated, globs='["articles/*", "wire.jsonl", "none"]'))
    empty = {table: store.empty(table) for table in store.TABLES}
    store.write(tmp_path / "a.duckdb", empty | {"articles": reading.articles, "removed": reading.removed})
    for table, made in (("articles", reading.articles), ("removed", reading.removed)):
        columns = list(store.columns(table))
        assert list(made.columns) == columns
        stored = rows(store.read(table, tmp_path / "a.duckdb"), *columns)
        assert sorted(stored, key=str) == sorted(rows(made, *columns), key=str)


def test_no_article_at_all_is_an_empty_table(make):
    reading = read.articles(make({"articles/a.txt": ""}))
    assert (len(reading.articles), len(reading.removed)) == (0, 1)
    assert list(reading.articles.columns) == list(store.columns("articles"))


def test_reading_twice_gives_the_same_and_writes_nothing(make):
    story = make(GOOD | {"articles/b.txt": f"Menu\n{TWO}", "wire.jsonl": "{"}, globs='["articles/*", "wire.jsonl"]')
    before = sorted((path, path.stat().st_mtime_ns) for path in story.folder.rglob("*"))
    first, second = read.articles(story), read.articles(story)
    pd.testing.assert_frame_equal(first.articles, second.articles)
    pd.testing.assert_frame_equal(first.removed, second.removed)
    assert sorted((path, path.stat().st_mtime_ns) for path in story.folder.rglob("*")) == before


def test_progress_sees_every_file(make):
    seen = []
    story = make(GOOD | {"articles/b.txt": TWO})
    read.articles(story, progress=lambda paths: (seen.append(path) or path for path in paths))
    assert [Path(path).name for path in seen] == ["b.txt", "good.txt"]


def test_a_line_of_boilerplate_names_its_line_in_the_file(make):
    reading = read.articles(make({"articles/a.txt": FRONT + "\nAdvertisement\n" + TWO}))
    assert rows(reading.removed, "source_file", "line", "kind", "text") == [
        ("articles/a.txt", 9, "boilerplate", "Advertisement")
    ]


def test_what_an_outlet_prints_under_every_article_goes(make):
    wire = "\n".join(
        f'{{"outlet": "The Quay", "published_at": "2025-03-0{n}", '
        f'"text": "Event number {n} took place in Arnholm, an official said.'
        f'\\nQuay House, level {n // 9}, Arnholm"}}'
        for n in range(1, 5)
    )
    reading = read.articles(make({"wire.jsonl": wire}, globs='["wire.jsonl"]'))
    assert loaded(reading) == [f"Event number {n} took place in Arnholm, an official said." for n in range(1, 5)]
    assert set(reading.removed["reason"]) == {"stands in many articles of this outlet"}
