from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

STORY = """\
title = "The ford at Tolm"
byline = "The desk"
about = "Everything in this story is invented."
timezone = "Europe/Kyiv"

[articles]
files = ["articles/*.txt"]

[actors]
follow = ["Laura Dennholm"]

[matters]
ford = ["ford*"]
"""
ARTICLES = {
    "post.txt": """\
---
title: Dennholm keeps the ford shut
outlet: The Tolm Post
published_at: 2024-03-05T09:00:00+02:00
url: https://post.example/ford
---
Finance Minister Laura Dennholm said on Monday that the ford would stay shut until the water falls.

“We will not open the ford before the water falls,” she told reporters.

Dennholm’s remarks appeared to contradict Mayor Peter Askwith’s claim that the ford was open.
""",
    "mail.txt": """\
---
title: Mayor says ford is open
outlet: The Esk Mail
published_at: 2024-03-06T10:30:00+02:00
---
“We will not open the ford before the water falls,” said Finance Minister Laura Dennholm.

Mayor Peter Askwith said that the ford was open.
""",
}


@pytest.fixture(scope="session")
def ford():
    """Write a story of two invented articles into a folder."""

    def ford(folder: Path) -> Path:
        place = folder / "ford"
        (place / "articles").mkdir(parents=True)
        (place / "story.toml").write_text(STORY, encoding="utf-8")
        for name, text in ARTICLES.items():
            (place / "articles" / name).write_text(text, encoding="utf-8")
        return place

    return ford


@pytest.fixture
def folder(tmp_path, ford):
    """A story of two invented articles."""
    return ford(tmp_path)
