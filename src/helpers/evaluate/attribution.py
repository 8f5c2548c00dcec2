"""Measure found statements against attributions that people annotated.

The measures count word tokens and match statements one to one by the overlap of their content:

detect    content Jaccard of at least one half
exact     and the same words of content
full      and the source agrees: a shared word that carries meaning, or none on both sides
direct, mixed, indirect   detect by form, which follows from the quotation marks around the content

They follow Pareti (2015) and Newell et al. (2018, PolNeAR); tokens leave out punctuation, so that
a mark inside or outside the span is no error.
"""

import json
import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from helpers.annotate import quotes
from helpers.evaluate import brat

FORMS = ("direct", "mixed", "indirect")
MEASURES = ("detect", "exact", "full", *FORMS)

# Published or computed with the same measures: the newsroom system, the BBC's extractor given the gold cues, and one
# annotator scored against another on the texts that several annotated.
PEERS = {
    "Gender Gap Tracker": {"detect": 0.51, "exact": 0.35, "full": 0.44},
    "BBC Citron, cues given": {"detect": 0.58, "exact": 0.40, "full": 0.51},
    "one person against another": {"detect": 0.795, "exact": 0.691, "full": 0.753},
}

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_EMPTY_WORDS = frozenset(
    """a an the this that these those of in on at for to from by with about as into over under and or but nor
    who whom whose which what where when while if than then so not no s is are was were be been being am has have had
    do does did will would can could may might must shall should also said says say mr mrs ms dr""".split()
)


def score(folder: str | Path, predict: Callable[[str], Iterable], resamples: int = 0) -> pd.DataFrame:
    """Score `predict` on a corpus of annotated texts.

    Needs a brat corpus (see `brat.load`) and a function from a text to statements with `content`, `cue` and
    `source` as spans. Gives one row a measure: `measure`, `precision`, `recall`, `f1`, `right`, `gold`, `found`,
    and `low`, `high` (95 % interval of F1 over resampled articles) if `resamples` is not 0.
    """
    counts = []
    for article in brat.load(folder):
        counts.append(count(article.text, article.gold, list(predict(article.text))))
    return table(counts, resamples)


def count(text: str, gold: Sequence, found: Sequence) -> Counter:
    """Count, for each measure, the right, gold and found statements of one text."""
    reader = _reader(text)
    golds, guesses = [reader(one) for one in gold], [reader(one) for one in found]
    guesses = [guess for guess in guesses if guess["content"]]
    matches = match(golds, guesses)
    right = {name: set() for name in ("detect", "exact", "full")}
    for i, j in matches:
        right["detect"].add((i, j))
        if golds[i]["content"] == guesses[j]["content"]:
            right["exact"].add((i, j))
        if _same_source(golds[i], guesses[j]):
            right["full"].add((i, j))
    counts: Counter = Counter()
    for name, pairs in right.items():
        counts[name, "gold"], counts[name, "found"] = len(golds), len(guesses)
        counts[name, "right"] = counts[name, "right found"] = len(pairs)
    for form in FORMS:
        counts[form, "gold"] = sum(one["form"] == form for one in golds)
        counts[form, "found"] = sum(one["form"] == form for one in guesses)
        # Form follows from the span, so a match may pair two forms: recall asks the gold's, precision the guess's.
        counts[form, "right"] = sum(golds[i]["form"] == form for i, _ in matches)
        counts[form, "right found"] = sum(guesses[j]["form"] == form for _, j in matches)
    return counts


def match(golds: Sequence[dict], guesses: Sequence[dict]) -> list[tuple[int, int]]:
    """Pair gold with found statements, greatest overlap of content first, each at most once."""
    candidates = []
    for i, gold in enumerate(golds):
        for j, guess in enumerate(guesses):
            shared, both = len(gold["content"] & guess["content"]), len(gold["content"] | guess["content"])
            if shared and 2 * shared >= both:
                candidates.append((-shared / both, -len(gold["source"] & guess["source"]), i, j))
    taken, pairs = (set(), set()), []
    for _, _, i, j in sorted(candidates):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs


def table(counts: Sequence[Counter], resamples: int = 0) -> pd.DataFrame:
    """Turn the counts of the articles into precision, recall and F1 (see `score`)."""
    whole = sum(counts, Counter())
    rows = [{"measure": name, **_rates(whole, name)} for name in MEASURES]
    if resamples:
        draw = random.Random(1)
        samples = [sum(draw.choices(counts, k=len(counts)), Counter()) for _ in range(resamples)]
        for row in rows:
            f1 = sorted(_rates(sample, row["measure"])["f1"] for sample in samples)
            row["low"], row["high"] = f1[int(0.025 * resamples)], f1[min(resamples - 1, int(0.975 * resamples))]
    return pd.DataFrame(rows)


