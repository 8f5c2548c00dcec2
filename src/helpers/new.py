"""Lay out the folder of a new story: settings that explain themselves, empty tables, a place for articles."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from helpers.link import reviews
from helpers.story import BUILD, DATA, FIELDS, Story, StoryError, load

SETTINGS = """\
# The settings of one story. A line that begins with # is a note, or a setting that is switched off: delete the # to
# switch it on. After a change, `ontherecord build` again. data/README.md has the rest.

title = {title}
byline = ""                     # who publishes: "The city desk"
about = ""                      # one or two sentences at the head of every page of the report
timezone = "UTC"                # whose days the timelines count: "Europe/Kyiv"
# address = "https://desk.example/ford/"   # where the report will stand on the web: for sharing and embedding
# licence = "CC-BY-4.0"         # of the published tables, if you grant one
language = "en"                 # of articles that do not show theirs; only English ones are annotated

[articles]
files = ["articles/*.*"]        # where they lie, seen from this file; ["articles/**/*.*"] goes through folders, too
# metadata = "metadata.csv"     # a table of what the files do not say: outlet, day, address
# key = "filename"              # its column that names the file, with or without ending

# [articles.columns]            # where a table of yours calls things otherwise: our field = your column
# outlet = "publisher"          # the fields are {fields}
# published_at = "date"

[actors]
follow = []                     # the first lanes of the timeline, by name: ["Ida Varro", "Arno Vey"]

[matters]                       # what statements are about; more are found. A name of yours = its words, * any ending
# talks = ["talks", "negotiat*", "ceasefire"]
# "power bills" = ["tariff*", "bills", "electricity"]
"""

ARTICLES = """\
Put the articles here, one a file, in whatever form you have them:

  .txt .md              text; the first lines may say what is known of it:

                            ---
                            title: The ford stays shut
                            outlet: The Tolm Post
                            published_at: 2025-03-04T18:20:00+02:00
                            url: https://post.example/ford
                            ---

  .html                 a page as your browser saves it: the article is taken out of it
  .docx .pdf            press releases
  .csv .tsv .parquet    a row an article: a column `text`, and the fields above
  .jsonl                an object a line, with the same fields

Without `published_at` an article is read and counted, and stands on no timeline; write `undated` where nobody knows.
`ontherecord add` fetches from feeds, sites and lists, and unpacks archives: `ontherecord add --help`.
Nothing here is ever changed. This note is no article: it has no ending.
"""


def place(name: str) -> Path:
    """Give the folder of a story of this name: data/NAME for a plain name, else the path that it is."""
    plain = Path(name).name == name and name not in ("", ".", "..", "~")
    return DATA / name if plain else Path(name).expanduser()


def story(name: str) -> Story:
    """Make the folder of a new story; gives the story.

    Raises StoryError, and leaves everything as it was, where there is something at that place already.
    """
    folder = place(name)
    if folder.resolve() == BUILD:
        raise StoryError(f"{folder}: this is where the databases lie. Choose another name.")
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise StoryError(f"{folder}: is there already, and nothing in it was changed. Choose another name.")
    title = folder.resolve().name.replace("_", " ").replace("-", " ").strip()
    title = (title[:1].upper() + title[1:]) or "A story"
    settings = SETTINGS.format(title=json.dumps(title, ensure_ascii=False), fields=", ".join(FIELDS))
    (folder / "articles").mkdir(parents=True)
    written = {
        "story.toml": settings,
        "actors.csv": _header(reviews.ACTORS),
        "reviews.csv": _header((*reviews.REVIEWS, *reviews.EVIDENCE)),
        "articles/README": ARTICLES,
    }
    for file, text in written.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return load(folder)


def _header(columns: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(columns)
    return line.getvalue()
