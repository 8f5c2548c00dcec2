from datetime import date

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


GONE = "is no lead of this story, or is none any more. Look for it among the open leads, or delete the row."
TWICE = "Keep one of the two. Until then neither is followed."
KINDS = "person, organisation, government, group, outlet"
LEADS = pd.DataFrame(
    {
        "contradiction_id": ["c1", "c2"],
        "utterance_a": ["u1", "u3"],
        "utterance_b": ["u2", "u4"],
        "status": ["lead"] * 2,
        "reviewer": [None] * 2,
        "note": [None] * 2,
    }
)
UTTERANCES = pd.DataFrame(
    {
        "utterance_id": ["u1", "u2", "u3", "u4"],
        "content": ["the ford is open", "the ford was washed away", "three mills burnt", "no mill burnt"],
    }
)


def decided(folder) -> tuple[dict[str, str], list[tuple]]:
    leads, faults = reviews.apply(LEADS, UTTERANCES, *reviews.decisions(story.load(folder)))
    rows = [(row.source_file, row.line, row.kind, row.reason) for row in faults.itertuples()]
    return dict(zip(leads["contradiction_id"], leads["status"], strict=True)), rows


def test_decisions_are_laid_over_the_leads(folder):
    (folder / "reviews.csv").write_text(
        "contradiction_id,status,reviewer,note,date\nc1,dismissed,OB,other ford,2024-05-01\n"
    )
    leads, faults = reviews.apply(LEADS, UTTERANCES, *reviews.decisions(story.load(folder)))
    assert leads[["status", "reviewer", "note", "reviewed_on"]].values.tolist() == [
        ["dismissed", "OB", "other ford", date(2024, 5, 1)],
        ["lead", None, None, None],
    ]
    assert faults.empty
    assert LEADS["status"].tolist() == ["lead", "lead"]


def test_without_the_files_nothing_is_decided(folder):
    assert decided(folder) == ({"c1": "lead", "c2": "lead"}, [])
    assert [table.empty for table in reviews.actors(story.load(folder))] == [True, True]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("c9,dismissed,,\n", 3, f"c9 {GONE}"),
        ("c1,dimissed,,\n", 3, "'dimissed' is no status we know. Write one of lead, confirmed, dismissed."),
        ("c1,lead\n", 3, "this row has not 4 cells. Mend it."),
        ("c1,dismissed,,\nc1,confirmed,,\n", 4, f"c1 is confirmed here and dismissed on line 3. {TWICE}"),
    ],
)  # fmt: skip
def test_one_bad_row_is_a_sentence_and_the_rest_is_followed(folder, text, line, sentence):
    (folder / "reviews.csv").write_text(HEAD + "c2,confirmed,,\n" + text)
    assert decided(folder) == ({"c1": "lead", "c2": "confirmed"}, [("reviews.csv", line, "review", sentence)])


def test_a_changed_date_loses_only_the_date(folder):
    (folder / "reviews.csv").write_text("contradiction_id,status,reviewer,note,date\nc1,confirmed,,,5/1/24\n")
    sentence = "'5/1/24' is no date for date. Write it as 2024-05-31. The decision itself was followed."
    assert decided(folder) == ({"c1": "confirmed", "c2": "lead"}, [("reviews.csv", 2, "review", sentence)])


def test_a_missing_column_is_said(folder):
    (folder / "reviews.csv").write_text("id,status,reviewer,note\nc1,confirmed,,\n")
    sentence = "the column 'contradiction_id' is missing. The columns are contradiction_id, status, reviewer, note."
    assert decided(folder) == ({"c1": "lead", "c2": "lead"}, [("reviews.csv", 1, "review", sentence)])


def test_another_encoding_and_divider_are_read_and_the_encoding_said(folder):
    (folder / "reviews.csv").write_bytes((HEAD + "c1,confirmed,Böll,\n").replace(",", ";").encode("cp1252"))
    sentence = "not UTF-8, read as Windows-1252. Save the spreadsheet as “CSV UTF-8”."
    assert decided(folder) == ({"c1": "confirmed", "c2": "lead"}, [("reviews.csv", None, "review", sentence)])


def test_a_decision_follows_its_words_to_a_new_id(folder):
    head = "contradiction_id,status,reviewer,note,words_a,words_b\n"
    (folder / "reviews.csv").write_text(head + "old,confirmed,,,the ford had been washed away,the ford is open\n")
    assert decided(folder) == ({"c1": "confirmed", "c2": "lead"}, [])


@pytest.mark.parametrize(
    ("status", "faults"),
    [
        ("dismissed", []),
        (
            "confirmed",
            [
                (
                    "reviews.csv",
                    2,
                    "review",
                    "old is no lead any more, though both sides are still in the story: a speaker, a name or an "
                    "article changed. Look for it among the open leads, or delete the row.",
                )
            ],
        ),
    ],
)
def test_a_dismissed_lead_that_is_gone_is_no_fault_while_its_words_are_there(folder, status, faults):
    head = "contradiction_id,status,reviewer,note,words_a,words_b\n"
    (folder / "reviews.csv").write_text(f"{head}old,{status},,,the ford is open,three mills burnt\n")
    assert decided(folder) == ({"c1": "lead", "c2": "lead"}, faults)


