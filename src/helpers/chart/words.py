"""Say what a chart shows: the finding as a headline, what was counted, and the same for who cannot see it.

Every sentence is worked out from the table that is drawn; none is typed by hand.
"""

from dataclasses import dataclass

import pandas as pd

from helpers.chart import timeline


@dataclass(frozen=True)
class Words:
    """The words of one chart."""

    headline: str  # the finding
    subtitle: str  # what is counted, in which unit, over which period
    alt: str  # kind of chart, what it runs over, the finding and the values that matter


def coverage(daily: pd.DataFrame) -> Words:
    """Say when coverage peaked and who reported most; needs a table of `timeline.daily`."""
    if daily.empty:
        return _nothing("articles")
    unit = timeline.unit(daily)
    bins = timeline.pooled(daily, unit).groupby("day")["articles"].sum()
    outlets = daily.groupby("outlet")["articles"].sum().sort_values(ascending=False, kind="stable")
    total, most, peak = int(outlets.sum()), int(bins.max()), bins.idxmax()
    when = {"day": f"on {date(peak)}", "week": f"in the week of {date(peak)}", "month": f"in {month(peak)}"}[unit]
    if total == 1:
        headline = f"One article, {when}"
    elif (bins == most).sum() > 1:
        headline = f"Coverage never passed {number(most, 'article')} a {unit}"
    else:
        headline = f"Coverage peaked {when} with {number(most, 'article')}"
    silent = timeline.missing(daily)
    faults = [
        f"Nothing collected {span(start, end)}" for start, end in zip(silent["start"], silent["end"], strict=True)
    ]
    reach = period(daily["day"])
    subtitle = f"Articles a {unit}, {reach}: {number(total, 'article')} from {number(len(outlets), 'outlet')}"
    alt = (
        f"Bars of articles a {unit}, for all outlets together and for each of {number(len(outlets), 'outlet')}, {reach}. "
        f"{headline}. Most from {outlets.index[0]} ({outlets.iloc[0]} of {total})."
    )
    return Words(headline, subtitle, " ".join([alt, *(f"{fault}." for fault in faults)]))


def voice(voice: pd.DataFrame) -> Words:
    """Say who is heard most; needs a table of `timeline.voice`.

    Two whose intervals overlap are not ranked: a handful of statements more is no finding.
    """
    total = int(voice["statements"].sum())
    known = voice[voice["actor_id"].notna()]
    if not total:
        return Words("No statements", "", "No statements: there is nothing to draw.")
    unresolved = total - int(known["statements"].sum())
    if known.empty:
        headline = "No speaker could be named"
    elif len(known) > 1 and known["high"].iloc[1] >= known["low"].iloc[0]:
        first, second = known.iloc[0], known.iloc[1]
        headline = (
            f"{short(first['actor'])} and {short(second['actor'])} are heard most, "
            f"with {first['statements']} and {second['statements']} of {number(total, 'statement')}"
        )
    else:
        first = known.iloc[0]
        headline = f"{short(first['actor'])} is heard most, with {first['statements']} of {number(total, 'statement')}"
    subtitle = f"Share of {number(total, 'statement')} by actor, with the 95% interval, and how their words are given"
    alt = (
        f"Bars of the share of {number(total, 'statement')} that each of {number(len(known), 'actor')} made, "
        f"and how many were direct, mixed and indirect. {headline}. {_count(unresolved)} unresolved."
    )
    return Words(headline, subtitle, alt)


def lanes(lanes: pd.DataFrame) -> Words:
    """Say on which day most was said; needs a table of `timeline.lanes`."""
    shown = lanes[~lanes["early"]]
    if shown.empty:
        return _nothing("statements")
    counts = shown.groupby("day").size()
    most, peak = int(counts.max()), counts.idxmax()
    actors = shown["lane"].nunique()
    if (counts == most).sum() == 1 and most > 1:
        speakers = shown.loc[shown["day"] == peak, "lane"].nunique()
        whom = "all of them by one actor" if speakers == 1 else f"by {speakers} of {number(actors, 'actor')}"
        headline = f"Most was said on {date(peak)}: {number(most, 'statement')}, {whom}"
    else:
        headline = f"{number(len(shown), 'statement')} by {number(actors, 'actor')}, never more than {most} a day"
    subtitle = f"Statements by the day they were made, {period(shown['day'])}"
    early = len(lanes) - len(shown)
    if early:
        subtitle += f"; {early} from earlier {'is' if early == 1 else 'are'} not drawn"
    forms = shown["form"].value_counts().reindex(timeline.FORMS, fill_value=0)
    ranked = shown.groupby(["lane", "actor"]).size()
    alt = (
        f"A lane for each of {number(actors, 'actor')} with a mark for each statement, {period(shown['day'])}. {headline}. "
        f"{_count(forms['direct'])} direct, {forms['mixed']} mixed, {forms['indirect']} indirect. "
        + "; ".join(f"{actor}: {count}" for (_, actor), count in ranked.items())
        + "."
    )
    return Words(headline, subtitle, alt)


