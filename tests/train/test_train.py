"""Training needs the extra `train`, which a reader of news does not install: without it these tests are skipped."""

import random
from types import SimpleNamespace

import pytest

pytest.importorskip("torch", reason="the extra `train` (torch) is not installed")

import torch

from helpers.annotate import tagger
from helpers.annotate.tagger import paths, words
from helpers.evaluate.brat import Annotated, Attribution
from helpers.train import examples, fit, narrow, network, restore, rounding
from helpers.train.__main__ import pieces

TEXT = "Ida Venn said “the dam is safe” on Monday.\n"
MARKS = (Attribution(((14, 31),), ((9, 13),), ((0, 8),)),)
NAMES = [[(0, 8, "person")], [(at * len(TEXT), at * len(TEXT) + 8, "person") for at in range(3)]]
CORPUS = [Annotated("a", TEXT, (MARKS,)), Annotated("b", TEXT * 3, (MARKS,))]


def test_a_model_comes_back_as_the_network_it_was():
    net = network.load(restore.restore(tagger.MODEL))
    (window,) = words.windows(words.lines(TEXT, pieces()))
    packed, shapes = words.frame(window)
    with torch.no_grad():
        tags, *_ = net(torch.tensor(packed)[None], torch.tensor(shapes)[None])
    (_, outputs) = tagger.outputs(TEXT)
    assert (tags[0].argmax(-1).numpy() == outputs[0][0].argmax(-1)).all()


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"statements\.onnx: not found"):
        restore.restore(tmp_path)


def test_quotation_marks_are_reset_in_pairs():
    assert examples.restyled('She said “it is ‘safe’” and 5".', "‘’") == 'She said ‘it is ‘safe’’ and 5".'


def test_an_epoch_hides_words_and_keeps_their_tags():
    plan = SimpleNamespace(tokens=4096, hidden=1.0, reset=0.0, plain=1.0)
    (batch,) = examples.epoch([examples.versions(CORPUS[0], NAMES[0], pieces())], plan, random.Random(1))
    assert set(batch["pieces"][0].tolist()) == {101, examples.MASK, 102}
    assert [paths.TAGS[tag] for tag in batch["tags"][0].tolist()[:4]] == ["B-source", "I-source", "B-cue", "B-content"]


def test_a_run_that_was_interrupted_ends_as_one_that_was_not(tmp_path, monkeypatch):
    plan = fit.Plan(epochs=2, tokens=256)
    whole = fit.fit(CORPUS, NAMES, pieces(), plan, tmp_path / "whole")
    saved = []

    def stop(*state):
        save(*state)
        saved.append(state)
        raise KeyboardInterrupt

    save = fit._save
    monkeypatch.setattr(fit, "_save", stop)
    with pytest.raises(KeyboardInterrupt):
        fit.fit(CORPUS, NAMES, pieces(), plan, tmp_path / "cut")
    monkeypatch.undo()
    resumed = fit.fit(CORPUS, NAMES, pieces(), plan, tmp_path / "cut")
    assert len(saved) == 1
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert one.equal(other)


def test_a_narrower_network_keeps_what_moves_the_output():
    torch.manual_seed(1)
    wide = network.Network(0.0).eval()
    for layer in wide.encoder.encoder.layer:
        layer.output.dense.weight.data[:, 100:] = 0  # these neurons move nothing
    batches = list(examples.epoch([examples.versions(CORPUS[1], NAMES[1], pieces())], fit.Plan(), random.Random(1)))
    slim = network.load(narrow.narrowed(wide, 100, batches))
    (batch,) = batches
    with torch.no_grad():
        wanted, given = (one.states(batch["seen"], batch["shapes"], batch["present"])[-1] for one in (wide, slim))
    assert torch.allclose(wanted, given, atol=1e-4)


def test_a_text_without_annotations_counts_for_its_names_alone():
    plain = Annotated("c", TEXT, ())
    (batch,) = examples.epoch([examples.versions(plain, NAMES[0], pieces())], fit.Plan(plain=1.0), random.Random(1))
    net = network.Network(0.0)
    network.loss(net, batch).backward()
    assert net.names.weight.grad is not None and net.tags.weight.grad is None


def test_rounding_gives_what_the_export_would():
    layer = torch.nn.Linear(2, 1, bias=False)
    layer.weight.data = torch.tensor([[0.64, 0.333]])
    out = rounding._rounded(layer)(torch.tensor([[[0.0, 2.55], [1.004, 0.0]]]))
    assert out.tolist() == [[[pytest.approx(0.33 * 2.55)], [pytest.approx(0.64 * 1.0)]]]
    out.sum().backward()
    assert layer.weight.grad.tolist() == [[pytest.approx(1.0), pytest.approx(2.55)]]


def test_what_the_export_leaves_exact_is_not_rounded():
    net = network.Network(0.0, 100)
    rounded = {name for name, one in rounding.felt(net).named_modules() if "forward" in vars(one)}
    of_a_layer = {name.split(".", 4)[4] for name in rounded if ".layer." in name}
    assert of_a_layer == {"attention.output.dense", "intermediate.dense"}
    assert not rounded & {"tags", "links", "names"}
