"""Lay a chart out for whoever takes it away: as picture, as data, as words, as a frame for another page."""

import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from helpers.chart import figure
from helpers.publish import markup, pages
from helpers.publish.exports import data
from helpers.story import Story, digest

ANYWHERE = "https://your-site.example/"  # stands in a snippet where story.toml names no address
SUMS = "SHA256SUMS"


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
    method: str = ""  # how its numbers came about, in a sentence or two
    spec: dict | None = None  # its Vega-Lite, data within


def write(chart: Figure, folder: Path, story: Story) -> None:
    """Write all forms of one chart into a folder of its own, and the hash of each.

    `<name>.svg`, `.png` (two pixels to one), `.pdf`, `.csv` and, where the chart has it, `.vl.json` (Vega-Lite);
    `alt.txt`, `credit.txt`, `embed.html` (to be framed), `snippet.txt` (to be pasted), `SHA256SUMS`.
    """
    folder.mkdir(parents=True)
    drawn = markup.svg(chart.alone or chart.svg, chart.name, chart.headline, chart.alt)
    picture = figure.png(drawn)
    data.csv(chart.data, folder / f"{chart.name}.csv")
    (folder / f"{chart.name}.png").write_bytes(picture)
    (folder / f"{chart.name}.pdf").write_bytes(figure.pdf(drawn))
    texts = {
        f"{chart.name}.svg": drawn,
        "alt.txt": f"{markup.visible(chart.alt)}\n",
        "credit.txt": "".join(f"{line}\n" for line in _credit(chart, story)),
        "embed.html": _embed(chart, story),
        "snippet.txt": _snippet(chart, story, picture) + "\n",
    }
    if chart.spec:
        texts[f"{chart.name}.vl.json"] = json.dumps(chart.spec, ensure_ascii=False, indent=1) + "\n"
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    files = sorted(folder.iterdir())
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="\n")


def _credit(chart: Figure, story: Story) -> list[str]:
    lines = [f"Source: {chart.source.rstrip('.')}.", chart.method and f"Method: {chart.method}"]
    lines += [story.byline and f"By {story.byline}.", story.about, story.licence and f"Licence: {story.licence}"]
    return [markup.visible(line) for line in lines if line]


def _embed(chart: Figure, story: Story) -> str:
    css, script = pages.source("embed.css"), pages.source("embed.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    return pages.fill(
        "embed.html.j2",
        story=story,
        chart=chart,
        drawing=markup.svg(chart.svg, chart.name, chart.headline, chart.alt),
        credit=" ".join(part for part in (f"{chart.source.rstrip('.')}.", story.about) if part),
        css=Markup(css),
        script=Markup(script),
        policy=policy,
    )


def _snippet(chart: Figure, story: Story, picture: bytes) -> str:
    width, height = (int.from_bytes(picture[at : at + 4], "big") // 2 for at in (16, 20))
    return pages.fill(
        "snippet.html.j2",
        story=story,
        chart=chart,
        address=story.address or ANYWHERE,
        key=f"chart-{digest(story.name, chart.name, size=8)}",
        width=width,
        height=height,
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}"
