"""Read plain text, with YAML front matter or without."""

import re
from collections.abc import Mapping

import yaml
from frontmatter.default_handlers import YAMLHandler

from helpers.read.files.decode import Unreadable
from helpers.read.files.records import Found, Record, fields

# Loaded as strings: YAML itself makes an error of 31 February and false of `no`.
_FRONT = YAMLHandler()


def read(text: str, name: str, columns: Mapping[str, str]) -> Found:
    """Read a text as one record."""
    given, body = _front_matter(text)
    if not body.strip():
        raise Unreadable("has front matter and no text. Add the text or take the file out of the folder.")
    body = body.strip()
    before = text[: text.rindex(body)]
    dated = (name, _line_in(before, columns.get("published_at", "published_at"), "published_at"))
    first_line = before.count("\n") + 1
    return [Record(fields(given, columns), body, name, first_line=first_line, dated=dated)], []


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    if not re.match(r"-{3,}[ \t]*\n", text):
        return {}, text
    try:
        front, body = _FRONT.split(text)
        given = _FRONT.load(front, Loader=yaml.BaseLoader)
    except ValueError:  # a line of dashes, and no second one
        return {}, text
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        reason = f"has front matter that is not valid YAML ({problem}). Put the value in quotation marks."
        raise Unreadable(reason, mark.line + 1 if mark else 1) from None
    except RecursionError:
        raise Unreadable("has front matter that is nested too deep. Put the value in quotation marks.", 1) from None
    return (given, body) if isinstance(given, dict) else ({}, text)


def _line_in(text: str, *keys: str) -> int | None:
    lines = text.split("\n")
    return next(
        (n for key in keys for n, line in enumerate(lines, 1) if re.match(rf"[\"']?{re.escape(key)}\b", line)), None
    )
