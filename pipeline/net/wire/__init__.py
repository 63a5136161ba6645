"""One exchange with a server, whatever it does: an answer as it was sent, or the trouble in place of one.

The only package that imports httpx and httpcore. No redirects, no second tries, nothing expanded: others decide that.
The guard is asked about each address after resolution, and the connection goes to the address that it was asked about.
Cookies are kept in memory, apart for each site. A proxy of the environment (http_proxy, https_proxy, no_proxy) is used;
the guard then judges what the host's name means here, while the proxy resolves it by itself.
"""

import asyncio
import base64
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote

import httpx

from pipeline.net.guard import Guard
from pipeline.net.reply import Ask, Bounds, Reply, Trouble
from pipeline.net.wire.lines import BY_PROXY, PORTS, Lines, port_of
from pipeline.net.wire.tap import (
    CHUNKS_END,
    RefusedError,
    Resolve,
    Tap,
    TooLargeError,
    Transfer,
    WrongLengthError,
    resolve,
    transferring,
)
from pipeline.net.wire.told import EXPECTED, told

_PACKED = "gzip, deflate, br"  # what pipeline.expand expands
_BODILESS = frozenset({204, 304})
_MOST_COOKIES = 100  # of one site


@dataclass(frozen=True, slots=True)
class World:
    """Clock, sleep, chance, names and network, for tests to replace."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: Callable[[], float] = random.random
    transport: httpx.AsyncBaseTransport | None = None  # in place of connections
    resolve: Resolve = resolve
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


@asynccontextmanager
async def open_wire(
    user_agent: str, bounds: Bounds, guard: Guard, world: World | None = None, *, packed: str = _PACKED
) -> AsyncIterator["Wire"]:
    """Give a wire that keeps connections and cookies till the end of the block. `packed`: the encodings to ask for."""
    world = world or World()
    headers = httpx.Headers({"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": packed})
    lines = world.transport or Lines.from_environment(guard, world.resolve)
    async with lines:
        yield Wire(headers, bounds, guard, world, lines)


@dataclass(frozen=True, slots=True)
class Wire:
    """Makes exchanges, any number at a time; made by `open_wire`."""

    headers: httpx.Headers
    bounds: Bounds
    guard: Guard
    world: World
    lines: httpx.AsyncBaseTransport
    cookies: dict[str, httpx.Cookies] = field(default_factory=dict)

    async def exchange(self, ask: Ask, bounds: Bounds | None = None) -> Reply | Trouble:
        """Ask once. Whatever a server or an address does is a value; only being cancelled is raised."""
        bounds = bounds or self.bounds
        at = self.world.now()
        transfer = Transfer(self.world.now, bounds.header_bytes)
        try:
            async with asyncio.timeout(bounds.total_seconds):
                with transferring(transfer):
                    return await self._exchange(ask, bounds, transfer, at)
        except EXPECTED as error:
            return Trouble(ask, transfer.sent_at or at, *told(error))

    async def _exchange(self, ask: Ask, bounds: Bounds, transfer: Transfer, at: datetime) -> Reply:
        request = self._request(ask, bounds)
        if refusal := self.guard.host_refusal(request.url.host, port_of(request.url)):
            raise RefusedError(refusal)
        started = self.world.clock()
        response = await self.lines.handle_async_request(request)
        try:
            stream = response.extensions.get("network_stream")
            body = await _body(request, response, transfer, _Reader(bounds, self.world.clock, started))
        finally:
            await response.aclose()
        self._keep_cookies(request, response)
        return Reply(
            ask=ask,
            at=transfer.sent_at or at,
            status=response.status_code,
            reason=response.reason_phrase,
            version=response.http_version,
            headers=_pairs(response.headers),
            body=body,
            address=stream.address if isinstance(stream, Tap) and not response.extensions.get(BY_PROXY) else None,
            seconds=self.world.clock() - started,
            sent=_pairs(request.headers),
        )

    def _request(self, ask: Ask, bounds: Bounds) -> httpx.Request:
        url = httpx.URL(ask.url)
        if url.scheme not in PORTS or not url.host:
            raise httpx.UnsupportedProtocol("not an address of http or https")
        headers = self.headers.copy()
        if url.userinfo:
            plain = unquote(url.userinfo.decode()).encode()
            headers["Authorization"] = f"Basic {base64.b64encode(plain).decode()}"
        headers.update(dict(ask.headers))
        waits = dict.fromkeys(("read", "write", "pool"), bounds.read_seconds) | {"connect": bounds.connect_seconds}
        request = httpx.Request(
            ask.method, url, headers=headers, content=ask.body or None, extensions={"timeout": waits}
        )
        if jar := self.cookies.get(_site(url)):
            jar.set_cookie_header(request)
        return request

    def _keep_cookies(self, request: httpx.Request, response: httpx.Response) -> None:
        if "set-cookie" not in response.headers:
            return
        response.request = request
        jar = self.cookies.setdefault(_site(request.url), httpx.Cookies())
        jar.extract_cookies(response)
        if len(jar.jar) > _MOST_COOKIES:
            jar.clear()


@dataclass(frozen=True, slots=True)
class _Reader:
    """How long and how much may be read."""

    bounds: Bounds
    clock: Callable[[], float]
    started: float

    def check(self, size: int) -> None:
        if size > self.bounds.body_bytes:
            raise TooLargeError(f"its answer is longer than {self.bounds.body_bytes:,} bytes")
        if self.clock() - self.started > self.bounds.total_seconds:
            raise TimeoutError


async def _body(request: httpx.Request, response: httpx.Response, transfer: Transfer, reader: _Reader) -> bytes:
    """Read the body, and look at what came after it: such a connection is not used again."""
    length = _length(request, response)
    reader.check(length or 0)
    if length is None and transfer.stream and "transfer-encoding" in response.headers:
        transfer.stream.ends = CHUNKS_END
    body = bytearray()
    async with aclosing(_chunks(response)) as chunks:
        async for chunk in chunks:
            body += chunk
            reader.check(len(body))
    if length is not None and transfer.body_bytes > length and transfer.stream:
        transfer.stream.unclean = True
        if request.method != "HEAD" and response.status_code not in _BODILESS:
            raise WrongLengthError(f"its answer is longer than the {length:,} bytes that it declares")
    return bytes(body)


async def _chunks(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """Give the body as transferred; not by `aiter_raw`, which gives the connection back before it was looked at."""
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise TypeError("a transport without asynchronous streams")
    async for chunk in response.stream:
        yield chunk


def _length(request: httpx.Request, response: httpx.Response) -> int | None:
    """Give how long the body is to be; None when it says so itself, by chunks or its end."""
    if request.method == "HEAD" or response.status_code in _BODILESS:
        return 0
    declared = response.headers.get("content-length", "")
    return int(declared) if declared.isdecimal() and "transfer-encoding" not in response.headers else None


def _pairs(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)


def _site(url: httpx.URL) -> str:
    """Name the jar of a host; a redirect from a bare name to its www is common, and both are one site."""
    return url.host.removeprefix("www.")
