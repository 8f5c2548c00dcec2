"""Statements as linked data, in the words of schema.org: Quotation where they are verbatim, Claim where they are not.

Sources: https://schema.org/Quotation, https://schema.org/Claim.
"""

import json
import unicodedata
from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

CONTEXT = "https://schema.org"
TYPES = {"person": "Person", "government": "GovernmentOrganization", "outlet": "NewsMediaOrganization"}


def statement(row: tuple, root: str = "") -> dict:
    """Describe one row of `exports.statements`; `root` leads from where the description stands to the report's folder.

    What is paraphrased, or quoted in part, is a Claim, and carries its cue: without it, what somebody denied would read
    as what they said. An unresolved speaker is left out.
    """
    direct = row.form == "direct"
    who = "spokenByCharacter" if direct else "author"
    article = {
        "@type": "NewsArticle",
        "headline": row.headline,
        "url": row.url,
        "datePublished": row.reported and row.reported.isoformat(),
        "publisher": row.outlet and {"@type": "NewsMediaOrganization", "name": row.outlet},
    }
    told = row.said_precision in ("day", "week", "month", "year") and row.said_from is not None
    return _full(
        {
            "@context": CONTEXT,
            "@type": "Quotation" if direct else "Claim",
            "@id": f"{root}{row.page}",
            "text": row.content if direct else row.said,
            "inLanguage": row.language,
            who: _speaker(row),
            "dateCreated": _days(row.said_from, row.said_to) if told else None,
            "isPartOf" if direct else "appearance": _full(article),
        }
    )


def script(text: str) -> Markup:
    """Put JSON into a script element that no text in it can end; a browser runs nothing of it."""
    for letter in sorted(set(text)):
        if letter in "<>&":
            text = text.replace(letter, f"\\u{ord(letter):04x}")
        elif unicodedata.category(letter) in ("Cf", "Zl", "Zp"):  # marks that turn or end a line are seen by nobody
            text = text.replace(letter, json.dumps(letter)[1:-1])
    return Markup(f'<script type="application/ld+json">{text}</script>')


def graph(rows: Iterable[tuple], root: str) -> str:
    """Write all statements as one JSON-LD document."""
    described = [statement(row, root) for row in rows]
    for one in described:
        del one["@context"]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in described)
    return f'{{"@context": "{CONTEXT}", "@graph": [\n{lines}\n]}}\n'


def _speaker(row: tuple) -> dict | None:
    if row.name is None:
        return None
    known = f"https://www.wikidata.org/entity/{row.wikidata_id}" if row.wikidata_id else None
    return _full({"@type": TYPES.get(row.kind, "Organization"), "name": row.name, "sameAs": known})


def _days(first: pd.Timestamp, last: pd.Timestamp | None) -> str:
    """Write a stretch of days in ISO 8601."""
    start, end = f"{first:%Y-%m-%d}", f"{last or first:%Y-%m-%d}"
    return start if start == end else f"{start}/{end}"


def _full(described: dict) -> dict:
    return {key: value for key, value in described.items() if value}
