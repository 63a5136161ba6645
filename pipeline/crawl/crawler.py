"""A crawl: the documents of each source, then the pages that are due, all sources side by side, till all is done.

Owns the order of work, the budget of a night and stopping. A source's addresses are in the frontier, synced, before the
document that told of them is: a crawl that is killed asks for a document again rather than lose what it points to.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.crawl.archive import Archive, Failure, Tally
from pipeline.crawl.capture import KEPT, Capture, Found, Known, Outcome, Role
from pipeline.crawl.documents import document_of, pointed_to
from pipeline.crawl.sources import Source, Sources
from pipeline.crawl.visit import StoppedError, Visitor, again_at
from pipeline.net import Bounds, World
from pipeline.net.guard import guard_allowing
from pipeline.net.wire import open_wire

MOST_PARTS = 200  # sitemaps of one source a night
_DAY = timedelta(days=1)
DEEPEST = 3  # an index of indexes of sitemaps
_WORKERS = 4  # visits at a time for each request that a source's host bears: some of them wait to try again
_MOST_WORKERS = 64
_FROM_FEED = frozenset({Outcome.DISALLOWED, Outcome.WALL, Outcome.REFUSED, Outcome.ROBOTS_UNREACHABLE})

Watch = Callable[[Capture], None]


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a crawl went. `stopped`: budget_pages, budget_minutes or interrupted, where that ended it."""

    night: int
    began_at: datetime
    ended_at: datetime
    stopped: str | None
    tallies: tuple[Tally, ...]
    fresh: Mapping[str, int]  # new pages of the last 24 hours, this crawl and those before it, by source
    failures: tuple[Failure, ...]


def crawl(sources: Sources, archive: Archive, world: World | None = None, watch: Watch = lambda _: None) -> Crawled:
    """Fetch what is new at the enabled sources into an archive. SIGINT and SIGTERM end it after what is under way.

    Raises OutputError when the archive cannot be written; whatever servers do is in the outcomes.
    """
    return asyncio.run(_Crawl(sources, archive, world or World(), watch).carry_out())


class _Crawl:
    """A crawl under way."""

    def __init__(self, sources: Sources, archive: Archive, world: World, watch: Watch) -> None:
        self._sources, self._archive, self._world, self._watch = sources, archive, world, watch
        self._stop = asyncio.Event()
        self._stopped: str | None = None
        self._pages = 0
        self._ends = 0.0

    async def carry_out(self) -> Crawled:
        began, night = self._world.now(), self._archive.begin_night()
        self._ends = self._world.clock() + self._sources.night.minutes * 60
        limits = self._sources.limits
        bounds = Bounds(limits.connect_seconds, limits.read_seconds, limits.total_seconds, limits.body_bytes)
        with _signals(self._interrupt):
            async with open_wire(
                self._sources.agent, bounds, guard_allowing(self._sources.allow_private), self._world
            ) as wire:
                visitor = Visitor(wire, self._archive, self._sources, self._world, self._pause)
                await self._all(_SourceCrawl(self, visitor, source).carry_out() for source in self._sources.enabled)
        self._archive.end_night({"stopped": self._stopped})
        tallies, failures = self._archive.tallies(night), self._archive.failures(night)
        fresh = _fresh(self._archive, began - _DAY)
        return Crawled(night, began, self._world.now(), self._stopped, tuple(tallies), fresh, tuple(failures))

    async def _all(self, work: Iterable[Awaitable[None]]) -> None:
        """Do all side by side; where one fails the others are stopped, and its error leaves by itself."""
        tasks = [asyncio.ensure_future(one) for one in work]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def keep(self, capture: Capture) -> Capture:
        """Write a capture, and tell of it."""
        kept = self._archive.keep(capture)
        self._watch(kept)
        return kept

    @property
    def archive(self) -> Archive:
        return self._archive

    @property
    def sources(self) -> Sources:
        return self._sources

    def now(self) -> datetime:
        return self._world.now()

    def spend(self) -> bool:
        """Take a page from the night's budget; False when none is left or the crawl is to stop."""
        if self._stopped is None and self._pages >= self._sources.night.pages:
            self._end("budget_pages")
        if self._stopped is None and self._world.clock() >= self._ends:
            self._end("budget_minutes")
        self._pages += 1
        return self._stopped is None

    def _interrupt(self) -> None:
        self._end("interrupted")

    def _end(self, why: str) -> None:
        self._stopped = self._stopped or why
        self._stop.set()

    async def _pause(self, seconds: float) -> None:
        """Wait, but not beyond the end of the crawl."""
        if not self._stop.is_set() and seconds:
            waiting = [asyncio.ensure_future(self._world.pause(seconds)), asyncio.ensure_future(self._stop.wait())]
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in waiting:
                    task.cancel()
        if self._stop.is_set():
            raise StoppedError


