"""The gold of the stories beside the sample is true to their articles and consistent."""

import json
import pathlib

import pytest
import yaml

DATA = pathlib.Path(__file__).parents[1] / "data"
STORIES = ("hospital", "airport", "strike", "spill")
GOLD = {name: json.loads((DATA / name / "gold.json").read_text(encoding="utf-8")) for name in STORIES}
PAIRS = ("contradictions", "not_contradictions")


def read(story: str, article: dict) -> dict:
    _, front, text = (DATA / story / article["file"]).read_text(encoding="utf-8").split("---\n", 2)
    return {**yaml.safe_load(front), "text": text}


@pytest.mark.parametrize("story", STORIES)
def test_every_string_stands_in_its_article_in_order(story):
    articles = {article["id"]: read(story, article) for article in GOLD[story]["articles"]}
    for article in GOLD[story]["articles"]:
        assert all(string in articles[article["id"]]["text"] for string in article["boilerplate"])
    for statement in GOLD[story]["statements"]:
        words, after = articles[statement["article"]][statement["part"]], 0
        for piece in statement["content"]:
            after = words.index(piece, after) + len(piece)
        assert (statement["cue"] or "") in words and (statement["source"] or "") in words
    for one in GOLD[story]["not_statements"]:
        assert one["text"] in articles[one["article"]]["text"] + articles[one["article"]]["title"]


@pytest.mark.parametrize("story", STORIES)
def test_ids_are_unique_and_resolve(story):
    gold = GOLD[story]
    actors, utterances = ({one["id"] for one in gold[table]} for table in ("actors", "utterances"))
    assert len(actors) == len(gold["actors"]) and len(utterances) == len(gold["utterances"])
    assert {one["utterance"] for one in gold["statements"]} == utterances
    assert {one["speaker"] for one in (*gold["statements"], *gold["utterances"])} - {None} <= actors
    assert {one[side] for table in PAIRS for one in gold[table] for side in "ab"} <= utterances


@pytest.mark.parametrize("story", STORIES)
def test_a_pair_is_a_contradiction_or_is_not(story):
    true, near = ({frozenset((one["a"], one["b"])) for one in GOLD[story][table]} for table in PAIRS)
    assert len(true) == len(GOLD[story]["contradictions"]) and not true & near
    assert all(len(pair) == 2 for pair in true | near)
