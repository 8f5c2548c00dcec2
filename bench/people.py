"""Time how people are linked over so many generated articles, and tell whether the time grows with them.

    python bench/people.py [ARTICLES …]

Articles are generated, not read: ten mentions, nine statements and two roles each, as the sample has them, a new person
every four articles, namesakes, initials, transliterations and descriptions among them. Without numbers: 1,000, 10,000
and 100,000. Prints mentions, actors, seconds of processor time (it is one process) and greatest memory.
"""

import random
import resource
import sys
import time
from datetime import timedelta

import pandas as pd

from helpers.link import people, reviews

SIZES = (1_000, 10_000, 100_000)
FIRST = [one + end for one in "Al Ber Dar Em Fil Gor Hel Iv Kar Mil".split() for end in ("an", "eta", "o", "ida")]
SYLLABLES = "ba de fo gu ha ke li mo nu pa re so ta vi zo".split()
HEADS = ("minister", "minister", "minister", "mayor", "governor", "spokeswoman", "chief", "envoy")
PORTFOLIOS = ("foreign", "energy", "transport", "finance", "health", "interior")
NOUNS = ("Commission", "Council", "Union", "Authority", "Agency")
DESCRIBED = ("the minister", "the {} minister", "the mayor", "the commission", "{}’s envoy", "{}’s energy ministry")
LABELS = ("person",) * 6 + ("organisation",) * 3 + ("place",)
DAYS = 1_500  # that the articles lie in
START = pd.Timestamp("2020-01-01 12:00")


def main(sizes: list[int]) -> None:
    """Print a line for each number of articles."""
    for size in sizes:
        tables = generate(size, random.Random(size))
        began = time.process_time()
        linked = people.link(*tables, pd.DataFrame(columns=[*reviews.ACTORS, "line"]))
        seconds = time.process_time() - began
        told = linked["statements"]["speaker_id"].notna().mean()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:>9,} articles {len(tables[0]):>11,} mentions {len(linked['actors']):>9,} actors  "
            f"{told:.0%} of {len(tables[1]):,} statements told  {seconds:7.1f} s  {memory:7,.0f} MiB at most",
            flush=True,
        )


def generate(size: int, chance: random.Random) -> tuple[pd.DataFrame, ...]:
    """Make the tables mentions, statements, roles and articles of so many articles."""
    surnames = [_word(number).title() for number in range(max(20, int((size / 4) ** 0.8)))]
    countries = [_word(number).title() + "ia" for number in range(10, 12 + size // 100)]
    bodies = [f"{_word(number).title()} {NOUNS[number % len(NOUNS)]}" for number in range(5 + size // 10)]
    persons = []
    for _ in range(5 + size // 4):
        head, country = chance.choice(HEADS), chance.choice(countries)
        role = f"{country}n {chance.choice(PORTFOLIOS)} minister" if head == "minister" else f"{country} {head}"
        persons.append((chance.choice(FIRST), chance.choice(surnames), role))
    mentions, statements, roles, articles = [], [], [], []
    for number in range(size):
        article, when = f"a{number}", START + timedelta(days=number * DAYS // size)
        articles.append((article, f"Outlet {number % 50}", when))
        chosen = [_newsworthy(persons, number / size, chance) for _ in range(3)]
        full = [_spelt(first, last, chance) for first, last, _ in chosen]
        others = chance.choices(bodies, k=3) + chance.choices(countries, k=1)
        words = [*full, *(last for _, last, _ in chosen), *others]
        actors = [*full, *full, *others]
        for place, (text, actor, label) in enumerate(zip(words, actors, LABELS, strict=True)):
            kind = "name" if text == actor else "alias"
            mentions.append((article, 100 * place, 100 * place + len(text), text, actor, label, kind, 1.0))
        for name, (_, _, role) in zip(full[:2], chosen, strict=False):
            former = "former " if chance.random() < 0.03 else ""
            roles.append((name, former + role, article, when.date() if chance.random() < 0.01 else None, None))
        for place in range(9):
            speaker = chance.choice(actors) if place < 5 else None
            described = chance.choice(DESCRIBED).format(chance.choice(countries)) if place > 6 else None
            start, source = 100 * place + 50, speaker or described
            told = ("text", source, start, start + 10, described, speaker, [], when.date(), when)
            statements.append((f"{article}-{place}", article, *told))
    said = "part source source_start source_end described speaker relay said_to reported_at"
    return (
        _table("article_id start_char end_char text actor label kind confidence", mentions),
        _table(f"statement_id article_id {said}", statements),
        _table("actor role article_id from_date to_date", roles),
        _table("article_id outlet published_at", articles),
    )


def _newsworthy(persons: list[tuple[str, str, str]], when: float, chance: random.Random) -> tuple[str, str, str]:
    """Choose a person: a few are in the news all the time, most for a while."""
    if chance.random() < 0.5:
        return persons[int(len(persons) * chance.random() ** 6)]
    now = int(len(persons) * when)
    return chance.choice(persons[max(0, now - 40) : now + 1])


def _table(columns: str, rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split(), dtype=object)


def _word(number: int) -> str:
    """Spell a number in syllables: every number is another word."""
    word = ""
    number += len(SYLLABLES) ** 2
    while number:
        number, place = divmod(number, len(SYLLABLES))
        word += SYLLABLES[place]
    return word


def _spelt(first: str, last: str, chance: random.Random) -> str:
    """Write a name as one outlet or another does: with an initial, transliterated another way, in full."""
    way = chance.random()
    if way < 0.03:
        return f"{first[0]}. {last}"
    return f"{first} {last.replace('k', 'ck').replace('f', 'ph')}" if way < 0.08 else f"{first} {last}"


if __name__ == "__main__":
    if not all(size.isdigit() for size in sys.argv[1:]):
        sys.exit(__doc__)
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
