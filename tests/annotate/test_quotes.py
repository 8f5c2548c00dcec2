from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpers.annotate import quotes


def quoted(text):
    return [text[start:end] for start, end in quotes.pairs(text)]


def test_curly_straight_and_single_marks_pair():
    text = 'He said “no” and "yes".\nShe said ‘perhaps’ and didn’t stay.'
    assert quoted(text) == ["“no”", '"yes"', "‘perhaps’"]


def test_apostrophes_open_nothing():
    assert quoted("The dogs’ bowl isn’t the cat's, in the '90s.") == []


def test_straight_single_marks_quote_in_the_first_line_only():
    text = "'Not one inch,' says Orme\nThey said 'not one inch' twice."
    assert quoted(text) == ["'Not one inch,'"]


def test_a_quotation_over_paragraphs_opens_each_and_closes_the_last():
    text = "“We waited.\n“Then we left,” she said."
    assert quoted(text) == ["“We waited.", "“Then we left,”"]


def test_a_lost_mark_ends_with_its_line():
    assert quoted('He said "no.\nShe said "yes" twice.') == ['"yes"']


def test_a_quotation_inside_a_quotation_belongs_to_the_outer_one():
    assert quoted("“He told me ‘never’ and hung up,” she said.") == ["“He told me ‘never’ and hung up,”"]


@given(st.text(alphabet="ab “”\"‘’'\n.", max_size=80))
def test_pairs_are_ordered_disjoint_and_within_a_line(text):
    found = quotes.pairs(text)
    assert all(0 <= start < end <= len(text) and "\n" not in text[start:end] for start, end in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    assert sum(quotes.mask(text)) == sum(end - start for start, end in found)
