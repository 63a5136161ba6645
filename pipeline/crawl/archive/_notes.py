"""What the frontier gets to know of a capture, in memory and as the header that its last WARC record bears."""

import base64
import hashlib
import html
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from pydantic import TypeAdapter

from pipeline.crawl.capture import KEPT, Capture, Found, Known, Outcome, Role
from pipeline.model import FeedItem

_NOT_MODIFIED = 304
_ITEM: TypeAdapter[FeedItem] = TypeAdapter(FeedItem)


@dataclass(frozen=True, slots=True)
class Note:
    """A capture without its bodies. Times are text as `stamp` writes them; `digest` is of the body as kept."""

    url: str
    source: str
    role: str
    outcome: str
    at: str
    published_at: str | None = None
    modified_at: str | None = None
    retry_at: str | None = None
    detail: str = ""
    status: int | None = None
    size: int = 0
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None

    @property
    def is_version(self) -> bool:
        """Tell whether a body was kept."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)

    def header(self) -> str:
        """Write it as one line of ASCII."""
        told = {name: value for name, value in asdict(self).items() if value not in (None, "", 0)}
        return json.dumps(told, separators=(",", ":"))


def read_note(header: str) -> Note:
    """Read what `Note.header` wrote."""
    return Note(**json.loads(header))


def note_of(capture: Capture, known: Known | None) -> Note:
    """Sum a capture up, and say by the digest whether its body is new, changed, or the one that is kept already."""
    found, reply = capture.found, capture.reply
    body = body_of(capture)
    note = Note(
        url=found.url,
        source=found.source,
        role=found.role.value,
        outcome=capture.outcome.value,
        at=stamp(capture.at),
        published_at=stamp(found.published_at) if found.published_at else None,
        modified_at=stamp(found.modified_at) if found.modified_at else None,
        retry_at=stamp(capture.retry_at) if capture.retry_at else None,
        detail=capture.detail,
        status=reply.status if reply else None,
        size=len(reply.body) if reply else 0,
    )
    if capture.outcome not in KEPT:
        return note
    if reply:
        note = replace(note, etag=reply.header("etag"), last_modified=reply.header("last-modified"))
    if body is None:
        return replace(note, outcome=Outcome.UNCHANGED.value, digest=known.digest if known else None)
    return _judged(note, digest(body), known.digest if known else None)


def _judged(note: Note, is_now: str, was: str | None) -> Note:
    if was is None:
        return replace(note, outcome=Outcome.NEW.value, digest=is_now)
    if was == is_now or note.outcome == Outcome.UNCHANGED:
        return replace(note, outcome=Outcome.UNCHANGED.value, digest=was)
    return replace(note, outcome=Outcome.CHANGED.value, digest=is_now)


def body_of(capture: Capture) -> bytes | None:
    """Give the bytes that a capture would keep: its answer's, or a page made of what the feed told; none of a 304."""
    if capture.reply is not None:
        return None if capture.reply.status == _NOT_MODIFIED else capture.reply.body
    item = capture.found.item
    return item_page(item) if item and item.html else None


def digest(body: bytes) -> str:
    """Give a body's digest as WARC writes it.

    >>> digest(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def item_page(item: FeedItem) -> bytes:
    """Make the page of an article that is had from a feed alone."""
    title = html.escape(item.title or "")
    head = (
        f'<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8"><title>{title}</title></head>\n<body><article>'
    )
    page = f"{head}<h1>{title}</h1>\n{item.html or ''}\n</article></body></html>\n"
    return page.encode("utf-8", "replace")


def item_json(item: FeedItem) -> bytes:
    """Write what a feed told of a page."""
    whole = replace(
        item,
        title=_whole(item.title),
        html=_whole(item.html),
        authors=tuple(_whole(author) or "" for author in item.authors),
    )
    return _ITEM.dump_json(whole, exclude_defaults=True)


def read_item(text: bytes) -> FeedItem:
    """Read what `item_json` wrote; ValueError when it is none."""
    return _ITEM.validate_json(text)


def _whole(text: str | None) -> str | None:
    """Replace halves of characters: no JSON could hold them."""
    return text.encode("utf-8", "replace").decode("utf-8") if text else text


def stamp(moment: datetime) -> str:
    """Write a moment so that text sorts as time; one without an offset is UTC.

    >>> stamp(datetime.fromisoformat("2024-03-06T10:00:00+03:00"))
    '2024-03-06T07:00:00.000000+00:00'
    """
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def found_of(note: Note, item: FeedItem | None) -> Found:
    """Give back what a source told of an address."""
    published, modified = (datetime.fromisoformat(t) if t else None for t in (note.published_at, note.modified_at))
    return Found(note.url, note.source, Role(note.role), published, modified, item)