def travel(travel: pd.DataFrame) -> Words:
    """Say who had the words first and how fast others followed; needs a table of `timeline.travel`."""
    dated = travel[travel["reported_at"].notna()]
    if dated.empty:
        return _nothing("reports")
    first, last = dated.iloc[0], dated["lag_hours"].max()
    together = dated.loc[dated["lag_hours"] == 0, "outlet"].nunique()
    others = dated["outlet"].nunique() - together
    if together > 1:
        had = f"{together} outlets had it at once"
    else:
        had = f"{short(first['outlet'])} had it first"
    if others:
        headline = f"{had}; {number(others, 'other outlet')} followed within {duration(last)}"
    elif together > 1:
        headline = had
    else:
        headline = f"Only {short(first['outlet'])} carried it"
    subtitle = f"“{short(first['content'], 150)}”"
    alt = (
        f"Reports of one utterance by outlet and hour, from {stamp(first['reported_at'])} on. {headline}. "
        f"{number(len(dated), 'report')}, {int(dated['reprint'].sum())} of them reprints. The words: {first['content']}"
    )
    return Words(headline, subtitle, alt)


def leads(leads: pd.DataFrame) -> Words:
    """Say how many apparent contradictions there are and how many a person has judged; needs `timeline.leads`."""
    if leads.empty:
        return Words("No apparent contradictions", "", "No apparent contradictions.")
    status = leads["status"].value_counts().reindex(["lead", "confirmed", "dismissed"], fill_value=0)
    judged = status["confirmed"] + status["dismissed"]
    headline = f"{number(len(leads), 'apparent contradiction')}, "
    headline += f"{status['confirmed']} confirmed by a reviewer" if judged else "none reviewed yet"
    subtitle = "Leads, not verdicts: both statements as reported, and how far apart they were made"
    kinds = leads["kind"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    top = leads.iloc[0]
    alt = (
        f"Pairs of statements, each joined by a line over time. {headline}. "
        + ", ".join(f"{kind}: {count}" for kind, count in kinds.items())
        + f". Likeliest: {top['speaker_a']}, “{top['words_a']}”, against {top['speaker_b']}, “{top['words_b']}”."
    )
    return Words(headline, subtitle, alt)


def date(day: str, year: bool = False) -> str:
    """Write an ISO day as in 12 March, or 12 March 2024."""
    when = pd.Timestamp(day)
    return f"{when.day} {when.month_name()}" + (f" {when.year}" if year else "")


def month(day: str) -> str:
    """Write the month of an ISO day as in March 2024."""
    return date(day, year=True).split(" ", 1)[1]


def stamp(when: pd.Timestamp) -> str:
    """Write a time in UTC as in 12 March 2024, 09:30 UTC."""
    return f"{date(when, year=True)}, {when:%H:%M} UTC"


def span(start: str, end: str, year: bool = False) -> str:
    """Write a stretch of ISO days, both included, no longer than need be."""
    if start == end:
        return date(start, year)
    if start[:4] != end[:4]:
        return f"{date(start, year=True)} to {date(end, year=True)}"
    return f"{date(start)} to {date(end, year)}"


def period(days: pd.Series) -> str:
    """Write the stretch from the first ISO day of a column to its last."""
    return span(days.min(), days.max(), year=True)


def duration(hours: float) -> str:
    """Write a number of hours in the unit that suits it."""
    if hours < 1:
        return number(max(round(hours * 60), 1), "minute")
    return number(round(hours), "hour") if hours < 47.5 else number(round(hours / 24), "day")


def number(count: int, noun: str) -> str:
    """Write a count with its noun in the right number."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def short(text: str, length: int = 40) -> str:
    """Cut a text to a length, at a word's end where one is near, and show that it was cut."""
    text = " ".join(str(text).split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head = cut.rsplit(" ", 1)[0]
    return (head if len(head) > length * 0.6 else cut).rstrip(" ,.;:") + "…"


def _count(count: int) -> str:
    return str(count) if count else "None"


def _nothing(what: str) -> Words:
    return Words(f"No dated {what}", "", f"No dated {what}: there is nothing to draw.")
