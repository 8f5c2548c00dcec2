"""JupyterLab as a journalist meets it: notebooks open, run and show their charts, and nothing leaves the machine.

The first two here, `LAB=all pytest tests/test_lab.py` for every one.
"""

import os
import re
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

from helpers import build, lab, story

CHROMIUM = shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine (Debian: apt-get install chromium)"),
]

EVERY = sorted(path.name for path in story.NOTEBOOKS.glob("*.ipynb"))
NOTEBOOKS = EVERY if os.environ.get("LAB") == "all" else ["0_start.ipynb", "2_coverage.ipynb"]
CHARTS = re.compile(r"^(?:charts|trust)\.", re.MULTILINE)

IDLE = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
DONE = """() => {
    const cells = window.jupyterapp?.shell.currentWidget?.content?.widgets ?? [];
    const code = cells.filter(cell => cell.model.type === 'code' && cell.model.sharedModel.source.trim());
    return code.length > 0 && code.every(cell => cell.model.executionState === 'idle' && cell.model.executionCount);
}"""
ERRORS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === 'code')
    .flatMap(cell => cell.model.outputs.toJSON())
    .filter(output => output.output_type === 'error').map(output => output.evalue)"""
# The marks of a drawing that take room, once it is laid out.
MARKS = """image => {
    const text = decodeURIComponent(image.src.slice(image.src.indexOf(',') + 1));
    const drawing = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    document.body.append(drawing);
    const boxes = [...drawing.querySelectorAll('.role-mark :is(path, line, text)')]
        .map(mark => mark.getBoundingClientRect()).filter(box => box.width + box.height > 1);
    drawing.remove();
    return boxes.length;
}"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def interactive(request) -> bool:
    return request.param


@pytest.fixture(scope="module")
def served(tmp_path_factory, ford, interactive):
    """JupyterLab on copies of the notebooks, without their outputs, about a built story of two articles."""
    place = tmp_path_factory.mktemp("lab")
    built = story.load(ford(place))
    steps = place / "steps"
    steps.mkdir()
    for name in NOTEBOOKS:
        notebook = nbformat.read(story.NOTEBOOKS / name, as_version=4)
        nbformat.write(notebook, steps / f"saved_{name}")
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, steps / name)
    port = free_port()
    options = ["--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.port_retries=0"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORY_DATABASE", str(place / "ford.duckdb"))
        patch.setenv("JUPYTER_CONFIG_DIR", str(place / "config"))  # whoever runs this keeps their own settings
        build.build(built, processes=1)
        options += [f"--port={port}", "--LabApp.expose_app_in_browser=True"]
        server = lab.serve(built, options, interactive=interactive, notebooks=steps)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="module")
def page(served):
    """A browser's page, and the addresses outside this machine that it asked for."""
    with sync_api.sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root, as in most containers.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 4000})
        page.set_default_timeout(90_000)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        for _ in range(240):  # until the server answers; each refusal takes its time
            try:
                urllib.request.urlopen(f"{served}/api", timeout=5).close()
                break
            except OSError:
                page.wait_for_timeout(250)
        yield page
        browser.close()


@pytest.fixture
def opened(served, page):
    """Open a notebook; its kernel ends with the test."""

    def opened(name: str, run: bool = True):
        page.goto(f"{served}/lab/workspaces/{Path(name).stem}/tree/{name}")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        page.wait_for_function(IDLE)  # a kernel that is still starting would outlive its page
        if run:
            page.get_by_role("menubar").get_by_text("Run", exact=True).click()
            page.get_by_text("Run All Cells", exact=True).click()
            page.wait_for_function(DONE)
            assert page.evaluate(ERRORS) == []
        return page

    yield opened
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


def outside(page, served) -> list[str]:
    return [url for url in page.asked if not url.startswith((served, served.replace("http", "ws"), "data:", "blob:"))]


def seen(page, wanted: int) -> list[int]:
    """Give, for each of the wanted charts of the page, how many of its marks take room."""
    drawings = page.locator(".jp-OutputArea-output.jp-RenderedSVG img")
    sync_api.expect(drawings).to_have_count(wanted, timeout=30_000)
    counts = []
    for place in range(wanted):
        drawing = drawings.nth(place)
        drawing.scroll_into_view_if_needed()
        sync_api.expect(drawing).to_be_visible()
        sync_api.expect(drawing).to_have_js_property("complete", True)
        assert drawing.evaluate("image => image.naturalWidth") > 300
        counts.append(drawing.evaluate(MARKS))
    return counts


still = pytest.mark.parametrize("interactive", [False], indirect=True, scope="module")
lively = pytest.mark.parametrize("interactive", [True], indirect=True, scope="module")


@still
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_runs_and_each_chart_is_seen(name, opened, served):
    notebook = nbformat.read(story.NOTEBOOKS / name, as_version=4)
    wanted = sum(bool(CHARTS.search(cell.source)) for cell in notebook.cells if cell.cell_type == "code")
    page = opened(name)
    assert all(marks > 1 for marks in seen(page, wanted))
    assert outside(page, served) == []


@still
def test_a_saved_chart_is_seen_before_anything_is_run(opened, served):
    page = opened("saved_2_coverage.ipynb", run=False)
    assert seen(page, 1)[0] > 1 and outside(page, served) == []


@lively
def test_an_interactive_chart_tells_the_day_under_the_mouse(opened, served):
    page = opened("2_coverage.ipynb")
    bars = page.locator(".vega-embed svg.marks path[fill='#0072B2'], .vega-embed svg.marks path[fill='#D55E00']")
    sync_api.expect(bars).to_have_count(5, timeout=30_000)  # two days, twice; the busiest once more
    bars.last.hover(position={"x": 3, "y": 3})
    rows = page.locator("#vg-tooltip-element.visible tr").all_inner_texts()
    assert [" ".join(row.split()) for row in rows] == ["outlet All outlets", "day Mar 05, 2024", "articles 1"]
    assert outside(page, served) == []


@lively
def test_an_interactive_table_can_be_sorted(opened, served):
    page = opened("0_start.ipynb")
    table = page.locator("table.dataTable").first
    sync_api.expect(table.locator("tbody tr")).to_have_count(2, timeout=30_000)
    for outlets in (["The Esk Mail", "The Tolm Post"], ["The Tolm Post", "The Esk Mail"]):
        table.locator("thead th", has_text="outlet").click()
        sync_api.expect(table.locator("tbody tr td:first-child")).to_have_text(outlets)
    assert table.locator("tbody td").first.evaluate("cell => getComputedStyle(cell).whiteSpace") == "normal"
    assert page.locator(".vega-embed svg.marks").count() == 1
    assert outside(page, served) == []


@still
def test_jupyterlab_asks_no_leave_to_fetch_its_news(opened, served):
    page = opened("saved_2_coverage.ipynb", run=False)
    settings = f"{served}/lab/api/settings/@jupyterlab/apputils-extension:notification"
    asked = page.request.get(settings).json()["schema"]["properties"]
    assert (asked["fetchNews"]["default"], asked["checkForUpdates"]["default"]) == ("false", False)
    assert page.get_by_text("Would you like to get notified").count() == 0
