"""Write a story's report: a static site, its evidence, its data and the notebooks as appendix."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers import parts
from helpers.publish import guard
from helpers.publish.exports import data, paper
from helpers.publish.figures import figures
from helpers.publish.figures.bundle import Figure
from helpers.publish.notebooks import notebooks, refresh
from helpers.publish.site import STAGED, site
from helpers.story import Story, StoryError

__all__ = ["Figure", "figures", "guard", "notebooks", "refresh", "report", "site"]


def report(story: Story, out: Path, progress: Callable[[Iterable, str], Iterable]) -> Path:
    """Run the notebooks on a built story and write its report; gives the path of the front page.

    The notebooks see what the reader may see: a copy of the database without the leads that nobody has reviewed. Where
    a Chromium is found, report.pdf is printed too. Raises StoryError, before anything is run, where `out` holds what is
    no report or may not be written to.
    """
    _check(out)
    with parts.alone(story.database.with_suffix(".parts")), tempfile.TemporaryDirectory() as folder:
        public = data.public(story.database, Path(folder))
        appendix = notebooks(story, Path(folder), database=public, progress=progress)
        charts, chromium = figures(story), paper.browser()
        site(story, story.database, out, charts, appendix, pdf=chromium is not None)
        if chromium and not paper.write(out, story, chromium):
            site(story, story.database, out, charts, appendix)  # without the link
        shutil.rmtree(out / "notebooks", ignore_errors=True)
        shutil.copytree(Path(folder) / "notebooks", out / "notebooks")
    return out / "index.html"


def _check(out: Path) -> None:
    """Let a report take the place of a report and of nothing else: the last one's folders are deleted."""
    there = next(place for place in (out, *out.absolute().parents) if place.exists())
    if not there.is_dir():
        raise StoryError(f"{there}: is a file, not a folder. Choose another place with --out.")
    if not os.access(there, os.W_OK):
        raise StoryError(
            f"{there}: may not be written to. Give yourself the right, or choose another place with --out."
        )
    held = any(not path.name.startswith(STAGED) for path in out.iterdir()) if there == out else False
    if held and not (out / "method.html").exists():
        raise StoryError(f"{out}: holds files that are no report. Choose an empty folder with --out.")
