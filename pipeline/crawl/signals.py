"""SIGINT and SIGTERM while a crawl goes on: at the first one it ends by itself, the next one is as ever."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def signals(hear: Callable[[], None]) -> Iterator[None]:
    """Call `hear` at the first SIGINT or SIGTERM, unless this process was started to ignore it; inside a loop only."""
    loop = asyncio.get_running_loop()
    numbers = {number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) != signal.SIG_IGN}

    def heard(number: signal.Signals) -> None:
        hear()
        loop.remove_signal_handler(number)

    for number in numbers:
        with suppress(NotImplementedError, ValueError, RuntimeError):  # Windows, other threads
            loop.add_signal_handler(number, heard, number)
    try:
        yield
    finally:
        for number in numbers:
            with suppress(NotImplementedError, ValueError, RuntimeError):
                loop.remove_signal_handler(number)
