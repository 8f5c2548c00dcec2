"""Tell which dated clauses report one event, and which events are reported most."""

from collections.abc import Sequence

import pandas as pd

from helpers.link import wording

LIKE = 0.3  # of what two clauses of one day say, from which they report one event
PRECISE = pd.Timedelta(days=7)  # an event dated less precisely has no place on a line of days


def happenings(events: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Group the clauses that report one event, the most reported first.

    Needs the tables `events` and `articles`. Gives `event_id`, `article_id`, `what`, `start_char`, `end_char` of the
    clause that was printed first, `from_date`, `to_date`, `reports` (articles, reprints counted once) and `outlets`.
    Clauses are of one event where they name the same days and share most of what they say; what is dated to more
    than a week is left out.
    """
    columns = ["article_id", "outlet", "published_at", "duplicate_of", "near_duplicate_of"]
    told = events.merge(articles[columns], on="article_id", how="left")
    told = told.assign(
        from_date=pd.to_datetime(told["from_date"]),
        to_date=pd.to_datetime(told["to_date"]),
        origin=told["near_duplicate_of"].fillna(told["duplicate_of"]).fillna(told["article_id"]),
    )
    told = told[told["to_date"] - told["from_date"] <= PRECISE]
    told = told.sort_values(["from_date", "to_date", "published_at", "event_id"], na_position="last")
    rare = wording.rarity(wording.terms(what) for what in told["what"])
    rows = []
    for _, day in told.groupby(["from_date", "to_date"], sort=True):
        for group in _alike(day["what"].tolist(), rare):
            clauses = day.iloc[group]
            first = clauses.iloc[0]
            names = "event_id article_id what start_char end_char from_date to_date".split()
            rows.append(
                {name: first[name] for name in names}
                | {"reports": clauses["origin"].nunique(), "outlets": clauses["outlet"].nunique()}
            )
    table = pd.DataFrame(
        rows, columns="event_id article_id what start_char end_char from_date to_date reports outlets".split()
    )
    return table.sort_values(
        ["outlets", "reports", "from_date", "event_id"], ascending=[False, False, True, True], ignore_index=True
    )


def _alike(clauses: Sequence[str], rare: dict[str, float]) -> list[list[int]]:
    groups: list[list[int]] = []
    terms = [frozenset(wording.terms(clause)) for clause in clauses]
    for place, own in enumerate(terms):
        near = next((group for group in groups if wording.alike(terms[group[0]], own, rare) >= LIKE), None)
        groups.append([place]) if near is None else near.append(place)
    return groups
