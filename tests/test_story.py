import pytest

from helpers import story

TOML = """\
title = "Talks over the ford"
timezone = "Europe/Kyiv"

[articles]
files = ["articles/*.txt"]

[articles.columns]
outlet = "publisher"

[actors]
follow = ["Ida Varro"]

[matters]
talks = ["talks", "negotiat*"]
"""


def write(folder, toml: str):
    (folder / "story.toml").write_text(toml, encoding="utf-8")
    return folder


def test_a_story_is_its_settings(tmp_path):
    loaded = story.load(write(tmp_path, TOML))
    assert loaded.model_dump() == {
        "folder": tmp_path,
        "title": "Talks over the ford",
        "byline": "",
        "about": "",
        "timezone": "Europe/Kyiv",
        "language": "en",
        "address": "",
        "licence": "",
        "articles": {
            "files": ["articles/*.txt"],
            "metadata": None,
            "key": "filename",
            "columns": {"outlet": "publisher"},
        },
        "actors": {"follow": ["Ida Varro"]},
        "matters": {"talks": ["talks", "negotiat*"]},
    }
    assert story.load(tmp_path / "story.toml") == loaded


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (TOML + "colour = 3\n", "{path}:15: 'matters.colour': is no list; write its words between brackets, as in [\"one\", \"another\"]."),
        ('tilte = "x"\n' + TOML, "{path}:1: unknown key 'tilte'; did you mean 'title'? The keys here are title, byline, about, timezone, "
         "language, address, licence, articles, actors, matters."),
        (TOML.replace("files =", "flies ="), "{path}:5: unknown key 'articles.flies'; did you mean 'files'? The keys here are files, metadata, key, columns."),
        (TOML.replace("Europe/Kyiv", "Kyiv/Europe"), "{path}:2: 'timezone': 'Kyiv/Europe' is no time zone; write one such as 'Europe/Kyiv'."),
        (TOML.replace("outlet =", "outlte ="), "{path}:7: 'articles.columns': 'outlte' is no field of an article; the fields are "
         "id, text, outlet, url, title, byline, published_at, language."),
        ('address = "desk.example"\n' + TOML, "{path}:1: 'address': 'desk.example' is no address; write one such as 'https://desk.example/ford/'."),
        ('licence = "as you like"\n' + TOML, "{path}:1: 'licence': 'as you like' is no licence; write its short name, such as 'CC-BY-4.0', or its address."),
        ("", "{path}: the key 'title' is missing. Add it; data/sample/story.toml shows how."),
        ('folder = "/"\n' + TOML, "{path}:1: unknown key 'folder'. The keys here are title, byline, about, timezone, "
         "language, address, licence, articles, actors, matters."),
        (TOML.replace("/Kyiv", ""), "{path}:2: 'timezone': 'Europe' is no time zone; write one such as 'Europe/Kyiv'."),
        ('language = ""\n' + TOML, "{path}:1: 'language': '' is no language code; write one such as 'en'."),
        (TOML + "deep = " + "[" * 5000, "{path}: not valid TOML: nested too deep. Take the brackets out."),
        ("title = \n", "{path}: not valid TOML: Invalid value (at line 1, column 9). Mend that line."),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_file_and_line(tmp_path, toml, sentence):
    with pytest.raises(story.StoryError) as error:
        story.load(write(tmp_path, toml))
    assert str(error.value) == sentence.format(path=tmp_path / "story.toml")


def test_no_story_there(tmp_path):
    with pytest.raises(story.StoryError, match=r"story\.toml: not found\. A story is a folder with a story\.toml"):
        story.load(tmp_path)


def test_a_misspelt_folder_is_asked_about(tmp_path):
    (tmp_path / "ferries").mkdir()
    write(tmp_path / "ferries", TOML)
    sentence = rf"feries/story\.toml: not found; did you mean {tmp_path / 'ferries'}\? A story is"
    with pytest.raises(story.StoryError, match=sentence):
        story.load(tmp_path / "feries")


def test_a_file_is_no_story_folder(tmp_path):
    with pytest.raises(story.StoryError, match=r"story\.toml: not found\."):
        story.load(write(tmp_path, TOML) / "story.toml" / "x")


def test_a_link_that_leads_to_itself(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(story.StoryError, match=r"loop.*: (no folder can be found there|cannot be read) \("):
        story.load(tmp_path / "loop")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    (tmp_path / "story.toml").write_text(TOML, encoding="utf-8-sig")
    assert story.load(tmp_path).title == "Talks over the ford"


def test_settings_that_are_not_utf_8(tmp_path):
    (tmp_path / "story.toml").write_text(TOML, encoding="utf-16")
    with pytest.raises(story.StoryError, match=r"story\.toml: not UTF-8\. Save it as UTF-8 text\."):
        story.load(tmp_path)


def test_the_environment_names_the_current_story(tmp_path, monkeypatch):
    monkeypatch.setenv("STORY", str(write(tmp_path, TOML)))
    assert story.current() == story.load(tmp_path)
    monkeypatch.setenv("STORY", "")
    assert story.current().name == "sample"


def test_a_digest_depends_on_every_part_and_their_borders():
    assert story.digest("a", "bc") == story.digest("a", "bc")
    assert len({story.digest(*parts) for parts in [("a", "bc"), ("ab", "c"), ("abc",), ("abc", None)]}) == 4


def test_the_address_of_a_report_ends_in_a_slash(tmp_path):
    loaded = story.load(write(tmp_path, 'address = "https://desk.example/ford"\n' + TOML))
    assert loaded.address == "https://desk.example/ford/"
