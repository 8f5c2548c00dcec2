"""Measure how long a timeline takes to answer, on generated statements: by DuckDB, and as the notebooks draw it.

    python bench/timelines.py [STATEMENTS …]

1,000,000 and 10,000,000 statements if no number is given, of a thousand speakers and fifty outlets over ten years, a
few speakers in the news far more than others. Prints milliseconds, the median of five, of each question to the
database file, of the clock and, as all cores work on it, of the processor: statements a month of the eight who speak
most, all statements of one speaker in a year, articles a day and outlet. And once, up to a million statements, seconds
of `chart.timeline.lanes`, which has all statements in memory.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from helpers import store

QUESTIONS = {
    "eight lanes by month": """
        WITH most AS (SELECT speaker_id FROM statements GROUP BY ALL ORDER BY count(*) DESC, speaker_id LIMIT 8)
        SELECT speaker_id, date_trunc('month', coalesce(said_from, reported_at)) AS month, form, count(*)
        FROM statements SEMI JOIN most USING (speaker_id) GROUP BY ALL ORDER BY ALL""",
    "one speaker in a year": """
        SELECT said_from, form, act, content FROM statements
        WHERE speaker_id = 'p7' AND said_from BETWEEN '2019-01-01' AND '2019-12-31' ORDER BY ALL""",
    "coverage a day and outlet": """
        SELECT date_trunc('day', published_at) AS day, outlet, count(*) FROM articles GROUP BY ALL ORDER BY ALL""",
}
TIMES = 5
IN_MEMORY = 1_000_000


def main(sizes: list[int]) -> None:
    """Print the times for each number of statements."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "story.duckdb"
            generate(database, size)
            for name, question in QUESTIONS.items():
                with store.connect(database) as connection:
                    spent = [_milliseconds(connection, question) for _ in range(TIMES)]
                clock, processor = (statistics.median(one) for one in zip(*spent, strict=True))
                print(
                    f"{size:>11,} statements: {name:26} {clock:7,.0f} ms, {processor:7,.0f} ms of the processor",
                    flush=True,
                )
            if size <= IN_MEMORY:
                _in_memory(database, size)


def generate(database: Path, size: int) -> None:
    """Write a database of so many statements, nine to an article, in the order in which a build writes them: of ids."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(store.SCHEMA)
        connection.execute(
            """
            INSERT INTO articles BY NAME
            SELECT md5(i::VARCHAR)[:16] AS article_id, 'Outlet ' || i % 50 AS outlet, 'Ford ' || i AS title,
                TIMESTAMP '2015-01-01' + to_minutes((hash(i) % 5256000)::INTEGER) AS published_at, 'en' AS language,
                'The ford is shut.' AS text, 'a.jsonl' AS source_file, '' AS source_sha256
            FROM range($1 // 9 + 1) t(i) ORDER BY article_id""",
            [size],
        )
        connection.execute(
            """
            INSERT INTO actors BY NAME
            SELECT 'p' || i AS actor_id, 'Person ' || i AS name, 'person' AS kind FROM range(1000) t(i)"""
        )
        connection.execute(
            """
            INSERT INTO statements BY NAME
            SELECT md5(i::VARCHAR || 's')[:16] AS statement_id, md5((i // 9)::VARCHAR)[:16] AS article_id,
                'text' AS part,
                ['direct', 'mixed', 'indirect'][1 + i % 3] AS form, 'say' AS act,
                'that ford number ' || i || ' would stay shut until the water falls' AS content,
                [[0, 9]] AS content_spans,
                'p' || (1000 * pow(hash(i, 1) % 10000 / 10000.0, 6))::INTEGER AS speaker_id,
                [] AS relay, [] AS relay_ids,
                false AS negated,
                said AS said_from, said AS said_to, 'day' AS said_precision,
                said::TIMESTAMP + INTERVAL 12 HOUR AS reported_at, 0.9 AS confidence
            FROM (SELECT i, DATE '2015-01-01' + (hash(i // 9) % 3650)::INTEGER AS said FROM range($1) t(i))
            ORDER BY statement_id""",
            [size],
        )


def _in_memory(database: Path, size: int) -> None:
    from helpers.chart import timeline

    statements, actors, articles = (store.read(table, database) for table in ("statements", "actors", "articles"))
    began = time.perf_counter()
    timeline.lanes(statements, actors, articles)
    print(f"{size:>11,} statements: lanes, in memory           {time.perf_counter() - began:7,.1f} s", flush=True)


def _milliseconds(connection: duckdb.DuckDBPyConnection, question: str) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    connection.execute(question).df()
    return 1_000 * (time.perf_counter() - clock), 1_000 * (time.process_time() - processor)


if __name__ == "__main__":
    if not all(size.isdigit() for size in sys.argv[1:]):
        sys.exit(__doc__)
    main([int(size) for size in sys.argv[1:]] or [1_000_000, 10_000_000])
