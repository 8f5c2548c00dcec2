import csv
import tomllib

import pytest

from helpers import new
from helpers.story import DATA, FIELDS, Story, StoryError


def test_a_new_story_validates_and_its_settings_are_the_defaults(tmp_path):
    made = new.story(str(tmp_path / "low-water"))
    assert made == Story(folder=tmp_path / "low-water", title="Low water", articles={"files": ["articles/*.*"]})
    assert sorted(path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()) == [
        "actors.csv",
        "articles/README",
        "reviews.csv",
        "story.toml",
    ]


def test_what_is_switched_off_is_valid_once_switched_on(tmp_path):
    folder = new.story(str(tmp_path / "ford")).folder
    lines = (folder / "story.toml").read_text(encoding="utf-8").splitlines()
    on = [line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in lines]
    settings = tomllib.loads("\n".join(on))
    told = Story(folder=folder, **settings)
    assert (told.articles.metadata, told.articles.key) == ("metadata.csv", "filename")
    assert set(told.articles.columns) <= set(FIELDS) and len(told.matters) == 2
    assert set(settings) >= set(Story.model_fields) - {"folder", "period"}


def test_the_tables_have_their_columns_and_no_row(tmp_path):
    folder = new.story(str(tmp_path / "ford")).folder
    rows = {name: list(csv.reader((folder / name).open(encoding="utf-8"))) for name in ("actors.csv", "reviews.csv")}
    assert rows == {
        "actors.csv": [["name", "kind", "aliases", "role", "role_from", "role_to", "wikidata_id"]],
        "reviews.csv": [["contradiction_id", "status", "reviewer", "note", "date", "words_a", "words_b"]],
    }


@pytest.mark.parametrize("title", ['a "ford"', "ça\\ira", "—"])
def test_any_name_gives_a_story(tmp_path, title):
    assert new.story(str(tmp_path / title)).title.casefold() == title.replace("-", " ").casefold()


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "ford").mkdir()
    (tmp_path / "ford" / "notes.txt").write_text("mine")
    with pytest.raises(StoryError, match=r"ford: is there already, and nothing in it was changed\."):
        new.story(str(tmp_path / "ford"))
    assert [path.name for path in (tmp_path / "ford").iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "ford").mkdir()
    assert new.story(str(tmp_path / "ford")).title == "Ford"


def test_a_plain_name_lies_in_data(tmp_path):
    assert new.place("ford") == DATA / "ford"
    assert new.place(str(tmp_path)) == tmp_path
    assert new.place("./ford").as_posix() == "ford"
    with pytest.raises(StoryError, match=r"this is where the databases lie"):
        new.story("build")
