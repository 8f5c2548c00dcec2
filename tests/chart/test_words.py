import pandas as pd
import pytest

from helpers.chart import timeline, words
from helpers.chart.words import Words


def test_coverage_says_when_it_peaked(articles):
    assert words.coverage(timeline.daily(articles)) == Words(
        headline="Coverage never passed 2 articles a day",
        subtitle="Articles a day, 1 March to 4 March 2031: 5 articles from 2 outlets and one not given",
        alt="Bars of articles a day, for all outlets together and in a row for each (3), 1 March to 4 March 2031. "
        "Coverage never passed 2 articles a day. Most from North Wire, 2 of 5.",
    )
    assert words.coverage(timeline.daily(articles[1:])).headline == "Coverage never passed 2 articles a day"
    assert words.coverage(timeline.daily(articles[:4])).headline == "Coverage peaked on 2 March with 2 articles"
    assert words.coverage(timeline.daily(articles[:1])).headline == "One article, on 1 March"


def test_coverage_names_what_was_not_collected():
    days = [day for day in range(1, 22) if not 10 <= day <= 12 for _ in range(4)]
    steady = pd.DataFrame(
        {
            "article_id": range(len(days)),
            "outlet": "North Wire",
            "published_at": pd.to_datetime([f"2031-03-{day:02}" for day in days]),
        }
    )
    assert words.coverage(timeline.daily(steady)).alt.endswith("Nothing collected 10 March to 12 March 2031.")


def test_voice_ranks_no_two_whose_intervals_overlap(statements, actors):
    assert words.voice(timeline.voice(statements, actors)) == Words(
        headline="Anna Varga and Tomas Ell are heard most, with 3 and 2 of 6 statements",
        subtitle="Share of 6 statements by actor, with the 95% interval, and how their words are given",
        alt="Bars of each actor’s share of 6 statements (2 actors, from 33.3% to 50.0%), and how many of them were direct, "
        "mixed and indirect. Anna Varga and Tomas Ell are heard most, with 3 and 2 of 6 statements. Speaker unresolved: 1.",
    )
    many = pd.concat([statements] + [statements[:3]] * 20)
    assert words.voice(timeline.voice(many, actors)).headline == ("Anna Varga is heard most, with 63 of 66 statements")
    level = timeline.voice(pd.concat([statements[:1].assign(speaker_id=who) for who in "abc"]), actors)
    assert words.voice(level).headline == "3 actors are heard most, each with 1 of 3 statements"
    assert words.voice(timeline.voice(statements[2:3], actors)).headline == "Only Anna Varga is heard, in 1 statement"
    assert words.voice(timeline.voice(statements[4:5], actors)).headline == "No speaker could be named"


def test_lanes_say_when_most_was_said(statements, actors, articles):
    table = timeline.lanes(statements, actors, articles, unresolved=True)
    assert words.lanes(table) == Words(
        headline="Most was said on 1 March: 3 statements, by 1 of 2 actors",
        subtitle="5 statements of 2 actors and of speakers unresolved, by the day they were made, "
        "1 March to 4 March 2031",
        alt="A lane for each actor (2), a mark for each statement, 1 March to 4 March 2031. "
        "Most was said on 1 March: 3 statements, by 1 of 2 actors. Direct: 2. Mixed: 1. Indirect: 2. "
        "Anna Varga: 3; Tomas Ell: 1; Unresolved: 1.",
    )
    assert words.lanes(table[:1]).headline == "One statement, on 1 March"
    assert words.lanes(table[2:4]).headline == "2 statements, never more than 1 a day"
    apart = table[:4].assign(day=["2031-03-01", "2031-03-02", "2031-03-03", "2031-03-04"])
    assert words.lanes(apart).headline == "Of these 2 actors, Anna Varga is on record most: 3 statements"


def test_travel_says_who_was_first(statements, articles):
    table = timeline.travel("u1", statements, articles)
    assert words.travel(table) == Words(
        headline="The Harrow Courier had it first; 1 other outlet followed within 23 hours",
        subtitle="“The bridge stays closed”",
        alt="Reports of one utterance by outlet and hour, from 1 March 2031, 09:00 UTC on. "
        "The Harrow Courier had it first; 1 other outlet followed within 23 hours. "
        "2 reports, 0 of them reprints. The words: “The bridge stays closed”",
    )
    assert words.travel(table[:1]).headline == "Only The Harrow Courier carried it"
    unknown = table.assign(outlet=[timeline.UNNAMED, *table["outlet"][1:]])
    assert words.travel(unknown).headline == (
        "An outlet that is not given had it first; 1 other outlet followed within 23 hours"
    )
    assert words.travel(unknown[:1]).headline == "Only an outlet that is not given carried it"


def test_leads_are_counted_and_never_called_contradictions_unreviewed(contradictions, utterances, statements, actors):
    table = timeline.leads(contradictions, utterances, statements, actors)
    assert words.leads(table) == Words(
        headline="2 apparent contradictions, 0 confirmed by a reviewer",
        subtitle="Leads, not verdicts: both statements as reported, and how far apart they were made",
        alt="Pairs of statements, each joined by a line over time, 1 March to 4 March 2031. "
        "2 apparent contradictions, 0 confirmed by a reviewer. denial: 1, number: 1. "
        "Likeliest: Anna Varga, “The bridge stays closed” – against Tomas Ell, nobody asked for that",
    )
    assert words.leads(table[:1]).headline == "1 apparent contradiction, none reviewed yet"


def test_only_what_is_quoted_stands_in_quotation_marks():
    assert [words.verbatim("The bridge", form) for form in ("direct", "mixed", "indirect")] == [
        "“The bridge”",
        "The bridge",
        "The bridge",
    ]
    assert words.verbatim("“The bridge”", "direct") == "“The bridge”"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2031-03-01", "2031-03-01", "1 March 2031"),
        ("2031-03-01", "2031-04-02", "1 March to 2 April 2031"),
        ("2030-12-30", "2031-01-02", "30 December 2030 to 2 January 2031"),
    ],
)
def test_span_says_no_more_than_need_be(start, end, text):
    assert words.span(start, end, year=True) == text


@pytest.mark.parametrize(
    ("hours", "text"),
    [(0.01, "1 minute"), (0.5, "30 minutes"), (1.2, "1 hour"), (47, "47 hours"), (60, "2.5 days"), (480, "20 days")],
)
def test_duration_takes_the_unit_that_suits(hours, text):
    assert words.duration(hours) == text


def test_short_cuts_at_a_word_and_shows_it():
    assert words.short("Ministry of Transport of Velmar", 26) == "Ministry of Transport of…"
    assert words.short("Ministry\nof  Transport", 26) == "Ministry of Transport"
