"""Find the articles that print the same text."""

import re

import pandas as pd

from helpers.story import digest

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"})


def mark(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark each article whose text another has printed before it.

    Needs article_id, published_at and same, the key of its text; gives the table with duplicate_of: the article_id of
    the earliest with the same text, case, spacing and the style of quotation marks aside, or None. Of two published at
    once the lower id is the earlier; an undated one is the later.
    """
    several = articles[articles.duplicated("same", keep=False)]  # most texts are printed once
    ordered = several.sort_values(["published_at", "article_id"], na_position="last")
    first = ordered.groupby("same")["article_id"].transform("first")
    copy = first[first != ordered["article_id"]].astype(object).reindex(articles.index)
    return articles.assign(duplicate_of=copy.where(copy.notna(), None))


def key(text: str) -> str:
    """Hash a text so that two prints of it are equal."""
    words = re.sub(r"\s+", " ", text.casefold().translate(_QUOTES).replace("''", '"')).strip()
    return digest(words)
