"""Documents asked for by hand, as politely as a crawl asks: robots.txt, pace, guard. Nothing is written to disk."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from pipeline.crawl.archive import RobotsFile
from pipeline.crawl.capture import Document, Found, Known, Obtain, Role
from pipeline.crawl.documents import document_of, pointed_to
from pipeline.crawl.sources import Source, Sources
from pipeline.crawl.sources.discover import Proposal, discover
from pipeline.crawl.sources.probe import Given, probe
from pipeline.crawl.visit import Visitor, wire_of
from pipeline.net import World


class _Remembered:
    """What robots.txt files said, till the command ends."""

    def __init__(self) -> None:
        self._files: dict[str, RobotsFile] = {}

    def robots(self, url: str) -> RobotsFile | None:
        return self._files.get(url)

    def remember_robots(self, url: str, file: RobotsFile) -> None:
        self._files[url] = file


@asynccontextmanager
async def _asking(sources: Sources, world: World) -> AsyncIterator[Callable[[Source], Obtain]]:
    """Give what makes an `obtain` for a source; the pace and what robots.txt said are shared by all."""
    async with wire_of(sources, world) as wire:
        visitor = Visitor(wire, _Remembered(), sources, world, world.pause)

        def of(source: Source) -> Obtain:
            async def obtain(url: str, role: Role) -> Document | str:
                capture = await visitor.visit(Known(Found(url, source.name, role)), source)
                return document_of(capture, sources.limits.expanded_bytes)

            return obtain

        yield of


async def probed(sources: Sources, world: World) -> list[tuple[str, Given]]:
    """Ask each document of the enabled sources once; give what each gave, with its source's name."""
    async with _asking(sources, world) as obtain:
        return [
            (source.name, given)
            for source in sources.enabled
            for given in await probe(source, obtain(source), lambda *asked: pointed_to(*asked).founds, world.now())
        ]


async def discovered(url: str, sources: Sources, world: World) -> Proposal:
    """Propose a table for a site; `sources` has one source, the site itself. Raises what `discover` does."""
    async with _asking(sources, world) as obtain:
        return await discover(url, obtain(sources.sources[0]))
