"""The report in a real browser, from file://, with every request and message recorded."""

import shutil
from pathlib import Path

import pytest

from helpers.publish import evidence, notebooks, pages
from helpers.publish.pages import record

CHROMIUM = shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine (Debian: apt-get install chromium)"),
]

HOSTILE = (
    "</title></script><script>document.title='taken'</script>\u202e\"'>"
    "<img src=https://quay.example/i.png onerror=alert(1)>"
)
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root, as in most containers.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser):
    """Open a page and give it with all it asked for and all the browser had to say."""
    contexts = []

    def visit(path: Path, fragment: str = "", **settings: object):
        context = browser.new_context(**settings)
        contexts.append(context)
        page, said = context.new_page(), []
        page.on("request", lambda request: said.append(f"request {request.url}"))
        page.on("requestfailed", lambda request: said.append(f"{request.failure}: {request.url}"))
        page.on("console", lambda message: said.append(f"console {message.text}"))
        page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
        page.on("pageerror", lambda error: said.append(f"error {error}"))
        page.goto(path.as_uri() + fragment)
        return page, said

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def report(publish, harbour) -> Path:
    return publish(harbour)


@pytest.fixture(scope="module")
def carried(publish, harbour) -> Path:
    """The report of a story in which one article repeats what another has."""
    told = harbour["statements"]
    same = told["utterance_id"].where(told.index != 3, told["utterance_id"][1])
    return publish({**harbour, "statements": told.assign(utterance_id=same)})


def hostile(tables: dict) -> dict:
    """Put hostile text wherever a story can bring text from outside."""
    changed = {**tables}
    changed["articles"] = tables["articles"].assign(outlet=HOSTILE, byline=HOSTILE, source_file=HOSTILE)
    changed["actors"] = tables["actors"].assign(name=HOSTILE)
    changed["statements"] = tables["statements"].assign(
        condition=HOSTILE, relay=[[HOSTILE]] * len(tables["statements"])
    )
    changed["contradictions"] = tables["contradictions"].assign(reason=HOSTILE, reviewer=HOSTILE)
    changed["removed"] = tables["removed"].assign(source_file=HOSTILE, reason=HOSTILE)
    return changed


def test_no_page_asks_for_anything_whatever_the_articles_say(publish, harbour, visit):
    out = publish(hostile(harbour), title=HOSTILE, byline=HOSTILE, about=HOSTILE)
    pages = sorted(page for page in out.rglob("*.html") if page.name != "embed.html")
    assert len(pages) == 13
    for path in pages:
        page, said = visit(path)
        assert said == [f"request {path.as_uri()}"], path.name
        assert (
            page.evaluate(
                "document.querySelectorAll('script[src], img, iframe, link:not([rel=alternate]), object').length"
            )
            == 0
        )
        assert (
            page.evaluate("document.querySelectorAll('script:not([type])').length") <= 1
        )  # a data block is no program
        assert page.title() != "taken"
        assert page.evaluate("[...document.querySelectorAll('[onerror], [onload], [onclick], [style]')].length") == 0
        assert not page.evaluate("document.body.textContent.includes('\\u202e')")


def test_a_notebook_page_asks_for_nothing(story, visit, tmp_path):
    nbformat = pytest.importorskip("nbformat")
    (tmp_path / "steps").mkdir()
    cells = [nbformat.v4.new_markdown_cell(f"# {HOSTILE}\n\n{HOSTILE}\n\n![i](https://quay.example/i.png)")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "steps" / "one.ipynb")
    (made,) = notebooks(story, tmp_path / "report", tmp_path / "steps")
    page, said = visit(made.page)
    assert said == [f"request {made.page.as_uri()}"]
    assert page.evaluate("document.querySelectorAll('script, img').length") == 0


