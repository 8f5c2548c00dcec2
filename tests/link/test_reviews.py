import pandas as pd
import pytest

from helpers import story
from helpers.link import reviews

HEAD = "contradiction_id,status,reviewer,note\n"
NAMES = "name,kind,aliases,role,role_from,role_to,wikidata_id\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "story.toml").write_text('title = "x"\n[articles]\nfiles = ["*.txt"]\n')
    return tmp_path


def test_decisions_are_laid_over_the_leads(folder):
    (folder / "reviews.csv").write_text(HEAD + "c1,dismissed,OB,other bridge\nc9,confirmed,OB,\n")
    leads = pd.DataFrame(
        {"contradiction_id": ["c1", "c2"], "status": ["lead"] * 2, "reviewer": [None] * 2, "note": [None] * 2}
    )
    reviewed = reviews.apply(leads, reviews.decisions(story.load(folder)))
    assert reviewed.values.tolist() == [["c1", "dismissed", "OB", "other bridge"], ["c2", "lead", None, None]]
    assert leads["status"].tolist() == ["lead", "lead"]


def test_without_the_files_nothing_is_decided(folder):
    assert reviews.decisions(story.load(folder)).empty
    assert reviews.actors(story.load(folder)).empty


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("reviews.csv", HEAD + "c1,dimissed,,\n", ":2: 'dimissed' is no status we know. Write one of lead, confirmed, dismissed."),
        ("reviews.csv", HEAD + "c1,lead,,\nc1,dismissed,,\n", ":3: c1 is dismissed here and lead on line 2. Keep one of the two."),
        ("reviews.csv", HEAD + "c1,lead\n", ":2: this row has not 4 cells. Mend it."),
        ("reviews.csv", "id,status,reviewer,note\n", ":1: the column 'contradiction_id' is missing. The columns are contradiction_id, status, reviewer, note."),
        ("actors.csv", NAMES + "Ida,human,,,,,\n", ":2: 'human' is no kind we know. Write one of person, organisation, government, group, outlet."),
        ("actors.csv", NAMES + "Ida,person,,mayor,5/1/24,,\n", ":2: '5/1/24' is no date for role_from. Write it as 2024-05-31."),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_file_and_line(folder, name, text, sentence):
    (folder / name).write_text(text)
    read = reviews.decisions if name == "reviews.csv" else reviews.actors
    with pytest.raises(story.StoryError) as error:
        read(story.load(folder))
    assert str(error.value) == f"{folder / name}{sentence}"


def test_a_spreadsheet_in_another_encoding_says_how_to_save_it(folder):
    (folder / "reviews.csv").write_bytes((HEAD + "c1,lead,Böll,\n").encode("cp1252"))
    with pytest.raises(story.StoryError, match=r"reviews\.csv: not UTF-8\. Save the spreadsheet as “CSV UTF-8”"):
        reviews.decisions(story.load(folder))
