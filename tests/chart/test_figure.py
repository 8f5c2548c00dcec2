import os
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
import vl_convert
from pypdf import PdfReader

from helpers import chart
from helpers.chart import figure

SVG = "{http://www.w3.org/2000/svg}"

# What a notebook shows, in another process: the chart's own output, not only figure.svg.
NOTEBOOK = """
import sys
import pandas as pd
from helpers import chart
from helpers.chart import charts, timeline
chart.enable()
times = pd.to_datetime(["2031-03-01 23:30", "2031-03-02 00:30", "2031-03-29 12:00"])
articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": "North Wire", "published_at": times})
statements = pd.DataFrame({"article_id": ["a", "b", "c"], "utterance_id": "u", "part": "text", "form": "direct",
    "statement_id": ["s", "t", "v"], "content": "We sail", "relay": [[], [], []], "reported_at": times})
articles["duplicate_of"] = articles["near_duplicate_of"] = None
for shown in (charts.coverage(timeline.daily(articles)), charts.travel(timeline.travel("u", statements, articles))):
    sys.stdout.write(shown._repr_mimebundle_()["image/svg+xml"])
"""


def pixels(picture: bytes) -> bytes:
    """Give what the first chunk of pixels of a PNG unpacks to, as `png` writes it and the converter does."""
    at = picture.index(b"IDAT")
    return zlib.decompress(picture[at + 4 : at + 4 + int.from_bytes(picture[at - 4 : at], "big")])


@pytest.fixture
def simple() -> alt.Chart:
    table = pd.DataFrame({"name": ["A & B", '<i> id="x"\x0b'], "count": [1, 2]})
    return (
        alt.Chart(table, title="Ferries & <boats>", description="Bars: 1 and 2.")
        .mark_bar(clip=True)
        .encode(x="count:Q", y="name:N")
    )


@pytest.fixture
def restored():
    """Put Altair's settings back as they were."""
    theme, renderer, transformer = alt.theme.active, alt.renderers.active, alt.data_transformers.active
    yield
    alt.theme.enable(theme)
    alt.renderers.enable(renderer)
    alt.data_transformers.enable(transformer)


def test_svg_names_and_describes_itself(simple):
    root = ElementTree.fromstring(figure.svg(simple))
    title, description = root[0], root[1]
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    assert (title.tag, title.text) == (f"{SVG}title", "Ferries & <boats>")
    assert (description.tag, description.text) == (f"{SVG}desc", "Bars: 1 and 2.")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_svg_takes_other_words(simple):
    root = ElementTree.fromstring(figure.svg(simple, title="Boats", description="Two bars."))
    assert (root[0].text, root[1].text) == ("Boats", "Two bars.")


def test_svg_keeps_the_texts_of_the_data(simple):
    texts = [element.text for element in ElementTree.fromstring(figure.svg(simple)).iter(f"{SVG}text")]
    assert {"A & B", '<i> id="x"\ufffd'} <= set(texts)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800", "\ufffe"])
def test_svg_survives_what_xml_forbids(character):
    chart = (
        alt.Chart(pd.DataFrame({"name": [f"A{character}B"]}), title=f"C{character}D").mark_point().encode(y="name:N")
    )
    texts = [element.text for element in ElementTree.fromstring(figure.svg(chart)).iter(f"{SVG}text")]
    assert texts == ["A\ufffdB", "C\ufffdD"]


def test_two_figures_share_no_id(simple):
    first, second = (ElementTree.fromstring(figure.svg(simple, title=title)) for title in ("One", "Two"))
    ids = [{element.get("id") for element in root.iter() if element.get("id")} for root in (first, second)]
    assert len(ids[0]) > 2  # the title, the description and what clips the bars
    assert not ids[0] & ids[1]


def test_svg_asks_for_nothing_from_elsewhere(simple):
    values = [
        value for element in ElementTree.fromstring(figure.svg(simple)).iter() for value in element.attrib.values()
    ]
    assert not [value for value in values if "://" in value]


def test_the_same_chart_gives_the_same_bytes(simple):
    assert figure.svg(simple) == figure.svg(simple.copy())


@pytest.mark.once
def test_notebooks_show_the_same_bytes_in_every_process_and_time_zone():
    seen = {
        subprocess.run(
            [sys.executable, "-c", NOTEBOOK], env=os.environ | {"TZ": zone}, capture_output=True, check=True
        ).stdout
        for zone in ("UTC", "America/New_York", "Asia/Tokyo")
    }
    assert len(seen) == 1
    assert seen.pop().count(b"<svg") == 2


def test_enable_sets_theme_and_renderer(simple, restored):
    chart.enable()
    assert (alt.theme.active, alt.renderers.active) == ("record", "record")
    assert simple._repr_mimebundle_() == {"image/svg+xml": figure.svg(simple), "text/plain": "Ferries & <boats>"}


def test_the_environment_wins_over_what_a_notebook_asks_for(restored, monkeypatch):
    monkeypatch.setenv("INTERACTIVE", "0")
    chart.enable(interactive=True)
    assert alt.renderers.active == "record"


def test_drawing_leaves_altair_as_it_was(simple):
    before = (alt.theme.active, alt.data_transformers.active, alt.data_transformers.options)
    figure.svg(simple)
    assert (alt.theme.active, alt.data_transformers.active, alt.data_transformers.options) == before


def test_png_is_a_picture_of_twice_the_width(simple):
    drawn = figure.svg(simple)
    picture = figure.png(drawn)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") == 2 * float(ElementTree.fromstring(drawn).get("width"))


def test_png_is_packed_tight_and_keeps_every_pixel(simple):
    drawn = figure.svg(simple)
    packed, loose = figure.png(drawn, scale=1), vl_convert.svg_to_png(drawn, scale=1)
    assert len(packed) < len(loose) / 2
    assert pixels(packed) == pixels(loose)


def test_pdf_holds_its_text_and_is_the_same_every_time(simple):
    made = {figure.pdf(figure.svg(simple)) for _ in range(8)}
    assert len(made) == 1
    (page,) = PdfReader(BytesIO(made.pop())).pages
    assert "Ferries & <boats>" in page.extract_text()


def test_the_chart_room_reads_no_database_and_writes_no_file():
    room = Path(chart.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(room.glob("*.py")))
    assert not [word for word in ("import duckdb", "helpers.store", "open(", "write_text", ".save(") if word in code]
