"""The pages of actors and utterances, the record on the front page, and every page whatever the story lacks."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from lxml import html

from helpers import store
from helpers.publish import guard
from helpers.publish.pages import columns, entries, record
from helpers.story import digest

pytestmark = pytest.mark.once

CUE = "said"
MOST = 2_000_000  # bytes of a page
HOSTILE = "</script><script>document.title='taken'</script>\u202e"


def story_of(reports: list[dict], names: dict[str, str], silent: tuple[str, ...] = ()) -> dict[str, pd.DataFrame]:
    """Give every table of a story in which each report is an article of one sentence.

    A report has `speaker` (an id of `names`, or None), `words`, `outlet`, `at` (or None) and `utterance`; if wanted
    `form`, `role`, `relay`, `copies` (the number of the report that its article reprints).
    """
    articles, statements = [], []
    for number, report in enumerate(reports):
        name = names.get(report["speaker"], "Somebody")
        text = f"{report['words']}, {name} {CUE}."
        article_id = digest(number, text)
        at = pd.Timestamp(report["at"]) if report["at"] else pd.NaT
        end = len(report["words"])
        articles.append(
            {
                "article_id": article_id,
                "outlet": report["outlet"],
                "url": f"https://paper.example/{number}",
                "title": f"Number {number}",
                "published_at": at,
                "language": "en",
                "text": text,
                "source_file": f"{number}.txt",
                "source_sha256": digest(text, size=64),
                "duplicate_of": None,
                "near_duplicate_of": articles[report["copies"]]["article_id"] if "copies" in report else None,
            }
        )
        statements.append(
            {
                "statement_id": digest("statement", number, text),
                "article_id": article_id,
                "part": "text",
                "form": report.get("form", "direct"),
                "act": "say",
                "content": report["words"],
                "content_spans": [[0, end]],
                "cue": CUE,
                "cue_start": len(text) - 1 - len(CUE),
                "cue_end": len(text) - 1,
                "source": name,
                "source_start": end + 2,
                "source_end": end + 2 + len(name),
                "speaker": name,
                "speaker_id": report["speaker"],
                "role": report.get("role"),
                "relay": report.get("relay", []),
                "relay_ids": [],
                "negated": False,
                "condition": None,
                "said_from": at if at is pd.NaT else at.normalize(),
                "said_to": at if at is pd.NaT else at.normalize(),
                "said_precision": "report" if report["at"] else "unknown",
                "reported_at": at,
                "utterance_id": report["utterance"],
                "confidence": 0.9,
            }
        )
    made = {table: store.empty(table) for table in store.TABLES}
    made["articles"] = pd.DataFrame(articles) if articles else made["articles"]
    if statements:
        made["statements"] = pd.DataFrame(statements)
        made["utterances"] = _utterances(made["statements"], made["articles"])
    actors = [{"actor_id": key, "name": name, "kind": "person"} for key, name in names.items()]
    actors += [{"actor_id": digest(name), "name": name, "kind": "organisation"} for name in silent]
    made["actors"] = pd.DataFrame(actors) if actors else made["actors"]
    made["matters"] = pd.DataFrame([{"matter_id": "m", "name": "ferries", "terms": ["ferry"]}])
    made["build"] = pd.DataFrame([{"story": "s", "folder": "s", "inputs": "0", "annotator": "0"}])
    return made


def _utterances(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    told = statements.merge(articles[["article_id", "outlet", "near_duplicate_of"]], on="article_id")
    told["origin"] = told["near_duplicate_of"].fillna(told["article_id"])
    rows = []
    for key, group in told.sort_values("reported_at").groupby("utterance_id"):
        first = group.iloc[0]
        rows.append(
            {
                "utterance_id": key,
                "speaker_id": first["speaker_id"],
                "matter_id": "m",
                "content": first["content"],
                "said_from": first["said_from"],
                "said_to": first["said_to"],
                "statements": len(group),
                "outlets": group["outlet"].nunique(),
                "origins": group["origin"].nunique(),
                "first_reported_at": first["reported_at"],
                "first_outlet": first["outlet"],
            }
        )
    return pd.DataFrame(rows)


def sailing() -> dict[str, pd.DataFrame]:
    """Give a story of one utterance in four reports, two of them of one article, and a change of role."""
    first = "“The ferry will sail on Friday whatever the weather”"
    reports = [
        {"words": first, "outlet": "Post", "at": "2031-03-03 08:00", "role": "harbour minister"},
        {"words": first, "outlet": "Tide", "at": "2031-03-03 10:00", "copies": 0, "role": "harbour minister"},
        {
            "words": "the ferry will sail on Saturday whatever the weather",
            "outlet": "Mail",
            "at": "2031-03-05 08:00",
            "form": "indirect",
            "relay": ["Coast Wire"],
            "role": "harbour minister",
        },
        {
            "words": "no boat leaves",
            "outlet": "Mail",
            "at": "2031-03-06 08:00",
            "form": "indirect",
            "role": "prime minister",
        },
    ]
    return story_of(
        [{"speaker": "ilves", "utterance": "u1", **report} for report in reports],
        {"ilves": "Mara Ilves"},
        ("Dock Board",),
    )


def read(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_text(encoding="utf-8"))


def text(tree: html.HtmlElement) -> str:
    return " ".join(" ".join(tree.itertext()).split())


@pytest.fixture(scope="module")
def ferry(publish) -> Path:
    return publish(sailing())


def test_an_actor_has_a_page_of_roles_outlets_positions_and_statements(ferry):
    tree = read(ferry / "actors" / "ilves.html")
    assert text(tree.find_class("standfirst")[0]) == (
        "On record with 4 statements in 4 articles, reported from 3 March to 6 March 2031: 2 direct, 0 mixed, 2 indirect."
    )
    assert [text(role) for role in tree.find_class("roles")[0].iter("li")] == [
        "harbour minister 3 March to 5 March 2031; 3 statements",
        "prime minister 6 March 2031; 1 statement",
    ]
    outlets = tree.xpath("//caption[starts-with(text(), 'Statements by outlet')]/../tbody/tr")
    assert [text(row) for row in outlets] == ["Mail 2 0 0 2 2", "Post 1 1 0 0 1", "Tide 1 1 0 0 1"]
    assert [text(turn).split(" In context")[0] for turn in tree.find_class("turns")[0].iter("li")] == [
        "3 March 2031 said “The ferry will sail on Friday whatever the weather” direct; 4 reports of statement "
        f"{tree.find_class('turns')[0].xpath('.//a/span/text()')[0].split()[-1]} , first in Post ."
    ]
    assert len(tree.find_class("statements")[0].xpath("./tbody/tr")) == 4
    marks = tree.xpath("//*[local-name()='svg']//*[local-name()='a'][contains(@class, 'mark')]")
    assert [mark.get("tabindex") for mark in marks] == ["0", "-1", "-1", "-1"]
    assert marks[0].get("aria-label") == "Mara Ilves, 3 March 2031, direct, Post"


def test_those_who_are_only_named_are_listed(ferry):
    tree = read(ferry / "actors" / "index.html")
    assert text(tree.find_class("standfirst")[0]).startswith("1 of 2 actors named in these articles is on record")
    assert text(tree.find_class("names")[0]) == "Dock Board organisation"


def test_an_utterance_has_a_page_of_reports_lags_and_differences(ferry):
    tree = read(ferry / "utterances" / "u1.html")
    assert text(tree.find(".//h1")) == "4 reports, 3 origins"
    assert text(tree.find_class("standfirst")[0]) == (
        "Post had it first, on 3 March 2031, 10:00 . 3 outlets carried it, the last 3 days later. "
        "Reprints of one article counted once, 3 reports stand on their own."
    )
    reports = list(tree.find_class("reports")[0].iter("li"))
    assert [text(report.find_class("lag")[0]) for report in reports] == [
        "first",
        "2 hours later",
        "2 days later",
        "3 days later",
    ]
    assert "the article reprints another" in text(reports[1])
    assert "through Coast Wire → Mail" in text(reports[2])
    changed = [(e.tag, e.text) for e in reports[2].find_class("words")[0] if e.get("data-at")]
    assert changed == [
        ("span", "the ferry will sail on"),
        ("del", "Friday"),
        ("ins", "Saturday"),
        ("span", "whatever the weather"),
    ]
    assert "in other words" in text(reports[3])
    assert not reports[3].xpath(".//del | .//ins")


def test_the_front_page_lists_what_was_carried_and_who_changed_role(ferry):
    tree = read(ferry / "index.html")
    (row,) = tree.find_class("ranking")[0].findall("li")
    assert text(row).startswith(
        "3 outlets said “The ferry will sail on Friday whatever the weather” Mara Ilves · first in Post"
    )
    strip = tree.get_element_by_id("roles").getparent()
    assert [text(name) for name in strip.xpath(".//*[@class='name']")] == [
        "Mara Ilves harbour minister",
        "Mara Ilves prime minister",
    ]
    assert "None: over 4 days, no stretch of days stands out" in text(tree)


def test_the_record_has_a_mark_and_a_row_for_each_statement(ferry):
    tree = read(ferry / "index.html")
    box = tree.get_element_by_id("record-box")
    marks = box.xpath(".//*[local-name()='a'][contains(@class, 'mark')]")
    rows = box.xpath(".//tr[@data-row]")
    assert [mark.get("data-row") for mark in marks] == [row.get("data-row") for row in rows]
    assert len(marks) == 4
    for mark in marks:
        page, _, anchor = mark.get("href").partition("#")
        assert read(ferry / page).get_element_by_id(anchor) is not None


def test_events_of_the_period_are_numbered_and_quoted(publish):
    tables = sailing()
    article = tables["articles"].iloc[0]
    start = article.text.index("ferry")
    event = {"event_id": "e", "article_id": article.article_id, "what": "ferry will sail", "actor_ids": []}
    days = {"from_date": pd.Timestamp("2031-03-04"), "to_date": pd.Timestamp("2031-03-04")}
    tables["events"] = pd.DataFrame([{**event, **days, "start_char": start, "end_char": start + 15}])
    tree = read(publish(tables) / "index.html")
    assert text(tree.find_class("events")[0]) == "4 March 2031 “ ferry will sail ” Post , event 1"
    assert [text(flag) for flag in tree.find_class("flags")] == ["1"]


def test_a_brief_statement_is_cut_at_a_word_and_stands_at_its_place():
    tables = sailing()
    first = entries.read(tables, ZoneInfo("Europe/Tallinn"), "en")[0]
    quotes, cut = first.brief(20)
    assert ([quote.words for quote in quotes], cut) == (["“The ferry will"], True)
    assert quotes[0].at == guard.address(first.article_id, "text", 0, 15)
    assert first.brief(500) == (first.quotes, False)


def test_too_many_statements_for_marks_are_columns_that_lead_to_their_lists(monkeypatch):
    monkeypatch.setattr(record, "MARKS", 3)
    tables = sailing()
    found = record.record(tables, entries.read(tables, ZoneInfo("Europe/Tallinn"), "en"), [])
    assert (found["dense"], found["entries"], found["count"], found["each"]) == (True, [], 4, 1)
    drawn = re.findall(
        r'class="column" href="([^"]+)"[^>]* data-parts="([^"]+)" tabindex="(0|-1)" aria-label="([^"]+)"', found["svg"]
    )
    label = "Mara Ilves, week of 3 March 2031: 4 statements"
    assert drawn == [("actors/ilves.html#w-2031-W10", "0i2 1d 2d", "0", label)]
    assert found["weeks"] == [{"place": 0, "name": "Week of 3 March 2031", "file": "2031-W10.html", "cells": [4]}]


def test_a_long_line_of_time_counts_several_weeks_at_once(monkeypatch):
    monkeypatch.setattr(columns, "COLUMNS", 2)
    monkeypatch.setattr(record, "MARKS", 1)
    tables = story_of(
        [
            {
                "speaker": "ilves",
                "words": f"“Ferry {n} sails”",
                "outlet": "The Quay Post",
                "at": f"2031-03-{day} 09:00",
                "utterance": f"u{n}",
            }
            for n, day in enumerate(("03", "11", "18", "31"))
        ],
        {"ilves": "Mara Ilves"},
    )
    found = record.record(tables, entries.read(tables, ZoneInfo("Europe/Tallinn"), "en"), [])
    assert [(row["name"], row["file"], row["cells"]) for row in found["weeks"]] == [
        ("3 weeks from 3 March 2031", "2031-W10.html", [3]),
        ("3 weeks from 24 March 2031", "2031-W14.html", [1]),
    ]


def many(actors: int, each: int, name: str = "Actor {}", at: str | None = "2031-03-{:02} 09:00", outlets: int = 4):
    names = {digest("actor", n): name.format(n) for n in range(actors)}
    return story_of(
        [
            {
                "speaker": speaker,
                "words": f"“Ferry {place} sails with {n} on board”",
                "outlet": f"Outlet {(n + place) % outlets}",
                "at": at and at.format(1 + (n + place) % 28),
                "utterance": f"u{n}-{place // 2}",
            }
            for n, speaker in enumerate(names)
            for place in range(each)
        ],
        names,
    )


STORIES = {
    "no statements": (
        lambda: {**many(2, 2), **{t: store.empty(t) for t in ("statements", "utterances")}},
        "No statement was found",
    ),
    "nothing": (lambda: story_of([], {}), "No statement was found"),
    "one article": (
        lambda: many(1, 1),
        "Only Actor 0 is quoted: 1 statement 1 article from 1 outlet, published on 1 March 2031.",
    ),
    "no dates": (lambda: many(3, 4, at=None), "so there is no line of time to draw"),
    "one outlet": (lambda: many(3, 4, outlets=1), "from 1 outlet"),
    "300 actors": (lambda: many(300, 1), "290 statements of 290 more actors"),
    "long names": (lambda: many(3, 2, name="A{}" + "n" * 198), "Ann"),
    "hostile names": (lambda: many(3, 2, name=HOSTILE + "{}"), "[U+202E]"),
}


@pytest.mark.parametrize("kind", STORIES)
def test_every_page_is_built_and_says_what_is_missing(publish, kind):
    make, said = STORIES[kind]
    out = publish(make())
    pages = sorted(out.rglob("*.html"))
    trees = {page: read(page) for page in pages}
    shown = text(trees[out / "index.html"])
    assert said in shown
    ids = {page: set(tree.xpath("//@id")) for page, tree in trees.items()}
    for page, tree in trees.items():
        assert page.stat().st_size < MOST
        assert len(ids[page]) == len(tree.xpath("//@id")), page.name
        assert len(tree.xpath("//script[not(@type)]")) <= 1  # a data block is no program
        for target in tree.xpath("//@href"):
            path, _, anchor = target.partition("#")
            if not re.match("https?:", target) and path.endswith("html"):
                reached = (page.parent / path).resolve()
                assert reached in trees, f"{page.name}: {target}"
                assert not anchor or anchor in ids[reached], f"{page.name}: {target}"


def test_an_outlet_that_is_not_given_is_counted_nowhere(publish):
    told = {"words": "“The ferry will sail on Friday whatever the weather”", "speaker": "ilves", "utterance": "u1"}
    reports = [
        {**told, "outlet": outlet, "at": f"2031-03-0{n} 09:00"}
        for n, outlet in enumerate([None, "Tide", None, "Post"], 1)
    ]
    out = publish(story_of(reports, {"ilves": "Mara Ilves"}))
    front = read(out / "index.html")
    assert text(front.find_class("standfirst")[0]).startswith("4 articles from 2 outlets, published from 1 March to")
    assert text(front.find_class("ranking")[0]).startswith("2 outlets said “The ferry")
    assert text(read(out / "actors" / "index.html").find_class("roster")[0]).endswith("Mara Ilves person 4 2")
    assert text(read(out / "utterances" / "u1.html").find_class("standfirst")[0]) == (
        "An outlet that is not given had it first, on 1 March 2031, 11:00 . "
        "2 outlets and one not given carried it, the last 3 days later."
    )


def test_an_unresolved_source_is_shown_without_its_dateline(publish):
    told = {"words": "“The ferry sails”", "speaker": "x", "utterance": "u1", "outlet": "Post", "at": "2031-03-01 09:00"}
    tables = story_of([told], {"x": "RENN - Her deputy"})
    out = publish({**tables, "statements": tables["statements"].assign(speaker_id=None)})
    assert "Unresolved: “Her deputy”" in text(read(out / "statements" / "2031-W09.html"))


def test_a_long_list_of_an_actor_is_paged(publish):
    out = publish(many(1, 230, at="2031-03-01 09:00"))
    pages = sorted(path.name for path in (out / "actors").iterdir())
    key = digest("actor", 0)
    assert pages == sorted([f"{key}.html", f"{key}-2.html", f"{key}-3.html", "index.html"])
    assert len(read(out / "actors" / f"{key}-3.html").find_class("statements")[0].xpath("./tbody/tr")) == 30
