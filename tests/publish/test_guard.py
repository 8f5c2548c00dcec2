import pandas as pd
import pytest

from helpers.publish import guard
from helpers.story import StoryError


def page(tmp_path, shown: str, at: str):
    path = tmp_path / "page.html"
    path.write_text(f'<!doctype html><meta charset="utf-8"><p data-at="{at}">{shown}</p>', encoding="utf-8")
    return path


def test_pages_pass_where_every_word_stands(tmp_path, harbour):
    article = harbour["articles"].iloc[0]
    at = guard.address(article.article_id, "text", 0, 20)
    labelled = 'The <mark><span class="tag">source 1</span>ferries</mark> ran late'
    assert guard.pages([page(tmp_path, labelled, at)], harbour["articles"]) == 1


@pytest.mark.parametrize(
    ("shown", "start", "end"),
    [("The ferries ran late.", 0, 20), ("the ferries ran late", 0, 20), ("", 0, 0), ("late", 9999, 10003)],
)
def test_pages_fail_on_the_first_word_that_differs(tmp_path, harbour, shown, start, end):
    at = guard.address(harbour["articles"].article_id[0], "text", start, end)
    with pytest.raises(StoryError, match=r"page\.html: the words .* do not stand at"):
        guard.pages([page(tmp_path, shown, at)], harbour["articles"])


def test_pages_fail_on_an_article_that_is_not_stored(tmp_path, harbour):
    with pytest.raises(StoryError, match="of article missing"):
        guard.pages([page(tmp_path, "The", "missing:text:0:3")], harbour["articles"])


def linked(tmp_path, target: str):
    (tmp_path / "one.html").write_text(f'<p id="s1"><a href="{target}">to</a></p>', encoding="utf-8")
    (tmp_path / "two.html").write_text('<p id="s2">here</p>', encoding="utf-8")
    return [tmp_path / "one.html", tmp_path / "two.html"]


@pytest.mark.parametrize("target", ["two.html", "two.html#s2", "#s1"])
def test_links_pass_where_they_lead_to_a_page_and_its_place(tmp_path, target):
    told = pd.DataFrame({"statement_id": ["s1", "s2"]})
    assert guard.links(linked(tmp_path, target), told) == 1


@pytest.mark.parametrize("target", ["three.html", "two.html#s3", "#s2"])
def test_links_fail_at_the_first_that_leads_nowhere(tmp_path, target):
    with pytest.raises(StoryError, match=rf"one\.html: the link to {target} leads nowhere"):
        guard.links(linked(tmp_path, target), pd.DataFrame({"statement_id": ["s1"]}))


def test_what_leads_out_of_the_pages_is_no_link_of_theirs(tmp_path):
    none = pd.DataFrame({"statement_id": []})
    assert guard.links(linked(tmp_path, "https://quay.example/a.html"), none) == 0
    assert guard.links(linked(tmp_path, "notebooks/1.html"), none) == 0
    assert guard.links(linked(tmp_path, "data.csv"), none) == 0


def test_a_statement_that_no_page_shows_stops_the_report(tmp_path):
    with pytest.raises(StoryError, match=r"statement s9: no page shows it\."):
        guard.links(linked(tmp_path, "#s1"), pd.DataFrame({"statement_id": ["s1", "s9"]}))


def test_statements_pass_as_they_were_built(harbour):
    assert guard.statements(harbour["statements"], harbour["articles"]) == 5


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("content", "We will raise the levy"),
        ("cue", "claimed"),
        ("source_start", 0),
        ("content_spans", []),
        ("article_id", "missing"),
        ("part", "title"),
    ],
)
def test_statements_fail_where_a_word_differs(harbour, column, value):
    changed = harbour["statements"].astype(object)
    changed.at[1, column] = value
    with pytest.raises(StoryError, match=f"statement {changed.at[1, 'statement_id']}: the words .* do not stand"):
        guard.statements(changed, harbour["articles"])
