"""Make foreign text, charts and tables safe to stand in a page."""

import re

from lxml import etree, html
from markupsafe import Markup, escape

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

# Marks that would turn the text around them over, and characters that a page cannot hold.
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff]")

SHAPES = frozenset(
    "svg g defs path rect line circle ellipse polygon polyline text tspan title desc clipPath "
    "linearGradient radialGradient stop symbol use a".split()
)
NUMBER = re.compile(r"[-−]?[\d,]+(\.\d+)?%?|NaN|None|")
CELLS = {"table", "thead", "tbody", "tfoot", "tr", "th", "td"}


def visible(text: str) -> str:
    """Show hidden control characters and direction overrides by their code, as in [U+202E]; keep all else."""
    if text.isprintable() and text.isascii():  # most are
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return HIDDEN.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)


def inline(value: object) -> object:
    """Treat what a template prints: strings are made visible; autoescape does the rest."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def svg(source: str, name: str, title: str, description: str) -> Markup:
    """Copy a chart's SVG for a page: shapes and text only, ids made the chart's own, title and description set.

    Scripts, styles, images, event handlers and addresses that leave the site are left out. Charts share ids such
    as "clip1", and in one page the first would clip them all: so each id is given the chart's name.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(source.encode("utf-8"), parser)
    _clean(root, name)
    for old in root.findall(f"{{{SVG}}}title") + root.findall(f"{{{SVG}}}desc"):
        root.remove(old)
    for position, (tag, words) in enumerate((("title", title), ("desc", description))):
        element = etree.Element(f"{{{SVG}}}{tag}", id=f"{name}-{tag}")
        element.text = visible(words)
        root.insert(position, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-desc")
    return Markup(etree.tostring(root, encoding="unicode", with_tail=False))


def table(source: str) -> Markup | None:
    """Copy the first table of a piece of HTML, its cells as plain text; None where there is no table.

    Columns of numbers get the class `count`; a table without rows says so.
    """
    try:
        root = html.fromstring(source)
    except etree.ParserError:
        return None
    found = root if root.tag == "table" else root.find(".//table")
    return Markup(_rows(found, _numeric(found))) if found is not None else None


def _clean(element: etree._Element, name: str) -> None:
    for key, value in list(element.attrib.items()):
        plain = key.removeprefix(f"{{{XLINK}}}")
        del element.attrib[key]
        if plain == "href" and re.match(r"#|(\.\./)*[\w-]+(/[\w.-]+)*\.html(#[\w-]+)?$", value):
            element.set("href", re.sub(r"^#", f"#{name}-", value))
        elif plain == "id":
            element.set("id", f"{name}-{value}")
        elif plain not in ("href", "class", "style", "role", "tabindex") and not re.match(r"on|aria-|\{", plain):
            element.set(key, re.sub(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)", rf"url(#{name}-\1)", value))
        if "url(" in value and not re.fullmatch(r"\s*url\(\s*['\"]?#[^)]*\)\s*", value):
            element.attrib.pop(key, None)
    element.text = visible(element.text) if element.text else None
    for child in list(element):
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag in SHAPES and etree.QName(child).namespace == SVG:
            _clean(child, name)
        else:
            element.remove(child)


def _numeric(table: html.HtmlElement) -> frozenset[int]:
    """Give the places of the columns that hold numbers and nothing else."""
    body = [row for row in table.iter("tr") if row.getparent().tag == "tbody"]
    columns = zip(*([cell.text_content().strip() for cell in row] for row in body), strict=False)
    return frozenset(place for place, column in enumerate(columns) if all(map(NUMBER.fullmatch, column)))


def _rows(element: html.HtmlElement, numeric: frozenset[int]) -> str:
    if element.tag in ("th", "td"):
        spans = {key: element.get(key) for key in ("colspan", "rowspan") if (element.get(key) or "").isdigit()}
        if element.tag == "th":
            spans["scope"] = "col" if element.getparent().getparent().tag == "thead" else "row"
        text = escape(visible(" ".join(element.text_content().split())))
        # An empty heading cell would be announced as a heading for nothing.
        tag = element.tag if text else "td"
        if element.getparent().index(element) in numeric and spans.get("scope") != "row":
            spans["class"] = "count"
        attributes = "".join(f' {key}="{value}"' for key, value in spans.items() if tag == element.tag)
        return f"<{tag}{attributes}>{text}</{tag}>"
    inner = "".join(_rows(child, numeric) for child in element if child.tag in CELLS)
    if element.tag == "tbody" and not inner:
        inner = f'<tr><td colspan="{len(element.getparent().findall(".//th"))}">No rows.</td></tr>'
    return f"<{element.tag}>{inner}</{element.tag}>"
