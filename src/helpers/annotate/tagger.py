"""Tag the words of a text as source, cue and content, and tie the tagged spans together.

One pass of a small encoder (MiniLM, 6 layers) gives every word a score for each tag, and four vectors: a content
word points to the cue that introduces it, a cue to its source. The tags are decoded as the best legal sequence of a
linear-chain conditional random field (Lafferty et al. 2001), the ties as in head selection (Zhang et al. 2017).
Network and figures: model/card.md. At run time: onnxruntime, tokenizers, numpy.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from helpers.annotate import quotes

MODEL = Path(__file__).parent / "model"
ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{edge}-{role}" for role in ROLES for edge in "BI"))
SHAPES = 50  # 5 places about quotation marks x 5 kinds of letters x start of a line or not
PUNCTUATION = 4  # of the kinds of letters
EVIDENCE = 8  # figures that the confidence rests on
LINK = 64  # numbers in each of the four vectors that tie spans: content, its cue; cue, its source
LIMIT = 254  # word pieces in a window, beside the two that frame it
NOWHERE = -1e4  # the score of what cannot be
GAP = 250  # code points between two pieces of a statement
NEW_CUE, NEW_SOURCE = -1.5, -0.9  # log odds at which a word that a tie points at counts although it was not tagged

_CHUNK = re.compile(r"[^\n]{1,8000}(?=\s|\Z)|[^\n]{1,8000}")  # a line, or a piece of an endless one
_SENTENCE_END = (1012, 1029, 999)  # the pieces . ? ! in BERT's uncased vocabulary


@dataclass(frozen=True)
class Words:
    """The words of a stretch of text without line end: word pieces, shapes, and where each word stands."""

    pieces: np.ndarray
    shapes: np.ndarray
    first: np.ndarray  # for each word, the index of its first piece
    start: np.ndarray  # code points
    end: np.ndarray
    breaks: np.ndarray  # whether the word starts a line

    def __getitem__(self, part: slice) -> "Words":
        low, high = part.start, part.stop
        left = self.first[low] if low < len(self.first) else len(self.pieces)
        right = self.first[high] if high < len(self.first) else len(self.pieces)
        return Words(self.pieces[left:right], self.shapes[left:right], self.first[low:high] - left,
                     self.start[low:high], self.end[low:high], self.breaks[low:high])


@dataclass(frozen=True)
class Tagged:
    """What the network found about one statement, spans in code points."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    confidence: float


def join(parts: Sequence[Words]) -> Words:
    """Put stretches of words one after the other."""
    shift = np.cumsum([0] + [len(part.pieces) for part in parts[:-1]])
    return Words(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("pieces", "shapes")),
                 np.concatenate([part.first + by for part, by in zip(parts, shift, strict=True)]),
                 *(np.concatenate([getattr(part, name) for part in parts]) for name in ("start", "end", "breaks")))


def lines(text: str, tokenizer: Tokenizer) -> list[Words]:
    """Split a text into words, line by line; blank lines give nothing."""
    chunks = [m.span() for m in _CHUNK.finditer(text) if not m.group().isspace()]
    encodings = tokenizer.encode_batch([text[a:b] for a, b in chunks], add_special_tokens=False)
    marks = quotes.pairs(text)
    found = []
    for (start, _), encoding in zip(chunks, encodings, strict=True):
        if encoding.ids:
            found.append(_words(text, start, encoding, marks))
    return found


def windows(text_lines: Sequence[Words], limit: int = LIMIT) -> list[Words]:
    """Pack lines into windows of at most `limit` pieces; a longer line is cut at a sentence end if it has one."""
    found, held, size = [], [], 0
    for line in text_lines:
        for part in _cut(line, limit):
            if held and size + len(part.pieces) > limit:
                found.append(join(held))
                held, size = [], 0
            held.append(part)
            size += len(part.pieces)
    return [*found, join(held)] if held else found


def _words(text, offset, encoding, marks):
    ids, number = np.array(encoding.ids), np.array(encoding.word_ids)
    spans = np.array(encoding.offsets) + offset
    first = np.flatnonzero(np.diff(number, prepend=-1))
    last = np.append(first[1:], len(ids)) - 1
    start, end = spans[first, 0], spans[last, 1]
    breaks = np.zeros(len(first), bool)
    breaks[0] = offset == 0 or text[offset - 1] == "\n"
    shape = np.array([_letters(text[a:b]) for a, b in zip(start, end, strict=True)]) * 5
    shape += _places(start, marks) + 25 * breaks
    return Words(ids, np.repeat(shape, np.diff(np.append(first, len(ids)))), first, start, end, breaks)


def _letters(word):
    if word.islower():
        return 0
    if word.istitle():
        return 1
    if word.isupper():
        return 2
    return 3 if word.isalnum() else PUNCTUATION


