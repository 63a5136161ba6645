"""What flows through the pipeline: a Page comes in, an Article is what is left of it, Rejected says why nothing is.

Frozen and picklable. The record at the end of the flow is in `pipeline.record`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from extractors import Span


class Media(StrEnum):
    """What a page's bytes are."""

    HTML = "html"
    TEXT = "text"  # the plain-text copy of a page: select all, copy, paste
    ARTICLE = "article"  # a JSON object {"id", "text", "title"?, "published_at"?, "url"?}: nothing to strip


class Reason(StrEnum):
    """Why a page gave no record; one enum for the whole pipeline, counted in every summary."""

    EMPTY = "empty"
    BINARY = "binary"
    NO_ARTICLE = "no_article"
    INDEX_PAGE = "index_page"
    PAYWALL = "paywall"
    VIDEO_ONLY = "video_only"
    TOO_LARGE = "too_large"
    UNDECODABLE = "undecodable"
    NOT_AN_ARTICLE = "not_an_article"  # JSON that is not {"id", "text", …}
    TRUNCATED = "truncated"  # a compressed file that breaks off
    CORRUPT = "corrupt"  # an archive that is not one
    UNSAFE_PATH = "unsafe_path"  # an archive member that climbs out
    BOMB = "bomb"  # expands beyond all measure
    UNREADABLE = "unreadable"  # the file system says no
    UNSUPPORTED = "unsupported"  # a kind of file that no reader takes
    NESTED = "nested_archive"  # an archive in an archive
    FAILED = "failed"  # our own fault: the processing of this page raised an error


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page was read: a file as its path was given, the member of an archive in it, and a place in that.

    `offset` is the line of a .jsonl or the element of a JSON list, counted from 1; in a WARC, the byte at which the
    record begins.
    """

    file: str
    member: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """What a feed told of a page. `html` is the article's full text with its markup, when the feed carries it."""

    feed: str  # the feed's URL
    title: str | None = None
    html: str | None = None
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page as it was found: bytes, not yet decoded. `charset` is what a transport header said, if any.

    `item` is what a feed told of it, for a page that a crawl found in a feed.
    """

    source: Source
    media: Media
    content: bytes
    url: str | None = None
    charset: str | None = None
    fetched_at: datetime | None = None
    item: FeedItem | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The story of a page and its metadata. `text` is title, blank line, paragraphs between blank lines.

    `paragraphs` are offsets into `text`, the title not among them. `published_at` bears an offset from UTC when the
    page gave one, and is a bare `date` when the page gave no hour; `published_source` names what supplied it
    (`json-ld`, `opengraph`, `time`, `text`, …).
    """

    id: str
    text: str
    source: Source
    title: str | None = None
    lead: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    canonical_url: str | None = None
    site: str | None = None
    site_name: str | None = None
    published_at: datetime | date | None = None
    published_source: str | None = None
    modified_at: datetime | date | None = None
    fetched_at: datetime | None = None
    paragraphs: tuple[Span, ...] = ()
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that gave no record: where it was, the reason, and a sentence of detail for a person."""

    source: Source
    reason: Reason
    detail: str
    url: str | None = None
