"""Tell whom a ministry, an office or a capital speaks for.

The policy is the story's own: an alias of a government in actors.csv ("the Granary", "the interior ministry") speaks
for that government. Beyond it only what the words themselves say is read: "Tolm's energy ministry" and "the Tolmian
foreign ministry" speak for Tolm, and so does "the energy ministry" where only Tolm's energy minister is ever told of;
"the commission" is the one commission that the article, or else the story, names.
"""

import re
from collections import defaultdict

import pandas as pd

from helpers.annotate import roles
from helpers.link.people.holders import PORTFOLIOS, Words, alike
from helpers.link.people.owners import Owners

# Parts of a government; other bodies speak for themselves.
STATE = re.compile(
    r"\b(?:ministry|ministries|government|cabinet|embassy|presidency|administration|side)\s*$", re.IGNORECASE
)
MINISTRY = re.compile(r"(?:the\s)?(?:[\w-]+\s){0,3}ministry\b", re.IGNORECASE)
HIS = re.compile(r"(?:his|her|their|my|our)\s", re.IGNORECASE)


def settle(
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    held: pd.DataFrame,
    known: dict[str, str],
    owners: Owners,
) -> pd.Series:
    """Give each statement's speaker by name, also where a body or a part of a government is only described.

    Needs `statements` (speaker, described, article_id), `mentions` (article_id, actor, label), the roles `held`
    (article_id, role), the aliases of actors.csv in their plain form, and whom those who speak for a body tell it to
    be. Where words fit several bodies, the speaker stays null.
    """
    if "described" not in statements or statements["described"].isna().all():
        return statements["speaker"]
    places, bodies = Words(), _Bodies()
    here: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for article, name, label in zip(mentions["article_id"], mentions["actor"], mentions["label"], strict=True):
        if not isinstance(name, str):
            continue
        named[article].add(name)
        if label == "place":
            places.add(name.lower(), name)
        elif label == "organisation" and " " in name:
            bodies.add(name)
            here[article].add(name)
    names = set(mentions.loc[mentions["label"] == "place", "actor"].dropna().str.lower())
    governments = _Governments(held, statements, places)
    told = []
    for speaker, words, article in zip(
        statements["speaker"], statements["described"], statements["article_id"], strict=True
    ):
        if not isinstance(speaker, str) and isinstance(words, str):
            speaker = (
                known.get(plain(words))
                or _state(words, places)
                or governments.of(words, article)
                or owners.of(words, named[article])
                or _body(words, bodies, here[article], names)
            )
        told.append(speaker if isinstance(speaker, str) else None)
    return pd.Series(told, index=statements.index, dtype=object)


def plain(words: str) -> str:
    """Give words without case, the leading article and the marks that spellings differ in."""
    words = words.lower().replace("’", "'").strip(" ,.")
    return re.sub(r"^(?:the|a|an)\s+", "", words)


class _Governments:
    """The countries of which a story names the minister or the ministry of a portfolio."""

    def __init__(self, held: pd.DataFrame, statements: pd.DataFrame, places: Words):
        self._countries: dict[frozenset[str], set[str]] = defaultdict(set)
        self._here: dict[str, set[frozenset[str]]] = defaultdict(set)
        for article, words in (
            *zip(held["article_id"], held["role"], strict=True),
            *zip(statements["article_id"], statements["described"], strict=True),
        ):
            portfolio = _portfolio(words) if isinstance(words, str) else None
            if portfolio:
                self._here[article].add(portfolio)
                if country := _country(words.split(",")[0], places):
                    self._countries[portfolio].add(country)

    def of(self, words: str, article: str) -> str | None:
        """Give the only country whose ministry it can be; "the ministry" is that of the article's only minister."""
        if not MINISTRY.match(words):
            return None
        portfolio = _portfolio(words)
        here = self._here.get(article, set())
        if not portfolio:
            portfolio = next(iter(here)) if len(here) == 1 else None
        countries = self._countries.get(portfolio, set()) if portfolio else set()
        return next(iter(countries)) if len(countries) == 1 else None


def _portfolio(words: str) -> frozenset[str] | None:
    """Give the portfolio of the words for a minister or a ministry: "foreign", None of others."""
    if roles.singular(words) != "minister" and not re.search(r"\bministry\b", words):
        return None
    return frozenset(roles.content(words.split(",")[0]) & PORTFOLIOS - {"prime", "deputy", "vice"}) or None


class _Bodies:
    """The organisations of a story by the noun that their name ends in and the words that it holds."""

    def __init__(self):
        self._words: dict[str, Words] = defaultdict(Words)
        self._fits: dict[str, dict[str, set[str]]] = {}

    def add(self, name: str) -> None:
        for word in roles.content(plain(name)):
            self._words[plain(name).split()[-1]].add(word, name)

    def fitting(self, noun: str) -> dict[str, set[str]]:
        """Give those that end in a description's noun and have all of its words, each with its own words."""
        if noun not in self._fits:
            words = self._words.get(noun.split()[-1])
            found = [set(words.alike(word)) for word in roles.content(noun)] if words else []
            names = set.intersection(*found) if found else set()
            self._fits[noun] = {name: roles.content(plain(name)) for name in names}
        return self._fits[noun]


def _state(words: str, places: Words) -> str | None:
    """Give the country of a ministry whose words name it."""
    noun = words.split(",")[0]
    return _country(noun, places) if STATE.search(noun) else None


def _country(noun: str, places: Words) -> str | None:
    """Give the one country that words name."""
    own = {word for word in re.findall(r"[A-Z][\w-]+", re.sub(r"['’]s?\b", "", noun))}
    fits = {place for word in own for place in places.alike(word.lower())}
    # "Tolm" and, where the recogniser erred, "Tolmian" are one country.
    shortest = min(fits, key=lambda place: (len(place), place), default=None)
    return shortest if all(alike(place.lower(), shortest.lower()) for place in fits) else None


def _named(noun: str, bodies: _Bodies, here: set[str]) -> str | None:
    """Give the one organisation of the article that a noun means: "the hospital" is its only one."""
    fits = set(bodies.fitting(noun)) & here
    return fits.pop() if len(fits) == 1 else None


def _body(words: str, bodies: _Bodies, here: set[str], places: set[str]) -> str | None:
    """Give the one organisation that ends in the description's noun and has all of its words."""
    noun = plain(words.split(",")[0])
    if roles.NAMED.search(noun):
        return _named(noun, bodies, here)
    if not roles.BODY.search(noun) or STATE.search(noun):
        return None
    if HIS.match(words) and " " not in noun.split(maxsplit=1)[-1]:
        return None  # "his office" is whose the sentence tells, not the only office that the story names
    fits = bodies.fitting(noun)
    fits = {name: fits[name] for name in here if name in fits} or fits
    if len(fits) == 1:
        return next(iter(fits))
    if fits:
        # One whose words all others have too is what they all are, some with more words.
        common = frozenset.intersection(*map(frozenset, fits.values()))
        return min((name for name, own in fits.items() if own <= common), default=None)
    # A body that the story never names is the actor of its own description: "the audit office", "Tolm's river guard".
    owned = re.match(r"(?P<owner>[A-Z]\w+)['’]s?\s", words)
    if owned and owned["owner"].lower() in places:
        return words.split(",")[0].strip()
    owner = re.match(r"(?:his|her|its|their|our|this|that)\b|.*['’]s?\s", words, re.IGNORECASE)
    return None if owner or len(noun.split()) < 2 or roles.HEAD.search(noun) else noun
