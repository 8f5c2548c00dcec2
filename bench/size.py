"""Measure what size costs: one article more in a large story, a second process, memory as articles grow.

    python bench/size.py [ARTICLES [table]]
    python bench/size.py memory ARTICLES PARAGRAPHS [table]

The story is generated: so many articles of 400 words (10,000 if not given), each in a file or all in one table, which
are read once, as a first build reads them; the annotations of all but the new one are copies of a few articles' own.
Each line is a process of its own. Prints seconds (of the processor) of reading and annotating when one article is
added, beside a story of that article alone, and the ratio; what the rest of the build costs grows with the story, and
`bench/people.py` and `bench/link.py` time it. Then seconds of annotating with one process and with two, of the clock
and of the processor, which says what the clock would on a machine that does nothing else; and the greatest memory of
annotating articles and four times as many.

`memory` reads so many articles of so many paragraphs of 50 words for the first time, and four times as many, hands
their texts to annotation, which gives such copies, and prints seconds and the greatest memory of each.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

WORDS = [
    a + b + c for a in "ba de fo gu ha ke li mo nu pa".split() for b in "re so ta vi".split() for c in ("", "n", "m")
]
OUTLETS = 50
FEW = 300  # articles that are really annotated
PARAGRAPHS = 8


def main(size: int, table: bool) -> None:
    """Print the lines."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        began = time.perf_counter()
        grown = _measure("grown", folder, size, int(table))
        print(
            f"{size:,} articles generated and read for the first time: {time.perf_counter() - began:,.0f} s", flush=True
        )
        alone = _measure("alone", folder, 1)
        for name, done in (("a story of one article", alone), (f"one article more in {size:,}", grown)):
            print(f"{name:32} {done['seconds']:6.1f} s, {done['new']} annotated, {done['memory']:,.0f} MiB at most")
        print(f"ratio {grown['seconds'] / alone['seconds']:.2f}", flush=True)
        few = _measure("annotate", folder, FEW, 1)
        one, two = _measure("annotate", folder, 4 * FEW, 1), _measure("annotate", folder, 4 * FEW, 2)
        clock, spent = ([done[of] for done in (one, two)] for of in ("seconds", "processor"))
        print(f"annotating {4 * FEW}: {clock[0]:.1f} s with one process, {clock[1]:.1f} s with two", end=": ")
        print(f"{clock[0] / clock[1]:.2f} times as fast; load {os.getloadavg()[0]:.1f}", flush=True)
        print(f"of the processor {spent[0]:.1f} s and {spent[1]:.1f} s: on two idle cores", end=" ")
        print(f"{2 * spent[0] / spent[1]:.2f} times as fast", flush=True)
        print(f"memory: {few['memory']:,.0f} MiB for {FEW} articles, {one['memory']:,.0f} MiB for {4 * FEW}")


