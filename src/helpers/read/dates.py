"""Read the date of an article: what it says, and nothing guessed."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from helpers.story import YEARS

UNDATED = "undated"

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ].+)?")
_DAY = re.compile(r"\d{4}-?\d\d-?\d\d")


def read(value: str | None, zone: str) -> tuple[datetime | None, str | None]:
    """Read a date in the form of ISO 8601 or RFC 5322, or a plain day.

    Gives the moment in UTC without a zone, or None; and a sentence where an editor should look, or None. A day
    begins at midnight in `zone`; so does a time that names no zone belong to it, and the sentence says so. The word
    `undated` says that an article has no date and that somebody knows it.
    """
    value = (value or "").strip()
    if value.lower() == UNDATED:
        return None, None
    if not value:
        return None, f"has no date, so it is left out of timelines. Give it a published_at, or write '{UNDATED}' there."
    try:
        if _ISO.fullmatch(value):
            moment = datetime.fromisoformat(value)
        else:
            moment = parsedate_to_datetime(value)
            if value.endswith("-0000"):  # RFC 5322: the time is UTC, the sender's zone unknown
                moment = moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, f"'{value[:80]}' is not a date we can read. Write it as 2024-05-31 or 2024-05-31T14:00:00+03:00."
    reason = None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
        if not _DAY.fullmatch(value):
            reason = f"'{value}' names no time zone and was read in {zone}. Add the zone, such as +00:00, to be sure."
    if moment.year not in YEARS:
        return None, f"'{value}' is not of the years {YEARS[0]} to {YEARS[-1]}. Correct the year."
    return moment.astimezone(UTC).replace(tzinfo=None), reason
