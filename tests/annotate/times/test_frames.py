"""What an article tells around a statement dates it, where its own sentence does not."""

from dataclasses import dataclass
from datetime import date

import pytest

from helpers.annotate import times
from helpers.annotate.speakers.scene import Speaker

WEDNESDAY, THURSDAY = date(2024, 9, 11), date(2024, 9, 12)


@dataclass(frozen=True)
class Told:
    content: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...] | None = None
    part: str = "text"


def dated(text: str, *told: tuple[str, str | None], early: bool = False, title: str = "") -> list[tuple[str, date]]:
    """Date statements, each given by its content and its speaker; one that stands in the title is the title's."""
    statements, said = [], []
    found = times.find(text, THURSDAY)
    for content, _ in told:
        whole = title if content in title else text
        start = whole.index(content)
        span = (start, start + len(content))
        statements.append(Told((span,), part="title" if whole == title else "text"))
        sentence = (whole.rfind(". ", 0, start) + 1, (whole + ". ").index(". ", span[1]))
        cue = whole.find(" said", *sentence) + 1
        own = found if whole == text else []
        said.append(times.said(own, (cue, cue + 4) if cue else None, sentence, whole, THURSDAY, (span,)))
    speakers = [Speaker(name) for _, name in told]
    carried = times.carried(said, statements, speakers, text, found, THURSDAY, early, title)
    return [(one.precision, one.to_date) for one in carried]


def test_who_goes_on_speaking_speaks_on_the_same_day():
    text = "It is shut, Ida Varro said on Wednesday. It stays shut, she said. It is open, Arno Vey said."
    told = [("It is shut", "Ida Varro"), ("It stays shut", "Ida Varro"), ("It is open", "Arno Vey")]
    assert dated("The ford. " * 40 + text, *told) == [("day", WEDNESDAY), ("day", WEDNESDAY), ("report", THURSDAY)]


def test_what_opens_an_article_dates_what_follows():
    text = "It is shut, Ida Varro said on Wednesday. It is open, Arno Vey said."
    assert dated(text, ("It is shut", "Ida Varro"), ("It is open", "Arno Vey")) == [("day", WEDNESDAY)] * 2


@pytest.mark.parametrize(("early", "day"), [(True, WEDNESDAY), (False, THURSDAY)])
def test_a_morning_paper_reports_yesterday(early, day):
    text = "The ford broke on Wednesday. It is shut, Ida Varro said."
    assert [to for _, to in dated(text, ("It is shut", "Ida Varro"), early=early)] == [day]


def test_until_it_comes_to_what_is_dated_today():
    text = "The ford broke on Wednesday. It is shut, Ida Varro said. It is open, Arno Vey said. "
    text += "It was noon, Arno Vey said on Thursday. Nobody knows, Odo Lind said."
    told = [("It is shut", "Ida Varro"), ("It is open", "Arno Vey"), ("It was noon", "Arno Vey")]
    found = dated(text, *told, ("Nobody knows", "Odo Lind"), early=True)
    assert [to for _, to in found] == [WEDNESDAY, THURSDAY, THURSDAY, THURSDAY]


@pytest.mark.parametrize(
    ("before", "day"),
    [("Varro waved it off on Wednesday.", WEDNESDAY), ("The ford broke on Wednesday.", THURSDAY)],
)
def test_a_quotation_is_of_the_day_on_which_its_speaker_did_what_stands_before_it(before, day):
    text = f"The ford.\n{before} “It is shut,” she said."
    assert [to for _, to in dated(text, ("“It is shut,”", "Ida Varro"))] == [day]


def test_a_title_has_the_day_of_what_it_repeats():
    text = "The ford. " * 40 + "The ford is shut for good, Ida Varro said on Wednesday."
    told = [("ford shut for good", "Ida Varro"), ("The ford is shut for good", "Ida Varro")]
    assert dated(text, *told, title="Varro: ford shut for good") == [("day", WEDNESDAY)] * 2
