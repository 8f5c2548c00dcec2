import pandas as pd
import pytest

from helpers.link import utterances

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c", "d", "e"],
        "outlet": ["Post", "Mail", "Mail", "Herald", "Herald"],
        "duplicate_of": [None] * 5,
        "near_duplicate_of": [None, None, None, None, "a"],
    },
)
DAYS = {"a": "2024-03-01 10:00", "b": "2024-03-02 09:00", "c": "2024-05-01 09:00", "d": None, "e": "2024-03-02 12:00"}
SUBJECTS = pd.DataFrame({"matter_id": ["m1"], "name": ["the ford"], "terms": [["ford*"]]})


def told(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "statement_id": f"s{number}",
                "article_id": article,
                "part": "text",
                "cue": "said",
                "cue_start": number,
                "form": "direct" if "“" in content else "indirect",
                "act": "say",
                "negated": False,
                "within_id": None,
                "speaker_id": speaker,
                "described": None,
                "content": content,
                "said_from": pd.NaT,
                "said_to": pd.NaT,
                "said_precision": "report",
                "reported_at": pd.Timestamp(DAYS[article]) if DAYS[article] else None,
            }
            for number, (article, speaker, content) in enumerate(rows)
        ]
    )


def groups(*rows: tuple[str, str | None, str]) -> list[set[str]]:
    linked, table = utterances.link(told(*rows), ARTICLES, SUBJECTS)
    found = [set(part["statement_id"]) for _, part in linked.groupby("utterance_id")]
    assert sorted(map(len, found)) == sorted(table["statements"])
    return sorted(found, key=min)


FULL = "“We will not open the ford before the water falls, and that is final”"


def test_a_partial_quotation_reports_the_same_words():
    assert groups(("a", "ida", FULL), ("b", "ida", "“not open the ford before the water falls”")) == [{"s0", "s1"}]


@pytest.mark.parametrize(
    ("speaker", "article"), [("odo", "b"), ("ida", "c")], ids=["another speaker", "two months later"]
)
def test_the_same_words_may_be_another_utterance(speaker, article):
    assert groups(("a", "ida", FULL), (article, speaker, FULL)) == [{"s0"}, {"s1"}]


def test_two_months_later_the_same_words_are_one_where_the_report_looks_back():
    rows = told(("a", "ida", FULL), ("c", "ida", FULL)).assign(cue=["said", "had said"])
    linked, _ = utterances.link(rows, ARTICLES, SUBJECTS)
    assert linked["utterance_id"].nunique() == 1


def test_with_an_unresolved_speaker_a_long_quotation_must_be_shared():
    cut = "the water falls and the ford is"
    assert groups(("a", "ida", FULL), ("b", None, FULL), ("b", None, cut)) == [{"s0", "s1"}, {"s2"}]


def test_a_paraphrase_of_one_speaker_reports_the_same_words():
    retold = "the ford stays shut before the water falls"
    assert groups(("a", "ida", FULL), ("b", "ida", retold), ("b", "ida", "the mill pays taxes")) == [
        {"s0", "s1"},
        {"s2"},
    ]


def test_other_numbers_are_another_utterance():
    three, nine = "the ford will need three new pillars", "the ford will need nine new pillars"
    assert groups(("a", "ida", three), ("b", "ida", nine)) == [{"s0"}, {"s1"}]


def test_a_reprint_reports_what_its_origin_does_and_is_no_origin_of_its_own():
    linked, table = utterances.link(told(("a", "ida", FULL), ("e", None, FULL), ("b", "ida", FULL)), ARTICLES, SUBJECTS)
    (row,) = table.to_dict("records")
    assert (row["statements"], row["outlets"], row["origins"], row["speaker_id"]) == (3, 3, 2, "ida")
    assert linked["utterance_id"].nunique() == 1


def test_what_leads_in_to_a_quotation_is_one_with_it():
    assert groups(("a", "ida", "a new ford"), ("a", "ida", "“There will be no ford while I live”")) == [{"s0", "s1"}]


def test_a_headline_is_one_with_the_statement_it_is_made_of():
    rows = told(("a", "ida", "Ford shut till water falls"), ("a", "ida", FULL)).assign(part=["title", "text"])
    linked, _ = utterances.link(rows, ARTICLES, SUBJECTS)
    assert linked["utterance_id"].nunique() == 1


def test_what_was_cut_and_added_is_shown_word_by_word():
    shown = utterances.changes("“We will not open the ford today,”", "We will never open the ford")
    assert shown.values.tolist() == [
        ["kept", "We will"],
        ["cut", "not"],
        ["added", "never"],
        ["kept", "open the ford"],
        ["cut", "today,”"],
    ]


