from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.publish import evidence
from helpers.publish.evidence import Piece

TEXT = "The boats came in. “No levy,” said Ilves. Rain fell.\n\nNobody spoke."


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_sentence_gives_the_sentence_and_its_neighbours_in_the_paragraph():
    assert TEXT[slice(*evidence.sentence(TEXT, *at("Ilves")))] == "“No levy,” said Ilves."
    assert TEXT[slice(*evidence.sentence(TEXT, *at("Ilves"), around=5))] == TEXT[: TEXT.index("\n")]


def test_passages_are_the_paragraphs_of_the_spans():
    assert evidence.passages(TEXT, [at("spoke"), at("levy"), at("Rain")]) == [(0, 52), (54, 67)]


def test_passages_cut_a_long_paragraph_to_the_sentences_around():
    text = "One goes. " * 100 + "Two stay. Ilves left. Three stay. " + "Four go. " * 100
    (start, end), *rest = evidence.passages(text, [at("Ilves", text)])
    assert (text[start:end], rest) == ("Two stay. Ilves left. Three stay.", [])


def test_pieces_show_spans_that_overlap():
    marks = [
        (0, 5, "source", "source 1", "s1"),
        (3, 9, "content", "content 1", "s2"),
        (20, 30, "cue", "cue 1", "s3"),
    ]
    assert evidence.pieces("abcdefghijkl", 0, 11, marks) == [
        Piece("abc", ("source",), ("source 1",), ("s1",)),
        Piece("de", ("content", "source"), ("content 1",), ("s1", "s2")),
        Piece("fghi", ("content",), (), ("s2",)),
        Piece("jk", (), ()),
    ]


@given(st.text(min_size=1), st.data())
def test_pieces_lose_no_character(text, data):
    place = st.integers(0, len(text))
    marks = [
        (*sorted(data.draw(st.tuples(place, place))), data.draw(st.sampled_from(["cue", "content"])), "label", "s")
        for _ in range(4)
    ]
    start, end = sorted(data.draw(st.tuples(place, place)))
    assert "".join(piece.text for piece in evidence.pieces(text, start, end, marks)) == text[start:end]


@given(st.lists(st.sampled_from(["A b.", "C, d!", "“E f,” g.", "\n", "\n\n"]), min_size=1).map(" ".join), st.data())
def test_passages_hold_every_span_and_never_overlap(text, data):
    place = st.integers(0, len(text) - 1)
    spans = [(start, start + 1) for start in data.draw(st.lists(place, min_size=1, max_size=5))]
    found = evidence.passages(text, spans)
    assert all(any(begin <= start and end <= stop for begin, stop in found) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(found))


@pytest.mark.parametrize("url", ["https://quay.example/a", "http://quay.example:80/a?b=c#d"])
def test_web_keeps_addresses_of_the_web(url):
    assert evidence.web(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        float("nan"),
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<b>",
        "file:///etc/hosts",
        "//quay.example/a",
        "https:",
        "http://[",
        " https://quay.example",
        "quay.example/a",
    ],
)
def test_web_refuses_everything_else(url):
    assert evidence.web(url) is None
    assert evidence.link(url, TEXT, 0, 3) is None


def test_fragment_encodes_what_the_syntax_reserves():
    text = "He said: one-off, salt & water, 50% “done”."
    assert evidence.fragment(text, *at("one-off, salt & water, 50% “done”", text)) == (
        ":~:text=one%2Doff%2C%20salt%20%26%20water%2C%2050%25%20%E2%80%9Cdone%E2%80%9D"
    )


def test_fragment_of_a_long_passage_names_its_ends():
    text = "Before. " + " ".join(f"w{number}" for number in range(60)) + " After."
    start, end = text.index("w0"), text.index(" After")
    assert unquote(evidence.fragment(text, start, end)) == ":~:text=w0 w1 w2 w3 w4,w55 w56 w57 w58 w59"


def test_fragment_over_paragraphs_names_the_ends_of_both():
    text = "“We stay.\n\n“We always stay,” she said."
    assert unquote(evidence.fragment(text, 0, text.index(" she"))) == ":~:text=“We stay.,“We always stay,”"


def test_fragment_adds_context_until_it_means_the_right_words():
    text = "Ilves said no. Then Renn said no."
    start = text.rindex("said no")
    assert unquote(evidence.fragment(text, start, start + 7)) == ":~:text=Then Renn-,said no,-."


def test_fragment_widens_to_whole_words():
    assert evidence.fragment("a harbourmaster", 2, 9) == ":~:text=harbourmaster"


def test_fragment_of_nothing_is_nothing():
    assert evidence.fragment("a  b", 1, 3) == ""


def test_link_keeps_the_fragment_that_an_address_has():
    assert evidence.link("https://quay.example/a#top", "Rain.", 0, 4) == "https://quay.example/a#top:~:text=Rain"
    assert evidence.link("https://quay.example/a", "Rain.", 0, 4) == "https://quay.example/a#:~:text=Rain"


def test_selectors_are_those_of_web_annotation():
    assert evidence.selectors("One. Two. Three.", 5, 8) == [
        {"type": "TextQuoteSelector", "exact": "Two", "prefix": "One. ", "suffix": ". Three."},
        {"type": "TextPositionSelector", "start": 5, "end": 8},
    ]


@given(st.text(), st.data())
def test_selectors_find_their_words_again(text, data):
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    quote, position = evidence.selectors(text, start, end)
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    assert text[position["start"] : position["end"]] == quote["exact"]