def _fresh(archive: Archive, since: datetime) -> dict[str, int]:
    """Count the new pages of each source in the nights since then."""
    counts: Counter[str] = Counter()
    for night in archive.nights():
        if night.began_at >= since:
            for tally in archive.tallies(night.number):
                if (tally.role, tally.outcome) == (Role.PAGE, Outcome.NEW):
                    counts[tally.source] += tally.number
    return dict(counts)


class _SourceCrawl:
    """The part of one source."""

    def __init__(self, crawl_: _Crawl, visitor: Visitor, source: Source) -> None:
        self._crawl, self._visitor, self._source = crawl_, visitor, source
        self._found = 0  # pages, this night
        self._asked: set[str] = set()  # documents

    async def carry_out(self) -> None:
        with suppress(StoppedError):
            for found in self._source.documents():
                await self._document(found, 1)
        await self._pages()

    async def _document(self, found: Found, depth: int) -> None:
        """Ask for a document, take in what it points to, and go on to its parts."""
        if found.role is Role.PAGE:
            self._crawl.archive.add([found])
            return
        if found.url in self._asked or len(self._asked) > MOST_PARTS:
            return
        self._asked.add(found.url)
        capture = await self._visitor.visit(self._known(found), self._source)
        parts = self._take_in(capture)
        self._crawl.keep(capture)
        for part in parts if depth < DEEPEST else ():
            await self._document(part, depth + 1)

    def _known(self, found: Found) -> Known:
        """Give what makes the request conditional; not of a sitemap, whose parts have to be gone through."""
        known = self._crawl.archive.known(found.url)
        return replace(known, found=found) if known and found.role is not Role.SITEMAP else Known(found)

    def _take_in(self, capture: Capture) -> list[Found]:
        """Put the pages of a document into the frontier for good; give its parts, the newest first."""
        if capture.outcome not in KEPT or capture.reply is None or not capture.reply.body:
            return []
        document = document_of(capture, self._crawl.sources.limits.expanded_bytes)
        if isinstance(document, str):
            return []
        founds = pointed_to(self._source, capture.found, document).founds
        self._crawl.archive.add(self._wanted(founds))
        self._crawl.archive.flush()
        parts = [found for found in founds if found.role is not Role.PAGE and self._is_recent(found)]
        newest = sorted(parts, key=lambda part: part.modified_at.timestamp() if part.modified_at else 0, reverse=True)
        return newest[:MOST_PARTS]

    def _wanted(self, founds: Iterable[Found]) -> Iterator[Found]:
        for found in founds:
            if found.role is not Role.PAGE or not self._source.takes(found.url) or not self._is_recent(found):
                continue
            if self._found >= self._source.max_pages:
                return
            if self._crawl.archive.known(found.url) is None:
                self._found += 1
            yield self._believed(found)

    def _is_recent(self, found: Found) -> bool:
        return self._source.recent(found.published_at or found.modified_at, self._crawl.now())

    def _believed(self, found: Found) -> Found:
        if self._source.full_text == "page" and found.item:
            return replace(found, item=replace(found.item, html=None))
        return found

    async def _pages(self) -> None:
        """Ask for the pages that are due, several at a time."""
        due = self._crawl.archive.due(self._crawl.now() + timedelta(seconds=1), sources=(self._source.name,))
        workers = min(self._source.concurrency * _WORKERS, _MOST_WORKERS)
        await self._crawl._all(self._work(due) for _ in range(workers))  # noqa: SLF001 - of one module

    async def _work(self, due: Iterator[Known]) -> None:
        for known in due:
            if not self._crawl.spend():
                self._crawl.archive.give_back(known.found.url)
                return
            try:
                capture = await self._visitor.visit(known, self._source)
            except StoppedError:
                self._crawl.archive.give_back(known.found.url)
                return
            self._crawl.keep(self._settled(capture, known))

    def _settled(self, capture: Capture, known: Known) -> Capture:
        """Take what the feed told for a page that cannot be had; say when to come again."""
        item = capture.found.item
        if capture.outcome in _FROM_FEED and item and item.html:
            return Capture(capture.found, Outcome.NEW, capture.at, detail=f"from the feed: {capture.outcome.value}")
        return replace(capture, retry_at=again_at(capture, known, self._source))


class _signals:  # noqa: N801 - a context
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
