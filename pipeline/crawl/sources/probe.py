"""Asks each document of a source once, and tells what it gives: whether the table means what its author thinks.

Asks through `obtain`, which keeps robots.txt and the pace; reads through `read`, the finders. Fetches no article.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.crawl.addresses import host_of
from pipeline.crawl.capture import Document, Found, Obtain, Role
from pipeline.crawl.sources.source import Source

Read = Callable[[Source, Found, Document], Sequence[Found]]  # what a document points to

_DEEPEST = 2  # an index of sitemaps, and the newest of them


@dataclass(frozen=True, slots=True)
class Given:
    """What one document gave. `trouble`: why it gave nothing; the counts are of pages."""

    url: str
    role: Role
    trouble: str = ""
    pages: int = 0
    taken: int = 0  # of the source's sites, by its patterns, and young enough
    elsewhere: tuple[str, ...] = ()  # hosts of other sites that it points to, by number of pages
    old: int = 0
    full: int = 0  # with their full text
    newest: datetime | None = None

    @property
    def barren(self) -> bool:
        """Whether nothing of it would be fetched."""
        return bool(self.trouble) or not self.taken


async def probe(source: Source, obtain: Obtain, read: Read, now: datetime) -> list[Given]:
    """Ask the documents of a source, one after the other; `urls` are articles, and not asked."""
    documents = [document for document in source.documents() if document.role is not Role.PAGE]
    return [await _asked(source, document, (obtain, read), now) for document in documents]


async def _asked(source: Source, document: Found, seams: tuple[Obtain, Read], now: datetime) -> Given:
    obtain, read = seams
    at: Found | None = document
    found: list[Found] = []
    for _ in range(_DEEPEST):
        if at is None:
            break
        got = await obtain(at.url, at.role)
        if isinstance(got, str):
            return Given(document.url, document.role, got if at is document else f"{at.url}: {got}")
        here = read(source, at, got)
        found += (one for one in here if one.role is Role.PAGE)
        at = _newest_part(here)
    return _counted(source, document, found, now)


def _newest_part(found: Iterable[Found]) -> Found | None:
    """Give the sitemap of an index that was modified last; the last of those that do not tell."""
    parts = [one for one in found if one.role is Role.SITEMAP]
    dated = [(one.modified_at, place) for place, one in enumerate(parts) if one.modified_at is not None]
    if dated:
        return parts[max(dated)[1]]
    return parts[-1] if parts else None


def _counted(source: Source, document: Found, found: Sequence[Found], now: datetime) -> Given:
    pages = list({one.url: one for one in reversed(found)}.values())  # of those told twice the first
    wanted = [one for one in pages if source.takes(one.url)]
    young = [one for one in wanted if source.recent(one.published_at, now)]
    dates = [one.published_at for one in pages if one.published_at is not None]
    return Given(
        document.url,
        document.role,
        pages=len(pages),
        taken=len(young),
        elsewhere=_elsewhere(source, pages),
        old=len(wanted) - len(young),
        full=sum(one.item is not None and one.item.html is not None for one in pages),
        newest=max(dates, default=None),
    )


def _elsewhere(source: Source, pages: Iterable[Found]) -> tuple[str, ...]:
    hosts = [host for one in pages if not source.own(host := host_of(one.url))]
    return tuple(sorted(set(hosts), key=lambda host: (-hosts.count(host), host)))