def _places(start, marks):
    """Say where each word stands: 0 outside quotation marks, 1 inside, 2 the opening mark, 3 the closing one."""
    place = np.zeros(len(start), int)
    low = bisect_right(marks, (start[0], -1))
    low -= low > 0  # a pair that opened earlier may still run
    for opened, closed in marks[low:]:
        if opened > start[-1]:
            break
        a, b = np.searchsorted(start, (opened, closed))
        place[a:b] = 1
        if a < b and start[a] == opened:
            place[a] = 2
        if a < b and start[b - 1] == closed - 1:
            place[b - 1] = 3
    return place


def _cut(line, limit):
    low, count = 0, len(line.first)
    edges = np.append(line.first, len(line.pieces))
    while edges[count] - edges[low] > limit:
        high = max(int(np.searchsorted(edges, edges[low] + limit, side="right")) - 1, low + 1)
        ends = np.flatnonzero(np.isin(line.pieces[edges[low] : edges[high]], _SENTENCE_END))
        if len(ends):
            high = int(np.searchsorted(edges, edges[low] + ends[-1] + 1))
        yield line[low:high]
        low = high
    yield line[low:count]


def legal() -> np.ndarray:
    """Score each step from tag to tag: 0 if legal, NOWHERE if not (an I- tag continues its own role only)."""
    steps = np.zeros((len(TAGS), len(TAGS)), np.float32)
    for i, before in enumerate(TAGS):
        for j, after in enumerate(TAGS):
            if after[0] == "I" and before[1:] != after[1:]:
                steps[i, j] = NOWHERE
    return steps


