from datetime import date

import pandas as pd
import pytest

from helpers.link.people import offices
from helpers.link.people.holders import Holders, alike, office

ROLES = pd.DataFrame(
    [
        ("ida", "transport minister", None, None, "a"),
        ("ida", "transport minister", None, date(2025, 3, 13), "b"),
        ("ida", "foreign minister", date(2025, 3, 14), None, "b"),
        ("arno", "Esk’s foreign minister", None, None, "a"),
        ("odo", "Tolm’s foreign minister", None, None, "a"),
        ("odo", "former foreign minister", None, None, "c"),
        ("lena", "Colonel", None, None, "a"),
        ("lena", "commander of the ford guard", None, None, "a"),
    ],
    columns=["actor_id", "role", "from_date", "to_date", "article_id"],
)
DAYS = {"a": date(2025, 2, 1), "b": date(2025, 3, 14), "c": date(2025, 4, 4)}


def told(words: str, article: str, named: tuple[tuple[int, str, str], ...] = (), at: int = 500) -> str | None:
    statements = pd.DataFrame(
        [{"speaker_id": None, "described": words, "article_id": article, "source_start": at, "part": "text"}]
    )
    rows = [(article, start, actor, name, "person") for start, actor, name in named]
    rows += [(article, 0, None, "Esk", "place"), (article, 0, None, "Tolm", "place")]
    mentions = pd.DataFrame(rows, columns=["article_id", "start_char", "actor_id", "actor", "label"])
    return offices.settle(statements, mentions, Holders(ROLES, DAYS, ("esk", "tolm")), DAYS)[0]


def test_a_description_is_who_held_the_office_that_day():
    assert told("the transport minister", "a") == "ida"
    assert told("the transport minister", "c") is None


def test_of_two_ministers_the_country_or_the_article_tells():
    assert told("the foreign minister", "a") is None
    assert told("Esk’s foreign minister", "a") == "arno"
    assert told("the foreign minister", "a", ((10, "odo", "Odo Lind"),)) == "odo"


def test_a_former_minister_is_who_is_no_more():
    assert told("the former foreign minister", "c") == "odo"


def test_who_held_an_office_before_is_not_the_new_holder():
    assert told("the transport minister", "a") == "ida"
    assert told("the new transport minister", "b") is None


def test_an_unknown_office_is_nobody():
    assert told("the mayor", "a") is None


@pytest.mark.parametrize(
    ("actor", "day", "role"),
    [
        ("ida", date(2025, 3, 1), "transport minister"),
        ("ida", date(2025, 3, 20), "foreign minister"),
        ("odo", date(2025, 2, 1), "Tolm’s foreign minister"),
        ("lena", date(2025, 2, 1), "commander of the ford guard"),
        ("nobody", date(2025, 2, 1), None),
    ],
)
def test_a_statement_shows_the_role_on_the_day(actor, day, role):
    statements = pd.DataFrame([{"speaker_id": actor, "said_to": day, "reported_at": None}])
    assert offices.roles_on(statements, Holders(ROLES, DAYS))[0] == role


@pytest.mark.parametrize(
    ("words", "day", "here", "found"),
    [
        ("the transport minister", date(2025, 3, 13), set(), (1, {"ida"})),
        ("the transport minister", date(2025, 3, 14), set(), (0, set())),
        ("the former transport minister", date(2025, 3, 14), set(), (1, {"ida"})),
        ("the foreign minister", date(2025, 3, 20), {"arno", "lena"}, (2, {"arno"})),
        ("the foreign minister", date(2025, 3, 20), set(), (2, set())),
        ("the foreign minister", None, {"odo", "ida"}, (3, {"odo", "ida"})),
        ("the foreign minister", date(2025, 4, 4), {"odo"}, (2, set())),
        ("the commander", date(2025, 3, 20), set(), (1, {"lena"})),
        ("the harbour commander", date(2025, 3, 20), set(), (0, set())),
        ("the mayor", date(2025, 3, 20), set(), (0, set())),
    ],
)
def test_the_holders_of_an_office_on_a_day_are_counted_and_those_of_the_article_named(words, day, here, found):
    assert Holders(ROLES, DAYS, ("esk", "tolm")).fitting(office(words), day, here) == found


def test_the_new_minister_is_who_took_office_of_late():
    holders = Holders(ROLES, DAYS)
    assert holders.fitting(office("the new foreign minister"), date(2025, 3, 20), set()) == (1, {"ida"})
    assert holders.fitting(office("the new foreign minister"), date(2026, 3, 20), set()) == (0, set())


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [("tolm", "tolm", True), ("tolmia", "tolmian", True), ("tolm", "tolmian", False), ("esker", "eskalia", False)],
)
def test_a_country_and_what_is_of_it_share_their_stem(word, other, same):
    assert (alike(word, other), alike(other, word)) == (same, same)


def succession(*rows: tuple[str, str, str, date | None, date | None]) -> Holders:
    columns = ["actor_id", "role", "article_id", "from_date", "to_date"]
    return Holders(pd.DataFrame(rows, columns=columns).astype(object), DAYS)


def test_who_has_left_and_who_has_not_begun_are_told_apart():
    holders = succession(
        ("ida", "port commissioner", "a", None, None),
        ("ida", "harbour health commissioner", "a", None, date(2025, 3, 14)),
        ("arno", "health commissioner", "b", date(2025, 3, 20), None),
    )
    assert holders.fitting(office("the former health commissioner"), date(2025, 3, 17), set()) == (1, {"ida"})
    assert holders.fitting(office("the health commissioner"), date(2025, 3, 17), set()) == (0, set())
    assert holders.fitting(office("the health commissioner"), date(2025, 3, 20), set()) == (1, {"arno"})


def test_where_the_day_of_a_change_is_not_told_nobody_holds_the_office_between():
    holders = succession(
        ("ida", "health commissioner", "a", None, None),
        ("arno", "new commissioner", "c", None, None),
    )
    found = [holders.fitting(office("the commissioner"), day, set()) for day in (DAYS["a"], DAYS["b"], DAYS["c"])]
    assert found == [(1, {"ida"}), (0, set()), (1, {"arno"})]
    assert holders.role_on("ida", DAYS["c"]) is None
    assert holders.role_on("arno", DAYS["c"]) == "health commissioner"


def test_an_office_that_was_left_is_a_former_one_and_one_taken_up_comes_first():
    holders = succession(
        ("ida", "transport minister", "a", None, date(2025, 3, 1)),
        ("arno", "deputy treasurer", "c", None, None),
        ("arno", "leader", "c", None, None),
        ("arno", "transport minister", "b", date(2025, 3, 2), None),
    )
    assert holders.role_on("ida", DAYS["b"]) == "former transport minister"
    assert holders.role_on("arno", DAYS["c"]) == "transport minister"
    assert holders.role_on("arno", DAYS["a"]) == "deputy treasurer"


def test_a_company_s_chief_is_whom_the_article_calls_so():
    rows = [("ida", "Tolm's chief executive", "a", None, None), ("odo", "Esk's chief executive", "a", None, None)]
    holders = succession(*rows)
    wanted = office("chief executive")
    assert holders.owned(wanted, "tolm", DAYS["a"], {"ida", "odo"}) == "ida"
    assert holders.owned(wanted, "tolm", DAYS["a"], {"odo"}) is None


def test_a_unions_secretary_has_no_portfolio():
    assert office("general secretary of the Transport Workers’ Federation").portfolio == frozenset()
    assert office("transport secretary").portfolio == {"transport"}
