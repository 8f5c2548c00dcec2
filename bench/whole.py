"""Time a whole build, from the files to the database, of so many articles and of eight times as many.

    python bench/whole.py [ARTICLES [WORDS]]

1,000 articles of 50 words, each in a file, if no numbers are given: `size.py` invents them. Prints seconds of the
processor and of the clock, with one process, the greatest memory, and how many times as long eight times as many take.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import size

TIMES = 8


def main(articles: int, words: int) -> None:
    """Print a line for each number of articles, and the ratio."""
    spent = []
    for number in (articles, TIMES * articles):
        with tempfile.TemporaryDirectory() as folder:
            size.generate(Path(folder), number, paragraphs=max(1, words // 50))
            command = [sys.executable, __file__, "build", folder]
            done = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        spent.append(done["processor"])
        print(
            f"{number:,} articles of {words} words: {done['processor']:.1f} s of the processor, {done['clock']:.1f} s "
            f"of the clock, {done['memory']:,.0f} MiB at most; {done['statements']:,} statements; "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    print(f"{TIMES} times as many take {spent[1] / spent[0]:.2f} times as long")


def build(folder: Path) -> dict:
    """Build a story with one process."""
    from helpers import build, story

    began, before = time.perf_counter(), time.process_time()
    built = build.build(story.load(folder), folder / "story.duckdb", 1)
    return {
        "processor": time.process_time() - before,
        "clock": time.perf_counter() - began,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "statements": built.statements,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["build"]:
        print(json.dumps(build(Path(sys.argv[2]))))
    elif not all(number.isdigit() for number in sys.argv[1:]) or len(sys.argv) > 3:
        sys.exit(__doc__)
    else:
        main(*map(int, sys.argv[1:] + ["1000", "50"][len(sys.argv) - 1 :]))
