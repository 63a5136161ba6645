"""What a crawl asks for, and what came of it: the words that its modules speak with one another."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model import FeedItem
from pipeline.net import Reply


class Role(StrEnum):
    """What an address is fetched for."""

    PAGE = "page"  # an article, as far as anyone knows
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ROBOTS = "robots"


class Outcome(StrEnum):
    """What came of an address; one enum for logs, metrics, the frontier and the report of the night."""

    NEW = "new"
    CHANGED = "changed"  # a new revision of what was fetched before
    UNCHANGED = "unchanged"  # 304, or the same bytes again
    DISALLOWED = "disallowed"  # by robots.txt, so it was not asked for
    ROBOTS_UNREACHABLE = "robots_unreachable"  # RFC 9309: then everything is disallowed for the time being
    GONE = "gone"  # 404, 410
    REFUSED = "refused"  # 401, 403, 451 and other 4xx
    WALL = "wall"  # a bot wall or challenge in place of the page
    OFF_SITE = "off_site"  # a redirect to a host that is not the source's
    REDIRECT_LOOP = "redirect_loop"  # or too many redirects
    UNSAFE_ADDRESS = "unsafe_address"  # private, loopback, metadata …, or no http(s)
    NOT_TEXT = "not_text"  # a content type that holds no article
    TOO_LARGE = "too_large"  # body, expanded body or header beyond the limits
    BROKEN = "broken"  # cut off, wrong length, impossible packing; tried again in vain
    SERVER_ERROR = "server_error"  # 5xx and 429, tried again in vain
    UNREACHABLE = "unreachable"  # no connection, no answer in time, TLS; tried again in vain


KEPT = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED})
PASSING = frozenset({Outcome.ROBOTS_UNREACHABLE, Outcome.BROKEN, Outcome.SERVER_ERROR, Outcome.UNREACHABLE})


class Stop(StrEnum):
    """What ends a crawl before its work does."""

    BUDGET_PAGES = "budget_pages"
    BUDGET_MINUTES = "budget_minutes"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a source points to, in canonical form, and what the source told of it."""

    url: str
    source: str  # the source's name
    role: Role = Role.PAGE
    published_at: datetime | None = None
    modified_at: datetime | None = None
    item: FeedItem | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An address in the frontier. `etag` to `digest` are of its last version, for a conditional request."""

    found: Found
    tries: int = 0  # in vain, since the last success
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None  # of the body as it was kept: `sha1:BASE32` as WARC writes it
    found_at: datetime | None = None  # first


@dataclass(frozen=True, slots=True)
class Capture:
    """What came of asking for an address. `reply` is the last of its `hops`; None when no answer came.

    `retry_at` is set when the address is worth another try, this night or a later one.
    """

    found: Found
    outcome: Outcome
    at: datetime
    hops: tuple[Reply, ...] = ()
    detail: str = ""
    retry_at: datetime | None = None

    @property
    def reply(self) -> Reply | None:
        """The answer to the last request of the redirects."""
        return self.hops[-1] if self.hops else None


@dataclass(frozen=True, slots=True)
class Document:
    """What an address gave: `url` is where redirects ended; `content` is expanded."""

    url: str
    content: bytes
    charset: str | None = None  # what the transport said


Obtain = Callable[[str, Role], Awaitable[Document | str]]  # a str says why there is nothing
