"""A crawl: the documents of each source, then the pages that are due, all sources side by side, till all is done.

Owns the order of work, the budget of a night and stopping. A source's addresses are in the frontier, synced, before the
document that told of them is: a crawl that is killed asks for a document again rather than lose what it points to.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.crawl.addresses import host_of
from pipeline.crawl.archive import Archive, Failure, Tally
from pipeline.crawl.capture import KEPT, PASSING, Capture, Found, Known, Outcome, Role, Stop
from pipeline.crawl.documents import document_of, pointed_to
from pipeline.crawl.outcomes import again_at
from pipeline.crawl.signals import signals
from pipeline.crawl.sources import Source, Sources
from pipeline.crawl.visit import StoppedError, Visitor, wire_of
from pipeline.errors import SvodkaError
from pipeline.net import World

MOST_PARTS = 200  # sitemaps of one source a night
_A_DAY = timedelta(hours=23)  # a timer is not to the second: else a night would count yesterday's too
_LONGEST_DETAIL = 500
DEEPEST = 3  # an index of indexes of sitemaps
_WORKERS = 4  # visits at a time for each request that a source's host bears: some of them wait to try again
_MOST_WORKERS = 64
_FROM_FEED = frozenset({Outcome.DISALLOWED, Outcome.WALL, Outcome.REFUSED, Outcome.ROBOTS_UNREACHABLE})

_UNASKED = frozenset({Outcome.DISALLOWED, Outcome.ROBOTS_UNREACHABLE})

_log = logging.getLogger(__name__)

Watch = Callable[[Capture], None]


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a crawl went."""

    night: int
    began_at: datetime
    ended_at: datetime
    stopped: Stop | None
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
        self.sources, self.archive, self._world, self._watch = sources, archive, world, watch
        self._stop = asyncio.Event()
        self._stopped: Stop | None = None
        self._pages = 0
        self._ends = 0.0

    async def carry_out(self) -> Crawled:
        began, night = self._world.now(), self.archive.begin_night()
        self._ends = self._world.clock() + self.sources.night.minutes * 60
        with signals(self._interrupt):
            async with wire_of(self.sources, self._world) as wire:
                visitor = Visitor(wire, self.archive, self.sources, self._world, self._pause)
                await _all(_SourceCrawl(self, visitor, source).carry_out() for source in self.sources.enabled)
        self.archive.end_night({"stopped": self._stopped})
        tallies, failures = self.archive.tallies(night), self.archive.failures(night)
        fresh = _fresh(self.archive, began - _A_DAY)
        return Crawled(night, began, self._world.now(), self._stopped, tuple(tallies), fresh, tuple(failures))

    def keep(self, capture: Capture) -> Capture:
        """Write a capture, and tell of it."""
        kept = self.archive.keep(capture)
        self._watch(kept)
        return kept

    def now(self) -> datetime:
        return self._world.now()

    def spend(self) -> bool:
        """Take a page from the night's budget; False when none is left or the crawl is to stop.

        What has its page already is still asked for when the pages are at an end.
        """
        if self._world.clock() >= self._ends:
            self._end(Stop.BUDGET_MINUTES)
        if self._stopped is None and self._pages >= self.sources.night.pages:
            self._stopped = Stop.BUDGET_PAGES
        self._pages += self._stopped is None
        return self._stopped is None

    def refund(self) -> None:
        """Give a page back that nobody was asked for."""
        self._pages -= 1

    def _interrupt(self) -> None:
        self._end(Stop.INTERRUPTED)

    def _end(self, why: Stop) -> None:
        self._stopped = self._stopped or why
        self._stop.set()

    async def _pause(self, seconds: float) -> None:
        """Wait, but not beyond the end of the crawl."""
        left = self._ends - self._world.clock()
        if not self._stop.is_set() and seconds:
            await self._wait(min(seconds, max(left, 0.0)))
        if seconds >= left:
            self._end(Stop.BUDGET_MINUTES)
        if self._stop.is_set():
            raise StoppedError

    async def _wait(self, seconds: float) -> None:
        if seconds:
            waiting = [asyncio.ensure_future(self._world.pause(seconds)), asyncio.ensure_future(self._stop.wait())]
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in waiting:
                    task.cancel()


