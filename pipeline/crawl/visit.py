"""One address asked for, as its host would wish: robots.txt, the pace, redirects hop by hop, tries again.

Owns how an answer becomes an Outcome. Every request, be it for a robots.txt, a redirect or another try, waits its turn
at its host. Nothing here reads a document or writes to the archive, but for what it remembers of robots.txt.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from pipeline.crawl import robots
from pipeline.crawl.addresses import canonical, host_of
from pipeline.crawl.archive import Archive, RobotsFile
from pipeline.crawl.capture import PASSING, Capture, Known, Outcome, Role
from pipeline.crawl.outcomes import of_reply, of_trouble
from pipeline.crawl.pace import Pace, Tempo
from pipeline.crawl.sources import Source, Sources
from pipeline.expand import ExpansionError, expand
from pipeline.net import Ask, Patience, Reply, Trouble, World
from pipeline.net.patience import retry_after
from pipeline.net.wire import Wire

MOST_REDIRECTS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SAME_AGAIN = 2  # times that an address may send on to itself: a cookie may have been set
_PATIENCE_SECONDS = 300.0  # of one visit, its waits among them
_SUCCESS = 200


class StoppedError(Exception):
    """The crawl is to stop; what was not asked for yet is not asked for."""


@dataclass(slots=True)
class _Gate:
    """Whose turn it is at a host."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    freed: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class _Robots:
    file: RobotsFile | None = None
    rules: robots.Rules | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Visitor:
    """Asks for addresses; any number at a time. `pause` waits so many seconds, or raises StoppedError."""

    def __init__(
        self, wire: Wire, archive: Archive, sources: Sources, world: World, pause: Callable[[float], Awaitable[None]]
    ) -> None:
        self._wire, self._archive, self._sources, self._world, self._pause = wire, archive, sources, world, pause
        self._pace = Pace()
        self._patience = Patience(sources.retries + 1, _PATIENCE_SECONDS, first_pause=1.0)
        self._slots = asyncio.Semaphore(sources.concurrency)
        self._gates: dict[str, _Gate] = defaultdict(_Gate)
        self._robots: dict[str, _Robots] = defaultdict(_Robots)
        self._tempos: dict[str, Tempo] = {}

    async def visit(self, known: Known, source: Source) -> Capture:
        """Ask for an address, and again while that may help. Whatever happens is a capture, but for StoppedError."""
        deadline = self._world.clock() + _PATIENCE_SECONDS
        failures = 0
        while True:
            capture = await self._try(known, source)
            failures += 1
            pause = self._patience.pause(failures, self._asked(capture), self._world.chance())
            late = self._world.clock() + pause >= deadline
            if capture.outcome not in PASSING or failures >= self._patience.attempts or late:
                return capture
            await self._pause(pause)

    def _asked(self, capture: Capture) -> float | None:
        return retry_after(capture.reply.header("retry-after"), self._world.now()) if capture.reply else None

    async def _try(self, known: Known, source: Source) -> Capture:
        """Follow an address to its answer."""
        url, found = known.found.url, known.found
        hops: list[Reply] = []
        times: dict[str, int] = defaultdict(int)
        while True:
            times[url] += 1
            if refused := await self._refused(url, source):
                return Capture(found, refused, self._world.now(), tuple(hops), "" if url == found.url else url)
            result = await self._exchange(Ask(url, headers=_headers(known, source)), source)
            if isinstance(result, Trouble):
                outcome, detail = of_trouble(result)
                return Capture(found, outcome, result.at, tuple(hops), detail)
            hops.append(result)
            target = result.header("location") if result.status in _REDIRECTS else None
            if target is None:
                outcome, detail = of_reply(result, found.role, self._sources.limits.expanded_bytes)
                return Capture(found, outcome, result.at, tuple(hops), detail)
            told = _next(target, url, source, times, len(hops))
            if isinstance(told, tuple):
                return Capture(found, told[0], result.at, tuple(hops), told[1])
            url = told

    async def _refused(self, url: str, source: Source) -> Outcome | None:
        rules = await self._rules(url, source)
        if not rules.is_reachable:
            return Outcome.ROBOTS_UNREACHABLE
        return None if rules.allows(url) else Outcome.DISALLOWED

    async def _rules(self, url: str, source: Source) -> robots.Rules:
        """Give what holds on the host of an address, asking it when what is known is too old."""
        place = robots.robots_url(url)
        held = self._robots[place]
        async with held.turn:
            now = self._world.now()
            if held.rules is None or not robots.is_fresh(held.file, now):
                held.file = held.file or self._archive.robots(place)
                if held.file is None or not robots.is_fresh(held.file, now):
                    held.file = await self._ask_robots(place, held.file, source)
                    self._archive.remember_robots(place, held.file)
                held.rules = robots.rules(held.file, self._sources.product, self._world.now())
                self._pace.set(urlsplit(place).netloc, wished=held.rules.delay)
            return held.rules

    async def _ask_robots(self, place: str, before: RobotsFile | None, source: Source) -> RobotsFile:
        """Ask for a robots.txt, and again while its host fails."""
        for failures in range(1, self._patience.attempts + 1):
            result = await self._robots_answer(place, source)
            status = result.status if isinstance(result, Reply) else None
            file = robots.remembered(before, status, self._unpacked(result), self._world.now())
            if file.failing_since is None or failures == self._patience.attempts:
                break
            await self._pause(self._patience.pause(failures, None, self._world.chance()))
        return file

    async def _robots_answer(self, place: str, source: Source) -> Reply | Trouble:
        url = place
        for _ in range(robots.MOST_REDIRECTS + 1):
            result = await self._exchange(Ask(url), source)
            if isinstance(result, Trouble) or result.status not in _REDIRECTS:
                break
            target = canonical(result.header("location") or "", url)
            if target is None:
                break
            url = target
        return result

    def _unpacked(self, result: Reply | Trouble) -> bytes:
        if isinstance(result, Trouble) or result.status != _SUCCESS:
            return b""
        try:
            return expand(result.body, result.header("content-encoding"), self._sources.limits.expanded_bytes)
        except ExpansionError:
            return b""

    async def _exchange(self, ask: Ask, source: Source) -> Reply | Trouble:
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

    async def _turn(self, host: str, gate: _Gate) -> None:
        while wait := self._wait(host):
            if wait < 0:
                gate.freed.clear()
                await gate.freed.wait()
            else:
                await self._pause(wait)
        await self._pause(0)

    def _wait(self, host: str) -> float:
        """Tell the seconds to wait; below 0 until a request of the host ends."""
        wait = self._pace.wait(host, self._world.now())
        return -1.0 if wait is None else wait

    def _treat(self, host: str, source: Source) -> None:
        """Treat a host that several sources share as the most careful of them asks."""
        tempo = Tempo(delay=source.delay, concurrency=source.concurrency)
        known = self._tempos.get(host)
        if known is None or (tempo.delay, -tempo.concurrency) > (known.delay, -known.concurrency):
            self._tempos[host] = tempo
            self._pace.set(host, tempo)


