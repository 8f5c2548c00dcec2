import pytest

from helpers.evaluate import speakers


def gold(speaker: str | None, source: str, kind: str = "name", start: int = 10, aliases: tuple[str, ...] = ()) -> dict:
    return {
        "article": "a", "content_start": start, "speaker": speaker, "aliases": list(aliases), "kind": kind,
        "source_text": source, "group": None if speaker else source,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ("Ida M. Varro", "right"),
        ("mayor Ida Varro", "right"),
        ("Varro", "surname"),
        ("Arno Vey", "wrong"),
        (None, "none"),
        ("", "none"),
    ],
)
def test_a_found_name_is_judged(found, outcome):
    assert speakers.judge(gold("Ida Varro", "she", "pronoun"), found) == outcome


def test_a_group_is_nobody():
    row = gold(None, "some critics", "group")
    assert [speakers.judge(row, name) for name in (None, "some critics", "Ida Varro")] == ["right", "surname", "wrong"]


def test_the_nearest_beginning_is_matched_and_shares_are_of_the_matched():
    rows = [gold("Ida Varro", "Varro"), gold("Arno Vey", "he", "pronoun", 200), gold("Odo Lind", "Odo Lind", start=900)]
    table = speakers.score(rows, {"a": [(0, 90, "Arno Vey"), (12, 40, "Ida Varro"), (210, 220, None)]})
    figures = table.set_index("sources").to_dict("index")
    assert figures["all"] == {"gold": 3, "matched": 2, "right": 0.5, "wrong": 0.0, "surname": 0, "none": 1}
    assert figures["needs resolution"]["gold"] == 2
