"""Put articles and statements on a line of time. Every function takes tables and returns a new one."""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from helpers.link.utterances import changes
from helpers.read import gaps

FORMS = ("direct", "mixed", "indirect")
UNRESOLVED = "Unresolved"
UNNAMED = gaps.UNNAMED

ABREAST = 84  # marks that stand side by side over a timeline's width without touching
VAGUE = pd.Timedelta(days=7)  # a statement dated less precisely than this is shown on the day of its report


def daily(articles: pd.DataFrame, zone: str = "UTC", by: str = "outlet") -> pd.DataFrame:
    """Count the articles a day for each outlet, silent days included.

    Needs `article_id`, `published_at` (UTC) and `by`; gives `day` (ISO, the day in `zone`), `by`, `articles`,
    `collected`. Every day from the first article to the last has a row for every outlet. `collected` is false
    before an outlet's first article and after its last, and while an outlet, or all of them, have nothing for longer
    than chance allows (`read.gaps`): there, nought articles means *not known*. Undated articles are left out (see
    `undated`), and so are later versions (`version_of`, where given); a reprint counts for the outlet that printed it.
    """
    first = articles[articles["version_of"].isna()] if "version_of" in articles else articles
    dated = first.assign(day=days(first["published_at"], zone), **{by: first[by].fillna(UNNAMED)})
    dated = dated.dropna(subset=["day"])
    if dated.empty:
        return pd.DataFrame({"day": [], by: [], "articles": [], "collected": []}).astype(
            {"day": str, by: str, "articles": int, "collected": bool}
        )
    period = pd.date_range(dated["day"].min(), dated["day"].max()).strftime("%Y-%m-%d")
    counts = dated.groupby(["day", by])["article_id"].nunique().unstack(fill_value=0)
    counts = counts.reindex(pd.Index(period, name="day"), fill_value=0)
    others = -counts.sub(counts.sum(axis=1), axis=0)
    collected = _span(counts) & ~counts.apply(lambda own: gaps.silent(own, others[own.name]))
    collected = collected.mul(~gaps.silent(counts.sum(axis=1)), axis=0)
    table = pd.DataFrame({"articles": counts.stack(), "collected": collected.stack()})
    return table.reset_index().sort_values(["day", by], ignore_index=True)


def unit(daily: pd.DataFrame) -> str:
    """Name the unit (day, week, month) in which a period is best drawn, so that a bar stays wide enough to see."""
    length = daily["day"].nunique()
    return "day" if length <= 120 else "week" if length <= 1100 else "month"


def pooled(daily: pd.DataFrame, unit: str, by: str = "outlet") -> pd.DataFrame:
    """Add the days of a daily table up to weeks (from Monday) or months.

    Gives the same columns, where `day` is a unit's first day, and `until`, the first day after it. A unit is
    collected where any of its days is.
    """
    code = {"day": "D", "week": "W-SUN", "month": "M"}[unit]
    periods = pd.to_datetime(daily["day"]).dt.to_period(code)
    bins = daily.assign(
        day=periods.dt.start_time.dt.strftime("%Y-%m-%d"),
        until=(periods + 1).dt.start_time.dt.strftime("%Y-%m-%d"),
    )
    return bins.groupby(["day", "until", by], as_index=False).agg(
        articles=("articles", "sum"), collected=("collected", "any")
    )


def missing(daily: pd.DataFrame) -> pd.DataFrame:
    """List the stretches of days in which nothing at all was collected: `start` and `end`, both included."""
    known = daily.groupby("day")["collected"].any()
    lost = (~known).rename("lost").reset_index()
    lost = lost.assign(run=known.cumsum().to_numpy())[lost["lost"]]
    return lost.groupby("run")["day"].agg(start="min", end="max").reset_index(drop=True)


def undated(table: pd.DataFrame) -> int:
    """Count the articles, or the statements, that no timeline can show because nothing dates them."""
    dates = [name for name in ("published_at", "said_from", "reported_at") if name in table]
    return int(table[dates].isna().all(axis=1).sum())


