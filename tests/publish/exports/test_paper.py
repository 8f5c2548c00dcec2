from pathlib import Path

import pytest
from pypdf import PdfReader

from helpers.publish.exports import paper

pytestmark = pytest.mark.once

CHROMIUM = paper.browser()


@pytest.fixture(scope="module")
def report(publish, harbour) -> Path:
    return publish(harbour)


def links(file: Path) -> list[str]:
    notes = [note.get_object() for page in PdfReader(file).pages for note in page.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]


def test_a_browser_that_prints_nothing_makes_no_pdf(report, story, tmp_path):
    assert paper.write(report, story, str(tmp_path / "nothing")) is None
    assert not (report / paper.FILE).exists()


@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine (Debian: apt-get install chromium)")
def test_a_printed_report_names_no_folder_of_this_machine(report, story):
    file = paper.write(report, story, CHROMIUM)
    read = PdfReader(file)
    words = " ".join(" ".join(page.extract_text().split()) for page in read.pages)
    assert "Mara Ilves is quoted most: 3 of 5 statements" in words
    assert "How this was made, and its limits" in words
    assert read.metadata == {"/Title": "The harbour levy", "/Author": "The desk"}
    assert not [link for link in links(file) if not link.startswith("https://")]
    first = file.read_bytes()
    assert str(report).encode() not in first
    assert paper.write(report, story, CHROMIUM).read_bytes() == first
    at = story.model_copy(update={"address": "https://desk.example/levy/"})
    assert "https://desk.example/levy/corrections.html" in links(paper.write(report, at, CHROMIUM))
