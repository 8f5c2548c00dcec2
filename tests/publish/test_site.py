import hashlib
import re
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from helpers import store
from helpers.publish import figures as draw
from helpers.publish import site
from helpers.publish.pages import day, percent
from helpers.story import StoryError


def read(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_text(encoding="utf-8"))


def text(tree: html.HtmlElement) -> str:
    return " ".join(" ".join(tree.itertext()).split())


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def report(publish, harbour) -> Path:
    return publish(harbour)


def test_two_runs_write_the_same_bytes(publish, harbour):
    first = hashes(publish(harbour))
    assert len(first) > 20
    assert hashes(publish(harbour)) == first


def test_rows_in_another_order_write_the_same_bytes(publish, harbour):
    turned = {table: frame.iloc[::-1] for table, frame in harbour.items()}
    assert hashes(publish(turned)) == hashes(publish(harbour))


def test_front_page_counts_with_denominators(report):
    numbers = read(report / "index.html").find_class("numbers")[0]
    assert [text(row) for row in numbers.findall("div")] == [
        "Articles 3 from 3 of 4 files",
        "Statements 5 0 direct, 1 mixed, 4 indirect",
        "Speaker named 60% 3 of 5 statements; 1 speaker",
        "Day or period known 20% 1 of 5 by the article’s words; 1 more taken as the day of the report",
    ]


def test_front_page_headline_is_a_finding(report):
    tree = read(report / "index.html")
    assert text(tree.find(".//h1")) == "Mara Ilves is quoted most: 3 of 5 statements"
    assert text(tree.find_class("standfirst")[0]).startswith(
        "3 articles from 2 outlets. The 2 with a date were published from 3 March to 13 March 2031."
    )


def test_a_statement_is_shown_with_its_cue(report):
    rows = [text(row) for row in read(report / "statements" / "2031-W10.html").find_class("statements")[0].iter("tr")]
    assert rows[3].startswith(
        "3 March 2031 Unresolved: “Her deputy” denied that a vote had been planned indirect The Quay Post"
    )


def test_every_statement_has_a_place_that_its_links_lead_to(report, harbour):
    for statement in harbour["statements"].itertuples():
        page = read(report / "articles" / f"{statement.article_id}.html")
        assert page.get_element_by_id(statement.statement_id) is not None
    listed = [page for page in (report / "statements").glob("*.html") if page.name != "index.html"]
    linked = [link for page in listed for link in read(page).xpath('//table//a[contains(@href, "articles/")]/@href')]
    assert len(linked) == len(harbour["statements"])


def test_no_link_within_the_report_is_dead(report):
    for page in report.rglob("*.html"):
        for target in read(page).xpath("//a/@href"):
            if not target.startswith("https:"):
                path, _, anchor = target.partition("#")
                reached = (page.parent / path).resolve() if path else page
                assert reached.is_file(), f"{page.name}: {target}"
                assert not anchor or read(reached).xpath(f'//*[@id="{anchor}"]'), f"{page.name}: {target}"


def test_only_the_web_is_linked(report):
    targets = {link for page in report.rglob("*.html") for link in read(page).xpath("//*/@href | //*/@src")}
    outside = {re.match(r"([a-z]+):", target)[1] for target in targets if re.match(r"[a-z]+:", target)}
    assert outside == {"https"}


def test_evidence_links_to_the_words_at_the_outlet(report, harbour):
    page = read(report / "articles" / f"{harbour['articles'].article_id[0]}.html")
    links = page.xpath('//ol[@class="notes"]//a[starts-with(@href, "https:")]/@href')
    start = "https://quay.example/levy?a=1&b=2#top:~:text="
    assert links == [
        f"{start}Ilves%20rules%20out%20levy%20%2D%20again",
        f"{start}%E2%80%9CWe%20will%20not%20raise%20the%20levy%2C%E2%80%9D",
        f"{start}that%20a%20vote%20had%20been%20planned",
    ]


def test_evidence_marks_source_cue_and_content_in_words(report, harbour):
    page = read(report / "articles" / f"{harbour['articles'].article_id[0]}.html")
    marks = [(mark.get("class"), text(mark)) for mark in page.xpath("//blockquote[contains(@class, 'text')]//mark")]
    assert marks[:4] == [
        ("content", "content 2 “We will not raise the levy,”"),
        ("source", "source 2 harbour minister Mara Ilves"),
        ("cue", "cue 2 said"),
        ("content", "content 2 “the council, the crews & the town” had agreed"),
    ]


def test_paragraphs_without_statements_stay_in_the_newsroom(report):
    assert not any("nobody spoke" in path.read_text(encoding="utf-8") for path in report.rglob("*.html"))


def test_an_unreviewed_lead_is_shown_only_where_an_article_reports_it(report):
    tree = read(report / "index.html")
    section = text(tree.get_element_by_id("contradictions").getparent())
    assert section.startswith("Contradictions 0 confirmed by a person, 1 dismissed, 2 not yet reviewed.")
    (lead,) = tree.find_class("lead")
    assert text(lead.find_class("verdict")[0]) == "Lead, not a verdict: unreviewed reported by an article"
    assert "Her words appeared to contradict what she had said a week before." in text(lead)
    assert "Unseen reason." not in section


