"""One address asked for, as its host would wish: robots.txt, redirects hop by hop, tries again.

Owns the way from an address to its capture. Every request waits its turn at its host (`turns`); what an answer comes to
is told by `outcomes`. Nothing here reads a document or is written, but what is remembered of robots.txt.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from pipeline.crawl import robots
from pipeline.crawl.addresses import canonical, host_of, same_site
from pipeline.crawl.archive import RobotsFile
from pipeline.crawl.capture import PASSING, Capture, Known, Outcome
from pipeline.crawl.outcomes import asked_seconds, of_reply, of_trouble
from pipeline.crawl.sources import Source, Sources
from pipeline.crawl.turns import StoppedError, Turns
from pipeline.expand import ExpansionError, expand_steps
from pipeline.net import Ask, Bounds, Mishap, Patience, Reply, Trouble, World
from pipeline.net.guard import guard_allowing
from pipeline.net.wire import Wire, open_wire

__all__ = ["StoppedError", "Visitor", "wire_of"]

MOST_REDIRECTS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SAME_AGAIN = 2  # times that an address may send on to itself: a cookie may have been set
_PATIENCE_SECONDS = 300.0  # of one visit, its waits among them
_SUCCESSES = range(200, 300)
_BARRED = frozenset({Mishap.FORBIDDEN_ADDRESS, Mishap.BAD_URL})


@dataclass(slots=True)
class _Host:
    """What is known of a host's robots.txt. `barred`: it may not be connected to at all."""

    file: RobotsFile | None = None
    rules: robots.Rules | None = None
    barred: Trouble | None = None
    said: str = ""  # when robots.txt was last asked for in vain
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class _Trip:
    """A try, on its way through redirects."""

    known: Known
    source: Source
    hops: list[Reply] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)

    def capture(self, outcome: Outcome, at: datetime, detail: str) -> Capture:
        """Give what it came to."""
        return Capture(self.known.found, outcome, at, tuple(self.hops), detail)

    @property
    def is_conditional(self) -> bool:
        """Tell whether a 304 is an answer to what is asked."""
        return bool(self.known.etag or self.known.last_modified)

    def headers(self, url: str) -> dict[str, str]:
        """Give what is sent; the source's own headers, which may be secrets, only where they were meant to go."""
        first, now = urlsplit(self.known.found.url), urlsplit(url)
        is_laid_open = (first.scheme, now.scheme) == ("https", "http")
        is_meant = same_site(first.hostname or "", now.hostname or "") and not is_laid_open
        headers = dict(self.source.headers) if is_meant else {}
        if self.known.etag:
            headers["If-None-Match"] = self.known.etag
        if self.known.last_modified:
            headers["If-Modified-Since"] = self.known.last_modified
        return headers


def wire_of(sources: Sources, world: World) -> AbstractAsyncContextManager[Wire]:
    """Open the wire by which the addresses of a table are asked for."""
    limits = sources.limits
    bounds = Bounds(limits.connect_seconds, limits.read_seconds, limits.total_seconds, limits.body_bytes)
    return open_wire(sources.agent, bounds, guard_allowing(sources.allow_private), world)


class RobotsMemory(Protocol):
    """Where robots.txt files are remembered: an archive, or less."""

    def robots(self, url: str) -> RobotsFile | None:
        """Give what is remembered of a robots.txt."""

    def remember_robots(self, url: str, file: RobotsFile) -> None:
        """Remember it."""


