"""Tell what statements are about: the matters that the journalist lists in story.toml, and those found in the story."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from helpers.link import wording
from helpers.link.stems import stem
from helpers.story import Story, digest

_WORD = re.compile(r"\w+")
_FIRST = re.compile(r"(?P<word>\w+)(?![\w*])")
MOST = 12  # matters found in a story
FEWEST = 5  # statements that make a matter
READ = 5_000  # statements that are read to find matters; a matter stands in any sample of them
NEIGHBOUR = 0.6  # of the statements with a word that stand in a matter, from which the word is a term of it
SAYING = 0.5  # of the words of two contents, that they share, beyond which they may be one saying
NOUN = 0.4  # of the times a word is used, in which it stands where nouns do, from which it may name a matter
PHRASE = 1.5  # weight of a statement for a phrase of two words, which names a matter better than one word
# Words behind which a noun stands.
_BEFORE = frozenset(
    "the a an this that these those its his her their our your my no any every each some of on in at by with about "
    "over for from against".split()
)
# Words for when, who, how much and what was said: no matter of their own.
_GENERAL = frozenset(
    stem(word)
    for word in (
        "year month week day morning evening night hour minute time today tomorrow yesterday weekend spring "
        "summer autumn winter monday tuesday wednesday thursday friday saturday sunday january february march "
        "april may june july august september october november december people man men woman women family "
        "child friend minister president government country state nation party leader chief head office "
        "official spokesman spokeswoman spokesperson ministry department parliament thing way part side end "
        "point place case fact reason question answer word statement remark report account story number "
        "figure percent per cent half third lot kind sort course matter issue problem idea date decision first last "
        "next like anyone someone everyone other same new old good bad great big small own right wrong"
    ).split()
)


def find(story: Story, contents: Iterable[str], names: Iterable[str]) -> pd.DataFrame:
    """Give the `matters` table of a story: those of story.toml in its order, then those found, the largest first.

    Needs the contents of the statements, and the names of the story's people and organisations, which are no matters.
    Only statements that no matter of story.toml claims are read, so a matter there takes the place of one found.
    """
    rows = [{"name": name, "terms": terms} for name, terms in story.matters.items()]
    table = pd.DataFrame([_row(**row) for row in rows], columns=["matter_id", "name", "terms"])
    listed = Subjects(table)
    distinct = sorted(set(contents))
    step = -(-len(distinct) // READ) or 1
    rest = [content for content in distinct[::step] if listed.about(content) is None]
    taken = {name.lower() for name in story.matters}
    found = [row for row in _found(rest, names) if row["name"] not in taken]
    return pd.DataFrame([*(_row(**row) for row in rows), *(_row(**row) for row in found)], columns=table.columns)


class Subjects:
    """The matters that have terms, in the table's order, and the words that their terms begin with."""

    def __init__(self, matters: pd.DataFrame) -> None:
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        self._firsts: dict[str, set[int]] = defaultdict(set)
        self._always: set[int] = set()  # those with a term that does not begin with a whole word: "negotiat*", "€5"
        for row in matters.itertuples():
            if len(row.terms):
                for term in row.terms:
                    first = _FIRST.match(term)
                    where = self._firsts[first["word"].lower()] if first else self._always
                    where.add(len(self._patterns))
                self._patterns.append((row.matter_id, _pattern(tuple(row.terms))))

    def about(self, words: str) -> str | None:
        """Give the id of the matter with the most terms among the words, the first listed on a tie; None without any.

        A term is one or more whole words; `*` at its end stands for any ending ("negotiat*").
        """
        best, most = None, 0
        told = set(_WORD.findall(words.lower())) & self._firsts.keys()
        for place in sorted(self._always.union(*(self._firsts[word] for word in told))):
            matter_id, pattern = self._patterns[place]
            found = len(pattern.findall(words))
            if found > most:
                best, most = matter_id, found
        return best


def _row(name: str, terms: list[str]) -> dict:
    return {"matter_id": digest("matter", name), "name": name, "terms": terms}


def _found(contents: list[str], names: Iterable[str]) -> list[dict]:
    """Find matters: the noun or pair of words that most statements share, then the one that most of the rest share.

    Each takes the words that hardly stand elsewhere as its further terms.
    """
    no_matters = _GENERAL.union(term for name in names for term in wording.terms(name))
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    nouns: Counter[tuple[str, ...]] = Counter()
    for place, content in enumerate(contents):
        for phrase, surface, noun in _phrases(content):
            if no_matters.isdisjoint(phrase):
                holders[phrase].add(place)
                forms[phrase][surface] += 1
                nouns[phrase] += noun
    kept = {
        phrase: places
        for phrase, places in sorted(holders.items())
        if len(places) >= FEWEST and NOUN * forms[phrase].total() <= nouns[phrase]
    }
    single = {phrase: places for phrase, places in holders.items() if len(phrase) == 1 and len(places) >= FEWEST}
    matters, covered = [], set()
    while kept and len(matters) < MOST:
        worth = {phrase: len(places - covered) * (PHRASE if len(phrase) > 1 else 1) for phrase, places in kept.items()}
        best = min(kept, key=lambda phrase: (-worth[phrase], phrase))
        inside = kept.pop(best)
        name = min(forms[best], key=lambda form: (-forms[best][form], form))
        if name.endswith("ed"):
            continue
        if len(inside - covered) < FEWEST:
            break
        if not _apart([contents[place] for place in sorted(inside)], best):
            continue
        near = [other for other in single if len(single[other] & inside) >= NEIGHBOUR * len(single[other])]
        shown = [best, *sorted(other for other in near if other != best)]
        terms = [form for phrase in shown for form in sorted(forms[phrase])]
        matters.append({"name": name, "terms": terms})
        covered |= inside
        for other in near:
            covered |= single[other]
    return matters


def _apart(contents: list[str], phrase: tuple[str, ...]) -> bool:
    """Tell whether a phrase stands in FEWEST contents that say different things: one saying makes no matter."""
    kept: list[frozenset[str]] = []
    for content in contents:
        terms = frozenset(wording.terms(content)) - set(phrase)
        if terms and all(len(terms & other) <= SAYING * min(len(terms), len(other)) for other in kept):
            kept.append(terms)
            if len(kept) == FEWEST:
                return True
    return False


def _phrases(content: str) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """Give each content word, and each two that stand together: the stems, as written, and whether it may be a noun.

    A noun stands behind an article, a preposition or a word that describes it, and no content word follows it.
    """
    words = wording.words(content)
    telling = [word.isalpha() and word not in wording.STOP and len(word) > 2 for word in words] + [False]
    for place, word in enumerate(words):
        if telling[place]:
            before = place > 0 and (words[place - 1] in _BEFORE or telling[place - 1])
            yield (stem(word),), word, before and not telling[place + 1]
        if telling[place] and telling[place + 1]:
            yield (
                (stem(word), stem(words[place + 1])),
                f"{word} {words[place + 1]}",
                not telling[min(place + 2, len(words))],
            )


def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    wanted = (re.escape(term).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for term in terms)
    return re.compile(r"\b(?:" + "|".join(wanted) + r")\b", re.IGNORECASE)
