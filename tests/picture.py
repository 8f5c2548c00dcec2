"""Take the README's picture of the sample's report. Run by `make picture`; not a test."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    page_address = (ROOT / "reports" / "sample" / "index.html").as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 1500})
        page.goto(page_address)
        page.screenshot(path=ROOT / "reports" / "sample.png")
        browser.close()


if __name__ == "__main__":
    main()
