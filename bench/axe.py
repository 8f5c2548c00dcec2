"""Check every page of a report against WCAG 2.2 AA with axe, as a reader sees it: light and dark, on three widths.

    python bench/axe.py [REPORT]

The report is reports/sample if none is given. Prints each rule that is broken, with the page where it is first, and how
many checks were made; a page that is wider than its window is told as one more rule. Exits 1 where anything is broken.
"""

import shutil
import sys
from collections import defaultdict
from pathlib import Path

import axe_playwright_python.base as axe
from playwright.sync_api import sync_playwright
from tqdm import tqdm

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES, WIDTHS = ("light", "dark"), (400, 800, 1400)
BROKEN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(all => all.violations)"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def main(report: Path) -> int:
    """Print what is broken; gives the exit code."""
    pages = sorted(report.rglob("*.html"))
    if not pages:
        sys.exit(f"{report}: no report. Make it: ontherecord report data/sample")
    broken: dict[str, list[str]] = defaultdict(list)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for path in tqdm(pages, unit="page", leave=False):
            page = browser.new_page()
            page.goto(path.resolve().as_uri())
            page.evaluate(Path(axe.AXE_FILE_PATH).read_text(encoding="utf-8"))
            for scheme, width in ((scheme, width) for scheme in SCHEMES for width in WIDTHS):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                where = f"{path.relative_to(report)}, {scheme}, {width} px"
                for rule in page.evaluate(BROKEN, TAGS):
                    broken[rule["id"]].append(f"{where}: {rule['nodes'][0]['html'][:200]}")
                if page.evaluate(WIDER):
                    broken["wider than its window"].append(where)
            page.close()
        browser.close()
    for rule, places in sorted(broken.items()):
        print(f"{rule}: {len(places)} times, first on {places[0]}")
    print(f"{len(pages)} pages, {len(pages) * len(SCHEMES) * len(WIDTHS):,} checks, {len(broken)} rules broken")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if sys.argv[1:] else "reports/sample")))
