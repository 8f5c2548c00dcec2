from datetime import date

import pytest

from helpers.annotate import engine, events, sentences, times

PUBLISHED = date(2024, 9, 12)


def found(text: str) -> list[tuple[str, str, str]]:
    told = events.find(text, times.find(text, PUBLISHED), sentences.spans(text), [], [], PUBLISHED)
    assert all(text[event.start : event.end] == event.what for event in told)
    return [(event.what, event.from_date.isoformat(), event.to_date.isoformat()) for event in told]


def test_a_dated_clause_tells_an_event():
    assert found("In May, Ida Varro replaced Arno Vey as mayor.") == [
        ("In May, Ida Varro replaced Arno Vey as mayor", "2024-05-01", "2024-05-31")
    ]


def test_the_event_is_the_clause_and_not_the_sentence():
    assert found("Tolm is calm, even as patrols crossed the ford last month.") == [
        ("patrols crossed the ford last month", "2024-08-01", "2024-08-31")
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The ford was closed to all carts at 1 a.m. The mayor slept.", "The ford was closed to all carts at 1 a.m."),
        ("Vey walked back his account on Monday, six hours after he gave it.", "Vey walked back his account on Monday"),
        ("The level rose by a hand on Monday, hours after the gates closed.", "The level rose by a hand on Monday"),
    ],
)
def test_a_clause_ends_where_its_words_do(text, what):
    assert [event[0] for event in found(text)] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Varro, who left the council on Monday, was calm.",
        "The old gate, which was painted shut in 1974, held.",
        "The ford will open on 1 October.",
        "Ida Varro said on Monday that all was well.",
        "The ford has been shut since May.",
        "In May.",
    ],
)
def test_what_is_to_come_or_is_said_is_no_event(text):
    assert found(text) == []


def test_an_annotation_has_its_events():
    annotation = engine.article("The ford opened on Monday.", published=PUBLISHED)
    assert [(event.what, event.from_date) for event in annotation.events] == [
        ("The ford opened on Monday", date(2024, 9, 9))
    ]
