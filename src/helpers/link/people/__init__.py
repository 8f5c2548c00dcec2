"""Tell which names in different articles are one actor, and whom a description or a metonym means."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pandas as pd

from helpers.annotate.actors import key
from helpers.annotate.speakers import descriptions
from helpers.annotate.speakers.pronouns import FIRST, NEUTER, PRONOUNS, RELATIVE
from helpers.link.people import genders, labels, metonyms, offices
from helpers.link.people.holders import Holders
from helpers.link.people.owners import Owners
from helpers.story import digest

# What spellings and transliterations of one name differ in: Sergei and Sergey, Zelenskiy and Zelensky. Nothing looser:
# Robert and Roberta are two people.
SPELLINGS = ((r"[jy]", "i"), (r"x", "ks"), (r"ph", "f"), (r"ck|q", "k"), (r"w", "v"), (r"(.)\1+", r"\1"))
KINDS = {"person": "person", "organisation": "organisation", "place": "government"}
SURE = {"role": 0.7, "metonym": 0.7, "pronoun": 0.75}  # how far a mention of that kind can be relied on


def link(
    mentions: pd.DataFrame,
    statements: pd.DataFrame,
    roles: pd.DataFrame,
    articles: pd.DataFrame,
    reviewed: pd.DataFrame,
    zone: str = "UTC",
    corrections: Mapping[str, str | None] = MappingProxyType({}),
) -> dict[str, pd.DataFrame]:
    """Merge the actors of all articles.

    Needs `mentions` (article_id, start_char, text, actor, label), `statements` (article_id, part, source, described,
    speaker, relay), `roles` (actor, role), `articles` (outlet, published_at), the rows of actors.csv, which win, and
    the speakers that people have corrected, by statement_id.
    Gives the tables actors, mentions, statements and roles with their ids filled in; mentions also of the sources
    that are a role, a metonym or a pronoun. A place is an actor, its government, only where it is the source of a
    statement. A name that fits two actors stays unresolved, and so does a description.
    """
    known = {
        metonyms.plain(alias): row.name
        for row in reviewed.itertuples(index=False)
        for alias in [row.name, *row.aliases]
    }
    mentions = _as_annotated(mentions)
    taken = labels.told(mentions)
    whole = {name: full for name, full in labels.short(mentions, taken).items() if metonyms.plain(name) not in known}
    bodies = {
        name.lower(): whole.get(name, name)
        for name in (*taken, *whole)
        if taken.get(whole.get(name, name)) == "organisation"
    }
    said = statements.assign(speaker=labels.named(statements, taken, whole))
    settled = metonyms.settle(said, _relabelled(mentions, taken), roles, known, Owners(roles, bodies))
    actors = _actors(taken, statements.assign(speaker=settled), articles)
    names = _canonical(actors, mentions, articles, reviewed)
    names |= {name: names[fuller] for name, fuller in whole.items() if names.get(fuller)}
    kinds = {names[name]: KINDS[label] for name, label in sorted(actors.items()) if names.get(name)}
    kinds |= {names[name]: KINDS[label] for name, label in sorted(actors.items()) if names.get(name) == name}
    kinds |= {outlet: "outlet" for outlet in sorted(articles["outlet"].dropna().unique())}
    kinds |= dict(zip(reviewed["name"], reviewed["kind"], strict=True))
    ids = {name: digest("actor", name) for name in kinds}
    wikidata = {row.name: row.wikidata_id or None for row in reviewed.drop(columns="line").itertuples(index=False)}

    def actor_id(name: str | None) -> str | None:
        return ids.get(names.get(name, name)) if isinstance(name, str) else None

    def ids_of(column: pd.Series) -> pd.Series:
        return pd.Series([actor_id(name) for name in column], index=column.index, dtype=object)

    mended = mentions.assign(actor_id=ids_of(mentions["actor"]))
    given = roles.assign(actor_id=ids_of(roles["actor"]))
    told = reviewed[reviewed["role"].astype(bool)].rename(columns={"role_from": "from_date", "role_to": "to_date"})
    told = told.assign(actor_id=[ids[name] for name in told["name"]], actor=told["name"])
    held = pd.concat([given, told.astype(object)], ignore_index=True).astype(object)
    held = held.reindex(columns=[*roles.columns, *(c for c in ("actor_id", "from_date", "to_date") if c not in roles)])
    days = _days(articles, zone)
    said = statements.assign(
        speaker_id=ids_of(settled),
        relay_ids=[[found for name in relay if (found := actor_id(name))] for relay in statements["relay"]],
    )
    places = mentions.loc[mentions["label"] == "place", "actor"].dropna().str.lower().unique()
    holders = Holders(held, days, places)
    told_by = genders.settle(said, offices.settle(said, mended, holders, days), {ids[name]: name for name in ids})
    if corrections:
        corrected = [
            actor_id(corrections[statement]) if statement in corrections else speaker
            for statement, speaker in zip(said["statement_id"], told_by, strict=True)
        ]
        told_by = pd.Series(corrected, index=said.index, dtype=object)
    said = said.assign(speaker_id=told_by)
    said = said.assign(role=offices.roles_on(said, holders))
    rows = [
        {"actor_id": ids[name], "name": name, "kind": kinds[name], "wikidata_id": wikidata.get(name)}
        for name in sorted(ids)
    ]
    return {
        "actors": pd.DataFrame(rows, columns=["actor_id", "name", "kind", "wikidata_id"]),
        "mentions": _with_sources(mended, said, {ids[name]: (name, kinds[name]) for name in ids}),
        "statements": said,
        "roles": held,
    }


def role_on(roles: pd.DataFrame, actor_id: str, day: date | None) -> str | None:
    """Give the role that a person had on a day, or None; see `offices.role_on`."""
    return offices.role_on(roles, actor_id, day)


def of_events(events: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Give the events with actor_ids filled in: the actors that their words name, in order, each once."""
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    known = mentions[mentions["actor_id"].notna()]
    for article, start, actor in zip(known["article_id"], known["start_char"], known["actor_id"], strict=True):
        named[article].append((start, actor))
    actors = [
        list(dict.fromkeys(actor for at, actor in sorted(named[row.article_id]) if row.start_char <= at < row.end_char))
        for row in events[["article_id", "start_char", "end_char"]].itertuples(index=False)
    ]
    return events.assign(actor_ids=pd.Series(actors, index=events.index, dtype=object))


