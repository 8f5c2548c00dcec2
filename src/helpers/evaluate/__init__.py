"""Measure the annotation against gold data, with the field's metrics."""

from pathlib import Path

from helpers.story import StoryError

TASKS = ("attribution", "times", "story")


def table(task: str, corpus: Path) -> str:
    """Give the printed table of one task's figures on one corpus.

    `attribution` needs a brat folder as PolNeAR's (text/, attributions/), `times` a folder of TimeML files, `story` a
    story folder with a gold.json. Raises StoryError where the corpus is not of that kind.
    """
    if task == "attribution":
        from helpers.annotate import statements
        from helpers.evaluate import attribution

        return attribution.report(corpus, statements.find)
    if task == "times":
        from helpers.evaluate import times

        return times.report(corpus)
    if task == "story":
        from helpers.evaluate import story

        return story.report(corpus)
    raise StoryError(f"'{task}' is no task; the tasks are {', '.join(TASKS)}.")
