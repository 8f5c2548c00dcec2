"""What reading a file gave is kept, and holds for as long as the file and what it is read by are the same."""

import json
import os

import pytest

from helpers import read
from helpers.parts import Parts
from helpers.read import drafts, files, listing
from helpers.read.drafts import Drafts
from helpers.read.listing import Files

TEXTS = {
    f"articles/{n}.txt": f"Harbour Desk\nThe office of town number {n} said on Monday that a ferry sank.\nMore tomorrow {n}."
    for n in range(3)
}


@pytest.fixture
def again(tmp_path_factory):
    """Read a story with what the last reading has kept; gives the tables and the files that were read."""
    folder = tmp_path_factory.mktemp("parts")

    def reading(story, monkeypatch):
        touched = []
        whole, known = files.read, Files(Parts(folder, "files", "1"))
        monkeypatch.setattr(files, "read", lambda path, *rest: touched.append(path.name) or whole(path, *rest))
        found = read.articles(story, listed=listing.find(story, known), drafts=Drafts(folder, "1"))
        known.save()
        monkeypatch.undo()
        return found, touched

    return reading


def same(one, other):
    return one.articles.equals(other.articles) and one.removed.equals(other.removed)


def test_a_file_that_is_as_it_was_is_not_read_again(make, again, monkeypatch):
    story = make(TEXTS)
    assert again(story, monkeypatch)[1] == ["0.txt", "1.txt", "2.txt"]
    found, touched = again(story, monkeypatch)
    assert touched == []
    assert same(found, read.articles(story))


def test_a_new_article_that_shows_a_line_to_be_boilerplate_changes_the_others(make, again, monkeypatch):
    story = make(dict(list(TEXTS.items())[:2]))
    before, _ = again(story, monkeypatch)
    assert before.articles["text"].str.startswith("Harbour Desk").all()
    story = make(TEXTS)
    found, touched = again(story, monkeypatch)
    assert touched == ["2.txt", "0.txt", "1.txt"]
    assert same(found, read.articles(story))
    assert not found.articles["text"].str.contains("Harbour Desk").any()


def test_a_file_that_is_other_than_it_was_is_read_though_its_size_and_time_are_the_same(make, again, monkeypatch):
    story = make(TEXTS)
    again(story, monkeypatch)
    path = story.folder / "articles" / "1.txt"
    times = path.stat()
    path.write_text(path.read_text().replace("Monday", "Friday"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    found, touched = again(story, monkeypatch)
    assert touched == ["1.txt"]
    assert same(found, read.articles(story))


def test_what_was_read_before_an_interruption_is_not_read_again(make, again, monkeypatch, tmp_path):
    story, folder = make(TEXTS), tmp_path / "parts"
    monkeypatch.setattr(drafts, "BATCH", 1)

    def interrupted(paths):
        yield from paths[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read.articles(story, interrupted, drafts=Drafts(folder, "1"))
    seen = []
    found = read.articles(story, lambda paths: seen.extend(paths) or paths, drafts=Drafts(folder, "1"))
    assert [path.name for path in seen] == ["2.txt"]
    assert same(found, read.articles(story))
    assert Parts(folder, "records", "1").files == []


def test_another_setting_reads_the_files_anew(make, again, monkeypatch):
    again(make(TEXTS), monkeypatch)
    assert again(make(TEXTS, zone="Europe/Kyiv"), monkeypatch)[1] == ["0.txt", "1.txt", "2.txt"]


def test_a_table_that_grew_is_read_where_it_grew_and_its_rows_are_named_by_where_they_stand_now(
    make, again, monkeypatch
):
    rows = [
        f'{{"text": "The office of town number {n} said that a ferry sank.", "published_at": "soon"}}' for n in "abc"
    ]

    def grown(*rows):
        return make({"wire.jsonl": "\n".join(rows)}, globs='["wire.jsonl"]')

    parsed = []
    whole = json.loads
    again(grown(*rows[:2]), monkeypatch)
    monkeypatch.setattr(files.tables.json, "loads", lambda source: parsed.append(source) or whole(source))
    story = grown(rows[2], *rows[:2])
    found, _ = again(story, monkeypatch)
    assert [source for source in parsed if source.startswith('{"text"')] == [rows[2]]
    assert same(found, read.articles(story))
    assert found.removed["line"].tolist() == [1, 2, 3]
