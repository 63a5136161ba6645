"""What a document of a site is, told by its first bytes and its tags: enough to propose it, not to read it.

Bytes in; nothing is expanded or resolved, so entity bombs are bytes like any others. Reading a feed or a sitemap is
`pipeline.crawl.find`'s.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import lxml.html
from lxml.etree import ParserError, XMLSyntaxError

from pipeline.crawl.addresses import canonical

Kind = Literal["feed", "sitemap", "sitemap index", "page", "other"]

_HEAD = 4096
_ROOT = re.compile(rb"<(?!\?|!)(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex|html|head|body)\b", re.IGNORECASE)
_KINDS: dict[str, Kind] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap index",
    "html": "page", "head": "page", "body": "page",
}  # fmt: skip
_ENTRY = re.compile(rb"<(?:item|entry|url|sitemap)[\s>]")
_FULL = re.compile(rb"<(?:yandex:full-text|rbc_news:full-text|turbo:content|content:encoded)[\s>]")
_NEWS = re.compile(rb"<(?:\w+:)?publication_date[\s>]")
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/rss+xml"})
_FEED_PATH = re.compile(r"[/.](?:rss|atom|feed)(?:[/.?]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """What a document seems to be, how many entries it has, and of how many the whole text."""

    kind: Kind
    entries: int = 0
    full: int = 0
    news: bool = False  # a sitemap with dates of publication


def look(content: bytes) -> Look:
    """Tell what a document is.

    >>> look(b"<?xml version='1.0'?><rss><channel><item><title>...</title></item></channel></rss>")
    Look(kind='feed', entries=1, full=0, news=False)
    """
    root = _ROOT.search(content, 0, _HEAD)
    kind = _KINDS[root[1].decode().lower()] if root else "other"
    if kind in {"page", "other"}:
        return Look(kind)
    return Look(kind, len(_ENTRY.findall(content)), len(_FULL.findall(content)), _NEWS.search(content) is not None)


def told_sitemaps(robots: bytes, base: str) -> list[str]:
    """Give the sitemaps that a robots.txt names."""
    text = robots.decode("utf-8", "replace")
    return _canonical(_SITEMAP_LINE.findall(text), base)


def told_feeds(page: bytes, base: str) -> list[str]:
    """Give the feeds that a page names: those in its head first, then what its links seem to lead to."""
    try:
        root = lxml.html.document_fromstring(page)
    except (ParserError, XMLSyntaxError, ValueError):  # nothing in it
        return []
    return _canonical([*_alternates(root), *_links(root)], base)


def _alternates(root: lxml.html.HtmlElement) -> Iterator[str]:
    for link in root.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        if "alternate" in relations and (link.get("type") or "").split(";")[0].strip().lower() in _FEED_TYPES:
            yield link.get("href") or ""


def _links(root: lxml.html.HtmlElement) -> Iterator[str]:
    return (href for link in root.iter("a") if _FEED_PATH.search(href := link.get("href") or ""))


def _canonical(addresses: list[str], base: str) -> list[str]:
    made = (canonical(address, base) for address in addresses if address.strip())
    return list(dict.fromkeys(url for url in made if url is not None))
