import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.annotate import times
from helpers.annotate.times import Said, Time, periods, tense

THURSDAY = date(2024, 9, 12)


def values(text: str, published: date | None = THURSDAY) -> list[tuple[str, str]]:
    return [(time.text, time.value) for time in times.find(text, published)]


def dates(text: str, published: date | None = THURSDAY) -> list[tuple[date | None, date | None]]:
    return [(time.from_date, time.to_date) for time in times.find(text, published)]


def test_find_gives_place_type_value_and_dates():
    assert times.find("Mara Venn left on Tuesday night after two years, and writes daily.", THURSDAY) == [
        Time(18, 31, "Tuesday night", "TIME", "2024-09-10TNI", date(2024, 9, 10), date(2024, 9, 10)),
        Time(38, 47, "two years", "DURATION", "P2Y", None, None),
        Time(60, 65, "daily", "SET", "P1D", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # in every spelling
        ("It opened on Sept. 10, 2024.", [("Sept. 10, 2024", "2024-09-10")]),
        ("It opened on 10 September 2024.", [("10 September 2024", "2024-09-10")]),
        ("It opened on the 10th of September 2024.", [("the 10th of September 2024", "2024-09-10")]),
        ("Opened: 2024-09-10.", [("2024-09-10", "2024-09-10")]),
        ("Opened: 2024-09-10T08:30:00Z.", [("2024-09-10T08:30:00Z", "2024-09-10T08:30")]),
        ("Opened 30/10/2023 and 10/30/2023.", [("30/10/2023", "2023-10-30"), ("10/30/2023", "2023-10-30")]),
        ("Opened 30.10.2023.", [("30.10.2023", "2023-10-30")]),
        # either 9 October or 10 September: only the year is certain
        ("Opened 10/09/2023.", [("10/09/2023", "2023")]),
        # no such days
        ("Opened 2024-02-30 and 31/31/2024.", []),
        # the weekday
        ("She resigned Tuesday.", [("Tuesday", "2024-09-10")]),
        ("She resigned on Thursday.", [("Thursday", "2024-09-12")]),
        ("She will resign on Tuesday.", [("Tuesday", "2024-09-17")]),
        ("On Tuesday the council will vote.", [("Tuesday", "2024-09-17")]),
        ("On Tuesday the council planned to vote.", [("Tuesday", "2024-09-10")]),
        ("The talks are due to resume Monday.", [("Monday", "2024-09-16")]),
        ("Until Tuesday, she had not spoken.", [("Tuesday", "2024-09-10")]),
        ("The council put off the vote until Tuesday.", [("Tuesday", "2024-09-17")]),
        ("It follows Tuesday's vote.", [("Tuesday", "2024-09-10")]),
        ("She came last Friday, and left late Monday.", [("last Friday", "2024-09-06"), ("late Monday", "2024-09-09")]),
        ("The ship sails next Friday.", [("next Friday", "2024-09-13")]),
        ("A market on Tuesdays and every Friday.", [("on Tuesdays", "XXXX-WXX-2"), ("every Friday", "XXXX-WXX-5")]),
        ("Shops opened early on Black Friday.", []),
        # month and day
        ("She resigned on Jan. 2, before the Nov. 8 vote.", [("Jan. 2", "2024-01-02"), ("the Nov. 8", "2024-11-08")]),
        ("The rent is payable Jan. 2.", [("Jan. 2", "2025-01-02")]),
        ("Tuesday, September 10: the bridge falls.", [("Tuesday, September 10", "2024-09-10")]),
        ("They met on April 24 and 25, and on May 6-9.",
         [("April 24", "2024-04-24"), ("25", "2024-04-25"), ("May 6", "2024-05-06"), ("9", "2024-05-09")]),
        ("It was found last Oct. 23.", [("last Oct. 23", "2023-10-23")]),
        # today and its neighbours
        ("Today they rest; yesterday they met; tomorrow morning they vote.",
         [("Today", "2024-09-12"), ("yesterday", "2024-09-11"), ("tomorrow morning", "2024-09-13TMO")]),
        ("The mayor left last night and spoke this morning.",
         [("last night", "2024-09-11TNI"), ("this morning", "2024-09-12TMO")]),
        ("They met the day before yesterday.", [("the day before yesterday", "2024-09-10")]),
        ("It was in Ledger Today.", []),
        # holidays
        ("They met at Easter.", [("Easter", "2024-03-31")]),
        ("They will meet on Christmas Eve.", [("Christmas Eve", "2024-12-24")]),
        ("They met last Thanksgiving.", [("last Thanksgiving", "2023-11-23")]),
    ],
)  # fmt: skip
def test_days(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She resigned in May.", [("May", "2024-05")]),
        ("She resigned in October.", [("October", "2023-10")]),
        ("She will resign in October.", [("October", "2024-10")]),
        ("Talks must end by November.", [("November", "2024-11")]),
        ("She may march on in May.", [("May", "2024-05")]),
        ("May Day, the March on Tolm and April said so.", [("May Day", "2024-05-01")]),
        ("In June last year and September 2022.", [("June last year", "2023-06"), ("September 2022", "2022-09")]),
        ("Last December was cold.", [("Last December", "2023-12")]),
        ("It opened last fall, in the summer of 1994 and this winter.",
         [("last fall", "2023-FA"), ("the summer of 1994", "1994-SU"), ("this winter", "2023-WI")]),
        ("Prices fall in spring.", []),
        ("Profit rose in the third quarter from a year earlier.",
         [("the third quarter", "2024-Q3"), ("a year earlier", "2023-Q3")]),
        ("A year ago, Venn resigned.", [("A year ago", "2023")]),
        ("The fourth quarter of 1984 and the first half of 2023.",
         [("The fourth quarter of 1984", "1984-Q4"), ("the first half of 2023", "2023-H1")]),
        ("She scored in the first half of the match.", []),
    ],
)  # fmt: skip
def test_months_seasons_and_quarters(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1998 and nineteen ninety-one.", [("1998", "1998"), ("nineteen ninety-one", "1991")]),
        ("It fell apart in mid-1996.", [("mid-1996", "1996")]),
        ("It rose to $1998, or 1998 points, or 1,998.5.", []),
        ("In the late 1970s, the '80s and the nineties.",
         [("the late 1970s", "197"), ("the '80s", "198"), ("the nineties", "199")]),
        ("A man in his forties.", []),
        ("A temple of the 11th century.", [("the 11th century", "10")]),
        ("Sales of fiscal 2023.", [("fiscal 2023", "2023")]),
    ],
)  # fmt: skip
def test_years(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Last week, this month and next year.",
         [("Last week", "2024-W36"), ("this month", "2024-09"), ("next year", "2025")]),
        ("She spoke over the weekend.", [("the weekend", "2024-W36-WE")]),
        ("She will rest at the weekend.", [("the weekend", "2024-W37-WE")]),
        ("It fell on May 3, 2020, and the following month was dry.",
         [("May 3, 2020", "2020-05-03"), ("the following month", "2020-06")]),
        ("Talks began on May 3. Two days earlier a bridge fell.",
         [("May 3", "2024-05-03"), ("Two days earlier", "2024-05-01")]),
        ("They end by year-end.", [("year-end", "2024")]),
        ("For the year ended June 30, profit fell.", [("the year", "P1Y"), ("June 30", "2024-06-30")]),
        ("Three years ago and ten days ago.", [("Three years ago", "2021"), ("ten days ago", "2024-09-02")]),
        ("Several years ago.", [("Several years ago", "PAST_REF")]),
        ("She watched This Week and 60 Minutes.", []),
    ],
)  # fmt: skip
def test_turns(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For the past three years", [("the past three years", "P3Y")]),
        ("a two-week visit of five and a half hours", [("two-week", "P2W"), ("five and a half hours", "PT5H30M")]),
        ("2 1/2 years, two decades, a few days, a couple of months",
         [("2 1/2 years", "P2Y6M"), ("two decades", "P20Y"), ("a few days", "PXD"), ("a couple of months", "P2M")]),
        ("a 44-year-old man, 37 years old", []),
        ("three-quarters of the town", []),
        ("each year, every two weeks, every other day, each July",
         [("each year", "P1Y"), ("every two weeks", "P2W"), ("every other day", "P2D"), ("each July", "XXXX-07")]),
        ("It costs $5 million a year.", [("a year", "P1Y")]),
        ("now, recently and in the future",
         [("now", "PRESENT_REF"), ("recently", "PAST_REF"), ("the future", "FUTURE_REF")]),
    ],
)  # fmt: skip
def test_lengths_and_sets(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 10 p.m. Wednesday", [("10 p.m. Wednesday", "2024-09-11T22:00")]),
        ("on Wednesday at 10:30 a.m.", [("Wednesday at 10:30 a.m.", "2024-09-11T10:30")]),
        ("noon, 0735 GMT", [("noon", "2024-09-12T12:00"), ("0735 GMT", "2024-09-12T07:35")]),
        ("On Monday the bridge fell. At 7:15 p.m. it was closed.",
         [("Monday", "2024-09-09"), ("7:15 p.m.", "2024-09-09T19:15")]),
        ("at 25 p.m.", []),
    ],
)  # fmt: skip
def test_times_of_day(text, expected):
    assert values(text) == expected


