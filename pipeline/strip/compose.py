"""Puts an Article together: its text with the offsets of its paragraphs, and its id.

Knows nothing of where title, paragraphs and metadata came from.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from extractors import Span
from pipeline.model import Article, Page

_ID_LENGTH = 16  # hexadecimal digits of the hash


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article. `published_source` names what supplied the time; see `pipeline.times`."""

    title: str | None = None
    lead: str | None = None
    authors: tuple[str, ...] = ()
    canonical_url: str | None = None
    site_name: str | None = None
    published_at: datetime | date | None = None
    published_source: str | None = None
    modified_at: datetime | date | None = None


def compose(page: Page, metadata: Metadata, paragraphs: list[str], captions: tuple[str, ...] = ()) -> Article:
    """Build the article of a page from its clean parts."""
    text, spans = _layout(metadata.title, paragraphs)
    url = page.url or metadata.canonical_url
    return Article(
        id=_identity(metadata.canonical_url or page.url, text),
        text=text,
        source=page.source,
        title=metadata.title,
        lead=metadata.lead,
        authors=metadata.authors,
        url=url,
        canonical_url=metadata.canonical_url,
        site=site_of(url),
        site_name=metadata.site_name,
        published_at=metadata.published_at,
        published_source=metadata.published_source,
        modified_at=metadata.modified_at,
        fetched_at=page.fetched_at,
        paragraphs=spans,
        captions=captions,
    )


def site_of(url: str | None) -> str | None:
    """Give the host of an address without `www.`.

    >>> site_of("https://www.example.ru/news/1")
    'example.ru'
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _layout(title: str | None, paragraphs: list[str]) -> tuple[str, tuple[Span, ...]]:
    text, spans = title or "", []
    for paragraph in paragraphs:
        text += "\n\n" * bool(text)
        spans.append(Span(len(text), len(text) + len(paragraph)))
        text += paragraph
    return text, tuple(spans)


def _identity(url: str | None, text: str) -> str:
    return hashlib.sha256((url or text).encode("utf-8", "replace")).hexdigest()[:_ID_LENGTH]
