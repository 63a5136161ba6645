"""The connections under the HTTP library: where they go, and what is seen of an exchange only on them.

HTTP libraries tell neither where a head ends nor what follows a body that should have ended, and they connect to names.
So each connection is made here, to an address that the guard was asked about, and is listened to as it is read.
"""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from ssl import SSLContext
from typing import Any

import httpcore

from pipeline.net.guard import Address, Guard

Resolve = Callable[[str, int], Awaitable[list[Address]]]

CHUNKS_END = b"\r\n\r\n"

_MOST_ADDRESSES = 4  # of one name that are tried
_HEAD_ENDS = (b"\n\r\n", b"\n\n")


class RefusedError(Exception):
    """The guard says no."""


class TooLargeError(Exception):
    """More than the bounds allow."""


class WrongLengthError(Exception):
    """More came than the length says."""


@dataclass(slots=True)
class Transfer:
    """What is seen of one exchange on its connection."""

    now: Callable[[], datetime]
    header_bytes: int
    sent_at: datetime | None = None
    head: bytearray | None = field(default_factory=bytearray)  # until it has ended
    head_bytes: int = 0
    body_bytes: int = 0  # as on the connection, with transfer chunks
    stream: "Tap | None" = None

    def wrote(self, stream: "Tap") -> None:
        """Note when a request was sent; what came before was the answer of a proxy."""
        if self.stream is not stream or self.body_bytes or self.head_bytes:
            self.sent_at = self.now()
            self.head, self.head_bytes, self.body_bytes = bytearray(), 0, 0
        self.stream = stream
        stream.ends = b""

    def took(self, data: bytes) -> None:
        """Note what was read."""
        if self.head is None:
            self.body_bytes += len(data)
            return
        self.head += data
        self.head_bytes += len(data)
        while self.head is not None and (end := _head_end(self.head)):
            rest = self.head[end:]
            self.head_bytes -= len(rest)
            self._check_head()
            if _is_informational(self.head):
                self.head, self.head_bytes = rest, self.head_bytes + len(rest)
            else:
                self.head, self.body_bytes = None, len(rest)
        self._check_head()

    def _check_head(self) -> None:
        if self.head_bytes > self.header_bytes:
            raise TooLargeError(f"its headers are longer than {self.header_bytes:,} bytes")


_TRANSFER: ContextVar[Transfer | None] = ContextVar("transfer", default=None)


@contextmanager
def transferring(transfer: Transfer) -> Iterator[None]:
    """Have the connections that this task uses in the block tell `transfer`."""
    token = _TRANSFER.set(transfer)
    try:
        yield
    finally:
        _TRANSFER.reset(token)


@dataclass(eq=False)
class Tap(httpcore.AsyncNetworkStream):
    """A connection that is listened to. `unclean`: what is left on it may be no answer to the next request."""

    inner: httpcore.AsyncNetworkStream
    address: str
    unclean: bool = False
    ends: bytes = b""  # of the last answer; else something came after it
    _last: bytes = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's interface
        """Read, and tell of it."""
        data = await self.inner.read(max_bytes, timeout)
        self._last = self._last[-8:] + data[-8:]
        if transfer := _TRANSFER.get():
            transfer.took(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's interface
        """Tell of it, and write."""
        if transfer := _TRANSFER.get():
            transfer.wrote(self)
        await self.inner.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self.inner.aclose()

    async def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
    ) -> httpcore.AsyncNetworkStream:
        """Go on inside TLS."""
        return Tap(await self.inner.start_tls(ssl_context, server_hostname, timeout), self.address)

    def get_extra_info(self, info: str) -> Any:
        """Say that there is something to read, so that the pool lets go of it, when it is not clean."""
        if info == "is_readable" and (self.unclean or not self._last.endswith(self.ends)):
            return True
        return self.inner.get_extra_info(info)


@dataclass(eq=False)
class Backend(httpcore.AsyncNetworkBackend):
    """Connections to what the guard lets through."""

    guard: Guard
    resolve: Resolve
    inner: httpcore.AsyncNetworkBackend = field(default_factory=httpcore.AnyIOBackend)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that is allowed and answers. Its names are resolved once."""
        deadline = None if timeout is None else time.monotonic() + timeout
        addresses = (await allowed(self.guard, self.resolve, (host, port), timeout))[:_MOST_ADDRESSES]
        for left in range(len(addresses), 0, -1):
            address = str(addresses[-left])
            share = None if deadline is None else max(deadline - time.monotonic(), 0) / left
            try:
                stream = await self.inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if left == 1:
                    raise
            else:
                return Tap(stream, address)
        raise httpcore.ConnectError("its name has no address")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self.inner.sleep(seconds)


async def allowed(
    guard: Guard,
    names: Resolve,
    place: tuple[str, int],
    timeout: float | None,  # noqa: ASYNC109 - has httpcore's error
) -> list[Address]:
    """Resolve a host and port, and give the addresses that may be connected to; RefusedError when none may."""
    try:
        async with asyncio.timeout(timeout):
            addresses = await names(*place)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout("its name was not resolved in time") from error
    except OSError as error:
        raise httpcore.ConnectError(f"its name does not resolve: {error.strerror or error}") from error
    refusals = {address: guard.refusal(*place, address) for address in addresses}
    if refusals and all(refusals.values()):
        raise RefusedError(next(iter(refusals.values())))
    return [address for address, refusal in refusals.items() if refusal is None]


async def resolve(host: str, port: int) -> list[Address]:
    """Ask the system for the addresses of a host, in the order in which it would try them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(place[0]).partition("%")[0]) for *_, place in found]


def _head_end(data: bytearray) -> int:
    """Find where a head ends; 0 when it does not yet."""
    ends = [at + len(end) for end in _HEAD_ENDS if (at := data.find(end)) >= 0]
    return min(ends, default=0)


def _is_informational(head: bytearray) -> bool:
    words = bytes(head[:16]).split(None, 2)
    return len(words) > 1 and words[1][:1] == b"1" and words[1] != b"101"