def test_words_narrow_the_dates_and_not_the_value():
    text = "early last month, in mid-August, late in 2023, the end of May, earlier this month"
    assert values(text) == [
        ("early last month", "2024-08"),
        ("mid-August", "2024-08"),
        ("late in 2023", "2023"),
        ("the end of May", "2024-05"),
        ("earlier this month", "2024-09"),
    ]
    assert dates(text) == [
        (date(2024, 8, 1), date(2024, 8, 15)),
        (date(2024, 8, 11), date(2024, 8, 21)),
        (date(2023, 7, 2), date(2023, 12, 31)),
        (date(2024, 5, 16), date(2024, 5, 31)),
        (date(2024, 9, 1), date(2024, 9, 30)),
    ]


def test_a_length_counted_from_publication_has_dates():
    assert dates("the past three years, the next two weeks, three years") == [
        (date(2021, 9, 12), date(2024, 9, 12)),
        (date(2024, 9, 12), date(2024, 9, 26)),
        (None, None),
    ]


def test_without_publication_only_absolute_expressions_are_dated():
    text = "On Tuesday, in May, last week, in the third quarter, on Sept. 10, two years ago, on Sept. 10, 2024"
    assert [(time.value, time.from_date) for time in times.find(text, None)] == [
        ("XXXX-WXX-2", None),
        ("XXXX-05", None),
        ("XXXX-WXX", None),
        ("XXXX-Q3", None),
        ("XXXX-09-10", None),
        ("XXXX", None),
        ("2024-09-10", date(2024, 9, 10)),
    ]


