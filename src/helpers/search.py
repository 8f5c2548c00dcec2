"""Search a story's statements and articles by words, ranked by BM25, the hits marked."""

import glob
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import duckdb
import pandas as pd
import snowballstemmer

from helpers import store
from helpers.annotate import sentences
from helpers.link.reviews import NOBODY
from helpers.link.reviews.sheets import FORMULA
from helpers.story import Story, digest

COLUMNS = (
    "kind", "day", "outlet", "speaker", "form", "words", "marks", "times", "score",
    "title", "url", "statement_id", "article_id",
)  # fmt: skip
NAMED = 5  # speakers or outlets that are offered for one that is not there
ALIKE = 0.75  # likeness of two names, from which one may be meant by the other
LONGEST = 300  # characters of an article, or of a long statement, that are shown around the hits

# Every word counts, also “not” and “will”: what a story turns on is often one of them.
_INDEX = (
    """CREATE TABLE passages AS
    SELECT 'statement' AS kind, statement_id AS id, content AS words FROM story.statements
    UNION ALL SELECT 'article', article_id, concat_ws(chr(10), title, text) FROM story.articles ORDER BY ALL""",
    """PRAGMA create_fts_index(
    'passages', 'id', 'words', stemmer = 'porter', stopwords = 'none', ignore = '[^a-z0-9]+')""",
)
_RANKED = """
    SELECT kind, id, score FROM (SELECT kind, id, fts_main_passages.match_bm25(id, $words) AS score FROM passages)
    WHERE score IS NOT NULL ORDER BY score DESC, id
"""
_STATEMENTS = """
    SELECT statement_id, article_id, content, form, coalesce(name, described, speaker) AS speaker,
           said_from, said_to, statements.speaker_id
    FROM statements LEFT JOIN actors ON actor_id = speaker_id ORDER BY statement_id
"""
_SPEAKERS = """
    SELECT coalesce(name, described, speaker) AS name FROM statements LEFT JOIN actors ON actor_id = speaker_id
    WHERE coalesce(name, described, speaker) IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC, 1
"""
_OUTLETS = """
    SELECT outlet AS name FROM articles LEFT JOIN statements USING (article_id)
    WHERE outlet IS NOT NULL GROUP BY ALL ORDER BY count(statement_id) DESC, 1
"""
# Small words are looked for only where nothing else is.
_SMALL = frozenset("a an and at by for in of on or the to".split())
_STEMMER = snowballstemmer.stemmer("porter")  # as the index's own
_IDS = "SELECT article_id FROM articles UNION ALL SELECT statement_id FROM statements ORDER BY ALL"


def find(
    story: Story,
    words: str,
    *,
    speaker: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
    form: str | None = None,
    limit: int = 20,
    database: Path | None = None,
) -> pd.DataFrame:
    """Find the statements and articles of a built story that hold some of the words, the best first.

    `speaker` and `outlet` are parts of a name, in capitals or not. `since` and `until` are days (2025-03-04): of the
    words for a statement, of the publication for an article, counted in the story's zone. What has no such day is then
    left out, and so are articles where a speaker or a form is asked for. Words are compared by their stems. Passages of
    the same words are given once, with the number of `times`. Gives COLUMNS: `words` is the passage, `marks` the places
    of the hits in it. Raises StoryError where the story has not been built.
    """
    database = database or story.database
    asked = " ".join(word for word in words.split() if word.lower() not in _SMALL) or words
    wanted = frozenset(stem for *_, stems in _words(asked) for stem in stems)
    with _index(database) as connection:
        ranked = connection.execute(_RANKED, {"words": asked}).df()
    found = _told(ranked, story, database)
    for column, part in (("speaker", speaker), ("outlet", outlet)):
        if part:
            found = found[found[column].fillna("").str.casefold().str.contains(part.casefold(), regex=False)]
    if form:
        found = found[found["form"] == form]
    if since:
        found = found[found["last"].fillna("") >= since]
    if until:
        found = found[found["day"].notna() & (found["day"].fillna("") <= until)]
    found = found.assign(times=found.groupby(["kind", "content"])["id"].transform("size"))
    found = found.drop_duplicates(["kind", "content"]).head(limit).reset_index(drop=True)
    passages = [_passage(row.content, row.kind, wanted) for row in found.itertuples()]
    found = found.assign(words=[text for text, _ in passages], marks=[marks for _, marks in passages])
    return found[list(COLUMNS)]


def meant(database: Path, speaker: str | None, outlet: str | None) -> list[str]:
    """Say of a speaker and an outlet that a built story does not have who may have been meant."""
    asked = (("speaker", speaker, _SPEAKERS), ("outlet", outlet, _OUTLETS))
    return [
        sentence
        for what, part, names in asked
        if part and (sentence := _meant(what, part, store.query(names, database)["name"].tolist()))
    ]


def _meant(what: str, part: str, names: list[str]) -> str:
    plain = part.casefold()
    if not names or any(plain in name.casefold() for name in names):
        return ""
    near = [name for name in names if get_close_matches(plain, [name.casefold(), *name.casefold().split()], 1, ALIKE)]
    if near:
        return f"No {what} is called '{part}'; did you mean {' or '.join(near[:NAMED])}?"
    return f"No {what} is called '{part}'; those with most statements are {', '.join(names[:NAMED])}."


def lines(found: pd.DataFrame) -> Iterator[str]:
    """Give each hit as a line of JSON, its marks as half-open code points into its words."""
    for row in found.astype(object).where(found.notna(), None).to_dict("records"):
        yield json.dumps({**row, "marks": [list(mark) for mark in row["marks"]]}, ensure_ascii=False)


