"""Fill the templates: one look, one security policy, one way to write a date."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.publish import markup

TEMPLATES = Path(__file__).parent / "templates"
MONTHS = "January February March April May June July August September October November December".split()


def render(template: str, path: Path, root: str = "", **values: object) -> Path:
    """Fill a template into a page; `root` leads from the page to the report's folder. Gives the path."""
    css, policy = _style()
    page = fill(template, **values, root=root, css=css, policy=policy)
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
def _style() -> tuple[Markup, str]:
    css = source("style.css") + source("print.css")
    hashed = b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode()
    # The style stands in the page, allowed by its hash: 'self' means different things to browsers under file://.
    return Markup(css), (
        f"default-src 'none'; style-src 'sha256-{hashed}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


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
    environment.filters |= {"day": day, "number": "{:,}".format, "percent": percent}
    return environment


def day(when: pd.Timestamp | None) -> str:
    """Write a date as in 3 March 2031; nothing where there is none."""
    return "" if when is None or pd.isna(when) else f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def percent(part: int, whole: int) -> str:
    """Write a share as a whole percentage; a dash where the whole is nothing."""
    return f"{100 * part / whole:.0f}%" if whole else "–"
