import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import store
from helpers.publish import notebooks
from helpers.publish.notebooks import markdown, output, run, tidy
from helpers.story import NOTEBOOKS, StoryError

pytestmark = pytest.mark.once

ASKS = """
# Who *asks*?

<script>alert(1)</script> A [link](https://quay.example), a [trap](javascript:alert(1)), a ![picture](https://quay.example/i.png).

| a | b |
|---|--:|
| 1 | 2 |
"""
WORKS = """
import os, sys
import pandas as pd
from IPython.display import SVG, display
print(os.path.basename(os.environ["STORY"]), os.path.basename(os.getcwd()))
print("a warning", file=sys.stderr)
display(SVG('<svg xmlns="http://www.w3.org/2000/svg"><title>T</title><script>alert(1)</script><rect width="9"/></svg>'))
pd.DataFrame({"who": ["<b>Ilves</b>"]})
"""


@pytest.fixture
def folder(tmp_path):
    """Write notebooks into a folder of their own."""
    made = tmp_path / "steps"
    made.mkdir()

    def folder(**cells: list):
        for name, content in cells.items():
            nbformat.write(new_notebook(cells=content), made / f"{name}.ipynb")
        return made

    return folder


def test_notebooks_run_on_the_story_and_become_pages(story, folder, tmp_path):
    steps = folder(who_asks=[new_markdown_cell(ASKS), new_code_cell(WORKS)])
    before = (steps / "who_asks.ipynb").read_bytes()
    (made,) = notebooks(story, tmp_path / "report", steps)
    page = made.page.read_text(encoding="utf-8")
    assert (made.name, made.title) == ("who_asks", "Who *asks*?")
    assert "harbour steps" in page
    assert '<tr><th scope="row">0</th><td>&lt;b&gt;Ilves&lt;/b&gt;</td></tr>' in page
    assert '<title id="out-1-1-title">T</title>' in page and '<rect width="9"/>' in page
    assert "<script" not in page and "a warning" not in page.split("</code>")[1]
    assert story.about in page
    assert (steps / "who_asks.ipynb").read_bytes() == before

    (again,) = notebooks(story, tmp_path / "again", steps)
    assert (again.page.read_bytes(), again.notebook.read_bytes()) == (
        made.page.read_bytes(),
        made.notebook.read_bytes(),
    )


def test_the_first_hour_is_no_page_of_a_report(story, folder, tmp_path):
    steps = folder(**{"0_start": [new_code_cell("1 / 0")], "1_all": [new_code_cell("1")]})
    assert [made.name for made in notebooks(story, tmp_path / "report", steps)] == ["1_all"]


def test_a_cell_that_fails_is_named_and_nothing_is_written(story, folder, tmp_path):
    later = new_code_cell("2", execution_count=9)  # as it was saved, by an earlier run
    steps = folder(bad=[new_markdown_cell("# One"), new_code_cell("1"), new_code_cell("1 / 0"), later])
    with pytest.raises(StoryError, match=r"^bad\.ipynb, cell 3: ZeroDivisionError: division by zero\. Open it with"):
        notebooks(story, tmp_path / "report", steps)
    assert not (tmp_path / "report").exists()


def test_a_notebook_that_is_none_is_named(story, folder, tmp_path):
    steps = folder()
    (steps / "bad.ipynb").write_text("{broken")
    with pytest.raises(StoryError, match=r"bad\.ipynb: cannot be read as a notebook\."):
        notebooks(story, tmp_path / "report", steps)


def test_a_story_without_statements_has_its_notebooks(story, tmp_path):
    store.write(tmp_path / "silent.duckdb", {table: store.empty(table) for table in store.TABLES})
    run(story, NOTEBOOKS / "4_statements.ipynb", tmp_path / "silent.duckdb")


def test_tidy_leaves_nothing_of_the_machine():
    cell = new_code_cell(
        "1", id="a1b2", metadata={"execution": {"iopub.execute_input": "2031-01-01"}}, execution_count=1
    )
    cell.outputs = [
        new_output("stream", name="stderr", text="/home/reporter/x.py: warning"),
        new_output("execute_result", {"text/plain": "1"}, metadata={"seconds": 3}, execution_count=1),
    ]
    notebook = new_notebook(cells=[cell], metadata={"language_info": {"name": "python", "version": "3.11.7"}})
    tidied = tidy(notebook)
    assert tidied.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert (tidied.cells[0].id, tidied.cells[0].metadata) == ("cell-0", {})
    assert [one.output_type for one in tidied.cells[0].outputs] == ["execute_result"]
    assert tidied.cells[0].outputs[0].metadata == {}
    assert notebook.cells[0].id == "a1b2"
    nbformat.validate(tidied)


def test_markdown_is_inert():
    made = markdown(ASKS)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made
    assert '<a href="https://quay.example" rel="noopener noreferrer">link</a>' in made
    assert "javascript" not in made.replace("[trap](javascript:alert(1))", "")
    assert "<img" not in made and "picture" in made
    assert "<h2>Who <em>asks</em>?</h2>" in made
    assert '<th scope="col">a</th>' in made and "style=" not in made


@pytest.mark.parametrize(
    ("bundle", "shown"),
    [
        ({"text/html": "<b>x</b>", "text/plain": "<x>"}, '<pre tabindex="0" class="result">&lt;x&gt;</pre>'),
        ({"image/svg+xml": "<svg"}, '<pre tabindex="0" class="result">This chart could not be read.</pre>'),
        ({"application/json": "{}"}, ""),
        ({"text/markdown": "*x*"}, "<p><em>x</em></p>\n"),
    ],
)
def test_output_falls_back_to_text(bundle, shown):
    assert output(new_output("display_data", bundle), "o") == shown
