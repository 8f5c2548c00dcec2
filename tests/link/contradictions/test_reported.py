import pandas as pd
import pytest

from helpers.link.contradictions import reported

TEXT = (
    "The ford is open, Varro said on Monday. Vey’s visit ended. "
    "Varro’s words appear to contradict Vey’s claim that the ford was washed away. Nothing else happened."
)


def statement(text: str, words: str, speaker: str | None, number: int) -> dict:
    start = text.index(words)
    return {
        "statement_id": f"s{number}",
        "article_id": "a",
        "part": "text",
        "within_id": None,
        "content": words,
        "content_spans": [[start, start + len(words)]],
        "speaker_id": speaker,
        "utterance_id": f"u{number}",
        "reported_at": pd.Timestamp("2024-03-01"),
        "confidence": 0.9 - number / 10,
    }


def weigh(one: str, other: str) -> float:
    """Hold the later of two earlier statements for the likelier one, but for the first of the story."""
    return 1.0 if one == "u0" else 0.0


def found(text: str, *told: tuple[str, str | None]) -> list[reported.Report]:
    mentions = [
        {"article_id": "a", "actor_id": actor, "start_char": at, "end_char": at + len(name)}
        for name, actor in (("Varro", "ida"), ("Vey", "arno"))
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    statements = pd.DataFrame([statement(text, *one, number) for number, one in enumerate(told)])
    articles = pd.DataFrame([{"article_id": "a", "text": text}])
    return reported.find(articles, statements, pd.DataFrame(mentions), weigh)


def test_what_an_article_sets_against_each_other_is_a_lead():
    (report,) = found(TEXT, ("The ford is open", "ida"), ("the ford was washed away", "arno"))
    assert (report.first, report.second, report.words) == ("u0", "u1", "appear to contradict")
    assert TEXT[report.start : report.end] == report.words
    assert report.score == pytest.approx(0.95 * 0.8)


def test_without_two_statements_there_is_no_lead():
    assert not found(TEXT, ("The ford is open", "ida"))
    assert not found(TEXT, ("the ford was washed away", "arno"))


def test_an_article_without_such_words_gives_none():
    assert not found(TEXT.replace("appear to contradict", "echo"), ("The ford is open", "ida"))


def test_somebody_who_says_that_words_conflict_is_not_the_article():
    text = "The ford is open, Varro said. Vey said that her words contradict what he was told, that it was washed away."
    inside = "that her words contradict what he was told, that it was washed away"
    assert not found(text, ("The ford is open", "ida"), (inside, "arno"))


def test_an_earlier_statement_is_recalled_by_its_words():
    text = (
        "The ford will never open, Varro said in May. The mill is shut. On Monday she said the ford may open in June. "
        "That sat awkwardly with her own words."
    )
    told = ("The ford will never open", "ida"), ("The mill is shut", "ida"), ("the ford may open in June", "ida")
    (report,) = found(text, *told)
    assert (report.first, report.second) == ("u0", "u2")


def test_of_what_a_speaker_said_before_the_likeliest_is_set_against_what_follows():
    text = (
        "The ford is open, Varro said. Bread is dear, she said. Her account appeared to contradict that of Vey. "
        "The ford was washed away, a spokesman said."
    )
    told = ("The ford is open", "ida"), ("Bread is dear", "ida"), ("The ford was washed away", "odo")
    assert [(report.first, report.second) for report in found(text, *told)] == [("u0", "u2")]


def test_the_other_account_may_stand_in_the_next_sentence():
    text = (
        "The ford is open, Varro said. Her account appeared to contradict that of the mill. "
        "“The ford was washed away,” Vey said. It rained."
    )
    (report,) = found(text, ("The ford is open", "ida"), ("The ford was washed away", "arno"))
    assert (report.first, report.second) == ("u0", "u1")


def test_two_figures_that_an_article_cannot_reconcile_are_those_before_it():
    text = "The ford costs 40 crowns, Varro said. Vey put it at 90 crowns. The two figures are hard to reconcile."
    (report,) = found(text, ("The ford costs 40 crowns", "ida"), ("at 90 crowns", "arno"))
    assert (report.first, report.second, report.words) == ("u0", "u1", "hard to reconcile")


def test_what_is_walked_back_is_set_against_what_follows():
    text = "Varro walked back her claim that the ford is open. “Nobody can cross it,” she said. It rained."
    (report,) = found(text, ("that the ford is open", "ida"), ("Nobody can cross it", "ida"))
    assert (report.first, report.second, report.words) == ("u0", "u1", "walked back")


def test_two_who_contradict_each_other_all_the_time_are_no_report():
    text = "The ford is open, Varro said. They went on contradicting each other. The ford was washed away, Vey said."
    assert not found(text, ("The ford is open", "ida"), ("The ford was washed away", "arno"))
