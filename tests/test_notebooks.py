"""The notebooks read as articles, keep their outputs, and nbval really compares these."""

import ast
import itertools
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers import store, story
from helpers.publish.notebooks import run

pytestmark = pytest.mark.once

NOTEBOOKS = {path.stem: nbformat.read(path, as_version=4) for path in sorted(story.NOTEBOOKS.glob("*.ipynb"))}
SANITIZE = Path(__file__).with_name("notebooks.cfg")
MOST, MEDIAN = 8, 3  # lines of a code cell
SMALL = """
from helpers import chart, store
from helpers.chart import charts, say, timeline, words
chart.enable()
daily = timeline.daily(store.read("articles"))
charts.coverage(daily)
""", "say.finding(words.coverage(daily))", "store.read('articles')[['outlet']]"  # fmt: skip


def lines(cell) -> int:
    return sum(bool(line.strip()) for line in cell.source.splitlines())


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def words(notebook) -> list:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


@pytest.mark.parametrize("notebook", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_cells_are_short_and_only_call(notebook):
    assert max(map(lines, code(notebook))) <= MOST
    for cell in code(notebook):
        kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
        assert not kinds & {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While}


def test_half_of_the_cells_have_three_lines_or_fewer():
    assert statistics.median(lines(cell) for notebook in NOTEBOOKS.values() for cell in code(notebook)) <= MEDIAN


@pytest.mark.parametrize(("name", "notebook"), NOTEBOOKS.items(), ids=NOTEBOOKS)
def test_a_notebook_asks_answers_and_ends_with_its_limits(name, notebook):
    opening, *sections = words(notebook)
    number = name.split("_")[0]
    assert re.match(rf"# {number} · \w+: .+\?\n", opening)
    assert "**Reads**" in opening and "**Writes** nothing" in opening
    headings = [line for text in sections for line in text.splitlines() if line.startswith("#")]
    assert all(re.match(r"## .+\?$", heading) for heading in headings[:-1]) and headings[-1] == "## Limits"
    assert notebook.cells[-1].cell_type == "markdown"


@pytest.mark.parametrize("notebook", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_each_chart_is_followed_by_its_finding(notebook):
    cells = code(notebook)
    for chart, after in itertools.pairwise(cells):
        if re.search(r"^(?:charts|trust)\.", chart.source, re.MULTILINE):
            assert after.source.startswith("say.finding(")


@pytest.mark.parametrize("notebook", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_the_outputs_are_kept_small_and_from_this_machine_only(notebook):
    outputs = [output for cell in code(notebook) for output in cell.outputs]
    shows = [cell for cell in code(notebook) if isinstance(ast.parse(cell.source).body[-1], ast.Expr)]
    assert [cell.source for cell in shows if not cell.outputs] == []
    held = "".join(part for output in outputs for part in output.get("data", {}).values())
    assert len(held) < 300_000
    assert not re.search(r"<script|cdn|unpkg|jsdelivr|googleapis|widget-view", held)


@pytest.fixture
def compared(tmp_path):
    """Run a small notebook, keep its outputs, and let nbval compare them with those of the tables as they are then."""
    database = tmp_path / "small.duckdb"
    tables = {table: store.empty(table) for table in store.TABLES}
    times = pd.to_datetime(["2031-03-01", "2031-03-01", "2031-03-02"])
    articles = {"article_id": ["a", "b", "c"], "outlet": "North Wire", "published_at": times, "text": "x"}
    tables["articles"] = pd.DataFrame({**articles, "source_file": "x", "source_sha256": "x"})
    store.write(database, tables)
    path = tmp_path / "small.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in SMALL]), path)
    (tmp_path / "story.toml").write_text('title = "Small"\n')
    nbformat.write(run(story.load(tmp_path), path, database), path)

    def compared() -> list[str]:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "--nbval"]
        command += [
            "--nbval-current-env",
            "--nbval-sanitize-with",
            str(SANITIZE),
            "-rA",
            "--rootdir",
            str(tmp_path),
            str(path),
        ]
        environment = {**os.environ, "STORY_DATABASE": str(database), "STORY": str(tmp_path)}
        told = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path).stdout
        return re.findall(r"^(PASSED|FAILED) .*::Cell \d", told, re.MULTILINE)

    return database, compared


def test_nbval_fails_when_one_row_of_the_data_changes(compared):
    database, cells = compared
    assert cells() == ["PASSED", "PASSED", "PASSED"]
    with store.connect(database, write=True) as connection:
        connection.execute("UPDATE articles SET published_at = '2031-03-02' WHERE article_id = 'b'")
    # The chart and the sentence are other ones; the table of outlets is not.
    assert cells() == ["PASSED", "FAILED", "FAILED"]
