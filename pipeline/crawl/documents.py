"""Documents that point to articles: what was captured, unpacked; and what it points to, by the finders.

Pure: a capture in, addresses out. For commands that ask a document by hand as for the crawl.
"""

import re

from pipeline.crawl.capture import KEPT, Capture, Document, Found
from pipeline.crawl.find import Finding, read_document
from pipeline.crawl.sources import Source
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
    """Read what a document of a source points to; `found` is what was asked for, the document where it was."""
    at = Found(document.url, found.source, found.role)
    return read_document(document.content, at, source.time_zone, selector=source.selector, charset=document.charset)
