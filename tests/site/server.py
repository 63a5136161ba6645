"""The site's process: raw sockets under asyncio, so that it can break HTTP in any way.

    python -m tests.site.server PLAN LOG     (a pickled Plan; the log is appended to)

It prints its port when it listens. Sites stand on loopback addresses of one port; `/-/night/N` on any of them turns
the night. It ends when its input does, so that it never outlives the test that opened it.
"""

import asyncio
import os
import pickle
import selectors
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.site.answer import Answer, Asked, Cut, Step
from tests.site.log import Request
from tests.site.news import News
from tests.site.plan import Plan

_AT_ONCE = 0.001  # seconds: a shorter wait for events was none
_HIGH = 256 * 1024  # bytes that wait for a client before more are written


class Watched(selectors.DefaultSelector):
    """Knows since when an event that it just told may have been there."""

    earliest = returned = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        asked = time.monotonic()
        events = super().select(timeout)
        now = time.monotonic()
        self.earliest = self.returned if now - asked < _AT_ONCE else now - _AT_ONCE
        self.returned = now
        return events


@dataclass(slots=True)
class Book:
    """What the server writes down and counts."""

    log: int  # a file descriptor
    selector: Watched
    times: Counter[tuple[str, str]]
    night: int = 1


class Connection(asyncio.Protocol):
    """One client's connection: requests one after another, each answered in steps."""

    def __init__(self, news: News, book: Book, numbers: Iterator[int]) -> None:
        self.news, self.book = news, book
        self.number = next(numbers)
        self.buffer = b""
        self.task: asyncio.Task[None] | None = None
        self.room = asyncio.Event()
        self.room.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.set_write_buffer_limits(_HIGH)
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = raw.getsockname()[0]

    def pause_writing(self) -> None:
        self.room.clear()

    def resume_writing(self) -> None:
        self.room.set()

    def connection_lost(self, _: Exception | None) -> None:
        self.room.set()
        if self.task:
            self.task.cancel()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.task is None and b"\r\n\r\n" in self.buffer:
            self._answer_next()

    def _answer_next(self) -> None:
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        asked = self._read(head.decode("latin-1"))
        seen = time.monotonic()
        if asked.path.startswith("/-/night/"):
            self.book.night = int(asked.path.rpartition("/")[2])
            self.transport.write(Answer(200, b"turned").wire())
            return
        self.book.times[asked.host, asked.path] += 1
        fault, steps = self.news.steps(asked)
        self.task = asyncio.ensure_future(self._play(asked, fault, steps, seen))

    def _read(self, head: str) -> Asked:
        first, *lines = head.split("\r\n")
        _method, target, _version = first.split(" ")
        path, _, query = target.partition("?")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        times = self.book.times[self.host, path]
        return Asked(self.host, path, query, headers, times, self.book.night, self.news.port)

    async def _play(self, asked: Asked, fault: str, steps: Iterator[Step], seen: float) -> None:
        earliest, status, is_whole = self.book.selector.earliest, 0, False
        try:
            if pause := self.news.latency(asked.host):
                await asyncio.sleep(pause)
            for step in steps:
                status = status or _status(step)
                await self._take(step)
            is_whole = True
        except (asyncio.CancelledError, ConnectionError):
            pass
        finally:
            self.task = None
            self._write_down(asked, fault, (earliest, seen), status, is_whole=is_whole)
        if b"\r\n\r\n" in self.buffer and not self.transport.is_closing():
            self._answer_next()

    async def _take(self, step: Step) -> None:
        if isinstance(step, bytes):
            self.transport.write(step)
            if not self.room.is_set():
                await self.room.wait()
            if self.transport.is_closing():
                raise ConnectionError
        elif isinstance(step, float):
            await asyncio.sleep(step)
        elif step is Cut.HANG:
            await asyncio.Event().wait()
        else:
            self._end(step)

    def _end(self, cut: Cut) -> None:
        if cut is Cut.RESET:
            raw = self.transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()
        else:
            self.transport.close()

    def _write_down(
        self, asked: Asked, fault: str, arrived: tuple[float, float], status: int, *, is_whole: bool
    ) -> None:
        request = Request(
            asked.host,
            asked.path + (f"?{asked.query}" if asked.query else ""),
            *arrived,
            time.monotonic(),
            status,
            fault,
            asked.night,
            asked.headers.get("user-agent", ""),
            bool({"if-none-match", "if-modified-since"} & asked.headers.keys()),
            is_whole,
            self.number,
        )
        os.write(self.book.log, request.line())


def _status(step: Step) -> int:
    is_head = isinstance(step, bytes) and step.startswith(b"HTTP/1.1 ")
    return int(step[9:12]) if is_head else 0


def sockets(addresses: list[str]) -> list[socket.socket]:
    """Bind every address to the same port, one that is free on all of them."""
    for _ in range(50):
        opened: list[socket.socket] = []
        try:
            for address in addresses:
                port = opened[0].getsockname()[1] if opened else 0
                raw = socket.socket()
                opened.append(raw)
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                raw.bind((address, port))
        except OSError:
            for raw in opened:
                raw.close()
        else:
            return opened
    raise OSError("no port is free on every address")


async def serve(plan: Plan, book: Book) -> None:
    """Listen till the input ends."""
    opened = sockets([host.address for host in plan.hosts])
    news, numbers = News(plan, opened[0].getsockname()[1]), count(1)
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: Connection(news, book, numbers), sock=raw, backlog=1024) for raw in opened
    ]
    print(news.port, flush=True)  # noqa: T201 - its protocol with whoever opened it
    ended = asyncio.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(ended.set)), daemon=True).start()
    await ended.wait()
    for server in servers:
        server.close()


def main() -> None:
    plan = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - written by the test
    log = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    selector = Watched()
    loop = asyncio.SelectorEventLoop(selector)
    loop.run_until_complete(serve(plan, Book(log, selector, Counter())))
    os._exit(0)  # connections that hang are not waited for


if __name__ == "__main__":
    main()
