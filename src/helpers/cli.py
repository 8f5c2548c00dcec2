"""The command line, `ontherecord`: thin, every command one call into a room."""

import errno
import json
import os
import re
import sys
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from helpers import story as stories
from helpers.story import StoryError

FORMS = ("direct", "mixed", "indirect")
FAULTS = 3  # exit status: built, but something in the story's files could not be used


class Engine(StrEnum):
    """What annotates."""

    local = "local"
    ray = "ray"


app = typer.Typer(
    help="Who said what, about what, and when: from a folder of articles to a published report.",
    epilog="Start with `ontherecord report data/sample`. A story is a folder with a story.toml; see the README.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

StoryFolder = Annotated[Path, typer.Argument(help="The story's folder, with its story.toml.", metavar="STORY")]
Database = Annotated[Path | None, typer.Option("--db", help="Database file; data/build/STORY.duckdb if not given.")]
Processes = Annotated[
    int | None, typer.Option("--processes", min=1, help="Processes to annotate with; all cores if not given.")
]


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="A plain name, for data/NAME; or a path.", metavar="NAME")],
) -> None:
    """Make the folder of a new story: settings that explain themselves, empty tables, a place for articles.

    Nothing that is there is ever overwritten.

    - `ontherecord new ford`: the story in data/ford
    - `ontherecord new ~/stories/ford`: wherever you want it
    """
    from helpers import new

    folder = _shown(new.story(name).folder)
    typer.echo(
        f"{folder}: a new story. Put articles into {folder / 'articles'}, look through story.toml, then:\n"
        f"  ontherecord add {folder} https://…     if some are to be fetched: a feed, a site map, a list, an archive\n"
        f"  ontherecord lab {folder}               build it and look at it, beginning with 0_start\n"
        f"  ontherecord report {folder}            write its report"
    )


@app.command()
def build(
    story: StoryFolder,
    db: Database = None,
    processes: Processes = None,
    engine: Annotated[Engine, typer.Option(help="Annotate on this machine, or on many with Ray.")] = Engine.local,
    address: Annotated[
        str | None, typer.Option(help="A running Ray cluster's; one is started on this machine if not given.")
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="Folder or s3://… that all its machines reach; beside the database if not given.")
    ] = None,
) -> None:
    """Read, annotate and link a story's articles into its database.

    Only what is new is annotated. Exit status 3: built, but some file, record or date could not be used; each is named.

    - `ontherecord build data/sample`
    - `ontherecord build data/sample --db /tmp/sample.duckdb --processes 1`
    - `ontherecord build data/sample --engine ray --address HOST:PORT --place s3://BUCKET/FOLDER`: keys are looked for
      where AWS's tools look, such as in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and the address, where it is not
      Amazon's, in AWS_ENDPOINT_URL, on each machine
    """
    from helpers.annotate.cluster import Cluster
    from helpers.build import build

    if engine is Engine.local and (address or place):
        raise StoryError("--address and --place: are for --engine ray. Add it, or leave them out.")
    cluster = Cluster(address, place) if engine is Engine.ray else None
    built = build(stories.load(story), db, processes, _progress, cluster)
    _tell(built)
    raise typer.Exit(FAULTS if len(built.faults) else 0)


