"""Worker processes that map a function over pages, in order, in bounded memory, and outlive each other's deaths.

A worker has one page at a time; there are as many pages in memory as workers, and a window of outcomes that wait for
an earlier one. A worker that dies has its page tried once more in another; a page that kills two is rejected.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection as pipes
from multiprocessing import get_context, resource_tracker

from pipeline.engine._outcome import Outcome, finished
from pipeline.engine._worker import READY, Work, serve, surroundings
from pipeline.errors import EngineError
from pipeline.model import Page, Reason, Rejected

_WINDOW = 16  # outcomes a worker that may wait for an earlier one
_TRIES = 2
_LIFE = 2000  # pages a worker does before another takes its place: its memory grows by some 0.1 MB a page
_START_SECONDS = 120.0  # to start, beside what its first page may take
_STILLBORN = 3  # workers in a row that die before they can work: something is wrong with the machine, not with a page


@dataclass(slots=True)
class Task:
    """An item on its way through the pool: a page to process, or an outcome that is known already.

    `key` is the page's in the journal, None for what a reader rejected. `known`: the journal had the outcome.
    """

    key: bytes | None
    page: Page | None = None
    outcome: Outcome | None = None
    known: bool = field(init=False)
    tries: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.known = self.key is not None and self.outcome is not None


class _Worker:
    """A process and the parent's end of its pipe."""

    def __init__(self, work: Work) -> None:
        spawn = get_context("spawn")
        self.connection, theirs = spawn.Pipe()
        self.process = spawn.Process(target=serve, args=(theirs, work), daemon=True)
        resource_tracker.ensure_running()  # it would unblock signals while the first worker starts
        with surroundings():
            self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.ready = False
        self.pages = 0
        self.deadline = 0.0

    def end(self) -> int | None:
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


class Pool:
    """`workers` processes at most, started when there is work for them; a page may take `seconds`."""

    def __init__(self, work: Work, *, workers: int, seconds: float) -> None:
        self._work = work
        self._most = workers
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._stillborn = 0

    def map(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Give the tasks back in their order, each with its outcome. EngineError when no worker can be started."""
        waiting: deque[Task] = deque()
        iterator = iter(tasks)
        ended = False
        while waiting or not ended:
            while self._again and self._free():
                self._give(self._again.popleft())
            room = not ended and self._free() and len(waiting) < _WINDOW * self._most
            task = next(iterator, None) if room else None
            if task:
                waiting.append(task)
                if not task.outcome:
                    self._give(task)
            ended = ended or (room and task is None)
            if not room and not waiting[0].outcome:
                self._wait()
            while waiting and waiting[0].outcome:
                yield waiting.popleft()

    def close(self) -> None:
        """End every worker at once."""
        while self._workers:
            self._workers.pop().end()

    def _free(self) -> bool:
        return len(self._workers) < self._most or any(worker.task is None for worker in self._workers)

    def _give(self, task: Task) -> None:
        worker = next((worker for worker in self._workers if worker.task is None), None)
        if worker is None:
            worker = self._start()
        worker.task = task
        worker.deadline = time.monotonic() + self._seconds + (0 if worker.ready else _START_SECONDS)
        with suppress(OSError):  # a worker that is dead already is noticed when it is listened to
            worker.connection.send(task.page)

    def _start(self) -> _Worker:
        try:
            worker = _Worker(self._work)
        except OSError as error:
            raise EngineError(f"no worker process can be started: {error.strerror or error}") from error
        self._workers.append(worker)
        return worker

    def _wait(self) -> None:
        """Listen until a worker says something, dies, or has taken too long."""
        busy = {worker.connection: worker for worker in self._workers if worker.task}
        first = min((worker.deadline for worker in busy.values()), default=0.0)
        for spoken in pipes.wait(list(busy), max(0.0, first - time.monotonic())):
            self._hear(busy[spoken])  # type: ignore[index]  # only connections were waited for
        for worker in [worker for worker in self._workers if worker.task]:
            if worker.deadline <= time.monotonic():
                self._expired(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        if said == READY:
            worker.ready = True
            worker.deadline = time.monotonic() + self._seconds
            self._stillborn = 0
        elif worker.task:
            worker.task.outcome, worker.task.page = said, None
            worker.task = None
            worker.pages += 1
            if worker.pages == _LIFE:
                worker.end()
                self._workers.remove(worker)

    def _died(self, worker: _Worker) -> None:
        task, code = self._bury(worker)
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise EngineError(f"workers end before they begin (exit code {code}); try fewer --workers")
        else:
            task.tries += 1
        if task.tries < _TRIES:
            self._again.append(task)
        else:
            self._reject(task, f"ended {_TRIES} worker processes, the last with {_ended(code)}")

    def _expired(self, worker: _Worker) -> None:
        task, _ = self._bury(worker)
        self._reject(task, f"took longer than {self._seconds:g} s")

    def _bury(self, worker: _Worker) -> tuple[Task, int | None]:
        worker.process.join(1.0)
        code = worker.end()
        self._workers.remove(worker)
        if worker.task is None:
            raise AssertionError("only workers with a task are listened to")
        return worker.task, code

    @staticmethod
    def _reject(task: Task, detail: str) -> None:
        if task.page:
            task.outcome = finished(Rejected(task.page.source, Reason.FAILED, detail, task.page.url))
            task.page = None


def _ended(code: int | None) -> str:
    return f"signal {-code}" if code and code < 0 else f"exit code {code}"
