"""Send generated and mutated files through read and annotate, and count what becomes of them.

    python bench/fuzz.py [FILES [SEED]]

10,000 files if no number is given: texts, front matter, pages, tables, wires and packages, well formed, mutated or
drawn from bytes. Every file must be loaded or named in `removed`, and none may take longer than LIMIT seconds. Prints
the counts; exit status 1, with the number of the file and the seed, where a file crashes, hangs or vanishes.
"""

import json
import random
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

from helpers import read, story
from helpers.annotate import engine

LIMIT = 20  # seconds for a file of some kilobytes
BATCH = 50  # files of one story
SENTENCES = (
    "“We will not open the ford before the water falls,” Finance Minister Laura Dennholm told reporters on Monday.",
    "The mayor, Peter Askwith, said that the ford was open, and that he had seen it: “on 31 February.”",
    "According to a spokeswoman for the council, which denied it, nobody had been told.",
    "Read more: ten fords you should see",
    "© 2024 The Tolm Post. All rights reserved.",
)
ODD = (
    "\0",
    "\ud83d",
    "\u202e",
    "“" * 40,
    "a" * 3_000,
    "(" * 200,
    "1" * 400,
    "\r",
    "\t",
    "&#x110000;",
    "é" * 50,
    "said " * 80,
)
PIECES = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"\xff<&%",
    b"]]>",
    b"---\n",
    b"9" * 30,
    b'"',
    b"<![CDATA[",
    b"\n",
    b"{",
    b"\xed\xa0\x80",
)


def main(files: int, seed: int) -> None:
    """Print the counts of so many files."""
    chance, counts = random.Random(seed), Counter()
    signal.signal(signal.SIGALRM, _too_long)
    for start in range(0, files, BATCH):
        with tempfile.TemporaryDirectory() as folder:
            made = _story(Path(folder), range(start, min(files, start + BATCH)), chance)
            _count(made, counts, seed)
    print(", ".join(f"{number:,} {what}" for what, number in counts.items()))


def _story(folder: Path, numbers: range, chance: random.Random) -> story.Story:
    (folder / "articles").mkdir()
    (folder / "story.toml").write_text('title = "Fuzz"\n[articles]\nfiles = ["articles/*"]\n')
    for number in numbers:
        ending, raw = _file(chance)
        (folder / "articles" / f"{number:06}{ending}").write_bytes(_mutated(raw, chance))
    return story.load(folder)


def _count(made: story.Story, counts: Counter, seed: int) -> None:
    names = sorted(path.name for path in (made.folder / "articles").iterdir())
    place = f"files {names[0]} to {names[-1]}, seed {seed}"
    try:
        signal.alarm(LIMIT * 3)
        reading = read.articles(made)
        for at in range(len(reading.articles)):
            place = f"{reading.articles['source_file'].iloc[at]}, seed {seed}"
            signal.alarm(LIMIT)
            engine.lines(reading.articles.iloc[at : at + 1], made.timezone)
    except Exception as error:
        sys.exit(f"{place}: {type(error).__name__}: {str(error)[:300]}")
    finally:
        signal.alarm(0)
    loaded, named = set(reading.articles["source_file"]), set(reading.removed["source_file"])
    lost = [name for name in names if f"articles/{name}" not in loaded | named]
    if lost:
        sys.exit(f"{lost[0]}, seed {seed}: neither loaded nor named in removed")
    counts["files"] += len(names)
    counts["loaded"] += len(loaded)
    counts["named in removed alone"] += len([name for name in names if f"articles/{name}" not in loaded])
    counts["articles annotated"] += len(reading.articles)


def _file(chance: random.Random) -> tuple[str, bytes]:
    """Make a file of some kind, well formed, with odd words in it."""
    words = "\n\n".join(
        chance.choice(ODD) if chance.random() < 0.15 else chance.choice(SENTENCES) for _ in range(chance.randint(0, 8))
    )
    title = chance.choice(("Ford shut", "", "Ford: ‘shut’", "x" * 300))
    date = chance.choice(("2024-03-05", "2024-02-31", "Tue, 05 Mar 2024 09:00:00 GMT", "yesterday", "9999-99-99", ""))
    row = {"text": words, "title": title, "published_at": date, "outlet": "The Tolm Post"}
    paragraphs = "".join(f"<p>{part}</p>" for part in words.split("\n\n"))
    kinds = {
        ".txt": f"---\ntitle: {title}\npublished_at: {date}\n---\n{words}",
        ".md": words,
        ".html": f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{paragraphs}</body></html>",
        ".jsonl": "\n".join(json.dumps(row | {"id": f"{n}"}) for n in range(chance.randint(1, 3))),
        ".csv": 'text,title,published_at\n"' + words.replace('"', '""') + f'","{title}",{date}\n',
        ".tsv": f"text\ttitle\n{words}\t{title}\n",
        ".json": json.dumps({"uri": "a", "headline": title, "versioncreated": date, "body_xhtml": paragraphs}),
        ".xml": f"<newsItem guid='a'><contentMeta><headline>{title}</headline></contentMeta><contentSet><inlineXML>"
        f"{paragraphs}</inlineXML></contentSet></newsItem>",
        ".pdf": "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        ".docx": "PK\x03\x04 no package",
        ".parquet": "PAR1 no table PAR1",
    }
    ending = chance.choice(list(kinds))
    return ending, kinds[ending].encode("utf-8", "surrogatepass")


def _mutated(raw: bytes, chance: random.Random) -> bytes:
    """Overwrite, cut or double some pieces of a file; one in twenty is bytes alone."""
    if chance.random() < 0.05:
        return chance.randbytes(chance.randint(0, 2_000))
    changed = bytearray(raw)
    for _ in range(chance.choice((0, 0, 1, 2, 5))):
        at, size = chance.randint(0, len(changed)), chance.randint(0, 30)
        changed[at : at + size] = chance.choice((*PIECES, bytes(changed[at : at + size]) * 3))
    return bytes(changed)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"took longer than {LIMIT} seconds")


if __name__ == "__main__":
    if len(sys.argv) > 3 or not all(number.isdigit() for number in sys.argv[1:]):
        sys.exit(__doc__)
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000, int(sys.argv[2]) if sys.argv[2:] else 0)
