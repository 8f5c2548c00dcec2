"""Gaps of collection: silences, and what sites give in place of articles."""

import pandas as pd
import pytest

from helpers.read import gaps

TEXT = "The harbour office said on day {n} that the ferry would go on running for another week, weather permitting."
REMOVED = pd.DataFrame({"kind": [], "source_file": []})


def published(days, outlet="The Quay", text=TEXT):
    """Make articles of an outlet: so many on each day of March 2025."""
    made = [day for day, count in days.items() for _ in range(count)]
    return pd.DataFrame(
        {
            "article_id": [f"{outlet}{n:03}" for n in range(len(made))],
            "outlet": outlet,
            "url": [f"https://quay.example/{outlet}/{n}" for n in range(len(made))],
            "title": None,
            "published_at": pd.to_datetime([f"2025-03-{day:02} 12:00" for day in made]),
            "text": [text.format(n=n) for n in range(len(made))],
            "duplicate_of": None,
        }
    )


def found(story, *piles):
    return gaps.find(story, pd.concat(piles, ignore_index=True), REMOVED).values.tolist()


@pytest.fixture
def story(make):
    return make({})


STEADY = dict.fromkeys(range(1, 31), 3)


def test_an_outlet_that_falls_silent_while_others_go_on(story):
    silent = {day: 0 if 12 <= day <= 14 else 3 for day in STEADY}
    assert found(story, published(silent), published(STEADY, "The Bay")) == [
        ["The Quay", "2025-03-12", "2025-03-14", 0, "it is silent for longer than its pace explains"]
    ]


def test_a_day_of_which_everything_is_missing(story):
    lost = STEADY | {20: 0}
    assert found(story, published(lost), published(lost, "The Bay")) == [
        [None, "2025-03-20", "2025-03-20", 0, "nothing at all was collected"]
    ]


def test_weekends_are_no_gaps(story):
    weekdays = {day: 0 if day % 7 in (1, 2) else 3 for day in STEADY}
    assert found(story, published(weekdays)) == []


def test_a_holiday_on_which_others_have_little_too_is_no_gap(story):
    weekdays = {day: 0 if day % 7 in (1, 2) else 9 for day in STEADY}
    rested, went_on = weekdays | {17: 0}, dict.fromkeys(STEADY, 6)
    assert found(story, published(rested), published(went_on | {17: 1}, "The Bay")) == []
    silence = ["The Quay", "2025-03-15", "2025-03-17", 0, "it is silent for longer than its pace explains"]
    assert found(story, published(rested), published(went_on, "The Bay")) == [silence]


def test_a_story_that_is_told_now_and_then_has_no_gaps(story):
    assert found(story, published({1: 1, 9: 2, 17: 1, 30: 1}), published({3: 1, 30: 1}, "The Bay")) == []


def test_a_notice_in_place_of_articles(story):
    notice = published(
        {5: 1, 6: 1, 7: 1}, "The Bay", "This site uses a great many cookies, and asks you to accept them."
    )
    notice = notice.assign(duplicate_of=[None, "The Bay000", "The Bay000"])
    reason = (
        "3 of its articles have one text, which begins “This site uses a great many cookies, and asks you to accept …”"
    )
    assert found(story, notice) == [["The Bay", "2025-03-05", "2025-03-07", 3, reason]]


def test_texts_that_become_far_shorter(story):
    before, after = published({1: 4, 2: 4}), published({3: 3}, text="Read this {n}")
    reason = "3 articles in a row are far shorter than its others; the first begins “Read this 0”"
    after = after.assign(article_id=["x0", "x1", "x2"])
    assert found(story, before, after) == [["The Quay", "2025-03-03", "2025-03-03", 3, reason]]


def test_pages_of_one_host_that_hold_no_article(make):
    lines = "".join(
        f'{{"file": "raw/{n}.html", "sha256": "", "kind": "page", "source": "x", "fetched_at": "2025-03-0{n}T09:00:00Z", '
        f'"address": "https://quay.example/{n}"}}\n'
        for n in range(1, 5)
    )
    story = make({"raw/manifest.jsonl": lines})
    removed = pd.DataFrame({"kind": ["file"] * 3, "source_file": [f"raw/{n}.html" for n in (1, 2, 4)]})
    assert gaps.find(story, published({}), removed).values.tolist() == [
        ["quay.example", "2025-03-01", "2025-03-04", 3, "3 of its pages hold no article"]
    ]
