import importlib.util
import os
from pathlib import Path

import pytest

from helpers.evaluate import attribution, brat

SHARED = Path(os.environ.get("ONTHERECORD_CORPORA", Path(__file__).parents[2] / "../shared/corpora")).resolve()
TEXT = (
    "Alice Brown said the tax cut would fail badly. “It is a very bad plan,” he added. "
    "According to the poll, most voters “disagree” with it.\n"
)


def span(words):
    return (TEXT.index(words), TEXT.index(words) + len(words))


def statement(source, cue, *content):
    return brat.Attribution(tuple(map(span, content)), (span(cue),), (span(source),) if source else ())


GOLD = [
    statement("Alice Brown", "said", "the tax cut would fail badly"),
    statement("he", "added", "“It is a very bad plan,”"),
    statement("the poll", "According to", "most voters “disagree” with it"),
]


def f1(found):
    table = attribution.table([attribution.count(TEXT, GOLD, found)])
    return dict(zip(table["measure"], table["f1"].round(4), strict=True))


def test_gold_against_itself_is_perfect():
    assert f1(GOLD) == dict.fromkeys(attribution.MEASURES, 1.0)


def test_nothing_found_scores_nothing():
    assert f1([]) == dict.fromkeys(attribution.MEASURES, 0.0)


def test_marks_and_points_do_not_count():
    bare = [statement("he", "added", "It is a very bad plan"), GOLD[0], GOLD[2]]
    assert f1(bare)["exact"] == 1.0


def test_half_a_content_is_detected_but_not_exact():
    half = [statement("Alice Brown", "said", "the tax cut"), *GOLD[1:]]
    assert (f1(half)["detect"], f1(half)["exact"], f1(half)["full"]) == (1.0, 0.6667, 1.0)


def test_a_wrong_or_missing_source_is_not_full():
    assert f1([statement("he", "said", "the tax cut would fail badly"), *GOLD[1:]])["full"] == 0.6667
    assert f1([statement(None, "said", "the tax cut would fail badly"), *GOLD[1:]])["full"] == 0.6667


def test_a_statement_is_matched_once():
    assert f1([*GOLD, GOLD[0]])["detect"] == round(2 * 3 / 7, 4)


def test_forms_are_scored_apart():
    scores = f1(GOLD[:2])
    assert (scores["indirect"], scores["direct"], scores["mixed"]) == (1.0, 1.0, 0.0)


def test_reliability_and_calibration_error():
    outcomes = [(0.95, True), (0.95, True), (0.15, False), (0.15, True)]
    bins = attribution.reliability(outcomes)
    assert bins.to_dict("list") == {
        "low": [0.1, 0.9],
        "high": [0.2, 1.0],
        "statements": [2, 2],
        "confidence": [0.15, 0.95],
        "right": [0.5, 1.0],
    }
    assert attribution.calibration_error(bins) == pytest.approx((0.35 + 0.05) / 2)


def test_brat_reads_discontinuous_spans_and_several_annotators(tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "one.txt").write_text("We go, she said, today.")
    (tmp_path / "attributions" / "one_aaaa.ann").write_text(
        "T1\tContent 0 5;17 22\tWe go today\nT2\tCue 11 15\tsaid\nT3\tSource 7 10\tshe\nT4\tAttribution 11 15\tsaid\n"
        "E1\tAttribution:T4 Content:T1 Cue:T2 Source:T3\n"
    )
    (tmp_path / "attributions" / "one_bbbb.ann").write_text("")
    (one,) = brat.load(tmp_path)
    assert one.gold == (brat.Attribution(((0, 5), (17, 22)), ((11, 15),), ((7, 10),)),)
    assert len(one.annotations) == 2


def test_a_damaged_annotation_names_file_and_line(tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "one.txt").write_text("We go.")
    (tmp_path / "attributions" / "one_aaaa.ann").write_text("T1\tContent zero five\tWe go\n")
    with pytest.raises(ValueError, match=r"one_aaaa.ann, line 1: no brat annotation"):
        brat.load(tmp_path)


def test_a_folder_without_texts_says_what_it_needs(tmp_path):
    with pytest.raises(FileNotFoundError, match="it needs the folders text/ and attributions/"):
        brat.load(tmp_path)


def test_agrees_with_an_independent_scorer():
    scorer, corpus = SHARED.parent / "score" / "score_attribution.py", SHARED / "polnear" / "dev"
    if not (scorer.exists() and corpus.exists()):
        pytest.skip("needs ../shared/score and ../shared/corpora (or ONTHERECORD_CORPORA)")
    spec = importlib.util.spec_from_file_location("scorer", scorer)
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    articles = [one for one in brat.load(corpus) if len(one.annotations) > 1] + brat.load(corpus)[:10]
    ours, theirs = [], []
    for one in articles:
        found = one.annotations[-1][1:] + one.gold[:3]  # another reading, or a part of the same one
        ours.append(attribution.count(one.text, one.gold, found))
        form = [{role: list(getattr(s, role)) for role in ("content", "cue", "source")} for s in one.gold]
        guess = [{role: list(getattr(s, role)) for role in ("content", "cue", "source")} for s in found]
        theirs.append(other.count(other.Article(one.text), form, guess))
    report = other.report(theirs)
    for row in attribution.table(ours).itertuples():
        expected = report[row.measure]
        assert (row.precision, row.recall, row.f1) == pytest.approx((expected["p"], expected["r"], expected["f1"]))