def test_a_moment_counts_as_its_day():
    assert values("She left today.", datetime(2024, 9, 12, 23, 59)) == [("today", "2024-09-12")]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-W36-WE", date(2024, 9, 7), date(2024, 9, 8)),
        ("2024-WI", date(2024, 12, 1), date(2025, 2, 28)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-09-10T08:30", date(2024, 9, 10), date(2024, 9, 10)),
        ("197", date(1970, 1, 1), date(1979, 12, 31)),
        ("20", date(2000, 1, 1), date(2099, 12, 31)),
    ],
)
def test_interval(value, first, last):
    assert periods.interval(value) == (first, last)


@pytest.mark.parametrize("value", ["", "P1M", "XXXX-09", "PAST_REF", "2024-13", "2024-02-30", "2024-W60"])
def test_what_is_no_dated_period_has_no_interval(value):
    assert periods.interval(value) is None


# --- when it was said


def said(text: str, cue: str, content: str = "", published: date | None = THURSDAY, before: str = "") -> Said:
    text = before + text
    start = text.index(cue, len(before))
    spans = [(text.index(content), text.index(content) + len(content))] if content else []
    found = times.find(text, published)
    return times.said(found, (start, start + len(cue)), (len(before), len(text)), text, published, spans)


@pytest.mark.parametrize(
    ("text", "cue", "content", "first", "last", "precision"),
    [
        ("No talks, Mara Venn said Tuesday.", "said", "No talks", "2024-09-10", "2024-09-10", "day"),
        ("Venn said in an interview aired Sunday that talks were over.", "said", "that talks were over",
         "2024-09-08", "2024-09-08", "day"),
        ("As late as Tuesday Venn had spoken of a fair vote.", "had spoken of", "a fair vote",
         "2024-09-10", "2024-09-10", "day"),
        ("Venn, who on Tuesday swore to stay, left.", "swore", "to stay", "2024-09-10", "2024-09-10", "day"),
        ("Venn last week vowed to stay until Friday.", "vowed", "to stay until Friday",
         "2024-09-02", "2024-09-08", "week"),
        ("On Tuesday, Venn said the bridge would open Friday.", "said", "the bridge would open Friday",
         "2024-09-10", "2024-09-10", "day"),
        ("In May, Venn promised to stay.", "promised", "to stay", "2024-05-01", "2024-05-31", "month"),
        ("In a Sunday interview, Venn said it was fair.", "said", "it was fair", "2024-09-08", "2024-09-08", "day"),
        ("Venn said early last month that it was fair.", "said", "it was fair", "2024-08-01", "2024-08-15", "month"),
        ("Venn said this week that it was fair.", "said", "it was fair", "2024-09-09", "2024-09-12", "week"),
        ("Venn said Monday night it was fair.", "said Monday night", "it was fair", "2024-09-09", "2024-09-09", "day"),
        ("Venn claimed in 2019 that it was fair.", "claimed", "it was fair", "2019-01-01", "2019-12-31", "year"),
        ("Venn said to reporters on Monday that it was fair.", "said", "it was fair", "2024-09-09", "2024-09-09", "day"),
        ("It was fair, Venn told a closed meeting on Monday.", "told", "It was fair", "2024-09-09", "2024-09-09", "day"),
        ("It was fair, Venn told the weekly meeting on Monday.", "told", "It was fair",
         "2024-09-09", "2024-09-09", "day"),
        ("Venn told lawmakers on Monday that it was fair.", "told", "lawmakers on Monday that it was fair",
         "2024-09-09", "2024-09-09", "day"),
        ("It recalled her address on Monday, in which she had called it fair.", "called", "it fair",
         "2024-09-09", "2024-09-09", "day"),
        ("Venn gave in on Monday, five weeks after telling voters it was fair.", "telling", "voters it was fair",
         "2024-08-05", "2024-08-05", "day"),
    ],
)  # fmt: skip
def test_the_expression_that_governs_the_cue_dates_the_saying(text, cue, content, first, last, precision):
    given = said(text, cue, content)
    assert (given.from_date, given.to_date, given.precision) == (
        date.fromisoformat(first),
        date.fromisoformat(last),
        precision,
    )


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Venn said it was fair.", "it was fair"),
        ("Venn said talks ended Tuesday.", "talks ended Tuesday"),
        ("Venn said of Tuesday's vote that it was fair.", "it was fair"),
        ("After Tuesday's vote, Venn said it was fair.", "it was fair"),
        ("Venn, who was replaced in May, said it was fair.", "it was fair"),
        ("Venn will, as she said, speak on Monday.", ""),
        ("Venn has said it was fair.", "it was fair"),
        ("Prices rose, Venn said; in 2019 they fell.", ""),
        ("Venn said on Vey's 2019 campaign that it was fair.", "it was fair"),
        ("This year was hard, Venn said.", "This year was hard"),
        ("Last year had been hard for Venn, who said so.", ""),
        ("It was fair, Venn said before leaving.", "It was fair"),
    ],
)
def test_else_it_was_said_by_the_day_of_the_report(text, content):
    assert said(text, "said", content) == Said(THURSDAY, THURSDAY, "report", None)


