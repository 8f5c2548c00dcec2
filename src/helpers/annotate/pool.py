"""Processes that call functions for this one.

They start from this module, not, as those of multiprocessing, from the script that asks, which then needs no guard. And
each ends when nobody is left to ask it: a build that is killed leaves none behind.
"""

import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from queue import SimpleQueue

from helpers.story import StoryError


@contextmanager
def started(size: int) -> Iterator[Callable[..., Future]]:
    """Start so many processes; gives what has one of them call a function of a module, as `submit` of an executor.

    The future raises what the function raised, and StoryError where the process came to an end.
    """
    all_ = [_process() for _ in range(size)]
    idle: SimpleQueue[subprocess.Popen] = SimpleQueue()
    for process in all_:
        idle.put(process)

    def ask(*call: object) -> object:
        process = idle.get()
        try:
            pickle.dump(call, process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
        except (EOFError, OSError):
            raise StoryError(
                f"A process that annotates came to an end (status {process.wait()}), perhaps for want of memory. Build "
                "again with --processes 1: what is annotated is kept."
            ) from None
        finally:
            idle.put(process)
        if isinstance(answer, Exception):
            raise answer
        return answer

    threads = ThreadPoolExecutor(size)  # each waits for a process
    try:
        yield partial(threads.submit, ask)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for process in all_:
            process.kill()
            process.wait()
        threads.shutdown()
        for process in all_:
            with suppress(OSError):  # of what it did not take any more
                process.stdin.close()
            process.stdout.close()


def _process() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],  # no module of the folder that this happens to run in
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def _answer() -> None:
    """Answer whoever started this process, until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for who asks to stop
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing comes between them
    with suppress(EOFError, BrokenPipeError):
        while True:
            function, *given = pickle.load(sys.stdin.buffer)
            try:
                answer = function(*given)
            except Exception as error:
                error.add_note(traceback.format_exc())
                answer = error
            pickle.dump(answer, answers)
            answers.flush()


if __name__ == "__main__":
    _answer()
