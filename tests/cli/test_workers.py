"""The pool: results of every task whatever happens to a worker, and only its own document lost."""

import os
import signal
import time
from collections.abc import Iterator

from perfeval.cli.workers import Begun, Lost, in_workers


def work(task: str, skip: int) -> Iterator[object]:
    """Documents of a task, divided by spaces; what each is called is what it does."""
    names = task.split()
    for name in names[skip:]:
        yield Begun(name, more=len(names) > 1)
        if name == "hang":
            time.sleep(60)
        elif name == "crash":
            os._exit(3)
        elif name == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        yield name.encode()


def vanish(task: str, skip: int) -> Iterator[object]:
    del skip
    if task == "gone":
        os._exit(4)
    yield b"there"


def outcomes(tasks: list[str], jobs: int = 2, seconds: int = 30) -> list[list[object]]:
    found: list[list[object]] = [[] for _ in tasks]
    for number, result in in_workers(work, tasks, jobs=jobs, seconds=seconds):
        found[number].append(result)
    return found


def test_results_of_every_task() -> None:
    tasks = [f"d{number}" for number in range(20)]
    assert outcomes(tasks, jobs=3) == [[task.encode(), None] for task in tasks]
    assert outcomes([]) == []


def test_a_crash_costs_one_document() -> None:
    assert outcomes(["a", "crash", "kill", "b"]) == [
        [b"a", None],
        [Lost("crash", status="exit 3"), None],
        [Lost("kill", status="SIGKILL"), None],
        [b"b", None],
    ]


def test_the_rest_of_an_archive_is_read() -> None:
    assert outcomes(["a crash b kill", "c"]) == [
        [b"a", Lost("crash", status="exit 3"), b"b", Lost("kill", status="SIGKILL"), None],
        [b"c", None],
    ]


def test_time_is_up() -> None:
    start = time.monotonic()
    assert outcomes(["hang", "a"], jobs=1, seconds=2) == [[Lost("hang", seconds=2), None], [b"a", None]]
    assert time.monotonic() - start < 20


def test_a_worker_that_dies_before_any_document() -> None:
    found = list(in_workers(vanish, ["gone", "a"], jobs=1, seconds=30))
    assert found == [(0, Lost("", status="exit 4")), (0, None), (1, b"there"), (1, None)]


def test_no_process_outlives_the_pool() -> None:
    results = in_workers(work, ["a", "hang"], jobs=2, seconds=30)
    assert next(results)[1] == b"a"
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < 10
