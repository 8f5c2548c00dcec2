from datetime import date

import pytest

from helpers.annotate import roles
from helpers.annotate.actors import Mention
from helpers.annotate.times import Time


def person(text: str, name: str) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, "person", name, "name", 1.0)


def found(text: str, *names: str) -> list[tuple[str, str]]:
    given = roles.find(text, [person(text, name) for name in names])
    assert all(text[role.start : role.end].endswith(role.role) for role in given)
    return [(role.role, role.actor) for role in given]


def test_a_role_stands_before_the_name():
    text = "Talks failed, Tolm’s former finance minister and current Water Council chief Ida Varro said."
    assert found(text, "Ida Varro") == [
        ("Tolm’s former finance minister", "Ida Varro"),
        ("current Water Council chief", "Ida Varro"),
    ]


def test_a_role_stands_behind_the_name():
    text = "Ida Varro, the mayor of Tolm, and Arno Vey, who left, met."
    assert found(text, "Ida Varro", "Arno Vey") == [("mayor of Tolm", "Ida Varro")]


def test_a_sentence_before_the_name_is_no_role():
    assert found("He met Ida Varro. In Tolm the minister told Arno Vey.", "Ida Varro", "Arno Vey") == []


def test_a_description_is_the_one_person_whose_role_it_fits():
    text = "Finance minister Ida Varro and justice minister Arno Vey met the mayor, Odo Brandt, chairman."
    given = roles.find(text, [person(text, name) for name in ("Ida Varro", "Arno Vey")])
    assert roles.described("the finance minister", given) == "Ida Varro"
    assert roles.described("the minister", given) is None  # fits two
    assert roles.described("a finance minister", given) is None  # some other one
    assert roles.described("the finance ministry", given) is None


def test_a_ministers_secretary_is_no_minister():
    text = "The minister’s private secretary, Ida Varro, met Tolm’s envoy, Arno Vey."
    given = roles.find(text, [person(text, name) for name in ("Ida Varro", "Arno Vey")])
    assert roles.described("the minister", given) is None
    assert roles.described("the private secretary", given) == "Ida Varro"
    assert roles.described("Tolm’s envoy", given) == "Arno Vey"


def test_a_role_may_be_told_by_a_verb():
    text = "“No,” said Ida Varro, who chairs the ferry group Bay Watch, and Arno Vey, who leads the Ford Party in Tolm."
    given = roles.find(text, [person(text, name) for name in ("Ida Varro", "Arno Vey")])
    assert [(role.role, role.actor) for role in given] == [
        ("chair of the ferry group Bay Watch", "Ida Varro"),
        ("leader of the Ford Party", "Arno Vey"),
    ]


def test_who_takes_over_has_the_office_that_another_gave_up():
    text = "Ida Varro left her post as ferry commissioner. Arno Vey, the deputy treasurer, will take over. Odo Lind sighed."
    assert [
        (role.role, role.actor)
        for role in roles.find(text, [person(text, name) for name in ("Ida Varro", "Arno Vey", "Odo Lind")])
    ] == [
        ("ferry commissioner", "Arno Vey"),
        ("ferry commissioner", "Ida Varro"),
        ("deputy treasurer", "Arno Vey"),
    ]


def test_a_company_taken_for_a_person_owns_a_role():
    assert found("Varro's chief executive, Ida Lind, said so.", "Varro", "Ida Lind") == [
        ("Varro's chief executive", "Ida Lind")
    ]


def test_how_long_a_role_was_held_is_no_part_of_it():
    assert found("Ida Varro, transport minister for nine days, left.", "Ida Varro") == [
        ("transport minister", "Ida Varro")
    ]
    assert found("Ida Varro, the mayor of Tolm since May, left.", "Ida Varro") == [("mayor of Tolm", "Ida Varro")]


def changed(text: str, *names: str) -> list[tuple[str, str, str | None, str | None]]:
    """Give role, actor, first and last day, on a text in which "Tuesday" is 4 March 2031."""
    start = text.index("Tuesday")
    tuesday = Time(start, start + len("Tuesday"), "Tuesday", "DATE", "2031-03-04", date(2031, 3, 4), date(2031, 3, 4))
    given = roles.find(text, [person(text, name) for name in names if name in text], [tuesday])
    return [
        (role.role, role.actor, *(day and day.isoformat() for day in (role.from_date, role.to_date))) for role in given
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The premier on Tuesday replaced finance minister Ida Varro with Arno Vey.",
        "The premier on Tuesday sacked finance minister Ida Varro and gave the job to the mayor, Arno Vey.",
    ],
)
def test_an_office_passes_from_one_to_the_other(text):
    told = [one for one in changed(text, "Ida Varro", "Arno Vey") if one[0] == "finance minister"]
    assert sorted(told, key=lambda one: one[1]) == [
        ("finance minister", "Arno Vey", "2031-03-04", None),
        ("finance minister", "Ida Varro", None, "2031-03-03"),
    ]


def test_who_is_appointed_has_an_office_from_then_on():
    text = "The premier on Tuesday appointed Arno Vey as finance minister."
    assert changed(text, "Arno Vey") == [("finance minister", "Arno Vey", "2031-03-04", None)]


def test_who_resigns_gives_up_the_office_beside_his_name():
    text = "The director of the ferry office, Ida Varro, resigned on Tuesday, and her deputy, Arno Vey, was named acting director."
    assert changed(text, "Ida Varro", "Arno Vey") == [
        ("director of the ferry office", "Ida Varro", None, "2031-03-03"),
        ("deputy", "Arno Vey", None, None),
        ("acting director", "Arno Vey", "2031-03-04", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Odo Lind, a friend of Ida Varro, was named chief engineer on Tuesday.",
        "Odo Lind, the deputy to Mayor Ida Varro, resigned on Tuesday.",
        "The mayor, Ida Varro, quit the party on Tuesday.",
    ],
)
def test_what_a_neighbour_takes_up_or_gives_up_is_not_the_persons(text):
    assert [
        (first, last) for _, actor, first, last in changed(text, "Odo Lind", "Ida Varro") if actor == "Ida Varro"
    ] in (
        [],
        [(None, None)],
    )
