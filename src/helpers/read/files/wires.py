"""Read what agencies send: ninjs and NewsML-G2 (IPTC)."""

import json
from collections.abc import Iterator, Mapping

from lxml import etree, html

from helpers.read.files.decode import Unreadable, tidy
from helpers.read.files.records import Found, Loss, Record, cap, string

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "tr", "div", "block", "hl1", "hl2", "br", "pre"}
NO_TEXT = "has no text. Nothing to do, unless it should be an article."


def ninjs(text: str, name: str, _columns: Mapping[str, str]) -> Found:
    """Read a ninjs object, or a list of them (versions 1 to 3)."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = "nested too deep" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
        raise Unreadable(f"is not valid JSON ({problem}). Export it anew.") from None
    found: Found = ([], [])
    for number, one in enumerate(given if isinstance(given, list) else [given], 1):
        if not isinstance(one, dict):
            found[1].append(Loss(name, number, "record", cap(json.dumps(one)), "is no ninjs object. Take it out."))
        else:
            body = _body(one)
            _add(name, number if isinstance(given, list) else None, _ninjs_fields(one), body, found)
    return found


def newsml(raw: bytes, name: str, _columns: Mapping[str, str]) -> Found:
    """Read the news items of a NewsML-G2 document, whether in a message, a package or alone."""
    tree = xml(raw)
    items = [tree] if _local(tree) == "newsItem" else [one for one in tree.iter() if _local(one) == "newsItem"]
    if not items:
        raise Unreadable("is XML without a NewsML-G2 news item. Save its text as .txt.")
    found: Found = ([], [])
    for item in items:
        _add(name, item.sourceline, _newsml_fields(item), _content(item), found)
    return found


def xml(raw: bytes) -> etree._Element:
    """Parse XML that nobody vouches for: no entities, nothing from outside, no huge trees."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        tree = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"is not valid XML ({str(error).rstrip('.')}). Fetch or export it anew.") from None
    etree.strip_elements(tree, etree.Entity, etree.Comment, with_tail=False)
    return tree


def _add(name: str, line: int | None, given: dict[str, str], text: str, found: Found) -> None:
    if text.strip():
        found[0].append(Record(given, tidy(text).strip(), name, line=line, dated=(name, line)))
    else:
        found[1].append(Loss(name, line, "record", given.get("title", ""), NO_TEXT))


def _given(**fields: object) -> dict[str, str]:
    return {field: words for field, value in fields.items() if (words := string(value))}


# ninjs -------------------------------------------------------------------------------------------------------


def _ninjs_fields(one: Mapping) -> dict[str, str]:
    headline = one.get("headline") or _first(one.get("headlines"), "value")
    return _given(
        title=headline,
        byline=one.get("byline") or _named(one.get("by")) or _first(one.get("bylines"), "value"),
        outlet=_first(one.get("infosources"), "name") or one.get("provider") or one.get("copyrightholder"),
        published_at=one.get("versioncreated") or one.get("contentcreated") or one.get("firstcreated"),
        url=one.get("url") or one.get("webcanonical") or one.get("uri"),  # which its later versions share
        language=one.get("language"),
    )


def _body(one: Mapping) -> str:
    """Give the body, plain if there is a plain one."""
    bodies = [one.get("body_text"), *_all(one.get("bodies"), "value", "text/plain")]
    marked = [one.get("body_xhtml"), one.get("body_html"), one.get("body_nitf"), *_all(one.get("bodies"), "value")]
    plain = next((body for body in bodies if isinstance(body, str) and body.strip()), None)
    return plain or next((shown(body) for body in marked if isinstance(body, str) and body.strip()), "")


def _all(given: object, key: str, kind: str | None = None) -> list[object]:
    objects = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [one.get(key) for one in objects if kind is None or kind in str(one.get("contenttype") or one.get("role"))]


def _first(given: object, key: str) -> object:
    return next(iter(_all(given, key)), None)


def _named(given: object) -> object:
    return given if isinstance(given, str) else None


def shown(markup: str) -> str:
    """Give the text of a piece of HTML, a block a line."""
    try:
        return "\n".join(_blocks(html.fragment_fromstring(markup, create_parent="div")))
    except (etree.ParserError, ValueError):
        return ""


# NewsML-G2 ---------------------------------------------------------------------------------------------------


def _newsml_fields(item: etree._Element) -> dict[str, str]:
    def text(*names: str) -> str | None:
        return next((words for name in names for one in _named_so(item, name) if (words := _words(one))), None)

    def named(*names: str) -> str | None:
        """Give the name of a party, or the literal that stands for it."""
        for name in names:
            for one in _named_so(item, name):
                words = next((_words(child) for child in one if _local(child) == "name"), None)
                if words or one.get("literal"):
                    return words or one.get("literal")
        return None

    language = next((one.get("tag") for one in _named_so(item, "language")), None)
    return _given(
        title=text("headline"),
        byline=text("by") or named("creator", "contributor"),
        outlet=named("infoSource", "provider", "copyrightHolder"),
        published_at=text("published", "versionCreated", "firstCreated", "contentModified", "contentCreated"),
        url=item.get("guid"),  # which its later versions share
        language=language or item.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _content(item: etree._Element) -> str:
    for one in _named_so(item, "inlineXML"):
        body = next((part for part in one.iter() if _local(part) in ("body.content", "body")), one)
        body = next((part for part in body.iter() if _local(part) == "body.content"), body)
        return "\n".join(_blocks(body))
    return next(("".join(one.itertext()) for one in _named_so(item, "inlineData")), "")


def _named_so(item: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in item.iter() if _local(one) == name)


def _local(one: etree._Element) -> str:
    return etree.QName(one).localname if isinstance(one.tag, str) else ""


def _words(one: etree._Element) -> str:
    return " ".join("".join(one.itertext()).split())


def _blocks(tree: etree._Element) -> Iterator[str]:
    """Give the text of each block, as a reader would see it set apart."""
    line = ""
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        inside = event == "start"
        if _local(node).lower() in _BLOCKS:
            if line.strip():
                yield " ".join(line.split())
            line = ""
        if isinstance(node.tag, str) and inside:
            line += node.text or ""
        if not inside and node is not tree:
            line += node.tail or ""
    if line.strip():
        yield " ".join(line.split())
