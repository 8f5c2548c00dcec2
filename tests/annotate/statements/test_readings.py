import pytest

from helpers.annotate import quotes, sentences
from helpers.annotate.statements.readings import extents, pieces, sources
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
    one = extents.home(text, sentences.spans(text), quotes.mask(text), tagged(text, content, "said"))
    assert contents(text, one) == kept


def test_what_one_speaker_said_and_then_offered_are_two_statements():
    text = "Venn said the dam was safe and offered to show it."
    first, second = pieces.parted(
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
            "Venn told us that Odo Orr came home and admitted that he did it.",
            "told",
            "that Odo Orr came home and admitted that he did it",
            [("told", "that Odo Orr came home and admitted that he did it")],
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
    parts = pieces.parted(text, quotes.mask(text), tagged(text, [content], cue, "Venn"))
    assert [(text[slice(*one.cue)], *contents(text, one)) for one in parts] == found


def test_a_quoted_and_stays_whole():
    text = "Venn said “the dam was safe and called sound by all”."
    one = tagged(text, ["“the dam was safe and called sound by all”"], "said", "Venn")
    assert pieces.parted(text, quotes.mask(text), one) == [one]


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
        ("Unless it rains, she said, the dam is safe.", "the dam is safe", ["Unless it rains", "the dam is safe"]),
        ("The dam is safe, she said, unless it rains.", "The dam is safe", ["The dam is safe", "unless it rains"]),
        ("The dam is safe, she said, “and dry.”", "The dam is safe", ["The dam is safe", "“and dry.”"]),
        ("The gauge was old, she said, but \n", "The gauge was old", ["The gauge was old"]),
        ("The gauge was old, she said, ", "The gauge was old", ["The gauge was old"]),
        ("The gauge was old, she said, and asked for tea.", "The gauge was old", ["The gauge was old"]),
    ],
)
def test_whole(text, content, found):
    one = extents.whole(text, sentences.spans(text), quotes.mask(text), tagged(text, [content], "said", "she"))
    assert contents(text, one) == found


def test_the_name_of_a_work_is_no_statement():
    text = "They gave him a framed print of “The Ferry at Dawn”."
    one = tagged(text, ["“The Ferry at Dawn”"], "print of", "They")
    assert pieces.label(text, quotes.pairs(text), one)


def test_who_is_quoted_by_an_agency_is_the_source():
    text = "It rained. The minister was quoted as saying by the Lark news agency that all was well."
    one = tagged(text, ["that all was well"], "was quoted as saying", "the Lark news agency")
    mended = sources.passive(text, sentences.spans(text), one)
    assert (text[slice(*mended.source)], text[slice(*mended.cue)]) == ("The minister", "was quoted as saying")
    assert contents(text, mended) == ["that all was well"]


def test_a_statement_that_was_explained_away_stays_empty():
    text = "The gauge, she said, had been moved."
    one = Tagged((), (15, 19), (11, 14), 0.9)
    assert extents.whole(text, sentences.spans(text), quotes.mask(text), one) == one


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "mended"),
    [
        (
            "The bell never rang, say two members of the guild.",
            ["two members of the guild"], "say", "The bell never rang",
            ("two members of the guild", ["The bell never rang"]),
        ),
        (
            "The bell is “old”, reports the driver Odo Venn, but rings.",
            ["The bell is “old”", "the driver Odo Venn"], "reports", "The",
            ("the driver Odo Venn", ["The bell is “old”"]),
        ),
        (
            "Venn, the engineer, said the dam was safe.", ["the dam was safe"], "said", "Venn",
            ("Venn", ["the dam was safe"]),
        ),
        ("The bell rang twice, say they rang it.", ["they rang it"], "say", "The bell", ("The bell", ["they rang it"])),
    ],
)  # fmt: skip
def test_an_inverted_end(text, content, cue, source, mended):
    bounds, mask = sentences.spans(text), quotes.mask(text)
    one = sources.inverted(text, bounds, mask, tagged(text, content, cue, source))
    assert (text[slice(*one.source)], contents(text, one)) == mended


@pytest.mark.parametrize(
    ("text", "content", "found"),
    [
        (
            "The ward is safe, “and that is that”, Venn said.",
            ["“and that is that”"],
            ["The ward is safe, “and that is that”"],
        ),
        ("If it leaks, the dam must go, Venn said.", ["the dam must go"], ["If it leaks, the dam must go"]),
        ("In the morning, “it leaks”, Venn said.", ["“it leaks”"], ["“it leaks”"]),
        ("Orr says that the dam leaks, Venn said.", ["the dam leaks"], ["the dam leaks"]),
        ("LURROW — the dam leaks, Venn said.", ["the dam leaks"], ["the dam leaks"]),
    ],
)
def test_what_ends_before_its_source_begins_with_its_sentence(text, content, found):
    one = extents.opened(text, sentences.spans(text), quotes.mask(text), tagged(text, content, "said", "Venn"))
    assert contents(text, one) == found


def test_two_quotations_with_a_cue_each_are_two_statements():
    text = "Venn said it was “old.” “It leaks,” he added."
    parts = pieces.apart(text, quotes.pairs(text), tagged(text, ["it was “old.” “It leaks,”"], "said", "Venn"))
    told = [
        (
            text[slice(*one.source)],
            text[slice(*one.cue)],
            *contents(text, extents.trimmed(text, quotes.pairs(text), one)),
        )
        for one in parts
    ]
    assert told == [("Venn", "said", "it was “old.”"), ("he", "added", "“It leaks,”")]


def test_who_denies_what_others_claim_is_the_subject():
    text = "The mayor on Monday rejected claims by unions that the dam leaks."
    one = sources.subjected(text, sentences.spans(text), tagged(text, ["that the dam leaks"], "rejected", "unions"))
    assert (text[slice(*one.source)], contents(text, one)) == ("The mayor", ["claims by unions that the dam leaks"])


def test_a_dateline_is_nobodys_words():
    text = "PORT ELM, Vale, May 3 (Lark) - The mayor said the dam leaks."
    one = extents.undated(text, tagged(text, ["the dam leaks"], "said", "PORT ELM, Vale, May 3 (Lark) - The mayor"))
    assert text[slice(*one.source)] == "The mayor"
    one = extents.undated(text, tagged(text, [text[:-1]], "said"))
    assert contents(text, one) == ["The mayor said the dam leaks"]


def test_a_source_does_not_run_over_sentences():
    text = "He met the mayor. Ida Venn said the dam leaks."
    one = sources.sourced(text, sentences.spans(text), tagged(text, ["the dam leaks"], "said", "the mayor. Ida Venn"))
    assert text[slice(*one.source)] == "Ida Venn"


@pytest.mark.parametrize(
    ("text", "content", "found"),
    [
        (
            "Venn said that the engineer, Ida Orr, had left, which surprised many.",
            "that the engineer",
            "that the engineer, Ida Orr, had left",
        ),
        ("Venn said that it has leaked, a fault, was bad.", "that it has leaked", "that it has leaked"),
        ("Venn praised the engineer, Ida Orr, was glad.", "the engineer", "the engineer"),
    ],
)
def test_what_an_apposition_cuts_off_is_told_too(text, content, found):
    one = tagged(text, [content], text.split()[1], "Venn")
    assert contents(text, extents.completed(text, sentences.spans(text), quotes.mask(text), one)) == [found]
