"""Dates are read as they stand, in UTC, and nothing is guessed."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.read import dates


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2025-03-04T09:30:00+01:00", datetime(2025, 3, 4, 8, 30)),
        ("2025-03-04T09:30:00Z", datetime(2025, 3, 4, 9, 30)),
        ("2025-03-04 09:30+00:00", datetime(2025, 3, 4, 9, 30)),
        ("Tue, 04 Mar 2025 09:30:00 +0100", datetime(2025, 3, 4, 8, 30)),
        ("Tue, 04 Mar 2025 09:30:00 GMT", datetime(2025, 3, 4, 9, 30)),
        ("Tue, 04 Mar 2025 09:30:00 -0000", datetime(2025, 3, 4, 9, 30)),
        ("2025-03-04", datetime(2025, 3, 3, 23, 0)),  # midnight in the story's zone
        ("20250704", datetime(2025, 7, 3, 22, 0)),  # and its summer time
    ],
)
def test_a_date_becomes_utc(value, moment):
    assert dates.read(value, "Europe/Berlin") == (moment, None)


def test_a_time_without_zone_is_the_storys_and_says_so():
    assert dates.read("2025-03-04T09:30", "Europe/Kyiv") == (
        datetime(2025, 3, 4, 7, 30),
        "'2025-03-04T09:30' names no time zone and was read in Europe/Kyiv. Add the zone, such as +00:00, to be sure.",
    )


@pytest.mark.parametrize(
    "value",
    [
        "2025-02-31",
        "20024-01-05",
        "2025-03",
        "2025-W10",
        "last Tuesday",
        "03/04/2025",
        "31 Feb 2025 10:00 +0000",
        f"5 Mar {10**20} 10:00 +0000",
    ],
)
def test_what_is_no_date_stays_none(value):
    assert dates.read(value, "UTC") == (
        None,
        f"'{value}' is not a date we can read. Write it as 2024-05-31 or 2024-05-31T14:00:00+03:00.",
    )


@pytest.mark.parametrize("value", [None, "", " "])
def test_no_date_is_said(value):
    assert dates.read(value, "UTC") == (
        None,
        "has no date, so it is left out of timelines. Give it a published_at, or write 'undated' there.",
    )


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+05:00", "1624-03-05", "9999-12-31T23:00:00-05:00"])
def test_a_year_that_must_be_a_slip_is_said(value):
    assert dates.read(value, "UTC") == (None, f"'{value}' is not of the years 1700 to 2200. Correct the year.")


@settings(deadline=None)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_iso_goes_round(moment, minutes):
    sign, (hours, rest) = "+-"[minutes < 0], divmod(abs(minutes), 60)
    value = f"{moment.isoformat()}{sign}{hours:02}:{rest:02}"
    assert dates.read(value, "Asia/Tokyo") == (moment - timedelta(minutes=minutes), None)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_gets_an_answer(value):
    moment, reason = dates.read(value, "Europe/London")
    assert moment is not None or reason


def test_an_article_may_be_undated_on_purpose():
    assert dates.read("undated", "UTC") == (None, None)