def test_the_policy_lets_the_style_in_and_nothing_else(report, visit):
    page, said = visit(report / "index.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    blocked = """async () => {
        const image = new Image(); image.src = 'https://quay.example/i.png';
        const script = document.createElement('script'); script.textContent = "document.title = 'taken'";
        document.head.append(script); document.body.append(image);
        return fetch('https://quay.example/').then(() => 'fetched', () => 'refused');
    }"""
    assert page.evaluate(blocked) == "refused"
    assert page.title() != "taken"
    assert "csp: https://quay.example/i.png" in said


def test_no_page_is_wider_than_the_screen(report, visit):
    for path in sorted(report.rglob("*.html")):
        page, _ = visit(path)
        for width in (320, 400, 800, 1400):
            page.set_viewport_size({"width": width, "height": 800})
            assert not page.evaluate(OVERFLOW), f"{path.name} at {width}"


def test_a_permalink_shows_its_statement(report, harbour, visit):
    statement = harbour["statements"].iloc[2]
    page, _ = visit(report / "articles" / f"{statement.article_id}.html", f"#{statement.statement_id}")
    note = page.locator(f"[id='{statement.statement_id}']")
    assert "Unresolved: “Her deputy”" in note.inner_text()
    border = "element => getComputedStyle(element).borderLeftColor"
    others = page.locator(".notes li:not(:target)").first
    assert note.evaluate(border) != others.evaluate(border)


def test_the_keyboard_reaches_the_content_first(report, visit):
    page, _ = visit(report / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_dark_and_reduced_motion_are_respected(report, visit):
    path, script = report / "index.html", "getComputedStyle(document.body).backgroundColor"
    light, _ = visit(path, color_scheme="light")
    dark, _ = visit(path, color_scheme="dark", reduced_motion="reduce")
    assert (light.evaluate(script), dark.evaluate(script)) == ("rgb(255, 255, 255)", "rgb(20, 23, 26)")
    assert dark.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_text_fragment_takes_the_browser_to_the_words(visit, tmp_path):
    text = "Ilves said no - again. " + "Rain fell. " * 400 + "Renn said no - again."
    start = text.rindex("said no - again")
    path = tmp_path / "outlet.html"
    path.write_text(f"<!doctype html><meta charset='utf-8'><p>{text}</p>", encoding="utf-8")
    page, _ = visit(path, "#" + evidence.fragment(text, start, start + 15), viewport={"width": 300, "height": 300})
    page.wait_for_function("scrollY > 1000", timeout=5000)


def test_the_arrow_keys_lead_through_the_record_and_enter_opens_the_sentence(report, visit):
    page, said = visit(report / "index.html")
    marks = page.locator("#record-box a.mark")
    assert marks.count() == 4
    marks.first.focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    label, stops = page.evaluate(
        "[document.activeElement.getAttribute('aria-label'), document.querySelectorAll('a.mark[tabindex=\"0\"]').length]"
    )
    assert (first, label, stops) == (
        "Mara Ilves, 2 March 2031, mixed, The Quay Post",
        "Mara Ilves, 3 March 2031, indirect, The Quay Post",
        1,
    )
    card = page.locator("#record-card")
    assert card.is_visible()
    assert "levy" in card.inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Speaker unresolved")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*.html#*")
    assert page.locator("mark.here").count() > 0
    assert not [one for one in said if one.startswith(("console", "error"))]


def test_filters_and_the_brush_choose_among_the_statements(report, visit):
    page, _ = visit(report / "index.html", viewport={"width": 1000, "height": 1600})
    found = page.locator(".found")
    assert found.inner_text() == "4 of 4 statements"
    page.select_option("select[name=form]", "mixed")
    assert found.inner_text() == "1 of 4 statements"
    assert page.locator("tr[data-row]:not([hidden])").count() == 1
    page.get_by_role("button", name="Show all").click()
    assert found.inner_text() == "4 of 4 statements"
    page.locator("input[name=from]").focus()
    page.keyboard.press("End")
    assert found.inner_text() == "1 of 4 statements"
    page.keyboard.press("Escape")
    box = page.locator("#record-box svg.time").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"], box["y"] + 4, steps=3)
    page.mouse.up()
    assert found.inner_text() == "1 of 4 statements"


@pytest.fixture
def counted(publish, harbour, monkeypatch) -> Path:
    """The report of a story that has too many statements to draw each."""
    monkeypatch.setattr(record, "MARKS", 3)
    return publish(harbour)


def test_columns_of_many_statements_can_be_entered_filtered_and_read(counted, visit):
    page, said = visit(counted / "index.html")
    columns, found = page.locator("#record-box a.column"), page.locator(".found")
    tell = "document.activeElement.getAttribute('aria-label')"
    assert (columns.count(), found.inner_text()) == (4, "4 of 4 statements")
    columns.first.focus()
    assert page.evaluate(tell) == "Mara Ilves, week of 24 February 2031: 1 statement"
    assert page.locator("#record-card").inner_text() == page.evaluate(tell)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(tell) == "Mara Ilves, week of 3 March 2031: 1 statement"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(tell) == "Unresolved, week of 3 March 2031: 1 statement"
    page.select_option("select[name=form]", "mixed")
    assert found.inner_text() == "1 of 4 statements"
    assert page.locator("#record-box a.column:not(.off)").count() == 1
    cells = "cells => cells.map(cell => cell.textContent)"
    assert page.locator("#record-box td[data-cell]").evaluate_all(cells) == ["1", "0", "0", "0"]
    page.get_by_role("button", name="Show all").click()
    assert page.locator("#record-box td[data-cell]").evaluate_all(cells) == ["1", "1", "1", "1"]
    columns.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/ilves.html#w-*")
    assert not [one for one in said if one.startswith(("console", "error"))]


def test_the_page_is_whole_without_its_script(report, visit):
    page, _ = visit(report / "index.html", java_script_enabled=False)
    assert page.locator("#record-box a.mark").count() == 4
    assert page.locator("form.filters").is_hidden()
    assert page.locator("tr[data-row] a[href^='articles/']").count() == 4


@pytest.fixture(scope="module")
def steps(story, tmp_path_factory) -> Path:
    """The page of a notebook that has words, code, text, a table with rows and one without."""
    nbformat = pytest.importorskip("nbformat")
    folder = tmp_path_factory.mktemp("steps")
    cells = [
        nbformat.v4.new_markdown_cell("# Step\n\nWhy [this](https://quay.example/)?"),
        nbformat.v4.new_code_cell("import pandas as pd\nprint('one')\npd.DataFrame({'who': ['Ilves'], 'n': [3]})"),
        nbformat.v4.new_code_cell("pd.DataFrame({'who': [], 'n': []})"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "one.ipynb")
    (made,) = notebooks(story, tmp_path_factory.mktemp("report"), folder)
    return made.page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 800, 1400])
def test_no_page_has_a_fault_that_axe_finds(carried, steps, visit, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
    source = Path(axe.AXE_FILE_PATH).read_text(encoding="utf-8")
    # One page of each kind: of a folder its index and one other.
    kinds = {(path.parent, path.stem == "index" or path.stem): path for path in sorted(carried.rglob("*.html"))}
    kinds = {(folder, key if folder == carried or key is True else ""): path for (folder, key), path in kinds.items()}
    assert len(kinds) == 12
    for path in (*kinds.values(), steps):
        page, _ = visit(path, viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], path.name


def test_nothing_moves_where_less_motion_is_wanted(report, visit):
    page, _ = visit(report / "index.html", reduced_motion="reduce")
    mark = "getComputedStyle(document.querySelector('#record-box a.mark'))"
    assert page.evaluate(f"{mark}.transitionDuration") == "0s"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_chart_takes_the_colours_of_a_dark_page(report, visit):
    page, _ = visit(report / "index.html", color_scheme="dark")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('#record-box a.mark')].map(m => getComputedStyle(m).stroke)"""
    )
    light, _ = visit(report / "index.html", color_scheme="light")
    other = light.evaluate(
        """() => [...document.querySelectorAll('#record-box a.mark')].map(m => getComputedStyle(m).stroke)"""
    )
    assert set(drawn).isdisjoint(other)


def test_the_first_load_is_small(report):
    page = report / "index.html"
    assert page.stat().st_size < 2_000_000
    script = (pages.TEMPLATES / "page.js").stat().st_size
    assert script < 10_000
