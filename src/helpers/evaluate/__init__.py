"""Measure the annotation against gold data, with the field's metrics."""

from importlib import import_module
from pathlib import Path

from helpers.story import StoryError

TASKS = {  # each a module of this room with a function report(corpus) -> str
    "attribution": "a brat folder as PolNeAR's (text/, attributions/)",
    "speakers": "a .jsonl of named sources, with the PolNeAR texts in polnear/ beside its folder",
    "times": "a folder of TimeML files",
    "pairs": "a table of premise, hypothesis and label, tab between them",
    "checked": "a story whose checked.csv is filled in: see `ontherecord review --sample`",
    "story": "a story folder with a gold.json",
}


def table(task: str, corpus: Path) -> str:
    """Give the printed table of one task's figures on one corpus.

    Raises StoryError where there is no such task or the corpus is not of its kind.
    """
    if task not in TASKS:
        raise StoryError(f"'{task}' is no task; the tasks are {', '.join(TASKS)}.")
    try:
        return import_module(f"helpers.evaluate.{task}").report(corpus)
    except (OSError, ValueError) as error:
        raise StoryError(f"{corpus}: cannot be evaluated ({error}). `{task}` needs {TASKS[task]}.") from None
