"""Speakers are told from literal statements and mentions: no model has a part in these tests."""

import dataclasses
import re

import pytest

from helpers.annotate import speakers
from helpers.annotate.actors import Mention
from helpers.annotate.speakers import sources
from helpers.annotate.statements import Statement


def mention(text: str, words: str, actor: str | None = None, label: str = "person", nth: int = 0) -> Mention:
    start = [match.start() for match in re.finditer(re.escape(words), text)][nth]
    kind = "name" if actor in (None, words) else "alias"
    return Mention(start, start + len(words), words, label, actor or words, kind, 1.0)


def statement(
    text: str, source: str | None, content: str, form: str = "indirect", part: str = "text", cue: str | None = None
) -> Statement:
    def span(words: str) -> tuple[int, int]:
        return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text).span()

    return Statement(
        part=part,
        form=form,
        act="say",
        content=(span(content),),
        cue=(span(cue),) if cue else None,
        source=(span(source),) if source else None,
        relay=(),
        condition=None,
        negated=False,
        within=None,
        confidence=1.0,
    )


def names(*given) -> list[str | None]:
    return [speaker.name for speaker in speakers.resolve(*given)]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Ida Varro", "Ida Varro"),
        ("Tolm’s finance minister Ida Varro", "Ida Varro"),
        ("Ida Varro, who leads the council", "Ida Varro"),
        ("Ida Varro’s", "Ida Varro"),
        ("Tolm’s former finance minister and current council chief Ida Varro", "Ida Varro"),
        ("The finance ministers and Ida Varro", None),
        ("The minister, Ida Varro", "Ida Varro"),
        ("Ida Varro’s aides", None),
        ("aides to Ida Varro", None),
        ("Ida Varro supporters", None),
        ("Ida Varro and Arno Vey", None),
        ("Neither Ida Varro nor Arno Vey", None),
        ("the Varro campaign", "Varro campaign"),
        ("the Grid Authority", "Grid Authority"),
        ("the state-run Grid Authority news agency", "Grid Authority"),
        ("Grid Authority engineers", None),
        ("Tolm", "Tolm"),
        ("Tolm officials", None),
        ("former secretary of state Ida Varro", "Ida Varro"),
        ("a leader of the protests and Ida Varro", None),
        ("the secretary of Mayor Ida Varro", None),
        ("Mayor Ida Varro — who is close to Arno Vey —", "Ida Varro"),
        ("Ida Varro herself", "Ida Varro"),
        ("Ida Varro met with the envoys and others", "Ida Varro"),
        ("One of them, Ida Varro,", "Ida Varro"),
        ("some critics", None),
    ],
)
def test_the_words_of_a_source_name_its_actor(source, speaker):
    names = [("Ida Varro", "person"), ("Arno Vey", "person"), ("Grid Authority", "organisation"), ("Tolm", "place")]
    mentions = [mention(source, name, label=label) for name, label in names if name in source]
    if "Varro" in source and not mentions:
        mentions = [mention(source, "Varro", "Ida Varro")]
    assert sources.named((0, len(source)), source, mentions) == speaker


def test_a_pronoun_is_whom_the_sentence_before_puts_first():
    text = "Ida Varro met Arno Vey. The ford would stay shut, she said."
    mentions = [mention(text, "Ida Varro"), mention(text, "Arno Vey")]
    told = statement(text, "she", "The ford would stay shut")
    assert names([told], text, "", mentions) == ["Ida Varro"]


def test_a_pronoun_of_the_other_gender_is_not_hers():
    text = "Mrs. Ida Varro met Mr. Arno Vey. The ford would stay shut, he said."
    mentions = [mention(text, "Ida Varro"), mention(text, "Arno Vey")]
    told = statement(text, "he", "The ford would stay shut")
    assert names([told], text, "", mentions) == ["Arno Vey"]


def test_a_pronoun_goes_on_with_who_spoke_before():
    text = "Talks failed, Arno Vey told Ida Varro. The ford would stay shut, he said."
    mentions = [mention(text, "Arno Vey"), mention(text, "Ida Varro")]
    told = [statement(text, "Arno Vey", "Talks failed"), statement(text, "he", "The ford would stay shut")]
    assert names(told, text, "", mentions) == ["Arno Vey", "Arno Vey"]


def test_a_pronoun_without_anybody_before_it_is_unresolved():
    text = "The ford would stay shut, he said. Arno Vey left."
    told = statement(text, "he", "The ford would stay shut")
    assert names([told], text, "", [mention(text, "Arno Vey")]) == [None]


def test_a_description_is_whose_role_it_fits():
    text = "Finance minister Ida Varro met Arno Vey. The finance minister was angry."
    told = statement(text, "The finance minister", "angry")
    mentions = [mention(text, "Ida Varro"), mention(text, "Arno Vey")]
    assert names([told], text, "", mentions) == ["Ida Varro"]


