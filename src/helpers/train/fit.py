"""Fit the network: AdamW, one cycle, averaged weights, a checkpoint after every epoch."""

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import torch
from tokenizers import Tokenizer

from helpers.annotate.tagger import Name
from helpers.evaluate.brat import Annotated
from helpers.train import examples, narrow, network, rounding

log = logging.getLogger(__name__)
SIGHT = 12  # batches on which the neurons are compared


@dataclass(frozen=True)
class Plan:
    """The settings of a training run; the figures in the model card belong to these."""

    epochs: int = 6
    again: int = 4  # epochs of the second run, in which a narrower network learns from the first one too
    rounded: int = 1  # epochs of the third run, in which it feels the rounding of its export
    slower: float = 0.6  # the second run's rates, as a part of the first's
    gentler: float = 0.2  # the third run's
    rate: float = 2e-4  # peak learning rate of the encoder
    head_rate: float = 1e-3  # of what starts from nothing: tags, ties, names, shapes
    warm: float = 0.1  # part of the run in which the rate rises
    decay: float = 0.01
    dropout: float = 0.1
    tokens: int = 4096  # word pieces in a batch
    average: float = 0.998  # of the running mean of the weights, which is what is exported
    briefly: float = 0.985  # of that mean in the third run
    hidden: float = 0.08  # part of the words that the network does not get to see, so that it learns from the rest
    reset: float = 0.3  # part of the articles whose quotation marks are set in another style
    width: int = 768  # neurons that the second run keeps in the middle of each layer
    taught: float = 5.0  # how much it counts there to have the same states as the first one
    plain: float = 0.4  # part of the texts without annotation that an epoch takes, for their names
    seed: int = 1


def train(
    corpus: Sequence[Annotated],
    names: Sequence[Sequence[Name]],
    tokenizer: Tokenizer,
    plan: Plan,
    folder: Path,
    start: dict | None = None,
) -> network.Network:
    """Train a network of full width, or start from its weights; then a narrower one by it; then that one, rounded."""
    if start is None:
        whole = replace(plan, width=network.WIDTH, taught=0.0)
        start = fit(corpus, names, tokenizer, whole, folder / "whole").state_dict()
    second = _like(plan, plan.again, plan.slower)
    start = fit(corpus, names, tokenizer, second, folder / "narrow", start).state_dict()
    third = replace(_like(plan, plan.rounded, plan.gentler), average=plan.briefly, dropout=0.0)
    return fit(corpus, names, tokenizer, third, folder / "rounded", start, rounded=True)


def _like(plan, epochs, part):
    return replace(plan, epochs=epochs, rate=plan.rate * part, head_rate=plan.head_rate * part)


def fit(
    corpus: Sequence[Annotated],
    names: Sequence[Sequence[Name]],
    tokenizer: Tokenizer,
    plan: Plan,
    folder: Path,
    start: dict | None = None,
    rounded: bool = False,
) -> network.Network:
    """Train on a corpus and the names in each of its texts, going on from the last checkpoint in `folder` if any.

    A text without annotations counts for its names. Starts from the weights `start` if given, which then are its
    teacher too, else from the pretrained encoder; if `rounded`, it learns under the rounding of its export. Gives the
    network with averaged weights. The same plan and corpus give the same weights on one machine.
    """
    folder.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    labelled = [examples.versions(one, named, tokenizer) for one, named in zip(corpus, names, strict=True)]
    torch.manual_seed(plan.seed)
    model, teacher = network.Network(plan.dropout, plan.width), None
    if start:
        teacher = network.load(start)
        sight = islice(examples.epoch(labelled, plan, random.Random(plan.seed)), SIGHT)
        same = plan.width == network.width(start)
        model.load_state_dict(start if same else narrow.narrowed(teacher, plan.width, sight))
        teacher = teacher.to(device)
    model = (rounding.felt(model) if rounded else model).to(device)
    average = network.Network(0.0, plan.width).to(device)
    average.load_state_dict(model.state_dict())
    optimiser = torch.optim.AdamW(_groups(model, plan))
    steps = plan.epochs * len(list(examples.epoch(labelled, plan, random.Random(plan.seed))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _cycle(step / steps, plan.warm))
    done = _resume(folder / "checkpoint.pt", model, average, optimiser, schedule, plan)
    for epoch in range(done, plan.epochs):
        # Each epoch has its own seed, so that a resumed run draws what an unbroken one would.
        torch.manual_seed(plan.seed * 1000 + epoch)
        batches = examples.epoch(labelled, plan, random.Random(plan.seed * 1000 + epoch))
        began, total, count = time.monotonic(), 0.0, 0
        model.train()
        for batch in batches:
            batch = {name: values.to(device) for name, values in batch.items()}
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=_halves(device)):
                lost = network.loss(model, batch, teacher, plan.taught)
            optimiser.zero_grad()
            lost.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            _blend(average, model, min(plan.average, 1 - 10 / (10 + schedule.last_epoch)))
            total, count = total + lost.item(), count + 1
            if count % 50 == 0:
                log.info("epoch %d, batch %d: loss %.4f", epoch + 1, count, total / count)
        log.info("epoch %d of %d: loss %.4f, %.0f s", epoch + 1, plan.epochs, total / count, time.monotonic() - began)
        _save(folder / "checkpoint.pt", epoch + 1, model, average, optimiser, schedule, plan)
    return average.eval()


def _halves(device):
    # A processor that has no 16-bit arithmetic of its own would take twenty times as long for it.
    return device.type == "cuda" or torch.backends.cpu.get_cpu_capability() not in ("DEFAULT", "AVX2")


def _groups(model, plan):
    groups = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            fresh = not name.startswith("encoder") or "token_type" in name
            plain = weight.ndim < 2 or "embeddings" in name or name == "steps"
            groups.setdefault((fresh, plain), []).append(weight)
    return [
        {"params": weights, "lr": plan.head_rate if fresh else plan.rate, "weight_decay": 0.0 if plain else plan.decay}
        for (fresh, plain), weights in groups.items()
    ]


def _cycle(part, warm):
    return part / warm if part < warm else max(0.0, (1 - part) / (1 - warm))


@torch.no_grad()
def _blend(average, model, keep):
    for mean, weight in zip(average.parameters(), model.parameters(), strict=True):
        if weight.requires_grad:
            mean.lerp_(weight, 1 - keep)


def _save(path, epoch, model, average, optimiser, schedule, plan):
    fresh = path.with_suffix(".new")
    torch.save(
        {
            "epoch": epoch,
            "plan": vars(plan),
            "model": model.state_dict(),
            "average": average.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
        },
        fresh,
    )
    fresh.replace(path)  # an interruption leaves the old checkpoint or the new one, never half of one


def _resume(path, model, average, optimiser, schedule, plan):
    if not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    if saved["plan"] != vars(plan):
        raise ValueError(f"{path} comes from a run with other settings: delete it to start afresh, or restore them")
    for part, name in ((model, "model"), (average, "average"), (optimiser, "optimiser"), (schedule, "schedule")):
        part.load_state_dict(saved[name])
    return saved["epoch"]