@app.command()
def add(
    story: StoryFolder,
    sources: Annotated[list[str], typer.Argument(help="Addresses, files, folders, archives.", metavar="SOURCE…")],
    licence: Annotated[str | None, typer.Option(help="What may be done with them: a note, kept beside each.")] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="A field of all of them: outlet='The Post'."),
    ] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=THEIRS", help="Our field = their column: text=body.")
    ] = None,
    match: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="Fetch what has it in title or address; * is any ending.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Fetch nothing that is known to be older.")] = None,
    most: Annotated[int, typer.Option(min=1, help="Pages to fetch; the same command fetches the next.")] = 1_000,
    again: Annotated[
        bool, typer.Option("--again", help="Ask for kept pages anew; a changed one is a version.")
    ] = False,
    pause: Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host.")] = 1,
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="Go into this machine's own network, too.")
    ] = False,
) -> None:
    """Keep articles in a story: from feeds, sites, lists, archives, tables, wires, Word files and PDFs.

    The raw bytes go to STORY/raw, and where they came from to raw/manifest.jsonl; `build` reads them from there. What
    is kept is not fetched again: the same command goes on where it was interrupted. robots.txt is obeyed.

    - `ontherecord add data/ford https://post.example/rss --match "ford*"`: the pages behind a feed or a sitemap
    - `ontherecord add data/ford list.csv`: the pages that a list names, such as Media Cloud's, or a GDELT GKG file
    - `ontherecord add data/ford crawl.warc.gz pages.zip notes/ statement.pdf --set outlet="The Harbour"`
    - `ontherecord add data/ford table.parquet --column text=body --column published_at=day`

    Exit status 3: done, but something could not be used; each is named. 2: nothing could be used.
    """
    from helpers.read import add

    wishes = add.Wishes(
        fixed=_pairs("--set", fields, [field for field in stories.FIELDS if field not in ("id", "text", "url")]),
        columns=_pairs("--column", columns, stories.FIELDS),
        licence=licence,
        words=tuple(match or ()),
        since=_day(since, "--since"),
        most=most,
        again=again,
    )
    loaded = stories.load(story)
    added = add.add(loaded, sources, wishes, add.Web(add.Limits(pause=pause), allow_local), _progress)
    for name, reason in added.faults:
        typer.secho(_printable(f"{name}: {reason}"), err=True, fg="yellow")
    if added.faults and not added.kept and not added.before:
        raise typer.Exit(2)
    typer.echo(f"{loaded.folder / 'raw'}: {added}. Next: ontherecord build {story}")
    raise typer.Exit(FAULTS if added.faults else 0)


@app.command()
def report(
    story: StoryFolder,
    out: Annotated[Path | None, typer.Option(help="Where to write; reports/STORY/ if not given.")] = None,
    processes: Processes = None,
) -> None:
    """Build a story, run the notebooks on it and write its report.

    Exit status 3: written, but some file, record or date of the story could not be used; each is named. 2: nothing was
    written, as where none of its files holds an article.

    - `ontherecord report data/sample`: into reports/sample
    - `ontherecord report data/sample --out ~/site/water`
    """
    from helpers import publish
    from helpers.build import build

    loaded = stories.load(story)
    built = build(loaded, None, processes, _progress)
    _tell(built)
    if not built.articles:
        mend = "Mend the files named above" if len(built.faults) else "Put some into its folder"
        raise StoryError(f"{loaded.folder}: holds no article, so there is no report to write. {mend}, and try again.")
    index = publish.report(loaded, out or loaded.report, _progress)
    if not (index.parent / publish.paper.FILE).exists():
        typer.echo("No PDF of it: that takes a Chromium on this machine.")
    typer.echo(f"The report: {index.resolve().as_uri()}")
    raise typer.Exit(FAULTS if len(built.faults) else 0)


@app.command()
def review(
    story: StoryFolder,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Draw so many statements to be checked by hand, into checked.csv.")
    ] = None,
    processes: Processes = None,
) -> None:
    """Build a story and write what waits for a person, as tables to fill in.

    In STORY/review: reviews.csv, the open leads (fill in `status`: confirmed or dismissed); speakers.csv, statements
    without a speaker (fill in `speaker`: a name, or unresolved); actors.csv, what may be added to the story's own
    (fill in `kind`). The next build follows what is filled in, and the next review keeps it.

    With --sample, checked.csv instead: statements drawn at random, always the same ones, each with its sentences. Fill
    in yes or no under `statement_right`, `speaker_right` and `date_right`: the report's method page then says how many
    of this story's statements are right, and how sure that is.

    - `ontherecord review data/sample`
    - `ontherecord review data/sample --sample 100`, and when it is filled in `ontherecord evaluate checked data/sample`
    """
    from helpers import store
    from helpers.build import build
    from helpers.chart.words import number
    from helpers.link.reviews import pending

    loaded = stories.load(story)
    built = build(loaded, None, processes, _progress)
    _tell(built)
    tables = {table: store.raw(table, built.database) for table in store.PUBLIC}
    if sample:
        typer.echo(
            f"{loaded.folder / 'review' / pending.CHECKS}: {pending.sample(loaded, tables, sample):,} statements. "
            f"Fill in yes or no under {', '.join(pending.ANSWERS)}; then: ontherecord evaluate checked {story}"
        )
    else:
        waiting = pending.write(loaded, tables)
        typer.echo(
            f"{loaded.folder / 'review'}: {number(waiting['leads'], 'open lead')} (reviews.csv), "
            f"{number(waiting['speakers'], 'statement')} without a speaker (speakers.csv), "
            f"{number(waiting['actors'], 'proposal')} (actors.csv). "
            "Fill in what you know, and build again."
        )
    raise typer.Exit(FAULTS if len(built.faults) else 0)


