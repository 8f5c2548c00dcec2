"""Tell what a text says is not so."""

import re
from functools import lru_cache

from helpers.annotate.statements import acts
from helpers.link.stems import stem
from helpers.link.wording import terms

_NEGATOR = re.compile(
    r"no|not|never|neither|nor|nobody|none|nothing|nowhere|without|cannot|hardly|barely|denie[sd]|deny|refus\w+|reject\w*|"
    r"fail(?:s|ed)|lack\w*|[^\W\d_]+n't",
    re.I,
)
_NOTHING = re.compile(r"nothing|nobody|none|nowhere", re.I)  # which say of the word before them, too, that it is not so
_UN = re.compile(r"un(?!less|der|til|i[oqtv]|cle)\w{4,}", re.I)
# Of these a text says that there are none, and means what follows: no evidence that the boat had crossed.
_EMPTY = frozenset(map(stem, "evidence proof sign indication trace suggestion question doubt reason way such".split()))
# Words that only colour a negation; what is not so is what stands beside them: not yet open, nobody else, no longer.
_ASIDE = frozenset(map(stem, "already anybody anyone anything else ever longer next really simply yet".split()))
_JOINS = re.compile(r"and|as|because|but|if|or|since|so|than|that|though|unless|until|when|where|which|while|who", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[,;:.?!—–…]")
_ANY = re.compile(rf"(?<![^\W\d_])(?:(?:{_NEGATOR.pattern})(?![^\W\d_])|{_UN.pattern})", re.I)
REACH = 4  # content words after a negation that it may be about


@lru_cache(maxsize=10_000)
def denied(text: str) -> tuple[tuple[str, ...], ...]:
    """Give, for each negation of a text, the terms that it is about: the first REACH after it, within its clause.

    What is done to nothing or nobody is not done: "conceded nothing".
    """
    text = acts.affirmed(text).replace("’", "'")
    if not _ANY.search(text):  # most texts
        return ()
    found: list[list[str]] = []
    left = 0
    before: tuple[str, ...] = ()
    for word in _WORD.findall(text):
        if not word[0].isalnum():
            left = 0
            before = ()
        elif _NEGATOR.fullmatch(word):
            left = REACH
            found.append(list(before) if _NOTHING.fullmatch(word) else [])
        elif left and (term := terms(word)) and not (set(term) <= _ASIDE or (set(term) <= _EMPTY and not found[-1])):
            found[-1] += term
            left -= 1
        before = () if _JOINS.fullmatch(word) else terms(word) or before
        if _UN.match(word):
            found.append([stem(word[2:])])
            left = 0
    return tuple(tuple(run) for run in found if run)
