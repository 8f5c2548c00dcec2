"""Exact duplicates point to the earliest print."""

import pandas as pd

from helpers.read import duplicates

ROWS = [
    ("d", "2025-03-04", "Something else."),
    ("c", "2025-03-03", "“No  ferry\nruns,” the harbour said."),
    ("b", "2025-03-02", '"No ferry runs," the Harbour said.'),
    ("a", None, "''No ferry runs,'' the harbour said."),
    ("f", "2025-03-05", "Twins."),
    ("e", "2025-03-05", "Twins."),
]


def test_the_earliest_then_the_lowest_id_is_the_original():
    articles = pd.DataFrame(ROWS, columns=["article_id", "published_at", "text"])
    articles["published_at"] = pd.to_datetime(articles["published_at"])
    articles["same"] = articles["text"].map(duplicates.key)
    marked = duplicates.mark(articles)
    assert marked["duplicate_of"].tolist() == [None, "b", None, "b", "e", None]
    assert marked["article_id"].tolist() == ["d", "c", "b", "a", "f", "e"]
    assert "duplicate_of" not in articles.columns


def test_no_article_has_no_duplicate():
    articles = pd.DataFrame(columns=["article_id", "published_at", "same"])
    assert duplicates.mark(articles)["duplicate_of"].tolist() == []
