import pandas as pd
import pytest

from helpers.link.people import merges

ACTORS = pd.DataFrame([["ida", "Sergei Varro"], ["tolm", "Tolm"]], columns=["actor_id", "name"])
REVIEWED = pd.DataFrame([["Tolm", ["the Mill House"]]], columns=["name", "aliases"])


def mentions(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article_id", "text", "kind", "actor_id"])


@pytest.mark.parametrize(
    ("words", "kind", "actor", "reason"),
    [
        ("Varro", "alias", "ida", "the last word of the name, where nothing else fits it"),
        ("Sergei", "alias", "ida", "the first name, where nobody else fits it"),
        ("Sergey Varro", "name", "ida", "another spelling or transliteration of the name"),
        ("S. Varro", "name", "ida", "an initial in place of the first name"),
        ("Sergei P. Varro", "name", "ida", "the same name but for titles, middle initials or suffixes"),
        ("SV", "alias", "ida", "the initials of the name"),
        ("Mill House", "metonym", "tolm", "actors.csv says so"),
        ("Tolm’s ministry", "metonym", "tolm", "the words name the country, or a part of its government"),
        ("the mayor", "role", "ida", "a description of who held the office that day"),
        ("Sergei Varro of Tolm", "alias", "ida", "shorter or longer words that only this name fits"),
    ],
)
def test_every_merge_has_a_reason(words, kind, actor, reason):
    table = merges.merges(mentions(("x", words, kind, actor)), ACTORS, REVIEWED)
    assert table["reason"].tolist() == [reason]


def test_the_words_in_most_articles_come_first_and_the_name_itself_is_left_out():
    rows = [("x", "Sergei Varro", "name", "ida"), ("x", "he", "pronoun", "ida"), ("x", "nobody", "name", None)]
    rows += [("x", "The mayor", "role", "ida"), ("x", "the mayor", "role", "ida")]
    rows += [("x", "Varro", "alias", "ida"), ("y", "Varro", "alias", "ida")]
    table = merges.merges(mentions(*rows), ACTORS, REVIEWED)
    assert table[["name", "written_as", "articles", "mentions"]].values.tolist() == [
        ["Sergei Varro", "Varro", 2, 2],
        ["Sergei Varro", "The mayor", 1, 2],
    ]
