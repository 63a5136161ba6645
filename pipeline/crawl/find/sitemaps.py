"""Reads sitemaps: plain, news, indexes, packed, and lists of addresses in lines; as a stream, in bounded memory.

Sitemaps within one another are found as addresses of their own: how deep to go is the caller's to say.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from lxml import etree

from pipeline.crawl.addresses import canonical
from pipeline.crawl.capture import Found, Role
from pipeline.crawl.find.finding import Finding, finding
from pipeline.crawl.find.safe import refusal
from pipeline.model import FeedItem
from pipeline.times import aware_time

MOST_URLS = 50_000  # of a sitemap, by the protocol
MOST_BYTES = 64 * 1024 * 1024  # of a sitemap when it is unpacked; the protocol allows 50 MiB
_GZIP = b"\x1f\x8b"
_KEPT = frozenset({"loc", "lastmod", "publication_date", "title", "language"})
_HOLDERS = frozenset({"url", "sitemap", "news"})
_ENTRIES = {"url": Role.PAGE, "sitemap": Role.SITEMAP}


class _Bounded(io.RawIOBase):
    """The bytes of a sitemap, unpacked where they are packed, and not more of them than MOST_BYTES."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        raw = io.BytesIO(content)
        self.inner = gzip.GzipFile(fileobj=raw) if content.startswith(_GZIP) else raw
        self.left = MOST_BYTES
        self.trouble: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        try:
            chunk = b"" if self.trouble else self.inner.read(min(len(view), self.left + 1))
        except (EOFError, OSError, zlib.error) as error:
            self.trouble, chunk = f"the packed sitemap breaks off: {error}", b""
        self.left -= len(chunk)
        if self.left < 0:
            self.trouble = f"the sitemap is larger than {MOST_BYTES:,} bytes"
            chunk = b""
        view[: len(chunk)] = chunk
        return len(chunk)


def read_sitemap(content: bytes, document: Found, zone: tzinfo) -> Finding:
    """Find the addresses of a sitemap: of pages, or of other sitemaps (role SITEMAP) in an index."""
    stream = _Bounded(content)
    start = stream.inner.peek(1024 * 1024) if isinstance(stream.inner, gzip.GzipFile) and _opens(stream) else content
    if reason := refusal(start):
        return Finding((), (f"the sitemap was refused: {reason}",))
    complaints: list[str] = []
    is_xml = start.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")
    entries = _xml(stream, document, zone, complaints) if is_xml else _lines(stream, document)
    result = finding(_first(entries, complaints), ())
    if stream.trouble:
        complaints.append(stream.trouble)
    if not result.founds and not complaints:
        complaints.append("the sitemap is empty, or none")
    return Finding(result.founds, tuple(complaints))


def _opens(stream: _Bounded) -> bool:
    try:
        stream.inner.peek(1)  # type: ignore[union-attr]  # only asked of gzip
    except (EOFError, OSError, zlib.error) as error:
        stream.trouble = f"the packed sitemap breaks off: {error}"
    return stream.trouble is None


def _first(entries: Iterator[Found], complaints: list[str]) -> Iterator[Found]:
    for count, found in enumerate(entries):
        if count == MOST_URLS:
            complaints.append(f"more than {MOST_URLS:,} addresses: the rest is passed over")
            return
        yield found


def _xml(stream: _Bounded, document: Found, zone: tzinfo, complaints: list[str]) -> Iterator[Found]:
    events = etree.iterparse(
        stream, events=("end",), recover=True, resolve_entities=False, load_dtd=False, no_network=True
    )
    told: dict[str, str] = {}
    try:
        for _, element in events:
            name = _name(element)
            if name in _KEPT and _name(element.getparent()) in _HOLDERS:  # pictures and videos have a <loc> too
                told.setdefault(name, " ".join((element.text or "").split()))
            elif name in _ENTRIES:
                if found := _found(told, _ENTRIES[name], document, zone):
                    yield found
                told = {}
                _forget(element)
    except etree.XMLSyntaxError as error:
        complaints.append(f"broken XML: {error}")
    else:
        if len(events.error_log):
            complaints.append(f"broken XML: {events.error_log[0].message}")


def _name(element: etree._Element | None) -> str:
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else ""


def _forget(element: etree._Element) -> None:
    """Let go of an entry that was read and of all before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _found(told: dict[str, str], role: Role, document: Found, zone: tzinfo) -> Found | None:
    url = canonical(told.get("loc", ""), document.url) if told.get("loc") else None
    if url is None:
        return None
    published = aware_time(told.get("publication_date"), zone)
    title = told.get("title")
    item = FeedItem(document.url, title, None, published) if title or published else None
    return Found(url, document.source, role, published, aware_time(told.get("lastmod"), zone), item)


def _lines(stream: _Bounded, document: Found) -> Iterator[Found]:
    """Read a sitemap that is a list of addresses, one a line."""
    for line in io.BufferedReader(stream):
        address = line.decode("utf-8", "replace").strip("\ufeff \t\r\n")
        if address.startswith(("http://", "https://")) and (url := canonical(address)):
            yield Found(url, document.source)
