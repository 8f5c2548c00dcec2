"""The verbatim guard: nothing goes out in quotation that does not stand, letter for letter, in a stored article."""

import posixpath
import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import pandas as pd
from lxml import html

from helpers.publish.markup import visible
from helpers.story import StoryError

ATTRIBUTE = re.compile(r'\s(id|href)="([^"]*)"')  # in pages of ours, where no text holds a quotation mark as it is
SHOWN = 80  # characters of a faulty sentence that the message repeats


def address(article_id: str, part: str, start: int, end: int) -> str:
    """Write where words stand, for the `data-at` of the element that shows them."""
    return f"{article_id}:{part}:{start}:{end}"


def pages(paths: Iterable[Path], articles: pd.DataFrame) -> int:
    """Match every quotation of the written pages against the stored articles at its offsets.

    Needs pages in which each element that shows an article's words carries `data-at`; what is ours inside of it
    stands in elements of class `tag`. Gives the number of quotations. Raises StoryError at the first that differs.
    """
    stored, checked = _stored(articles), 0
    for path in paths:
        tree = html.fromstring(path.read_text(encoding="utf-8"))
        for label in tree.find_class("tag"):
            label.drop_tree()
        for element in tree.xpath("//*[@data-at]"):
            article_id, part, start, end = element.get("data-at").rsplit(":", 3)
            shown = element.text_content()
            if not _stands(stored, article_id, part, int(start), int(end), shown):
                raise StoryError(
                    f"{path.name}: the words “{shown[:SHOWN]}” do not stand at {start} to {end} in the {part} of "
                    f"article {article_id}. Nothing was published; build the story again."
                )
            checked += 1
    return checked


def links(paths: Iterable[Path], statements: pd.DataFrame) -> int:
    """Follow every link from one written page to another, and see that every statement has a place of its own.

    Gives the number of links. Raises StoryError at the first that leads nowhere, or where a statement has no place.
    """
    places, targets, checked = {}, {}, 0
    for path in paths:
        name, found = path.absolute().as_posix(), {"id": [], "href": []}
        for kind, value in ATTRIBUTE.findall(path.read_text(encoding="utf-8")):
            found[kind].append(unescape(value))
        places[name], targets[name] = set(found["id"]), found["href"]
    folders = {posixpath.dirname(name) for name in places}
    for name, leads in targets.items():
        folder = posixpath.dirname(name)
        for target in leads:
            file, _, place = target.partition("#")
            if file and (not file.endswith(".html") or "://" in file):
                continue
            # Names, not files: to ask the disk about each link would take longer than all else here.
            reached = posixpath.normpath(posixpath.join(folder, file)) if file else name
            if posixpath.dirname(reached) not in folders:
                continue
            if reached not in places or (place and place not in places[reached]):
                raise StoryError(
                    f"{posixpath.basename(name)}: the link to {target[:SHOWN]} leads nowhere. Nothing was published; "
                    "this is a fault of the program."
                )
            checked += 1
    found = set().union(*places.values()) if places else set()
    lost = sorted(set(statements["statement_id"]) - found)
    if lost:
        raise StoryError(f"statement {lost[0]}: no page shows it. Nothing was published; build the story again.")
    return checked


def statements(table: pd.DataFrame, articles: pd.DataFrame) -> int:
    """Match the content, cue and source of every statement against the stored articles.

    Needs the tables statements and articles. Gives the number of statements. Raises StoryError at the first that
    differs. The words of a split quotation are compared without what joins them.
    """
    stored = _stored(articles)
    for row in table.itertuples():
        text = stored.get((row.article_id, row.part), "")
        cut = [text[start:end] for start, end in row.content_spans]
        same = row.content == cut[0] if len(cut) == 1 else _letters(row.content) == _letters("".join(cut))
        for words, start, end in (
            (row.cue, row.cue_start, row.cue_end),
            (row.source, row.source_start, row.source_end),
        ):
            same = same and (pd.isna(start) or text[int(start) : int(end)] == words)
        if not same or not cut:
            raise StoryError(
                f"statement {row.statement_id}: the words “{row.content[:SHOWN]}” do not stand at its offsets in the "
                f"{row.part} of article {row.article_id}. Nothing was published; build the story again."
            )
    return len(table)


def _stored(articles: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {
        (row.article_id, part): getattr(row, part) or ""
        for row in articles.itertuples()
        for part in ("text", "title")
        if isinstance(getattr(row, part), str)
    }


def _stands(stored: dict, article_id: str, part: str, start: int, end: int, shown: str) -> bool:
    text = stored.get((article_id, part), "")
    return 0 <= start < end <= len(text) and visible(text[start:end]) == shown


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)