def proposals(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Propose rows for actors.csv: the speakers that are not told, and names that may be one actor.

    Needs the tables statements, actors and mentions of a built story. Gives `name` (the words, or one of two names),
    `alias_of` (the other name, or None), `count` (statements, or mentions), `reason` and `example` (a statement), the
    most frequent first.
    """
    open_ = tables["statements"]
    open_ = open_[open_["speaker_id"].isna() & open_["source"].notna()]
    rows = []
    words = open_["described"].where(open_["described"].notna(), open_["source"]).map(lambda text: text.strip(" ,"))
    for name, group in open_.assign(words=words).groupby(words.str.lower(), sort=True):
        if not name or name.split()[0] in {*PRONOUNS, *NEUTER, *FIRST, *RELATIVE, "they", "we", "you", "those"}:
            continue
        if descriptions.UNNAMED.match(name) or descriptions.SEVERAL.match(name):  # nobody's name: "some critics"
            continue
        first = group.sort_values(["reported_at", "statement_id"], na_position="last").iloc[0]
        rows.append((first["words"], None, len(group), "speaker not told", first["content"]))
    counts = Counter(tables["mentions"]["actor_id"].dropna())
    people = tables["actors"][tables["actors"]["kind"] == "person"]
    by_surname: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in people.itertuples():
        by_surname[folded(key(row.name)[-1])].append((counts[row.actor_id], row.name))
    for namesakes in by_surname.values():
        namesakes.sort(key=lambda one: (-one[0], one[1]))
        for count, name in namesakes[1:MOST]:
            rows.append((name, namesakes[0][1], count, "the same surname: one actor or two?", None))
    table = pd.DataFrame(rows, columns=["name", "alias_of", "count", "reason", "example"])
    return table.sort_values(["count", "name"], ascending=[False, True], ignore_index=True)


MOST = 20  # namesakes of one surname that are worth a journalist's look


def _days(articles: pd.DataFrame, zone: str) -> dict[str, date | None]:
    """Give the day on which each article was published where the story is."""
    if "published_at" not in articles:
        return dict.fromkeys(articles["article_id"])
    moments = pd.to_datetime(articles["published_at"]).dt.tz_localize("UTC").dt.tz_convert(ZoneInfo(zone))
    return {
        article: None if pd.isna(moment) else moment.date()
        for article, moment in zip(articles["article_id"], moments, strict=True)
    }


def _relabelled(mentions: pd.DataFrame, taken: dict[str, str]) -> pd.DataFrame:
    """Give the mentions with the labels of the story for what a recogniser took for people."""
    own = zip(mentions["actor"], mentions["label"], strict=True)
    return mentions.assign(label=[taken.get(name, label) if label == "person" else label for name, label in own])


def _actors(taken: dict[str, str], statements: pd.DataFrame, articles: pd.DataFrame) -> dict[str, str]:
    """Give what each name that is an actor was taken for; a place is one where it speaks."""
    speaking = set(statements["speaker"].dropna())
    relays = {name for relay in statements["relay"] for name in relay}
    found = {
        name: label
        for name, label in taken.items()
        if label in ("person", "organisation") or (label == "place" and name in speaking)
    }
    outlets = set(articles["outlet"].dropna())
    return found | {name: "organisation" for name in sorted((speaking | relays) - set(found) - outlets)}


def _canonical(
    taken: dict[str, str], mentions: pd.DataFrame, articles: pd.DataFrame, reviewed: pd.DataFrame
) -> dict[str, str | None]:
    """Map each name to the name its actor goes by in the story, None where it fits more than one."""
    counts = Counter(mentions["actor"].dropna())
    known = {alias: row.name for row in reviewed.itertuples(index=False) for alias in [row.name, *row.aliases]}
    ordered = sorted(taken, key=lambda name: (-counts[name], name))
    people = [name for name in ordered if taken[name] == "person"]
    names = _people([name for name in people if len(key(name)) > 1], known)
    by_part: dict[str, set[str]] = defaultdict(set)
    for full, actor in names.items():
        if actor:
            by_part[key(full)[-1]].add(actor)
            by_part[key(full)[0]].add(actor)
    for name in people:
        if len(key(name)) == 1:
            # A bare surname or first name is whoever alone in the story has it.
            fits = by_part.get(key(name)[0], set())
            names[name] = known.get(name) or (next(iter(fits)) if len(fits) == 1 else None if fits else name)
    spelled: dict[tuple[str, ...], str] = {}
    short: dict[str, set[str]] = defaultdict(set)  # "the Post" is the one outlet whose name ends so
    for outlet in sorted(articles["outlet"].dropna().unique()):
        spelled[_bare(key(outlet))] = outlet
        short[key(outlet)[-1]].add(outlet)
    for name in ordered:
        if taken[name] != "person":
            own = _bare(key(name))
            ends = short.get(own[0], set()) if len(own) == 1 and taken[name] == "organisation" else set()
            whole = next(iter(ends)) if len(ends) == 1 else name
            names[name] = known.get(name) or spelled.setdefault(own, known.get(whole, whole))
    return names | {alias: name for alias, name in known.items()}


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _people(names: list[str], known: dict[str, str]) -> dict[str, str | None]:
    """Merge the spellings of full names; needs the more frequent first, since an actor goes by that one.

    Two names are one where surname and first name are spelt alike, or the first name is the other's initial, unless
    their middle initials differ. Names are looked up, never compared pair by pair.
    """
    actors: dict[str, str | None] = {}
    by_first: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_initial: dict[tuple[str, str], set[str]] = defaultdict(set)
    whole = [name for name in names if len(_first(name)) > 1]
    for name in whole:
        surname, first = folded(key(name)[-1]), _first(name)
        same = {other for other in by_first[surname, first] if _agree(name, other)}
        actors[name] = known.get(name) or (name if not same else same.pop() if len(same) == 1 else None)
        if actors[name] and not same:
            by_first[surname, first].append(actors[name])
            by_initial[surname, first[0]].add(actors[name])
    for name in names:
        if name not in actors:
            place = folded(key(name)[-1]), _first(name)[:1]
            fits = by_initial[place]
            actors[name] = known.get(name) or (name if not fits else next(iter(fits)) if len(fits) == 1 else None)
            if not fits:
                by_initial[place].add(actors[name])
    return actors


def _first(name: str) -> str:
    return folded(key(name)[0].rstrip("."))


def _agree(name: str, other: str) -> bool:
    """Tell whether two names could be one person's: their middle names, where both have one, begin alike."""
    first, second = (re.findall(r"\s(\w)", one.lower())[:-1] for one in (name, other))
    return not first or not second or first[0] == second[0]


@cache
def folded(word: str) -> str:
    """Give the form that a word's spellings and transliterations share."""
    word = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    for pattern, instead in SPELLINGS:
        word = re.sub(pattern, instead, word)
    return word


def _as_annotated(mentions: pd.DataFrame) -> pd.DataFrame:
    """Give the mentions as the annotation found them: without what an earlier build's linking made of them."""
    if "kind" not in mentions:
        return mentions
    added = mentions["kind"].isin(SURE) & mentions["confidence"].isin(SURE.values())
    kept = mentions[~added].reset_index(drop=True)
    plain = ["alias" if sure in (0.8, 0.9) else "name" for sure in kept["confidence"]]
    return kept.assign(
        kind=kept["kind"].where(kept["kind"] != "metonym", pd.Series(plain, index=kept.index, dtype=object))
    )


def _with_sources(mentions: pd.DataFrame, statements: pd.DataFrame, actors: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """Add to the mentions the sources that name nobody but are told: roles, metonyms, pronouns."""
    if "start_char" not in mentions:
        return mentions
    governments = {actor for actor, (_, kind) in actors.items() if kind == "government"}
    kinds = [
        "metonym" if actor in governments and plain != actors[actor][0] else kind
        for actor, plain, kind in zip(mentions["actor_id"], mentions["actor"], mentions["kind"], strict=True)
    ]
    mentions = mentions.assign(kind=kinds)
    there = set(zip(mentions["article_id"], mentions["end_char"], strict=True))
    rows = []
    columns = ["article_id", "part", "source", "source_start", "source_end", "speaker_id", "described"]
    for row in statements[columns].itertuples(index=False):
        if not isinstance(row.speaker_id, str) or not isinstance(row.source, str) or row.part != "text":
            continue
        plain = row.source.lower().strip(" ,")
        described = isinstance(row.described, str)
        if (
            plain not in PRONOUNS
            and plain not in NEUTER
            and (not described or (row.article_id, row.source_end) in there)
        ):
            continue
        name, kind = actors[row.speaker_id]
        how = "pronoun" if plain in PRONOUNS or plain in NEUTER else "role" if kind == "person" else "metonym"
        rows.append(
            {
                "article_id": row.article_id,
                "start_char": row.source_start,
                "end_char": row.source_end,
                "text": row.source,
                "actor_id": row.speaker_id,
                "kind": how,
                "label": {"person": "person", "government": "place"}.get(kind, "organisation"),
                "actor": name,
                "confidence": SURE[how],
            }
        )
    if not rows:
        return mentions
    return pd.concat([mentions, pd.DataFrame(rows, dtype=object)], ignore_index=True).sort_values(
        ["article_id", "start_char", "end_char"], kind="stable", ignore_index=True
    )
