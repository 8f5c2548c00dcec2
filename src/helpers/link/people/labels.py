"""Tell what each name of a story names: a person, an organisation, a place; and which is short for another."""

import re
from collections import Counter, defaultdict

import pandas as pd

from helpers.annotate.actors import key
from helpers.annotate.actors.names import is_first_name

MANY = 3  # times as often as for anything else that a name is taken for a person, from which it is one
_ARTICLE = re.compile(r"^[Tt]he\s+")


def told(mentions: pd.DataFrame) -> dict[str, str]:
    """Give each name what it was most often taken for; needs `actor` and `label`.

    A small model takes many a name that it does not know for a person. So a name of several words that does not begin
    with a first name, and was taken for an organisation too, is one; and a name of one word, which nobody in the story
    has, is what else it was taken for.
    """
    votes: dict[str, Counter] = defaultdict(Counter)
    for name, label in zip(mentions["actor"], mentions["label"], strict=True):
        if isinstance(name, str):
            votes[name][label] += 1
    labels = {name: _most(found) for name, found in votes.items()}
    people = {word for name, label in labels.items() if label == "person" and " " in name for word in key(name)}
    for name, label in labels.items():
        others = Counter({other: count for other, count in votes[name].items() if other in ("organisation", "place")})
        if label != "person" or MANY * others.total() < votes[name]["person"]:
            continue
        known = is_first_name(name.split()[0]) if " " in name else name.lower() in people
        if not known and (others["organisation"] or " " not in name):
            labels[name] = "organisation" if " " in name else _most(others)
    return labels


def short(mentions: pd.DataFrame, labels: dict[str, str]) -> dict[str, str]:
    """Map names that an article has for an organisation's full name to it, where the story knows no other of them.

    Needs `text`, `actor` and `label`.
    """
    fuller: dict[str, set[str]] = defaultdict(set)
    uses: Counter[str] = Counter()  # as the short name, less those as a name of its own
    for words, name, label in zip(mentions["text"], mentions["actor"], mentions["label"], strict=True):
        if label != "organisation" or not isinstance(name, str):
            continue
        if name.startswith(f"{words} "):
            fuller[words].add(name)
        uses[words] += -1 if name == words else 1
    people = {word for name, label in labels.items() if label == "person" for word in name.split()}
    return {
        words: next(iter(names))
        for words, names in fuller.items()
        if len(names) == 1 and uses[words] > 0 and words not in people
    }


def named(statements: pd.DataFrame, labels: dict[str, str], whole: dict[str, str]) -> pd.Series:
    """Give the speakers, also those whose source is, word for word, what other articles know for a name.

    Needs `source` and `speaker`; `whole` maps short names to full ones. A name that was found in a part of the source
    ("Ford" in "Clean Ford") gives way to the whole.
    """
    found = []
    for speaker, source in zip(statements["speaker"], statements["source"], strict=True):
        words = _ARTICLE.sub("", source.strip(" ,")) if isinstance(source, str) else ""
        name = whole.get(words, words if " " in words else None)
        part = not isinstance(speaker, str) or (speaker != name and speaker.lower() in words.lower().split())
        found.append(name if part and labels.get(name) in ("person", "organisation") else speaker)
    return pd.Series(found, index=statements.index, dtype=object)


def _most(found: Counter) -> str:
    return max(sorted(found), key=found.get)
