"""Lay out what waits for a person: open leads, speakers that are not told, actors that may be added."""

from collections.abc import Mapping

import pandas as pd

from helpers.annotate import sentences
from helpers.link import people, reviews
from helpers.link.reviews import sheets
from helpers.story import Story, digest

LEADS = [*reviews.REVIEWS, *reviews.EVIDENCE]
SPEAKERS = [*reviews.SPEAKERS, *reviews.WORDS]
ACTORS = [*reviews.ACTORS]
CHECKS = "checked.csv"
CHECKED = ["statement_id", "words", "speaker", "said"]  # of checked.csv: what was checked
ANSWERS = ["statement_right", "speaker_right", "date_right"]  # and what people found
SEED = "checked"
CONTEXT = ["source", "passage", "outlet", "published_at", "title", "source_file"]  # of a statement


def write(story: Story, tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Write what waits into the story's folder `review`, one table a kind; gives how many of each kind wait.

    Needs the tables of the built story. What was filled in there before stays, at the head of the table. Raises
    StoryError where a file may not be written or a row of the old one cannot be read.
    """
    folder = story.folder / sheets.FOLDER
    waiting = {"leads": leads(tables), "speakers": speakers(tables), "actors": actors(tables, reviews.actors(story)[0])}
    sheets.rewrite(folder / "reviews.csv", waiting["leads"], ["contradiction_id"], ["status"])
    sheets.rewrite(folder / "speakers.csv", waiting["speakers"], ["statement_id"], ["speaker"])
    sheets.rewrite(folder / "actors.csv", waiting["actors"], ["name", "aliases"], ["kind"])
    return {kind: len(table) for kind, table in waiting.items()}


def sample(story: Story, tables: Mapping[str, pd.DataFrame], size: int) -> int:
    """Write statements to be checked by hand into checked.csv of the story's folder `review`; gives how many wait.

    What was filled in there before stays, at the head of the table. Raises StoryError as `write` does.
    """
    path = story.folder / sheets.FOLDER / CHECKS
    drawn = checks(tables, size)
    sheets.rewrite(path, drawn, ["statement_id"], ANSWERS)
    return len(drawn)


def leads(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the leads that nobody has decided on, the likeliest first: `status` is to be filled in.

    The columns are those of reviews.csv, and behind them what the decision needs: who said what when, and why it is a
    lead.
    """
    open_ = tables["contradictions"].query("status == 'lead'")
    open_ = open_.sort_values(["score", "contradiction_id"], ascending=[False, True])
    names = dict(zip(tables["actors"]["actor_id"], tables["actors"]["name"], strict=True))
    said = tables["utterances"].set_index("utterance_id")
    table = pd.DataFrame({"contradiction_id": open_["contradiction_id"], "status": open_["status"]})
    for side in "ab":
        utterances = said.loc[open_[f"utterance_{side}"]]
        table[f"words_{side}"] = utterances["content"].tolist()
        table[f"speaker_{side}"] = utterances["speaker_id"].map(names).tolist()
        table[f"said_{side}"] = utterances["said_to"].map(_day).tolist()
    table = table.assign(**{column: open_[column] for column in ("kind", "score", "reason", "explanation")})
    return _laid_out(table, LEADS)


def speakers(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the statements whose speaker is not told, article by article: `speaker` is to be filled in.

    The columns are those of speakers.csv, and behind them the article and the sentences that the statement stands in.
    """
    open_ = tables["statements"]
    return _laid_out(_evidence(open_[open_["speaker_id"].isna()], tables["articles"]), SPEAKERS)


def checks(tables: Mapping[str, pd.DataFrame], size: int) -> pd.DataFrame:
    """Draw statements to be checked by hand: in ANSWERS, yes or no is to be filled in.

    The draw is random and always the same, whatever was added or taken away since: a larger one holds the smaller
    ones. The columns are those of checked.csv, and behind them what the check needs.
    """
    drawn = tables["statements"].assign(draw=[digest(SEED, found) for found in tables["statements"]["statement_id"]])
    drawn = drawn.sort_values("draw").head(size)
    table = _evidence(drawn, tables["articles"]).merge(told(drawn, tables["actors"]), on="statement_id")
    return _laid_out(table, [*CHECKED, *ANSWERS])


def told(statements: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Say of each statement what a check is of: the speaker's name and the day or days of the words."""
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    days = zip(statements["said_from"].map(_day), statements["said_to"].map(_day), strict=True)
    return pd.DataFrame(
        {
            "statement_id": statements["statement_id"].tolist(),
            "speaker": statements["speaker_id"].map(names).fillna(reviews.NOBODY).tolist(),
            # No bare day: a spreadsheet would write it back in its own manner.
            "said": [f"{first} to {last}" if first != last else f"on {first}" if first else "" for first, last in days],
        }
    )


def _evidence(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give each statement's words, source and sentences, and where they stand, article by article."""
    articles = articles.set_index("article_id")
    bounds = {article: sentences.spans(articles.at[article, "text"]) for article in statements["article_id"].unique()}
    rows = []
    for row in statements.itertuples():
        article = articles.loc[row.article_id]
        start, end = row.content_spans[0][0], row.content_spans[-1][1]
        if isinstance(row.source, str):
            start, end = min(start, row.source_start), max(end, row.source_end)
        passage = article["title"]
        if row.part == "text":
            start, end = sentences.around(bounds[row.article_id], int(start), int(end))
            passage = article["text"][start:end]
        rows.append(
            {
                "statement_id": row.statement_id,
                "article_id": row.article_id,
                "words": row.content,
                "source": row.source,
                "passage": passage,
                "outlet": article["outlet"],
                "published_at": _day(article["published_at"]),
                "title": article["title"],
                "source_file": article["source_file"],
                "start": start,
            }
        )
    table = pd.DataFrame(rows, columns=["statement_id", "article_id", "words", *CONTEXT, "start"])
    table = table.sort_values(["published_at", "article_id", "start", "statement_id"], na_position="last")
    return table.drop(columns="start")


def actors(tables: Mapping[str, pd.DataFrame], reviewed: pd.DataFrame) -> pd.DataFrame:
    """Give the additions to actors.csv that would tell most: `kind` is to be filled in, and the rest to be corrected.

    Needs the rows of actors.csv, whose names and aliases are not proposed again. The columns are those of actors.csv,
    and behind them how often the name stands in the story, why it is proposed, and an example.
    """
    known = {name for row in reviewed.itertuples() for name in (row.name, *row.aliases)}
    found = people.proposals(tables)
    found = found[~found["name"].isin(known)]
    names = found["alias_of"].where(found["alias_of"].notna(), found["name"])
    aliases = found["name"].where(found["alias_of"].notna(), "")
    table = found.assign(name=names, aliases=aliases).drop(columns="alias_of")
    return _laid_out(table, ACTORS)


def _laid_out(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Give a table with the columns that are to be filled in first, empty cells empty."""
    behind = [column for column in table if column not in columns]
    return table.reindex(columns=[*columns, *behind]).astype(object).fillna("").reset_index(drop=True)


def _day(value: object) -> str:
    return "" if value is None or pd.isna(value) else pd.Timestamp(value).date().isoformat()
