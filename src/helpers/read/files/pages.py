"""Read a web page: its article, what it says of itself, and what else stands on it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import trafilatura
from lxml import etree, html

from helpers.read.clean.lines import is_sentence, key

_UNSEEN = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea"}
_INLINE = set(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time u".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_PUBLISHED = ("article:published_time", "og:article:published_time", "datePublished", "parsely-pub-date", "date")

# Left to itself htmldate takes any date it meets on a page and drops those after today; neither suits a record that
# has to be true, and the same tomorrow.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}


@dataclass(frozen=True)
class Page:
    """What a web page holds."""

    fields: dict[str, str]  # those of title, outlet, byline, published_at, url, language that it states
    text: str  # the article, a paragraph a line
    outside: tuple[tuple[int, str], ...]  # line in the file, and text, of what else it shows


def read(source: str) -> Page | None:
    """Read the source of a web page; gives None where no article stands on it.

    The article is what trafilatura takes for it (Barbaresi, ACL 2021, doi 10.18653/v1/2021.acl-demo.15). The date
    is the page's own, with the time and zone that it states in JSON-LD, meta or time elements.
    """
    try:
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    except (etree.ParserError, ValueError):
        return None
    found = _extract(source)
    if found is None:
        return None
    fields = {
        "title": found.title,
        "outlet": found.sitename,
        "byline": found.author,
        "published_at": _published(tree) or found.date,
        "url": found.url,
        "language": tree.get("lang") or found.language,
    }
    given = {field: value.strip() for field, value in fields.items() if value and value.strip()}
    return Page(given, found.text, tuple(_outside(tree, found.text)))


def _extract(source: str) -> trafilatura.settings.Document | None:
    # Precision leaves out teasers within an article, and at times a paragraph; then the wider reading is the better.
    settings = {"with_metadata": True, "include_comments": False, "date_extraction_params": _DATES}
    precise = trafilatura.bare_extraction(source, favor_precision=True, **settings)
    wide = trafilatura.bare_extraction(source, **settings)
    prose = _sentences(wide)
    if not prose:
        return None
    return precise if _sentences(precise) >= prose else wide


def _sentences(found: trafilatura.settings.Document | None) -> set[str]:
    lines = (found.text or "").split("\n") if found else []
    return {key(line) for line in lines if is_sentence(line, 8)}


def _published(tree: html.HtmlElement) -> str | None:
    stated = [article["datePublished"] for article in _linked_data(tree) if article.get("datePublished")]
    for name in _PUBLISHED:
        found = tree.xpath("//*[@property=$name or @name=$name or @itemprop=$name]", name=name)
        stated += [one.get("content") or one.get("datetime") for one in found]
    stated += tree.xpath("//article//time/@datetime")
    return next((value.strip() for value in stated if isinstance(value, str) and value.strip()), None)


def _linked_data(tree: html.HtmlElement) -> Iterator[dict]:
    """Give the page's JSON-LD objects about articles."""
    waiting = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            waiting.append(json.loads(script.text or ""))
        except ValueError:
            continue
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if re.search(r"Article|Posting|Report", str(one.get("@type"))):
                yield one
            waiting.append(one.get("@graph"))


def _outside(tree: html.HtmlElement, article: str) -> Iterator[tuple[int, str]]:
    """Give the blocks that the page shows and its article does not hold."""
    lines, whole = {key(line) for line in article.split("\n")}, f" {key(article)} "
    body = tree.find("body")
    for line, text in _blocks(tree if body is None else body):
        name = key(text)
        # A word or two, such as the name of a section, may stand in the article by chance.
        within = name in lines or (len(name.split()) >= 5 and f" {name} " in whole)
        if name and not within:
            yield line, text


def _blocks(body: html.HtmlElement) -> Iterator[tuple[int, str]]:
    """Give the line and the text of each block element's own text, in the order of the page."""
    line, text = body.sourceline, ""
    walker = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        unseen = event == "start" and (node.tag in _UNSEEN or _HIDDEN.search(node.get("style") or ""))
        if unseen:
            walker.skip_subtree()
        if event in ("start", "end") and node.tag not in _INLINE:
            if text.strip():
                yield line, " ".join(text.split())
            line, text = node.sourceline, ""
        if event == "start" and not unseen:
            text += node.text or ""
        if event != "start" and node is not body:
            text += node.tail or ""
    if text.strip():
        yield line, " ".join(text.split())
