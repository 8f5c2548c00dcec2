import pandas as pd
import pytest

from helpers.link import contradictions
from helpers.link.contradictions import claims, conflicts

ACTORS = pd.DataFrame({"actor_id": ["ida", "arno"], "name": ["Ida Varro", "Arno Vey"]})
NOBODY = pd.DataFrame(columns=["article_id", "actor_id", "start_char", "end_char", "text", "kind", "label"])
TIMES = pd.DataFrame(columns=["article_id", "start_char", "end_char", "from_date", "to_date"])
ROLES = pd.DataFrame(columns=["actor_id", "role", "from_date", "to_date"])


def story(*told: tuple[str, str, str], days: tuple[str, ...] = (), cues: tuple[str, ...] = ()) -> tuple:
    """Give the tables of one article in which each (speaker, act, words) has its sentence."""
    sentences, rows = [], []
    for number, (speaker, act, words) in enumerate(told):
        start = sum(len(one) + 1 for one in sentences)
        sentences.append(f"{words}, said {speaker}.")
        rows.append(
            {
                "statement_id": f"s{number}",
                "article_id": "a",
                "part": "text",
                "form": "indirect",
                "act": act,
                "content": words,
                "content_spans": [[start, start + len(words)]],
                "cue": cues[number] if cues else "said",
                "cue_start": start + len(words),
                "speaker_id": speaker,
                "within_id": None,
                "condition": None,
                "negated": " not " in words or "No " in words,
                "said_from": None,
                "said_precision": "report",
                "reported_at": pd.Timestamp(days[number] if days else "2024-03-01"),
                "utterance_id": f"u{number}",
                "confidence": 0.9,
            }
        )
    articles = pd.DataFrame([{"article_id": "a", "text": " ".join(sentences)}])
    linked = {"mentions": NOBODY, "times": TIMES, "actors": ACTORS, "roles": ROLES}
    return articles, pd.DataFrame(rows), linked


def leads(*told: tuple[str, str, str], days: tuple[str, ...] = (), cues: tuple[str, ...] = ()) -> pd.DataFrame:
    return contradictions.leads(*story(*told, days=days, cues=cues))


def test_what_one_asserts_and_another_negates_is_a_lead_with_its_reason():
    (lead,) = leads(
        ("ida", "say", "Soldiers burnt the mill at Esk"),
        ("arno", "deny", "No soldiers burnt the mill at Esk"),
    ).to_dict("records")
    assert (lead["kind"], lead["status"], lead["utterance_a"], lead["utterance_b"]) == ("denial", "lead", "u0", "u1")
    assert lead["reason"] == (
        "Ida Varro, 1 Mar 2024: Soldiers burnt the mill at Esk · "
        "Arno Vey, 1 Mar 2024: No soldiers burnt the mill at Esk; "
        "one negates what the other says of “soldiers”, “burnt”, “mill”, the later one is a denial, both in one article"
    )
    assert lead["score"] > 0.5


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("ida", "say", "The bridge costs 40 crowns"), ("arno", "say", "The bridge costs 90 crowns"), "number"),
        (("ida", "say", "We will not open the ford"), ("ida", "say", "We will open the ford"), "position change"),
        (("ida", "say", "The bridge takes eighteen months"), ("arno", "say", "The bridge takes three years"), "number"),
    ],
)  # fmt: skip
def test_the_kinds(one, other, kind):
    assert leads(one, other)["kind"].tolist() == [kind]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ida", "say", "The bridge takes two years"), ("arno", "say", "The bridge takes twenty-four months")),
        (("ida", "say", "The ford is open"), ("arno", "say", "The ford is open to all")),
        (("ida", "say", "The ford is open"), ("arno", "say", "Bread has become dear")),
    ],
)
def test_what_fits_together_is_none(one, other):
    assert leads(one, other).empty


def test_other_days_are_given_as_what_may_make_both_true():
    told = leads(
        ("ida", "promise", "We will open the ford"),
        ("ida", "say", "We will not open the ford"),
        days=("2024-03-01", "2024-04-01"),
    )
    assert told["explanation"].tolist() == [
        "The first is a promise; the second came 31 days later, when its day may have passed."
    ]


def test_who_calls_a_figure_wrong_means_what_was_said_before():
    (lead,) = leads(
        ("ida", "say", "Forty men crossed the ford"), ("arno", "say", "the count"), cues=("said", "disputed")
    ).to_dict("records")
    assert (lead["kind"], lead["reason"].split("; ")[1]) == ("denial", "one calls the other wrong, both in one article")


def test_what_an_article_recalls_of_a_speaker_is_set_against_what_is_said_now():
    (lead,) = leads(
        ("ida", "promise", "the ford stays open"), ("ida", "say", "Safety comes first"), cues=("had promised", "said")
    ).to_dict("records")
    assert lead["kind"] == "position change"
    assert lead["reason"].split("; ")[1] == (
        "the same speaker, an article recalls the one beside the other, both in one article"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The water never fell below 180 feet", "The water stood at 140 feet"),
        ("Three shots were fired", "Fourteen shots were fired, not three"),
        ("Fewer than ten men crossed the ford", "Twenty men crossed the ford"),
    ],
    ids=["a bound", "a number that is denied", "too many"],
)
def test_numbers_that_cannot_both_be_true(one, other):
    assert leads(("ida", "say", one), ("arno", "say", other))["kind"].tolist() == ["number"]


