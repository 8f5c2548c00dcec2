"""Find the articles that print the same text."""

import re

import pandas as pd

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"})


def mark(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark each article whose text another has printed before it.

    Needs article_id, published_at and text; gives the table with duplicate_of: the article_id of the earliest
    with the same text, case, spacing and the style of quotation marks aside, or None. Of two published at once
    the lower id is the earlier; an undated one is the later.
    """
    ordered = articles.sort_values(["published_at", "article_id"], na_position="last")
    first = ordered.groupby(ordered["text"].map(_same))["article_id"].transform("first")
    copy = first.where(first != ordered["article_id"])
    return articles.assign(duplicate_of=copy.astype(object).where(copy.notna(), None))


def _same(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().translate(_QUOTES).replace("''", '"')).strip()
