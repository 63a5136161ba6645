"""What runs in a worker process: a page comes in through a pipe, its outcome goes out through it."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.engine._outcome import Outcome, finished
from pipeline.model import Page, Reason, Rejected
from pipeline.record import Record

Work = Callable[[Page], Record | Rejected]

READY = "ready"

# A process a core is all the parallelism there is to have; threads of the linear algebra would only fight over cores.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def serve(connection: Connection, work: Work) -> None:
    """Work until the other end hangs up. Models are loaded by the first page and stay.

    Ctrl-C reaches every process of the terminal; here it is ignored, the parent decides.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        connection.send(READY)
        while True:
            connection.send(attempt(work, connection.recv()))
    except (EOFError, OSError):
        return


def attempt(work: Work, page: Page) -> Outcome:
    """Process a page; whatever goes wrong in it is its own outcome."""
    try:
        return finished(work(page))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - one page's error must not stop a batch
        return finished(Rejected(page.source, Reason.FAILED, _what_happened(error), page.url))


def _what_happened(error: BaseException) -> str:
    """Name the error and the innermost place in our own code it passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(f.filename).parent.name}/{Path(f.filename).name}:{f.lineno}" for f in frames[1:]]
    ours = [place for place in places if place.startswith(("extractors/", "pipeline/", "strip/", "link/", "_names/"))]
    where = f" at {(ours or places)[-1]}" if places else ""
    return f"{type(error).__name__}: {error}{where}"[:2000]


@contextmanager
def surroundings() -> Iterator[None]:
    """Set what a worker inherits from the moment it is started in: one thread, and no ear for Ctrl-C."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update({name: value for name, value in _ONE_THREAD.items() if before[name] is None})
    with _deaf():
        try:
            yield
        finally:
            for name in [name for name, value in before.items() if value is None]:
                os.environ.pop(name, None)


@contextmanager
def _deaf() -> Iterator[None]:
    """Block SIGINT where signals can be blocked; what a process blocks when it starts another, that one blocks too."""
    if sys.platform == "win32":
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
