"""Write a story's report: a static site, its evidence, its data and the notebooks as appendix."""

from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.publish import guard
from helpers.publish.figures import figures
from helpers.publish.notebooks import notebooks
from helpers.publish.site import Figure, site
from helpers.story import Story

__all__ = ["Figure", "figures", "guard", "notebooks", "report", "site"]


def report(story: Story, out: Path, progress: Callable[[Iterable, str], Iterable]) -> Path:
    """Run the notebooks on a built story and write its report; gives the path of the front page."""
    appendix = notebooks(story, out, progress=progress)
    site(story, story.database, out, figures(story), appendix)
    return out / "index.html"
