import json

import pandas as pd
import pytest
from lxml import html

from helpers.publish import exports
from helpers.publish.exports import slides

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e"


@pytest.fixture
def records(harbour, story):
    return exports.statements(harbour, story.timezone)


def test_utterances_stand_on_their_days_the_earliest_first(story, records, harbour):
    made = json.loads(slides.timeline(story, records, harbour["utterances"]))
    assert made["title"]["text"] == {
        "headline": "The harbour levy",
        "text": "<p>4 utterances of 4: those that most outlets carried.</p>"
        "<p>This story is invented: its places, people and papers do not exist.</p>",
    }
    days = [tuple(event["start_date"].values()) for event in made["events"]]
    assert days == [(2031, 3, 2), (2031, 3, 3), (2031, 3, 3), (2031, 3, 13)]
    row = records[records["act"] == "say"].iloc[0]
    assert made["events"][0] == {
        "start_date": {"year": 2031, "month": 3, "day": 2},
        "unique_id": row.statement_id,
        "group": "Mara Ilves",
        "text": {
            "headline": "Mara Ilves said: “We will not raise the levy,” … “the council, the crews &amp; the town” had agreed",
            "text": "<p>said: “We will not raise the levy,” … “the council, the crews &amp; the town” had agreed</p>"
            "<p>Carried by 1 outlet; here as The Quay Post reports it.</p>"
            f'<p><a href="articles/{row.article_id}.html#{row.statement_id}">The sentence in its article</a></p>',
        },
    }
    assert "<p>The day is that of the report.</p>" in made["events"][3]["text"]["text"]


def test_a_stretch_of_days_has_an_end(story, records, harbour):
    wide = records.assign(
        said_precision="week", said_to=records["said_from"].map(lambda day: day and day.replace(day=20))
    )
    (event, *_) = json.loads(slides.timeline(story, wide, harbour["utterances"]))["events"]
    assert (event["start_date"]["day"], event["end_date"]) == (2, {"year": 2031, "month": 3, "day": 20})


def test_hostile_words_are_text_where_they_are_taken_for_html(story, records, harbour):
    hostile = records.assign(said=HOSTILE, name=HOSTILE, outlet=HOSTILE)
    made = json.loads(
        slides.timeline(story.model_copy(update={"title": HOSTILE, "about": HOSTILE}), hostile, harbour["utterances"])
    )
    texts = [part for slide in (made["title"], *made["events"]) for part in slide["text"].values()]
    texts += [event["group"] for event in made["events"]]
    tags = {element.tag for text in texts for element in html.fragments_fromstring(f"<div>{text}</div>")[0].iter()}
    assert tags == {"div", "p", "a"}
    assert not any("\u202e" in text for text in texts)


def test_no_more_slides_than_a_reader_bears(story, records, harbour):
    first, utterance = records.head(1), harbour["utterances"].head(1)
    names = [f"u{number:02}" for number in range(30)]
    many = pd.concat([first.assign(utterance_id=name, statement_id=name) for name in names])
    utterances = pd.concat([utterance.assign(utterance_id=name, outlets=place) for place, name in enumerate(names)])
    made = json.loads(slides.timeline(story, many, utterances))
    assert [event["unique_id"] for event in made["events"]] == names[10:]
    assert made["title"]["text"]["text"].startswith("<p>20 utterances of 30: those that most outlets carried.</p>")
