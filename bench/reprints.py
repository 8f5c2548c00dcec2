"""Time how reprints are found among generated articles of 400 words, of which every fifth reprints another in part.

    python bench/reprints.py [ARTICLES …]

1,000, 10,000 and 100,000 articles if no number is given. Prints the reprints found of those made, seconds of processor
time (it is one process), the greatest memory so far and, from the second on, the exponent by which the time grows: 1 is
linear, 2 quadratic.
"""

import random
import resource
import sys
import time
from math import log

import pandas as pd

from helpers.link.utterances import reprints

SIZES = (1_000, 10_000, 100_000)
WORDS = 20_000
LENGTH = 400  # words of an article
KEPT = 250  # of its words that a reprint keeps, between a head and a tail of its own
EVERY = 5
START = pd.Timestamp("2024-01-01")
MINUTES = 5  # between an article and the next


def main(sizes: list[int]) -> None:
    """Print a line for each number of articles, the least first."""
    before = None
    for size in sorted(sizes):
        articles = made(size)
        began = time.process_time()
        found = reprints.mark(articles)["near_duplicate_of"].notna().sum()
        took = time.process_time() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        grows = f", exponent {log(took / before[1]) / log(size / before[0]):.2f}" if before else ""
        print(
            f"{size:>9,} articles: {found:,} of {size // EVERY:,} reprints, {took:.1f} s, {memory:,.0f} MiB{grows}",
            flush=True,
        )
        before = size, took


def made(size: int) -> pd.DataFrame:
    """Make so many articles, the same for every run."""
    chance = random.Random(0)
    words = [f"w{number:x}" for number in range(WORDS)]
    # A word is likely by its rank (Zipf's law), summed up once for all draws.
    heights, total = [], 0.0
    for rank in range(WORDS):
        total += 1 / (rank + 10)
        heights.append(total)
    rows, texts = [], []
    for number in range(size):
        text = chance.choices(words, cum_weights=heights, k=LENGTH)
        if number % EVERY == EVERY - 1:
            head, tail = text[: (LENGTH - KEPT) // 2], text[(LENGTH + KEPT) // 2 :]
            at = chance.randrange(LENGTH - KEPT)
            text = head + texts[-2][at : at + KEPT] + tail
        texts = [*texts[-2:], text]
        rows.append((f"a{number:07}", START + number * pd.Timedelta(minutes=MINUTES), " ".join(text), None))
    return pd.DataFrame(rows, columns=["article_id", "published_at", "text", "duplicate_of"])


if __name__ == "__main__":
    if not all(size.isdigit() for size in sys.argv[1:]):
        sys.exit(__doc__)
    main(list(map(int, sys.argv[1:])) or list(SIZES))
