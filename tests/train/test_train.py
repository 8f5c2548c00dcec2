"""Training needs the extra `train`, which a reader of news does not install: without it these tests are skipped."""

import random
from types import SimpleNamespace

import pytest

pytest.importorskip("torch", reason="the extra `train` (torch) is not installed")

from helpers.annotate import tagger
from helpers.evaluate.brat import Annotated, Attribution
from helpers.train import examples, fit, network, restore
from helpers.train.__main__ import pieces

TEXT = "Ida Venn said “the dam is safe” on Monday.\n"
MARKS = (Attribution(((14, 31),), ((9, 13),), ((0, 8),)),)
CORPUS = [Annotated("a", TEXT, (MARKS,)), Annotated("b", TEXT * 3, (MARKS,))]


def test_a_model_comes_back_as_the_network_it_was():
    torch = pytest.importorskip("torch")
    net = network.Network(0.0)
    net.load_state_dict(restore.restore(tagger.MODEL))
    (window,) = tagger.windows(tagger.lines(TEXT, pieces()))
    packed, shapes = tagger.frame(window)
    with torch.no_grad():
        tags, _ = net.eval()(torch.tensor(packed)[None], torch.tensor(shapes)[None])
    (_, outputs) = tagger.outputs(TEXT)
    assert (tags[0].argmax(-1).numpy() == outputs[0][0].argmax(-1)).all()


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"statements\.onnx: not found"):
        restore.restore(tmp_path)


def test_quotation_marks_are_reset_in_pairs():
    assert examples.restyled('She said “it is ‘safe’” and 5".', "‘’") == 'She said ‘it is ‘safe’’ and 5".'


def test_an_epoch_hides_words_and_keeps_their_tags():
    plan = SimpleNamespace(tokens=4096, hidden=1.0, reset=0.0)
    (batch,) = examples.epoch([examples.versions(CORPUS[0], pieces())], plan, random.Random(1))
    assert set(batch["pieces"][0].tolist()) == {101, examples.MASK, 102}
    assert [tagger.TAGS[tag] for tag in batch["tags"][0].tolist()[:4]] == ["B-source", "I-source", "B-cue", "B-content"]


def test_a_run_that_was_interrupted_ends_as_one_that_was_not(tmp_path, monkeypatch):
    plan = fit.Plan(epochs=2, tokens=256)
    whole = fit.fit(CORPUS, pieces(), plan, tmp_path / "whole")
    saved = []

    def stop(*state):
        save(*state)
        saved.append(state)
        raise KeyboardInterrupt

    save = fit._save
    monkeypatch.setattr(fit, "_save", stop)
    with pytest.raises(KeyboardInterrupt):
        fit.fit(CORPUS, pieces(), plan, tmp_path / "cut")
    monkeypatch.undo()
    resumed = fit.fit(CORPUS, pieces(), plan, tmp_path / "cut")
    assert len(saved) == 1
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert one.equal(other)