def _headers(known: Known, source: Source) -> dict[str, str]:
    headers = dict(source.headers)
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _next(target: str, url: str, source: Source, times: dict[str, int], hops: int) -> str | tuple[Outcome, str]:
    """Give where a redirect leads, or why it is not followed."""
    address = canonical(target, url)
    if address is None:
        return Outcome.UNSAFE_ADDRESS, f"sent on to {target[:200]}"
    if times[address] >= _SAME_AGAIN or hops > MOST_REDIRECTS:
        return Outcome.REDIRECT_LOOP, f"sent on {hops} times, at last to {address}"
    if not source.own(host_of(address)):
        return Outcome.OFF_SITE, f"sent on to {address}"
    return address


_LATER = timedelta(hours=1)
_LATEST = timedelta(days=1)
_RECHECK = timedelta(hours=12)
_TRIES = 5  # visits in vain, after which an address is given up
_SHUT = frozenset({Outcome.WALL, Outcome.REFUSED})


def again_at(capture: Capture, known: Known, source: Source) -> datetime | None:
    """Tell when an address is worth another visit: a failed one later, a young page for its revisions, else None."""
    if capture.found.role is not Role.PAGE:
        return None
    if capture.outcome in PASSING | _SHUT:
        pause = min(_LATER * 2**known.tries, _LATEST) if capture.outcome in PASSING else _LATEST
        return capture.at + pause if known.tries + 1 < _TRIES else None
    if capture.found.url in source.urls and capture.outcome in {Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED}:
        return capture.at + _LATER
    return capture.at + _RECHECK if _is_young(capture, known, source) else None


def _is_young(capture: Capture, known: Known, source: Source) -> bool:
    if capture.outcome not in {Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED} or not source.recheck_days:
        return False
    if capture.found.published_at is None:  # nobody knows: as long as it changes
        return known.digest is None or capture.outcome is Outcome.CHANGED
    return capture.at - capture.found.published_at < timedelta(days=source.recheck_days)
