"""The other side: its address and token, and what its answers mean."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import NetError, OptionError
from pipeline.net import Answer, place
from pipeline.registry.ids import digest

TOKEN = "SVODKA_PUSH_TOKEN"  # noqa: S105 - the name of the variable

_REDIRECTS = range(300, 400)
_WHY = MappingProxyType(
    {
        401: f"it wants a token, or another one: {TOKEN}",
        403: f"this token may not push there: {TOKEN}",
        404: "nothing is there; check the URL",
        405: "this URL takes no POST; check it",
        415: "it takes no JSON; check the URL",
    }
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a push goes. `name`: the URL as it is shown and kept, without what may be secret."""

    url: str
    name: str
    token: str | None = field(default=None, repr=False)

    def headers(self) -> dict[str, str]:
        """Give the headers that let us in."""
        return {} if self.token is None else {"Authorization": f"Bearer {self.token}"}


def endpoint(url: str, environ: Mapping[str, str], *, insecure: bool = False) -> Endpoint:
    """Read an endpoint's URL; `insecure` lets statements and token travel unencrypted to another machine.

    Raises OptionError for what is no URL, holds a password, or would send in the clear.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise OptionError(f"the endpoint is no URL: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise OptionError(f"{place(url)!r} is no URL of an endpoint; give one like https://registry.example/push")
    if "@" in parts.netloc or parts.fragment:
        raise OptionError(f"{place(url)}: leave user, password and #fragment out of the URL; {TOKEN} holds the token")
    if parts.scheme == "http" and not insecure and not _is_here(host):
        raise OptionError(f"{place(url)}: http would send everything in the clear; use https, or --insecure")
    name = place(url) + (f"?{digest(parts.query)}" if parts.query else "")
    return Endpoint(url, name, _token(environ))


def _token(environ: Mapping[str, str]) -> str | None:
    token = environ.get(TOKEN, "").strip()
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise OptionError(f"{TOKEN} holds characters that no token has")
    return token or None


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine.

    >>> [_is_here(host) for host in ("localhost", "127.0.0.1", "::1", "127.0.0.1.evil.example", "10.0.0.1")]
    [True, True, True, False, False]
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_whole(answer: Answer) -> bool:
    """Tell whether an answer of success that began as JSON came to its end."""
    return not _is_success(answer) or not answer.body.lstrip().startswith(b"{") or _json(answer) is not None


def refusals(there: Endpoint, answer: Answer) -> dict[str, str]:
    """Read an answer: the keys of the statements that the endpoint did not take, and why.

    Raises NetError where it took nothing.
    """
    if answer.status in _REDIRECTS:
        onward = place(answer.headers.get("location", "elsewhere"))
        raise NetError(f"{there.name}: answered {answer.status}, go to {onward}; nothing was sent on, name it yourself")
    if not _is_success(answer):
        why = _WHY.get(answer.status) or _excerpt(answer) or "it does not say why"
        raise NetError(f"{there.name}: answered {answer.status}: {why}; nothing is lost, push again when it is mended")
    if not answer.body.strip():
        return {}
    try:
        listed = _json(answer)["refused"]
        return {str(item["key"]): str(item.get("reason") or "no reason given") for item in listed}
    except (TypeError, KeyError, AttributeError):
        raise NetError(
            f'{there.name}: answered {answer.status} but not as docs/push.md says ({{"refused": […]}} or nothing); '
            f"is it an endpoint for pushes? It said: {_excerpt(answer)}"
        ) from None


def _is_success(answer: Answer) -> bool:
    return 200 <= answer.status <= 299  # noqa: PLR2004 - what HTTP calls success


def _json(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError:
        return None


def _excerpt(answer: Answer) -> str:
    words = answer.body[:300].decode("utf-8", "replace")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
