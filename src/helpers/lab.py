"""Open JupyterLab on the notebooks, for one story."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

from helpers.chart import figure
from helpers.story import NOTEBOOKS, Story

# JupyterLab would look for news and for newer versions of itself; the settings beside it keep it from asking leave to.
SILENT = ("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")
SETTINGS = Path(__file__).parent / "jupyter"


def serve(
    story: Story, options: Sequence[str] = (), interactive: bool = False, notebooks: Path = NOTEBOOKS
) -> subprocess.Popen:
    """Start JupyterLab on the notebooks with STORY set; `options` go to it as they are. Gives the process."""
    trust(notebooks)
    command = [sys.executable, "-m", "jupyterlab", str(notebooks), *SILENT, *options]
    return subprocess.Popen(command, env=environment(story, interactive))


def environment(story: Story, interactive: bool = False) -> Mapping[str, str]:
    """Give the environment in which the notebooks are about a story, and charts and tables answer if wanted.

    JupyterLab starts from our settings; what somebody has chosen in its menus wins over them.
    """
    paths = os.pathsep.join(path for path in (os.environ.get("JUPYTER_CONFIG_PATH"), str(SETTINGS)) if path)
    own = {"STORY": str(story.folder), "JUPYTER_CONFIG_PATH": paths}
    return {**os.environ, **own, **({figure.SWITCH: "1"} if interactive else {})}


def trust(folder: Path) -> None:
    """Sign a folder's notebooks as this user's own: JupyterLab shows no saved chart of one that it does not trust."""
    notary = NotebookNotary()
    for path in sorted(folder.glob("*.ipynb")):
        with suppress(ValueError):  # JupyterLab says itself what it cannot read
            notary.sign(nbformat.read(path, as_version=4))
    notary.store.close()
