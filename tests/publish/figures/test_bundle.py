"""A chart to take away: each form of it, the words beside it, and how it stands in another page."""

import csv
import hashlib
import json
import re
import shutil
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
from lxml import etree, html

from helpers.chart import figure
from helpers.publish import Figure
from helpers.publish.figures import bundle

CHROMIUM = shutil.which("chromium")
HOSTILE = '"></figure></script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e'
FILES = ["SHA256SUMS", "alt.txt", "credit.txt", "embed.html", "snippet.txt"]
FORMS = ["voice.csv", "voice.pdf", "voice.png", "voice.svg", "voice.vl.json"]


def chart(**words: str) -> Figure:
    """Give a chart of two invented voices, one of whom would run a formula."""
    table = pd.DataFrame({"actor": ["=HYPERLINK(1)", "Ilves"], "statements": [1, 3]})
    drawn = alt.Chart(table, title="Ilves speaks most").mark_bar().encode(x="statements:Q", y="actor:N")
    told = {"headline": "Ilves speaks most", "subtitle": "Statements", "alt": "Bars: Ilves 3.", "source": "3 articles"}
    svg = figure.svg(drawn)
    return Figure(
        name="voice", data=table, svg=svg, method="Counted by hand.", spec=figure.spec(drawn), **(told | words)
    )


@pytest.fixture(scope="module")
def folder(story, tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("report") / "charts" / "voice"
    bundle.write(chart(), place, story.model_copy(update={"licence": "CC-BY-4.0"}))
    return place


def test_a_bundle_has_every_form_and_its_hash(folder):
    assert sorted(path.name for path in folder.iterdir()) == FILES + FORMS
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "SHA256SUMS"
    }


def test_two_bundles_are_the_same_bytes(folder, story, tmp_path):
    bundle.write(chart(), tmp_path / "again", story.model_copy(update={"licence": "CC-BY-4.0"}))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
    }


def test_pictures_and_data_are_what_their_names_say(folder):
    assert (folder / "voice.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (folder / "voice.pdf").read_bytes()[:5] == b"%PDF-"
    assert etree.parse(folder / "voice.svg").getroot().get("role") == "img"
    with (folder / "voice.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["actor", "statements"], ["'=HYPERLINK(1)", "1"], ["Ilves", "3"]]
    spec = json.loads((folder / "voice.vl.json").read_text(encoding="utf-8"))
    assert "url" not in json.dumps(spec["data"])
    assert list(spec["datasets"].values()) == [
        [{"actor": "=HYPERLINK(1)", "statements": 1}, {"actor": "Ilves", "statements": 3}]
    ]


def test_words_for_who_cannot_see_and_for_who_wants_to_check(folder):
    assert (folder / "alt.txt").read_text(encoding="utf-8") == "Bars: Ilves 3.\n"
    assert (folder / "credit.txt").read_text(encoding="utf-8").splitlines() == [
        "Source: 3 articles.",
        "Method: Counted by hand.",
        "By The desk.",
        "This story is invented: its places, people and papers do not exist.",
        "Licence: CC-BY-4.0",
    ]


def test_the_snippet_names_the_place_where_the_report_stands(story, tmp_path):
    bundle.write(chart(), tmp_path / "a", story.model_copy(update={"address": "https://desk.example/levy/"}))
    bundle.write(chart(), tmp_path / "b", story)
    there, nowhere = ((tmp_path / name / "snippet.txt").read_text(encoding="utf-8") for name in "ab")
    tree = html.fromstring(there)
    (image,), (frame,) = tree.xpath("//img"), tree.xpath("//iframe")
    assert (image.get("src"), image.get("alt")) == (
        "https://desk.example/levy/charts/voice/voice.png",
        "Bars: Ilves 3.",
    )
    assert frame.get("src") == "https://desk.example/levy/charts/voice/embed.html"
    assert frame.get("title") == "Chart: Ilves speaks most"
    assert nowhere.startswith("<!-- Put the address at which the report stands in place of https://your-site.example/")


def test_hostile_words_are_words_in_frame_and_snippet(story, tmp_path):
    words = dict.fromkeys(("headline", "subtitle", "alt", "source"), HOSTILE)
    bundle.write(chart(**words), tmp_path / "voice", story.model_copy(update={"title": HOSTILE, "about": HOSTILE}))
    for name in ("embed.html", "snippet.txt"):
        written = (tmp_path / "voice" / name).read_text(encoding="utf-8")
        tree = html.fromstring(written)
        assert len(tree.xpath("//script")) == 1
        assert not tree.xpath("//*[@onerror]")
        assert "\u202e" not in written
    assert "\u202e" not in (tmp_path / "voice" / "alt.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine (Debian: apt-get install chromium)")
def test_the_frame_takes_the_images_place_and_grows_to_its_chart(folder, tmp_path):
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    snippet = (folder / "snippet.txt").read_text(encoding="utf-8")
    snippet = snippet.replace(bundle.ANYWHERE, f"{folder.parent.parent.as_uri()}/")
    snippet = re.sub(r'(<iframe[^>]* )height="\d+"', r'\1height="7"', snippet)
    parent = tmp_path / "article.html"
    parent.write_text(f"<!doctype html><meta charset=utf-8><title>t</title><p>Words.</p>{snippet}", encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page, said = browser.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.goto(parent.as_uri())
        page.wait_for_function("Number(document.querySelector('iframe')?.height) > 100")
        assert page.locator("iframe").get_attribute("title") == "Chart: Ilves speaks most"
        assert page.locator("img").count() == 0
        frame = page.frames[1]
        assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")
        assert (
            frame.locator("svg").evaluate("drawing => drawing.querySelector('title').textContent")
            == "Ilves speaks most"
        )
        assert said == []
        quiet = browser.new_context(java_script_enabled=False).new_page()
        quiet.goto(parent.as_uri())
        assert quiet.locator("img").get_attribute("alt") == "Bars: Ilves 3."
        assert quiet.locator("iframe").count() == 0
        browser.close()
