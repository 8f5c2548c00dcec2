"""Name what statements are about: the matters that the journalist lists in story.toml."""

import re

import pandas as pd

from helpers.story import Story, digest

Subject = tuple[str, re.Pattern[str]]


def named(story: Story) -> pd.DataFrame:
    """Give the `matters` table of a story: matter_id, name, terms, in the order of story.toml."""
    rows = [
        {"matter_id": digest("matter", name), "name": name, "terms": terms} for name, terms in story.matters.items()
    ]
    return pd.DataFrame(rows, columns=["matter_id", "name", "terms"])


def subjects(matters: pd.DataFrame) -> list[Subject]:
    """Give each matter that has terms with the pattern that finds them, in the table's order."""
    return [(row.matter_id, _pattern(tuple(row.terms))) for row in matters.itertuples() if len(row.terms)]


def about(words: str, subjects: list[Subject]) -> str | None:
    """Give the id of the matter with the most terms among the words, the first listed on a tie; None without any.

    A term is one or more whole words; `*` at its end stands for any ending ("negotiat*").
    """
    best, most = None, 0
    for matter_id, pattern in subjects:
        found = len(pattern.findall(words))
        if found > most:
            best, most = matter_id, found
    return best


def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    wanted = (re.escape(term).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for term in terms)
    return re.compile(r"\b(?:" + "|".join(wanted) + r")\b", re.IGNORECASE)
