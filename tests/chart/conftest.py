"""A story small enough to count by hand. Places, people and outlets are invented."""

import pandas as pd
import pytest

ARTICLES = [
    ("a1", "The Harrow Courier", "2031-03-01T09:00", "Bridge closed", None),
    ("a2", "The Harrow Courier", "2031-03-04T22:30", "Inspection begins", None),  # 5 March in Kyiv
    ("a3", "North Wire", "2031-03-02T08:00", "Bridge closed", None),
    ("a4", "North Wire", "2031-03-02T12:00", "Ferry runs", "a3"),
    ("a5", None, "2031-03-04T10:00", "Ferry full", None),
    ("a6", "North Wire", None, "No date", None),
]
ACTORS = [("varga", "Anna Varga", "person"), ("ell", "Tomas Ell", "person"), ("port", "Port of Velmar", "organisation")]
STATEMENTS = [
    # id, article, part, form, content, speaker, relay, from, to, precision, utterance
    ("s1", "a1", "text", "direct", "The bridge stays closed", "varga", [], "2031-03-01", "2031-03-01", "day", "u1"),
    ("s2", "a3", "title", "indirect", "bridge stays closed", "varga", [], "2031-03-01", "2031-03-01", "day", "u1"),
    ("s3", "a3", "text", "mixed", "it “stays closed”", "varga", ["Agency K"], "2031-03-01", "2031-03-01", "day", "u1"),
    ("s4", "a2", "text", "indirect", "nobody asked for that", "ell", [], None, None, "unknown", "u2"),
    ("s5", "a5", "text", "direct", "We will run more ferries", None, [], "2031-02-01", "2031-02-28", "month", "u3"),
    ("s6", "a6", "text", "indirect", "the ferry is full", "ell", [], None, None, "unknown", "u1"),
]


@pytest.fixture
def articles() -> pd.DataFrame:
    table = pd.DataFrame(ARTICLES, columns=["article_id", "outlet", "published_at", "title", "duplicate_of"])
    return table.assign(published_at=pd.to_datetime(table["published_at"]), near_duplicate_of=None)


@pytest.fixture
def actors() -> pd.DataFrame:
    return pd.DataFrame(ACTORS, columns=["actor_id", "name", "kind"])


@pytest.fixture
def statements(articles) -> pd.DataFrame:
    columns = "statement_id article_id part form content speaker_id relay said_from said_to said_precision utterance_id"
    table = pd.DataFrame(STATEMENTS, columns=columns.split()).assign(act="say")
    table["reported_at"] = table["article_id"].map(articles.set_index("article_id")["published_at"])
    return table.assign(said_from=pd.to_datetime(table["said_from"]), said_to=pd.to_datetime(table["said_to"]))


@pytest.fixture
def utterances() -> pd.DataFrame:
    rows = [
        (
            "u1",
            "varga",
            "m1",
            "The bridge stays closed",
            "2031-03-01",
            4,
            2,
            3,
            "2031-03-01T09:00",
            "The Harrow Courier",
        ),
        ("u2", "ell", None, "nobody asked for that", None, 1, 1, 1, "2031-03-04T22:30", "The Harrow Courier"),
        ("u3", None, "m1", "We will run more ferries", None, 1, 1, 1, None, None),
    ]
    columns = (
        "utterance_id speaker_id matter_id content said_from statements outlets origins first_reported_at first_outlet"
    )
    table = pd.DataFrame(rows, columns=columns.split())
    return table.assign(**{name: pd.to_datetime(table[name]) for name in ("said_from", "first_reported_at")})


@pytest.fixture
def matters() -> pd.DataFrame:
    return pd.DataFrame([("m1", "the bridge", ["bridge"])], columns=["matter_id", "name", "terms"])


@pytest.fixture
def contradictions() -> pd.DataFrame:
    rows = [
        ("c1", "u1", "u3", "number", 0.2, "Two numbers.", "dismissed"),
        ("c2", "u1", "u2", "denial", 0.9, "One denies what the other says.", "lead"),
    ]
    columns = "contradiction_id utterance_a utterance_b kind score reason status"
    return pd.DataFrame(rows, columns=columns.split())
