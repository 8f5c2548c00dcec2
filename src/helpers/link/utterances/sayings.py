"""Date what a reprint says by the report that it reprints: it was said no later than the first report of it."""

import re

import pandas as pd


def redate(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give the statements with those of reprints dated as in the article they were taken from.

    Needs `statements` (article_id, content, said_from, said_to, said_precision) and `articles` (article_id,
    duplicate_of, near_duplicate_of). Only what the words of the reprint leave to its own day of publication is
    redated, where the earlier article has a statement of the same words.
    """
    origins = dict(zip(articles["article_id"], articles["duplicate_of"], strict=True))
    for article, origin in zip(articles["article_id"], articles["near_duplicate_of"], strict=True):
        origins[article] = origins[article] if isinstance(origins[article], str) else origin
    origins = {article: origin for article, origin in origins.items() if isinstance(origin, str)}
    first = {}
    columns = ["said_from", "said_to", "said_precision"]
    read = statements[["article_id", "content", *columns]]
    for row in read[read["article_id"].isin(set(origins.values()))].itertuples(index=False):
        first.setdefault((row.article_id, _plain(row.content)), (row.said_from, row.said_to, row.said_precision))
    told = []
    for row in read.itertuples(index=False):
        taken = None
        if row.said_precision == "report" and row.article_id in origins:
            taken = first.get((origins[row.article_id], _plain(row.content)))
        told.append(taken or (row.said_from, row.said_to, row.said_precision))
    redated = pd.DataFrame(told, columns=columns, index=statements.index, dtype=object)
    return statements.assign(**{column: redated[column] for column in columns})


def _plain(content: str) -> str:
    return " ".join(re.findall(r"\w+", content.lower())[:12])
