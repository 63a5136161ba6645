"""Requests one by one as their hosts bear them: each waits for its turn at its host, and for a free slot of the crawl.

Owns the order of requests and their pace. Whatever is asked for, be it a robots.txt, a redirect or another try, goes
through here; nothing here knows what an answer means.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipeline.crawl.pace import Pace, Tempo
from pipeline.crawl.sources import Source
from pipeline.net import Ask, Reply, Trouble, World
from pipeline.net.wire import Wire


class StoppedError(Exception):
    """The crawl is to stop; what was not asked for yet is not asked for."""


@dataclass(slots=True)
class _Gate:
    """Whose turn it is at a host."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    freed: asyncio.Event = field(default_factory=asyncio.Event)


class Turns:
    """Makes exchanges, any number at a time. `pause` waits so many seconds, or raises StoppedError."""

    def __init__(self, wire: Wire, world: World, concurrency: int, pause: Callable[[float], Awaitable[None]]) -> None:
        self._wire, self._world, self._pause = wire, world, pause
        self._pace = Pace()
        self._slots = asyncio.Semaphore(concurrency)
        self._gates: dict[str, _Gate] = defaultdict(_Gate)
        self._tempos: dict[str, Tempo] = {}

    async def exchange(self, ask: Ask, source: Source) -> Reply | Trouble:
        """Wait for the host's turn and for a free slot, then ask once."""
        host = urlsplit(ask.url).netloc
        self._treat(host, source)
        gate = self._gates[host]
        async with gate.turn:
            await self._turn(host, gate)
            await self._slots.acquire()
            self._pace.started(host, self._world.now())
        result: Reply | Trouble | None = None
        try:
            result = await self._wire.exchange(ask)
        finally:
            self._slots.release()
            self._pace.ended(host, self._world.now(), result)
            gate.freed.set()
        return result

    def wish(self, host: str, delay: float) -> None:
        """Say which delay the robots.txt of a host, by name and port, wishes."""
        self._pace.set(host, wished=delay)

    async def _turn(self, host: str, gate: _Gate) -> None:
        """Wait till the host may be asked: for the end of a request that is under way there, or for its delay."""
        while (seconds := self._pace.wait(host, self._world.now())) != 0:
            if seconds is None:
                gate.freed.clear()
                await gate.freed.wait()
            else:
                await self._pause(seconds)
        await self._pause(0)

    def _treat(self, host: str, source: Source) -> None:
        """Treat a host that several sources share as the most careful of them asks, in each of its wishes."""
        known = self._tempos.get(host)
        delay, concurrency = source.delay, source.concurrency
        if known:
            delay, concurrency = max(delay, known.delay), min(concurrency, known.concurrency)
        tempo = Tempo(delay=delay, concurrency=concurrency)
        if tempo != known:
            self._tempos[host] = tempo
            self._pace.set(host, tempo)
