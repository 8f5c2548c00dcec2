"""A small invented story, told as literal articles whose statements are found by their words."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import store
from helpers import story as stories
from helpers.publish import Figure, site
from helpers.story import digest

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="marks" width="600" '
    'height="120" viewBox="0 0 600 120"><defs><clipPath id="clip1"><rect width="600" height="120"/></clipPath></defs>'
    '<g clip-path="url(#clip1)"><rect x="20" y="40" width="300" height="20" fill="#22609b"/>'
    '<text x="20" y="30" font-size="14">Ilves</text></g></svg>'
)

TOML = """
title = "The harbour levy"
byline = "The desk"
about = "This story is invented: its places, people and papers do not exist."
timezone = "Europe/Tallinn"

[articles]
files = ["*.txt"]
"""

# Outlet, moment (UTC), address, title, text.
ARTICLES = [
    (
        "The Quay Post",
        "2031-03-03 07:00",
        "https://quay.example/levy?a=1&b=2#top",
        "Ilves rules out levy - again",
        "The ferries ran late on Monday.\n\n"
        "“We will not raise the levy,” harbour minister Mara Ilves said on Sunday, adding that "
        "“the council, the crews & the town” had agreed.\n\n"
        "Rain fell on the quay all afternoon, and nobody spoke.\n\n"
        "Her deputy denied that a vote had been planned.",
    ),
    (
        "Morning Tide",
        "2031-03-12 23:30",
        "https://tide.example/council",
        "Council meets",
        "Mara Ilves told reporters the levy would rise in June. "
        "Her words appeared to contradict what she had said a week before.",
    ),
    (
        "Morning Tide",
        None,
        "javascript:alert(1)",
        "<script>alert('title')</script>",
        "He said \u202e<img src=x onerror=alert(1)>\u202c and </script><script>alert(2)</script> were safe.",
    ),
]

# Article, part, form, act, content (its pieces), cue, source, speaker, said from and to, precision.
STATEMENTS = [
    (0, "title", "indirect", "deny", ["levy"], "rules out", "Ilves", "ilves", None, None, "unknown"),
    (
        0,
        "text",
        "mixed",
        "say",
        ["“We will not raise the levy,”", "“the council, the crews & the town” had agreed"],
        "said",
        "harbour minister Mara Ilves",
        "ilves",
        "2031-03-02",
        "2031-03-02",
        "day",
    ),
    (
        0,
        "text",
        "indirect",
        "deny",
        ["that a vote had been planned"],
        "denied",
        "Her deputy",
        None,
        None,
        None,
        "unknown",
    ),
    (
        1,
        "text",
        "indirect",
        "promise",
        ["the levy would rise in June"],
        "told",
        "Mara Ilves",
        "ilves",
        "2031-03-12",
        "2031-03-12",
        "report",
    ),
    (
        2,
        "text",
        "indirect",
        "say",
        ["\u202e<img src=x onerror=alert(1)>\u202c and </script><script>alert(2)</script> were safe"],
        "said",
        "He",
        None,
        None,
        None,
        "unknown",
    ),
]


def _find(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def tables() -> dict[str, pd.DataFrame]:
    """Give every table of the invented story."""
    made = {table: store.empty(table) for table in store.TABLES}
    articles = [
        {
            "article_id": digest(title, text),
            "outlet": outlet,
            "url": url,
            "title": title,
            "byline": None,
            "published_at": pd.Timestamp(moment) if moment else pd.NaT,
            "language": "en",
            "text": text,
            "source_file": f"articles/{number}.txt",
            "source_line": None,
            "source_sha256": digest(text, size=64),
            "duplicate_of": None,
        }
        for number, (outlet, moment, url, title, text) in enumerate(ARTICLES, 1)
    ]
    statements = []
    for number, part, form, act, pieces, cue, source, speaker, first, last, precision in STATEMENTS:
        article = articles[number]
        text = article[part]
        cue_at = _find(text, cue)
        source_at = _find(text, source)
        statement_id = digest(article["article_id"], *pieces)
        statements.append(
            {
                "statement_id": statement_id,
                "article_id": article["article_id"],
                "part": part,
                "form": form,
                "act": act,
                "content": " … ".join(pieces),
                "content_spans": [list(_find(text, piece)) for piece in pieces],
                "cue": cue,
                "cue_start": cue_at[0],
                "cue_end": cue_at[1],
                "source": source,
                "source_start": source_at[0],
                "source_end": source_at[1],
                "speaker": "Mara Ilves" if speaker else None,
                "speaker_id": speaker,
                "relay": ["=Coast Wire"] if number == 1 else [],
                "relay_ids": [],
                "within_id": None,
                "condition": None,
                "negated": False,
                "said_from": first and pd.Timestamp(first),
                "said_to": last and pd.Timestamp(last),
                "said_precision": precision,
                "reported_at": article["published_at"],
                "utterance_id": f"u-{statement_id}",
                "confidence": 0.875,
            }
        )
    words = "appeared to contradict"
    start, end = _find(ARTICLES[1][4], words)
    made["articles"] = pd.DataFrame(articles)
    made["statements"] = pd.DataFrame(statements)
    made["actors"] = pd.DataFrame([{"actor_id": "ilves", "name": "Mara Ilves", "kind": "person", "wikidata_id": None}])
    made["utterances"] = pd.DataFrame(
        [
            {
                "utterance_id": row["utterance_id"],
                "speaker_id": row["speaker_id"],
                "matter_id": None,
                "content": row["content"],
                "said_from": row["said_from"],
                "said_to": row["said_to"],
                "statements": 1,
                "outlets": 1,
                "first_reported_at": row["reported_at"],
                "first_outlet": None,
            }
            for row in statements
        ]
    )
    lead = {
        "utterance_a": statements[1]["utterance_id"],
        "utterance_b": statements[3]["utterance_id"],
        "score": 0.5,
        "reason": "The article says that the two do not fit.",
        "article_id": articles[1]["article_id"],
        "start_char": start,
        "end_char": end,
        "reviewer": None,
        "note": None,
    }
    alone = {"article_id": None, "start_char": None, "end_char": None, "reason": "Unseen reason."}
    made["contradictions"] = pd.DataFrame(
        [
            {**lead, "contradiction_id": "c1", "kind": "reported", "status": "lead"},
            {**lead, **alone, "contradiction_id": "c2", "kind": "denial", "status": "lead"},
            {**lead, **alone, "contradiction_id": "c3", "kind": "number", "status": "dismissed"},
        ]
    )
    made["removed"] = pd.DataFrame(
        [
            ("articles/4.txt", None, "file", "", "The file is empty."),
            ("articles/1.txt", 1, "boilerplate", "Share this", "A line of the page, not of the article."),
        ],
        columns=["source_file", "line", "kind", "text", "reason"],
    ).assign(article_id=None)
    made["build"] = pd.DataFrame([{"story": "harbour", "folder": "harbour", "inputs": "0", "annotator": "0"}])
    return made


@pytest.fixture(scope="session")
def harbour() -> dict[str, pd.DataFrame]:
    return tables()


@pytest.fixture(scope="session")
def story(tmp_path_factory) -> stories.Story:
    folder = tmp_path_factory.mktemp("story") / "harbour"
    folder.mkdir()
    (folder / "story.toml").write_text(TOML, encoding="utf-8")
    return stories.load(folder)


@pytest.fixture(scope="session")
def figures() -> list[Figure]:
    rows = pd.DataFrame({"actor": ["=Ilves", "Her deputy"], "statements": [3, -1]})
    return [
        Figure(name, "Ilves speaks most", "Statements", "A bar chart: Ilves 3.", SVG, rows, "Source: the articles.")
        for name in ("voice", "coverage")
    ]


@pytest.fixture(scope="session")
def publish(story, figures, tmp_path_factory):
    """Publish tables of the invented story, into a new folder unless one is named; gives the report's folder."""

    def publish(tables: dict[str, pd.DataFrame], out: Path | None = None, **changes: object) -> Path:
        database = tmp_path_factory.mktemp("build") / "harbour.duckdb"
        out = out or tmp_path_factory.mktemp("report")
        store.write(database, tables)
        site(story.model_copy(update=changes), database, out, figures)
        return out

    return publish
