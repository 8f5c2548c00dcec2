"""Turn annotated articles into windows with a tag for each word and the ties between them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from helpers.annotate import quotes
from helpers.annotate.tagger import Name
from helpers.annotate.tagger.paths import NAMES, TAGS
from helpers.annotate.tagger.words import LIMIT, Words, frame, join, lines, windows
from helpers.evaluate.brat import Annotated, Attribution

OUTSIDE, NONE = 0, -1
MASK = 103  # the piece of BERT's vocabulary that stands for a hidden one
STYLES = ("“”", '""', "‘’")


@dataclass(frozen=True)
class Labelled:
    """The lines of one article, and what one annotator said of each word."""

    lines: tuple[Words, ...]
    tags: dict[int, int]  # start of the word in the text: its tag
    cue_of: dict[int, int]  # start of a content word: start of the cue
    source_of: dict[int, int]  # start of a cue: start of the source, NONE without one
    names: dict[int, int]  # start of a word within a name: its tag
    gold: bool = True  # whether anybody annotated the statements


def label(
    text: str, attributions: Sequence[Attribution] | None, names: Sequence[Name], tokenizer: Tokenizer
) -> Labelled:
    """Give each word the tag and the ties that an annotator's attributions (None: unknown) and the names mean."""
    found = tuple(lines(text, tokenizer))
    if not found:
        return Labelled((), {}, {}, {}, {})
    words = join(found)
    tags, cue_of, source_of, named = {}, {}, {}, {}

    def cover(spans):
        return [np.flatnonzero((words.start < end) & (words.end > start)) for start, end in spans]

    for start, end, kind in names:
        for place, word in enumerate(np.flatnonzero((words.start < end) & (words.end > start))):
            named[int(words.start[word])] = NAMES.index(f"{'I' if place else 'B'}-{kind}")
    for attribution in attributions or ():
        heads = {}
        for role in ("source", "cue", "content"):
            for inside in cover(getattr(attribution, role)):
                if not len(inside):
                    continue
                heads.setdefault(role, int(words.start[inside[0]]))
                for word in inside:
                    fresh = word == inside[0] or words.breaks[word]
                    tags[int(words.start[word])] = TAGS.index(f"{'B' if fresh else 'I'}-{role}")
                    if role == "content":
                        cue_of[int(words.start[word])] = heads.get("cue", NONE)
        if "cue" in heads:
            source_of[heads["cue"]] = heads.get("source", NONE)
    return Labelled(found, tags, cue_of, source_of, named, attributions is not None)


def versions(article: Annotated, names: Sequence[Name], tokenizer: Tokenizer) -> list[list[Labelled]]:
    """Label an article as printed and with its quotation marks set in other styles, each by every annotator."""
    texts = dict.fromkeys([article.text, *(restyled(article.text, marks) for marks in STYLES)])
    return [[label(text, marks, names, tokenizer) for marks in article.annotations or (None,)] for text in texts]


def restyled(text: str, marks: str) -> str:
    """Set the double quotation marks of a text as another house would; its length stays."""
    styled = list(text)
    for start, end in quotes.pairs(text):
        for at, mark in ((start, marks[0]), (end - 1, marks[1])):
            if text[at] in '“”"':
                styled[at] = mark
    return "".join(styled)


def epoch(corpus: Sequence[Sequence[Sequence[Labelled]]], plan, rng: random.Random) -> Iterator[dict]:
    """Give one epoch of batches of about `plan.tokens` pieces, windows of like length together, in random order.

    Each pass over the corpus draws one annotator and one style of quotation marks for each text, cuts the text into
    other windows, and hides other words.
    """
    pool = []
    for printed, *others in corpus:
        if not printed[0].gold and rng.random() >= plan.plain:
            continue
        version = rng.choice(rng.choice(others) if others and rng.random() < plan.reset else printed)
        limit = LIMIT if rng.random() < 0.7 else rng.randint(64, LIMIT)
        head = 1 if rng.random() < 0.5 else 0  # half of the titles stand alone, as a title given apart does
        for part in (version.lines[:head], version.lines[head:]):
            pool += [_example(window, version, plan.hidden, rng) for window in windows(part, limit)]
    rng.shuffle(pool)
    pool.sort(key=lambda one: len(one["pieces"]) // 16)
    batches, held = [], []
    for one in pool:
        if held and (len(held) + 1) * len(one["pieces"]) > plan.tokens:
            batches.append(held)
            held = []
        held.append(one)
    batches.append(held)
    rng.shuffle(batches)
    for held in batches:
        yield collate(held)


def _example(window, version, hidden, rng):
    seen, shapes = frame(window)
    pieces = seen.copy()
    for low, high in zip(window.first + 1, np.append(window.first[1:], len(window.pieces)) + 1, strict=True):
        if rng.random() < hidden:
            pieces[low:high] = MASK
    place = {int(start): int(at) + 1 for start, at in zip(window.start, window.first, strict=True)}
    cue_of, source_of = np.full(len(pieces), -1), np.full(len(pieces), -1)
    tags = np.array([version.tags.get(start, OUTSIDE) for start in place])
    names = np.array([version.names.get(start, OUTSIDE) for start in place])
    for i in range(len(tags)):
        # What an annotator ran over a line end, or a window cut in two, goes on as a new span.
        if TAGS[tags[i]][0] == "I" and (i == 0 or window.breaks[i] or TAGS[tags[i - 1]][1:] != TAGS[tags[i]][1:]):
            tags[i] -= 1
    for start, at in place.items():
        if start in version.cue_of:
            cue_of[at] = place.get(version.cue_of[start], 0)
        if start in version.source_of:
            source_of[at] = place.get(version.source_of[start], 0)
    barred = np.zeros((len(tags), len(TAGS)), bool)
    barred[window.breaks, 2::2] = True
    barred[0, 2::2] = True
    return {
        "pieces": pieces,
        "seen": seen,
        "shapes": shapes,
        "present": np.ones(len(pieces), int),
        "first": window.first + 1,
        "tags": tags,
        "names": names,
        "barred": barred,
        "cue_of": cue_of,
        "source_of": source_of,
        "gold": np.array(version.gold, int),
    }


def collate(examples: Sequence[dict]) -> dict[str, torch.Tensor]:
    """Pad examples to one length; -1 fills the ties, 0 all else (no word starts at piece 0)."""
    batch = {}
    for name in examples[0]:
        rows = [torch.from_numpy(np.asarray(one[name])) for one in examples]
        if not rows[0].ndim:
            batch[name] = torch.stack(rows)
            continue
        fill = -1 if name in ("cue_of", "source_of") else 0
        batch[name] = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=fill)
    return batch