async def _all(work: Iterable[Awaitable[None]]) -> None:
    """Do all side by side; where one fails the others are stopped, and its error leaves by itself."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _fresh(archive: Archive, since: datetime) -> dict[str, int]:
    """Count the new pages of each source in the nights since then."""
    counts: Counter[str] = Counter()
    for night in archive.nights(since):
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
        self._parts = 0  # of those, the ones that others point to

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
        if found.url in self._asked or (depth > 1 and self._parts >= MOST_PARTS):
            return
        self._asked.add(found.url)
        self._parts += depth > 1
        capture, parts = self._taken_in(await self._visited(self._known(found)))
        self._crawl.keep(capture)
        for part in parts if depth < DEEPEST else ():
            await self._document(part, depth + 1)

    def _known(self, found: Found) -> Known:
        """Give what makes the request conditional; not of a sitemap, whose parts have to be gone through."""
        known = self._crawl.archive.known(found.url)
        return replace(known, found=found) if known and found.role is not Role.SITEMAP else Known(found)

    async def _visited(self, known: Known) -> Capture:
        try:
            return await self._visitor.visit(known, self._source)
        except (SvodkaError, StoppedError):
            raise
        except Exception as error:  # noqa: BLE001 - one address on which we fail is no reason to lose a night
            return self._failed(known.found, error)

    def _failed(self, found: Found, error: Exception) -> Capture:
        """Tell of a mistake of ours as loudly as the night goes on: in the log with its trace, and in the report."""
        _log.error("%s: Svodka failed on it", found.url, exc_info=error)
        detail = f"Svodka failed on it: {type(error).__name__}: {error}"[:_LONGEST_DETAIL]
        return Capture(found, Outcome.BROKEN, self._crawl.now(), detail=detail)

    def _taken_in(self, capture: Capture) -> tuple[Capture, list[Found]]:
        """Put the pages of a document into the frontier for good; give its parts, the newest first.

        One that cannot be read is BROKEN: were it kept, the next night would be told that it has not changed.
        """
        if capture.outcome not in KEPT or capture.reply is None or not capture.reply.body:
            return capture, []
        try:
            document = document_of(capture, self._crawl.sources.limits.expanded_bytes)
            if isinstance(document, str):
                return replace(capture, outcome=Outcome.BROKEN, detail=document), []
            finding = pointed_to(self._source, capture.found, document)
            wanted = list(self._wanted(finding.founds))
            parts = self._newest_parts(finding.founds)
        except Exception as error:  # noqa: BLE001 - as for a visit
            return replace(self._failed(capture.found, error), hops=capture.hops), []
        told = "; ".join(finding.complaints)[:_LONGEST_DETAIL]
        if not finding.founds and told:
            return replace(capture, outcome=Outcome.BROKEN, detail=told), []
        self._crawl.archive.add(wanted)
        self._crawl.archive.flush()
        return replace(capture, detail=told), parts

    def _newest_parts(self, founds: Iterable[Found]) -> list[Found]:
        """Give the documents of the source's own sites that a document is made of."""
        parts = [
            found
            for found in founds
            if found.role is not Role.PAGE and self._source.own(host_of(found.url)) and self._is_recent(found)
        ]
        newest = sorted(parts, key=lambda part: part.modified_at.timestamp() if part.modified_at else 0, reverse=True)
        return newest[:MOST_PARTS]

    def _wanted(self, founds: Iterable[Found]) -> Iterator[Found]:
        for found in founds:
            if found.role is not Role.PAGE or not self._source.takes(found.url) or not self._is_recent(found):
                continue
            if self._crawl.archive.known(found.url) is None:
                if self._found >= self._source.max_pages:
                    continue
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
        await _all(self._work(due) for _ in range(workers))

    async def _work(self, due: Iterator[Known]) -> None:
        for known in due:
            if not self._source.takes(known.found.url):  # the table has changed since it was found
                continue
            if not self._crawl.spend():
                self._crawl.archive.give_back(known.found.url)
                return
            try:
                await asyncio.sleep(0)  # signals are heard, even where nothing may be asked for
                capture = await self._visited(known)
            except StoppedError:
                self._crawl.archive.give_back(known.found.url)
                return
            if capture.outcome in _UNASKED and not capture.hops:
                self._crawl.refund()
            self._crawl.keep(self._settled(capture, known))

    def _settled(self, capture: Capture, known: Known) -> Capture:
        """Say when to come again; take what the feed told for a page that cannot be had.

        But not in place of what was had of the page itself: a wall before it would look like a change of the article.
        """
        capture = replace(capture, retry_at=again_at(capture, known, self._source))
        item = capture.found.item
        is_lost = capture.outcome in _FROM_FEED or (capture.outcome in PASSING and capture.retry_at is None)
        is_first = known.digest is None or capture.outcome is Outcome.DISALLOWED
        if is_lost and is_first and item and item.html:
            return Capture(capture.found, Outcome.NEW, capture.at, detail=f"from the feed: {capture.outcome.value}")
        return capture
