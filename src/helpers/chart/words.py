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
    day = within(peak, daily["day"])
    when = {"day": f"on {day}", "week": f"in the week of {day}", "month": f"in {month(peak)}"}[unit]
    if total == 1:
        headline = f"One article, {when}"
    elif (bins == most).sum() > 1:
        headline = f"Coverage never passed {number(most, 'article')} a {unit}"
    else:
        headline = f"Coverage peaked {when} with {number(most, 'article')}"
    silent = timeline.missing(daily)
    faults = [span(start, end, year=True) for start, end in zip(silent["start"], silent["end"], strict=True)]
    reach = period(daily["day"])
    subtitle = f"Articles a {unit}, {reach}: {number(total, 'article')} from {_outlets(outlets.index)}"
    alt = (
        f"Bars of articles a {unit}, for all outlets together and in a row for each ({len(outlets)}), {reach}. "
        f"{headline}."
    )
    if len(named := outlets.drop(timeline.UNNAMED, errors="ignore")):
        alt += f" Most from {short(named.index[0], 60)}, {named.iloc[0]:,} of {total:,}."
    if faults:
        alt += f" Nothing collected {', '.join(faults[:3])}" + (
            f" and {len(faults) - 3} times more." if faults[3:] else "."
        )
    return Words(headline, subtitle, alt)


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
    elif len(known) == 1:
        of = f"{total - unresolved:,} of {number(total, 'statement')}" if unresolved else number(total, "statement")
        headline = f"Only {short(known['actor'].iloc[0])} is heard, in {of}"
    else:
        first, second = known.iloc[0], known.iloc[1]
        level = int((known["statements"] == first["statements"]).sum())
        who, of = f"{short(first['actor'])} is", f"{first['statements']:,}"
        if second["high"] >= first["low"]:
            who = f"{short(first['actor'])} and {short(second['actor'])} are"
            of += f" and {second['statements']:,}"
        headline = f"{who} heard most, with {of} of {number(total, 'statement')}"
        if level > 2:
            headline = f"{level} actors are heard most, each with {of.split()[0]} of {number(total, 'statement')}"
    subtitle = f"Share of {number(total, 'statement')} by actor, with the 95% interval, and how their words are given"
    shares = (known["statements"] / total).agg(["min", "max"])
    between = f", from {shares['min']:.1%} to {shares['max']:.1%}" if len(known) > 1 else ""
    alt = (
        f"Bars of each actor’s share of {number(total, 'statement')} ({number(len(known), 'actor')}{between}), and how "
        f"many of them were direct, mixed and indirect. {headline}. Speaker unresolved: {unresolved:,}."
    )
    return Words(headline, subtitle, alt)


def lanes(lanes: pd.DataFrame) -> Words:
    """Say on which day most was said; needs a table of `timeline.lanes`."""
    shown = lanes[~lanes["early"]]
    if shown.empty:
        return _nothing("statements")
    counts = shown.groupby("day").size()
    most, peak = int(counts.max()), counts.idxmax()
    named = shown[shown["actor_id"].notna()]
    heard = named.groupby(["lane", "actor"]).size().sort_values(ascending=False, kind="stable")
    if len(shown) == 1:
        headline = f"One statement, on {within(peak, shown['day'])}"
    elif (counts == most).sum() == 1:
        headline = f"Most was said on {within(peak, shown['day'])}: {number(most, 'statement')}"
        speakers = named.loc[named["day"] == peak, "lane"].nunique()
        if speakers and len(heard) > 1:
            headline += ", by all" if speakers == len(heard) else f", by {speakers} of"
            headline += f" {len(heard)} actors"
    elif len(heard) > 1 and heard.iloc[0] > heard.iloc[1]:
        first = short(heard.index[0][1])
        headline = f"Of these {len(heard)} actors, {first} is on record most: {number(heard.iloc[0], 'statement')}"
    else:
        headline = f"{number(len(shown), 'statement')}, never more than {most} a day"
    subtitle = f"{number(len(shown), 'statement')} of {number(len(heard), 'actor')}"
    subtitle += " and of speakers unresolved" if len(named) < len(shown) else ""
    subtitle += f", by the day they were made, {period(shown['day'])}"
    early = len(lanes) - len(shown)
    if early:
        subtitle += f"; {early} from earlier {'is' if early == 1 else 'are'} not drawn"
    forms = shown["form"].value_counts().reindex(timeline.FORMS, fill_value=0)
    ranked = shown.groupby(["lane", "actor"]).size()
    alt = (
        f"A lane for each actor ({len(heard)}), a mark for each statement, {period(shown['day'])}. {headline}. "
        + "".join(f"{form.capitalize()}: {count:,}. " for form, count in forms.items())
        + "; ".join(f"{short(actor, 60)}: {count:,}" for (_, actor), count in ranked.items())
        + "."
    )
    return Words(headline, subtitle, alt)


