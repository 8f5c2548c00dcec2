"""Processes that call functions for a script that needs no guard, and end when it does."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from helpers.annotate import engine, pool
from helpers.story import StoryError

pytestmark = pytest.mark.once

ARTICLE = """\
---
title: Ford {n} stays shut
outlet: The Tolm Post
published_at: 2024-03-05T09:00:00Z
---
Finance Minister Laura Dennholm said on Monday that ford number {n} would stay shut until the water falls.
"""


def test_a_function_gives_there_what_it_gives_here():
    with pool.started(2) as ask:
        asked = [ask(divmod, number, 2) for number in range(5)]
        assert [one.result() for one in asked] == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]


def test_what_a_function_prints_is_no_answer():
    with pool.started(1) as ask:
        assert ask(print, "not an answer").result() is None
        assert ask(os.write, 1, b"nor is this\n").result() == 12


def test_what_a_function_raises_is_raised_here():
    with pool.started(1) as ask:
        with pytest.raises(ZeroDivisionError) as raised:
            ask(divmod, 1, 0).result()
        assert ask(divmod, 7, 2).result() == (3, 1)
    assert "_answer" in raised.value.__notes__[0]  # where, there


def test_a_process_that_dies_is_told():
    with pool.started(1) as ask, pytest.raises(StoryError) as told:
        ask(os._exit, 9).result()
    assert str(told.value) == (
        "A process that annotates came to an end (status 9), perhaps for want of memory. Build again with --processes 1: "
        "what is annotated is kept."
    )


def test_a_script_without_a_guard_builds_on_many_processes(folder, tmp_path):
    for n in range(engine.SMALL):
        (folder / "articles" / f"{n}.txt").write_text(ARTICLE.format(n=n), encoding="utf-8")
    (tmp_path / "pickle.py").write_text("raise SystemExit('the wrong module')", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path; from helpers import build, story\n"
        f"built = build.build(story.load(Path({str(folder)!r})), Path({str(tmp_path / 'story.duckdb')!r}), 2)\n"
        "print(built.annotated)\n",
        encoding="utf-8",
    )
    ran = subprocess.run([sys.executable, "-P", script], capture_output=True, text=True, cwd=tmp_path)
    assert (ran.stdout, ran.stderr, ran.returncode) == (f"{engine.SMALL + 2}\n", "", 0)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs processes that can be killed")
def test_who_is_killed_leaves_no_process_behind():
    script = (
        "from helpers.annotate import pool; import sys\n"
        "with pool.started(2) as ask: print(ask(divmod, 7, 2).result(), flush=True); sys.stdin.read()\n"
    )
    asks = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert asks.stdout.readline() == "(3, 1)\n"
    workers = psutil.Process(asks.pid).children()
    assert len(workers) == 2
    asks.kill()
    asks.communicate()
    assert psutil.wait_procs(workers, timeout=60)[1] == []
