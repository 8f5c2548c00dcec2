"""Tell what a text says is not so."""

import re
from functools import lru_cache

from helpers.link.stems import stem
from helpers.link.wording import terms

# Words that cannot both be true of one thing at one time. A line is one scale; its two sides are opposites.
_OPPOSITES = """
rise increase grow gain climb raise up higher dearer | fall decrease decline drop lose cut reduce down lower shrink sink
open reopen lift | shut close block seal
accept approve agree back support endorse welcome favour favor | reject refuse oppose decline veto disapprove dismiss
begin start launch continue resume proceed | stop end halt pause cease suspend cancel postpone delay abandon
confirm admit acknowledge concede | deny dispute disown
win victory succeed success | lose loss fail failure defeat
allow permit let legal lawful | ban bar forbid prohibit prevent illegal unlawful
alive live survive born | dead die kill death
true fact real genuine | false fiction fake invented lie untrue
stay remain keep retain | leave quit resign go withdraw depart
hire appoint elect | fire sack dismiss oust relieve
guilty convict | innocent acquit clear
safe secure | dangerous unsafe
love like | hate dislike
give pay send | take receive withhold
buy purchase | sell
public open | secret confidential private
present attend come | absent boycott avoid
improve better strengthen | worsen worse weaken
early ahead | late behind delayed
peace truce ceasefire | war attack
first | last
majority | minority
full | empty
many all everything everyone | none nothing nobody few
easy easily | difficult hard
before | after
""".strip().splitlines()
_NEGATOR = re.compile(
    r"no|not|never|neither|nor|nobody|none|nothing|nowhere|without|cannot|hardly|barely|denie[sd]|deny|refus\w+|reject\w*|"
    r"fail(?:s|ed)|lack\w*|[^\W\d_]+n't",
    re.I,
)
_NOTHING = re.compile(r"nothing|nobody|none|nowhere", re.I)  # which say of the word before them, too, that it is not so
_UN = re.compile(r"un(?!less|der|til|i[oqtv]|cle)\w{4,}", re.I)
# Of these a text says that there are none, and means what follows: no evidence that the boat had crossed.
_EMPTY = frozenset(map(stem, "evidence proof sign indication trace suggestion question doubt reason way such".split()))
REACH = 4  # content words after a negation that it may be about


@lru_cache(maxsize=200_000)
def denied(text: str) -> tuple[tuple[str, ...], ...]:
    """Give, for each negation of a text, the terms that it is about: the first REACH after it, within its clause.

    What is done to nothing or nobody is not done: "conceded nothing".
    """
    found: list[list[str]] = []
    left = 0
    before: tuple[str, ...] = ()
    for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[,;:.?!—–…]", text.replace("’", "'")):
        if not word[0].isalnum():
            left = 0
            before = ()
        elif _NEGATOR.fullmatch(word):
            left = REACH
            found.append(list(before) if _NOTHING.fullmatch(word) else [])
        elif left and (term := terms(word)) and not (set(term) <= _EMPTY and not found[-1]):
            found[-1] += term
            left -= 1
        before = terms(word) or before
        if _UN.match(word):
            found.append([stem(word[2:])])
            left = 0
    return tuple(tuple(run) for run in found if run)


def opposites(one: str, other: str) -> frozenset[str]:
    """Give the stems of each of two texts whose opposite the other has, and has not itself."""
    first, second = _sides(one), _sides(other)
    return frozenset(
        word
        for (line, side), words in first.items()
        if (line, 1 - side) in second and (line, side) not in second and (line, 1 - side) not in first
        for word in words | second[line, 1 - side]
    )


@lru_cache(maxsize=200_000)
def _sides(text: str) -> dict[tuple[int, int], frozenset[str]]:
    found: dict[tuple[int, int], set[str]] = {}
    for word in terms(text):
        for place in _SCALE.get(word, ()):
            found.setdefault(place, set()).add(word)
    return {place: frozenset(words) for place, words in found.items()}


def _scales() -> dict[str, set[tuple[int, int]]]:
    sides: dict[str, set[tuple[int, int]]] = {}
    for line, scale in enumerate(_OPPOSITES):
        for side, listed in enumerate(scale.split("|")):
            for word in listed.split():
                sides.setdefault(stem(word), set()).add((line, side))
    return sides


_SCALE = _scales()
