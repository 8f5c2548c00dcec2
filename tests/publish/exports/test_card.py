import pandas as pd

from helpers.publish.exports import card

DAILY = pd.DataFrame(
    {"day": ["2031-03-03", "2031-03-04"], "outlet": "Quay", "articles": [1, 4], "collected": [True, True]}
)


def size(picture: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))


def test_a_card_has_the_size_that_networks_show_and_the_same_bytes(story):
    first = card.draw(story, "Ilves is quoted most", DAILY, "3 articles of 2 outlets")
    assert size(first) == (1200, 630)
    assert len(first) < 100_000
    assert card.draw(story, "Ilves is quoted most", DAILY, "3 articles of 2 outlets") == first
    assert card.draw(story, "Ilves is quoted most", DAILY.assign(articles=[4, 1]), "3 articles of 2 outlets") != first


def test_a_card_is_drawn_whatever_the_words(story):
    hostile = story.model_copy(update={"title": "</text><script>&\x0b" * 30, "about": "é\u202e" * 300})
    for finding in ("", "<b>&" * 200, "W" * 400, "声明" * 200):
        assert size(card.draw(hostile, finding, DAILY.head(0), "")) == (1200, 630)


def test_a_finding_is_set_as_large_as_three_lines_allow():
    assert card._set("Ilves is quoted most") == (72, ["Ilves is quoted most"])
    assert card._set("Mara Ilves is quoted most: 3 of 5 statements in these papers") == (
        72,
        ["Mara Ilves is quoted most: 3", "of 5 statements in these", "papers"],
    )
    small, lines = card._set("statement after statement " * 20)
    assert (small, len(lines), lines[-1][-1]) == (42, 3, "…")
    room = (card.WIDTH - 2 * card.EDGE) / small
    assert all(card._wide(line) <= room + 1 for line in lines)
