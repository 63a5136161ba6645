"""Pools of connections: straight to the servers, or through the proxies that the environment names."""

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from pipeline.errors import NetError
from pipeline.net.guard import EVERYWHERE, Guard
from pipeline.net.wire.tap import Backend, Resolve, allowed

BY_PROXY = "by_proxy"  # an answer's extension

_Pool = httpcore.AsyncConnectionPool
_KEPT_OPEN = 32
_KEPT_OPEN_SECONDS = 30.0
_PROXIED_NAME_SECONDS = 5.0
PORTS = {"http": 80, "https": 443}


@dataclass(eq=False)
class Lines(httpx.AsyncBaseTransport):
    """Sends a request down the line that leads to its host. How many are open at once is the caller's to limit."""

    guard: Guard
    resolve: Resolve
    straight: _Pool
    proxies: Mapping[str, _Pool]  # by the scheme of what is asked for
    environment: Mapping[str, str]

    @classmethod
    def from_environment(cls, guard: Guard, names: Resolve) -> "Lines":
        """Make the pools; NetError when a proxy cannot be used."""
        trust = httpx.create_ssl_context()
        environment = getproxies()
        straight = _Pool(
            trust,
            max_connections=None,
            max_keepalive_connections=_KEPT_OPEN,
            keepalive_expiry=_KEPT_OPEN_SECONDS,
            network_backend=Backend(guard, names),
        )
        urls = {scheme: environment.get(scheme) or environment.get("all") for scheme in ("http", "https")}
        proxies = {scheme: _proxy(url, trust, names) for scheme, url in urls.items() if url}
        return cls(guard, names, straight, proxies, environment)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the answer's stream has to be closed."""
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        sent = httpcore.Request(
            request.method, target, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        proxy = await self._proxy_for(url)
        answer = await (proxy or self.straight).handle_async_request(sent)
        extensions = {**answer.extensions, BY_PROXY: proxy is not None}
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=extensions)

    async def _proxy_for(self, url: httpx.URL) -> _Pool | None:
        proxy = self.proxies.get(url.scheme)
        if proxy is None or proxy_bypass(url.host, self.environment):
            return None
        with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):  # behind some proxies names resolve only there
            await allowed(self.guard, self.resolve, (url.host, port_of(url)), _PROXIED_NAME_SECONDS)
        return proxy

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Close all connections."""
        for pool in {self.straight, *self.proxies.values()}:
            await pool.aclose()


@dataclass(frozen=True, slots=True)
class _Body(httpx.AsyncByteStream):
    answer: httpcore.Response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self.answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self.answer.aclose()


def _proxy(url: str, trust: ssl.SSLContext, names: Resolve) -> _Pool:
    """Make the pool of a proxy. The guard is not asked about it: whoever set the environment chose it."""
    try:
        proxy = httpx.Proxy(url if "://" in url else f"http://{url}")
    except (ValueError, httpx.InvalidURL) as error:
        raise NetError(f"the proxy of the environment cannot be used: {error}") from error
    if proxy.url.scheme not in PORTS:
        raise NetError(f"the proxy of the environment cannot be used: {proxy.url.scheme} is not http or https")
    return httpcore.AsyncHTTPProxy(
        httpcore.URL(scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=b"/"),
        proxy.raw_auth,
        ssl_context=trust,
        max_connections=None,
        max_keepalive_connections=_KEPT_OPEN,
        keepalive_expiry=_KEPT_OPEN_SECONDS,
        network_backend=Backend(EVERYWHERE, names),
    )


def port_of(url: httpx.URL) -> int:
    """Give the port of an http or https address."""
    return url.port or PORTS[url.scheme]
