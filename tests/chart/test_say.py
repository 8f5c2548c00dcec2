import pandas as pd

from helpers.chart import say


def test_hits_are_listed_with_their_marks_and_no_markup_of_theirs():
    columns = ["kind", "day", "outlet", "speaker", "form", "words", "marks", "title"]
    rows = [
        ("statement", "2024-03-04", "The Tolm Post", "Laura Dennholm", "direct", "“*We* will open.”", [(11, 15)], None),
        ("article", None, "The Esk Mail", None, None, "The\nford [x](y).", [(4, 8)], "Ford_s"),
    ]
    assert say.hits(pd.DataFrame(rows, columns=columns)).data.split("\n") == [
        r"1. **Laura Dennholm** (direct), The Tolm Post, 2024-03-04: “\*We\* will **open**.”",
        r"1. The article *Ford\_s*, The Esk Mail: The **ford** \[x\](y).",
    ]
    assert say.hits(pd.DataFrame(columns=columns)).data == "Nothing has these words."


def test_checks_say_the_share_and_its_interval():
    columns = ["measure", "right", "of", "share", "low", "high"]
    told = say.checks(pd.DataFrame([("statements", 9, 10, 0.9, 0.596, 0.982)], columns=columns)).data
    assert told == (
        "Checked by hand, of **10 statements** that were checked **9** are right: 90%, and of all of them, as far as a "
        "sample can tell, 60% to 98%."
    )
    assert say.checks(pd.DataFrame(columns=columns)).data.startswith("Nobody has checked a sample of this story yet")
