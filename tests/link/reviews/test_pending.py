import pandas as pd
import pytest

from helpers import story
from helpers.link.reviews import pending
from helpers.story import StoryError

TEXT = "Ida Varro met the press. The ford is open, the aide said. It is not, she said."
TABLES = {
    "articles": pd.DataFrame(
        [["x", "The Ford Post", "Ford", pd.Timestamp("2024-05-01 10:00"), TEXT, "articles/x.txt"]],
        columns=["article_id", "outlet", "title", "published_at", "text", "source_file"],
    ),
    "actors": pd.DataFrame(
        [["ida", "Ida Varro", "person"], ["odo", "Odo Varro", "person"]], columns=["actor_id", "name", "kind"]
    ),
    "mentions": pd.DataFrame({"actor_id": ["ida", "ida", "odo"]}),
    "statements": pd.DataFrame(
        [
            ["s1", "x", "text", [[25, 41]], "The ford is open", "the aide", 43, 51, None, "the aide"],
            ["s2", "x", "text", [[58, 67]], "It is not", "she", 69, 72, "ida", None],
        ],
        columns="statement_id article_id part content_spans content source source_start source_end speaker_id "
        "described".split(),
    ).assign(reported_at=pd.Timestamp("2024-05-01 10:00")),
    "utterances": pd.DataFrame(
        [["u1", None, "The ford is open", pd.Timestamp("2024-05-01")], ["u2", "ida", "It is not", None]],
        columns=["utterance_id", "speaker_id", "content", "said_to"],
    ),
    "contradictions": pd.DataFrame(
        [["c1", "u1", "u2", "denial", 0.9, "one denies", None, "lead"], ["c2", "u1", "u2", "denial", 0.9, "", None, "dismissed"]],
        columns="contradiction_id utterance_a utterance_b kind score reason explanation status".split(),
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "story.toml").write_text('title = "x"\n[articles]\nfiles = ["*.txt"]\n')
    return tmp_path


def rows(table: pd.DataFrame) -> list[dict[str, str]]:
    return [{name: cell for name, cell in row.items() if cell} for row in table.to_dict("records")]


def test_only_open_leads_wait():
    assert rows(pending.leads(TABLES)) == [
        {
            "contradiction_id": "c1", "status": "lead", "words_a": "The ford is open", "words_b": "It is not",
            "speaker_b": "Ida Varro", "said_a": "2024-05-01", "kind": "denial", "score": 0.9, "reason": "one denies",
        }
    ]  # fmt: skip


def test_a_statement_without_a_speaker_waits_with_its_sentence():
    assert rows(pending.speakers(TABLES)) == [
        {
            "statement_id": "s1", "article_id": "x", "words": "The ford is open", "source": "the aide",
            "passage": "The ford is open, the aide said.", "outlet": "The Ford Post", "published_at": "2024-05-01",
            "title": "Ford", "source_file": "articles/x.txt",
        }
    ]  # fmt: skip


def test_namesakes_and_descriptions_are_proposed_unless_actors_csv_has_them():
    reviewed = pd.DataFrame({"name": ["Ida Varro"], "aliases": [["Odo Varro"]]})
    assert rows(pending.actors(TABLES, reviewed)) == [
        {"name": "the aide", "count": 1, "reason": "speaker not told", "example": "The ford is open"}
    ]
    assert rows(pending.actors(TABLES, reviewed.iloc[:0])) == [
        {"name": "Ida Varro", "aliases": "Odo Varro", "count": 1, "reason": "the same surname: one actor or two?"},
        {"name": "the aide", "count": 1, "reason": "speaker not told", "example": "The ford is open"},
    ]


def test_what_was_filled_in_stays_when_it_waits_no_more(folder):
    assert pending.write(story.load(folder), TABLES) == {"leads": 1, "speakers": 1, "actors": 2}
    path = folder / "review" / "speakers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("s1,", "s1,Ida Varro"), encoding="utf-8")
    filled = path.read_text(encoding="utf-8")
    told = TABLES["statements"].assign(speaker_id="ida")
    assert pending.write(story.load(folder), {**TABLES, "statements": told})["speakers"] == 0
    assert path.read_text(encoding="utf-8") == filled


def test_a_table_with_a_broken_row_is_not_overwritten(folder):
    pending.write(story.load(folder), TABLES)
    path = folder / "review" / "speakers.csv"
    path.write_text(path.read_text(encoding="utf-8") + "s2,Ida Varro\n", encoding="utf-8")
    broken = path.read_text(encoding="utf-8")
    with pytest.raises(StoryError) as error:
        pending.write(story.load(folder), TABLES)
    sentence = "this row has not 13 cells. Mend it. Until then nothing is written there."
    assert (str(error.value), path.read_text(encoding="utf-8")) == (f"{path}:3: {sentence}", broken)
