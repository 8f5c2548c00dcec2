import pandas as pd
import pytest

from helpers.link.people import metonyms
from helpers.link.people.owners import Owners

MENTIONS = pd.DataFrame(
    [
        ("x", "Tolm", "place"),
        ("x", "Esk", "place"),
        ("x", "Esk River Commission", "organisation"),
        ("y", "Tolm Water Commission", "organisation"),
        ("x", "Tolm Ferry Group", "organisation"),
        ("x", "Ford Hospital", "organisation"),
        ("x", "Mill Hospital", "organisation"),
        ("y", "Ford Charity", "organisation"),
    ],
    columns=["article_id", "actor", "label"],
)

HELD = pd.DataFrame(
    [
        ("x", "Esk’s water minister"),
        ("y", "water minister"),
        ("y", "Esk’s foreign minister"),
        ("y", "Tolm’s foreign minister"),
    ],
    columns=["article_id", "role"],
)


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Tolm’s energy ministry", "Tolm"),
        ("the energy ministry", None),
        ("the Mill House", "Tolm"),
        ("the commission", "Esk River Commission"),
        ("the water commission", "Tolm Water Commission"),
        ("the audit council", "audit council"),
        ("her council", None),
        ("his commission", None),  # may be another than the one that the article names
        ("the water ministry", "Esk"),
        ("the ministry", "Esk"),  # of the only minister whom the article tells of
        ("the foreign ministry", None),  # of two countries
        ("the group", "Tolm Ferry Group"),
        ("the company", "Tolm Ferry Group"),
        ("the hospital", None),  # of two
        ("the charity", None),  # named in another article
    ],
)
def test_a_body_speaks_for_whom_the_words_or_the_story_say(words, speaker):
    statements = pd.DataFrame([{"speaker": None, "described": words, "article_id": "x"}])
    bodies = {name.lower(): name for name in MENTIONS.loc[MENTIONS["label"] == "organisation", "actor"]}
    owners = Owners(HELD.assign(actor=None), bodies)
    assert metonyms.settle(statements, MENTIONS, HELD, {"mill house": "Tolm"}, owners)[0] == speaker
