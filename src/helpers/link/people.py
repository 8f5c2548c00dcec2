"""Tell which names in different articles are one actor."""

import re
import unicodedata
from collections import Counter, defaultdict

import pandas as pd

from helpers.annotate.actors import key
from helpers.story import digest

# What spellings and transliterations of one name differ in: Sergei and Sergey, Zelenskiy and Zelensky. Nothing looser:
# Robert and Roberta are two people.
SPELLINGS = ((r"[jy]", "i"), (r"x", "ks"), (r"ph", "f"), (r"ck|q", "k"), (r"w", "v"), (r"(.)\1+", r"\1"))
KINDS = {"person": "person", "organisation": "organisation", "place": "government"}


def link(
    mentions: pd.DataFrame,
    statements: pd.DataFrame,
    roles: pd.DataFrame,
    articles: pd.DataFrame,
    reviewed: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Merge the actors of all articles.

    Needs `mentions` (actor, label), `statements` (speaker, relay), `roles` (actor), `articles` (outlet) and the rows
    of actors.csv. Gives the tables actors, mentions, statements and roles with their ids filled in. A place is an
    actor, its government, only where it is the source of a statement. A name that fits two actors stays unresolved.
    """
    labels = _labels(mentions, statements, articles)
    names = _canonical(labels, mentions, reviewed)
    kinds = {names[name]: KINDS[label] for name, label in sorted(labels.items()) if names.get(name)}
    kinds |= {outlet: "outlet" for outlet in sorted(articles["outlet"].dropna().unique())}
    kinds |= dict(zip(reviewed["name"], reviewed["kind"], strict=True))
    ids = {name: digest("actor", name) for name in kinds}
    wikidata = {row.name: row.wikidata_id or None for row in reviewed.drop(columns="line").itertuples(index=False)}

    def actor_id(name: str | None) -> str | None:
        return ids.get(names.get(name, name)) if name else None

    def ids_of(column: pd.Series) -> pd.Series:
        return pd.Series([actor_id(name) for name in column], index=column.index, dtype=object)

    mended = mentions.assign(actor_id=ids_of(mentions["actor"]))
    said = statements.assign(
        speaker_id=ids_of(statements["speaker"]),
        relay_ids=[[found for name in relay if (found := actor_id(name))] for relay in statements["relay"]],
    )
    given = roles.assign(actor_id=ids_of(roles["actor"]))
    told = reviewed[reviewed["role"].astype(bool)].rename(columns={"role_from": "from_date", "role_to": "to_date"})
    told = told.assign(actor_id=[ids[name] for name in told["name"]], actor=told["name"])
    rows = [
        {"actor_id": ids[name], "name": name, "kind": kinds[name], "wikidata_id": wikidata.get(name)}
        for name in sorted(ids)
    ]
    return {
        "actors": pd.DataFrame(rows, columns=["actor_id", "name", "kind", "wikidata_id"]),
        "mentions": mended,
        "statements": said,
        "roles": pd.concat([given, told.astype(object)], ignore_index=True).astype(object),
    }


def _labels(mentions: pd.DataFrame, statements: pd.DataFrame, articles: pd.DataFrame) -> dict[str, str]:
    """Give each name that is an actor what it was most often taken for."""
    votes: dict[str, Counter] = defaultdict(Counter)
    for name, label in zip(mentions["actor"], mentions["label"], strict=True):
        if name is not None:
            votes[name][label] += 1
    speaking = set(statements["speaker"].dropna())
    relays = {name for relay in statements["relay"] for name in relay}
    labels = {name: max(sorted(votes[name]), key=votes[name].get) for name in votes}
    labels = {
        name: label
        for name, label in labels.items()
        if label in ("person", "organisation") or (label == "place" and name in speaking)
    }
    outlets = set(articles["outlet"].dropna())
    return labels | {name: "organisation" for name in sorted((speaking | relays) - set(labels) - outlets)}


def _canonical(labels: dict[str, str], mentions: pd.DataFrame, reviewed: pd.DataFrame) -> dict[str, str | None]:
    """Map each name to the name its actor goes by in the story, None where it fits more than one."""
    counts = Counter(mentions["actor"].dropna())
    known = {alias: row.name for row in reviewed.itertuples(index=False) for alias in [row.name, *row.aliases]}
    people = [name for name, label in labels.items() if label == "person"]
    full = sorted((name for name in people if len(key(name)) > 1), key=lambda name: (-counts[name], name))
    names: dict[str, str | None] = {}
    by_surname: dict[str, list[str]] = defaultdict(list)  # only those of one surname are compared
    for name in full:
        namesakes = by_surname[folded(key(name)[-1])]
        same = [other for other in namesakes if _same(name, other)]
        names[name] = known.get(name) or (same[0] if len(same) == 1 else name)
        if names[name] not in namesakes:
            namesakes.append(names[name])
    for name in people:
        if len(key(name)) == 1:
            # A bare surname or first name is whoever alone in the story has it.
            fits = {names[other] for other in full if key(name)[0] in (key(other)[-1], key(other)[0])}
            names[name] = known.get(name) or (fits.pop() if len(fits) == 1 else None if fits else name)
    spelled: dict[tuple[str, ...], str] = {}
    for name in sorted((n for n in labels if labels[n] != "person"), key=lambda name: (-counts[name], name)):
        names[name] = known.get(name) or spelled.setdefault(key(name), name)
    return names | {alias: name for alias, name in known.items()}


def folded(word: str) -> str:
    """Give the form that a word's spellings and transliterations share."""
    word = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    for pattern, instead in SPELLINGS:
        word = re.sub(pattern, instead, word)
    return word


def _same(name: str, other: str) -> bool:
    """Tell whether two full names with one surname are spellings of one: "Sergei", "Sergey", "S."."""
    first, second = folded(key(name)[0].rstrip(".")), folded(key(other)[0].rstrip("."))
    return first[0] == second[0] if min(len(first), len(second)) == 1 else first == second