def test_two_files_that_decide_one_lead_in_two_ways_are_both_named(folder):
    (folder / "reviews.csv").write_text(HEAD + "c1,dismissed,,\nc2,dismissed,,\n")
    (folder / "review").mkdir()
    (folder / "review" / "reviews.csv").write_text(HEAD + "c1,confirmed,,\nc2,lead,,\n")
    sentence = f"c1 is confirmed here and dismissed on line 2 of reviews.csv. {TWICE}"
    assert decided(folder) == ({"c1": "lead", "c2": "dismissed"}, [("review/reviews.csv", 2, "review", sentence)])


@pytest.mark.parametrize(
    ("text", "kept", "sentence"),
    [
        ("Odo Vey,human,,,,,\n", [], f"'human' is no kind we know. Write one of {KINDS}."),
        ("Odo Vey,person\n", [], "this row has not 7 cells. Mend it."),
        (
            "Odo Vey,person,,mayor,5/1/24,,\n",
            [("Odo Vey", [], "")],
            "'5/1/24' is no date for role_from. Write it as 2024-05-31. Until then the role is left out.",
        ),
        (
            "Ida Varro,group,,,,,\n",
            [],
            "Ida Varro is group here and person on line 2, which was followed. Keep one of the two.",
        ),
        (
            "Odo Vey,person,Varro|Vey,,,,\n",
            [("Odo Vey", ["Vey"], "")],
            "'Varro' is an alias of Odo Vey here and of Ida Varro on line 2. Until one is deleted it is nobody's.",
        ),
    ],
)
def test_a_mistake_among_the_actors_is_one_sentence_and_the_rest_is_followed(folder, text, kept, sentence):
    (folder / "actors.csv").write_text(NAMES + "Ida Varro,person,Varro|the mayor,mayor,,,\n" + text)
    rows, faults = reviews.actors(story.load(folder))
    first = ["Varro", "the mayor"] if "Varro|" not in text else ["the mayor"]
    assert [(row.name, row.aliases, row.role) for row in rows.itertuples()] == [("Ida Varro", first, "mayor"), *kept]
    assert faults[["source_file", "line", "kind", "reason"]].values.tolist() == [["actors.csv", 3, "review", sentence]]


def test_a_proposed_actor_counts_once_its_kind_is_filled_in(folder):
    (folder / "review").mkdir()
    (folder / "review" / "actors.csv").write_text(NAMES + "Ida Varro,person,,,,,\nOdo Vey,,,,,,\n")
    rows, faults = reviews.actors(story.load(folder))
    assert (rows["name"].tolist(), faults.empty) == (["Ida Varro"], True)


def test_an_actor_may_say_who_decided_why_and_when(folder):
    head = NAMES.strip() + ",reviewer,note,date\n"
    (folder / "actors.csv").write_text(
        head + "Ida Varro,person,,,,,,Kay,Asked.,2024-05-31\nOdo Vey,person,,,,,,,,5/1\n"
    )
    rows, faults = reviews.actors(story.load(folder))
    assert rows[["reviewer", "note", "reviewed_on"]].values.tolist() == [
        ["Kay", "Asked.", date(2024, 5, 31)],
        ["", "", None],
    ]
    sentence = "'5/1' is no date for date. Write it as 2024-05-31. The row itself was followed."
    assert faults[["line", "reason"]].values.tolist() == [[3, sentence]]


STATEMENTS = pd.DataFrame(
    {
        "statement_id": ["s1", "s2"],
        "article_id": ["x", "x"],
        "content": ["the ford had been washed away", "the mill stands"],
        "speaker_id": ["ida", None],
    }
)
SPEAKERS = "statement_id,speaker,reviewer,note,article_id,words\n"


def corrected(folder, text: str) -> tuple[dict[str, str | None], list[tuple]]:
    (folder / "speakers.csv").write_text(SPEAKERS + text)
    rows, faults = reviews.speakers(story.load(folder), STATEMENTS)
    faults = pd.concat([faults, reviews.unheard(rows, STATEMENTS)])
    named = [(row.source_file, row.line, row.reason) for row in faults.itertuples()]
    return dict(zip(rows["statement_id"], rows["speaker"], strict=True)), named


def test_a_corrected_speaker_is_found_by_id_or_else_by_the_words(folder):
    text = "old,Ida Varro,OB,,x,the ford was washed away\ns2,unresolved,,,,\n"
    assert corrected(folder, text) == ({"s1": "Ida Varro", "s2": None}, [])


@pytest.mark.parametrize(
    ("text", "kept", "sentence"),
    [
        ("s9,Ida Varro,,,,\n", {}, "s9 is no statement of this story, or is none any more. Delete the row."),
        ("s2,,,,,\n", {}, "the speaker is missing. Write a name, or 'unresolved'."),
        (
            "s2,Ida Vario,,,,\n",
            {"s2": "Ida Vario"},
            "'Ida Vario' is no one actor of this story, so the statement's speaker stays unresolved. "
            "Write a name as the table actors has it, or add a row to actors.csv.",
        ),
    ],
)
def test_a_correction_that_cannot_be_followed_is_said(folder, text, kept, sentence):
    assert corrected(folder, text) == (kept, [("speakers.csv", 2, sentence)])
