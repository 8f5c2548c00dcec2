"""Headline and boilerplate are told from news, and nothing vanishes."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import story
from helpers.read import clean
from helpers.read.clean import Piece, lines

NEWS = [
    "The ferry between Arnholm and Veld will stop running on Friday, the harbour office said.",
    "“We have no captain left,” Ida Brandt told reporters on the quay. “Support us, or swim.”",
    "Passengers will have to take the long road round the bay until a new captain is found.",
]


def cleaned(*lines_of_text, title=None, repeated=frozenset()):
    return clean.clean("\n".join(lines_of_text), title, repeated)


def repeated(texts):
    sketches = [clean.sketch(text) for text in texts]
    return clean.repeated(np.concatenate(sketches), np.array(list(map(len, sketches))))


def test_news_alone_is_left_alone():
    assert cleaned(*NEWS) == ("\n".join(NEWS), None, [])


def test_a_page_is_parted():
    text, title, pieces = cleaned(
        "Menu",
        "The Quay",
        "14 Pier Rd.",
        "Arnholm, VE 20931",
        "",
        "Ferry Stops Running for Want of a Captain",
        "",
        NEWS[0],
        "Read more: Who owns the ferry?",
        "",
        "",
        NEWS[1],
        "Advertisement",
        NEWS[2],
        "",
        "A Message from The Quay:",
        "Dear readers,",
        "Nobody owns us. The council called our reports “a nuisance to shipping”, and we wear that with pride.",
        "The harbour office has stopped talking to us.",
        "If you can, please support our journalism from just 2 crowns a month.",
        "en_GBEnglish",
    )
    assert text == f"{NEWS[0]}\n\n{NEWS[1]}\n\n{NEWS[2]}"
    assert title == "Ferry Stops Running for Want of a Captain"
    assert pieces == [
        Piece(1, "boilerplate", "Menu", "a navigation line"),
        Piece(2, "boilerplate", "The Quay", "stands above the headline"),
        Piece(3, "boilerplate", "14 Pier Rd.\nArnholm, VE 20931", "a postal address"),
        Piece(6, "headline", title, "the headline, kept as the title"),
        Piece(9, "boilerplate", "Read more: Who owns the ferry?", "a teaser for another article"),
        Piece(13, "boilerplate", "Advertisement", "an advertising mark"),
        Piece(
            16,
            "boilerplate",
            "A Message from The Quay:\nDear readers,\n"
            "Nobody owns us. The council called our reports “a nuisance to shipping”, and we wear that with pride.\n"
            "The harbour office has stopped talking to us.\n"
            "If you can, please support our journalism from just 2 crowns a month.",
            "an appeal to the reader",
        ),
        Piece(21, "boilerplate", "en_GBEnglish", "a locale code of the page"),
    ]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Ferry stops running for want of captain", ["FERRY STOPS RUNNING FOR WANT OF CAPTAIN."]),
        ("Ferry stops; Office blames pay", ["Ferry stops;", "Office blames pay."]),
        ("Ferry “stops” running for want of a captain", ["Ferry 'stops' running, for want of a captain"]),
    ],
)
def test_a_known_title_is_found_however_it_is_printed(title, printed):
    assert cleaned(*printed, "", *NEWS, title=title) == (
        "\n".join(NEWS),
        title,
        [Piece(1, "headline", "\n".join(printed), "the headline, kept as the title")],
    )


def test_what_an_outlet_puts_around_its_story_goes():
    foot = ["Next week: Who owns the bay?", "The Quay, Pier Road 14. Founded 1888.", "Bay | 101.2 FM | Traffic"]
    page = ["THE QUAY — a paper for people who wait", *NEWS, *foot]
    text, _, pieces = clean.clean("\n".join(page), "Ferry stops running", outlet="The Quay")
    assert text == "\n".join(NEWS)
    assert [(piece.line, piece.reason) for piece in pieces] == [
        (1, "the outlet's masthead"),
        (5, "a teaser for another article"),
        (6, "the outlet's imprint"),
        (7, "a navigation line"),
    ]


def test_news_of_next_week_stays():
    assert cleaned(*NEWS, "Next week: that is when the captain comes.")[2] == []


def test_a_repeated_line_is_known_with_other_numbers():
    texts = [f"{NEWS[at]}\nPart {at} of the long road round" for at in range(3)]
    found = repeated(texts)
    assert clean.clean(texts[0] + f"\n{NEWS[1]}", repeated=found)[0] == f"{NEWS[0]}\n\n{NEWS[1]}"


def test_a_line_that_is_not_the_title_stays():
    assert cleaned("Harbour notes", *NEWS, title="Ferry stops running")[0] == "\n".join(["Harbour notes", *NEWS])


def test_a_sentence_is_no_headline():
    assert cleaned("The ferry stops on Friday.", *NEWS)[1] is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("* * *", "a line without words"),
        ("ADVERTISEMENT – STORY CONTINUES BELOW", "an advertising mark"),
        ("Share this story: Facebook | Email | Print", "a share line"),
        ("Share · Save · Print", "a share line"),
        ("Follow Jonas Ferrow on Twitter @jferrow.", "a follow line"),
        ("Find us on Facebook and Instagram", "a follow line"),
        ("RELATED: The captains who left", "a teaser for another article"),
        ("Read the full story here.", "a teaser for another article"),
        ("© 2025 Quay Media. All rights reserved.", "a copyright line"),
        ("Photo: Ida Brandt for The Quay", "a photo credit"),
        ("Jonas Ferrow / Pier Press", "a photo credit"),
        ("The Quay | News | Bay | Weather", "a navigation line"),
        ("12 comments", "a navigation line"),
        ("We and our partners use cookies to remember your choices.", "a cookie notice"),
        ("Sign up for Low Tide, our weekly letter on the bay.", "an appeal to the reader"),
        ("Sign up: Low Tide, every weekday at seven.", "an appeal to the reader"),
        ("Get “Low Tide,” our weekly letter on the bay", "an appeal to the reader"),
        ("Get BBR alerts on your phone.", "an appeal to the reader"),
        ("Download the Bay app for breaking news.", "an appeal to the reader"),
        ("Follow BBR Bay for updates.", "an appeal to the reader"),
        ("Support independent local reporting from $2 a week.", "an appeal to the reader"),
        ("Bay Journal subscribers can read the full transcript of the call.", "an appeal to the reader"),
        ("Want more? Subscribe to our free newsletter.", "an appeal to the reader"),
        ("Not convinced? Already a subscriber? Log in", "a note of the page"),
        ("Tags: ferry, Arnholm", "a list of tags"),
        ("Share | Listen to this article (4 min) | Print", "a share line"),
        ("Get The Quay’s “High Tide” in your inbox. It costs nothing.", "an appeal to the reader"),
        ("Support local reporting: become a friend of The Quay for 3 crowns.", "an appeal to the reader"),
        ("You have read 4 of your 5 free articles.", "an appeal to the reader"),
        ("Call the studio on 4411. Calls cost what they cost.", "an appeal to the reader"),
        ("Got a story? Tell the desk at desk@quay.example", "an appeal to the reader"),
        ("Hear the full interview tonight at six.", "an appeal to the reader"),
        ("Reading time: 4 minutes", "a navigation line"),
        ("Ferries at the quay on Sunday. Photograph: Ida Lind for the Post", "a photo credit"),
        ("OPINION", "a label of the page"),
        ("Media contact: press@ferry.example", "the frame of a press release"),
        ("About Ford Ferries: Founded in 1904, Ford Ferries runs nine boats.", "the frame of a press release"),
        ("Corrections: The map of 7 May showed a quay that is not there.", "a correction"),
        ("VOTE: Should the ford reopen? Poll closes at noon", "a poll or a quiz"),
        ("More from Tolm Radio: Traffic | Tides", "a teaser for another article"),
        ("Enjoying the Post? Your first month is free.", "an appeal to the reader"),
        ("Wet feet? Send your pictures to the Post and win a boat", "an appeal to the reader"),
        ("Listen again on the Tolm Radio app.", "an appeal to the reader"),
    ],
)
def test_a_line_of_boilerplate_goes_wherever_it_stands(line, reason):
    assert cleaned(NEWS[0], line, NEWS[2]) == (
        f"{NEWS[0]}\n\n{NEWS[2]}",
        None,
        [Piece(2, "boilerplate", line, reason)],
    )


@pytest.mark.parametrize(
    "line",
    [
        "Like his predecessor, the mayor posted the decree on Facebook.",
        "Veld is already a member of the Bay League.",
        "The names of the children may not be published under the court's order.",
        "“Sign up for the long road,” she said.",
        "Subscribe to that and you will believe anything, the captain said.",
        "Read my lips: no ferry.",
        "We will support you, our harbour and our port.",
        "The company uses cookies and cake to win its crews over.",
        "He will share the stage with the mayor.",
        "Follow the money, and it leads across the bay.",
        "2025 was worse.",
        "Get that in your inbox, the captain said, and you would cry too.",
        "You have read enough, she told them.",
        "Call the harbour at noon, and nobody answers.",
        "Did you see him? The captain asks everyone on the quay.",
        "The Quay has asked the harbour office for its books.",
        "Poll: Ferry owners lead in Tolm and Esk",
        "About 300 people: that is how many waited at the quay.",
    ],
)
def test_news_that_sounds_like_boilerplate_stays(line):
    assert cleaned(NEWS[0], line, NEWS[2]) == (f"{NEWS[0]}\n{line}\n{NEWS[2]}", None, [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("(Reporting by Jonas Ferrow; editing by Ida Moss)", "a credit line"),
        ("https://quay.example/ferry", "an address of the outlet"),
        ("How Arnholm Lost Its Last Captain", "a teaser for another article"),
        ("Independent reporting costs money. If you can, please support The Quay.", "an appeal to the reader"),
    ],
)
def test_below_the_last_paragraph_more_is_boilerplate(line, reason):
    assert cleaned(*NEWS, line) == ("\n".join(NEWS), None, [Piece(4, "boilerplate", line, reason)])
    assert cleaned(NEWS[0], line, NEWS[2])[2] == []


def test_a_list_of_teasers_goes_with_its_label():
    listed = ["Most read", "Who owns the ferry?", "What the captains earned"]
    text, _, pieces = cleaned(NEWS[0], listed[0], listed[2], NEWS[2])
    assert text == f"{NEWS[0]}\n\n{NEWS[2]}"
    assert pieces == [Piece(2, "boilerplate", f"{listed[0]}\n{listed[2]}", "a teaser for another article")]


def test_an_address_to_a_nation_is_no_appeal_to_readers():
    speech = [
        "A Message to Parliament",
        "We stand before you today because our ferry does not run, and you know it as well as we do.",
        "You must contribute your part, as we contribute ours, and support our captains with all you have.",
    ]
    assert cleaned(NEWS[0], *speech)[0] == "\n".join([NEWS[0], *speech])


def test_the_story_may_go_on_behind_an_appeal():
    text, _, pieces = cleaned(
        NEWS[0], "Dear readers,", "You can support our journalism here, and we hope you do.", *NEWS[1:], NEWS[0]
    )
    assert text == "\n\n".join([NEWS[0], "\n".join([*NEWS[1:], NEWS[0]])])
    assert [piece.line for piece in pieces] == [2]


def test_what_an_outlet_repeats_is_found():
    texts = [
        f"Harbour Desk\nA new thing happened in town number {n}, the office said.\nBay Tower, level 2."
        for n in range(4)
    ]
    found = repeated(texts)
    first, _, last = clean.sketch(texts[0])
    assert found == {first >> 2, last >> 2}
    assert (
        cleaned(*texts[0].split("\n"), repeated=found)[0] == "A new thing happened in town number 0, the office said."
    )


def test_two_articles_are_not_enough_to_call_a_line_repeated():
    assert repeated(["Harbour Desk\nOne.", "Harbour Desk\nTwo."]) == frozenset()


def test_the_background_of_a_running_story_is_not_boilerplate():
    background = "The ferry company denied in March that it had not paid its captains since the winter."
    texts = [
        f"Event number {n} took place on the quay of Arnholm this week, the office said.\n{background}"
        for n in range(4)
    ]
    assert repeated(texts) == frozenset()


def test_versions_of_one_article_are_not_boilerplate():
    versions = ["\n".join([f"Update {n}", "Latest", *NEWS]) for n in range(9)]
    assert repeated(versions) == frozenset()


LINE = st.one_of(
    st.sampled_from(
        [*NEWS, "Menu", "Related", "Dear readers,", "A message from The Quay", "Share", "", "  ", "© Quay 2025"]
    ),
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=60),
)


@settings(deadline=None)
@given(st.lists(LINE, max_size=14), st.one_of(st.none(), LINE))
def test_every_line_is_kept_or_listed(given_lines, title):
    text, _, pieces = clean.clean("\n".join(given_lines), title)
    filled = [line.strip() for line in given_lines if line.strip()]
    kept = [line.strip() for line in text.split("\n") if line.strip()]
    gone = [(piece.line, line) for piece in pieces for line in piece.text.split("\n")]
    assert sorted(kept + [line for _, line in gone]) == sorted(filled)
    rest = iter(filled)
    assert all(line in rest for line in kept)  # in their order
    assert all(given_lines[piece.line - 1].strip() == piece.text.split("\n")[0] for piece in pieces)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["en_US", "Ab / ", "A", "Share ", "support ", " | ", "“", "a@b", "1 ", "we ", "!"]),
        max_size=300,
    )
)
def test_the_rules_end_on_any_line_and_spare_paragraphs(parts):
    line = "".join(parts)
    assert lines.boilerplate(line) is None or len(line) <= 700


def corpora() -> Path:
    folder = Path(os.environ.get("ONTHERECORD_CORPORA", story.ROOT.parent / "shared" / "corpora"))
    if not folder.is_dir():
        pytest.skip("the corpora are not here; set ONTHERECORD_CORPORA to their folder")
    return folder


def test_the_boilerplate_of_the_seed_article_goes_and_its_statements_stay():
    seed = corpora() / "seed"
    gold = json.loads((seed / "gold.json").read_text(encoding="utf-8"))
    (path,) = seed.glob("*.txt")
    text, title, pieces = clean.clean(path.read_text(encoding="utf-8"))
    gone = "\n".join(piece.text for piece in pieces)
    assert [words for words in gold["boilerplate"] if words not in gone] == []
    said = [words for statement in gold["statements"] for words in statement["content"]]
    assert [words for words in said if words not in f"{title}\n{text}"] == []


def test_no_statement_of_polnear_is_taken_for_boilerplate():
    folder = corpora() / "polnear"
    rows = [line.split("\t") for line in (folder / "metadata.tsv").read_text(encoding="utf-8").splitlines()]
    titles = {row[rows[0].index("filename")]: row[rows[0].index("title")] for row in rows[1:]}
    lost = []
    for path in sorted((folder / "dev" / "text").glob("*.txt")):
        source = path.read_text(encoding="utf-8")
        _, _, pieces = clean.clean(source, titles[path.stem])
        gone = [line for piece in pieces if piece.kind == "boilerplate" for line in piece.text.split("\n")]
        for annotations in sorted(path.parents[1].glob(f"attributions/{path.stem}_*.ann"))[:1]:
            contents = [line.split("\t") for line in annotations.read_text(encoding="utf-8").splitlines()]
            lost += [
                row[2] for row in contents if row[1].startswith("Content ") and any(row[2] in line for line in gone)
            ]
    assert lost == []
