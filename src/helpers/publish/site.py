"""The report: a static site that stands alone, asks nothing of anybody and quotes nothing that it cannot show."""

import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
from markupsafe import Markup

from helpers import store
from helpers.annotate.tagger import MODEL
from helpers.publish import corrections, data, evidence, guard, markup
from helpers.publish.notebooks import Appendix
from helpers.publish.page import day, render
from helpers.story import Story, StoryError

DATED = ("day", "week", "month", "year")  # precisions that words of the article give
# What a new report replaces, first of all the page by which a folder is known to hold a report.
OWNED = ("method.html", "index.html", "corrections.html", "statements", "articles", "charts", "data")
STAGED = ".new-"  # how the folder begins in which a report is made; what an interrupted one left is cleared away
LATEST = 20  # statements on the front page
PAGE = 200  # statements on a page of the list
ROWS = 100  # rows of a chart's table in the page; its CSV has them all
LISTED = 12  # leads, unresolved sources and faulty files on the front page


@dataclass(frozen=True)
class Figure:
    """A chart and what a reader needs to trust it: the finding, the unit, the words for it, the data, the source."""

    name: str
    headline: str
    subtitle: str
    alt: str
    svg: str
    data: pd.DataFrame
    source: str
    alone: str | None = None  # the same drawing with its headline in it, for whoever takes it away


@dataclass(frozen=True)
class Quote:
    """Words of an article and where they stand in it."""

    at: str
    words: str


@dataclass(frozen=True)
class Entry:
    """A statement as the pages show it."""

    statement_id: str
    article_id: str
    part: str
    spans: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    cue_quote: Quote | None
    quotes: tuple[Quote, ...]
    speaker: str | None
    named: str
    relay: tuple[str, ...]
    form: str
    act: str
    negated: bool
    condition: str
    said: str
    reported: pd.Timestamp | None
    outlet: str
    language: str
    confidence: float
    outside: str | None
    utterance_id: str | None

    @property
    def page(self) -> str:
        return f"articles/{self.article_id}.html#{self.statement_id}"

    @property
    def week(self) -> str:
        if self.reported is None:
            return "undated"
        year, week, _ = self.reported.isocalendar()
        return f"{year}-W{week:02}"