class Visitor:
    """Asks for addresses; any number at a time. `pause` waits so many seconds, or raises StoppedError."""

    def __init__(
        self,
        wire: Wire,
        memory: RobotsMemory,
        sources: Sources,
        world: World,
        pause: Callable[[float], Awaitable[None]],
    ) -> None:
        self._guard, self._memory, self._sources, self._world, self._pause = wire.guard, memory, sources, world, pause
        self._turns = Turns(wire, world, sources.concurrency, pause)
        self._patience = Patience(sources.retries + 1, _PATIENCE_SECONDS, first_pause=1.0)
        self._hosts: dict[str, _Host] = defaultdict(_Host)

    async def visit(self, known: Known, source: Source) -> Capture:
        """Ask for an address, and again while that may help. Whatever happens is a capture, but for StoppedError."""
        deadline = self._world.clock() + _PATIENCE_SECONDS
        failures = 0
        while True:
            capture, is_passing = await self._try(_Trip(known, source))
            failures += 1
            pause = self._patience.pause(failures, asked_seconds(capture), self._world.chance())
            late = self._world.clock() + pause >= deadline
            if not is_passing or failures >= self._patience.attempts or late:
                return capture
            await self._pause(pause)

    async def _try(self, trip: _Trip) -> tuple[Capture, bool]:
        """Follow an address to its answer; tell also whether another try may come to more."""
        url: str | Capture = trip.known.found.url
        while isinstance(url, str):
            trip.times[url] += 1
            if refused := await self._refused(trip, url):
                return refused, False
            result = await self._turns.exchange(Ask(url, headers=trip.headers(url)), trip.source)
            if isinstance(result, Trouble):
                outcome, detail = of_trouble(result)
                return trip.capture(outcome, result.at, detail), result.passing
            trip.hops.append(result)
            target = result.header("location") if result.status in _REDIRECTS else None
            if target is None:
                capture = self._judged(trip, result)
                return capture, capture.outcome in PASSING
            url = self._sent_on(trip, target)
        return url, False

    def _judged(self, trip: _Trip, reply: Reply) -> Capture:
        outcome, detail = of_reply(reply, trip.known.found.role, self._sources.limits.expanded_bytes)
        if outcome is Outcome.UNCHANGED and not trip.is_conditional:
            outcome, detail = Outcome.BROKEN, "answered 304 to a request without a condition"
        return trip.capture(outcome, reply.at, detail)

    def _sent_on(self, trip: _Trip, target: str) -> str | Capture:
        """Give where a redirect leads, or what the visit came to when it is not followed."""
        reply = trip.hops[-1]
        address = canonical(target, reply.ask.url)
        if address is None:
            return trip.capture(Outcome.UNSAFE_ADDRESS, reply.at, f"sent on to {target[:200]}")
        parts, told = urlsplit(address), f"sent on to {address}"
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if refusal := self._guard.host_refusal(parts.hostname or "", port):
            return trip.capture(Outcome.UNSAFE_ADDRESS, reply.at, f"{told}: {refusal}")
        if not trip.source.own(host_of(address)):
            return trip.capture(Outcome.OFF_SITE, reply.at, told)
        if trip.times[address] >= _SAME_AGAIN or len(trip.hops) > MOST_REDIRECTS:
            return trip.capture(Outcome.REDIRECT_LOOP, reply.at, f"{told}, after {len(trip.hops)} redirects")
        return address

    async def _refused(self, trip: _Trip, url: str) -> Capture | None:
        """Say what becomes of the visit when robots.txt, or the guard, lets no one ask."""
        host = await self._host(url, trip.source)
        where = "" if url == trip.known.found.url else f"sent on to {url}"
        if host.barred:
            outcome, detail = of_trouble(host.barred)
            return trip.capture(outcome, self._world.now(), detail)
        if host.rules is None or not host.rules.is_reachable:
            return trip.capture(Outcome.ROBOTS_UNREACHABLE, self._world.now(), where or host.said)
        return None if host.rules.allows(url) else trip.capture(Outcome.DISALLOWED, self._world.now(), where)

    async def _host(self, url: str, source: Source) -> _Host:
        """Give what holds on the host of an address, asking it when what is known is too old."""
        place = robots.robots_url(url)
        host = self._hosts[place]
        async with host.turn:
            if not host.barred and (host.rules is None or not robots.is_fresh(host.file, self._world.now())):
                await self._learn(place, host, source)
        return host

    async def _learn(self, place: str, host: _Host, source: Source) -> None:
        host.file = host.file or self._memory.robots(place)
        if host.file is None or not robots.is_fresh(host.file, self._world.now()):
            await self._ask_robots(place, host, source)
        if host.file and not host.barred:
            host.rules = robots.rules(host.file, self._sources.product, self._world.now())
            self._turns.wish(urlsplit(place).netloc, host.rules.delay)

    async def _ask_robots(self, place: str, host: _Host, source: Source) -> None:
        """Ask for a robots.txt, and again while its host fails and does not ask to be left alone for long.

        Remembered is what the last try came to: a crawl that is killed in between asks anew.
        """
        before, failures = host.file, 0
        while True:
            result = await self._robots_answer(place, source)
            failures += 1
            if isinstance(result, Trouble) and result.mishap in _BARRED and result.ask.url == place:
                host.barred = result
                return
            host.file, host.said = self._understood(result, before)
            asked = asked_seconds(result)
            is_passing = result.passing if isinstance(result, Trouble) else (asked or 0) < _PATIENCE_SECONDS
            if not host.said or not is_passing or failures >= self._patience.attempts:
                self._memory.remember_robots(place, host.file)
                return
            await self._pause(self._patience.pause(failures, asked, self._world.chance()))

    async def _robots_answer(self, place: str, source: Source) -> Reply | Trouble:
        url = place
        for _ in range(robots.MOST_REDIRECTS + 1):
            result = await self._turns.exchange(Ask(url), source)
            if isinstance(result, Trouble) or result.status not in _REDIRECTS:
                break
            target = canonical(result.header("location") or "", url)
            if target is None:
                break
            url = target
        return result

    def _understood(self, result: Reply | Trouble, before: RobotsFile | None) -> tuple[RobotsFile, str]:
        """Give what to remember, and what was said where that is no answer: a body that is garbled is none either."""
        now = self._world.now()
        if isinstance(result, Trouble):
            return robots.remembered(before, None, b"", now), f"robots.txt: {result.detail}"
        try:
            body = _beginning(result) if result.status in _SUCCESSES else b""
        except ExpansionError as error:
            return robots.remembered(before, None, b"", now), f"robots.txt: {error.detail}"
        file = robots.remembered(before, result.status, body, now)
        return file, f"robots.txt: answered {result.status}" if file.failing_since else ""


def _beginning(reply: Reply) -> bytes:
    """Unpack as much of a robots.txt as is read of one, however long it is."""
    body = b""
    for piece in expand_steps([reply.body], reply.header("content-encoding"), 2 * robots.MOST_BYTES):
        body += piece
        if len(body) >= robots.MOST_BYTES:
            break
    return body[: robots.MOST_BYTES]
