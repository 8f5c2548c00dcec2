"""A table of lines that is read in pieces gives what it gives as a whole, whatever was done to it since the last time."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import read
from helpers.parts import Parts
from helpers.read import files, listing
from helpers.read.drafts import Drafts
from helpers.read.listing import Files

pytestmark = pytest.mark.once

SMALL = 200  # bytes of a piece: some two rows
ROWS = [
    json.dumps({"text": f"{'Quay Desk' if n % 2 else 'Bay Desk'}\nIn town {n} a ferry sank.", "published_at": "soon"})
    for n in range(8)
]
TABLE = "\n".join(ROWS).encode() + b"\n"
PIECES = [
    *(ROWS[0].encode() + b"\n", b'{"text": "A captain is sought."}\n', b'{"text": "A fa\xc3\xa7ade fell."}\r\n'),
    *(b"\n", b"\r", b"\r\n", b"  \t\n", b"\xc2\xa0\n", b"no row\n", b'{"text": ""}\n', b"\xef\xbb\xbf", b"\xff\xfe"),
    *(
        b'{"text": "A fa\xe7ade fell."}\n',
        b"\0",
        b"\x01" * 40,
        b"\xc3",
        b"{",
        b"%PDF",
        b"",
        b"x" * 300,
        b" " * 300 + b"\n",
    ),
]


@pytest.fixture
def whole(make, monkeypatch):
    """Read a table as a whole and from nothing."""

    def reading(raw):
        story = make({"wire.jsonl": raw}, globs='["wire.jsonl"]')
        with monkeypatch.context() as here:
            here.setattr(listing, "PIECE", 1 << 20)
            return read.articles(story)

    return reading


@pytest.fixture
def again(make, monkeypatch, tmp_path_factory):
    """Read a table, in small pieces and with what the last reading has kept; gives the tables and the pieces read."""
    monkeypatch.setattr(listing, "PIECE", SMALL)

    def begun():
        folder = tmp_path_factory.mktemp("parts")

        def reading(raw):
            story, touched = make({"wire.jsonl": raw}, globs='["wire.jsonl"]'), []
            one = files.read
            with monkeypatch.context() as here:
                here.setattr(files, "read", lambda *given: touched.append(given[5]) or one(*given))
                listed = listing.find(story, Files(Parts(folder, "files", "1")))
                found = read.articles(story, listed=listed, drafts=Drafts(folder, "1"))
            return found, touched

        return reading

    return begun


def same(one, other):
    # An empty column has no type of its own.
    return one.articles.astype(object).equals(other.articles.astype(object)) and one.removed.equals(other.removed)


@st.composite
def edited(draw, raw):
    """Edit a table: lengthen it, cut it short, put something in, overwrite something."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.one_of(st.just(len(raw)), st.just(0), st.integers(0, len(raw))))
        size = draw(st.one_of(st.just(0), st.integers(0, 20), st.just(len(raw))))
        raw = raw[:at] + draw(st.sampled_from(PIECES)) + raw[at + size :]
    return raw


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_whatever_is_done_to_a_table(again, whole, newline):
    @settings(max_examples=25, deadline=None, derandomize=True, database=None)
    @given(edited(TABLE.replace(b"\n", newline)), st.data())
    def test(first, data):
        reading = again()
        assert same(reading(first)[0], whole(first))
        then = data.draw(edited(first))
        assert same(reading(then)[0], whole(then))

    test()


def test_of_a_table_that_grew_the_last_piece_is_read(again, whole):
    reading = again()
    _, pieces = reading(TABLE)
    assert [(piece.start, piece.line) for piece in pieces] == [(0, 1), (211, 4), (423, 7)]
    found, (piece,) = reading(TABLE + ROWS[0].replace("sank", "swam").encode())
    assert (piece.start, piece.line) == (423, 7)
    assert same(found, whole(TABLE + ROWS[0].replace("sank", "swam").encode()))


def test_of_a_table_whose_encoding_must_be_guessed_no_piece_is_read(again):
    assert again()(TABLE + b'{"text": "A fa\xe7ade fell."}')[1] == [None]
