"""Open JupyterLab on the notebooks, for one story."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

from helpers.story import NOTEBOOKS, Story


def serve(story: Story, options: Sequence[str] = ()) -> subprocess.Popen:
    """Start JupyterLab on the notebooks with STORY set; `options` go to it as they are. Gives the process."""
    trust(NOTEBOOKS)
    command = [sys.executable, "-m", "jupyterlab", str(NOTEBOOKS), *options]
    return subprocess.Popen(command, env=environment(story))


def environment(story: Story) -> Mapping[str, str]:
    """Give the environment in which the notebooks are about a story."""
    return {**os.environ, "STORY": str(story.folder)}


def trust(folder: Path) -> None:
    """Sign a folder's notebooks as this user's own: JupyterLab shows no saved chart of one that it does not trust."""
    notary = NotebookNotary()
    for path in sorted(folder.glob("*.ipynb")):
        with suppress(ValueError):  # JupyterLab says itself what it cannot read
            notary.sign(nbformat.read(path, as_version=4))
    notary.store.close()
