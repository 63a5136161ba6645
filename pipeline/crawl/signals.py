"""SIGINT and SIGTERM while a crawl goes on: at the first one it ends by itself, the next one is as ever."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress


class signals:  # noqa: N801 - a context
    """Within its context SIGINT and SIGTERM call what they are given; a second one is as ever."""

    def __init__(self, hear: Callable[[], None]) -> None:
        self._hear = hear
        self._heard: list[signal.Signals] = []

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) == signal.SIG_IGN:
                continue
            with suppress(NotImplementedError, ValueError, RuntimeError):  # Windows, other threads
                loop.add_signal_handler(number, self._once, number)
                self._heard.append(number)

    def _once(self, number: signal.Signals) -> None:
        self._hear()
        self._forget(number)

    def _forget(self, number: signal.Signals) -> None:
        if number in self._heard:
            self._heard.remove(number)
            asyncio.get_running_loop().remove_signal_handler(number)

    def __exit__(self, *_: object) -> None:
        for number in list(self._heard):
            self._forget(number)
