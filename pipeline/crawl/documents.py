"""Documents that point to articles: what was captured, unpacked; and what each kind points to, by its finder.

Pure: a capture in, addresses out. For commands that ask a document by hand as for the crawl.
"""

import re

from pipeline.crawl.capture import KEPT, Capture, Found, Role
from pipeline.crawl.find.feeds import read_feed
from pipeline.crawl.find.finding import Finding
from pipeline.crawl.find.sections import read_section
from pipeline.crawl.find.sitemaps import read_sitemap
from pipeline.crawl.sources import Source
from pipeline.crawl.sources.discover import Document
from pipeline.expand import ExpansionError, expand

_GZIP = b"\x1f\x8b"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def document_of(capture: Capture, most: int) -> Document | str:
    """Unpack what was captured, to `most` bytes; a str says why there is no document."""
    reply = capture.reply
    if capture.outcome not in KEPT or reply is None:
        outcome = capture.outcome.value.replace("_", " ")
        return f"{outcome}: {capture.detail}" if capture.detail else outcome
    try:
        content = expand(reply.body, reply.header("Content-Encoding"), most)
        if content.startswith(_GZIP):  # a sitemap.xml.gz
            content = expand(content, "gzip", most)
    except ExpansionError as error:
        return error.detail
    charset = _CHARSET.search(reply.header("Content-Type") or "")
    return Document(reply.ask.url, content, charset[1] if charset else None)


def pointed_to(source: Source, found: Found, document: Document) -> Finding:
    """Read what a document of a source points to, by the role in which it was asked for."""
    at = Found(document.url, found.source, found.role)
    if found.role is Role.FEED:
        return read_feed(document.content, at, source.time_zone, document.charset)
    if found.role is Role.SITEMAP:
        return read_sitemap(document.content, at, source.time_zone)
    if found.role is Role.SECTION:
        return read_section(document.content, at, source.time_zone, selector=source.selector, charset=document.charset)
    return Finding((), ())
