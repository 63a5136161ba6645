"""Ctrl-C and SIGTERM, heard only where stopping leaves nothing half done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupt:
    """Within its context both signals raise KeyboardInterrupt, but never inside `deferred`: there, at its end.

    Outside the main thread, where signals cannot be handled, it does nothing; a signal that this process was started to
    ignore, as shells do with Ctrl-C for commands in the background, stays ignored.
    """

    def __init__(self) -> None:
        self._deferring = False
        self._heard = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = {n: signal.signal(n, self._hear) for n in _SIGNALS if signal.getsignal(n) != signal.SIG_IGN}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Finish what stands in here first."""
        self._deferring = True
        try:
            yield
        finally:
            self._deferring = False
        if self._heard:
            self._heard = False
            raise KeyboardInterrupt

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self._deferring:
            self._heard = True
        else:
            raise KeyboardInterrupt
