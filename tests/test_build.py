"""The whole road on two articles: the same tables however they were made."""

import duckdb
import pytest

from helpers import build, store, story
from helpers.story import StoryError


def exported(database, folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.export(database, folder)}


def test_two_articles_become_a_record(folder, tmp_path):
    built = build.build(story.load(folder), tmp_path / "ford.duckdb")
    assert (built.fresh, built.articles, built.annotated, len(built.faults)) == (True, 2, 2, 0)
    said = store.query(
        """
        SELECT a.outlet, c.name AS speaker, s.form, s.content, CAST(s.said_from AS VARCHAR) AS said, s.said_precision
        FROM statements s JOIN articles a USING (article_id) LEFT JOIN actors c ON c.actor_id = s.speaker_id
        WHERE s.form = 'direct' ORDER BY a.outlet
        """,
        built.database,
    )
    quote = "“We will not open the ford before the water falls,”"
    assert said.values.tolist() == [
        ["The Esk Mail", "Laura Dennholm", "direct", quote, "2024-03-04", "day"],
        ["The Tolm Post", "Laura Dennholm", "direct", quote, "2024-03-04", "day"],
    ]
    utterance = store.query(
        "SELECT content, statements, outlets, first_outlet FROM utterances WHERE statements > 1 ORDER BY content",
        built.database,
    )
    assert utterance.values.tolist() == [
        ["the ford was open", 3, 2, "The Tolm Post"],
        [quote, 3, 2, "The Tolm Post"],
    ]


def test_what_is_not_in_english_is_kept_and_counted_and_not_annotated(folder, tmp_path):
    words = "„Wir öffnen die Furt nicht, bevor das Wasser fällt“, sagte Finanzministerin Laura Dennholm am Montag vor der Presse. Wann das sein werde, wisse niemand."
    (folder / "articles" / "zeitung.txt").write_text(f"---\npublished_at: 2024-03-05\n---\n{words}\n", encoding="utf-8")
    built = build.build(story.load(folder), tmp_path / "ford.duckdb")
    assert (built.articles, built.foreign, built.annotated) == (3, 1, 2)
    kept = store.query("SELECT text, language FROM articles WHERE language = 'de' ORDER BY text", built.database)
    assert kept.values.tolist() == [[words, "de"]]


def test_what_has_not_changed_is_not_done_again(folder, tmp_path):
    first = build.build(story.load(folder), tmp_path / "ford.duckdb")
    again = build.build(story.load(folder), tmp_path / "ford.duckdb")
    assert (first.fresh, again.fresh, again.annotated) == (True, False, 0)
    assert (again.articles, again.statements) == (first.articles, first.statements)


def test_only_a_new_article_is_annotated_and_the_tables_are_as_if_all_were(folder, tmp_path):
    grown = folder / "articles" / "mail.txt"
    text = grown.read_text(encoding="utf-8")
    grown.unlink()
    build.build(story.load(folder), tmp_path / "grown.duckdb")
    grown.write_text(text, encoding="utf-8")
    built = build.build(story.load(folder), tmp_path / "grown.duckdb")
    assert (built.articles, built.annotated) == (2, 1)
    build.build(story.load(folder), tmp_path / "whole.duckdb")
    assert exported(tmp_path / "grown.duckdb", tmp_path / "a") == exported(tmp_path / "whole.duckdb", tmp_path / "b")


def test_what_is_gone_leaves_no_trace(folder, tmp_path):
    """A reprint, once its original is gone, has the days that it has by itself."""
    original = folder / "articles" / "post.txt"
    text = original.read_text(encoding="utf-8")
    later = text.replace("2024-03-05", "2024-03-13").replace("The Tolm Post", "The Esk Mail")
    (folder / "articles" / "reprint.txt").write_text(later, encoding="utf-8")
    build.build(story.load(folder), tmp_path / "shrunk.duckdb")
    original.unlink()
    build.build(story.load(folder), tmp_path / "shrunk.duckdb")
    build.build(story.load(folder), tmp_path / "whole.duckdb")
    assert exported(tmp_path / "shrunk.duckdb", tmp_path / "a") == exported(tmp_path / "whole.duckdb", tmp_path / "b")


def test_a_second_build_changes_no_exported_byte(folder, tmp_path):
    build.build(story.load(folder), tmp_path / "one.duckdb", processes=1)
    build.build(story.load(folder), tmp_path / "two.duckdb", processes=2)
    assert exported(tmp_path / "one.duckdb", tmp_path / "a") == exported(tmp_path / "two.duckdb", tmp_path / "b")


def test_a_review_is_in_the_next_build(folder, tmp_path):
    database = tmp_path / "ford.duckdb"
    build.build(story.load(folder), database)
    (lead,) = store.read("contradictions", database).query("kind == 'reported'").to_dict("records")
    assert lead["status"] == "lead"
    decision = f"contradiction_id,status,reviewer,note\n{lead['contradiction_id']},dismissed,OB,another ford\n"
    (folder / "reviews.csv").write_text(decision, encoding="utf-8")
    assert build.build(story.load(folder), database).annotated == 0
    (reviewed,) = store.read("contradictions", database).query("kind == 'reported'").to_dict("records")
    assert (reviewed["status"], reviewed["reviewer"], reviewed["note"]) == ("dismissed", "OB", "another ford")


def test_two_stories_of_one_name_do_not_overwrite_each_other(folder, tmp_path):
    database = tmp_path / "ford.duckdb"
    build.build(story.load(folder), database)
    other = tmp_path / "elsewhere" / "ford"
    other.parent.mkdir()
    folder.rename(other)
    with pytest.raises(StoryError, match=r"ford\.duckdb: holds the story in .*Name another file with --db"):
        build.build(story.load(other), database)


def test_somebody_elses_database_is_left_alone(folder, tmp_path):
    database = tmp_path / "ledger.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE build AS SELECT 7 AS payments")
    with pytest.raises(StoryError, match=r"ledger\.duckdb: holds tables of another kind \(build\)\. Name another file"):
        build.build(story.load(folder), database)
    with duckdb.connect(str(database)) as connection:
        assert connection.execute("FROM build").fetchall() == [(7,)]


def test_an_article_in_another_language_is_counted_and_not_annotated(folder, tmp_path):
    (folder / "articles" / "brief.txt").write_text(
        "---\nlanguage: de\npublished_at: undated\n---\nDie Furt bleibt zu.\n"
    )
    built = build.build(story.load(folder), tmp_path / "ford.duckdb")
    assert (built.articles, built.annotated, built.foreign) == (3, 2, 1)
