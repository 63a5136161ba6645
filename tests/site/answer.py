"""A sound answer, what was asked, and the steps in which answers leave: bytes, pauses in seconds, and cuts."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from http import HTTPStatus

import brotli


class Cut(Enum):
    """How an answer stops before its end."""

    CLOSE = "close"
    RESET = "reset"
    HANG = "hang"  # till the client has enough of it


Step = bytes | float | Cut


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the faults see it. `times`: how often this path was asked for before, since the site opened."""

    host: str
    path: str  # without the query
    query: str
    headers: dict[str, str]  # by lower-case name
    times: int
    night: int
    port: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is as it should be."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = field(default=())

    def head(self, length: int | None) -> bytes:
        """Write the head; without a length the end of the connection, or of the chunks, ends the body."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}", f"Content-Type: {self.kind}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [] if length is None or self.status == HTTPStatus.NOT_MODIFIED else [f"Content-Length: {length}"]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def wire(self) -> bytes:
        return self.head(len(self.body)) + self.body

    def more(self, *headers: tuple[str, str]) -> "Answer":
        return replace(self, headers=self.headers + headers)

    def packed(self, coding: str) -> "Answer":
        """Pack the body, once for each coding of a list."""
        body = self.body
        for name in coding.split(", "):
            body = PACKERS[name](body)
        label = coding.replace("raw-", "")
        return replace(self, body=body).more(("Content-Encoding", label), ("Vary", "Accept-Encoding"))


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, 1, mtime=0),
    "br": lambda data: brotli.compress(data, quality=1),
    "deflate": zlib.compress,
    "raw-deflate": _raw_deflate,
    "identity": bytes,
}

Fault = Callable[[Asked, Answer], Iterator[Step]]
