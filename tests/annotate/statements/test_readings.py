import pytest

from helpers.annotate import quotes, sentences
from helpers.annotate.statements import readings
from helpers.annotate.tagger import Tagged


def tagged(text, content, cue, source=None):
    spans = tuple((text.index(piece), text.index(piece) + len(piece)) for piece in content)
    at = text.index(cue)
    by = source and (text.index(source), text.index(source) + len(source))
    return Tagged(spans, (at, at + len(cue)), by, 0.9)


def contents(text, one):
    return [text[a:b] for a, b in one.content]


@pytest.mark.parametrize(
    ("text", "content", "kept"),
    [
        ("The river rose. It was “a wall of water,” Venn said.", ["The river rose", "It was “a wall of water,”"],
         ["It was “a wall of water,”"]),
        ("“It rose.” It was “a wall of water,” Venn said.", ["“It rose.”", "It was “a wall of water,”"],
         ["“It rose.”", "It was “a wall of water,”"]),
        ("Orr called it “a flood.” Nobody was warned, Venn said.", ["it “a flood.” Nobody was warned"], ["Nobody was warned"]),
        ("The river rose. It was a wall of water, Venn said.", ["The river rose", "It was a wall of water"],
         ["The river rose", "It was a wall of water"]),
    ],
)  # fmt: skip
def test_home(text, content, kept):
    one = readings.home(text, sentences.spans(text), quotes.mask(text), tagged(text, content, "said"))
    assert contents(text, one) == kept


def test_what_one_speaker_said_and_then_offered_are_two_statements():
    text = "Venn said the dam was safe and offered to show it."
    first, second = readings.parted(
        text, quotes.mask(text), tagged(text, ["the dam was safe and offered to show it"], "said", "Venn")
    )
    assert (contents(text, first), contents(text, second)) == (["the dam was safe"], ["to show it"])
    assert (text[slice(*second.cue)], second.source) == ("offered", first.source)


@pytest.mark.parametrize(
    ("text", "cue", "content", "found"),
    [
        (
            "Venn admitted that it leaks but maintained that it is safe.",
            "admitted",
            "that it leaks but maintained that it is safe",
            [("admitted", "that it leaks"), ("maintained", "that it is safe")],
        ),
        (
            "Venn denies that the men he met and paid it leaked.",
            "denies",
            "that the men he met and paid it leaked",
            [("denies", "that the men he met and paid it leaked")],
        ),
    ],
)
def test_two_verbs_of_speech_in_one_tense_are_two_statements(text, cue, content, found):
    parts = readings.parted(text, quotes.mask(text), tagged(text, [content], cue, "Venn"))
    assert [(text[slice(*one.cue)], *contents(text, one)) for one in parts] == found


def test_a_quoted_and_stays_whole():
    text = "Venn said “the dam was safe and called sound by all”."
    one = tagged(text, ["“the dam was safe and called sound by all”"], "said", "Venn")
    assert readings.parted(text, quotes.mask(text), one) == [one]


@pytest.mark.parametrize(
    ("text", "content", "found"),
    [
        ("The gauge, she said, had been moved.", "had been moved", ["The gauge", "had been moved"]),
        ("During the flood, she said, nobody slept.", "nobody slept", ["nobody slept"]),
        (
            "The gauge was old, she said, and had been moved.",
            "The gauge was old",
            ["The gauge was old", "and had been moved"],
        ),
        ("The gauge was old, she said, and had been moved.", "had been moved", ["The gauge was old", "had been moved"]),
        ("The gauge was old, she said, and asked for tea.", "The gauge was old", ["The gauge was old"]),
    ],
)
def test_whole(text, content, found):
    one = readings.whole(text, sentences.spans(text), quotes.mask(text), tagged(text, [content], "said", "she"))
    assert contents(text, one) == found


def test_the_name_of_a_work_is_no_statement():
    text = "They gave him a framed print of “The Ferry at Dawn”."
    one = tagged(text, ["“The Ferry at Dawn”"], "print of", "They")
    assert readings.label(text, quotes.pairs(text), one)


def test_who_is_quoted_by_an_agency_is_the_source():
    text = "It rained. The minister was quoted as saying by the Lark news agency that all was well."
    one = tagged(text, ["that all was well"], "was quoted as saying", "the Lark news agency")
    mended = readings.passive(text, sentences.spans(text), one)
    assert (text[slice(*mended.source)], text[slice(*mended.cue)]) == ("The minister", "was quoted as saying")
    assert contents(text, mended) == ["that all was well"]


def test_a_statement_that_was_explained_away_stays_empty():
    text = "The gauge, she said, had been moved."
    one = Tagged((), (15, 19), (11, 14), 0.9)
    assert readings.whole(text, sentences.spans(text), quotes.mask(text), one) == one
