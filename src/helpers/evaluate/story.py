"""Measure a story's tables against its gold.json: what people read in the same articles."""

import json
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pandas as pd

from helpers import build, store, story
from helpers.link.people import holders
from helpers.story import Story, StoryError

OVERLAP = 0.5  # of the characters that two contents cover together, from which they are one statement
# "Spokeswoman for the Harbour Health Group" is in charge of no health.
OWNER = re.compile(r"\s(?:of|for|at)\s(?:the\s)?(?:[A-Z][\w’'-]*\s)+(?:Group|Company|Corporation|Holdings?|Bank)$")
FIRST, SECOND = 20, 50  # leads that an editor might look through


def report(folder: Path) -> str:
    """Build a story and give the printed table of its figures; raises StoryError where it has no gold.json."""
    loaded = story.load(folder)
    gold = read_gold(loaded)
    build.build(loaded)
    return score(loaded, gold).to_string(index=False, float_format="{:.3f}".format)


def figures(loaded: Story) -> pd.DataFrame:
    """Give the figures of a built story, no rows where it has no gold.json.

    Where the tables hold no lead that waits for a person, as those of a report do, leads are not measured.
    """
    if not (loaded.folder / "gold.json").exists():
        return pd.DataFrame(columns=["measure", "right", "of", "share"])
    found = score(loaded, read_gold(loaded))
    waiting = (store.read("contradictions", loaded.database)["status"] == "lead").any()
    return found if waiting else found[~found["measure"].str.startswith("leads:")]


def read_gold(loaded: Story) -> dict:
    """Read a story's gold.json; raises StoryError where there is none or it is no JSON."""
    path = loaded.folder / "gold.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoryError(
            f"{path}: not found. A story is measured against a gold.json; data/README.md describes it."
        ) from None
    except ValueError as error:
        raise StoryError(f"{path}: not valid JSON ({error}). Mend it and try again.") from None


def score(loaded: Story, gold: dict, database: Path | None = None) -> pd.DataFrame:
    """Compare a built story's tables with its gold reading; see `compare`."""
    database = database or loaded.database
    tables = {name: store.read(name, database) for name in store.PUBLIC}
    return compare(gold, tables, _keys(loaded, tables["articles"]))


def compare(gold: dict, tables: dict[str, pd.DataFrame], keys: dict[str, str]) -> pd.DataFrame:
    """Compare the tables of a story with its gold reading.

    Needs, for each article_id, its id in the gold. Gives a row a measure: `measure`, `right`, `of`, `share`. Found
    statements are matched one to one to gold ones that cover half of the same characters; form, speaker, day, relay
    and condition count over the matched.
    """
    rows, text = [], _texts(tables["articles"], keys)
    found = _found(tables["statements"], keys)
    wanted = [_wanted(one, text, next(iter(text), "")) for one in gold["statements"]]
    pairs = _match(wanted, found)
    people = dict(zip(tables["actors"]["actor_id"], tables["actors"]["name"].map(_name), strict=True))
    called = {one["id"]: {_name(name) for name in (one["name"], *one.get("aliases", []))} for one in gold["actors"]}

    def add(measure: str, right: int, of: int) -> None:
        rows.append({"measure": measure, "right": right, "of": of, "share": right / of if of else 1.0})

    def spoken(one: dict, row) -> bool:
        name = people.get(row.speaker_id)
        return name in called[one["speaker"]] if one["speaker"] else name is None

    def named_wrongly(one: dict, row) -> bool:
        return row.speaker_id in people and not spoken(one, row)

    add("gold statements found", len(pairs), len(wanted))
    add("found statements in gold", len(pairs), len(found))
    add("not_statements kept out", *_kept_out(gold.get("not_statements", []), found))
    add("form", sum(one["form"] == row.form for one, row in pairs), len(pairs))
    add("speaker", sum(spoken(one, row) for one, row in pairs), len(pairs))
    add("speaker not wrong", sum(not named_wrongly(one, row) for one, row in pairs), len(pairs))
    add("relay", sum(_relayed(one, row, people, called) for one, row in pairs), len(pairs))
    add("condition", sum(_plain(one["condition"]) == _plain(row.condition) for one, row in pairs), len(pairs))
    dated = [(one, row) for one, row in pairs if one.get("said") and one["said"][1]]
    add("said date", sum(_days(one["said"]) == _days((row.said_from, row.said_to)) for one, row in dated), len(dated))
    held = [(one, row) for one, row in pairs if one.get("role") and spoken(one, row)]
    add("role on the day", sum(_same_office(one["role"], row.role) for one, row in held), len(held))
    copies = _copies(gold, tables["articles"], keys)
    add("reprints marked", len(copies[0] & copies[1]), len(copies[0] | copies[1]))
    removed = "\n".join(tables["removed"]["text"])
    strings = [string for one in gold.get("articles", [gold]) for string in one.get("boilerplate", [])]
    add("boilerplate removed", sum(string in removed for string in strings), len(strings))
    rows += _utterances(pairs)
    rows += _leads(gold, tables["contradictions"], pairs)
    return pd.DataFrame(rows)


