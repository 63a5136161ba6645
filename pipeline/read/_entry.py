"""What a reader is given, and what it takes from it without ever taking too much."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from pipeline.model import Page, Reason, Rejected, Source
from pipeline.settings import MIB, Limits

STEP = 64 * 1024
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Entry:
    """A named stream of bytes: a file, a member of an archive, or what a packed one holds.

    `name` decides the reader and is the file's name without its folders. `packed` is the size of what it was
    expanded from, when an archive says it. `unpacked` is true for what a .gz held.
    """

    source: Source
    name: str
    stream: BinaryIO
    limits: Limits
    packed: int | None = None
    unpacked: bool = False

    def rejected(self, reason: Reason, detail: str) -> Rejected:
        """Say that this entry gives nothing."""
        return Rejected(self.source, reason, detail)


Found = Page | Rejected | Entry


class Trouble(Exception):  # noqa: N818 - a bad file is a value soon after; it is no error of Svodka's
    """Why a stream cannot be read on; the driver of the readers turns it into a Rejected."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def content(entry: Entry) -> bytes:
    """Read an entry whole, in bounded steps; Trouble when it is empty, too large, or expands beyond all measure."""
    parts: list[bytes] = []
    size = 0
    while part := entry.stream.read(STEP):
        size += len(part)
        if entry.packed is not None:
            check_ratio(size, entry.packed, entry.limits)
        if size > entry.limits.page_bytes:
            raise too_large(entry.limits)
        parts.append(part)
    if not size:
        raise Trouble(Reason.EMPTY, "there is nothing in it")
    return b"".join(parts)


def peek(stream: BinaryIO) -> bytes:
    """Look at the first bytes without taking them; every stream that readers are given is buffered."""
    return cast("io.BufferedReader", stream).peek(STEP)[:STEP]


def too_large(limits: Limits) -> Trouble:
    """Give the Trouble of a page over the limit."""
    return Trouble(Reason.TOO_LARGE, f"larger than {limits.page_bytes / MIB:g} MiB, the most a page may have")


def check_ratio(expanded: int, packed: int, limits: Limits) -> None:
    """Trouble when `packed` bytes have expanded to more than they honestly could."""
    if expanded > limits.expand_free_bytes and expanded > limits.expand_ratio * max(packed, 1):
        raise Trouble(Reason.BOMB, f"{packed} bytes expand to more than {limits.expand_ratio} times as many")


def lines(entry: Entry) -> Iterator[tuple[int, bytes | Trouble]]:
    """Give the lines of an entry with their numbers from 1; a line over the limit comes as the Trouble it is."""
    limit = entry.limits.page_bytes
    number = 0
    while line := entry.stream.readline(limit + 2):
        number += 1
        if len(line.rstrip(b"\r\n")) <= limit:
            yield number, line
            continue
        yield number, too_large(entry.limits)
        while line and not line.endswith(b"\n"):
            line = entry.stream.readline(STEP)


class Gunzip(io.RawIOBase):
    """The expanded bytes of a gzip stream, in bounded steps. Trouble when it breaks off, is none, or is a bomb.

    A reader that goes through a long stream takes this as it is: under a BufferedReader, a read that meets the trouble
    takes the good bytes before it along.
    """

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self._packed = packed
        self._limits = limits
        self._taken = self._given = 0
        self._rest = b""
        self._starts = {0: 0}
        self._member = self._begin()

    @staticmethod
    def _begin() -> Any:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Expand no more than the buffer holds."""
        data = b""
        while not data:
            if self._member.eof and not self._next_member():
                return 0
            data = self._expand(len(buffer))
        self._given += len(data)
        check_ratio(self._given, self._taken, self._limits)
        buffer[: len(data)] = data
        return len(data)

    def _expand(self, most: int) -> bytes:
        """Expand a piece; nothing may come of it where the packed bytes are a header or a trailer."""
        self._rest = self._rest or self._take()
        ended = not self._rest
        try:
            data: bytes = self._member.decompress(self._rest, most)  # may hold more even where nothing is left to take
        except zlib.error as error:
            raise Trouble(Reason.CORRUPT, f"not a gzip stream: {error}") from error
        self._rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        if ended and not data and not self._member.eof:
            if not self._taken:
                raise Trouble(Reason.EMPTY, "there is nothing in it")
            raise Trouble(Reason.TRUNCATED, "the gzip stream breaks off before its end")
        return data

    def _next_member(self) -> bool:
        """Go on to the next member, if there is one; padding with zeros is none."""
        self._rest = self._rest.lstrip(b"\0") or self._take().lstrip(b"\0")
        if self._rest:
            self._member = self._begin()
            self._starts[self._given] = self._taken - len(self._rest)
        return bool(self._rest)

    def packed_offset(self, offset: int) -> int | None:
        """Give the packed byte at which the member begins whose first expanded byte is at `offset`.

        Asked in rising order: members before `offset` are forgotten. None when no member begins there.
        """
        self._starts = {given: taken for given, taken in self._starts.items() if given >= offset}
        return self._starts.get(offset)

    def _take(self) -> bytes:
        part = self._packed.read(STEP)
        self._taken += len(part)
        return part


def gunzip(packed: BinaryIO, limits: Limits) -> BinaryIO:
    """Open what a gzip stream holds."""
    return io.BufferedReader(Gunzip(packed, limits), STEP)
