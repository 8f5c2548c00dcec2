import pandas as pd
import pytest

from helpers.link import utterances

ARTICLES = pd.DataFrame(
    {"article_id": ["a", "b", "c", "d"], "outlet": ["Post", "Mail", "Mail", "Herald"]},
)
DAYS = {"a": "2024-03-01 10:00", "b": "2024-03-02 09:00", "c": "2024-05-01 09:00", "d": None}
SUBJECTS = pd.DataFrame({"matter_id": ["m1"], "name": ["the ford"], "terms": [["ford*"]]})


def told(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "statement_id": f"s{number}",
                "article_id": article,
                "part": "text",
                "cue_start": number,
                "within_id": None,
                "speaker_id": speaker,
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
    ("speaker", "article"),
    [("odo", "b"), (None, "b"), ("ida", "c")],
    ids=["another speaker", "an unresolved one", "two months later"],
)
def test_the_same_words_may_be_another_utterance(speaker, article):
    assert groups(("a", "ida", FULL), (article, speaker, FULL)) == [{"s0"}, {"s1"}]


def test_without_a_speaker_only_a_reprint_is_the_same():
    cut = "“not open the ford before the water falls”"
    assert groups(("a", None, FULL), ("b", None, FULL), ("b", None, cut)) == [{"s0", "s1"}, {"s2"}]


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


def test_words_leave_out_marks_and_the_leading_that():
    assert utterances.words("that “we” won’t, ever") == ["we", "won't", "ever"]