def csv(found: pd.DataFrame) -> str:
    """Give hits as CSV, marked by **, safe for spreadsheets."""
    table = found.assign(words=marked(found)).drop(columns="marks")
    for column in table.select_dtypes(exclude="number"):
        formula = table[column].fillna("").str.contains(FORMULA)
        table[column] = table[column].where(~formula, "'" + table[column].fillna(""))
    return table.to_csv(index=False, lineterminator="\n")


def marked(found: pd.DataFrame, before: str = "**", after: str = "**") -> pd.Series:
    """Give the passages of a search with a sign before and after each hit."""
    texts = [_with_signs(row.words, row.marks, before, after) for row in found.itertuples()]
    return pd.Series(texts, index=found.index, dtype=object)


@contextmanager
def _index(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the full-text index of a database, made anew where the statements or articles are other ones.

    It lies beside the database, and nothing is ever written into that. Where the folder may not be written to, it is
    made for this once.
    """
    ids = store.query(_IDS, database)["article_id"]
    key = digest(*_INDEX, duckdb.__version__, *ids)
    beside = database.with_name(f"{database.stem}.search-{key}.duckdb")
    place = database.parent if os.access(database.parent, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place, prefix=".search-") as folder:
        index = beside
        if not beside.exists():
            index = _made(database, Path(folder) / "index.duckdb")
            if place:  # whole or not at all; and those that it follows go
                index = index.replace(beside)
                for old in set(place.glob(f"{glob.escape(database.stem)}.search-*.duckdb")) - {beside}:
                    old.unlink(missing_ok=True)
        with store.connect(index) as connection:
            store.load(connection, "fts")
            yield connection


def _made(database: Path, index: Path) -> Path:
    with store.connect(index, write=True) as connection:
        store.load(connection, "fts")
        name = str(database).replace("'", "''")
        connection.execute(f"ATTACH '{name}' AS story (READ_ONLY)")
        for step in _INDEX:
            connection.execute(step)
        connection.execute("DETACH story")
    return index


def _told(ranked: pd.DataFrame, story: Story, database: Path) -> pd.DataFrame:
    """Say of each ranked passage what it is: who, where, when."""
    statements = store.query(_STATEMENTS, database)
    articles = store.read("articles", database)
    published = pd.to_datetime(articles["published_at"], utc=True).dt.tz_convert(story.timezone)
    articles = articles.assign(day=published.dt.strftime("%Y-%m-%d"))
    articles["content"] = articles["title"].fillna("").str.cat(articles["text"], "\n").str.lstrip()
    statements = statements.assign(
        kind="statement",
        id=statements["statement_id"],
        day=_iso(statements["said_from"]),
        last=_iso(statements["said_to"]),
        speaker=statements["speaker"].fillna(NOBODY),
    ).merge(articles[["article_id", "outlet", "title", "url"]], on="article_id")
    articles = articles.assign(kind="article", id=articles["article_id"], last=articles["day"])
    both = pd.concat([statements, articles], ignore_index=True).astype(object)
    both = both.reindex(columns=[*COLUMNS, "id", "content", "last"]).drop(columns=["words", "marks", "times", "score"])
    return ranked.merge(both, on=["kind", "id"])


def _iso(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).dt.strftime("%Y-%m-%d")


def _passage(text: str, kind: str, wanted: frozenset[str]) -> tuple[str, list[tuple[int, int]]]:
    """Cut out the part of a text that holds most of the wanted words, and place the hits in it."""
    hits = [(start, end, stems & wanted) for start, end, stems in _words(text) if stems & wanted]
    spans = sentences.spans(text) if kind == "article" else [(0, len(text))]
    start, end = max(spans, key=lambda span: (len(_within(hits, *span)), -span[0]), default=(0, len(text)))
    before = after = ""
    if end - start > LONGEST:
        first = next((begin for begin, stop, _ in hits if start <= begin and stop <= end), start)
        cut = max(start, text.rfind(" ", start, max(start, first - LONGEST // 3)) + 1)
        stop = end if end - cut <= LONGEST else max(text.rfind(" ", first, cut + LONGEST), cut + LONGEST // 2)
        before, after = "… " if cut > start else "", " …" if stop < end else ""
        start, end = cut, stop
    shift = len(before) - start
    marks = [(begin + shift, stop + shift) for begin, stop, _ in hits if start <= begin and stop <= end]
    return f"{before}{text[start:end]}{after}", marks


def _within(hits: list[tuple[int, int, frozenset[str]]], start: int, end: int) -> set[str]:
    return {stem for begin, stop, stems in hits if start <= begin and stop <= end for stem in stems}


def _with_signs(text: str, marks: list[tuple[int, int]], before: str, after: str) -> str:
    for start, end in reversed(marks):
        text = f"{text[:start]}{before}{text[start:end]}{after}{text[end:]}"
    return text


def _words(text: str) -> list[tuple[int, int, frozenset[str]]]:
    """Place each word of a text, with the stems by which the index knows it."""
    found = []
    for word in re.finditer(r"[^\W_]+", text):
        plain = "".join(sign for sign in unicodedata.normalize("NFD", word[0]) if not unicodedata.combining(sign))
        parts = re.findall("[a-z0-9]+", plain.lower())
        found.append((*word.span(), frozenset(_STEMMER.stemWord(part) for part in parts)))
    return found
