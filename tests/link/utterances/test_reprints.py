import pandas as pd

from helpers.link.utterances import reprints

WIRE = (
    "The ford at Esk was closed on Monday after the river rose by two metres in one night, the mayor said. "
    "Carts will take the long road over the hill until the pillars have been seen to, and nobody can say when."
)
LED = "Farmers in the valley woke to a longer road. " + WIRE[:150]
OTHER = (
    "The miller of Esk has sold his house and goes to live with his sister by the sea, where the air is said to be "
    "good for the chest and the fish is cheap, as he told everybody who asked and some who did not."
)


def articles(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["article_id", "published_at", "text"])
    return table.assign(published_at=pd.to_datetime(table["published_at"]), duplicate_of=None)


def marked(*rows: tuple[str, str, str]) -> dict[str, str | None]:
    table = reprints.mark(articles(*rows))
    return dict(zip(table["article_id"], table["near_duplicate_of"], strict=True))


def test_what_a_desk_has_cut_and_led_anew_is_a_reprint_of_the_earlier():
    rows = ("b", "2024-03-02", LED), ("a", "2024-03-01", WIRE), ("c", "2024-03-02", OTHER)
    assert marked(*rows) == {"a": None, "b": "a", "c": None}


def test_months_later_it_is_none():
    assert marked(("a", "2024-03-01", WIRE), ("b", "2024-06-01", LED)) == {"a": None, "b": None}


def test_a_copy_of_a_reprint_has_the_first_for_its_origin():
    table = articles(("a", "2024-03-01", WIRE), ("b", "2024-03-02", LED), ("c", "2024-03-03", LED))
    table = reprints.mark(table.assign(duplicate_of=[None, None, "b"]))
    assert reprints.origins(table) == {"a": "a", "b": "a", "c": "a"}
