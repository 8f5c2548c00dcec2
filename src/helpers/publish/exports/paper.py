"""The report on paper: its pages printed to one PDF by a Chromium, where the machine has one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, TextStringObject

from helpers.story import Story

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PAGES = ("index.html", "method.html", "corrections.html")
FILE = "report.pdf"
PATIENCE = 60  # seconds for one page


def browser() -> str | None:
    """Give the path of a Chromium on this machine; None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def write(out: Path, story: Story, chromium: str) -> Path | None:
    """Print a written report's front page, method and corrections into report.pdf; gives its path.

    Links within the report lead to its address on the web; without an address in story.toml they are left out, for a
    PDF travels without the pages beside it. Gives None where the browser prints nothing.
    """
    made = PdfWriter()
    for name in PAGES:
        raw = _printed((out / name).resolve(), chromium)
        if raw is None:
            return None
        for page in PdfReader(BytesIO(raw)).pages:
            _lead(page, out.resolve().as_uri(), story.address)
            made.add_page(page)
    # No dates: the same report is the same PDF.
    made.metadata = {"/Title": story.title, "/Author": story.byline or "On the Record"}
    made.root_object[NameObject("/Lang")] = TextStringObject(story.language)
    made.write(out / FILE)
    return out / FILE


def _printed(page: Path, chromium: str) -> bytes | None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page.pdf"
        command = [chromium, "--headless", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri()]
        try:
            subprocess.run(_rooted(command), capture_output=True, timeout=PATIENCE, check=True)
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None


def _rooted(command: Sequence[str]) -> list[str]:
    # Chromium's own sandbox does not start for root, as in most containers.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*command[:-1], *(["--no-sandbox"] if root else []), command[-1]]


def _lead(page: PageObject, place: str, address: str) -> None:
    """Make a page's links lead to the web, never to a folder of this machine."""
    kept = ArrayObject()
    for note in page.get("/Annots") or ():
        action = note.get_object().get("/A", {})
        target = action.get("/URI", "")
        if target.startswith("file:"):
            if not address or not target.startswith(f"{place}/"):
                continue
            action[NameObject("/URI")] = TextStringObject(address + target.removeprefix(f"{place}/"))
        kept.append(note)
    page[NameObject("/Annots")] = kept
