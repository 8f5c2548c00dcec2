"""Versions of one article, what they changed, and the languages of texts."""

import pandas as pd
import pytest

from helpers.read import languages, versions

FIRST = "The ferry stops on Friday. The county was not told. A captain is sought. The mayor had no comment."
LATER = "The ferry stops on Friday. The county was told. A captain is sought. The mayor had no comment. More follows."
OTHER = "Bread has become dearer in every town of the valley since the mill was shut, bakers complained in letters."
ROWS = [
    ("a", "The Quay", "https://www.quay.example/ferry/?utm_source=rss", "The ferry stops on Friday", "2025-03-04 09:00", FIRST),
    ("b", "The Quay", "http://quay.example/ferry#top", "The ferry stops", "2025-03-04 11:00", LATER),
    ("c", "The Bay", "https://quay.example/ferry", "The ferry stops", "2025-03-04 12:00", FIRST),
    ("d", "The Quay", "https://quay.example/ferry?id=2", "Opinion | The ferry stops on Friday", "2025-03-05 09:00", FIRST),
    ("e", "The Quay", "https://quay.example/bread", "The ferry stops on Friday", "2025-03-05 09:00", OTHER),
    ("f", "The Quay", None, "The ferry stops on Friday", "2025-03-19 09:00", FIRST),
    ("g", "The Quay", "https://quay.example/", None, None, OTHER),
    ("h", "The Quay", "https://quay.example", None, None, FIRST),
]  # fmt: skip


def keyed(table):
    return table.assign(address=table["url"].map(versions.address), headline=table["title"].map(versions.headline))


@pytest.fixture
def articles():
    table = pd.DataFrame(ROWS, columns=["article_id", "outlet", "url", "title", "published_at", "text"])
    return keyed(table.assign(published_at=pd.to_datetime(table["published_at"]), added=""))


def test_versions_have_one_address_or_one_headline(articles):
    marked = versions.mark(articles)
    assert dict(zip(marked["article_id"], marked["version_of"], strict=True)) == {
        "a": None, "b": "a", "c": None, "d": "a", "e": None, "f": None, "g": None, "h": None
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Opinion: The ferry stops on Friday", True),
        ("UPDATED – The ferry stops on Friday", True),
        ("The ferry stops on Friday | The Quay", True),
        ("The ferry stops on Friday, county says", False),
    ],
)
def test_labels_of_headlines(articles, title, same):
    two = articles[articles["article_id"].isin(["a", "d"])].assign(title=["The ferry stops on Friday", title])
    assert versions.mark(keyed(two))["version_of"].tolist() == [None, "a" if same else None]


def test_what_was_fetched_first_is_the_first_version(articles):
    two = articles.iloc[[0, 0]].assign(article_id=["z", "y"], text=[FIRST, LATER], added=["2025-03-04", "2025-03-05"])
    assert versions.mark(two)["version_of"].tolist() == [None, "z"]


def test_what_a_version_changed(articles):
    changes = versions.changes(versions.mark(articles).iloc[[0, 1]])
    assert changes.values.tolist() == [
        ["The Quay", "The ferry stops", "b", "a", "The county was not told.", "The county was told."],
        ["The Quay", "The ferry stops", "b", "a", "", "More follows."],
    ]


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        (OTHER * 2, None, "en"),
        (OTHER * 2, "en-GB", "en-GB"),
        ("Портовое управление сообщило, что паром перестанет ходить в конце недели, и что капитана ищут. " * 2, "en", "ru"),
        ("Die Fähre stellt am Freitag den Betrieb ein, teilte das Hafenamt mit; ein Kapitän werde gesucht. " * 2, None, "de"),
        ("Die Fähre ruht.", None, "en"),
        ("Die Fähre ruht.", "de", "de"),
    ],
)  # fmt: skip
def test_the_language_of_a_text(text, stated, language):
    assert languages.read(text, stated, "en") == language
