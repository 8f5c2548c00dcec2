"""Measure what the report of a story costs, on invented statements.

    python bench/report.py [STATEMENTS [FOLDER]]

1,800 statements if no number is given, six to an article, of sixty speakers and thirty outlets over two years; a few
speakers are in the news far more than others, and one statement in three repeats another. The report stands in FOLDER
afterwards where one is named. Prints seconds of the processor for the charts and for all else (the guard's checks
included), and the number and size of the pages; up to 5,000 statements also where the time went: our functions, then
all, the costliest first (the profiler itself takes about as long again). The notebooks are not run.
"""

import cProfile
import io
import pstats
import random
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from helpers import publish, store, story
from helpers.story import digest

WORDS = [a + b + c for a in "ba de fo gu ha ke li mo".split() for b in "re so ta vi".split() for c in ("", "n", "m")]
EACH, SPEAKERS, OUTLETS, DAYS = 6, 60, 30, 730
CUES = (("direct", "said"), ("indirect", "said that"), ("indirect", "denied that"), ("mixed", "promised"))
SHOWN, PROFILED = 25, 5_000  # functions, statements


def main(size: int, out: Path) -> None:
    """Print the times of one report."""
    with tempfile.TemporaryDirectory() as place:
        folder, database = Path(place) / "generated", Path(place) / "generated.duckdb"
        folder.mkdir()
        (folder / "story.toml").write_text('title = "Generated"\nabout = "Invented."\n[articles]\nfiles = []\n')
        store.write(database, tables(size))
        loaded, profile, began = story.load(folder), cProfile.Profile(time.process_time), time.process_time()
        if size <= PROFILED:
            profile.enable()
        charts = publish.figures(loaded, database)
        drawn = time.process_time()
        written = publish.site(loaded, database, out, charts)
        profile.disable()
    done = time.process_time()
    pages = [path for path in written if path.suffix == ".html"]
    print(f"{size:,} statements: charts {drawn - began:.1f} s, all else {done - drawn:.1f} s")
    print(f"{len(pages):,} pages of {sum(path.stat().st_size for path in pages) / 1e6:,.1f} MB, ", end="")
    print(f"the front page {(out / 'index.html').stat().st_size / 1e6:.2f} MB, the largest ", end="")
    print(f"{max(path.stat().st_size for path in pages) / 1e6:.2f} MB")
    if size > PROFILED:
        return
    said = io.StringIO()
    stats = pstats.Stats(profile, stream=said)
    stats.sort_stats("cumulative").print_stats("helpers/", SHOWN).sort_stats("tottime").print_stats(SHOWN)
    print("\n".join(line for line in said.getvalue().splitlines() if "/" in line or "ncalls" in line or "{" in line))


def tables(size: int) -> dict[str, pd.DataFrame]:
    """Make every table of a story of so many statements."""
    chance = random.Random(0)
    names = [f"{chance.choice(WORDS)}{n}".title() + f" {chance.choice(WORDS)}el".title() for n in range(SPEAKERS)]
    weights = [1 / (n + 1) for n in range(SPEAKERS)]
    articles, statements, said = [], [], []
    for number in range(-(-size // EACH)):
        article = {
            "article_id": digest("article", str(number)),
            "outlet": f"Outlet {chance.randrange(OUTLETS)}",
            "url": f"https://outlet.example/{number}",
            "title": _sentence(chance, 7),
            "published_at": pd.Timestamp("2030-01-01") + pd.Timedelta(minutes=chance.randrange(DAYS * 1440)),
            "language": "en",
            "source_file": f"{number}.txt",
            "source_sha256": digest(str(number), size=64),
        }
        text = _sentence(chance, 40) + "."
        for _ in range(min(EACH, size - EACH * number)):
            again = chance.choice(said[-3000:]) if said and chance.random() < 1 / 3 else None
            speaker = again[0] if again else chance.choices(range(SPEAKERS), weights)[0]
            form, cue = again[2:4] if again else chance.choice(CUES)
            content = again[1] if again else _sentence(chance, 14)
            lead = f"\n\n{names[speaker]} {cue} "
            start = len(text) + len(lead)
            text += f"{lead}{content}. {_sentence(chance, 25)}."
            key = again[4] if again else digest("utterance", str(len(statements)))
            said.append((speaker, content, form, cue, key))
            cue_at = start - 1 - len(cue)
            day = article["published_at"].normalize()
            statements.append(
                {
                    "statement_id": digest("statement", str(len(statements))),
                    "article_id": article["article_id"],
                    "part": "text",
                    "form": form,
                    "act": "deny" if "denied" in cue else "say",
                    "content": content,
                    "content_spans": [[start, start + len(content)]],
                    "cue": cue,
                    "cue_start": cue_at,
                    "cue_end": cue_at + len(cue),
                    "source": names[speaker],
                    "source_start": cue_at - 1 - len(names[speaker]),
                    "source_end": cue_at - 1,
                    "speaker": names[speaker],
                    "speaker_id": f"a{speaker}",
                    "relay": [],
                    "relay_ids": [],
                    "negated": False,
                    "said_from": day,
                    "said_to": day,
                    "said_precision": "report",
                    "reported_at": article["published_at"],
                    "utterance_id": key,
                    "confidence": 0.9,
                }
            )
        articles.append({**article, "text": text})
    told, outlets = pd.DataFrame(statements), {row["article_id"]: row["outlet"] for row in articles}
    told["outlet"] = told["article_id"].map(outlets)
    groups = told.groupby("utterance_id")
    utterances = groups.agg(
        speaker_id=("speaker_id", "first"),
        content=("content", "first"),
        said_from=("said_from", "min"),
        said_to=("said_to", "max"),
        statements=("statement_id", "size"),
        outlets=("outlet", "nunique"),
        origins=("article_id", "nunique"),
        first_reported_at=("reported_at", "min"),
        first_outlet=("outlet", "first"),
    ).reset_index()
    utterances["matter_id"] = [f"m{int(key[:4], 16) % 12}" for key in utterances["utterance_id"]]
    actors = [{"actor_id": f"a{n}", "name": name, "kind": "person"} for n, name in enumerate(names)]
    matters = [{"matter_id": f"m{n}", "name": WORDS[n], "terms": [WORDS[n]]} for n in range(12)]
    build = {"story": "generated", "folder": "generated", "inputs": "0", "annotator": "0"}
    return {
        **{table: store.empty(table) for table in store.TABLES},
        "articles": pd.DataFrame(articles),
        "actors": pd.DataFrame(actors),
        "statements": told.drop(columns="outlet"),
        "matters": pd.DataFrame(matters),
        "utterances": utterances,
        "build": pd.DataFrame([build]),
    }


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize()


if __name__ == "__main__":
    if len(sys.argv) > 3 or not all(number.isdigit() for number in sys.argv[1:2]):
        sys.exit(__doc__)
    wanted = int(sys.argv[1]) if sys.argv[1:] else 1_800
    if sys.argv[2:]:
        main(wanted, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(wanted, Path(made) / "report")
