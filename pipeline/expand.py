"""Bounded expansion of what travels packed: the content encodings of HTTP, in steps, never beyond a limit.

Owns gzip, deflate (with zlib's frame and without), br, and several in a row. Knows nothing of HTTP or of files:
bytes in, bytes out, or an ExpansionError that says which flaw it was.
"""

import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import brotli

_STEP = 64 * 1024
_MOST_ENCODINGS = 4  # honest servers use one
_GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"
_PLAIN = frozenset({"", "identity"})


class Flaw(StrEnum):
    """Why something cannot be expanded."""

    UNKNOWN = "unknown"  # an encoding that is not spoken here
    BROKEN = "broken"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"


class ExpansionError(Exception):
    """What cannot be expanded; the caller makes a value of it."""

    def __init__(self, flaw: Flaw, detail: str) -> None:
        super().__init__(detail)
        self.flaw = flaw
        self.detail = detail


def expand(packed: bytes, encoding: str | None, most: int) -> bytes:
    """Take bytes out of their Content-Encoding; ExpansionError when that fails or makes more than `most` bytes.

    >>> expand(zlib.compress("Новости".encode()), "deflate", 100).decode()
    'Новости'
    """
    return b"".join(expand_steps([packed], encoding, most))


def expand_steps(packed: Iterable[bytes], encoding: str | None, most: int) -> Iterator[bytes]:
    """Expand in pieces of at most 64 KiB; what was wrong is raised after the good pieces before it."""
    names = [name.strip().lower() for name in (encoding or "").split(",")]
    names = [name for name in names if name not in _PLAIN]
    if len(names) > _MOST_ENCODINGS:
        raise ExpansionError(Flaw.UNKNOWN, f"packed {len(names)} times over")
    pieces = _cut(packed)
    for name in reversed(names):
        if name not in _EXPANDERS:
            raise ExpansionError(Flaw.UNKNOWN, f"packed as {name[:40]!r}")
        pieces = _bounded(_EXPANDERS[name](pieces), most)
    return _bounded(pieces, most)


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give pieces of at most a step each, none empty: zlib copies what it has not taken yet."""
    for piece in pieces:
        for start in range(0, len(piece), _STEP):
            yield piece[start : start + _STEP]


def _bounded(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise ExpansionError(Flaw.TOO_LARGE, f"expands to more than {most:,} bytes")
        yield piece


def _gzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Expand the members one after the other; what follows them and is none is passed over, as browsers do."""
    rest = _at_least(pieces, len(_MAGIC))
    while rest:
        member = zlib.decompressobj(_GZIP)
        yield from _inflated(member, rest, pieces)
        rest = member.unused_data.lstrip(b"\0")
        rest += _at_least(pieces, len(_MAGIC)) if len(rest) < len(_MAGIC) else b""
        if not rest.startswith(_MAGIC):
            return


def _deflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Expand what is meant to have zlib's frame, and what some servers send instead: the bare stream."""
    if not (head := _at_least(pieces, 2)):
        return
    try:
        zlib.decompressobj().decompress(head[:2], 1)
    except zlib.error:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
    else:
        stream = zlib.decompressobj()
    yield from _inflated(stream, head, pieces)


def _inflated(stream: Any, data: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Expand one zlib stream to its end."""
    while not stream.eof:
        ended = not data and not (data := next(pieces, b""))
        try:
            expanded = stream.decompress(data, _STEP)  # may hold more even when nothing is left to take
        except zlib.error as error:
            raise ExpansionError(Flaw.BROKEN, f"not what its encoding says: {error}") from error
        data = stream.unconsumed_tail
        if expanded:
            yield expanded
        elif ended and not stream.eof:
            raise ExpansionError(Flaw.TRUNCATED, "what is packed breaks off before its end")


def _brotli(pieces: Iterator[bytes]) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    data = next(pieces, b"")
    if not data:
        return
    while not stream.is_finished():
        ended = stream.can_accept_more_data() and not data
        try:
            expanded = stream.process(data, output_buffer_limit=_STEP)
        except brotli.error as error:
            raise ExpansionError(Flaw.BROKEN, "not what its encoding says: no br") from error
        if expanded:
            yield expanded
        elif ended and not stream.is_finished():
            raise ExpansionError(Flaw.TRUNCATED, "what is packed breaks off before its end")
        data = next(pieces, b"") if stream.can_accept_more_data() else b""


def _at_least(pieces: Iterator[bytes], count: int) -> bytes:
    """Take pieces until they hold so many bytes, or there are no more."""
    data = b""
    while len(data) < count and (piece := next(pieces, b"")):
        data += piece
    return data


_EXPANDERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli}