def reliability(outcomes: Iterable[tuple[float, bool]], bins: int = 10) -> pd.DataFrame:
    """Compare confidence with how often it was right, in bins of equal width.

    Gives `low`, `high`, `statements`, `confidence` (mean) and `right` (share) for each bin that holds any.
    """
    frame = pd.DataFrame(list(outcomes), columns=["confidence", "right"])
    bin_of = (frame["confidence"] * bins).clip(0, bins - 1).astype(int).rename("bin")
    grouped = (
        frame.astype(float)
        .groupby(bin_of)
        .agg(statements=("right", "size"), confidence=("confidence", "mean"), right=("right", "mean"))
        .reset_index()
    )
    edges = pd.DataFrame({"low": grouped["bin"] / bins, "high": (grouped["bin"] + 1) / bins})
    return pd.concat([edges, grouped.drop(columns="bin")], axis=1)


def calibration_error(bins: pd.DataFrame) -> float:
    """Give the expected calibration error of a reliability table (Naeini et al. 2015)."""
    gap = (bins["confidence"] - bins["right"]).abs()
    return float((gap * bins["statements"]).sum() / max(1, bins["statements"].sum()))


def outcomes(corpus: Iterable[brat.Annotated], found: dict[str, list]) -> list[tuple[float, bool]]:
    """Give the confidence of each statement found in the texts of a corpus, and whether its content is a gold one's."""
    pairs = []
    for article in corpus:
        right = matched(article.text, article.gold, found[article.name])
        pairs += [(one.confidence, at in right) for at, one in enumerate(found[article.name])]
    return pairs


def matched(text: str, gold: Sequence, found: Sequence) -> set[int]:
    """Give the places of the found statements whose content matches a gold one."""
    reader = _reader(text)
    return {j for _, j in match([reader(one) for one in gold], [reader(one) for one in found])}


def _reader(text):
    words = [m.span() for m in _WORD.finditer(text)]
    ends = [end for _, end in words]
    meaning = {start for start, end in words if _plain(text[start:end]) not in _EMPTY_WORDS}
    inside = quotes.mask(text)

    def covered(spans):
        found = set()
        for start, end in spans or ():
            for low, high in islice(words, bisect_right(ends, start), None):
                if low >= end:
                    break
                if 2 * (min(high, end) - max(low, start)) >= high - low:
                    found.add(low)
        # A cue may be a lone colon: with no word in it, a span is its characters.
        characters = (at for start, end in spans or () for at in range(start, min(end, len(text))))
        return frozenset(found or (at for at in characters if not text[at].isspace()))

    def read(statement):
        content = covered(statement.content)
        quoted = sum(inside[at] for at in content)
        form = "indirect" if not quoted else "direct" if quoted == len(content) else "mixed"
        source = covered(statement.source)
        return {"content": content, "source": source, "strong": source & meaning, "form": form}

    return read


def _plain(word):
    return word.lower().replace("’", "'").split("'")[0]


def _same_source(gold, guess):
    if not gold["source"] or not guess["source"]:
        return not gold["source"] and not guess["source"]
    return bool(guess["source"] & (gold["strong"] or gold["source"]))


def _rates(counts, name):
    gold, found = counts[name, "gold"], counts[name, "found"]
    precision = counts[name, "right found"] / found if found else 0.0
    recall = counts[name, "right"] / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "right": counts[name, "right"],
        "gold": gold,
        "found": found,
    }


def report(folder: str | Path) -> str:
    """Give the printed tables of our own extractor on a brat corpus: F1 with 95 % intervals, peers, confidence."""
    from helpers.annotate import statements

    corpus = brat.load(folder)
    found = {one.name: statements.find(one.text) for one in corpus}
    outer = {name: [one for one in many if one.within is None] for name, many in found.items()}
    counts, without = ([count(one.text, one.gold, many[one.name]) for one in corpus] for many in (found, outer))
    bins = reliability(outcomes(corpus, found))
    nested = sum(map(len, found.values())) - sum(map(len, outer.values()))
    return "\n\n".join(
        (
            _printed(table(counts, resamples=200)),
            f"Without the {nested} statements within statements, which a corpus with one label a word cannot mark:\n"
            + _printed(table(without)),
            "F1 beside that of others, on PolNeAR:\n"
            + _printed(peers(table(counts).set_index("measure")["f1"].to_dict())),
            f"Confidence against the share that was right; expected calibration error {calibration_error(bins):.4f}:\n"
            + _printed(bins),
        )
    )


def peers(ours: dict[str, float]) -> pd.DataFrame:
    """Put our figures (measure: F1) beside those of others: a row each, with `of` and the measures as columns."""
    rows = [{"of": "On the Record", **ours}, *({"of": name, **figures} for name, figures in PEERS.items())]
    return pd.DataFrame(rows, columns=["of", *MEASURES])


def card() -> dict:
    """Give what the model's card holds for programs: `figures`, `reliability` (rows), `error`, `train`, `dev`."""
    from helpers.annotate import tagger

    return json.loads((tagger.MODEL / "card.json").read_text(encoding="utf-8"))


def measured() -> pd.DataFrame:
    """Give the figures of the model's card beside those of others, as `peers` does."""
    return peers(card()["figures"])


def reliable() -> pd.DataFrame:
    """Give the reliability table of the model's card, as `reliability` does."""
    return pd.DataFrame(card()["reliability"])


def _printed(frame: pd.DataFrame) -> str:
    return frame.to_string(index=False, float_format="{:.3f}".format, na_rep="")