def test_a_quotation_that_goes_on_has_the_speaker_before_it():
    text = "“It is shut,” Ida Varro said.\n\n“It stays shut.”\n\nNobody came. “Who knows?”"
    mentions = [mention(text, "Ida Varro")]
    told = [
        statement(text, "Ida Varro", "“It is shut,”", "direct", cue="said"),
        statement(text, None, "“It stays shut.”", "direct"),
        statement(text, None, "“Who knows?”", "direct"),
    ]
    assert names(told, text, "", mentions) == ["Ida Varro", "Ida Varro", None]


def test_a_surname_in_the_title_is_whom_the_text_names():
    text, title = "Ida Varro spoke.", "Varro shuts ford"
    told = statement(title, "Varro", "ford", part="title")
    assert names([told], text, title, [mention(text, "Ida Varro")]) == ["Ida Varro"]
    namesakes = [mention(text, "Ida Varro"), Mention(0, 3, "Ida", "person", "Odo Varro", "name", 1.0)]
    assert names([told], text, title, namesakes) == [None]


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Mayor Ida Varro, who said it was shut, left.", "who", "Ida Varro"),
        ("Ida Varro, the mayor of Tolm, who said it was shut, left.", "who", "Ida Varro"),
        ("Many who said it was shut left Ida Varro.", "who", None),
        ("Few who met Ida Varro are those who said it was shut.", "who", None),
        ("Ida Varro, which said it was shut, left.", "which", None),
        ("One of them, Ida Varro, said it was shut.", "One of them", "Ida Varro"),
        ("5 percent prefer Ida Varro and 1 percent said it was shut.", "5 percent prefer Ida Varro and 1 percent", None),
        ("Ida Varro’s new “The Ford” said it was shut.", "Ida Varro’s new “The Ford”", "Ida Varro"),
        ("Ida Varro spoke of her second report. It was shut, the report said.", "the report", "Ida Varro"),
        ("Ida Varro’s audit office met. It was shut, the report said.", "the report", None),
        ("Ida Varro leads in the polls. It was shut, the poll said.", "the poll", None),
        ("Ida Varro closed the meeting.\n\nNobody from the town was there and it was shut.", "Ida Varro", None),
    ],
)  # fmt: skip
def test_what_a_source_stands_for(text, source, speaker):
    content = "it was shut" if "it was shut" in text else "It was shut"
    mentions = [mention(text, "Ida Varro")]
    assert names([statement(text, source, content)], text, "", mentions) == [speaker]


def test_a_verb_is_no_part_of_a_source():
    text = "Mayor Ida Varro came. The mayor offered on Friday to open the ford."
    told = statement(text, "The mayor offered on Friday", "to open the ford", cue="offered")
    assert names([told], text, "", [mention(text, "Ida Varro")]) == ["Ida Varro"]


def test_a_pronoun_goes_on_with_who_told_of_another_s_words():
    text = "Mayor Arno Vey said the envoy assured him the ford was open. “It is not,” he said."
    outer = statement(text, "Mayor Arno Vey", "the envoy assured him the ford was open")
    inner = dataclasses.replace(statement(text, "the envoy", "the ford was open"), within=0)
    told = [outer, inner, statement(text, "he", "“It is not,”", "direct")]
    assert names(told, text, "", [mention(text, "Arno Vey")]) == ["Arno Vey", None, "Arno Vey"]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Ida Varro met Arno Vey.", "Ida Varro"),
        ("Ida Varro and Ana Lind met.", None),
        ("The woman met Ida Varro.", None),
        ("The woman, Ida Varro, met Arno Vey.", "Ida Varro"),
    ],
)
def test_a_pronoun_is_whom_nobody_else_can_be(before, speaker):
    text = f"{before} The ford would stay shut, she said."
    mentions = [mention(text, name) for name in ("Ida Varro", "Ana Lind", "Arno Vey") if name in text]
    assert names([statement(text, "she", "The ford would stay shut")], text, "", mentions) == [speaker]


def test_a_quotation_that_nobody_is_told_to_have_said_leaves_the_pronoun_behind_it_open():
    text = "It is shut, Arno Vey said. “Nobody knows when it opens.” It will open, he said."
    told = [
        statement(text, "Arno Vey", "It is shut"),
        statement(text, None, "“Nobody knows when it opens.”", "direct", cue="knows"),
        statement(text, "he", "It will open"),
    ]
    assert names(told, text, "", [mention(text, "Arno Vey")]) == ["Arno Vey", None, None]


def test_a_pronoun_is_no_namesake_s_once_the_other_comes_in_by_his_office():
    text = "Mayor Arno Vey came. Governor Odo Vey left. It is shut, Arno Vey said. Then the governor spoke. It is, he said."
    mentions = [mention(text, "Arno Vey"), mention(text, "Odo Vey"), mention(text, "Arno Vey", nth=1)]
    told = [statement(text, "Arno Vey", "It is shut"), statement(text, "he", "It is,")]
    assert names(told, text, "", mentions) == ["Arno Vey", None]


