import pytest

from helpers.annotate import quotes, sentences
from helpers.annotate.statements import patterns


def words(text, found):
    return [
        (text[slice(*one.source)] if one.source else None, text[slice(*one.cue)], [text[a:b] for a, b in one.content])
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ferry put the delay at “under 40” minutes.", ("The ferry", "put", ["the delay at “under 40” minutes"])),
        ("The guild, which had observers on board, counted 19.",
         ("The guild, which had observers on board,", "counted", ["19"])),
        ("The mayor spoke in May of 14 faults.", ("The mayor", "spoke in May of", ["14 faults"])),
        ("The guilds make it “nearer 20”.", ("The guilds", "make", ["it “nearer 20”"])),
        ("Venn puts the cost at 40 million and blamed the rain.", ("Venn", "puts", ["the cost at 40 million"])),
        ("Venn remains willing to talk.", ("Venn", "remains willing", ["to talk"])),
        ("Venn hailed the end as “a door ajar.”", ("Venn", "hailed", ["the end as “a door ajar"])),
        ("The guard urged drivers not to cross.", ("The guard", "urged", ["drivers not to cross"])),
        ("Orr has argued for a month that it leaks.", ("Orr", "has argued for a month", ["that it leaks"])),
        ("By her own account, she left early.", ("her", "account", ["she left early"])),
        ("As the mayor pointed out on Sunday, it rains.", ("the mayor", "pointed out", ["it rains"])),
        ("It speaks of a saving of 6 million.", ("It", "speaks of", ["a saving of 6 million"])),
        ("Orr insists it rang at six.", ("Orr", "insists", ["it rang at six"])),
        ("The bill must be paid by Friday.", None),
        ("According to Ida Venn, the lake will fill in May.", ("Ida Venn", "According to", ["the lake will fill in May"])),
        ("She raised her estimate of the losses from 12 to 18 million.",
         ("She", "raised", ["her estimate of the losses from 12 to 18 million"])),
        ("Venn had ruled out any delay two days earlier.", ("Venn", "had ruled out", ["any delay"])),
        ("On Tuesday, Ida Venn put the price at 42 million crowns.", ("Ida Venn", "put", ["the price at 42 million crowns"])),
        ("The head of the growers puts the figure closer to 90,000.",
         ("The head of the growers", "puts", ["the figure closer to 90,000"])),
        ("Colonel Orr, who commands the guard, stuck to a figure of three.",
         ("Colonel Orr, who commands the guard,", "stuck to", ["a figure of three"])),
        ("The engineer offered to share the readings.", ("The engineer", "offered", ["to share the readings"])),
        ("Venn called the dam “as safe as a church.”", ("Venn", "called", ["the dam “as safe as a church"])),
        ("She left after her office had ruled out any change on Monday.", ("her office", "had ruled out", ["any change"])),
    ],
)  # fmt: skip
def test_told(text, found):
    assert words(text, patterns.told(text, sentences.spans(text))) == ([found] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "Nobody who ruled out a delay was there.",
        "The team put the kettle on.",
        "Venn called the mayor.",
        "An offer to share.",
        "Venn recorded 12 goals last season.",
        "Orr put his daughter to bed at 9 and left.",
        "In a bank account, they found 40,000 crowns.",
        "Speaking beside Ida Venn, Odo Orr, the mayor, ruled out any delay.",
    ],
)
def test_told_needs_a_subject_and_something_told(text):
    assert patterns.told(text, sentences.spans(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Three days of rain and the dam would break, a former engineer cautioned.",
            ("a former engineer", "cautioned", ["Three days of rain and the dam would break"]),
        ),
        (
            "Unless it rains, the paper is void, she reminded her visitors.",
            ("she", "reminded", ["Unless it rains, the paper is void"]),
        ),
        (
            "If the river drops by a finger, he vowed, his members would block the bridge.",
            ("he", "vowed", ["If the river drops by a finger", "his members would block the bridge"]),
        ),
        (
            "The dam may have to be raised, the head of the firm that owns it has told investors.",
            ("the head of the firm that owns it", "has told", ["The dam may have to be raised"]),
        ),
    ],
)
def test_inserted(text, found):
    assert words(text, patterns.inserted(text, sentences.spans(text))) == [found]


@pytest.mark.parametrize(
    "text", ["In Lurrow, the mayor said.", "He met the mayor, who said nothing.", "“It is safe,” she said, and left."]
)
def test_no_insertion(text):
    assert patterns.inserted(text, sentences.spans(text)) == []


def test_a_quoted_speaker_may_report_in_turn():
    text = "“I said a dozen and they told me I could not count,” Venn said. He said no more."
    assert words(text, patterns.again(text, quotes.pairs(text))) == [
        ("I", "said", ["a dozen"]),
        ("they", "told", ["me I could not count"]),
    ]


def test_the_turns_of_a_transcript():
    talk = "They met.\n\nVarro: Is it shut?\nLind: It is. I saw it.\nVarro: Since when?\nLind: Since May.\nNote: shortened."
    assert words(talk, patterns.turns(talk)) == [
        ("Varro", ":", ["Is it shut?"]),
        ("Lind", ":", ["It is. I saw it."]),
        ("Varro", ":", ["Since when?"]),
        ("Lind", ":", ["Since May."]),
    ]


@pytest.mark.parametrize("text", ["Tolm: 3\nEsk: 4\nFord: 5\nMill: 6", "Varro: It is shut.\nLind: It is open."])
def test_a_list_is_no_transcript(text):
    assert patterns.turns(text) == []
