"""Tie the tagged spans of a window together: contents to the cue that introduces them, cues to their source."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.annotate.tagger.paths import ROLES
from helpers.annotate.tagger.words import PUNCTUATION, Words

EVIDENCE = 8  # figures that the confidence rests on
LINK = 64  # numbers in each of the four vectors that tie spans: content, its cue; cue, its source
GAP = 250  # code points between two pieces of a statement
NEW_CUE, NEW_SOURCE = -1.5, -0.9  # log odds at which a word that a tie points at counts although it was not tagged


@dataclass(frozen=True)
class Tagged:
    """What the network found about one statement, spans in code points."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    confidence: float


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
            evidence = (
                float(odds.mean()),
                float(odds.min()),
                min(vote for _, vote in pieces),
                *evidence_of_tie,
                float(inside.mean()),
                float(inside.any()),
                float(np.log(len(inside))),
            )
            content = tuple(_stretch(words, span) for span, _ in pieces)
            has_cue = cue[0] >= 0
            tagged.append(
                (
                    Tagged(
                        content,
                        _stretch(words, cue) if has_cue else None,
                        _stretch(words, source) if source else None,
                        0.0,
                    ),
                    evidence,
                )
            )
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
    while (
        end < len(words.first)
        and end - start < 8
        and end not in taken
        and not words.breaks[end]
        and words.shapes[words.first[end]] % 25 // 5 != PUNCTUATION
    ):
        end += 1
    return start, end


def _stretch(words, span):
    return int(words.start[span[0]]), int(words.end[span[1] - 1])