def travel(travel: pd.DataFrame) -> Words:
    """Say who had the words first and how fast others followed; needs a table of `timeline.travel`."""
    dated = travel[travel["reported_at"].notna()]
    if dated.empty:
        return _nothing("reports")
    first, last = dated.iloc[0], dated["lag_hours"].max()
    given = dated[dated["outlet"] != timeline.UNNAMED]
    together = given.loc[given["lag_hours"] == 0, "outlet"].nunique()
    others = given["outlet"].nunique() - together
    unknown = first["outlet"] == timeline.UNNAMED
    had = f"{'An outlet that is not given' if unknown else short(first['outlet'])} had it first"
    had = f"{together} outlets had it at once" if together > 1 else had
    if others:
        headline = f"{had}; {number(others, 'other outlet')} followed within {duration(last)}"
    elif dated["outlet"].nunique() > 1:
        headline = had
    else:
        headline = f"Only {'an outlet that is not given' if unknown else short(first['outlet'])} carried it"
    subtitle = verbatim(first["content"], first["form"], 200)
    alt = (
        f"Reports of one utterance by outlet and hour, from {stamp(first['reported_at'])} on. {headline}. "
        f"{number(len(dated), 'report')}, {int(dated['reprint'].sum())} of them reprints. "
        f"The words: {verbatim(first['content'], first['form'])}"
    )
    return Words(headline, subtitle, alt)


def position(position: pd.DataFrame) -> Words:
    """Say how often and over which time one actor spoke on one matter; needs a table of `timeline.position`."""
    dated = position[position["day"].notna()]
    if dated.empty:
        return _nothing("statements")
    first, last = dated.iloc[0], dated.iloc[-1]
    headline = f"{short(first['actor'])} on “{short(first['matter'])}”: {number(len(dated), 'statement')}"
    subtitle = f"What was said, by the day it was made, {period(dated['day'])}"
    alt = (
        f"A mark for each statement, {period(dated['day'])}. {headline}. "
        f"First: {verbatim(first['content'], first['form'])} Last: {verbatim(last['content'], last['form'])}"
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
    days = pd.concat([leads["day_a"], leads["day_b"]]).dropna()
    over = f", {period(days)}" if len(days) else ""
    alt = (
        f"Pairs of statements, each joined by a line over time{over}. {headline}. "
        + ", ".join(f"{kind}: {count}" for kind, count in kinds.items())
        + f". Likeliest: {top['speaker_a']}, {verbatim(top['words_a'], top['form_a'])}"
        + f" – against {top['speaker_b']}, {verbatim(top['words_b'], top['form_b'])}"
    )
    return Words(headline, subtitle, alt)


def bursts(bursts: pd.DataFrame, by: str = "outlet") -> list[str]:
    """Say of each burst when it was and how far above the usual; needs a table of `bursts.bursts`."""
    rows = bursts[[by, "start", "end", "articles", "rate", "usual"]].itertuples(index=False)
    return [
        f"{short(name)}: {number(articles, 'article')} {'on' if start == end else 'from'} "
        f"{span(start, end, year=True)}, {rate:.1f} a day against {usual:.1f} on other days"
        for name, start, end, articles, rate, usual in rows
    ]


def date(day: str, year: bool = False) -> str:
    """Write an ISO day as in 12 March, or 12 March 2024."""
    when = pd.Timestamp(day)
    return f"{when.day} {when.month_name()}" + (f" {when.year}" if year else "")


def within(day: str, days: pd.Series) -> str:
    """Write an ISO day of a column, with its year where the column has several."""
    return date(day, year=days.min()[:4] != days.max()[:4])


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
    if hours < 47.5:
        return number(round(hours), "hour")
    return f"{hours / 24:.{int(hours < 240)}f}".removesuffix(".0") + " days"


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


def verbatim(content: str, form: str, length: int | None = None) -> str:
    """Put a statement's content into quotation marks only where the article does: what is paraphrased gets none."""
    text = short(content, length or len(content))
    return f"“{text}”" if form == "direct" and text[:1] not in "“\"‘'" else text


def _outlets(names: pd.Index) -> str:
    """Count outlets; one that is not given is none of them."""
    given = names.drop(timeline.UNNAMED, errors="ignore")
    if given.empty:
        return "an outlet not given"
    return number(len(given), "outlet") + (" and one not given" if len(given) < len(names) else "")


def _nothing(what: str) -> Words:
    return Words(f"No dated {what}", "", f"No dated {what}: there is nothing to draw.")
