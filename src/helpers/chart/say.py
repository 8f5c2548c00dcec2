"""Say in a sentence what a table holds: the answers of the notebooks, computed and never typed."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd
from IPython.display import Markdown

from helpers.chart import timeline
from helpers.chart.words import Words, number
from helpers.story import Story


def about(story: Story, articles: pd.DataFrame) -> Markdown:
    """Say which story this is and how much of it there is."""
    outlets = number(articles["outlet"].nunique(), "outlet")
    lines = [f"**{story.title}** · {number(len(articles), 'article')} from {outlets}"]
    return Markdown("\n\n".join(lines + ([f"*{story.about}*"] if story.about else [])))


def loaded(articles: pd.DataFrame, removed: pd.DataFrame) -> Markdown:
    """Say how many articles were loaded, reprinted and undated, and how much was taken out."""
    kinds = removed["kind"].value_counts()
    reprints, undated = int(articles["duplicate_of"].notna().sum()), timeline.undated(articles)
    return Markdown(
        f"**{number(len(articles), 'article')} loaded**, {reprints:,} of them exact reprints and {undated:,} without a "
        f"date. Taken out: {number(int(kinds.get('boilerplate', 0)), 'piece')} of boilerplate, "
        f"{number(int(kinds.get('file', 0)), 'file')} and {number(int(kinds.get('record', 0)), 'record')} that could "
        "not be used."
    )


def finding(words: Words) -> Markdown:
    """Say what a chart shows."""
    return Markdown(f"**{words.headline}.** {words.alt}")


def undated(table: pd.DataFrame) -> Markdown:
    """Say how many rows no timeline can show."""
    return Markdown(f"{timeline.undated(table):,} of {len(table):,} have no date and stand on no timeline.")


def measured(figures: pd.DataFrame) -> Markdown:
    """Say how the story's tables compare with its gold reading, if it has one."""
    if figures.empty:
        return Markdown("This story has no `gold.json`: nothing was measured on it.")
    share = figures.set_index("measure")["share"]
    return Markdown(
        f"Of the statements that people marked, **{share['gold statements found']:.0%}** were found; of those found, "
        f"**{share['found statements in gold']:.0%}** were marked by people, and {share['speaker not wrong']:.1%} of "
        f"the matched carry no wrong name ({share['speaker']:.0%} the right one, the rest unresolved)."
    )


def checks(figures: pd.DataFrame) -> Markdown:
    """Say what share of the statements that people checked by hand is right, and how sure that is."""
    if figures.empty:
        return Markdown("Nobody has checked a sample of this story yet: how often it is right, nobody has counted.")
    told = [
        f"of **{row.of:,} {row.measure}** that were checked **{row.right:,}** are right: {row.share:.0%}, and of all "
        f"of them, as far as a sample can tell, {row.low:.0%} to {row.high:.0%}"
        for row in figures.itertuples()
    ]
    return Markdown(f"Checked by hand, {'; '.join(told)}.")


def checked(statements: int) -> Markdown:
    """Say that every statement stands in its article."""
    return Markdown(f"**All {statements:,} statements stand in their articles**, at the place the tables name.")


def figures(charts: Sequence) -> Markdown:
    """List the charts of a report with headline and description."""
    return Markdown("\n".join(f"- **{chart.headline}.** {chart.alt}" for chart in charts))


def sizes(rows: Mapping[str, int]) -> Markdown:
    """List tables with their numbers of rows."""
    return Markdown(" · ".join(f"{table} {count:,}" for table, count in rows.items()))


def reasons(contradictions: pd.DataFrame, most: int = 10) -> Markdown:
    """List the likeliest leads with their reasons, and what may explain them."""
    ranked = contradictions.sort_values(["score", "contradiction_id"], ascending=[False, True]).head(most)
    lines = [
        f"1. **{lead.kind}, {lead.score:.2f}**, {lead.status}. {_plain(lead.reason)}"
        + ("" if pd.isna(lead.explanation) else f" *Perhaps: {_plain(lead.explanation)}*")
        for lead in ranked.itertuples()
    ]
    return Markdown("\n".join(lines) if lines else "No lead.")


def hits(found: pd.DataFrame) -> Markdown:
    """List what a search has found, the hits marked."""
    lines = []
    for row in found.astype(object).where(found.notna(), None).itertuples():
        speaker = f"**{_plain(row.speaker or '')}** ({row.form})"
        who = speaker if row.kind == "statement" else f"The article *{_plain(row.title or 'without a headline')}*"
        where = ", ".join(_plain(part) for part in (row.outlet, row.day) if part)
        lines.append(f"1. {who}, {where}: {_marked(row.words, row.marks)}")
    return Markdown("\n".join(lines) if lines else "Nothing has these words.")


def _marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, end in marks:
        pieces += [_plain(text[last:start]), f"**{_plain(text[start:end])}**"]
        last = end
    return "".join([*pieces, _plain(text[last:])])


def _plain(words: str) -> str:
    # Words of an article are text, whatever they look like in Markdown.
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", re.sub(r"\s+", " ", words))
