"""Link what the articles say: people across articles, utterances across reports, leads across utterances."""

from collections.abc import Mapping

import pandas as pd

from helpers.link import contradictions, matters, people, reprints, reviews, utterances
from helpers.story import Story


def link(story: Story, articles: pd.DataFrame, annotations: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Link the annotations of a story's articles.

    Needs `articles` and the tables that `annotate` gives; gives the tables articles (with their reprints marked), actors, roles, mentions, statements, times,
    matters, utterances and contradictions with the columns of schema.sql. Raises StoryError where actors.csv or
    reviews.csv cannot be read.
    """
    articles = reprints.mark(articles)
    linked = people.link(
        annotations["mentions"], annotations["statements"], annotations["roles"], articles, reviews.actors(story)
    )
    subjects = matters.named(story)
    told, spoken = utterances.link(linked["statements"], articles, subjects)
    leads = contradictions.reported(articles, told, linked["mentions"], linked["actors"])
    return {
        **linked,
        "articles": articles,
        "times": annotations["times"],
        "statements": told,
        "matters": subjects,
        "utterances": spoken,
        "contradictions": reviews.apply(leads, reviews.decisions(story)),
    }
