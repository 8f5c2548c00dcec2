"""Let a fuzzer that watches which lines of the code run look for bytes that crash or hang what reads files.

    python bench/parsers.py [RUNS [SEED]]

20,000 runs if no number is given. Needs the extra `fuzz`: atheris (libFuzzer), which mutates what `bench/fuzz.py`
makes and keeps what reaches lines that nothing has reached. Each file goes through what `add` and `build` do with it as
far as no story is needed: what kind it is, its records, rows of `articles`, leads, members. Bytes may be refused in a
sentence; anything else ends the run with exit status 77, and leaves the bytes here as crash-… or timeout-….
"""

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["helpers", "docx", "feedparser", "frontmatter", "pypdf", "warcio", "yaml"]):
    from helpers.read import archives, clean, files, gather, leads
    from helpers.read.files import decode, kinds, records
    from helpers.story import Story

import fuzz

LIMIT = 20  # seconds for a file of some kilobytes
LONGEST = 8_000  # bytes of a file
SEEDS = 300
ENDINGS = (*files._KINDS, ".zip", ".warc", ".gz", "")
LED = (
    b"<rss><channel><title>a</title><item><title>b</title><link>http://a.example/</link></item></channel></rss>",
    b"<urlset><url><loc>http://a.example/</loc><lastmod>2025-03-04</lastmod></url></urlset>",
    b"title,url,date\nFerry,http://a.example/,2025-03-04\n",
    b"20250306120000-1\t20250306120000\t1\ta\thttp://a.example/" + b"\t" * 22,
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 40\r\n\r\n"
    b"HTTP/1.1 200 OK\r\n\r\n<p>The ferry stops</p>\r\n\r\n",
)
STORY = Story(folder=Path("/nowhere"), title="Fuzz")


def main(runs: int, seed: int) -> None:
    """Fuzz; never returns."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(SEEDS):
            ending, raw = fuzz._file(chance)
            Path(folder, f"{number}").write_bytes(bytes([ENDINGS.index(ending)]) + raw)
        for number, raw in enumerate(LED):
            Path(folder, f"led{number}").write_bytes(bytes([len(ENDINGS) - 1]) + raw)
        options = (
            f"-runs={runs}",
            f"-seed={seed + 1}",
            f"-timeout={LIMIT}",
            f"-max_len={LONGEST}",
            "-rss_limit_mb=4096",
        )
        atheris.Setup([sys.argv[0], *options, folder], use)
        atheris.Fuzz()


def use(given: bytes) -> None:
    """Do with bytes, whose first chooses the file's ending, what is done with a file."""
    if not given:
        return
    ending, raw = ENDINGS[given[0] % len(ENDINGS)], given[1:]
    try:
        if ending in files._KINDS:
            found, _ = files._records(raw, f"a{ending}", ending, STORY, None, records.NONE)
            for record in found:
                clean.sketch(record.text)
                gather._row(record, STORY, frozenset())
        kind = kinds.kind(raw, f"a{ending}")
        budget = archives.Budget(10**6, 10**5)
        if kind in kinds.LEADS:
            leads.wanted(leads.find(kind, raw, "http://b.example/", None, {}), ["ferr*"], "2025-01-01")
        elif kind == "zip":
            list(archives.unzip(raw, "a.zip", budget))
        elif kind == "gzip":
            archives.gunzip(raw, budget)
        elif kind == "warc":
            list(archives.warc(raw, "a.warc", budget))
    except decode.Unreadable as error:
        assert str(error.args[0]).endswith("."), error


if __name__ == "__main__":
    if len(sys.argv) > 3 or not all(number.isdigit() for number in sys.argv[1:]):
        sys.exit(__doc__)
    main(int(sys.argv[1]) if sys.argv[1:] else 20_000, int(sys.argv[2]) if sys.argv[2:] else 0)
