"""Part an article from the page it came on: its headline, and the lines that are no journalism.

A line goes for what it says (`lines`), for where it stands, or because it stands in article after article of one
outlet. Where that is in doubt the line stays: boilerplate that is kept is a blemish, news that is taken out a loss.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from rapidfuzz import fuzz

from helpers.read.clean import lines as of
from helpers.read.clean.lines import key
from helpers.read.versions import headline

LEAST_ARTICLES, LEAST_SHARE = 3, 0.3
# A sentence that returns may be the background of a running story: it takes more to call it boilerplate.
LEAST_WITH_SENTENCE, LEAST_SHARE_WITH_SENTENCE = 5, 0.6

_EDGE = 3  # lines at either end of an article, where outlets put what they put around every article
_LONG = 60  # letters from which a line tells one article from another
_HEAD = 12  # lines in which a headline is looked for
_LETTERS, _NUMBER = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")
_COUNTING = 4  # words beside its numbers from which a line is the same with other numbers
_ALIKE = 92  # of 100: a title and its print on the page may differ by a word's spelling or a mark

Sketch = tuple[int, ...]
Taken = dict[int, tuple[str, str]]  # the number of a line, from 0: kind and reason


@dataclass(frozen=True)
class Piece:
    """What was taken out of a text: lines that follow each other and go for one reason."""

    line: int  # of the text as it was given, counted from 1
    kind: str  # boilerplate, headline
    text: str
    reason: str


def clean(
    text: str, title: str | None = None, repeated: frozenset[int] = frozenset(), outlet: str | None = None
) -> tuple[str, str | None, list[Piece]]:
    """Take the headline and the boilerplate out of a text.

    Needs the text with newlines as \\n, and the title, the hashes of the lines that the outlet repeats and the outlet
    where those are known. Gives the text that is left (its lines in order and unchanged but for space at
    their ends, with at most one empty line between two), the title, and the pieces taken out. Every line that holds
    anything is either kept or in a piece.
    """
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines) if line.strip()]
    taken: Taken = {}

    def left(place: Iterable[int]) -> list[int]:
        return [at for at in place if at not in taken]

    printed = _printed(lines, filled, title) if title else []
    taken |= dict.fromkeys(printed, _HEADLINE)
    taken |= _everywhere(lines, left(filled), repeated)
    taken |= _teasers(lines, left(filled))
    lead = next((at for at in left(filled) if of.is_sentence(lines[at], 8)), None)
    if lead is not None:
        taken |= _edges(lines, left(at for at in filled if at < lead))
        mastheads = [at for at in left(filled) if at < lead and of.masthead(lines[at], outlet or "")]
        taken |= dict.fromkeys(mastheads, ("boilerplate", "the outlet's masthead"))
        if not title:
            printed = _shaped(lines, left(at for at in filled[:_HEAD] if at < lead))
            title = of.plain(lines[printed[0]]) if printed else None
            taken |= dict.fromkeys(printed, _HEADLINE)
        above = left(at for at in filled if printed and at < min(printed[0], lead))
        taken |= dict.fromkeys(above, ("boilerplate", "stands above the headline"))
        taken |= _appeal(lines, left(at for at in filled if at > lead))
        taken |= _below(lines, left(at for at in filled if at > lead), outlet or "")

    kept = "\n".join("" if at in taken else line.rstrip() for at, line in enumerate(lines))
    return re.sub(r"\n{3,}", "\n\n", kept).strip(), title, _pieces(lines, filled, taken)


def sketch(text: str) -> Sketch:
    """Reduce a text to what `repeated` needs to know of it: for each line, a hash of its words and two marks.

    The hash times four, plus 2 where the line is a sentence and 1 where it is long; a line without words is 0.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return tuple(_hash(line) * 4 + 2 * of.is_sentence(line, 6) + (len(line) >= _LONG) for line in lines)


