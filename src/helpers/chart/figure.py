"""Turn a chart into a picture that anybody can read, and that is the same picture every time."""

import json
import os
import re
import struct
import zlib
from html import escape
from io import BytesIO

import altair as alt
import vl_convert
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from helpers.chart import theme  # noqa: F401  (registers the theme)
from helpers.story import digest

SWITCH = "INTERACTIVE"
LARGEST = 4_000_000  # bytes of a table that can be sorted and searched; of a larger one the first rows are shown

VEGALITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])

_SVG = re.compile(r"<svg\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')
# What XML 1.0 forbids; at one of these vl-convert takes the whole process down.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def spec(chart: alt.TopLevelMixin) -> dict:
    """Give the Vega-Lite of a chart in the project's theme, its data within."""
    with alt.theme.enable("record"), alt.data_transformers.enable("default", max_rows=None):
        return _printable(chart.to_dict(validate=False))  # charts of ours, whose tests validate them


def svg(chart: alt.TopLevelMixin, title: str | None = None, description: str | None = None) -> str:
    """Draw a chart as SVG that names and describes itself.

    Title and description are those of the chart where none is given. The same chart gives the same bytes in every
    process and time zone, and may stand beside others in one page.
    """
    return _svg(spec(chart), title, description)


def png(drawn: str, scale: float = 2) -> bytes:
    """Turn a drawing, as SVG, into PNG: two pixels to one unless told otherwise, packed as tight as PNG allows."""
    return _packed(vl_convert.svg_to_png(drawn, scale=scale))


def pdf(drawn: str) -> bytes:
    """Turn a drawing, as SVG, into PDF, its text as text; the same drawing gives the same bytes."""
    # The converter numbers fonts and the like in an order that changes from run to run.
    (page,) = PdfReader(BytesIO(vl_convert.svg_to_pdf(drawn))).pages
    _order(page, set())
    made, file = PdfWriter(), BytesIO()
    made.add_page(page)
    made.write(file)
    return file.getvalue()


def enable(interactive: bool = False) -> None:
    """Show charts in notebooks as this module draws them: SVG, in the project's theme, and tables as they are.

    With `interactive`, charts answer to the mouse, and every table can be sorted and searched; nothing is fetched for
    it. Such outputs are large and no two runs are alike: they are for looking, not for keeping. The environment
    variable INTERACTIVE, 1 or 0, wins over what the notebook asks for: so a report is never made of them.
    """
    alt.theme.enable("record")
    alt.data_transformers.enable("default", max_rows=None)
    alt.renderers.register("record", _shown)
    if os.environ.get(SWITCH, str(int(interactive))) == "1":
        import itables  # here, where it is wanted: merely to load it takes its time

        itables.options.maxBytes = LARGEST
        itables.options.classes = "display compact"  # not its "nowrap": statements are sentences
        itables.options.text_in_header_can_be_selected = False  # a click on a column's name sorts by it
        itables.init_notebook_mode(all_interactive=True, connected=False)
        alt.renderers.enable("jupyter", offline=True)
    else:
        alt.renderers.enable("record")


def _shown(spec: dict, **_: object) -> dict[str, str]:
    """Give what a notebook shows for a chart."""
    spec = _printable(spec)
    return {"image/svg+xml": _svg(spec), "text/plain": _words(spec)[0]}


def _svg(spec: dict, title: str | None = None, description: str | None = None) -> str:
    own = _words(spec)
    title, description = _printable([title or own[0], description or own[1]])
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGALITE)
    key = digest(title, description, json.dumps(spec, sort_keys=True), size=10)
    # vl-convert numbers what it clips on from one drawing to the next, and begins at one in each process.
    numbers: dict[str, int] = {}
    drawn = _TAG.sub(
        lambda tag: _ID.sub(lambda name: f"{name[1]}{key}-{numbers.setdefault(name[2], len(numbers))}", tag[0]), drawn
    )
    # vl-convert drops the description, and a screen reader would spell out every label of the drawing.
    head = _SVG.match(drawn)[0][:-1]
    head += f' role="img" aria-labelledby="{key}-title {key}-desc">'
    head += f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(description)}</desc>'
    return _SVG.sub(lambda _: head, drawn, count=1)


def _packed(picture: bytes) -> bytes:
    """Pack the pixels of a PNG anew; the converter packs fast and four times as large. Source: PNG, chapter 5."""
    kept, pixels, at = [], b"", 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kind, body, at = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length], at + 12 + length
        if kind == b"IDAT":
            pixels += body
        else:
            kept.append((kind, body))
    chunks = [*kept[:-1], (b"IDAT", zlib.compress(zlib.decompress(pixels), 9)), kept[-1]]
    return picture[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def _order(part: PdfObject, seen: set[int]) -> None:
    """Put the entries of a PDF's dictionaries in the order of their names, all the way down."""
    part = part.get_object()
    if id(part) in seen:
        return
    seen.add(id(part))
    if isinstance(part, DictionaryObject):
        entries = sorted(part.items())
        part.clear()
        part.update(entries)
        for _, entry in entries:
            _order(entry, seen)
    elif isinstance(part, ArrayObject):
        for entry in part:
            _order(entry, seen)


def _words(spec: dict) -> tuple[str, str]:
    """Give a chart's own title and description."""
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    return text if isinstance(text, str) else " ".join(text), spec.get("description", "")


def _printable(value):
    """Put the replacement character where a text holds what no SVG may hold."""
    if isinstance(value, str):
        return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {_printable(key): _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value