def meant(gold: dict, tables: dict[str, pd.DataFrame], loaded: Story) -> dict[str, set[str]]:
    """Map the id of each utterance that was found to the utterances of the gold that its statements report."""
    text = _texts(tables["articles"], keys := _keys(loaded, tables["articles"]))
    wanted = [_wanted(one, text, next(iter(text), "")) for one in gold["statements"]]
    found: dict[str, set[str]] = {}
    for one, row in _match(wanted, _found(tables["statements"], keys)):
        found.setdefault(row.utterance_id, set()).add(one.get("utterance") or one["id"])
    return found


def _keys(loaded: Story, articles: pd.DataFrame) -> dict[str, str]:
    """Map each article_id to its id in gold.json: the file's stem, or the record's own id in a .jsonl file."""
    named = {}
    for row in articles.itertuples():
        path = loaded.folder / row.source_file
        named[row.article_id] = path.stem
        if path.suffix == ".jsonl":
            line = path.read_text(encoding="utf-8").splitlines()[int(row.source_line) - 1]
            named[row.article_id] = json.loads(line).get("id", path.stem)
    return named


def _copies(gold: dict, articles: pd.DataFrame, keys: dict[str, str]) -> tuple[set, set]:
    """Give which article is a copy or a reprint of which, by the gold and by the tables."""
    wanted = {
        (one["id"], first)
        for one in gold.get("articles", ())
        if (first := one.get("duplicate_of") or one.get("near_duplicate_of"))
    }
    first = articles["duplicate_of"].combine_first(articles["near_duplicate_of"])
    found = zip(articles["article_id"], first, strict=True)
    return wanted, {(keys[one], keys[other]) for one, other in found if isinstance(other, str)}


def _texts(articles: pd.DataFrame, keys: dict[str, str]) -> dict[str, dict[str, str]]:
    return {keys[row.article_id]: {"text": row.text, "title": row.title or ""} for row in articles.itertuples()}


def _found(statements: pd.DataFrame, keys: dict[str, str]) -> list[tuple[str, str, set[int], object]]:
    return [
        (keys[row.article_id], row.part, {at for start, end in row.content_spans for at in range(start, end)}, row)
        for row in statements.itertuples()
    ]


def _wanted(one: dict, texts: dict[str, dict[str, str]], only: str) -> tuple[str, str, set[int], dict]:
    article = one.get("article", only)
    part = one.get("part") or ("title" if one.get("where") == "headline" else "text")
    words, position, covered = texts.get(article, {}).get(part, ""), 0, set()
    for piece in one["content"]:
        at = words.find(piece, position)
        at = words.find(piece) if at < 0 else at
        if at >= 0:
            covered |= set(range(at, at + len(piece)))
            position = at + len(piece)
    return article, part, covered, one


def _match(wanted: list[tuple], found: list[tuple]) -> list[tuple[dict, object]]:
    candidates = []
    by_part: dict[tuple[str, str], list[int]] = {}
    for place, (article, part, _, _) in enumerate(found):
        by_part.setdefault((article, part), []).append(place)
    for number, (article, part, covered, _) in enumerate(wanted):
        for place in by_part.get((article, part), []):
            both, either = len(covered & found[place][2]), len(covered | found[place][2])
            if both and both >= OVERLAP * either:
                candidates.append((-both / either, number, place))
    pairs, numbers, places = [], set(), set()
    for _, number, place in sorted(candidates):
        if number not in numbers and place not in places:
            numbers.add(number)
            places.add(place)
            pairs.append((wanted[number][3], found[place][3]))
    return pairs


