"""What one request over the wire came to: an answer as it was sent, or the trouble in place of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `headers` may hold secrets, so they are in no message."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how large one exchange may be. Bytes and seconds."""

    connect_seconds: float = 15.0
    read_seconds: float = 30.0  # without a byte
    total_seconds: float = 120.0
    body_bytes: int = 16 * 1024 * 1024  # as transferred, packed
    header_bytes: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of any status, as transferred: `body` is still in its content encoding, without transfer chunks."""

    ask: Ask
    at: datetime  # when the request was sent, the connection being there, UTC
    status: int
    reason: str
    version: str  # HTTP/1.1
    headers: tuple[tuple[str, str], ...]  # in order, with their letter case
    body: bytes
    address: str | None  # of the server, as connected to; None when a proxy connected
    seconds: float  # from the request to the end of the body
    sent: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # the request's headers as sent, cookies too

    def header(self, name: str) -> str | None:
        """Give the first header of a name, whatever its letter case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Mishap(StrEnum):
    """Why there is no answer."""

    TIMEOUT = "timeout"
    CONNECTION = "connection"  # refused, reset, no route, a name that does not resolve
    PROTOCOL = "protocol"  # not HTTP, a broken length or chunk, an end too early
    DISTRUST = "distrust"  # the certificate
    FORBIDDEN_ADDRESS = "forbidden_address"  # the guard: private, loopback, link-local, metadata …
    BAD_URL = "bad_url"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Trouble in place of an answer; `passing`: another try may not meet it."""

    ask: Ask
    at: datetime
    mishap: Mishap
    detail: str
    passing: bool
