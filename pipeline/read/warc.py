"""Pages in a .warc or .warc.gz: the successful responses that are HTML or plain text, with address, charset and time.

Images, redirects, requests and the like are no pages; their number is said at the end. Of an archive that a crawl of
Svodka wrote, each kept version of a page is one; what a feed told of it comes along. The feeds, sitemaps, redirects and
bot walls that such a file holds besides are meant to be there, and are passed over without a word.
"""

import io
import logging
import textwrap
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from email.message import Message
from typing import Any

from pydantic import TypeAdapter
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader

from pipeline.expand import ExpansionError, Flaw, expand
from pipeline.model import FeedItem, Media, Page, Reason, Rejected
from pipeline.read._entry import Entry, Gunzip, Trouble, content, gunzip, peek
from pipeline.settings import MIB
from pipeline.warc_words import ITEM_TYPE, KEPT, OUTCOME, PAGE, ROLE

SUFFIXES = (".warc", ".warc.gz")
ARCHIVE = True

_PAGES = {"text/html": Media.HTML, "application/xhtml+xml": Media.HTML, "text/plain": Media.TEXT}
_SUCCESS = "200"
_ITEM: TypeAdapter[FeedItem] = TypeAdapter(FeedItem)
_LONGEST_ITEM = 16 * MIB
_GZIP = b"\x1f\x8b"
_GZIP_OR_NONE = ("identity", "gzip", "x-gzip")
_FLAWS = {
    Flaw.UNKNOWN: Reason.UNSUPPORTED,
    Flaw.BROKEN: Reason.CORRUPT,
    Flaw.TRUNCATED: Reason.TRUNCATED,
    Flaw.TOO_LARGE: Reason.TOO_LARGE,
}


class _Records(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
    """warcio's iterator without its warnings on stderr; `err_count` tells of them."""

    INC_RECORD = ""


class _Told:
    """What the records of a crawl of Svodka tell of the record after them."""

    def __init__(self) -> None:
        self._item: FeedItem | None = None
        self._of = ""

    def takes(self, record: Any) -> bool:
        """Take a record that is no page by its own word: of another role, or not kept, or about a page."""
        headers = record.rec_headers
        if headers.get_header("Content-Type") == ITEM_TYPE:
            self._of = headers.get_header("WARC-Concurrent-To")
            with suppress(ValueError):
                self._item = _ITEM.validate_json(record.raw_stream.read(_LONGEST_ITEM))
            return True
        role, outcome = headers.get_header(ROLE), headers.get_header(OUTCOME)
        return role is not None and (role != PAGE or outcome not in KEPT)

    def item(self, record: Any) -> FeedItem | None:
        """Give what a feed told of a page, and forget it."""
        is_its = record.rec_headers.get_header("WARC-Record-ID") == self._of
        item, self._item = self._item if is_its else None, None
        return item


def read(entry: Entry) -> Iterator[Page | Rejected]:
    """Give the pages; a record that cannot be read is rejected by itself."""
    expander = Gunzip(entry.stream, entry.limits) if entry.name.lower().endswith(".gz") else None
    records = _Records(expander or entry.stream)
    logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it would tell the terminal of addresses with blanks
    records.known_format = "warc"  # else five words of any kind pass for the older ARC
    others: Counter[str] = Counter()
    none = Trouble(Reason.CORRUPT, "no record in it") if peek(entry.stream) else Trouble(Reason.EMPTY, "empty")
    some = False
    told = _Told()
    try:
        for record in records:
            some = True
            offset = expander.packed_offset(records.offset) if expander else records.offset
            if told.takes(record):
                continue
            for found in _record(replace(entry, source=replace(entry.source, offset=offset)), record, others):
                yield replace(found, item=told.item(record)) if isinstance(found, Page) else found
    except (Trouble, OSError):
        raise
    except Exception as error:  # warcio has an error for some damage; on other it trips over itself
        raise Trouble(Reason.CORRUPT, f"not a WARC, or a damaged one: {_brief(error)}") from error
    if not some:
        raise none
    if others:
        kinds = ", ".join(f"{number} {what}" for what, number in others.most_common(5))
        yield entry.rejected(Reason.UNSUPPORTED, f"{others.total()} records are no pages: {kinds}")


def _record(entry: Entry, record: Any, others: Counter[str]) -> Iterator[Page | Rejected]:
    """Give the page of a record if it has one, else count what it is."""
    if record.rec_type not in ("response", "resource"):
        return
    media_type, charset = _content_type(record)
    status = record.http_headers.get_statuscode() if record.http_headers else _SUCCESS
    if status != _SUCCESS or media_type not in _PAGES:
        others[media_type if status == _SUCCESS else f"answers {status}"] += 1
        return
    url = record.rec_headers.get_header("WARC-Target-URI")
    try:
        body = _body(entry, record)
    except Trouble as trouble:
        yield Rejected(entry.source, trouble.reason, trouble.detail, url)
    else:
        yield Page(entry.source, _PAGES[media_type], body, url, charset, _fetched(record))


def _content_type(record: Any) -> tuple[str, str | None]:
    headers = record.http_headers or record.rec_headers
    message = Message()
    message["Content-Type"] = headers.get_header("Content-Type") or "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()


def _body(entry: Entry, record: Any) -> bytes:
    """Take the body out of its transfer and content encodings."""
    headers = record.http_headers
    chunked = headers and (headers.get_header("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    body = content(replace(entry, stream=stream))
    if getattr(record.raw_stream, "limit", 0) > 0 and not chunked:
        raise Trouble(Reason.TRUNCATED, "the record breaks off before its end")
    encoding = ((headers and headers.get_header("Content-Encoding")) or "identity").lower()
    if body.startswith(_GZIP) and encoding in _GZIP_OR_NONE:  # some servers pack without a word
        return content(replace(entry, stream=gunzip(io.BytesIO(body), entry.limits)))
    if encoding in _GZIP_OR_NONE:
        return body
    try:
        return expand(body, encoding, entry.limits.page_bytes)
    except ExpansionError as error:
        raise Trouble(_FLAWS[error.flaw], error.detail) from error


def _brief(error: Exception, longest: int = 100) -> str:
    """Leave out most of what an error quotes: it may be a page's whole first line."""
    return textwrap.shorten(str(error), longest, placeholder="…")


def _fetched(record: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return None
