"""Write a story's report: a static site, its evidence, its data and the notebooks as appendix."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.publish import data, guard
from helpers.publish.figures import figures
from helpers.publish.notebooks import notebooks, refresh
from helpers.publish.site import Figure, site
from helpers.story import Story

__all__ = ["Figure", "figures", "guard", "notebooks", "refresh", "report", "site"]


def report(story: Story, out: Path, progress: Callable[[Iterable, str], Iterable]) -> Path:
    """Run the notebooks on a built story and write its report; gives the path of the front page.

    The notebooks see what the reader may see: a copy of the database without the leads that nobody has reviewed.
    """
    with tempfile.TemporaryDirectory() as folder:
        public = data.public(story.database, Path(folder))
        appendix = notebooks(story, out, database=public, progress=progress)
    site(story, story.database, out, figures(story), appendix)
    return out / "index.html"
