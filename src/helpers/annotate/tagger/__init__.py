"""Tag the words of a text: as source, cue and content of statements, tied together, and as names.

One pass of a small encoder (MiniLM, 6 layers) gives every word a score for each tag, and four vectors: a content
word points to the cue that introduces it, a cue to its source. The tags are decoded as the best legal sequence of a
linear-chain conditional random field (Lafferty et al. 2001), the ties as in head selection (Zhang et al. 2017).
From a layer in the middle the same pass tells the names of people, organisations, places and groups.
Network and figures: model/card.md. At run time: onnxruntime, tokenizers, numpy.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from helpers.annotate.tagger.paths import NAMES, NOWHERE, TAGS, best, legal, spans
from helpers.annotate.tagger.ties import Tagged, tie
from helpers.annotate.tagger.words import Words, frame, lines, windows
from helpers.story import hash_of

MODEL = Path(__file__).parent.parent / "model"
FILES = ("statements.onnx", "statements.json", "tokenizer.json")
SUMS = "SHA256SUMS"  # of these files
TOGETHER = 64  # windows decoded at once, for speed, but never so many that memory runs out
Name = tuple[int, int, str]  # half-open span in code points, kind


@cache
def load(model: Path):
    """Load a model once: its session, its tokenizer, and the decoder's settings. Errors as those of `tag`."""
    missing = [name for name in FILES if not (model / name).exists()]
    if missing:
        raise FileNotFoundError(f"{model} lacks {', '.join(missing)}: install the package again, or run make train")
    try:
        _check(model)
        settings = json.loads((model / "statements.json").read_text(encoding="utf-8"))
        options = onnxruntime.SessionOptions()
        # Articles go to processes, not to threads, which would only wait for each other on products this small.
        threadpool_limits(1)
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(model / "statements.onnx", options, ["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    except Exception as damage:  # each library has errors of its own for a damaged file
        raise ValueError(f"the model in {model} is damaged: install the package again, or run make train") from damage
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return session, tokenizer, settings


def _check(model: Path) -> None:
    """Compare a model's files with their sums: a network with a wrong number in it runs, and finds other statements."""
    if not (model / SUMS).exists():  # as while it is made
        return
    for line in (model / SUMS).read_text(encoding="utf-8").splitlines():
        expected, name = line.split()
        if hash_of(model / name) != expected:
            raise ValueError(name)


def tag(text: str, model: Path = MODEL) -> list[Tagged]:
    """Find the statements of a text: spans of content, cue and source, tied together, in text order.

    Needs any text; time and memory grow with its length, whatever is in it. Gives spans in code points.
    Raises FileNotFoundError or ValueError where the model's files are missing or damaged.
    """
    return list(_seen(text, model)[0])


def names(text: str, model: Path = MODEL) -> list[Name]:
    """Find the names in a text and what each names: person, organisation, place or group. Errors as those of `tag`."""
    _, packed, scores = _seen(text, model)
    return [
        name
        for at in range(0, len(packed), TOGETHER)
        for name in recognise(packed[at : at + TOGETHER], scores[at : at + TOGETHER])
    ]


@lru_cache(4)  # statements and names of one article are asked for apart, and one pass tells both
def _seen(text, model):
    """Give the statements of a text, its windows and their scores of names, for which not every text is asked."""
    session, tokenizer, settings = load(model)
    tagged, scores, packed = [], [], windows(lines(text, tokenizer))
    for at in range(0, len(packed), TOGETHER):
        part = packed[at : at + TOGETHER]
        network = [_run(session, window) for window in part]
        tagged += sure(read(part, network, settings), settings)
        scores += [names for *_, names in network]
    return tuple(tagged), packed, scores


def forget() -> None:
    """Forget the models loaded and the texts read, so that a changed model is read anew."""
    load.cache_clear()
    _seen.cache_clear()


def recognise(parts: Sequence[Words], scores: Sequence[np.ndarray]) -> list[Name]:
    """Decode the scores of names, (piece, tag) for each window."""
    if not parts:
        return []
    paths = best(*_rows(parts, scores, len(NAMES)), legal(NAMES))
    return [
        (int(part.start[first]), int(part.end[end - 1]), kind)
        for part, path in zip(parts, paths, strict=True)
        for kind, first, end in spans(path[: len(part.first)], NAMES)
    ]


def _rows(parts, network, width):
    """Stack the scores of the windows' words, a row each, and tell which are real and not padding."""
    longest = max(len(part.first) for part in parts)
    scores = np.zeros((len(parts), longest, width), np.float32)
    for row, (part, pieces) in enumerate(zip(parts, network, strict=True)):
        scores[row, : len(part.first)] = pieces[part.first + 1]
        scores[row, : len(part.first)][part.breaks, 2::2] = NOWHERE  # no span runs over a line end
        scores[row, 0, 2::2] = NOWHERE
    return scores, np.arange(longest) < np.array([[len(part.first)] for part in parts])


def sure(found: Sequence[tuple[Tagged, Sequence[float]]], settings: dict) -> list[Tagged]:
    """Give what was read with its confidence, and leave out what is more likely wrong than it is worth."""
    rated = [replace(one, confidence=confidence(evidence, settings["confidence"])) for one, evidence in found]
    return [one for one in rated if one.confidence >= settings["least"]]


def outputs(text: str, model: Path = MODEL) -> tuple[list[Words], list[Sequence[np.ndarray]]]:
    """Give the windows of a text and what the network says of each, for `read`."""
    session, tokenizer, _ = load(model)
    packed = windows(lines(text, tokenizer))
    return packed, [_run(session, window) for window in packed]


def _run(session, window):
    pieces, shapes = frame(window)
    return [out[0] for out in session.run(None, {"pieces": pieces[None], "shapes": shapes[None]})]


def confidence(evidence: Sequence[float], weights: Sequence[float]) -> float:
    """Turn the network's evidence for a statement into the chance that a person marks the same content."""
    return float(1 / (1 + np.exp(-np.dot([1.0, *evidence], weights))))


def read(
    parts: Sequence[Words], network: Sequence[Sequence[np.ndarray]], settings: dict
) -> list[tuple[Tagged, tuple[float, ...]]]:
    """Decode what the network says of windows: tags by best path, then ties among the spans of a window.

    Gives each statement, its confidence still to be told, and the evidence for it (see `tie`).
    """
    if not parts:
        return []
    scores, real = _rows(parts, [tags for tags, *_ in network], len(TAGS))
    # A missed cue loses a whole statement, so a cue starts a little more readily than training would have it.
    scores[:, :, TAGS.index("B-cue")] += settings["eager"]
    paths = best(scores, real, np.array(settings["steps"], np.float32) + legal())
    found = []
    for row, (part, (_, links, *_)) in enumerate(zip(parts, network, strict=True)):
        found += tie(part, scores[row], spans(paths[row, : len(part.first)]), links)
    return found
