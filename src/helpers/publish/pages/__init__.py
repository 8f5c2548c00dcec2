"""Fill the templates: one look, one security policy, one way to write a date."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.chart.words import date, number, short, span
from helpers.publish import markup

TEMPLATES = Path(__file__).parent / "templates"
MONTHS = "January February March April May June July August September October November December".split()


def render(template: str, path: Path, root: str = "", **values: object) -> Path:
    """Fill a template into a page; `root` leads from the page to the report's folder. Gives the path.

    A page with timelines or marked text gets the one script (`lively`), every other page none.
    """
    css, script = _inline("style.css", "print.css"), _inline("page.js") if values.get("lively") else ""
    values = {"lively": False} | values
    page = fill(template, **values, root=root, css=css, script=script, policy=_policy(css, script))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def fill(template: str, **values: object) -> str:
    """Fill a template; what it prints is escaped."""
    return _environment().get_template(template).render(**values)


@cache
def source(name: str) -> str:
    """Read a file that stands beside the templates as it is."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _inline(*names: str) -> Markup:
    return Markup("".join(source(name) for name in names))


@cache
def _policy(css: str, script: str) -> str:
    # What stands in the page is allowed by its hash: 'self' means different things to browsers under file://.
    allowed = f"style-src {_hashed(css)}; img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; {f'script-src {_hashed(script)}; ' if script else ''}{allowed}"


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=markup.inline,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": day,
        "number": "{:,}".format,
        "counted": number,
        "percent": percent,
        "short": short,
        "iso": _iso,
        "period": period,
    }
    return environment


def _iso(day: str) -> str:
    return date(day, year=True)


def numbered(stem: str, number: int) -> str:
    """Name the file of a list's page, the first by the list's own name."""
    return f"{stem}{f'-{number}' if number > 1 else ''}.html"


def day(when: pd.Timestamp | None) -> str:
    """Write a date as in 3 March 2031; nothing where there is none."""
    return "" if when is None or pd.isna(when) else f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def period(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write a stretch of days as in on 3 March 2031, or from 3 March to 5 April 2031."""
    start, end = (f"{when:%Y-%m-%d}" for when in (first, last))
    return f"{'on' if start == end else 'from'} {span(start, end, year=True)}"


def percent(part: int, whole: int) -> str:
    """Write a share as a whole percentage; a dash where the whole is nothing."""
    return f"{100 * part / whole:.0f}%" if whole else "–"
