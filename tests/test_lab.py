"""JupyterLab as a journalist meets it: the committed notebook opens and its chart is seen."""

import re
import shutil
import socket
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright

from helpers import lab, story

chromium = shutil.which("chromium")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def address():
    port = free_port()
    options = ["--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.port_retries=0"]
    server = lab.serve(story.load(story.ROOT / "data" / "sample"), [*options, f"--port={port}"])
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.mark.skipif(chromium is None, reason="needs Chromium: apt-get install chromium")
def test_the_committed_chart_is_seen(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1200})
        for _ in range(240):  # until the server answers; each refusal takes its time
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5).close()
                break
            except OSError:
                page.wait_for_timeout(250)
        page.goto(f"{address}/lab/tree/2_coverage.ipynb")
        drawing = page.locator(".jp-RenderedSVG img").first
        expect(drawing).to_be_visible(timeout=90_000)
        expect(drawing).to_have_js_property("complete", True)
        expect(drawing).to_have_attribute("src", re.compile("Coverage%20peaked"))
        assert drawing.evaluate("image => image.naturalWidth") > 600
        browser.close()
