import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.annotate import tagger
from helpers.annotate.tagger import paths, words

STORY = (
    "The mayor said the bridge would open in June.\n\n"
    "“We are ready,” Nora Quill told reporters. “Nobody will be late.”\n"
)


def test_tag_ties_content_cue_and_source():
    found = tagger.tag(STORY)
    assert [
        (STORY[slice(*one.source)], STORY[slice(*one.cue)], [STORY[start:end] for start, end in one.content])
        for one in found
    ] == [
        ("The mayor", "said", ["the bridge would open in June"]),
        ("Nora Quill", "told", ["“We are ready,”", "“Nobody will be late.”"]),
    ]
    assert all(0 < one.confidence < 1 for one in found)


def test_names_are_told_by_the_same_pass():
    text = "Nora Quill of the Harbour Authority met Danish ministers in Oslo.\nQuill left early."
    assert [(text[start:end], kind) for start, end, kind in tagger.names(text)] == [
        ("Nora Quill", "person"),
        ("Harbour Authority", "organisation"),
        ("Danish", "group"),
        ("Oslo", "place"),
        ("Quill", "person"),
    ]


def test_tag_of_nothing_is_nothing():
    assert tagger.tag("") == tagger.tag(" \n\n\t") == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_spans_lie_inside_any_text(text):
    for one in tagger.tag(text):
        for start, end in [*one.content, *(span for span in (one.cue, one.source) if span)]:
            assert 0 <= start < end <= len(text)
    for start, end, _ in tagger.names(text):
        assert 0 <= start < end <= len(text) and "\n" not in text[start:end]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 3000,  # no sentence ends
        "x" * 30_000,  # no words
        "“ \" ‘ ' ” ’ " * 1700,  # ten thousand marks
        "Он сказал, что мост откроют. 市长说桥会开。" * 40,
        "He said\0 it \0was over.\0" * 200,
        "\n".join(["Yes."] * 3000),
    ],
    ids=["endless", "wordless", "marks", "alphabets", "nulls", "lines"],
)
def test_odd_texts_are_read_in_bounds(text):
    for one in tagger.tag(text):
        assert all(0 <= start < end <= len(text) for start, end in one.content)


def test_windows_hold_every_word_once_and_never_too_many_pieces():
    text = "\n".join([STORY, "word " * 700, "One sentence here. " * 90])
    _, tokenizer, _ = tagger.load(tagger.MODEL)
    read = words.lines(text, tokenizer)
    packed = words.windows(read)
    assert max(len(window.pieces) for window in packed) <= words.LIMIT
    starts = np.concatenate([window.start for window in packed])
    assert starts.tolist() == words.join(read).start.tolist()
    for window in packed:
        assert window.first[0] == 0 and window.first[-1] < len(window.pieces)


def test_a_long_line_is_cut_at_a_sentence_end():
    _, tokenizer, _ = tagger.load(tagger.MODEL)
    text = "One sentence here. " * 90
    first, *_ = words.windows(words.lines(text, tokenizer), limit=50)
    assert text[: first.end[-1]].endswith("here.")


def test_the_best_path_is_legal_where_the_best_tags_are_not():
    outside, inside = paths.TAGS.index("O"), paths.TAGS.index("I-cue")
    scores = np.zeros((1, 3, len(paths.TAGS)), np.float32)
    scores[0, 0, outside], scores[0, 1, inside], scores[0, 2, outside] = 2, 1, 2
    path = paths.best(scores, np.ones((1, 3), bool), paths.legal())
    assert [paths.TAGS[tag] for tag in path[0]][::2] == ["O", "O"]
    assert paths.TAGS[path[0, 1]] != "I-cue"


def test_padding_does_not_change_the_path_of_a_shorter_row():
    rng = np.random.default_rng(1)
    row = rng.normal(size=(1, 5, len(paths.TAGS))).astype(np.float32)
    steps = paths.legal() + rng.normal(size=(len(paths.TAGS),) * 2).astype(np.float32)
    alone = paths.best(row, np.ones((1, 5), bool), steps)
    padded = np.concatenate([row, np.zeros((1, 4, len(paths.TAGS)), np.float32)], axis=1)
    real = np.arange(9)[None] < 5
    assert paths.best(padded, real, steps)[:, :5].tolist() == alone.tolist()


def test_spans_are_read_off_tags():
    tags = [paths.TAGS.index(tag) for tag in ("B-source", "I-source", "B-cue", "O", "B-content", "B-content")]
    assert paths.spans(np.array(tags)) == [("source", 0, 2), ("cue", 2, 3), ("content", 4, 5), ("content", 5, 6)]


def test_a_missing_model_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"lacks statements.onnx, .* run make train"):
        tagger.tag("She said no.", tmp_path)


def test_a_damaged_model_says_what_to_do(tmp_path):
    for name, content in (
        ("statements.onnx", "no network"),
        ("statements.json", json.dumps({})),
        ("tokenizer.json", "{}"),
    ):
        (tmp_path / name).write_text(content)
    with pytest.raises(ValueError, match=r"is damaged: .* run make train"):
        tagger.tag("She said no.", tmp_path)


def test_nothing_is_kept_to_be_told_to_the_makers_of_onnxruntime(tmp_path):
    """It keeps what it will send in a folder of the user's, which is another for this process."""
    script = "from helpers.annotate import tagger; print(len(tagger.tag('She said that no ford was open.')))"
    hidden = ("XDG_CACHE_HOME", "ORT_DISABLE_TELEMETRY")
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | {"HOME": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout == "1\n"
    assert list(tmp_path.rglob("*")) == []
