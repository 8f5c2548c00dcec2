"""The sample's gold reading is complete, consistent and true to its articles."""

import datetime
import html.parser
import json
import pathlib

import pytest
import yaml

SAMPLE = pathlib.Path(__file__).parents[1] / "data" / "sample"
GOLD = json.loads((SAMPLE / "gold.json").read_text(encoding="utf-8"))
KINDS = {"denial", "position change", "dispute", "number", "reported"}
FIRST, LAST = "2025-02-03", "2025-04-13"


class Visible(html.parser.HTMLParser):
    """Collect what a reader sees of a page, and its headline."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.title = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in {"meta", "link", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        if not {"script", "style", "head"} & set(self.open):
            (self.title if "h1" in self.open else self.text).append(data)


def read(article: dict) -> dict:
    """Read an article as its file has it: text, title, outlet and date (None where it has none)."""
    raw = (SAMPLE / article["file"]).read_text(encoding="utf-8")
    if article["file"].endswith(".jsonl"):
        return next(row for row in map(json.loads, raw.splitlines()) if row["id"] == article["id"])
    if article["file"].endswith(".html"):
        page = Visible()
        page.feed(raw)
        day, outlet, _ = article["id"].split("_")
        text, title = "".join(page.text), "".join(page.title)
        return {"text": text, "title": title, "outlet": outlet, "published_at": day}
    _, front, text = raw.split("---\n", 2)
    fields = yaml.safe_load(front)
    return {
        **fields,
        "published_at": None if fields["published_at"] == "undated" else fields["published_at"],
        "text": text,
    }


ARTICLES = {article["id"]: read(article) for article in GOLD["articles"]}
ACTORS = {actor["id"]: actor for actor in GOLD["actors"]}
UTTERANCES = {utterance["id"]: utterance for utterance in GOLD["utterances"]}
STATEMENTS = {statement["id"]: statement for statement in GOLD["statements"]}


def spans(text: str, strings: list[str]) -> list[tuple[int, int]]:
    """Place each string at its first occurrence after the one before; ValueError where it is missing."""
    found, after = [], 0
    for string in strings:
        start = text.index(string, after)
        after = start + len(string)
        found.append((start, after))
    return found


@pytest.mark.parametrize("article", GOLD["articles"], ids=lambda article: article["id"])
def test_every_string_stands_in_its_article(article):
    source = ARTICLES[article["id"]]
    for string in article["boilerplate"]:
        assert string in source["text"]
    for statement in (s for s in GOLD["statements"] if s["article"] == article["id"]):
        text = source[statement["part"]]
        placed = spans(text, statement["content"])
        assert statement["cue"] in text
        assert statement["source"] is None or statement["source"] in text
        assert statement["condition"] is None or statement["condition"] in "\n".join(statement["content"])
        if statement["within"]:
            outer = STATEMENTS[statement["within"]]
            assert (outer["article"], outer["part"]) == (statement["article"], statement["part"])
            around = spans(text, outer["content"])
            assert all(any(s <= start and end <= e for s, e in around) for start, end in placed)
    for row in GOLD["not_statements"] + GOLD["events"]:
        assert row["article"] != article["id"] or row["text"] in source["text"]


def test_ids_are_unique_and_resolve():
    for table in ("articles", "actors", "statements", "utterances"):
        ids = [row["id"] for row in GOLD[table]]
        assert len(ids) == len(set(ids))
    for statement in GOLD["statements"]:
        assert statement["article"] in ARTICLES
        assert statement["utterance"] in UTTERANCES
        assert {statement["speaker"], *statement["relay"]} <= {None, *ACTORS}
        assert statement["form"] in {"direct", "mixed", "indirect"}
        assert statement["part"] in {"text", "title"}
    assert {row["utterance"] for row in GOLD["statements"]} == set(UTTERANCES)
    assert {row["speaker"] for row in GOLD["utterances"]} <= {None, *ACTORS}
    assert {row["article"] for row in GOLD["not_statements"] + GOLD["events"]} <= set(ARTICLES)
    for article in GOLD["articles"]:
        assert {article["duplicate_of"], article["near_duplicate_of"]} <= {None, *ARTICLES}


def test_files_and_gold_name_the_same_articles():
    wire = (SAMPLE / "wire.jsonl").read_text(encoding="utf-8").splitlines()
    files = [path.stem for path in (SAMPLE / "articles").iterdir()]
    assert sorted(files + [json.loads(line)["id"] for line in wire]) == sorted(ARTICLES)


def test_reprints_repeat_their_original():
    def words(row):
        lines = ARTICLES[row["id"]]["text"].splitlines()
        return [line for line in lines if line and line not in row["boilerplate"]]

    rows = {row["id"]: row for row in GOLD["articles"]}
    reprints = [row for row in rows.values() if row["duplicate_of"]]
    assert len(reprints) >= 4
    for row in reprints:
        assert words(row) == words(rows[row["duplicate_of"]])


def test_dates_lie_in_the_story():
    for article in ARTICLES.values():
        assert article["published_at"] is None or FIRST <= article["published_at"][:10] <= LAST
    for statement in GOLD["statements"]:
        published = ARTICLES[statement["article"]]["published_at"]
        if statement["said"]:
            start, end = map(datetime.date.fromisoformat, statement["said"])
            assert start <= end <= datetime.date.fromisoformat((published or LAST)[:10])
    for row in GOLD["events"]:
        assert row["when"][0] <= row["when"][1] <= LAST


def test_roles_are_those_held_on_the_day():
    for statement in GOLD["statements"]:
        if statement["role"]:
            start, end = statement["said"]
            held = [
                r["role"]
                for r in ACTORS[statement["speaker"]]["roles"]
                if (r["from"] or start) <= start and end <= (r["to"] or end)
            ]
            assert statement["role"] in held


@pytest.mark.parametrize(("table", "least"), [("contradictions", 28), ("not_contradictions", 28)])
def test_pairs_are_of_known_utterances(table, least):
    pairs = [frozenset((row["a"], row["b"])) for row in GOLD[table]]
    assert len(pairs) == len(set(pairs)) >= least
    assert all(len(pair) == 2 and pair <= set(UTTERANCES) for pair in pairs)
    assert all(row["kind"] in KINDS for row in GOLD["contradictions"])


def test_no_pair_is_in_both_lists():
    conflicts = {frozenset((row["a"], row["b"])) for row in GOLD["contradictions"]}
    assert not conflicts & {frozenset((row["a"], row["b"])) for row in GOLD["not_contradictions"]}


def test_the_sample_keeps_its_promise():
    dated = [a["published_at"][:10] for a in ARTICLES.values() if a["published_at"]]
    assert len(ARTICLES) >= 44
    assert len(dated) == len(ARTICLES) - 1
    assert len({a.split("_")[1] for a in ARTICLES if "_" in a}) == 5
    assert len({datetime.date.fromisoformat(day).isocalendar()[:2] for day in dated}) == 10
    assert len(STATEMENTS) >= 260
    assert sum(row["file"].endswith(".html") for row in GOLD["articles"]) >= 4
    assert sum(row["file"] == "wire.jsonl" for row in GOLD["articles"]) >= 5
