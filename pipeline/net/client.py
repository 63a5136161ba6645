"""The HTTP client. Bodies are taken as they come over the wire, uncompressed, so that none expands beyond the limit."""

import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from types import MappingProxyType
from urllib.parse import urlsplit

import httpx

from pipeline.errors import NetError
from pipeline.net.patience import Patience, is_passing, retry_after


@dataclass(frozen=True, slots=True)
class Manner:
    """How a client behaves; nothing of it has a default that could surprise. Seconds and bytes."""

    user_agent: str
    connect_seconds: float
    read_seconds: float  # without a byte; a whole attempt may take longer, all attempts no longer than `patience` says
    answer_bytes: int
    patience: Patience


@dataclass(frozen=True, slots=True)
class World:
    """Clock, sleep, chance and network, for tests to replace."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: Callable[[], float] = random.random
    transport: httpx.BaseTransport | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent; `headers` may hold secrets, so they are in no message."""

    method: str
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `headers` by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _PassingError(Exception):
    """Trouble that another try may not meet."""


@contextmanager
def open_client(manner: Manner, world: World | None = None) -> Iterator["Client"]:
    """Give a client that keeps its connections open till the end of the block. Redirects are answers."""
    world = world or World()
    headers = {"User-Agent": manner.user_agent, "Accept-Encoding": "identity"}
    with httpx.Client(headers=headers, transport=world.transport, follow_redirects=False) as http:
        yield Client(http, manner, world)


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests; made by `open_client`."""

    http: httpx.Client
    manner: Manner
    world: World

    def send(self, request: Request, is_sound: Callable[[Answer], bool] = lambda _: True) -> Answer:
        """Send a request, and again while the trouble may pass; `is_sound` tells whether an answer came whole.

        Raises NetError when nothing helped. The request has to bear being carried out more than once.
        """
        patience, world = self.manner.patience, self.world
        deadline = world.clock() + patience.total_seconds
        for failures in count(1):
            answer, trouble = self._try(request, deadline, is_sound)
            if answer is not None and trouble is None:
                return answer
            asked = retry_after(answer.headers.get("retry-after"), world.now()) if answer else None
            pause = patience.pause(failures, asked, world.chance())
            if failures >= patience.attempts or world.clock() + pause >= deadline:
                raise NetError(f"{place(request.url)}: {_given_up(trouble, failures, asked)}")
            world.sleep(pause)
        raise AssertionError

    def _try(
        self, request: Request, deadline: float, is_sound: Callable[[Answer], bool]
    ) -> tuple[Answer | None, str | None]:
        try:
            answer = self._once(request, deadline)
        except _PassingError as error:
            return None, str(error)
        if is_passing(answer.status):
            return answer, f"answered {answer.status}"
        return answer, None if is_sound(answer) else f"answered {answer.status} with something broken off"

    def _once(self, request: Request, deadline: float) -> Answer:
        left = max(deadline - self.world.clock(), 0.001)
        wait = httpx.Timeout(min(self.manner.read_seconds, left), connect=min(self.manner.connect_seconds, left))
        with (
            _told(request),
            self.http.stream(
                request.method, request.url, content=request.body, headers=dict(request.headers), timeout=wait
            ) as response,
        ):
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, self._body(request, response, deadline))

    def _body(self, request: Request, response: httpx.Response, deadline: float) -> bytes:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise NetError(f"{place(request.url)}: answers compressed though it was asked not to")
        body = bytearray()
        for chunk in response.iter_bytes():  # nothing to unpack, see above
            body += chunk
            if len(body) > self.manner.answer_bytes:
                raise NetError(f"{place(request.url)}: its answer is longer than {self.manner.answer_bytes:,} bytes")
            if self.world.clock() > deadline:
                raise _PassingError("its answer did not end in time")
        return bytes(body)


def place(url: str) -> str:
    """Name a URL in a message: without user, password, query and fragment, which may hold secrets.

    >>> place("https://me:secret@registry.example:8443/push?key=secret#there")
    'https://registry.example:8443/push'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "a URL that is none"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


@contextmanager
def _told(request: Request) -> Iterator[None]:
    """Sort httpx's errors: what may pass, and what will not."""
    try:
        yield
    except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError) as error:
        if _is_distrust(error):
            raise NetError(f"{place(request.url)}: its certificate is not trusted: {error}") from error
        raise _PassingError(_in_words(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NetError(f"{place(request.url)}: {_in_words(error)}") from error


def _is_distrust(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _in_words(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no connection in time" if isinstance(error, httpx.ConnectTimeout) else "no answer in time"
    return str(error) or type(error).__name__


def _given_up(trouble: str | None, failures: int, asked: float | None) -> str:
    times = "" if failures == 1 else f", at the last of {failures} attempts"
    later = f"; it asks to come back in {asked:.0f} s" if asked else ""
    return f"{trouble}{times}{later}; try again later"
