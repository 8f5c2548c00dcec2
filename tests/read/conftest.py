"""A story folder made of a few literal files."""

import pytest

from helpers import story

TOML = """title = "The ferry"
timezone = "{zone}"

[articles]
files = {globs}
{more}
"""


@pytest.fixture
def make(tmp_path):
    """Write files (name: text or bytes) into a story's folder and load the story."""

    def made(files, globs='["articles/*"]', zone="UTC", more=""):
        files = {"story.toml": TOML.format(globs=globs, zone=zone, more=more)} | files
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return story.load(tmp_path)

    return made
