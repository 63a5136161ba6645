"""The WARC records of a capture, as gzip members: the metadata from the feed, each hop's request and answer.

The last record bears the note (`Svodka-Capture`) that closes the capture: what follows the last note in a file is of a
capture that was not written to its end. Transfer encodings are undone before a body comes here, so their header is
renamed; content encodings stay. Of the request's headers only harmless ones are kept: others may hold secrets.
"""

import io
import string
import uuid
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.crawl.archive._notes import Note, body_of, item_json
from pipeline.crawl.capture import Capture, Outcome
from pipeline.net import Reply
from pipeline.warc_words import ITEM_TYPE, OUTCOME, ROLE

CAPTURE = "Svodka-Capture"

_VERSION = "WARC/1.1"
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_BODY_KEPT = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.WALL})
_HARMLESS = frozenset(
    {"accept", "accept-encoding", "accept-language", "from", "if-modified-since", "if-none-match", "user-agent"}
)


class Earlier(NamedTuple):
    """The kept version that an unchanged page still is."""

    url: str
    at: datetime


def warcinfo(name: str, at: datetime, about: Mapping[str, str]) -> bytes:
    """Give the record that every file begins with."""
    fields = {"format": "WARC File Format 1.1", **about}
    payload = "".join(f"{key}: {_line(value)}\r\n" for key, value in fields.items()).encode()
    return _member("warcinfo", payload, {"WARC-Filename": name, "WARC-Date": _date(at)}, "application/warc-fields")


def records(capture: Capture, note: Note, earlier: Earlier | None) -> list[bytes]:
    """Give the records of a capture; the last closes it."""
    closing = {ROLE: note.role, OUTCOME: note.outcome, CAPTURE: note.header()}
    last_id = _new_id()
    reply = capture.reply
    if note.outcome == Outcome.UNCHANGED and reply:
        return [*_asked(reply, last_id), _revisit(reply, note, earlier, {"WARC-Record-ID": last_id, **closing})]
    if note.outcome not in _BODY_KEPT or (body := body_of(capture)) is None:
        about = {"WARC-Target-URI": note.url, "WARC-Date": _date(capture.at), **closing}
        return [_member("metadata", b"", about, "application/json")]
    members = [*_told(capture, last_id)] if note.is_version else []
    for hop in capture.hops[:-1]:
        members += [*_asked(hop, hop_id := _new_id()), _answer(hop, {"WARC-Record-ID": hop_id, ROLE: note.role})]
    if reply:
        return [*members, *_asked(reply, last_id), _answer(reply, {"WARC-Record-ID": last_id, **closing})]
    about = {"WARC-Record-ID": last_id, "WARC-Target-URI": note.url, "WARC-Date": _date(capture.at), **closing}
    return [*members, _member("resource", body, about, "text/html; charset=utf-8")]


def _told(capture: Capture, concurrent_to: str) -> Iterator[bytes]:
    """Give the record of what the feed told, if one did; not again what a page made of it holds."""
    item = capture.found.item
    if item is None:
        return
    about = {"WARC-Target-URI": capture.found.url, "WARC-Date": _date(capture.at), "WARC-Concurrent-To": concurrent_to}
    yield _member("metadata", item_json(item), about, ITEM_TYPE)


def _asked(reply: Reply, concurrent_to: str) -> Iterator[bytes]:
    ask = reply.ask
    parts = urlsplit(ask.url)
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=string.punctuation)
    headers = [("Host", parts.netloc.rpartition("@")[2])]
    headers += [(name, _line(value)) for name, value in ask.headers.items() if name.lower() in _HARMLESS]
    http = StatusAndHeaders(f"{ask.method} {path} HTTP/1.1", headers, is_http_request=True)
    about = {"WARC-Target-URI": ask.url, "WARC-Date": _date(reply.at), "WARC-Concurrent-To": concurrent_to}
    yield _member("request", b"", about, http=http)


def _answer(reply: Reply, about: Mapping[str, str]) -> bytes:
    packed = reply.header("content-encoding") is not None
    return _member("response", reply.body, _place(reply) | dict(about), http=_http(reply), level=1 if packed else 6)


def _revisit(reply: Reply, note: Note, earlier: Earlier | None, about: Mapping[str, str]) -> bytes:
    same = "server-not-modified" if note.status == 304 else "identical-payload-digest"  # noqa: PLR2004 - not modified
    headers = _place(reply) | dict(about) | {"WARC-Profile": _PROFILE + same}
    if note.digest:
        headers["WARC-Payload-Digest"] = note.digest
    if earlier:
        headers |= {"WARC-Refers-To-Target-URI": earlier.url, "WARC-Refers-To-Date": _date(earlier.at)}
    return _member("revisit", b"", headers, http=_http(reply))


def _place(reply: Reply) -> dict[str, str]:
    about = {"WARC-Target-URI": reply.ask.url, "WARC-Date": _date(reply.at)}
    return about | ({"WARC-IP-Address": reply.address} if reply.address else {})


def _http(reply: Reply) -> Any:
    headers = [(_renamed(name), _line(value)) for name, value in reply.headers if name.isascii()]
    status = f"{reply.status} {_line(reply.reason)}".encode("ascii", "replace").decode("ascii").strip()
    return StatusAndHeaders(status, headers, protocol=reply.version)


def _renamed(name: str) -> str:
    return f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name


def _member(  # noqa: PLR0913 - each is a part of a record
    kind: str, payload: bytes, about: Mapping[str, str], media_type: str = "", *, http: Any = None, level: int = 6
) -> bytes:
    """Write one record and pack it by itself."""
    out = io.BytesIO()
    builder = RecordBuilder(warc_version=_VERSION)
    headers = {"WARC-Type": kind, "WARC-Record-ID": _new_id(), **about}
    warc_headers = StatusAndHeaders("", list(headers.items()), protocol=_VERSION)
    record = builder.create_warc_record(
        headers.get("WARC-Target-URI", ""),
        kind,
        io.BytesIO(payload),
        len(payload),
        warc_content_type=media_type,
        warc_headers=warc_headers,
        http_headers=http,
    )
    WARCWriter(out, gzip=False, warc_version=_VERSION).write_record(record)
    packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(out.getbuffer()) + packer.flush()


def _new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _line(value: str) -> str:
    """Take the ends of lines out of a header's value."""
    return " ".join(value.split("\n")).replace("\r", " ").replace("\0", " ")