@pytest.mark.parametrize(("quoted", "speaker"), [("‘Not a single drop’", "Ida Varro"), ("‘A drop’", None)])
def test_a_title_that_repeats_words_without_a_name_has_their_speaker(quoted, speaker):
    text, title = "“It is not a single drop,” Ida Varro said. “A drop,” Arno Vey said.", f"{quoted}: ford shut"
    told = [
        statement(title, None, quoted, "direct", part="title"),
        statement(text, "Ida Varro", "“It is not a single drop,”", "direct"),
        statement(text, "Arno Vey", "“A drop,”", "direct"),
    ]
    mentions = [mention(text, "Ida Varro"), mention(text, "Arno Vey")]
    assert names(told, text, title, mentions) == [speaker, "Ida Varro", "Arno Vey"]


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        (
            "Mayor Ida Varro left. It was shut, she was quoted as saying by the Esk agency.",
            "the Esk agency",
            "Ida Varro",
        ),
        ("Mayor Ida Varro left. The mayor let it be known that it was shut.", "The mayor let it be known", "Ida Varro"),
    ],
)
def test_a_source_that_is_more_or_less_than_the_speaker(text, source, speaker):
    mentions = [mention(text, "Ida Varro")]
    if "Esk" in text:
        mentions.append(mention(text, "Esk agency", label="organisation"))
    content = "It was shut" if "It was shut" in text else "it was shut"
    assert names([statement(text, source, content)], text, "", mentions) == [speaker]


def test_a_paragraph_that_names_its_speaker_goes_before_a_source_of_the_one_above():
    text = "“We wait,” Ida Varro, the captain, said.\n\nThe quay was loud. “They sank,” Arno Vey crowed."
    people = [mention(text, "Ida Varro"), mention(text, "Arno Vey")]
    said = statement(text, "Ida Varro, the captain", "They sank", "direct", cue="said")
    assert names([said], text, "", people) == ["Arno Vey"]


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        (
            "A ferry spokeswoman for Tolm, Ida Varro, said it sank.",
            "A ferry spokeswoman for Tolm, Ida Varro",
            "Ida Varro",
        ),
        ("The boat, said Ida Varro, sank.", "Ida", "Ida Varro"),
    ],
)
def test_a_name_at_the_end_of_a_source_or_cut_by_it_is_its_speaker(text, source, speaker):
    assert names([statement(text, source, "sank")], text, "", [mention(text, "Ida Varro")]) == [speaker]


@pytest.mark.parametrize("source", ["The ferryman", "The child's grandfather"])
def test_he_behind_somebody_without_a_name_is_nobody_else(source):
    text = f"Odo Lind slept. {source} says it sank. “All of it,” he said."
    given = [statement(text, source, "it sank"), statement(text, "he", "All of it", "direct", cue="said")]
    assert names(given, text, "", [mention(text, "Odo Lind")]) == [None, None]


def test_he_may_be_a_surname_that_opens_a_sentence():
    text = "Arno Vey waved. Lind has asked for a boat. He said it sank."
    people = [mention(text, "Arno Vey"), mention(text, "Lind")]
    assert names([statement(text, "He", "it sank")], text, "", people) == ["Lind"]


@pytest.mark.parametrize(("source", "speaker"), [("the group", "Clean Ford"), ("the company", None), ("A group", None)])
def test_the_group_is_the_one_that_the_text_calls_so(source, speaker):
    text = f"Clean Ford, a residents’ group, met on Monday. The river is shut, {source} said."
    mentions = [mention(text, "Clean Ford", label="organisation")]
    assert names([statement(text, source, "The river is shut")], text, "", mentions) == [speaker]


def test_the_company_may_be_another_that_was_named_since():
    text = "Vey Works, a company in Tolm, met on Monday. Tolm Rail lost money. It will cut jobs, the company said."
    mentions = [mention(text, name, label="organisation") for name in ("Vey Works", "Tolm Rail")]
    assert names([statement(text, "the company", "It will cut jobs")], text, "", mentions) == [None]


def test_a_headline_may_call_a_firm_by_the_first_word_of_its_name():
    text, title = "Norvund Line, a company, will sail.", "Norvund says ships will sail"
    said = dataclasses.replace(statement(title, "Norvund", "ships will sail", part="title"), source=((0, 7),))
    mentions = [Mention(0, 12, "Norvund Line", "organisation", "Norvund Line", "name", 1.0)]
    short = [*mentions, Mention(0, 7, "Norvund", "organisation", "Norvund Line", "alias", 1.0)]
    assert names([said], text, title, short) == ["Norvund Line"]
