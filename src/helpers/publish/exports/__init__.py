"""The statements with what other programs want to know beside each: article, outlet, speaker, page."""

import pandas as pd

from helpers.chart.words import verbatim
from helpers.publish import evidence


def statements(tables: dict[str, pd.DataFrame], zone: str) -> pd.DataFrame:
    """Join each statement with its article and its speaker, in the order of reporting; the undated come last.

    Needs the tables statements, articles and actors. Gives the columns of statements, and `reported` (in `zone`),
    `outlet`, `url`, `headline`, `language`, `name`, `kind`, `wikidata_id`, `said` (cue and content, in quotation marks
    only where the article has them), `page` (its place in the report), `outside` (its words on the outlet's page);
    what is not known is None.
    """
    articles = tables["articles"].rename(columns={"title": "headline"})
    articles = articles[["article_id", "outlet", "url", "headline", "language", "text"]]
    actors = tables["actors"].rename(columns={"actor_id": "speaker_id"})
    table = tables["statements"].merge(articles, on="article_id", how="left").merge(actors, on="speaker_id", how="left")
    table = table.sort_values(["reported_at", "article_id", "statement_id"], na_position="last", ignore_index=True)
    reported = pd.to_datetime(table["reported_at"]).dt.tz_localize("UTC").dt.tz_convert(zone)
    table = table.astype(object).where(table.notna(), None)
    words = [
        (row.text, *row.content_spans[0]) if row.part == "text" else (row.headline, 0, len(row.headline))
        for row in table.itertuples()
    ]
    outside = [evidence.link(url, text, int(s), int(e)) for url, (text, s, e) in zip(table["url"], words, strict=True)]
    return table.drop(columns="text").assign(
        reported=reported.astype(object).where(reported.notna(), None),
        url=[evidence.web(url) for url in table["url"]],
        said=[_said(row) for row in table.itertuples()],
        page=[f"articles/{row.article_id}.html#{row.statement_id}" for row in table.itertuples()],
        outside=pd.Series(outside, dtype=object),
    )


def _said(row: tuple) -> str:
    # Without its cue, what somebody denied would read as what they said.
    words = verbatim(row.content, row.form)
    return f"{row.cue}: {words}" if row.cue else words