def _kept_out(rows: list[dict], found: list[tuple]) -> tuple[int, int]:
    """Count the texts that are no statement and were not taken for one: no found content is just them."""
    contents = {(article, _plain(row.content)) for article, _, _, row in found}
    return sum((row["article"], _plain(row["text"])) not in contents for row in rows), len(rows)


def _relayed(one: dict, row, people: dict[str, str], called: dict[str, set[str]]) -> bool:
    names = [people.get(found) for found in row.relay_ids]
    return len(names) == len(one["relay"]) and all(
        name in called[relay] for name, relay in zip(names, one["relay"], strict=True)
    )


def _same_office(wanted: str, found: object) -> bool:
    """Tell whether two roles are one office: the same head noun and portfolio, and both over or both not."""
    gold, ours = holders.office(wanted), holders.office(found) if isinstance(found, str) else None
    if not gold or not ours or gold.ended != ours.ended:
        return False
    return gold.head == ours.head and _portfolio(wanted) == _portfolio(found)


def _portfolio(role: str) -> frozenset[str]:
    read = holders.office(OWNER.sub("", role)) or holders.office(role)
    return read.words & holders.PORTFOLIOS


def _name(name: str) -> str:
    return name.lower().replace("’", "'").removeprefix("the ")


def _plain(words: object) -> str:
    return ("" if words is None or pd.isna(words) else str(words)).strip(" \n.,;:“”\"'‘’").lower()


def _days(said) -> tuple[str | None, str | None]:
    return tuple(None if day is None or pd.isna(day) else str(day)[:10] for day in said)


def _utterances(pairs: list[tuple[dict, object]]) -> list[dict]:
    """Give pairwise precision, recall and F1 of the utterances over the matched statements."""
    named = [(one["utterance"], row.utterance_id) for one, row in pairs if one.get("utterance")]
    if not named:
        return []
    both = gold = found = 0
    for (one, own), (other, its) in combinations(named, 2):
        gold += one == other
        found += own == its
        both += one == other and own == its
    f1 = 2 * both / (gold + found) if gold + found else 1.0
    return [
        {"measure": "utterance pairs: precision", "right": both, "of": found, "share": both / found if found else 1.0},
        {"measure": "utterance pairs: recall", "right": both, "of": gold, "share": both / gold if gold else 1.0},
        {"measure": "utterance pairs: F1", "right": both, "of": (gold + found) // 2, "share": f1},
    ]


def _leads(gold: dict, leads: pd.DataFrame, pairs: list[tuple[dict, object]]) -> list[dict]:
    """Give precision and recall of the best leads, and how many near-misses stand among them.

    An utterance that was found stands for the one of the gold that most of its statements report.
    """
    reports: dict[str, Counter[str]] = defaultdict(Counter)
    for one, row in pairs:
        reports[row.utterance_id][one.get("utterance") or one["id"]] += 1
    meant = {utterance: max(counts, key=lambda one: (counts[one], one)) for utterance, counts in reports.items()}
    ranked = leads.sort_values(["score", "contradiction_id"], ascending=[False, True])
    sets = [frozenset({meant.get(row.utterance_a), meant.get(row.utterance_b)}) for row in ranked.itertuples()]
    true = {frozenset({one["a"], one["b"]}) for one in gold["contradictions"]}
    near = {frozenset({one["a"], one["b"]}) for one in gold["not_contradictions"]}
    hits = [pair in true for pair in sets]
    return [
        {"measure": measure, "right": right, "of": of, "share": right / of if of else 1.0}
        for measure, right, of in (
            (f"leads: precision at {FIRST}", sum(hits[:FIRST]), len(hits[:FIRST])),
            (f"leads: recall at {SECOND}", len(set(sets[:SECOND]) & true), len(true)),
            (f"leads: near-misses in the first {SECOND}", sum(pair in near for pair in sets[:SECOND]), len(near)),
        )
    ]
