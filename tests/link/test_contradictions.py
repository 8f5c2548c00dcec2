import pandas as pd

from helpers.link import contradictions

TEXT = (
    "The ford is open, Varro said on Monday. Vey’s visit ended. "
    "Varro’s words appear to contradict Vey’s claim that the ford was washed away. Nothing else happened."
)
ACTORS = pd.DataFrame({"actor_id": ["ida", "arno"], "name": ["Ida Varro", "Arno Vey"]})


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
        "confidence": 0.9 - number / 10,
    }


def leads(text: str, *told: tuple[str, str | None]) -> pd.DataFrame:
    mentions = [
        {"article_id": "a", "actor_id": actor, "start_char": at, "end_char": at + len(name)}
        for name, actor in (("Varro", "ida"), ("Vey", "arno"))
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    statements = pd.DataFrame([statement(text, *one, number) for number, one in enumerate(told)])
    articles = pd.DataFrame([{"article_id": "a", "text": text}])
    return contradictions.reported(articles, statements, pd.DataFrame(mentions), ACTORS)


def test_what_an_article_sets_against_each_other_is_a_lead():
    (lead,) = leads(TEXT, ("The ford is open", "ida"), ("the ford was washed away", "arno")).to_dict("records")
    assert (lead["utterance_a"], lead["utterance_b"], lead["kind"], lead["status"]) == ("u0", "u1", "reported", "lead")
    assert TEXT[lead["start_char"] : lead["end_char"]] == "appear to contradict"
    assert lead["score"] == 0.8
    assert lead["reason"] == (
        "The article says of them “appear to contradict”: "
        "Ida Varro: The ford is open · Arno Vey: the ford was washed away"
    )


def test_without_two_statements_there_is_no_lead():
    assert leads(TEXT, ("The ford is open", "ida")).empty
    assert leads(TEXT, ("the ford was washed away", "arno")).empty


def test_an_article_without_such_words_gives_none():
    assert leads(TEXT.replace("appear to contradict", "echo"), ("The ford is open", "ida")).empty


def test_somebody_who_says_that_words_conflict_is_not_the_article():
    text = "The ford is open, Varro said. Vey said that her words contradict what he was told, that it was washed away."
    inside = "that her words contradict what he was told, that it was washed away"
    assert leads(text, ("The ford is open", "ida"), (inside, "arno")).empty
