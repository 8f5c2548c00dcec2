from datetime import datetime

import pandas as pd

from helpers import store
from helpers.annotate import engine

TEXT = "Finance Minister Laura Dennholm said on Monday that the ford would stay shut until the water falls."


def articles(*texts: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "article_id": f"a{number}",
                "text": text,
                "title": "Ford shut",
                "published_at": pd.Timestamp("2024-03-05 22:30") if number == 0 else pd.NaT,
            }
            for number, text in enumerate(texts)
        ]
    )


def test_an_article_becomes_rows():
    tables = engine.annotate(articles(TEXT), "Europe/Kyiv")
    assert {table: list(rows.columns) for table, rows in tables.items()} == {
        table: list(store.columns(table)) for table in ("statements", "mentions", "times", "roles", "events")
    }
    (told,) = tables["statements"].query("part == 'text'").to_dict("records")
    cut = {name: told[name] for name in ("article_id", "source", "cue", "content", "form", "act", "speaker")}
    assert cut == {
        "article_id": "a0",
        "source": "Finance Minister Laura Dennholm",
        "cue": "said",
        "content": "that the ford would stay shut until the water falls",
        "form": "indirect",
        "act": "say",
        "speaker": "Laura Dennholm",
    }
    assert told["condition"] == "until the water falls"
    assert [TEXT[start:end] for start, end in told["content_spans"]] == [told["content"]]
    # Late in the evening of the 5th in UTC it is the 6th, a Wednesday, in Kyiv.
    assert (str(told["said_from"]), str(told["said_to"]), told["said_precision"]) == ("2024-03-04", "2024-03-04", "day")
    assert told["reported_at"] == datetime(2024, 3, 5, 22, 30)
    assert tables["roles"][["actor", "role"]].values.tolist() == [["Laura Dennholm", "Finance Minister"]]


def test_an_article_without_a_date_has_statements_without_days():
    tables = engine.annotate(articles("", TEXT))
    (told,) = tables["statements"].query("part == 'text'").to_dict("records")
    assert (told["said_from"], told["said_to"], told["reported_at"]) == (None, None, None)


def test_many_processes_give_the_rows_of_one():
    many = articles(*[f"{TEXT} Number {number}." for number in range(engine.SMALL + 1)])
    one, two = engine.annotate(many, processes=1), engine.annotate(many, processes=2)
    assert all(one[table].equals(two[table]) for table in engine.TABLES)


def test_no_article_gives_empty_tables():
    tables = engine.annotate(articles())
    assert all(rows.empty and list(rows.columns) == list(store.columns(table)) for table, rows in tables.items())