@app.command()
def search(
    story: StoryFolder,
    words: Annotated[list[str], typer.Argument(help="What to look for.", metavar="WORDS…")],
    speaker: Annotated[str | None, typer.Option(help="Only statements of this speaker: a part of the name.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only what this outlet printed: a part of its name.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Nothing that is older.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Nothing that is younger.")] = None,
    form: Annotated[str | None, typer.Option(help="Only statements that are direct, mixed or indirect.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Hits to show.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="An object a line, hits marked by their places.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet, hits between **.")] = False,
    db: Database = None,
) -> None:
    """Search the statements and articles of a built story; the best hits first, marked.

    Words are found in all their endings. A statement counts by the day of its words, an article by that of its
    publication. In a pipe a hit is a line: day, who, outlet and words, with tabs between them and nothing marked.

    - `ontherecord search data/sample bridge`
    - `ontherecord search data/sample "close the bridge" --speaker orrenshaw --from 2025-03-01`
    - `ontherecord search data/sample tariff --form direct --csv > tariff.csv`
    """
    from helpers import search

    loaded = stories.load(story)
    if form and form not in FORMS:
        raise StoryError(f"--form: '{form}' is none; the forms are {', '.join(FORMS)}.")
    filters = {"speaker": speaker, "outlet": outlet, "form": form}
    days = {"since": _day(since, "--from"), "until": _day(until, "--to")}
    found = search.find(loaded, " ".join(words), **filters, **days, limit=limit, database=db)
    if found.empty:
        narrowed = " with these filters" if any((*filters.values(), *days.values())) else ""
        meant = search.meant(db or loaded.database, speaker, outlet)
        nothing = f"{loaded.name}: nothing has '{' '.join(words)}'{narrowed}."
        typer.echo(_printable(" ".join([nothing, *meant])), err=True)
    elif as_json:
        typer.echo("\n".join(search.lines(found)))
    elif as_csv:
        typer.echo(search.csv(found), nl=False)
    else:
        _show(found)


@app.command()
def share(
    story: StoryFolder,
    catalog: Annotated[
        str, typer.Argument(help="postgres:dbname=… host=…, or a file.", metavar="CATALOG", show_default=False)
    ],
    files: Annotated[
        str | None, typer.Option(help="Where a new catalog keeps its Parquet files: a folder or an address.")
    ] = None,
    db: Database = None,
) -> None:
    """Put a built story's tables into a DuckLake catalog that the newsroom shares.

    Others may read meanwhile: they see the last tables until the new ones are there. Tables that are the same stay.
    """
    from helpers.share import share

    loaded = stories.load(story)
    changed = share(loaded, catalog, files, db)
    typer.echo(f"The schema {loaded.name}: {changed} tables new or changed.")


@app.command()
def lab(
    story: StoryFolder,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Charts that answer to the mouse, tables to sort and search.")
    ] = False,
) -> None:
    """Open JupyterLab on the notebooks, with the story built and set. Begin with 0_start.

    - `ontherecord lab data/sample`
    - `ontherecord lab data/sample --interactive`: as much as in a cell `chart.enable(interactive=True)`

    Stop it with Ctrl-C; what you changed in a notebook is kept when you save it.
    """
    from helpers.build import build
    from helpers.lab import serve

    loaded = stories.load(story)
    _tell(build(loaded, None, None, _progress))
    raise typer.Exit(serve(loaded, interactive=interactive).wait())


@app.command()
def extract(
    file: Annotated[
        str, typer.Argument(help="JSON Lines of articles; - reads standard input.", metavar="[FILE|-]")
    ] = "-",
    zone: Annotated[str, typer.Option(help="The time zone in which a publication day is counted.")] = "UTC",
) -> None:
    """Extract statements, actors and times: JSON Lines in, JSON Lines out, no database.

    In: {"id", "text", "published_at"?, "title"?, "byline"?, "outlet"?}, one object a line. Out: one line for each, in
    order, with half-open code point offsets into the text as it came in.

    - `ontherecord extract articles.jsonl > statements.jsonl`
    - `echo '{"text": "The ford is shut, Ida Varro said."}' | ontherecord extract`
    """
    from helpers.annotate import extract

    try:
        stories.zone(zone)
    except ValueError as error:
        raise StoryError(f"--zone: {error}.") from None
    lines = sys.stdin.buffer if file == "-" else _lines(Path(file))
    faults = 0
    for record in extract.lines(_progress(lines, "extracting"), file, zone):
        faults += "error" in record
        typer.echo(json.dumps(record, ensure_ascii=False).encode() + b"\n", nl=False)
    raise typer.Exit(FAULTS if faults else 0)


@app.command()
def evaluate(
    task: Annotated[str, typer.Argument(help="attribution, times, story, …: what to measure.", metavar="TASK")],
    corpus: Annotated[
        Path, typer.Argument(help="The gold data: a brat folder, a TimeML folder, a story with gold.json.")
    ],
) -> None:
    """Measure the annotation against gold data, with the field's metrics.

    - `ontherecord evaluate story data/sample`: the sample story's own gold.json
    - `ontherecord evaluate checked data/ford`: a sample that you have checked (`ontherecord review --sample`)
    - `ontherecord evaluate attribution polnear/dev`: a brat corpus; also times (TimeML), speakers, pairs
    """
    from helpers import evaluate

    typer.echo(evaluate.table(task, corpus))


def _pairs(option: str, given: list[str] | None, known: Iterable[str]) -> dict[str, str]:
    """Read FIELD=VALUE pairs."""
    pairs = {}
    for pair in given or []:
        field, _, value = pair.partition("=")
        if not value.strip() or field not in known:
            raise StoryError(f"{option} '{pair}': write FIELD=VALUE, where FIELD is one of {', '.join(known)}.")
        pairs[field] = value.strip()
    return pairs


def _day(given: str | None, option: str) -> str | None:
    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError:
        raise StoryError(f"{option}: '{given}' is no day; write one such as 2025-03-04.") from None


def _lines(path: Path) -> Iterable[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise StoryError(
            f"{path}: cannot be read ({error.strerror}). Name a .jsonl file, or - for standard input."
        ) from None


def _tell(built) -> None:
    from pandas import isna

    for fault in built.faults.astype(object).itertuples():
        line = "" if isna(fault.line) else f":{int(fault.line)}"
        typer.secho(_printable(f"{fault.source_file}{line}: {fault.reason}"), err=True, fg="yellow")
    done = f"{built.annotated:,} newly annotated" if built.fresh else "nothing had changed"
    foreign = f"; {built.foreign:,} not in English, which are not annotated" if built.foreign else ""
    articles = f"{built.articles:,} {'article' if built.articles == 1 else 'articles'}"
    statements = f"{built.statements:,} {'statement' if built.statements == 1 else 'statements'}"
    typer.echo(f"{built.database}: {articles}, {statements} ({done}{foreign})")


def _show(found) -> None:
    """Print hits: a marked table in a terminal; in a pipe a plain line each, its cells between tabs."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from helpers import search

    console = Console(highlight=False)
    table = Table("Day", "Who", "Outlet", "Words", box=None, pad_edge=False, expand=True)
    for row, words in zip(found.fillna("").itertuples(), search.marked(found, "\x02", "\x03"), strict=True):
        who = f"{row.speaker} ({row.form})" if row.kind == "statement" else "the article"
        if not console.is_terminal:
            cells = (row.day, who, row.outlet, row.words)
            typer.echo("\t".join(_printable(" ".join(cell.split())) for cell in cells))
            continue
        text = Text()
        for place, part in enumerate(re.split("[\x02\x03]", words)):
            text.append(_printable(part), style="bold reverse" if place % 2 else "")
        text.append(f"  ×{row.times}" if row.times > 1 else "", style="dim")
        table.add_row(row.day, _printable(who), _printable(row.outlet), text)
    if console.is_terminal:
        console.print(table)


def _shown(folder: Path) -> Path:
    """Give a folder as one would type it here."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _printable(line: str) -> str:
    """Spell out what a terminal would obey: a file's name may hold newlines and escape codes."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)


def _progress(things: Iterable, doing: str) -> Iterable:
    """Show a bar on a terminal; be silent in CI, in pipes and in notebooks."""
    from tqdm import tqdm

    silent = not sys.stderr.isatty() or bool(os.environ.get("CI"))
    return tqdm(things, desc=doing, disable=silent, leave=False)


def main() -> None:
    """Run the command line; what the user can mend is one sentence and exit status 2."""
    try:
        app()
    except StoryError as error:
        typer.secho(_printable(str(error)), err=True, fg="red")
        sys.exit(2)
    except OSError as error:
        where = error.filename or "the output"
        denied = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        mend = "Give yourself the right to it, or choose another place," if denied else "Mend that"
        typer.secho(f"{where}: {error.strerror or error}. {mend} and try again.", err=True, fg="red")
        sys.exit(2)


if __name__ == "__main__":
    main()