def best(scores: np.ndarray, real: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Find the best tag sequence of each row by the Viterbi algorithm.

    Needs scores (sequence, word, tag), which words are real and not padding (sequence, word), and step scores.
    """
    back = np.broadcast_to(np.arange(len(TAGS), dtype=np.int8), scores.shape).copy()
    total = scores[:, 0].copy()
    for at in range(1, scores.shape[1]):
        rows = np.flatnonzero(real[:, at])
        paths = total[rows, :, None] + steps
        back[rows, at] = paths.argmax(1)
        total[rows] = paths.max(1) + scores[rows, at]
    tags = np.zeros(scores.shape[:2], np.int8)
    tags[:, -1] = total.argmax(1)
    rows = np.arange(len(scores))
    for at in range(scores.shape[1] - 1, 0, -1):
        tags[:, at - 1] = back[rows, at, tags[:, at]]
    return tags


def spans(tags: np.ndarray) -> list[tuple[str, int, int]]:
    """Read (role, first word, end word) off a tag sequence."""
    found, role, start = [], None, 0
    for at, tag in enumerate([*(TAGS[t] for t in tags), "O"]):
        if role and tag[:1] != "I":
            found.append((role, start, at))
            role = None
        if tag[:1] == "B":
            role, start = tag[2:], at
    return found


@cache
def load(model: Path):
    """Load a model once: its session, its tokenizer, and the decoder's settings. Errors as those of `tag`."""
    missing = [name for name in ("statements.onnx", "statements.json", "tokenizer.json") if not (model / name).exists()]
    if missing:
        raise FileNotFoundError(f"{model} lacks {', '.join(missing)}: install the package again, or run make train")
    try:
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


def frame(window: Words) -> tuple[np.ndarray, np.ndarray]:
    """Give the pieces and shapes of a window between the two special pieces that BERT was trained with."""
    return np.concatenate([[101], window.pieces, [102]]), np.concatenate([[0], window.shapes, [0]])


def tag(text: str, model: Path = MODEL) -> list[Tagged]:
    """Find the statements of a text: spans of content, cue and source, tied together, in text order.

    Needs any text; time and memory grow with its length, whatever is in it. Gives spans in code points.
    Raises FileNotFoundError or ValueError where the model's files are missing or damaged.
    """
    session, tokenizer, settings = load(model)
    found, packed = [], windows(lines(text, tokenizer))
    for at in range(0, len(packed), 64):  # decoded together for speed, but never so many that memory runs out
        part = packed[at : at + 64]
        found += read(part, [_run(session, window) for window in part], settings)
    return sure(found, settings)


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
    longest = max(len(part.first) for part in parts)
    scores = np.zeros((len(parts), longest, len(TAGS)), np.float32)
    for row, (part, (emissions, _)) in enumerate(zip(parts, network, strict=True)):
        scores[row, : len(part.first)] = emissions[part.first + 1]
        scores[row, : len(part.first)][part.breaks, 2::2] = NOWHERE  # no span runs over a line end
        scores[row, 0, 2::2] = NOWHERE
    # A missed cue loses a whole statement, so a cue starts a little more readily than training would have it.
    scores[:, :, TAGS.index("B-cue")] += settings["eager"]
    real = np.arange(longest) < np.array([[len(part.first)] for part in parts])
    paths = best(scores, real, np.array(settings["steps"], np.float32) + legal())
    found = []
    for row, (part, (_, links)) in enumerate(zip(parts, network, strict=True)):
        found += tie(part, scores[row], spans(paths[row, : len(part.first)]), links)
    return found


def tie(
    words: Words, scores: np.ndarray, found: Sequence[tuple[str, int, int]], links: np.ndarray
) -> list[tuple[Tagged, tuple[float, ...]]]:
    """Tie contents to the cue they point at and cues to their source; give each statement with the evidence for it.

    Contents that point at one cue are one statement in pieces. Where a content points at a word that was not tagged,
    that word is its cue after all. The evidence: mean and least log odds of the content's tags, log odds of its tie,
    of the cue's tags and of the tie to the source; how much of the content is quoted, whether any, log of its length.
    """
    content_query, cue_key, cue_query, source_key = np.split(links, 4, axis=1)
    place = words.first + 1
    heads = np.append(0, place)  # the first piece of the frame stands for "nothing here"
    by_role = {role: [(a, b) for r, a, b in found if r == role] for role in ROLES}
    if not by_role["content"]:
        return []
    pieces = [np.arange(place[start], place[end - 1] + 1) for start, end in by_role["content"]]
    votes = _odds(content_query[np.concatenate(pieces)] @ cue_key[heads].T)
    starts = np.cumsum([0, *map(len, pieces[:-1])])
    cue_votes = np.add.reduceat(votes, starts) / [[len(piece)] for piece in pieces]
    best_tags = _odds(scores[: len(place)]).max(1)

    def certainty(span):
        return best_tags[span[0] : span[1]]

    taken = {at for _, a, b in found for at in range(a, b)}
    groups: dict[tuple[int, int], list] = {}
    for span, votes in zip(by_role["content"], cue_votes, strict=True):
        cue, vote = _pointed(votes, by_role["cue"], span, NEW_CUE)
        groups.setdefault(cue or (-1, span[0]), []).append((span, vote))
    tagged = []
    for cue, members in groups.items():
        source, evidence_of_tie = None, (-5.0, 0.0)
        if cue[0] >= 0:
            votes = _odds(cue_query[place[cue[0]]][None] @ source_key[heads].T)[0]
            source, vote = _pointed(votes, by_role["source"], cue, NEW_SOURCE)
            if source and source not in by_role["source"]:
                source = _widened(words, source, taken)
            evidence_of_tie = (float(certainty(cue).mean()), vote)
        for pieces in _apart(words, members):
            odds = np.concatenate([certainty(span) for span, _ in pieces])
            inside = np.concatenate([_quoted(words, span) for span, _ in pieces])
            evidence = (float(odds.mean()), float(odds.min()), min(vote for _, vote in pieces), *evidence_of_tie,
                        float(inside.mean()), float(inside.any()), float(np.log(len(inside))))
            content = tuple(_stretch(words, span) for span, _ in pieces)
            has_cue = cue[0] >= 0
            tagged.append((Tagged(content, _stretch(words, cue) if has_cue else None,
                                  _stretch(words, source) if source else None, 0.0), evidence))
    return sorted(tagged, key=lambda pair: pair[0].content)


def _odds(votes):
    """Turn scores into logarithms of chances, row by row."""
    votes = votes - votes.max(1, keepdims=True)
    return votes - np.log(np.exp(votes).sum(1, keepdims=True))


def _apart(words, members):
    """Part the contents of one cue into statements: pieces of one statement stand close and are quoted alike."""
    groups = []
    for span, vote in members:
        if groups and _belongs(words, groups[-1][-1][0], span):
            groups[-1].append((span, vote))
        else:
            groups.append([(span, vote)])
    return groups


def _belongs(words, before, after):
    quoted = [_quoted(words, span) for span in (before, after)]
    if words.breaks[before[1] : after[0] + 1].any():
        # A quotation that runs over a line end leaves its mark open there.
        return bool(quoted[0][-1] and words.shapes[words.first[before[1] - 1]] % 5 == 1)
    return words.start[after[0]] - words.end[before[1] - 1] <= GAP and not (
        (quoted[0].all() and not quoted[1].any()) or (quoted[1].all() and not quoted[0].any())
    )


def _quoted(words, span):
    return words.shapes[words.first[span[0] : span[1]]] % 5 > 0


def _pointed(votes, spans, of, enough):
    """Find the span that the votes point at: one that was tagged, a word that was not but has `enough`, or none."""
    odds = [votes[0], *(votes[start + 1] for start, _ in spans)]
    choice = int(np.argmax(odds))
    best = int(votes.argmax())
    if best and votes[best] > enough and not any(a <= best - 1 < b for a, b in [*spans, of]):
        return (best - 1, best), float(votes[best])
    return (spans[choice - 1] if choice else None), float(odds[choice])


def _widened(words, span, taken):
    """Let a source that was only pointed at run on to the next tagged word, mark or line end."""
    start, end = span
    while end < len(words.first) and end - start < 8 and end not in taken and not words.breaks[end] \
            and words.shapes[words.first[end]] % 25 // 5 != PUNCTUATION:
        end += 1
    return start, end


def _stretch(words, span):
    return int(words.start[span[0]]), int(words.end[span[1] - 1])