def test_a_number_within_a_bound_is_none():
    one, other = "At least ten men crossed the ford", "Twenty men crossed the ford"
    assert leads(("ida", "say", one), ("arno", "say", other)).empty


def test_a_speaker_who_gives_another_number_another_day_has_counted_again():
    told = ("ida", "say", "Three men crossed the ford"), ("ida", "say", "Nine men crossed the ford")
    assert leads(*told, days=("2024-03-01", "2024-03-09")).empty


def test_who_disputes_a_figure_means_the_statement_that_gives_one():
    told = leads(
        ("ida", "say", "Forty men crossed the ford"),
        ("odo", "say", "Rain is no excuse for anybody"),
        ("arno", "say", "the figure"),
        cues=("said", "said", "disputed"),
    )
    assert told.loc[0, ["utterance_a", "utterance_b", "kind"]].tolist() == ["u0", "u2", "denial"]


def weighed(*told: tuple[str, str, str], **given: tuple[str, ...]) -> dict[str, float]:
    """Give the features, but those of 0, of the first two statements."""
    one, other = contradictions.gather(*story(*told, **given)[1:])[:2]
    found = conflicts.features(one, other, {term: 1.0 for term in one.terms | other.terms})
    return {name: round(float(value), 2) for name, value in zip(conflicts.WEIGHTS, found, strict=True) if value}


def test_what_speaks_for_and_against_a_flat_denial_right_after_what_it_denies():
    assert weighed(("ida", "say", "a draft exists"), ("arno", "deny", "No draft exists")) == {
        "shared": 0.67,
        "head": 1.0,
        "here": 0.67,
        "article": 1.0,
        "apart": 0.1,
        "deep": 0.1,
        "flat": 1.0,
    }


@pytest.mark.parametrize(
    ("speaker", "days", "turned"),
    [("ida", ("2024-03-01", "2024-03-05"), True), ("ida", (), False), ("arno", ("2024-03-01", "2024-03-05"), False)],
)
def test_who_denies_on_another_day_what_the_same_said_has_turned(speaker, days, turned):
    found = weighed(("ida", "say", "a draft exists"), (speaker, "deny", "No draft exists"), days=days)
    assert ("turned" in found) == turned


def test_what_is_recalled_and_said_again_is_no_turn():
    told = ("ida", "say", "We will not sell the ford"), ("ida", "say", "The ford is not for sale")
    assert "recalled" not in weighed(*told, cues=("had said", "said"))
    assert "recalled" in weighed(("ida", "say", "The ford is for sale"), told[1], cues=("had said", "said"))


def test_who_calls_one_statement_wrong_answers_no_other():
    told = (
        ("ida", "say", "The ford is shut"),
        ("ida", "say", "Rain will fall"),
        ("arno", "say", "The ford is not shut, a lie"),
    )
    one, other, answer = contradictions.gather(*story(*told)[1:])
    assert (conflicts._answers(one, answer), conflicts._answers(other, answer)) == (0.5, 0.0)


def test_an_answer_counts_less_the_farther_it_stands_from_what_it_follows():
    said, other, answered = (
        ("ida", "say", "The ford is shut"),
        ("ida", "say", "It rains"),
        ("arno", "say", "That is false"),
    )
    near, far = weighed(said, answered), contradictions.gather(*story(said, other, other, answered)[1:])
    assert near["answers"] == 1.0
    assert [conflicts._after(far[place], far[3]) for place in (0, 1, 2)] == [0.0, 0.5, 1.0]
    assert conflicts._after(far[3], far[2]) == 0.0


@pytest.mark.parametrize(
    ("form", "words", "ahead"),
    [
        ("indirect", "the ford would open in May", True),
        ("direct", "“The ford will open in May”", True),
        ("direct", "“I would not call it a ford”", False),
        ("indirect", "the ford was open", False),
    ],
)
def test_what_is_to_come(form, words, ahead):
    _, statements, linked = story(("ida", "say", words))
    (claim,) = contradictions.gather(statements.assign(form=form), linked)
    assert claim.ahead is ahead


@pytest.mark.parametrize(
    ("words", "flat"),
    [
        ("There is no draft", True),
        ("that nothing had been signed", True),
        ("We met. Nobody spoke of money", True),
        ("No envoy met anyone in January", True),
        ("We have not met", False),
        ("the envoy met nobody", False),
    ],
)
def test_a_flat_denial_opens_with_its_negation(words, flat):
    assert claims.alone(words).flat is flat


def test_who_calls_another_wrong_is_an_opponent_from_then_on_and_before():
    told = story(
        ("ida", "say", "The ford is shut"),
        ("ida", "say", "Forty men crossed the mill race"),
        ("arno", "say", "the count of forty"),
        cues=("said", "said", "disputed"),
    )
    found = {claim.utterance: claim.opponents for claim in contradictions.gather(*told[1:])}
    assert found == {"u0": {"arno"}, "u1": {"arno"}, "u2": {"ida"}}


def test_a_lead_that_shows_little_beyond_a_better_one_is_set_back(monkeypatch):
    told = (
        ("ida", "say", "The draft of the ford treaty exists"),
        ("arno", "say", "No draft of the ford treaty exists"),
        ("arno", "say", "Of the ford treaty no draft was made"),
    )
    found = leads(*told)["score"].tolist()
    monkeypatch.setattr(contradictions, "AGAIN", 1.0)
    better, other = leads(*told)["score"]
    assert found == [better, round(0.75 * other, 3)]
