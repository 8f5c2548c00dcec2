from hypothesis import given
from hypothesis import strategies as st

from helpers.annotate import sentences

TEXT = "Gen. A. Holm spoke on Tuesday. “We will not go,” he said.\nA heading\n\n“It is over! Done.” Then he left."


def test_sentences_end_at_full_stops_and_at_line_breaks():
    assert [TEXT[start:end] for start, end in sentences.spans(TEXT)] == [
        "Gen. A. Holm spoke on Tuesday.",
        "“We will not go,” he said.",
        "A heading",
        "“It is over! Done.”",
        "Then he left.",
    ]


def test_around_gives_the_sentences_that_hold_a_stretch():
    bounds = [(0, 10), (11, 20), (22, 30)]
    assert sentences.around(bounds, 12, 14) == (11, 20)
    assert sentences.around(bounds, 5, 12) == (0, 20)
    assert sentences.around(bounds, 20, 22) == (20, 22)


@given(st.text(alphabet="ab .!?\n\r\x0b“”\x00é😀"))
def test_sentences_are_in_order_and_leave_nothing_but_space(text):
    bounds = sentences.spans(text)
    assert bounds == sorted(bounds)
    ends = [0, *(end for _, end in bounds)]
    starts = [*(start for start, _ in bounds), len(text)]
    assert all(text[end:start].strip() == "" for end, start in zip(ends, starts, strict=True))
