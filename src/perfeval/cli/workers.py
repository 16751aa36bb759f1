"""Worker processes for documents that may hang or crash: one that does costs its own document and no other."""

from __future__ import annotations

__all__ = ["Begun", "Lost", "Work", "in_workers"]

import contextlib
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any

import attrs

_PATIENCE = 3  # seconds between asking a worker to end and ending it


@attrs.frozen
class Begun:
    """What work says before each document: a failure from here on is this document's.

    ``more`` says that others of the same task may follow, which another worker then goes on with.
    """

    name: str
    more: bool = False


@attrs.frozen
class Lost:
    """A document that cost its worker: it took more than ``seconds``, or the process died (``status``)."""

    name: str
    seconds: int | None = None
    status: str = ""


Work = Callable[[str, int], Iterator[object]]
"""Does one task (a path) but for its first so many documents: ``Begun``, a result, ``Begun``, a result…

A result is anything that can be pickled and is not None. After the last one, one more may stand.
"""


@attrs.define(eq=False)
class _Worker:
    """A process, and how far it is with its task."""

    process: BaseProcess
    connection: Connection[Any, Any]
    task: int | None = None
    begun: Begun | None = None
    finished: int = 0
    deadline: float = 0  # exact: a time of the clock


def in_workers(
    work: Work, tasks: Sequence[str], *, jobs: int, seconds: int
) -> Generator[tuple[int, object | None], None, None]:
    """Give the number of a task with each result, and with None where the task is done, as they come.

    A worker that is ``seconds`` over one document is ended, and one that dies is replaced; ``Lost`` stands for
    the document. Python's own pool would break as a whole there.
    """
    waiting = deque((number, 0) for number in range(len(tasks)))
    workers: list[_Worker] = []
    try:
        while True:
            _employ(workers, waiting, tasks, work, jobs, seconds)
            busy = [worker for worker in workers if worker.task is not None]
            if not busy:
                return
            patience = max(0, min(worker.deadline for worker in busy) - monotonic())
            ready = wait([worker.connection for worker in busy], patience)
            for worker in busy:
                number = worker.task
                if number is None or not (worker.connection in ready or monotonic() > worker.deadline):
                    continue
                message = _hear(worker, seconds, is_ready=worker.connection in ready)
                if isinstance(message, Begun):
                    continue
                yield number, message
                if isinstance(message, Lost):
                    workers.remove(worker)
                    _stop(worker)
                    if worker.begun is not None and worker.begun.more:
                        waiting.appendleft((number, worker.finished + 1))
                    else:
                        yield number, None
    finally:
        for worker in workers:
            _stop(worker)


def _employ(
    workers: list[_Worker],
    waiting: deque[tuple[int, int]],
    tasks: Sequence[str],
    work: Work,
    jobs: int,
    seconds: int,
) -> None:
    """Give each idle worker a task, and start workers as long as there are tasks for them."""
    idle = [worker for worker in workers if worker.task is None]
    while waiting and (idle or len(workers) < jobs):
        if not idle:
            workers.append(_start(work))
        worker = idle.pop() if idle else workers[-1]
        worker.task, worker.finished = waiting.popleft()
        worker.begun, worker.deadline = None, monotonic() + seconds
        with contextlib.suppress(OSError):  # it died while it was idle: hearing from it will say so
            worker.connection.send((tasks[worker.task], worker.finished))


def _hear(worker: _Worker, seconds: int, *, is_ready: bool) -> object | None:
    name = worker.begun.name if worker.begun else ""
    if not is_ready:
        return Lost(name, seconds=seconds)
    try:
        message: object | None = worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join(_PATIENCE)
        return Lost(name, status=_status(worker.process.exitcode))
    worker.deadline = monotonic() + seconds
    if isinstance(message, Begun):
        worker.begun = message
    elif message is None:
        worker.task = None
    else:
        worker.begun = None
        worker.finished += 1
    return message


def _status(code: int | None) -> str:
    with contextlib.suppress(ValueError):  # a signal that has no name
        if code is not None and code < 0:
            return signal.Signals(-code).name
    return f"exit {code}"


def _start(work: Work) -> _Worker:
    context = get_context("spawn")  # a fork copies the locks of threads, and Windows has none
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, work), daemon=True)
    with _deaf():
        process.start()
    there.close()
    return _Worker(process, here)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Let a process that is started here inherit that Ctrl-C is not meant for it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(worker: _Worker) -> None:
    """Ask a worker to end, which lets it end LibreOffice and remove its files; then make it end."""
    worker.process.terminate()
    worker.process.join(_PATIENCE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    worker.process.close()
    worker.connection.close()


def _serve(connection: Connection[Any, Any], work: Work) -> None:
    """Do tasks until the pipe is closed: what a worker process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit())
    with contextlib.suppress(EOFError, OSError):  # the other end is gone
        while True:
            for message in work(*connection.recv()):
                connection.send(message)
            connection.send(None)
