from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.link import quantities, wording
from helpers.link.contradictions import polarity


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("three warning shots", [3]),
        ("one hundred and forty, both times", [140]),
        ("57 million crowns, not 42", [57_000_000, 42]),
        ("sixty-two men on 1 March 2024", [62]),
        ("one man was hurt", []),
        ("five kilometres", [5000]),
        ("20 square kilometres of 140 cubic metres", [20, 140]),
        ("the Series 9 had overrun, but 12 others did not", [12]),
        ("two men at ten past six, at 7 a.m. and at 8 pm", [2]),
    ],
)
def test_numbers(text, values):
    assert [number.value for number in quantities.find(text)] == values


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("at least ten men", 10, inf),
        ("it has not dropped below 180 on any day", 180, inf),
        ("fewer than ten men", -inf, 10),
        ("no more than ten men", -inf, 10),
        ("ten men", -inf, inf),
    ],
)
def test_the_least_and_the_most_that_a_number_stands_for(text, least, most):
    assert [(number.least, number.most) for number in quantities.find(text)] == [(least, most)]


def test_what_a_number_counts_ends_with_the_phrase():
    (number,) = quantities.find("a dozen shots from the bank")
    assert number.units == {"shot"}


def test_words_leave_out_marks_and_the_leading_that():
    assert wording.words("that “we” won’t, ever") == ["we", "won't", "ever"]


def test_a_run_is_kept_where_another_content_has_it_too():
    first, second, third, fourth = wording.runs(
        ["the ford is open now", "“The ford is open,”", "open now", "is open is open is"], 3
    )
    assert [size for _, size in (first, second, third, fourth)] == [3, 2, 0, 2]
    assert len(first[0]) == 2  # but "is open now"
    assert first[0] == second[0]
    assert not third[0] and not fourth[0]  # what one content repeats, or where another begins, is no shared run


def test_no_contents_have_no_runs():
    assert wording.runs([], 3) == []
    assert wording.runs(["ford", ""], 3) == [(frozenset(), 0), (frozenset(), 0)]


def test_the_last_places_of_a_key():
    recent = wording.Recent(2)
    recent.add(["ford", "boat"], 0)
    recent.add(["ford"], 3)
    recent.add(["ford"], 5)
    assert (recent.of("ford"), recent.of("boat"), recent.of("pier")) == ((3, 5), (0,), ())


@pytest.mark.parametrize(
    ("contents", "fullest"),
    [(["the ford", "the ford is open", "a ford is open"], "the ford is open"), (["ford"], "ford")],
)
def test_the_fullest_content(contents, fullest):
    assert wording.fullest(contents) == fullest


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("There was no patrol near the boat", {"patrol", "boat"}),
        ("I did not ask to be relieved", {"ask", "reliev"}),
        ("They are open, not shut", {"shut"}),
        ("The ford is open", set()),
        ("We conceded nothing", {"conced"}),
        ("We don’t sail", {"sail"}),
        ("It is unsafe", {"safe"}),
        ("Another note of the north, under one union", set()),
        ("There is no evidence that the boat crossed", {"boat", "cross"}),
        ("Unless it rains the ford is open", set()),
    ],
)
def test_what_a_text_negates(text, negated):
    assert {term for run in polarity.denied(text) for term in run} - {"near"} == negated


@given(st.text())
def test_any_text_has_terms_and_numbers(text):
    assert wording.alike(frozenset(wording.terms(text)), frozenset(wording.terms(text)), {}) in (0.0, 1.0)
    assert all(number.value >= 0 for number in quantities.find(text))
