import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.annotate import quotes, statements
from helpers.annotate.statements import acts, conditions, patterns, relays


def read(text, title=None):
    """Read statements as their texts: (source, cue, contents)."""
    parts = {"text": text, "title": title}

    def words(one, spans):
        return [parts[one.part][start:end] for start, end in spans or ()]

    return [
        ("".join(words(one, one.source)), "".join(words(one, one.cue)), words(one, one.content))
        for one in statements.find(text, title)
    ]


def test_a_split_quotation_is_one_statement_in_two_pieces():
    text = "“The dam is safe,” said Ida Venn, the engineer. “It was tested twice.”"
    assert read(text) == [("Ida Venn, the engineer", "said", ["“The dam is safe,”", "“It was tested twice.”"])]
    assert [one.form for one in statements.find(text)] == ["direct"]


def test_forms_follow_the_marks():
    text = (
        "Ida Venn said the dam was safe.\n"
        "Ida Venn said the dam was “as safe as a church” in any flood.\n"
        "“The dam is safe,” Ida Venn said."
    )
    assert [one.form for one in statements.find(text)] == ["indirect", "mixed", "direct"]


def test_title_comes_first_and_counts_its_own_offsets():
    text, title = "The minister said the dam was safe.", "Minister says dam is safe"
    first, second = statements.find(text, title)
    assert (first.part, second.part) == ("title", "text")
    assert title[slice(*first.content[0])] == "dam is safe"
    assert text[slice(*second.content[0])] == "the dam was safe"


def test_who_was_accused_is_not_the_accuser():
    text = "Two engineers were accused of hiding a crack in the dam."
    (one,) = statements.find(text)
    assert (one.act, one.source) == ("accuse", None)
    assert [text[slice(*span)] for span in (*one.cue, *one.content)] == ["were accused of", "hiding a crack in the dam"]


def test_the_agency_that_quotes_is_the_relay():
    text = "“The dam is safe,” she was quoted as saying by the state-run Lark news agency."
    (one,) = statements.find(text)
    assert [text[slice(*span)] for span in one.relay] == ["the state-run Lark news agency"]
    assert [text[slice(*span)] for span in one.content] == ["“The dam is safe,”"]


def test_a_statement_inside_a_statement_names_the_outer_one():
    text = "Ida Venn said the mayor had promised that the bridge would stay open."
    outer, inner = statements.find(text)
    assert (outer.within, inner.within, inner.act) == (None, 0, "promise")
    assert text[slice(*inner.source[0])] == "the mayor"


