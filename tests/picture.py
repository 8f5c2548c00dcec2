"""Take the README's pictures of the sample's report and notebooks. Run by `make picture`; not a test."""

import os
import shutil
import socket
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from helpers import lab, story

ROOT = Path(__file__).resolve().parents[1]
REPORT, PICTURES = ROOT / "reports" / "sample", ROOT / "reports"
LARGEST = 300_000  # bytes of a picture
PAGES = {  # what is pictured: the first page that there is
    "sample.png": ["index.html"],
    "actor.png": ["actors/*.html"],
    "statement.png": ["articles/*.html"],
}
NOTEBOOKS = {"notebook_start.png": "0_start.ipynb", "notebook_statements.png": "4_statements.ipynb"}


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 1500})
        for name, patterns in PAGES.items():
            found = [path for pattern in patterns for path in sorted(REPORT.glob(pattern))]
            if found:
                # The page with most on it shows best what such a page is.
                page.goto(max(found, key=lambda path: (path.stat().st_size, path.name)).as_uri())
                take(page, name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = ["--no-browser", "--allow-root", "--IdentityProvider.token=", f"--port={port}"]
        os.environ["JUPYTER_CONFIG_DIR"] = tempfile.mkdtemp()  # JupyterLab as it comes, whatever its user has set
        server = lab.serve(story.load(ROOT / "data" / "sample"), options)
        try:
            wait(f"http://127.0.0.1:{port}/api")
            page.set_viewport_size({"width": 1400, "height": 1100})
            for name, notebook in NOTEBOOKS.items():
                page.goto(f"http://127.0.0.1:{port}/lab/workspaces/{Path(name).stem}/tree/{notebook}")
                drawing = page.locator(".jp-RenderedSVG img").first
                drawing.wait_for(timeout=90_000)
                page.keyboard.press("Control+b")  # the list of files tells a reader nothing
                drawing.scroll_into_view_if_needed()
                page.wait_for_timeout(1_500)  # until the notebook has come to rest
                take(page, name)
        finally:
            server.terminate()
            server.wait()
        browser.close()


def take(page: Page, name: str) -> None:
    path = PICTURES / name
    page.screenshot(path=path)
    if path.stat().st_size > LARGEST:
        path.unlink()
        raise SystemExit(f"{path}: larger than {LARGEST:,} bytes. Take a smaller part of the page in tests/picture.py.")
    print(f"{path}: {path.stat().st_size:,} bytes")


def wait(address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"{address}: JupyterLab does not answer.")


if __name__ == "__main__":
    main()
