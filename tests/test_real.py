"""Real news: the article this project began with, and PolNeAR's development articles as a story.

The texts are not part of the project. The tests need the folder of corpora that ONTHERECORD_CORPORA names, or
../shared/corpora, and say so where it is absent.
"""

import csv
import json
import os
from pathlib import Path

import pytest

from helpers import build, publish, store, story
from helpers.annotate import statements
from helpers.evaluate import attribution

CORPORA = Path(os.environ.get("ONTHERECORD_CORPORA", Path(__file__).parents[2] / "shared" / "corpora"))
needs_corpora = pytest.mark.skipif(not CORPORA.exists(), reason=f"needs real news: no folder {CORPORA.name} at hand")


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """The seed article as a story of one file and a metadata table."""
    folder = tmp_path_factory.mktemp("seed")
    about = json.loads((CORPORA / "seed" / "meta.json").read_text(encoding="utf-8"))
    fields = ["file", "outlet", "title", "published_at", "language"]
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([fields, [about[field] for field in fields]])
    files = json.dumps([str(CORPORA / "seed" / "*.txt")])
    (folder / "story.toml").write_text(
        f'title = "One article"\ntimezone = "Europe/Moscow"\n'
        f'[articles]\nfiles = {files}\nmetadata = "metadata.csv"\nkey = "file"\n'
    )
    loaded = story.load(folder)
    return loaded, build.build(loaded, folder / "seed.duckdb")


@needs_corpora
def test_the_seeds_boilerplate_is_removed(seed):
    _, built = seed
    removed = "\n".join(store.read("removed", built.database)["text"])
    gold = json.loads((CORPORA / "seed" / "gold.json").read_text(encoding="utf-8"))
    assert [words for words in gold["boilerplate"] if words not in removed] == []
    assert built.faults.empty


@needs_corpora
@pytest.mark.parametrize("number", ["s2", "s3", "s5"])
def test_the_seeds_statements_have_their_speaker_and_day(seed, number):
    _, built = seed
    gold = json.loads((CORPORA / "seed" / "gold.json").read_text(encoding="utf-8"))
    (wanted,) = (one for one in gold["statements"] if one["id"] == number)
    (speaker,) = (actor["name"] for actor in gold["actors"] if actor["id"] == wanted["speaker"])
    found = store.query(
        """
        SELECT a.name, s.form, CAST(s.said_from AS VARCHAR) AS said_from, CAST(s.said_to AS VARCHAR) AS said_to
        FROM statements s LEFT JOIN actors a ON a.actor_id = s.speaker_id WHERE s.content = $words
        """,
        built.database,
        words=wanted["content"][0],
    )
    said = wanted["said"] or [None, "2024-09-10"]  # said before: open, and ends with publication
    found = found.astype(object).where(found.notna(), None)
    assert found.values.tolist() == [[speaker, wanted["form"], *said]]


@needs_corpora
def test_the_seeds_times_are_the_golds(seed):
    _, built = seed
    found = store.query(
        "SELECT text, CAST(from_date AS VARCHAR) AS from_date, CAST(to_date AS VARCHAR) AS to_date FROM times "
        "WHERE text IN ('Tuesday', 'May') ORDER BY text",
        built.database,
    )
    assert found.values.tolist() == [["May", "2024-05-01", "2024-05-31"], ["Tuesday", "2024-09-10", "2024-09-10"]]


@needs_corpora
def test_the_seeds_contradiction_is_a_lead(seed):
    _, built = seed
    leads = store.query(
        "SELECT kind, status FROM contradictions ORDER BY score DESC, contradiction_id LIMIT 3", built.database
    )
    assert ["reported", "lead"] in leads.values.tolist()


@needs_corpora
def test_the_seed_is_published(seed, tmp_path):
    loaded, built = seed
    pages = publish.site(loaded, built.database, tmp_path / "report", publish.figures(loaded, built.database))
    assert tmp_path / "report" / "index.html" in pages


@pytest.mark.once
@needs_corpora
def test_polnear_is_found_as_well_as_we_say():
    figures = attribution.score(CORPORA / "polnear" / "dev", statements.find).set_index("measure")["f1"]
    assert (figures["detect"] >= 0.50, figures["full"] >= 0.43) == (True, True)


@pytest.mark.once
@needs_corpora
def test_polnear_is_a_story_like_any_other(tmp_path):
    files = json.dumps([str(CORPORA / "polnear" / "dev" / "text" / "*.txt")])
    (tmp_path / "story.toml").write_text(
        f'title = "A campaign"\ntimezone = "America/New_York"\n[articles]\nfiles = {files}\n'
        f"metadata = {json.dumps(str(CORPORA / 'polnear' / 'metadata.tsv'))}\n"
        '[articles.columns]\noutlet = "publisher"\npublished_at = "publication_date"\nbyline = "author"\n'
    )
    loaded = story.load(tmp_path)
    built = build.build(loaded, tmp_path / "polnear.duckdb")
    outlets = store.query("SELECT count(DISTINCT outlet) AS outlets FROM articles", built.database)["outlets"][0]
    assert (built.articles, outlets, len(built.faults)) == (84, 7, 0)
    pages = publish.site(loaded, built.database, tmp_path / "report", publish.figures(loaded, built.database))
    assert sum(page.parent.name == "articles" for page in pages) == 84