def test_a_statement_is_not_the_one_within_it():
    rows = told(("a", "ida", FULL), ("a", "ida", FULL[5:]))
    linked, _ = utterances.link(rows.assign(within_id=[None, "s0"]), ARTICLES, SUBJECTS)
    assert linked["utterance_id"].nunique() == 2


def test_few_words_are_too_common_to_tell():
    assert groups(("a", "ida", "“Not yet”"), ("b", "ida", "“Not yet”")) == [{"s0"}, {"s1"}]


def test_the_order_of_the_table_changes_nothing():
    rows = told(("a", "ida", FULL), ("b", "ida", FULL), ("d", "ida", "“Open the ford today, whatever it costs”"))
    linked, table = utterances.link(rows, ARTICLES, SUBJECTS)
    again, table_again = utterances.link(rows.iloc[::-1], ARTICLES, SUBJECTS)
    assert table.equals(table_again)
    assert linked.sort_values("statement_id")["utterance_id"].tolist() == (
        again.sort_values("statement_id")["utterance_id"].tolist()
    )


def test_an_utterance_knows_who_had_it_first():
    _, table = utterances.link(told(("b", "ida", "not open the ford before"), ("a", "ida", FULL)), ARTICLES, SUBJECTS)
    (row,) = table.to_dict("records")
    assert {name: row[name] for name in ("content", "statements", "outlets", "first_outlet", "matter_id")} == {
        "content": FULL,
        "statements": 2,
        "outlets": 2,
        "first_outlet": "Post",
        "matter_id": "m1",
    }
    assert row["first_reported_at"] == pd.Timestamp("2024-03-01 10:00")


def test_what_an_article_tells_apart_stays_apart_though_another_article_quotes_both_at_once():
    both = "“The ford stays shut. I call the whole affair a swindle by the millers”"
    one, other = "The ford stays shut", "the whole affair a swindle by the millers"
    assert groups(("a", "ida", one), ("a", "ida", other), ("b", "ida", both)) == [{"s0"}, {"s1", "s2"}]


def test_a_lead_that_only_describes_its_source_is_retold_by_the_first_who_is_quoted():
    rows = ("a", None, "The ford will open in June"), ("a", "ida", "“We open it in June”")
    described = told(*rows).assign(described=["the minister", None])
    linked, _ = utterances.link(described, ARTICLES, SUBJECTS)
    assert linked["utterance_id"].nunique() == 1


def test_words_that_only_point_to_a_quotation_are_one_with_it():
    assert groups(("a", "odo", "Rain"), ("a", "ida", "it differently"), ("a", "ida", "“I build mills”")) == [
        {"s0"},
        {"s1", "s2"},
    ]


def test_what_was_asked_is_no_report_of_the_answer():
    assert groups(("a", "ida", "whether the ford would open"), ("a", "ida", "“I build mills”")) == [{"s0"}, {"s1"}]


def test_what_is_so_and_what_is_not_so_are_two_utterances_where_no_day_tells_them_apart():
    rows = told(
        ("a", "ida", "the tunnel under the mill will open"), ("d", "ida", "the tunnel by the mill will not open")
    )
    linked, _ = utterances.link(rows.assign(negated=[False, True]), ARTICLES, SUBJECTS)
    assert linked["utterance_id"].nunique() == 2


@pytest.mark.parametrize(
    ("cue", "day", "precision", "found"),
    [
        ("had told", "2024-03-01", "day", [{"s0", "s1"}]),
        ("had told", "2024-02-29", "day", [{"s0"}, {"s1"}]),  # another day
        ("told", "2024-03-02", "report", [{"s0"}, {"s1"}]),  # the day of the report
        ("stuck to", "2024-03-01", "day", [{"s0"}, {"s1"}]),  # said again
    ],
)
def test_a_loose_paraphrase_is_known_by_the_day_that_it_gives(cue, day, precision, found):
    said = told(("a", "ida", "The wall at the ford was sound"), ("b", "ida", "that no crack was in the wall"))
    said.loc[1, ["cue", "said_precision"]] = [cue, precision]
    said.loc[1, ["said_from", "said_to"]] = pd.Timestamp(day)
    linked, _ = utterances.link(said, ARTICLES, SUBJECTS)
    assert sorted((set(part["statement_id"]) for _, part in linked.groupby("utterance_id")), key=min) == found
