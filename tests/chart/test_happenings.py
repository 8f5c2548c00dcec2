import pandas as pd

from helpers.chart.happenings import happenings

ARTICLES = pd.DataFrame(
    [
        ("a", "Post", "2031-03-03", None, None),
        ("b", "Tide", "2031-03-04", None, "a"),
        ("c", "Mail", "2031-03-04", None, None),
    ],
    columns=["article_id", "outlet", "published_at", "duplicate_of", "near_duplicate_of"],
)


def events(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(f"e{n}", *row, 0, 9) for n, row in enumerate(rows)],
        columns=["event_id", "article_id", "what", "from_date", "to_date", "start_char", "end_char"],
    )


def test_clauses_of_one_event_are_counted_together_reprints_once():
    table = events(
        ("c", "The ferry ran aground off Tolm on Sunday", "2031-03-02", "2031-03-02"),
        ("a", "The ferry ran aground on Sunday night", "2031-03-02", "2031-03-02"),
        ("b", "The ferry ran aground on Sunday night", "2031-03-02", "2031-03-02"),
        ("a", "Prices of herring doubled on Sunday", "2031-03-02", "2031-03-02"),
        ("a", "The accord was signed", "2029-01-01", "2029-12-31"),
    )
    found = happenings(table, ARTICLES)
    assert found[["what", "reports", "outlets"]].to_numpy().tolist() == [
        ["The ferry ran aground on Sunday night", 2, 3],
        ["Prices of herring doubled on Sunday", 1, 1],
    ]


def test_a_story_without_events_has_none():
    assert happenings(events(), ARTICLES).empty