def voice(statements: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Count the statements of each actor, and their share of all, the unresolved ones included.

    Needs `speaker_id` and `form`, and `actor_id` and `name`; gives `actor_id`, `actor`, `statements`, `share`,
    `low`, `high` (the share's 95% interval), `direct`, `mixed`, `indirect`: most statements first, unresolved last.
    """
    forms = statements.groupby([statements["speaker_id"].fillna(""), "form"]).size().unstack(fill_value=0)
    table = forms.reindex(columns=list(FORMS), fill_value=0).rename_axis("actor_id", axis=0).reset_index()
    table = table.rename_axis(None, axis=1)
    table["statements"] = table[list(FORMS)].sum(axis=1)
    table["share"] = table["statements"] / max(len(statements), 1)
    table["low"], table["high"] = interval(table["statements"], len(statements))
    table["actor"] = _names(table["actor_id"], actors)
    table["known"] = table["actor_id"] != ""
    table = table.sort_values(
        ["known", "statements", "actor", "actor_id"], ascending=[False, False, True, True], ignore_index=True
    )
    table["actor_id"] = table["actor_id"].where(table["known"], None)
    return table[["actor_id", "actor", "statements", "share", "low", "high", *FORMS]]


def interval(count: pd.Series, total: int, confidence: float = 0.95) -> tuple[pd.Series, pd.Series]:
    """Give the lower and the upper end of the interval around the share count / total.

    The score interval of Wilson (1927), which stays inside 0 to 1 however few the statements.
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    total = max(total, 1)
    share, spread = count / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * np.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return (middle - half).clip(lower=0.0), (middle + half).clip(upper=1.0)


def lanes(
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    articles: pd.DataFrame,
    follow: Sequence[str] = (),
    most: int = 8,
    zone: str = "UTC",
    unresolved: bool = False,
) -> pd.DataFrame:
    """Lay out who said what, when: one row a statement, one lane an actor.

    Needs the tables `statements`, `actors` and `articles`; gives `lane` (from 0, the top), `actor_id`, `actor`,
    `statement_id`, `day` (ISO, in `zone`), `dated` (said or reported), `form`, `act`, `content`, `outlet`, `title`,
    `stack`, `early`. The followed actors have the first lanes, in their order, then those with most statements,
    `most` lanes in all; with `unresolved`, one more for statements of no known speaker. A statement stands on the day
    it was made where that is known to within a week, else on the day of its report; undated ones are left out.
    `stack` counts up where marks would touch; `early` marks what was said long before the first report, which would
    stretch the line.
    """
    said, until = pd.to_datetime(statements["said_from"]), pd.to_datetime(statements["said_to"])
    reported = pd.to_datetime(days(statements["reported_at"], zone))
    # Nobody reports what has not been said yet: a later date belongs to what is spoken of.
    precise = (until.fillna(said) - said <= VAGUE) & ~(said > reported)
    precise &= ~statements["said_precision"].isin(["report", "open", "unknown"])
    day = said.where(precise, reported)
    table = statements.assign(
        actor_id=statements["speaker_id"].fillna(""),
        day=day.dt.strftime("%Y-%m-%d"),
        dated=precise.map({True: "said", False: "reported"}),
        early=day < reported.min() - max((reported.max() - reported.min()) / 10, VAGUE),
    )
    table = table[day.notna()].merge(articles[["article_id", "outlet", "title"]], on="article_id", how="left")
    order = _order(table["actor_id"], actors, follow, most) + ([""] if unresolved else [])
    table = table[table["actor_id"].isin(order)]
    table = table.assign(
        lane=table["actor_id"].map({actor: lane for lane, actor in enumerate(order)}),
        actor=_names(table["actor_id"], actors),
    )
    table["form"] = pd.Categorical(table["form"], FORMS)
    table = table.sort_values(["lane", "day", "form", "reported_at", "statement_id"], ignore_index=True)
    table["form"] = table["form"].astype(str)
    table["stack"] = _stack(table)
    table["actor_id"] = table["actor_id"].where(table["actor_id"] != "", None)
    columns = "lane actor_id actor statement_id day dated form act content outlet title stack early"
    return table[columns.split()]


def travel(utterance_id: str | None, statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Follow one utterance from outlet to outlet; None, where there is none to follow, gives no rows.

    Needs the tables `statements` and `articles`; gives one row for each article that carries it, the earliest
    first: `article_id`, `outlet`, `reported_at` (UTC), `lag_hours` since the first report, `form`, `relay` (the
    names it came through), `content`, `reprint` (the article copies another). Undated reports come last, without
    a lag.
    """
    reports = statements[statements["utterance_id"] == utterance_id]
    # An article that carries it in its headline too is one report, and its text is the better evidence.
    reports = reports.sort_values(["article_id", "part", "statement_id"]).drop_duplicates("article_id")
    marked = articles[["article_id", "outlet", "duplicate_of", "near_duplicate_of"]]
    table = reports.merge(marked, on="article_id", how="left")
    when = pd.to_datetime(table["reported_at"], utc=True)
    table = table.assign(
        outlet=table["outlet"].fillna(UNNAMED),
        reported_at=when.dt.tz_localize(None),
        lag_hours=(when - when.min()) / pd.Timedelta(hours=1),
        relay=[", ".join(names) for names in table["relay"]],
        reprint=table["duplicate_of"].notna() | table["near_duplicate_of"].notna(),
    )
    table = table.sort_values(["reported_at", "outlet", "article_id"], na_position="last", ignore_index=True)
    return table[["article_id", "outlet", "reported_at", "lag_hours", "form", "relay", "content", "reprint"]]


def altered(travel: pd.DataFrame) -> pd.DataFrame:
    """Show what each later report of an utterance cut from the words of the first, and what it added.

    Needs a table of `travel`; gives `outlet`, `lag_hours`, `reprint`, `kept` (share of the first report's words),
    `cut` and `added`, the stretches parted by " … ". Case and marks are no change.
    """
    rows = []
    for report in travel[1:].itertuples():
        diff = changes(travel["content"].iloc[0], report.content)
        words = {change: part["words"].tolist() for change, part in diff.groupby("change")}
        kept, cut = (sum(len(stretch.split()) for stretch in words.get(change, [])) for change in ("kept", "cut"))
        shown = [" … ".join(words.get(change, [])) for change in ("cut", "added")]
        rows.append((report.outlet, report.lag_hours, report.reprint, kept / max(1, kept + cut), *shown))
    return pd.DataFrame(rows, columns=["outlet", "lag_hours", "reprint", "kept", "cut", "added"])


def carried(utterances: pd.DataFrame, actors: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """List the utterances that most outlets carried, and who had them first.

    Gives `utterance_id`, `speaker`, `content`, `said_from`, `outlets`, `statements` (reports of it), `origins` (the
    same, the reprints of one article counted once), `first_outlet`, `first_reported_at`.
    """
    table = utterances.assign(speaker=_names(utterances["speaker_id"].fillna(""), actors))
    table = table.sort_values(
        ["outlets", "statements", "first_reported_at", "utterance_id"], ascending=[False, False, True, True]
    )
    columns = "utterance_id speaker content said_from outlets statements origins first_outlet first_reported_at"
    return table[columns.split()].head(most).reset_index(drop=True)


def positions(utterances: pd.DataFrame, actors: pd.DataFrame, matters: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """List who spoke most often on which matter.

    Gives `actor_id`, `matter_id`, `actor`, `matter`, `utterances`; what has no known speaker or matter is left out.
    """
    counts = utterances.groupby(["speaker_id", "matter_id"]).size().rename("utterances").reset_index()
    table = counts.rename(columns={"speaker_id": "actor_id"}).assign(
        actor=_names(counts["speaker_id"], actors),
        matter=counts["matter_id"].map(matters.set_index("matter_id")["name"]),
    )
    table = table.sort_values(["utterances", "actor_id", "matter_id"], ascending=[False, True, True])
    return table[["actor_id", "matter_id", "actor", "matter", "utterances"]].head(most).reset_index(drop=True)


def position(
    actor_id: str | None,
    matter_id: str | None,
    utterances: pd.DataFrame,
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    matters: pd.DataFrame,
) -> pd.DataFrame:
    """Follow one actor on one matter: a row for each utterance, the earliest first, the undated last.

    Gives `utterance_id`, `statement_id`, `actor`, `matter`, `day` (ISO: when it was said, else first reported), `form`,
    `content`, `outlets`.
    """
    reports = statements.sort_values(["reported_at", "statement_id"]).drop_duplicates(["utterance_id", "content"])
    own = utterances[(utterances["speaker_id"] == actor_id) & (utterances["matter_id"] == matter_id)]
    table = own.merge(
        reports[["utterance_id", "content", "form", "statement_id"]], on=["utterance_id", "content"], how="left"
    )
    table = table.assign(
        actor=_names(table["speaker_id"], actors),
        matter=table["matter_id"].map(matters.set_index("matter_id")["name"]),
        day=days(table["said_from"].fillna(table["first_reported_at"])),
    )
    table = table.sort_values(["day", "utterance_id"], na_position="last", ignore_index=True)
    return table[["utterance_id", "statement_id", "actor", "matter", "day", "form", "content", "outlets"]]


def leads(
    contradictions: pd.DataFrame, utterances: pd.DataFrame, statements: pd.DataFrame, actors: pd.DataFrame
) -> pd.DataFrame:
    """Set the two sides of every apparent contradiction side by side, the likeliest first.

    Gives `contradiction_id`, `kind`, `score`, `status`, `reason`, and for each side a and b `speaker_a`, `day_a`
    (ISO: when it was said, else first reported), `words_a`, and `form_a` and `statement_a` of the report that they
    are from.
    """
    reports = statements.sort_values(["reported_at", "statement_id"]).drop_duplicates(["utterance_id", "content"])
    sides = utterances.merge(
        reports[["utterance_id", "content", "form", "statement_id"]], on=["utterance_id", "content"], how="left"
    )
    sides = pd.DataFrame(
        {
            "utterance": sides["utterance_id"],
            "speaker": _names(sides["speaker_id"].fillna(""), actors),
            "day": days(sides["said_from"].fillna(sides["first_reported_at"])),
            "words": sides["content"],
            "form": sides["form"],
            "statement": sides["statement_id"],
        }
    )
    table = contradictions.merge(sides.add_suffix("_a"), on="utterance_a", how="left")
    table = table.merge(sides.add_suffix("_b"), on="utterance_b", how="left")
    table = table.sort_values(["score", "contradiction_id"], ascending=[False, True], ignore_index=True)
    columns = "contradiction_id kind score status reason"
    return table[
        columns.split()
        + [f"{name}_{side}" for side in "ab" for name in ("speaker", "day", "words", "form", "statement")]
    ]


def days(times: pd.Series, zone: str = "UTC") -> pd.Series:
    """Give the calendar day (ISO) that each time in UTC falls on in a zone; null where there is none."""
    return pd.to_datetime(times, utc=True).dt.tz_convert(zone).dt.strftime("%Y-%m-%d")


def _span(counts: pd.DataFrame) -> pd.DataFrame:
    """Mark, for each outlet, the days from its first article to its last."""
    seen = counts > 0
    return seen.cummax() & seen[::-1].cummax()[::-1]


def _names(ids: pd.Series, actors: pd.DataFrame) -> pd.Series:
    names = actors.set_index("actor_id")["name"]
    return ids.map(names).where(ids != "", UNRESOLVED).fillna(ids).astype(str)


def _order(speakers: pd.Series, actors: pd.DataFrame, follow: Sequence[str], most: int) -> list[str]:
    """Give the ids of the actors that get a lane."""
    ranked = speakers[speakers != ""].value_counts().rename_axis("actor_id").reset_index()
    ranked["actor"] = _names(ranked["actor_id"], actors)
    wanted = {name.casefold(): place for place, name in enumerate(follow)}
    ranked["place"] = ranked["actor"].str.casefold().map(wanted).fillna(len(wanted))
    ranked = ranked.sort_values(["place", "count", "actor", "actor_id"], ascending=[True, False, True, True])
    return ranked["actor_id"].head(most).tolist()


def _stack(table: pd.DataFrame) -> list[int]:
    """Give each mark the lowest place in its lane where it touches no earlier one."""
    shown = pd.to_datetime(table["day"]).where(~table["early"])
    day = (shown - shown.min()).dt.days
    apart = max(1, -(-int(day.max() + 1) // ABREAST)) if day.notna().any() else 1
    ends: dict[int, list[float]] = {}
    places = []
    for lane, at, early in zip(table["lane"], day, table["early"], strict=True):
        taken = ends.setdefault(lane, [])
        place = 0 if early else next((n for n, end in enumerate(taken) if end <= at), len(taken))
        if not early:
            taken[place : place + 1] = [at + apart]
        places.append(place)
    return places
