"""Find the versions of one article: what an outlet printed again at the same address, or under the same headline."""

import re
from difflib import SequenceMatcher
from urllib.parse import urlsplit

import pandas as pd
from courlan import normalize_url
from rapidfuzz import fuzz

DAYS = 3  # between the versions of an article that has no address in common
LEAST_WORDS = 4  # of a headline that is not one of many
ALIKE = 50  # of 100: how much of their letters two versions share, in order

_LABEL = re.compile(
    r"^(?:opinion|comment(?:ary)?|editorial|analysis|exclusive|breaking(?: news)?|live|updated?|video|watch|review"
    r"|explainer|interview|factbox|correct(?:ed|ion)|fact check)\s*[:–—-]\s*",
    re.IGNORECASE,
)


def mark(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark each article that its outlet had printed before in another form.

    Needs article_id, outlet, published_at, text (of those that are `doubtful`), added (when it was fetched, "" where
    nobody did), and `address` and `headline`, which the functions of these names give; gives the table with version_of:
    the article_id of the earliest version, or None. Versions have one address, whatever follows it to trace the reader
    by; or, within three days, one headline but for a label such as "Opinion |", and half of their letters.
    """
    alone = ~(_shared(articles, "address") | _shared(articles, "headline"))
    ordered = articles[~alone].sort_values(["published_at", "added", "article_id"], na_position="last")
    first: dict[str, str] = {}  # of each article that is a version, the earliest
    by_address: dict[tuple, str] = {}
    by_headline: dict[tuple, list] = {}
    for row in ordered.itertuples(index=False):
        origin = by_address.get((row.outlet, row.address)) if row.address else None
        if not origin and row.headline:
            earlier = by_headline.setdefault((row.outlet, row.headline), [])
            origin = next((one.article_id for one in earlier if _is_version(one, row)), None)
            earlier.append(row)
        if origin:
            first[row.article_id] = first.get(origin, origin)
        if row.address:
            by_address.setdefault((row.outlet, row.address), row.article_id)
    origins = articles["article_id"].map(first) if first else None
    return articles.assign(version_of=pd.Series(origins, articles.index, dtype=object).where(pd.notna, None))


def doubtful(articles: pd.DataFrame) -> pd.Series:
    """Tell which articles are, or are not, versions of another by their texts."""
    return _shared(articles, "headline")


def _shared(articles: pd.DataFrame, key: str) -> pd.Series:
    """Tell which articles of an outlet have their address or headline in common with another."""
    return articles.duplicated(["outlet", key], keep=False) & articles[key].notna()


def changes(articles: pd.DataFrame) -> pd.DataFrame:
    """List what each version of an article changed in the one before it.

    Needs article_id, outlet, title, published_at, text and version_of; gives outlet, title, article_id, `before` (the
    id of the version before), `removed` and `put_in` (the words, passage by passage), one row a passage.
    """
    rows = []
    whole = articles.set_index("article_id", drop=False)
    later = articles[articles["version_of"].notna()].sort_values(["published_at", "article_id"])
    for origin, versions in later.groupby("version_of", sort=True):
        before = whole.loc[origin]
        for _, row in versions.iterrows():
            for removed, put_in in difference(before["text"], row["text"]):
                rows.append((row["outlet"], row["title"], row["article_id"], before["article_id"], removed, put_in))
            before = row
    return pd.DataFrame(rows, columns=["outlet", "title", "article_id", "before", "removed", "put_in"])


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Give the passages, by sentences, in which two texts differ: what was removed, what was put in its place."""
    one, two = _sentences(before), _sentences(after)
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return [(" ".join(one[a:b]), " ".join(two[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def address(url: str | None) -> str | None:
    """Reduce an address to what names the article; None where it names none."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(normalize_url(url.strip()))
    except ValueError:
        return url
    host = re.sub(r"^(?:www|m|amp)\.", "", parts.netloc.lower())
    path = re.sub(r"/(?:amp|index\.\w+)?$", "", parts.path)
    # A whole site's address names no article; a page that states it says nothing of itself.
    return f"{host}{path}?{parts.query}" if path or parts.query else None


def headline(title: str | None) -> str | None:
    """Reduce a headline to its words, without a label before it or its outlet's name after it; None if it is short."""
    if not isinstance(title, str):
        return None
    longest = max(re.split(r"\s+[|·]\s+", title), key=lambda part: len(part.split()))
    words = re.findall(r"\w+", _LABEL.sub("", longest).casefold())
    return " ".join(words) if len(words) >= LEAST_WORDS else None


def _is_version(one: tuple, other: tuple) -> bool:
    near = pd.isna(one.published_at) or pd.isna(other.published_at)
    near = near or abs(other.published_at - one.published_at) <= pd.Timedelta(days=DAYS)
    return near and fuzz.ratio(one.text, other.text) >= ALIKE


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?…][\"”’)]) |(?<=[.!?…])\s+|\n+", text) if part.strip()]