def test_a_condition_ends_with_its_clause():
    text = "Ida Venn said the gates would open only if the river fell, and not before."
    (one,) = statements.find(text)
    assert text[slice(*one.condition)] == "only if the river fell"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no talks until they leave our land", "until they leave our land"),
        ("no talks until Friday", None),
        ("he would go if invited", "if invited"),
        ("it looked as if it would rain", None),
        ("Unless the lane opens, half of us are done", "Unless the lane opens"),
        ("work goes on as long as the rain stays away", "as long as the rain stays away"),
        ("we will not talk while troops remain in the valley", "while troops remain in the valley"),
        ("one side talked, while the other was silent", None),
        ("it would reopen once the work was done", "once the work was done"),
        ("it was once the capital", None),
    ],
)
def test_conditions(text, found):
    span = conditions.find(text, 0, len(text))
    assert (text[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("cue", "source", "content", "act"),
    [
        ("said", "she", "it was over", "say"),
        (":", "Venn", "it is over", "say"),
        ("according to", "Venn", "it is over", "say"),
        ("was quoted as saying", "she", "it is over", "say"),
        ("hopes", "she", "it is over", "believe"),
        ("ruled out", "she", "talks", "deny"),
        ("refused to say", "she", "why", "deny"),
        ("called for", "she", "a pause", "demand"),
        ("told them", "she", "to leave", "demand"),
        ("has repeatedly vowed", "she", "to stay", "promise"),
        ("were accused of", "", "hiding it", "accuse"),
        ("plans", "she", "to stay", "intend"),
        ("asked", "she", "whether it was over", "ask"),
        ("suggests", "the survey", "that most agree", "show"),
        ("suggested", "she", "that most agree", "say"),
    ],
)
def test_acts(cue, source, content, act):
    assert acts.act(cue, source, content) == act


@pytest.mark.parametrize(
    ("cue", "content", "negated"),
    [
        ("said", "the dam is safe", False),
        ("said", "the dam isn’t safe", True),
        ("said", "nobody had called", True),
        ("said", "that if they do not come, the talks go on", False),
        ("said", "the talks go on unless they do not come", False),
        ("denied", "that the dam leaks", True),
        ("did not deny", "that the dam leaks", False),
        ("said", "The gate opens in May. It costs nobody a penny", False),
        ("said", "I have never refused to talk", False),
    ],
)
def test_negation(cue, content, negated):
    assert acts.negated(cue, content, acts.act(cue, "she", content)) is negated


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("She told the Lark news agency on Monday.", ["the Lark news agency"]),
        ("She told the Courier on Monday.", ["the Courier"]),
        ("She told the House on Monday.", []),
        ("She told Orla Finch on Monday.", []),
        ("She wrote in a post on Telegram.", ["Telegram"]),
        ("She said in an interview with Harbour Radio.", ["Harbour Radio"]),
        ("She said so on Telegram, according to the Lark news agency.", ["the Lark news agency", "Telegram"]),
    ],
)
def test_relays_are_given_outermost_first(sentence, found):
    spans = relays.find(sentence, (0, len(sentence)), [])
    assert [sentence[relay.start : relay.end] for relay in spans] == found


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Critics mock Venn’s bold claim that the dam is “as good as new” — a week late.",
            "Venn’s",
            "claim",
            "the dam is “as good as new”",
        ),
        ("the valley that Orlania claims to have settled first.", "Orlania", "claims", "to have settled first"),
    ],
)
def test_patterns(text, source, cue, content):
    (one,) = patterns.find(text)
    assert [text[slice(*span)] for span in (one.source, one.cue, *one.content)] == [source, cue, content]


def test_a_claim_ends_where_the_statement_it_is_told_in_is_broken_off():
    text = (
        "The Granary’s claim that Ida Varro had gone for her health, the former reeve said on Tuesday, "
        "was “the only fib they ever told twice”."
    )
    outer, inner = statements.find(text)
    assert [text[start:end] for start, end in inner.content] == ["Ida Varro had gone for her health"]
    assert inner.within == 0 and text[slice(*outer.cue[0])] == "said"


def test_scare_quotes_are_no_statements():
    assert statements.find("The so-called “concrete queen” opened the exhibition.") == []


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abs “”\"'.,:\nHe said that they claim to", max_size=300))
def test_every_span_lies_in_its_part_and_in_order(text):
    found = statements.find(text, text[:40])
    parts = {"text": text, "title": text[:40]}
    for at, one in enumerate(found):
        spans = [
            *one.content,
            *(one.cue or ()),
            *(one.source or ()),
            *one.relay,
            *([one.condition] if one.condition else []),
        ]
        assert all(0 <= start < end <= len(parts[one.part]) for start, end in spans)
        assert one.within is None or (found[one.within].part == one.part and one.within < at)
        assert one.form == statements.form(parts[one.part], one.content, quotes.mask(parts[one.part]))
    outer = [one for one in found if one.within is None]
    assert outer == sorted(outer, key=lambda one: (one.part == "text", one.content))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([
    "Venn said ", "“I promised ", "he would come", " and offered to go", ",” ", "she added. ", "Orr’s claim that ", "the dam ",
    "was safe", ". ", "had ruled out ", "a delay", ", he said", "\n",
]), max_size=30))  # fmt: skip
def test_no_content_is_told_twice(pieces):
    found = statements.find("".join(pieces), "".join(pieces[:6]).replace("\n", " "))
    assert len({(one.part, one.content) for one in found}) == len(found)