@pytest.mark.parametrize(
    ("text", "cue", "evidence"),
    [
        ("Venn has repeatedly said she would stay.", "said", "repeatedly said"),
        ("Venn has repeatedly said she would stay.", "has repeatedly said", "has repeatedly said"),
        ("It contradicts Venn's recent claim that she never left.", "claim", "recent claim"),
        ("Venn recently said she would stay.", "said", "recently"),
        ("Venn said before that she would stay.", "said", "said before"),
        ("Venn had said she would stay.", "said", "had said"),
    ],
)
def test_what_was_said_at_some_time_stays_open(text, cue, evidence):
    given = said(text, cue)
    assert (given.from_date, given.to_date, given.precision) == (None, THURSDAY, "open")
    assert text[slice(*given.span)] == evidence


def test_a_verb_of_repeating_leaves_nothing_open():
    assert said("Venn repeated that she would stay.", "repeated") == Said(THURSDAY, THURSDAY, "report", None)


def test_has_said_is_background_below_the_opening():
    assert said("Venn has said it was fair.", "said", before="The bridge fell. " * 30).precision == "open"


def test_without_publication_only_an_expression_dates_the_saying():
    assert said("Venn said on Sept. 10, 2024, that it was fair.", "said", published=None) == Said(
        date(2024, 9, 10), date(2024, 9, 10), "day", (13, 27)
    )
    assert said("Venn said it was fair.", "said", published=None) == Said(None, None, "open", None)


def test_a_statement_without_a_cue_is_dated_by_the_frame():
    text = "On Tuesday: no talks."
    found = times.find(text, THURSDAY)
    assert times.said(found, None, (0, len(text)), text, THURSDAY).from_date == date(2024, 9, 10)


# --- any text at all

PIECES = st.sampled_from(
    "Tuesday May 10 1998 ' \" , . - – a the last next two twenty five and half of year years day ago earlier early end "
    "quarter third second first morning noon p.m. Sept. to will said until every 9/11/01 2024-09-10 '80s é".split()
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_times_of_any_text_are_in_order_apart_and_dated_forwards(text, published):
    found = times.find(text, published)
    end = 0
    for time in found:
        assert end <= time.start < time.end <= len(text)
        assert time.text == text[time.start : time.end]
        assert (time.from_date is None) == (time.to_date is None)
        assert time.from_date is None or time.from_date <= time.to_date
        end = time.end


@given(TEXTS, st.dates(), st.data())
def test_a_saying_is_never_after_publication(text, published, data):
    cut = st.integers(0, len(text))
    cue = tuple(sorted((data.draw(cut), data.draw(cut))))
    given = times.said(times.find(text, published), cue, (0, len(text)), text, published)
    assert given.to_date <= published
    assert given.from_date is None or given.from_date <= given.to_date


def test_no_pattern_repeats_without_bound():
    patterns = [pattern.pattern for pattern, _ in times.RULES] + [tense._MARK.pattern, tense._CLAUSE.pattern]
    for pattern in patterns:
        plain = re.sub(r"\\.|\[[^\]]*\]", "x", pattern)
        assert not re.search(r"[*+]|\{\d*,\}", plain), pattern
