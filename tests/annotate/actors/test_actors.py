import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.annotate import actors
from helpers.annotate.actors import Mention, firms

TEXT = """\
Finance Minister Laura Dennholm met Mr. Peter Askwith in Berlin on Monday.
Dennholm said the North Sea Grid Authority (NSGA) had agreed. Askwith’s aides denied it.
Mrs Dennholm later thanked the NSGA."""


def named(text: str) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.actor) for mention in actors.find(text)]


def test_a_surname_is_an_alias_of_the_fuller_name():
    people = [mention for mention in actors.find(TEXT) if mention.label == "person"]
    assert [(mention.text, mention.actor, mention.kind) for mention in people] == [
        ("Laura Dennholm", "Laura Dennholm", "name"),
        ("Peter Askwith", "Peter Askwith", "name"),
        ("Dennholm", "Laura Dennholm", "alias"),
        ("Askwith", "Peter Askwith", "alias"),
        ("Dennholm", "Laura Dennholm", "alias"),
    ]


def test_every_mention_is_where_it_says():
    for mention in actors.find(TEXT):
        assert TEXT[mention.start : mention.end] == mention.text


def test_a_surname_that_fits_two_people_is_left_open():
    text = "Laura Dennholm spoke first. Then Robert Dennholm spoke. Dennholm was angry."
    assert [pair for pair in named(text) if pair[0] == "Dennholm"] == [("Dennholm", None)]


def test_a_surname_before_its_namesake_appears_is_not_in_doubt():
    text = "Laura Dennholm spoke first. Dennholm was angry. Then Robert Dennholm spoke."
    assert [pair for pair in named(text) if pair[0] == "Dennholm"] == [("Dennholm", "Laura Dennholm")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Laura M. Dennholm", ("laura", "dennholm")),
        ("Robert Dennholm Jr.", ("robert", "dennholm")),
        ("J. Dennholm", ("j", "dennholm")),
        ("Dennholm", ("dennholm",)),
    ],
)
def test_names_compare_without_middle_initials_and_suffixes(name, expected):
    assert actors.key(name) == expected


def test_titles_tell_the_gender_where_they_agree():
    mentions = [
        Mention(4, 8, "Lind", "person", "Ida Lind", "alias", 0.9),
        Mention(13, 16, "Vey", "person", "Arno Vey", "alias", 0.9),
        Mention(22, 25, "Vey", "person", "Arno Vey", "alias", 0.9),
    ]
    assert actors.genders("Mrs Lind, Mr Vey, Mrs Vey", mentions) == {"Ida Lind": "f"}


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="AB ab.,’“”\n\x00éЖ😀", max_size=200))
def test_mentions_lie_within_any_text(text):
    mentions = actors.find(text)
    assert all(text[mention.start : mention.end] == mention.text != "" for mention in mentions)
    assert mentions == sorted(mentions, key=lambda mention: mention.start)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He came with his wife Orlu.", {"Orlu": "f"}),
        ("He met his daughter, Orlu, a student.", {"Orlu": "f"}),
        ("He told his brother, Orlu said.", {}),
    ],
)
def test_a_word_of_kin_tells_the_gender_of_whom_it_names(text, told):
    start = text.index("Orlu")
    assert actors.genders(text, [actors.Mention(start, start + 4, "Orlu", "person", "Orlu", "name", 1.0)]) == told


def test_a_dotted_name_is_one_name():
    text = "The N.R.B. agreed; so did Ida Venn of the N.R.B."
    seen = [(8, 10, "organisation"), (26, 34, "person"), (42, 48, "organisation")]
    assert [text[start:end] for start, end, _ in actors.named(text, seen)] == ["N.R.B", "Ida Venn", "N.R.B"]


def test_a_campaign_is_named_by_what_it_asks_for():
    text = "Save the Ford plans a march. “Save the Ford,” Ida Venn cried."
    seen = [(9, 13, "person"), (38, 42, "person"), (45, 53, "person")]
    start, end, label = min(actors.named(text, seen))
    assert (text[start:end], label) == ("Save the Ford", "organisation")


def test_a_place_has_its_people_and_is_no_part_of_a_name():
    text = "In Esk Ida Venn met the Tolman envoy. Tolma had asked for it."
    seen = [(3, 15, "person"), (38, 43, "person")]
    assert [(text[s:e], label) for s, e, label in actors.named(text, seen)] == [
        ("Ida Venn", "person"),
        ("Tolma", "place"),
    ]


def test_what_a_text_calls_a_group_or_a_company_is_an_organisation():
    text = "Clean Ford, a residents’ group, met on Monday. The company Vey Stone paid. Clean Ford left."
    assert firms.called(text) == {"group": {"Clean Ford"}, "company": {"Vey Stone"}}
    assert [(one.text, one.label) for one in actors.find(text)] == [
        ("Clean Ford", "organisation"),
        ("Vey Stone", "organisation"),
        ("Clean Ford", "organisation"),
    ]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Norvund Line, a company in Esk, sails again. Dennholm asked Norvund for a ship.", "Norvund Line"),
        ("Norvund Line, a company in Esk, sails the Norvund river. Dennholm asked Norvund for a ship.", "Norvund"),
        ("Norvund Line, a company in Norvund, sails again. Dennholm asked Norvund for a ship.", "Norvund"),
    ],
)
def test_a_firm_goes_by_the_first_word_of_its_name_unless_that_is_a_town(text, actor):
    found = actors.named(text, [(text.index("asked Norvund") + 6, text.index(" for a ship"), "organisation")])
    full = {
        label: {text[s:e]: text[s:e] for s, e, kind in found if kind == label}
        for label in ("person", "organisation", "place")
    }
    assert firms.short(text, found, full).get("Norvund", "Norvund") == actor


@pytest.mark.parametrize(
    "text",
    [
        "Karlo Venn, a spokesman for the company, said so.",
        "Zdravko Milutin, the head of the regulator, said so.",
        "Mr Karlo Oder, a company, said so.",
        "The group Chairman Karlo Oder said so.",
        "Lurrow Bridge, a project of the company, fell.",
        "Ida Oder, a company, said so.",
    ],
)
def test_whoever_speaks_for_a_company_is_none(text):
    assert firms.called(text) == {}