def test_what_the_story_is_about_heads_every_page(report):
    pages = [page for page in report.rglob("*.html") if page.name != "embed.html"]
    assert len(pages) == 13
    about = "This story is invented: its places, people and papers do not exist."
    assert [text(read(page).find_class("about")[0]) for page in pages] == [about] * 13


def test_a_chart_comes_with_words_data_and_source(report):
    figure = read(report / "index.html").get_element_by_id("voice")
    assert text(figure.find(".//h3")) == "Ilves speaks most"
    assert figure.xpath(".//*[local-name()='desc']")[0].text == "A bar chart: Ilves 3."
    assert [text(row) for row in figure.find(".//table").iter("tr")] == [
        "actor statements",
        "=Ilves 3",
        "Her deputy -1",
    ]
    assert figure.xpath(".//*[@class='files']//a/@href") == [
        f"charts/voice/{name}"
        for name in ("voice.csv", "voice.svg", "voice.png", "voice.pdf", "snippet.txt", "alt.txt", "credit.txt")
    ]


def test_ids_are_unique_on_every_page(report):
    for page in report.rglob("*.html"):
        ids = read(page).xpath("//@id")
        assert len(ids) == len(set(ids)), page.name


def test_a_quotation_that_does_not_stand_is_never_published(publish, harbour):
    out = publish(harbour)
    before = hashes(out)
    text = harbour["articles"]["text"].str.replace("will not raise", "will raise")
    with pytest.raises(StoryError, match="“We will not raise the levy,”"):
        publish({**harbour, "articles": harbour["articles"].assign(text=text)}, out)
    assert hashes(out) == before


def test_a_new_report_leaves_nothing_of_the_last_but_what_is_not_its_own(publish, harbour):
    out = publish(harbour)
    (out / "articles" / "stale.html").write_text("old")
    (out / "notes.txt").write_text("the newsroom’s own")
    publish(harbour, out)
    assert not (out / "articles" / "stale.html").exists()
    assert (out / "notes.txt").exists()


def test_a_place_that_cannot_be_written_to_is_one_sentence(story, harbour, tmp_path):
    store.write(tmp_path / "d.duckdb", harbour)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoryError, match=r"file/report: cannot be written \(Not a directory\)\."):
        site(story, tmp_path / "d.duckdb", tmp_path / "file" / "report", [])


def test_a_story_without_statements_says_so(publish, harbour):
    bare = {**harbour, **{table: store.empty(table) for table in ("statements", "utterances", "contradictions")}}
    out = publish(bare)
    assert text(read(out / "index.html").find(".//h1")) == "No statement was found in these articles"
    assert "No statement was found in this article." in text(read(next((out / "articles").glob("*.html"))))


def test_a_story_without_articles_or_about_says_so(publish, harbour):
    bare = {table: store.empty(table) for table in harbour}
    tree = read(publish(bare, about="", byline="") / "index.html")
    assert text(tree.find_class("standfirst")[0]) == "0 articles."
    assert not tree.find_class("about")


def test_many_statements_are_split_by_week_and_page(publish, harbour):
    first = harbour["statements"].iloc[[1]]
    many = pd.concat([first.assign(statement_id=f"{number:016x}") for number in range(450)], ignore_index=True)
    out = publish({**harbour, "statements": many})
    pages = sorted(path.name for path in (out / "statements").iterdir())
    assert pages == ["2031-W10-2.html", "2031-W10-3.html", "2031-W10.html", "index.html"]
    rows = [len(read(out / "statements" / page).xpath("//tbody/tr")) for page in pages[:3]]
    assert rows == [200, 50, 200]
    latest = read(out / "index.html").get_element_by_id("latest").getparent()
    assert len(latest.find_class("statements")[0].xpath("./tbody/tr")) == 10


def test_dates_and_shares_are_written_out():
    assert day(pd.Timestamp("2031-12-09")) == "9 December 2031"
    assert [day(pd.Timestamp(2031, month, 1)).split()[1] for month in (1, 6, 9, 12)] == [
        "January",
        "June",
        "September",
        "December",
    ]
    assert (day(None), percent(1, 3), percent(0, 0)) == ("", "33%", "–")


def test_figures_are_drawn_from_the_tables(story, harbour, tmp_path):
    store.write(tmp_path / "d.duckdb", harbour)
    drawn = draw(story, tmp_path / "d.duckdb")
    assert [figure.name for figure in drawn] == ["coverage", "lanes", "voice", "leads"]  # nothing was carried further
    for figure in drawn:
        assert figure.headline and figure.subtitle and figure.alt
        # The page sets the headline as text; the file to take away has it drawn.
        assert figure.svg.count(figure.headline.split()[0]) < figure.alone.count(figure.headline.split()[0])
    assert drawn[0].source == "On the Record, from 3 articles (2 dated) from 2 outlets"
    assert drawn[-1].data["contradiction_id"].tolist() == ["c1"]


def test_figures_of_a_story_without_anything_say_so(story, harbour, tmp_path):
    store.write(tmp_path / "d.duckdb", {table: store.empty(table) for table in harbour})
    assert all(figure.headline and "<svg" in figure.svg for figure in draw(story, tmp_path / "d.duckdb"))
