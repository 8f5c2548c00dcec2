"""Link what the articles say: people across articles, utterances across reports, leads across utterances."""

from collections.abc import Mapping

import pandas as pd

from helpers.link import contradictions, matters, people, reviews, utterances
from helpers.link.utterances import reprints, sayings
from helpers.parts import unswept
from helpers.story import Story


@unswept()
def link(story: Story, articles: pd.DataFrame, annotations: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Link the annotations of a story's articles.

    Needs `articles` and the tables that `annotate` gives; gives the tables articles (with their reprints marked),
    actors, roles, mentions, statements, times, matters, utterances and contradictions with the columns of schema.sql,
    and `removed`: the rows of actors.csv, speakers.csv and reviews.csv that could not be followed.
    """
    articles = reprints.mark(articles)
    known, doubts = reviews.actors(story)
    corrections, losses = reviews.speakers(story, annotations["statements"])
    linked = people.link(
        annotations["mentions"],
        sayings.redate(annotations["statements"], articles),
        annotations["roles"],
        articles,
        known,
        story.timezone,
        dict(zip(corrections["statement_id"], corrections["speaker"], strict=True)),
    )
    losses = [doubts, losses, reviews.unheard(corrections, linked["statements"])]
    names = linked["actors"][linked["actors"]["kind"] != "government"]["name"]
    subjects = matters.find(story, linked["statements"]["content"], names)
    told, spoken = utterances.link(linked["statements"], articles, subjects)
    leads = contradictions.leads(articles, told, {**linked, "times": annotations["times"]})
    reviewed, faults = reviews.apply(leads, spoken, *reviews.decisions(story))
    return {
        **linked,
        "articles": articles,
        "times": annotations["times"],
        "events": people.of_events(annotations["events"], linked["mentions"]),
        "statements": told,
        "matters": subjects,
        "utterances": spoken,
        "contradictions": reviewed,
        "removed": pd.concat([*losses, faults], ignore_index=True).astype(object),
    }