def memory(size: int, paragraphs: int, table: bool) -> None:
    """Print the lines of two first readings."""
    before = None
    for articles in (size, 4 * size):
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), articles, table=table, paragraphs=paragraphs)
            done = _measure("first", Path(folder))
        grew = f", {done['memory'] / before:.2f} times as much" if before else ""
        print(
            f"{articles:,} articles of {paragraphs * 50} words: {done['seconds']:,.0f} s of the processor, "
            f"{done['memory']:,.0f} MiB at most{grew}; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        before = done["memory"]


def _measure(what: str, folder: Path, *numbers: int) -> dict:
    command = [sys.executable, __file__, what, str(folder), *map(str, numbers)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def grown(folder: Path, size: int, table: int) -> dict:
    """Time reading and annotating when one article is added to so many."""
    place = folder / "grown"
    generate(place, size, table=bool(table))
    _measure("first", place)
    generate(place, size + 1, size, bool(table))
    return _measure("build", place)


def alone(folder: Path, _size: int) -> dict:
    """Time reading and annotating a story of one article."""
    generate(folder / "alone", 1)
    return _measure("build", folder / "alone")


def first(place: Path) -> dict:
    """Time reading a story for the first time, and annotating it by copies of a few annotations."""
    import pandas as pd

    from helpers.annotate import engine

    fields, text = article(0)
    few = pd.DataFrame([{**fields, "article_id": "", "text": text}])
    (line,) = engine.lines(few.assign(published_at=pd.to_datetime(few["published_at"]).dt.tz_localize(None)), "UTC")
    engine.lines = lambda batch, _zone: [line | {"article_id": one} for one in batch["article_id"]]
    time.sleep(3)  # a file that was just written to is not known by its times
    return build(place)


def build(place: Path) -> dict:
    """Time reading and annotating what is new in a story."""
    from helpers import build, story
    from helpers.read import listing

    loaded, database = story.load(place), place / "story.duckdb"
    annotator = build._annotator(loaded)
    known = listing.Files(build._parts(database, "files", "2"))
    listed = listing.find(loaded, known)
    build._inputs(listed)
    *_, new = build.annotate(loaded, database, annotator, listed, known, 1, lambda things, _doing: things)
    return {"seconds": time.process_time(), "memory": _memory(), "new": new}


def annotate(folder: Path, size: int, processes: int) -> dict:
    """Time annotating so many articles; what the processes need to start is part of it."""
    from helpers import read, story
    from helpers.annotate import engine

    generate(folder / f"few{size}", size)
    articles = read.articles(story.load(folder / f"few{size}")).articles
    began, before = time.perf_counter(), time.process_time()
    for _ in engine.stream([articles], processes=processes):
        pass
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - before + others.ru_utime + others.ru_stime,
        "memory": _memory(),
    }


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def generate(place: Path, size: int, start: int = 0, table: bool = False, paragraphs: int = PARAGRAPHS) -> None:
    """Write the files, or lengthen the table, of a story of invented words, from one number to another."""
    (place / "articles").mkdir(parents=True, exist_ok=True)
    (place / "story.toml").write_text('title = "Generated"\n[articles]\nfiles = ["articles/*"]\n')
    with (place / "articles" / "wire.jsonl").open("a") if table else nullcontext() as lines:
        for number in range(start, size):
            fields, text = article(number, paragraphs)
            if table:
                lines.write(json.dumps({**fields, "text": text}) + "\n")
            else:
                head = "\n".join(f"{name}: {value}" for name, value in fields.items())
                (place / "articles" / f"{number:07}.txt").write_text(f"---\n{head}\n---\n{text}\n")


def article(number: int, paragraphs: int = PARAGRAPHS) -> tuple[dict[str, str], str]:
    """Invent an article: its fields and its text."""
    chance = random.Random(number)
    paragraphs = [
        f"{' '.join(chance.choices(WORDS, k=40)).capitalize()}, {chance.choice(WORDS).title()} "
        f"{chance.choice(WORDS).title()} said on Monday that the {chance.choice(WORDS)} would stay."
        for _ in range(paragraphs)
    ]
    fields = {
        "title": " ".join(chance.choices(WORDS, k=7)).capitalize(),
        "outlet": f"Outlet {number % OUTLETS}",
        "published_at": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}T09:00:00Z",
        "url": f"https://a.example/{number}",
    }
    return fields, "\n\n".join(paragraphs)


if __name__ == "__main__":
    steps = {"grown": grown, "alone": alone, "first": first, "build": build, "annotate": annotate}
    match sys.argv[1:]:
        case [step, folder, *numbers] if step in steps:
            print(json.dumps(steps[step](Path(folder), *map(int, numbers))))
        case ["memory", size, paragraphs, *table] if (size + paragraphs).isdigit() and table in ([], ["table"]):
            memory(int(size), int(paragraphs), bool(table))
        case []:
            main(10_000, False)
        case [size, *table] if size.isdigit() and table in ([], ["table"]):
            main(int(size), bool(table))
        case _:
            sys.exit(__doc__)
