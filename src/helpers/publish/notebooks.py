"""Run the notebooks on a story and set them as pages of its report."""

import copy
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from lxml import etree
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from helpers.chart import figure
from helpers.publish import evidence, markup
from helpers.publish.pages import render
from helpers.story import NOTEBOOKS, Story, StoryError

TIMEOUT = 600  # seconds that one cell may take
MOST = 4  # notebooks that run at once: each is a Python of its own, with the story's tables in memory


@dataclass(frozen=True)
class Appendix:
    """A notebook as it was run on the story: its name, its title, its page and its executed copy."""

    name: str
    title: str
    page: Path
    notebook: Path


def notebooks(
    story: Story,
    out: Path,
    folder: Path = NOTEBOOKS,
    database: Path | None = None,
    progress: Callable[[Iterable, str], Iterable] = lambda things, _doing: things,
) -> list[Appendix]:
    """Run the notebooks of a folder on a story and write them to out/notebooks; 0_… is for its maker, not its readers.

    Notebooks only read, so as many run at once as there are cores; each in its own folder, in this environment's
    Python, with STORY set, and on `database` where that is not the story's own. Gives one Appendix a notebook, in the
    order of their names: a page in the report's style and an executed copy without times, versions or machine-made
    ids. Raises StoryError naming the notebook and the cell that fails.
    """
    target, paths = out / "notebooks", [path for path in sorted(folder.glob("*.ipynb")) if path.name[0] != "0"]
    with ThreadPoolExecutor(min(MOST, os.cpu_count() or 1)) as pool:
        runs = [pool.submit(run, story, path, database) for path in paths]
        shown = progress(list(zip(paths, runs, strict=True)), "notebooks")
        try:
            executed = [(path, done.result()) for path, done in shown]
        except BaseException:  # a cell that fails, or Ctrl-C: the notebooks that have not begun need not
            pool.shutdown(cancel_futures=True)
            raise
    target.mkdir(parents=True, exist_ok=True)
    for old in (*target.glob("*.html"), *target.glob("*.ipynb")):
        old.unlink()
    return [_publish(story, path, notebook, target) for path, notebook in executed]


def refresh(story: Story, folder: Path = NOTEBOOKS) -> None:
    """Run every notebook of a folder on a built story and keep its outputs in the file, to commit them."""
    for path in sorted(folder.glob("*.ipynb")):
        path.write_text(nbformat.writes(run(story, path), indent=1) + "\n", encoding="utf-8")


