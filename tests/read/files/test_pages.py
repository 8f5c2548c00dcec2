"""Web pages: the article, what the page says of itself, what else it shows."""

import pytest

from helpers.read.files import pages

STORY = [
    "The ferry between Arnholm and Veld will stop running on Friday, the harbour office said.",
    "“We have no captain left,” Ida Brandt, who runs the office, told reporters on the quay.",
    "Passengers will have to take the long road round the bay until a new captain is found.",
]
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Ferry stops running | The Quay</title>
<meta property="og:title" content="Ferry stops running">
<meta property="og:site_name" content="The Quay">
<meta name="author" content="Jonas Ferrow">
<link rel="canonical" href="https://quay.example/ferry">
{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/bay">The bay</a></li></ul></nav>
<article><h1>Ferry stops running</h1>
{top}<p>{0}</p>
<p>{1}</p>
<p>{2}</p>
</article>
<div style="display:none"><p>Not seen by anybody.</p></div>
<footer><p>Quay Media, 3 Pier Road</p></footer>
<script>var unseen = 1;</script>
</body></html>"""


def page(head="", top=""):
    return pages.read(PAGE.format(*STORY, head=head, top=top))


def test_a_page_gives_its_fields_its_article_and_the_rest():
    found = page('<meta property="article:published_time" content="2025-03-04T09:30:00+01:00">')
    assert found == pages.Page(
        fields={
            "title": "Ferry stops running",
            "outlet": "The Quay",
            "byline": "Jonas Ferrow",
            "published_at": "2025-03-04T09:30:00+01:00",
            "url": "https://quay.example/ferry",
            "language": "en-GB",
        },
        text="\n".join(["Ferry stops running", *STORY]),
        outside=((8, "Home"), (8, "The bay"), (15, "Quay Media, 3 Pier Road")),
    )


@pytest.mark.parametrize(
    ("head", "top", "published_at"),
    [
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, '
            '{"@type": ["NewsArticle"], "datePublished": "2025-03-04T07:00:00Z"}]}</script>'
            '<meta property="article:published_time" content="2025-03-05T09:30:00Z">',
            "",
            "2025-03-04T07:00:00Z",
        ),
        (
            '<script type="application/ld+json">{"broken": </script><meta name="date" content="2025-03-05">',
            "",
            "2025-03-05",
        ),
        ("", '<p>By a reporter, <time datetime="2025-03-06T10:00">Thursday</time></p>', "2025-03-06T10:00"),
        ("", "", None),
    ],
)
def test_the_date_is_the_pages_own(head, top, published_at):
    assert page(head, top).fields.get("published_at") == published_at


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<!-- nothing -->",
        "<p></p>",
        '<html><body><nav><a href="/">Home</a> <a href="/in">Log in</a></nav></body></html>',
    ],
)
def test_a_page_without_an_article_is_none(source):
    assert pages.read(source) is None


def test_a_word_of_the_menu_is_outside_though_the_article_uses_it():
    source = PAGE.format(*STORY, head="", top="").replace("The bay</a>", "Captain</a>")
    assert (8, "Captain") in pages.read(source).outside
