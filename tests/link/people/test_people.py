import pandas as pd
import pytest

from helpers import store
from helpers.link import people, reviews

ARTICLES = pd.DataFrame(
    {
        "article_id": ["x", "y"],
        "outlet": ["The Ford Post", "The Ford Post"],
        "published_at": pd.to_datetime(["2024-05-01 10:00", "2024-06-10 10:00"]),
    }
)


STATEMENTS = "article_id part source source_start source_end described speaker relay said_to reported_at".split()


def mentions(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "article_id": "x", "start_char": at, "end_char": at + 1, "text": name, "actor": name, "label": label,
                "kind": "name", "confidence": 1.0,
            }
            for at, (name, label) in enumerate(rows)
        ]
    )  # fmt: skip


def statements(*rows: tuple[str | None, list[str]]) -> pd.DataFrame:
    return pd.DataFrame([{"speaker": speaker, "relay": relay} for speaker, relay in rows], columns=STATEMENTS)


def reviewed(tmp_path, text: str = "") -> pd.DataFrame:
    if text:
        (tmp_path / "actors.csv").write_text("name,kind,aliases,role,role_from,role_to,wikidata_id\n" + text)
    return reviews.actors(type("Story", (), {"folder": tmp_path}))[0]


def link(tmp_path, rows, told=(), csv="", roles=()):
    given = pd.DataFrame(roles, columns=["actor", "role", "article_id", "from_date", "to_date"], dtype=object)
    return people.link(mentions(*rows), statements(*told), given, ARTICLES, reviewed(tmp_path, csv))


def merged(tables) -> dict[str, str | None]:
    names = dict(zip(tables["actors"]["actor_id"], tables["actors"]["name"], strict=True))
    return {row.actor: names.get(row.actor_id) for row in tables["mentions"].itertuples()}


def test_spellings_of_a_name_are_one_actor(tmp_path):
    rows = [("Sergei Varro", "person"), ("Sergei Varro", "person"), ("Sergey Varro", "person"), ("S. Varro", "person")]
    assert set(merged(link(tmp_path, rows)).values()) == {"Sergei Varro"}


def test_namesakes_stay_two_and_their_bare_surname_nobody(tmp_path):
    rows = [("Ida Varro", "person"), ("Odo Varro", "person"), ("Varro", "person"), ("Vey", "person")]
    assert merged(link(tmp_path, rows)) == {
        "Ida Varro": "Ida Varro",
        "Odo Varro": "Odo Varro",
        "Varro": None,
        "Vey": "Vey",
    }


def test_a_place_is_an_actor_only_where_it_speaks(tmp_path):
    rows = [("Tolm", "place"), ("Esk", "place")]
    tables = link(tmp_path, rows, [("Tolm", [])])
    assert tables["actors"][["name", "kind"]].values.tolist() == [["The Ford Post", "outlet"], ["Tolm", "government"]]
    assert tables["mentions"]["actor_id"].notna().tolist() == [True, False]


def test_statements_get_their_speaker_and_relays(tmp_path):
    tables = link(tmp_path, [("Ida Varro", "person")], [("Ida Varro", ["Esk Agency", "The Ford Post"]), (None, [])])
    ids = dict(zip(tables["actors"]["name"], tables["actors"]["actor_id"], strict=True))
    assert tables["statements"]["speaker_id"].tolist() == [ids["Ida Varro"], None]
    assert tables["statements"]["relay_ids"].tolist() == [[ids["Esk Agency"], ids["The Ford Post"]], []]
    assert set(tables["actors"].columns) == set(store.columns("actors"))


def test_what_actors_csv_says_wins(tmp_path):
    csv = "Tolm,government,Esk|the Mill House,,,,Q0\nIda Varro,person,Varro,mayor,2024-05-01,,\n"
    rows = [("Esk", "place"), ("Ida Varro", "person"), ("Odo Varro", "person"), ("Varro", "person")]
    tables = link(tmp_path, rows, [("the Mill House", [])], csv)
    assert merged(tables) == {"Esk": "Tolm", "Ida Varro": "Ida Varro", "Odo Varro": "Odo Varro", "Varro": "Ida Varro"}
    tolm = tables["actors"].query("name == 'Tolm'").iloc[0]
    assert tables["statements"]["speaker_id"].tolist() == [tolm.actor_id]
    assert (tolm.kind, tolm.wikidata_id) == ("government", "Q0")
    assert tables["roles"][["actor", "role"]].values.tolist() == [["Ida Varro", "mayor"]]
    assert str(tables["roles"]["from_date"][0]) == "2024-05-01"


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_mentions_changes_nothing(tmp_path, order):
    rows = [("Sergei Varro", "person"), ("Sergey Varro", "person"), ("Varro", "person"), ("Tolm", "place")][::order]
    assert merged(link(tmp_path, rows)) == {
        "Sergei Varro": "Sergei Varro",
        "Sergey Varro": "Sergei Varro",
        "Varro": "Sergei Varro",
        "Tolm": None,
    }