def run(story: Story, path: Path, database: Path | None = None) -> nbformat.NotebookNode:
    """Run one notebook on a story; gives the executed copy and leaves the file alone."""
    notebook = _read(path)
    # No kernel directories: the only kernel left is this environment's own, whatever else is installed.
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=TIMEOUT,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
    )
    client.owns_km = True  # else the kernel would go on after the notebook is done
    settings = {
        "STORY": str(story.folder),
        "STORY_DATABASE": str(database or story.database),
        "PYTHONHASHSEED": "0",
        "TQDM_DISABLE": "1",
        figure.SWITCH: "0",
    }
    try:
        client.execute(env={**os.environ, **settings})
    except CellExecutionError as error:
        reason = f"{error.ename}: {error.evalue}".split("\n", 1)[0].rstrip(".")
        raise StoryError(
            f"{path.name}, cell {_failed(notebook)}: {reason}. Open it with `ontherecord lab` and mend that cell."
        ) from None
    except CellTimeoutError:
        raise StoryError(
            f"{path.name}, cell {_failed(notebook)}: ran longer than {TIMEOUT} seconds. Make the cell do less."
        ) from None
    except DeadKernelError:
        raise StoryError(
            f"{path.name}, cell {_failed(notebook)}: Python died, often for want of memory. Try a smaller story."
        ) from None
    return tidy(notebook)


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Give a copy without what changes from run to run or machine to machine.

    What went to stderr is left out: progress bars and warnings, which name the folders of the machine.
    """
    tidied = copy.deepcopy(notebook)
    tidied.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for number, cell in enumerate(tidied.cells):
        cell.id = f"cell-{number}"
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
            for output in cell.outputs:
                output.pop("transient", None)
                if "metadata" in output:
                    output.metadata = nbformat.from_dict({})
    return tidied


def markdown(text: str) -> Markup:
    """Set a notebook's Markdown as HTML: no raw HTML, no pictures from elsewhere, links to the web only."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        # The page's own title is its only first heading.
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(2, int(token.tag[1])))}"
        if token.type == "th_open":
            token.attrSet("scope", "col")
        token.attrs.pop("style", None)
        token.children = _children(token.children) if token.children else token.children
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def output(item: nbformat.NotebookNode, name: str) -> Markup:
    """Set one output of a cell as HTML: a chart as SVG, a table as a table, all else as text."""
    if item.output_type == "stream":
        return _pre(item.text)
    bundle = item.get("data", {})
    if "image/svg+xml" in bundle:
        try:
            return Markup('<div class="plot" tabindex="0" role="group" aria-label="Chart">{}</div>').format(
                markup.svg("".join(bundle["image/svg+xml"]), name, *_words(bundle["image/svg+xml"]))
            )
        except etree.XMLSyntaxError:
            return _pre("This chart could not be read.")
    if "text/markdown" in bundle:
        return markdown(bundle["text/markdown"])
    if "text/html" in bundle and (table := markup.table(bundle["text/html"])):
        return Markup('<div class="scroll" tabindex="0" role="group" aria-label="Table">{}</div>').format(table)
    return _pre(bundle["text/plain"]) if "text/plain" in bundle else Markup("")


def _publish(story: Story, path: Path, notebook: nbformat.NotebookNode, target: Path) -> Appendix:
    copied, page = target / path.name, target / f"{path.stem}.html"
    copied.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    title, cells = _title(notebook, path.stem), []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            cells.append({"kind": "words", "html": markdown(_untitled(cell.source, title))})
        elif cell.cell_type == "code" and cell.source.strip():
            outputs = [output(item, f"out-{number}-{place}") for place, item in enumerate(cell.outputs)]
            cells.append({"kind": "code", "source": cell.source, "outputs": [one for one in outputs if one]})
    render("notebook.html.j2", page, root="../", story=story, title=title, cells=cells, file=path.name)
    return Appendix(path.stem, title, page, copied)


def _read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook without the outputs and counts of its last run."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (ValueError, OSError, nbformat.ValidationError):
        raise StoryError(f"{path}: cannot be read as a notebook. Put back the version that worked.") from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _failed(notebook: nbformat.NotebookNode) -> int:
    # Counted as a reader counts them, from one, text and code alike; the last that started is the one that failed.
    started = [n for n, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code" and cell.execution_count]
    return started[-1] if started else 1


def _title(notebook: nbformat.NotebookNode, name: str) -> str:
    lines = [line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    return next((line[2:].strip() for line in lines if line.startswith("# ")), name.replace("_", " "))


def _untitled(source: str, title: str) -> str:
    return "\n".join(line for line in source.splitlines() if line.strip() != f"# {title}")


def _words(source: str) -> tuple[str, str]:
    root = etree.fromstring("".join(source).encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True))
    found = [root.findtext(f"{{{markup.SVG}}}{tag}") for tag in ("title", "desc")]
    return found[0] or "Chart", found[1] or "The figures of this chart come from the cell above it."


def _children(tokens: list) -> list:
    kept, dropped = [], 0
    for token in tokens:
        if token.type == "image":
            token.type, token.tag = "text", ""
        elif token.type == "link_open":
            target = str(token.attrGet("href") or "")
            if not (evidence.web(target) or target.startswith("#")):
                dropped += 1
                continue
            token.attrSet("rel", "noopener noreferrer")
        elif token.type == "link_close" and dropped:
            dropped -= 1
            continue
        kept.append(token)
    return kept


def _pre(text: str) -> Markup:
    return Markup('<pre tabindex="0" class="result">{}</pre>').format(escape(markup.visible("".join(text).rstrip())))
