"""Time how utterances are grouped, on generated statements: invented speakers and words, three reports an utterance.

    python bench/utterances.py STATEMENTS...

Prints, for each number of statements, the seconds, the greatest memory so far and, from the second on, the exponent by
which the time grows: 1 is linear, 2 quadratic.
"""

import gc
import random
import resource
import sys
import time
from math import log

import pandas as pd

from helpers.link import utterances

REPORTS = 3  # of one utterance, each by another outlet
WORDS = 5_000
LETTERS = "bdfgklmnrt"  # of words that are no numbers and have no endings
LENGTH = 14  # words of a statement
PER_SPEAKER = 40  # utterances
OUTLETS = 12
HOUR = pd.Timedelta(hours=1)


def main(sizes: list[int]) -> None:
    """Print the cost of each number of statements, the least first."""
    before = None
    gc.disable()  # as `link.link` does
    for size in sorted(sizes):
        statements, articles = made(size)
        subjects = pd.DataFrame(columns=["matter_id", "name", "terms"])
        began = time.perf_counter()
        _, found = utterances.link(statements, articles, subjects)
        took = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        grows = f", exponent {log(took / before[1]) / log(size / before[0]):.2f}" if before else ""
        print(f"{size:,} statements: {len(found):,} utterances, {took:.1f} s, {memory:,.0f} MiB{grows}", flush=True)
        before = size, took


def made(size: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give so many statements and their articles, the same for every run."""
    chance = random.Random(0)
    words = ["".join(LETTERS[int(digit)] for digit in f"{number:05}") for number in range(WORDS)]
    likely = [1 / (rank + 10) for rank in range(WORDS)]  # Zipf's law
    start = pd.Timestamp("2024-01-01")
    statements, articles = [], []
    for number in range(size):
        act, report = divmod(number, REPORTS)
        if not report:
            said = chance.choices(words, likely, k=LENGTH)
        at = start + act * HOUR / 10 + report * HOUR
        article = f"a{number:08}"
        cut = said[: LENGTH - 2 * report]
        articles.append((article, f"outlet {chance.randrange(OUTLETS)}", None, None))
        statements.append((f"s{number:08}", article, f"p{act // PER_SPEAKER}", " ".join(cut), at))
    told = pd.DataFrame(statements, columns=["statement_id", "article_id", "speaker_id", "content", "reported_at"])
    told = told.assign(
        part="text", form="indirect", act="say", cue="said", cue_start=0, negated=False, within_id=None, described=None,
        said_from=None, said_to=None, said_precision="report",
    )  # fmt: skip
    return told, pd.DataFrame(articles, columns=["article_id", "outlet", "duplicate_of", "near_duplicate_of"])


if __name__ == "__main__":
    if len(sys.argv) < 2 or not all(size.isdigit() for size in sys.argv[1:]):
        sys.exit(__doc__)
    main(list(map(int, sys.argv[1:])))