def site(
    story: Story, database: Path, out: Path, charts: Sequence[Figure], appendix: Sequence[Appendix] = ()
) -> list[Path]:
    """Write a story's report into a folder, in place of the last one there.

    Needs a built database; charts in the order of reading; the appendix pages that `notebooks` wrote into the
    same folder. Gives the paths written. Raises StoryError, and leaves the last report as it was, where a quotation
    does not stand in its article or the folder may not be written to.
    """
    tables = {table: store.read(table, database) for table in store.PUBLIC}
    guard.statements(tables["statements"], tables["articles"])
    try:
        out.mkdir(parents=True, exist_ok=True)
        for left in out.glob(f"{STAGED}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=out, prefix=STAGED) as folder:
            staged = Path(folder)
            pages = _write(story, database, tables, staged, charts, appendix)
            guard.pages(pages, tables["articles"])
            return _replace(staged, out)
    except OSError as error:
        raise StoryError(
            f"{error.filename or out}: cannot be written ({error.strerror}). "
            "Give yourself the right, make room, or choose another place with --out."
        ) from None


def _write(
    story: Story,
    database: Path,
    tables: dict[str, pd.DataFrame],
    out: Path,
    charts: Sequence[Figure],
    appendix: Sequence[Appendix],
) -> list[Path]:
    zone = ZoneInfo(story.timezone)
    entries = _entries(tables, zone, story.language)
    listed = data.tables(database, out / "data")
    data.annotations(tables["statements"], tables["articles"], out / "data" / "annotations.jsonl")
    (out / "charts").mkdir()
    for chart in charts:
        data.csv(chart.data, out / "charts" / f"{chart.name}.csv")
        (out / "charts" / f"{chart.name}.svg").write_text(
            markup.svg(chart.alone or chart.svg, chart.name, chart.headline, chart.alt), encoding="utf-8", newline="\n"
        )

    shared = {"story": story, "appendix": appendix, "entries": entries, "listed": listed}
    numbers = _numbers(tables, entries, zone)
    weeks = _weeks(entries)
    pages = [
        render(
            "index.html.j2",
            out / "index.html",
            **shared,
            numbers=numbers,
            finding=_finding(entries),
            charts=[{"figure": chart, "svg": _drawing(chart), "table": _table(chart.data)} for chart in charts],
            latest=[entry for entry in entries if entry.reported is not None][-LATEST:][::-1],
            leads=_leads(data.leads(database), tables["articles"], entries),
            unresolved=_unresolved(entries),
            removed=_removed(tables["removed"]),
            faults=_faults(tables["removed"]),
        ),
        render("method.html.j2", out / "method.html", **shared, numbers=numbers, card=_card()),
        render(
            "corrections.html.j2",
            out / "corrections.html",
            **shared,
            decisions=corrections.decisions(tables["contradictions"]),
            moved=corrections.moved(tables["contradictions"]),
            unfollowed=corrections.unfollowed(tables["removed"]),
        ),
        render("statements.html.j2", out / "statements" / "index.html", **shared, root="../", weeks=weeks),
    ]
    flat = [page for week in weeks for page in week["pages"]]
    for place, page in enumerate(flat):
        near = {
            "before": flat[place - 1] if place else None,
            "after": flat[place + 1] if place + 1 < len(flat) else None,
        }
        pages.append(render("week.html.j2", out / "statements" / page["file"], **shared, root="../", page=page, **near))
    for article in _articles(tables["articles"], entries, zone):
        path = out / "articles" / f"{article['article_id']}.html"
        pages.append(render("article.html.j2", path, **shared, root="../", article=article))
    return pages


def _card() -> dict:
    """Give the measured figures of the statement extractor, from its model card."""
    return json.loads((MODEL / "card.json").read_text(encoding="utf-8"))


def _entries(tables: dict[str, pd.DataFrame], zone: ZoneInfo, language: str) -> list[Entry]:
    articles = {row.article_id: row for row in tables["articles"].itertuples()}
    names = dict(tables["actors"][["actor_id", "name"]].itertuples(index=False))
    found = []
    for row in tables["statements"].itertuples():
        article = articles[row.article_id]
        text = getattr(article, row.part)
        spans = tuple((int(start), int(end)) for start, end in row.content_spans)
        cue = _span(row.cue_start, row.cue_end)
        relays = [names.get(relay, relay) for relay in row.relay_ids] or list(row.relay)
        found.append(
            Entry(
                statement_id=row.statement_id,
                article_id=row.article_id,
                part=row.part,
                spans=spans,
                cue=cue,
                source=_span(row.source_start, row.source_end),
                cue_quote=_quote(row.article_id, row.part, text, cue) if cue else None,
                quotes=tuple(_quote(row.article_id, row.part, text, span) for span in spans),
                speaker=names.get(row.speaker_id),
                named=_string(row.source),
                relay=tuple(relays),
                form=row.form,
                act=row.act,
                negated=bool(row.negated),
                condition=_string(row.condition),
                said=_said(row.said_from, row.said_to, row.said_precision),
                reported=_local(article.published_at, zone),
                outlet=_string(article.outlet) or "Outlet not known",
                language=_string(article.language) or language,
                confidence=row.confidence,
                outside=evidence.link(article.url, text, *(spans[0] if row.part == "text" else (0, len(text)))),
                utterance_id=_string(row.utterance_id) or None,
            )
        )
    undated = pd.Timestamp(0, tz=zone)
    return sorted(
        found,
        key=lambda e: (
            e.reported is None,
            e.reported or undated,
            e.article_id,
            e.part == "text",
            e.spans,
            e.statement_id,
        ),
    )


def _quote(article_id: str, part: str, text: str, span: tuple[int, int]) -> Quote:
    return Quote(guard.address(article_id, part, *span), text[slice(*span)])


def _said(first: object, last: object, precision: str) -> str:
    if pd.isna(first) or pd.isna(last):
        return "" if pd.isna(first) else f"{day(first)} or later"
    dates = day(first) if first == last else f"{day(first)} to {day(last)}"
    return f"{dates} (the report’s own date)" if precision == "report" else dates


def _numbers(tables: dict[str, pd.DataFrame], entries: list[Entry], zone: ZoneInfo) -> dict[str, object]:
    articles, removed, status = tables["articles"], tables["removed"], tables["contradictions"]["status"]
    dates = articles["published_at"].dropna()
    precision = tables["statements"]["said_precision"]
    return {
        "articles": len(articles),
        "files": len({*articles["source_file"], *removed["source_file"]}),
        "read": articles["source_file"].nunique(),
        "duplicates": int(articles["duplicate_of"].notna().sum()),
        "undated": int(articles["published_at"].isna().sum()),
        "outlets": articles["outlet"].nunique(),
        "first": _local(dates.min(), zone) if len(dates) else None,
        "last": _local(dates.max(), zone) if len(dates) else None,
        "statements": len(entries),
        "resolved": sum(entry.speaker is not None for entry in entries),
        "speakers": len({entry.speaker for entry in entries} - {None}),
        "dated": int(precision.isin(DATED).sum()),
        "report_dated": int((precision == "report").sum()),
        "utterances": len(tables["utterances"]),
        "forms": {form: sum(e.form == form for e in entries) for form in ("direct", "mixed", "indirect")},
        **{kind: int((status == kind).sum()) for kind in ("lead", "confirmed", "dismissed")},
    }


def _finding(entries: list[Entry]) -> str:
    counts = pd.Series([entry.speaker for entry in entries if entry.speaker], dtype=str).value_counts()
    if not entries:
        return "No statement was found in these articles"
    if counts.empty:
        return f"{len(entries):,} {'statement' if len(entries) == 1 else 'statements'}, and no speaker could be named"
    top = counts[counts == counts.max()].sort_index()
    if len(top) > 1:
        return f"No one voice leads: {len(top)} speakers are quoted equally often, {_times(top.iloc[0])} each"
    return f"{top.index[0]} is quoted most: {top.iloc[0]:,} of {len(entries):,} statements"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _leads(leads: pd.DataFrame, articles: pd.DataFrame, entries: list[Entry]) -> dict[str, object]:
    texts = articles.set_index("article_id")
    sides: dict[str, Entry] = {}
    for entry in entries:
        sides.setdefault(entry.utterance_id or "", entry)
    shown = []
    for row in leads.itertuples():
        pair = [sides.get(row.utterance_a), sides.get(row.utterance_b)]
        if None in pair:
            continue
        told = _span(row.start_char, row.end_char) if isinstance(row.article_id, str) else None
        text = texts.at[row.article_id, "text"] if told else ""
        shown.append(
            {
                "pair": pair,
                "status": row.status,
                "kind": row.kind,
                "reason": row.reason,
                "note": _string(row.note),
                "reviewer": _string(row.reviewer),
                "quote": _quote(row.article_id, "text", text, evidence.sentence(text, *told)) if told else None,
                "page": f"articles/{row.article_id}.html" if told else None,
                "outlet": _string(texts.at[row.article_id, "outlet"]) if told else "",
            }
        )
    shown.sort(key=lambda lead: (lead["status"] != "confirmed", lead["pair"][0].reported is None))
    return {"shown": shown[:LISTED], "more": max(0, len(shown) - LISTED)}


def _unresolved(entries: list[Entry]) -> list[dict[str, object]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.speaker is None:
            groups.setdefault(entry.named.casefold(), []).append(entry)
    rows = [{"words": group[0].named, "count": len(group), "page": group[0].page} for group in groups.values()]
    return sorted(rows, key=lambda row: (-row["count"], row["words"]))[:LISTED]


def _removed(removed: pd.DataFrame) -> list[tuple[str, int]]:
    return list(removed["kind"].value_counts().sort_index().items())


def _faults(removed: pd.DataFrame) -> dict[str, object]:
    rows = removed[removed["kind"].isin(["file", "record", "date"])]
    shown = [
        {"file": row.source_file, "line": None if pd.isna(row.line) else int(row.line), "reason": row.reason}
        for row in rows.sort_values(["source_file", "line", "reason"]).head(LISTED).itertuples()
    ]
    return {"shown": shown, "more": max(0, len(rows) - LISTED)}


def _weeks(entries: list[Entry]) -> list[dict[str, object]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.week, []).append(entry)
    weeks = []
    for week, group in groups.items():
        title = "Reported on no known date" if week == "undated" else f"Week of {_monday(group[0].reported)}"
        parts = [group[start : start + PAGE] for start in range(0, len(group), PAGE)]
        pages = [
            {
                "file": f"{week}.html" if number == 1 else f"{week}-{number}.html",
                "title": title + (f", page {number} of {len(parts)}" if len(parts) > 1 else ""),
                "entries": part,
            }
            for number, part in enumerate(parts, 1)
        ]
        weeks.append({"title": title, "count": len(group), "pages": pages})
    return weeks


def _monday(when: pd.Timestamp) -> str:
    return day(when - pd.Timedelta(days=when.weekday()))


def _articles(articles: pd.DataFrame, entries: list[Entry], zone: ZoneInfo) -> Iterable[dict[str, object]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.article_id, []).append(entry)
    for row in articles.itertuples():
        group = groups.get(row.article_id, [])
        numbered = list(enumerate(sorted(group, key=lambda e: (e.part == "text", e.spans, e.statement_id)), 1))
        language = group[0].language if group else ""
        parts = [
            _passages(row, part, [n for n in numbered if n[1].part == part], language) for part in ("title", "text")
        ]
        yield {
            "article_id": row.article_id,
            "title": _string(row.title) or "Untitled article",
            "outlet": _string(row.outlet) or "Outlet not known",
            "byline": _string(row.byline),
            "published": _local(row.published_at, zone),
            "url": evidence.web(row.url),
            "file": row.source_file,
            "duplicate_of": _string(row.duplicate_of) or None,
            "language": language,
            "count": len(group),
            "passages": parts[0] + parts[1],
        }


def _passages(article, part: str, numbered: list[tuple[int, Entry]], language: str) -> list[dict[str, object]]:
    text, found, last = _string(getattr(article, part)), [], 0
    # A pronoun's source may stand paragraphs away from the words: each passage is there for the words.
    spans = [span for _, entry in numbered for span in (*entry.spans, entry.cue) if span]
    for start, end in evidence.passages(text, spans, language):
        marks = [mark for number, entry in numbered for mark in _marks(number, entry)]
        found.append(
            {
                "part": part,
                "at": guard.address(article.article_id, part, start, end),
                "skipped": bool(text[last:start].strip()),
                "pieces": evidence.pieces(text, start, end, marks),
                "entries": [(n, entry) for n, entry in numbered if start <= entry.spans[0][0] < end],
                "ends": True,
            }
        )
        last = end
    if found:
        found[-1]["ends"] = part == "title" or not text[last:].strip()
    return found


def _marks(number: int, entry: Entry) -> list[tuple[int, int, str, str]]:
    marks = [(*entry.source, "source", f"source {number}")] if entry.source else []
    marks += [(*entry.cue, "cue", f"cue {number}")] if entry.cue else []
    return marks + [(*span, "content", f"content {number}") for span in entry.spans]


def _drawing(chart: Figure) -> Markup:
    return markup.svg(chart.svg, chart.name, chart.headline, chart.alt)


def _table(frame: pd.DataFrame) -> dict[str, object]:
    rows = [[_cell(value) for value in row] for row in frame.head(ROWS).itertuples(index=False)]
    return {"columns": [str(name).replace("_", " ") for name in frame.columns], "rows": rows, "of": len(frame)}


def _cell(value: object) -> str:
    if not pd.api.types.is_scalar(value):
        return ", ".join(str(part) for part in value)
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"
    return str(value)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _span(start: object, end: object) -> tuple[int, int] | None:
    return None if pd.isna(start) or pd.isna(end) else (int(start), int(end))


def _local(when: pd.Timestamp, zone: ZoneInfo) -> pd.Timestamp | None:
    return None if pd.isna(when) else when.tz_localize("UTC").tz_convert(zone)


def _replace(staged: Path, out: Path) -> list[Path]:
    for name in OWNED:
        old, new = out / name, staged / name
        if old.is_dir():
            shutil.rmtree(old)
        if new.exists():
            new.replace(old)
    return sorted(path for name in OWNED for path in ([out / name, *(out / name).rglob("*")]) if path.is_file())
