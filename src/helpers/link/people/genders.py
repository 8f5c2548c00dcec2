"""Learn from all articles whether a person is "he" or "she", and leave open whom one article calls otherwise."""

from collections import Counter, defaultdict

import pandas as pd

from helpers.annotate.actors.names import gender as named
from helpers.annotate.speakers.pronouns import PRONOUNS

SURE = 4  # times as many articles that say "she" as say "he", from which she is she


def settle(statements: pd.DataFrame, speakers: pd.Series, names: dict[str, str]) -> pd.Series:
    """Give the speakers without those whom a pronoun was taken for against their name or what most articles call them.

    Needs `statements` (article_id, source) and, in the same order, the speakers' ids, of which `names` gives the names.
    An article counts once for each gender that it has for a person, a first name for as many as SURE.
    """
    pronouns = [
        PRONOUNS.get(source.lower().strip(" ,")) if isinstance(source, str) else None for source in statements["source"]
    ]
    called: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for article, speaker, gender in zip(statements["article_id"], speakers, pronouns, strict=True):
        if gender and isinstance(speaker, str):
            called[speaker][gender].add(article)
    votes = {speaker: Counter({gender: len(found) for gender, found in own.items()}) for speaker, own in called.items()}
    for speaker, own in votes.items():
        if kind := named(names.get(speaker, "").split(" ")[0]):
            own[kind] += SURE
    usual = {speaker: _usual(own) for speaker, own in votes.items()}
    kept = [
        None if gender and isinstance(speaker, str) and usual[speaker] not in (None, gender) else speaker
        for speaker, gender in zip(speakers, pronouns, strict=True)
    ]
    return pd.Series(kept, index=speakers.index, dtype=object)


def _usual(votes: Counter) -> str | None:
    (first, most), *others = votes.most_common()
    return first if most >= SURE * sum(count for _, count in others) else None