def repeated(lines: np.ndarray, sizes: np.ndarray) -> frozenset[int]:
    """Find the lines that one outlet puts into article after article.

    Needs the sketches of the outlet's texts, one after another, and the size of each; gives the hashes of the lines. A
    line counts when at least three articles and three in ten have it; a sentence needs five and six in ten, at the
    beginning or the end of each. Versions of one article count once: what they share is the article.
    """
    names, line, counts = np.unique(lines >> 2, return_inverse=True, return_counts=True)
    if counts.max(initial=0) < LEAST_ARTICLES:
        return frozenset()
    owner = np.repeat(np.arange(len(sizes)), sizes)
    kept = _once(line, owner, (lines & 1) > 0, len(sizes))
    place = np.arange(len(lines)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    edge = (place < _EDGE) | (place >= sizes[owner] - _EDGE)
    anywhere, at_edge = (_holders(line[some], owner[some], len(names)) for some in (kept[owner], kept[owner] & edge))
    sentence = np.zeros(len(names), bool)
    sentence[line[kept[owner] & ((lines & 2) > 0)]] = True
    enough = max(LEAST_ARTICLES, LEAST_SHARE * kept.sum())
    enough_with_sentence = max(LEAST_WITH_SENTENCE, LEAST_SHARE_WITH_SENTENCE * kept.sum())
    found = np.where(sentence, at_edge >= enough_with_sentence, anywhere >= enough)
    return frozenset(names[found].tolist()) - {0}


def _holders(line: np.ndarray, owner: np.ndarray, lines: int) -> np.ndarray:
    """Count the articles that have each line."""
    return np.bincount(np.unique(owner * lines + line) % lines, minlength=lines)


_HEADLINE = ("headline", "the headline, kept as the title")
_APPEAL = ("boilerplate", "an appeal to the reader")
_TEASER = ("boilerplate", "a teaser for another article")


def _printed(lines: list[str], filled: list[int], title: str) -> list[int]:
    """Find the line near the top, or the two or three, that print the title."""
    wanted = {key(title), headline(title) or key(title)}
    for first in range(min(_HEAD, len(filled))):
        for size in (1, 2, 3):
            run = filled[first : first + size]
            printed = key(" ".join(lines[at] for at in run))
            if printed and any(
                printed == one or (len(one) > 20 and fuzz.ratio(printed, one) >= _ALIKE) for one in wanted
            ):
                return run
    return []


def _shaped(lines: list[str], head: Sequence[int]) -> list[int]:
    """Choose the headline among the lines above the first paragraph: the first of five words, else the last."""
    shaped = [at for at in head if of.is_headline(lines[at])]
    long = [at for at in shaped if of.count(lines[at]) >= 5]
    return long[:1] or shaped[-1:]


def _everywhere(lines: list[str], place: Sequence[int], repeated: frozenset[int]) -> Taken:
    found = {at: ("boilerplate", reason) for at in place if (reason := of.boilerplate(lines[at]))}
    often = [at for at in place if repeated and _hash(lines[at]) in repeated]
    return dict.fromkeys(often, ("boilerplate", "stands in many articles of this outlet")) | found


def _teasers(lines: list[str], place: Sequence[int]) -> Taken:
    """Take a label such as "Related" with the headlines that stand under it."""
    found, listing = [], False
    for at in place:
        under = listing and of.is_headline(lines[at]) and not of.is_sentence(lines[at], 1)
        listing = of.is_teaser_label(lines[at]) or under
        if listing:
            found.append(at)
    return dict.fromkeys(found, _TEASER)


def _edges(lines: list[str], place: Sequence[int]) -> Taken:
    found = {at: ("boilerplate", reason) for at in place if (reason := of.edge(lines[at]))}
    postal = of.address({at: lines[at] for at in place})
    return found | dict.fromkeys(postal, ("boilerplate", "a postal address"))


def _appeal(lines: list[str], after: Sequence[int]) -> Taken:
    """Find where an outlet turns from its story to its readers, up to the end of what it tells them.

    Such a stretch opens with a line like "A message from …" or "Dear readers", asks for something, uses the words
    of the press and says "you" and "we" outside quotation marks: a speech in a news story does not do all four.
    """
    for number, at in enumerate(after):
        if not of.opens_appeal(lines[at]):
            continue
        rest = list(after[number + 1 :])
        prose = [n for n in rest if of.count(lines[n]) >= 6]
        other = [n for n in prose if not of.speaks_to_reader(lines[n])]
        if 2 * len(other) > len(prose):  # the story goes on behind it
            rest = [n for n in rest if n < other[0]]
        stretch = [at, *rest]
        if any(of.asks(lines[n]) for n in rest) and any(of.is_of_the_press(lines[n]) for n in stretch):
            return dict.fromkeys(stretch, _APPEAL)
    return {}


def _below(lines: list[str], after: Sequence[int], outlet: str) -> Taken:
    """Take what stands below the last paragraph, from the end upwards."""
    found: Taken = {}
    edges = _edges(lines, after)
    for at in reversed(after):
        if at in edges:
            found[at] = edges[at]
        elif of.is_teaser(lines[at]):
            found[at] = _TEASER
        elif of.imprint(lines[at], outlet):
            found[at] = ("boilerplate", "the outlet's imprint")
        elif of.asks(lines[at]) and not of.is_reported(lines[at]):
            found[at] = _APPEAL
        else:
            break
    return found


def _pieces(lines: list[str], filled: list[int], taken: Taken) -> list[Piece]:
    blocks: list[list[int]] = []
    for before, at in zip([None, *filled], filled, strict=False):
        if at in taken and blocks and blocks[-1][-1] == before and taken[before] == taken[at]:
            blocks[-1].append(at)
        elif at in taken:
            blocks.append([at])
    pieces = []
    for block in blocks:
        kind, reason = taken[block[0]]
        pieces.append(Piece(block[0] + 1, kind, "\n".join(lines[at].strip() for at in block), reason))
    return pieces


def _once(line: np.ndarray, owner: np.ndarray, long: np.ndarray, articles: int) -> np.ndarray:
    """Tell which articles to keep, one of the versions of each: those that share half of their longer lines."""
    lines = int(line.max(initial=0)) + 1
    pairs = np.unique(owner[long] * lines + line[long])
    owner, line = pairs // lines, pairs % lines
    own = np.bincount(owner, minlength=articles)
    common = np.bincount(line, minlength=lines)[line] > 1  # of most articles, no other has a line
    kept = np.ones(articles, bool)
    seen: dict[int, list[int]] = {}
    for number, its in groupby(zip(owner[common].tolist(), line[common].tolist(), strict=True), itemgetter(0)):
        its = [one for _, one in its]
        shared = Counter(other for one in its for other in seen.get(one, ()))
        if shared and 2 * max(shared.values()) >= own[number]:
            kept[number] = False
            continue
        for one in its:
            seen.setdefault(one, []).append(number)
    return kept


def _hash(line: str) -> int:
    words = key(line)
    short = len(line.strip()) < _LONG  # a longer line with other numbers may be other news
    if short and len(_LETTERS.findall(words)) >= _COUNTING:  # "2 of 3 free articles" is "3 of 3 free articles"
        words = _NUMBER.sub("0", words)
    words = words.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(words, digest_size=7).digest()) if words else 0
