"""Time the link step on synthetic copies of a story: its structure, other names, other words, other days.

    python bench/link.py STORY ARTICLES

Reads and annotates the story once, then copies it until there are so many articles. Each copy is shifted by three days
and has its own names and rare words, so that copies are not reprints of each other; after 676 copies the words come
again. Prints, of each step as it ends and of all, seconds of the processor and the greatest memory so far.
"""

import re
import resource
import sys
import time
from functools import lru_cache
from types import ModuleType

import pandas as pd

from helpers import link, read, story
from helpers.annotate import engine
from helpers.link import contradictions, matters, people, utterances
from helpers.link.utterances import reprints

# Of the link step, in their order; to gather claims is part of finding leads.
STEPS = (
    (reprints, "mark"),
    (people, "link"),
    (matters, "find"),
    (utterances, "link"),
    (contradictions, "gather"),
    (contradictions, "leads"),
)
DAYS = 3  # between one copy and the next
SPARED = 4  # letters up to which a word stays as it is


def main(folder: str, wanted: int) -> None:
    """Print the cost of linking so many articles made of a story's."""
    loaded = story.load(folder)
    articles = read.articles(loaded).articles
    annotations = engine.annotate(articles, loaded.timezone, 1, lambda batches: batches)
    copies = -(-wanted // len(articles))
    many = pd.concat([_articles(articles, number) for number in range(copies)], ignore_index=True)
    tables = {
        name: pd.concat([_copied(table, number) for number in range(copies)], ignore_index=True)
        for name, table in annotations.items()
    }
    print(f"{len(many):,} articles, {len(tables['statements']):,} statements, {_memory()} before", flush=True)
    for module, name in STEPS:
        _timed(module, name)
    _timed(link, "link")
    linked = link.link(loaded, many, tables)
    print(f"{len(linked['utterances']):,} utterances, {len(linked['contradictions']):,} leads")


def _timed(module: ModuleType, name: str) -> None:
    """Have a function print what it took whenever it ends."""
    step = getattr(module, name)

    def timed(*args: object) -> object:
        began, clock = time.process_time(), time.perf_counter()  # it is one process
        found = step(*args)
        took = f"{time.process_time() - began:,.0f} s ({time.perf_counter() - clock:,.0f} of the clock)"
        print(f"{module.__name__.removeprefix('helpers.')}.{name}: {took}, {_memory()}", flush=True)
        return found

    setattr(module, name, timed)


def _memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB"


def _articles(articles: pd.DataFrame, number: int) -> pd.DataFrame:
    copy = _copied(articles, number)
    shift = pd.Timedelta(days=DAYS * number)
    return copy.assign(
        published_at=articles["published_at"] + shift,
        duplicate_of=[_id(one, number) for one in articles["duplicate_of"]],
    )


def _copied(table: pd.DataFrame, number: int) -> pd.DataFrame:
    """Give a table of the copy with this number: its own ids, names and words, all offsets as they were."""
    changed = {}
    for column in table:
        values = table[column]
        if column.endswith("_id") or column == "within_id":
            changed[column] = [_id(one, number) for one in values]
        elif column in ("text", "title", "content", "actor", "speaker", "source", "name", "described"):
            changed[column] = [_words(one, number) for one in values]
        elif column in ("said_from", "said_to", "from_date", "to_date", "reported_at"):
            changed[column] = [None if pd.isna(one) else one + pd.Timedelta(days=DAYS * number) for one in values]
    return table.assign(**{name: pd.Series(made, table.index, dtype=object) for name, made in changed.items()})


def _id(one: object, number: int) -> str | None:
    return f"{one}-{number}" if isinstance(one, str) else None


def _words(text: object, number: int) -> object:
    """Replace letters of the longer words, the same in every text of a copy; the length stays."""
    if not isinstance(text, str) or not number:
        return text
    return re.sub(rf"[^\W\d_]{{{SPARED + 1},}}", lambda match: _changed(match.group(), number), text)


@lru_cache(maxsize=10_000)
def _changed(word: str, number: int) -> str:
    turned = "".join(chr((ord(c) - 97 + number) % 26 + 97) if "a" <= c <= "z" else c for c in word[1:3])
    last = chr(97 + number // 26 % 26) if word[3].islower() else word[3]
    return word[0] + turned + last + word[4:]


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]))
