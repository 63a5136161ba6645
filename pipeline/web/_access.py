"""Who may talk to the page: the hosts that it answers to, its token, and sessions sealed with a secret.

A session is a random id and whether it has shown the token, sealed by HMAC: nothing is kept on the server, and nobody
without the secret can make one. The secret follows from the token where there is one, so that a restart logs nobody
out.
"""

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import OptionError

SHORTEST_TOKEN = 16
_ANY = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - recognised, not bound to
_NAMES_OF_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's visit. `entered`: it has shown the token, or there is none to show."""

    id: str
    entered: bool


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of admission of one server. `hosts`: names without a port are good for any port."""

    port: int
    hosts: frozenset[str]
    any_address: bool  # bound to all addresses: any literal address is this machine's, no name is
    token: str | None
    secret: bytes

    @property
    def cookie(self) -> str:
        """The session cookie's name; ports share their cookies, so it bears the port."""
        return f"svodka_{self.port}"

    def answers_to(self, host: str) -> bool:
        """Tell whether a Host header is one of ours; a name that was rebound to this address is not."""
        name, port = _split(host)
        if host.lower() in self.hosts or name in self.hosts:
            return True
        if port not in {None, self.port}:
            return False
        return f"{name}:{self.port}" in self.hosts or (self.any_address and _is_address(name))

    def new_session(self) -> Session:
        """Begin a visit."""
        return Session(secrets.token_urlsafe(18), self.token is None)

    def enter(self, token: str) -> Session | None:
        """Give a session to who shows the token; a fresh one, so that one planted before is of no use."""
        if self.token is None or not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        return Session(secrets.token_urlsafe(18), entered=True)

    def seal(self, session: Session) -> str:
        """Write a session as the value of its cookie."""
        said = f"{session.id}.{int(session.entered)}"
        return f"{said}.{self._mac('session', said)}"

    def unseal(self, value: str) -> Session | None:
        """Read a cookie's value; None when it was not sealed here."""
        said, _, mac = value.rpartition(".")
        name, _, entered = said.rpartition(".")
        if not name or not hmac.compare_digest(mac.encode(), self._mac("session", said).encode()):
            return None
        return Session(name, entered == "1")

    def form_key(self, session: Session) -> str:
        """Give what every form of a session has to bring back."""
        return self._mac("form", session.id)

    def is_form_key(self, session: Session, key: str) -> bool:
        """Compare a form's key in constant time."""
        return hmac.compare_digest(key.encode(), self.form_key(session).encode())

    def _mac(self, purpose: str, said: str) -> str:
        return hmac.new(self.secret, f"{purpose}:{said}".encode(), hashlib.sha256).hexdigest()


def access(host: str, port: int, *, token: str | None = None, allowed_hosts: Iterable[str] = ()) -> Access:
    """Draw up the rules for a server bound to host:port; bound beyond this machine it has a token, made if need be."""
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise OptionError(f"--token has {len(token)} letters; it needs {SHORTEST_TOKEN}, or leave it out: one is made")
    if token is None and not is_loopback(host):
        token = secrets.token_urlsafe(24)
    own = {host.lower(), *(_NAMES_OF_THIS_MACHINE if is_loopback(host) or host in _ANY else ())} - _ANY
    hosts = frozenset({f"{name}:{port}" for name in own} | {name.lower() for name in allowed_hosts})
    secret = hashlib.sha256(f"svodka:{token}".encode()).digest() if token else secrets.token_bytes(32)
    return Access(port=port, hosts=hosts, any_address=host in _ANY, token=token, secret=secret)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a server bound there.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("svodka.example")
    (True, True, False, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(host: str) -> tuple[str, int | None]:
    """Split a Host header; an IPv6 address loses its brackets.

    >>> _split("[::1]:80"), _split("A.example"), _split("a.example:81")
    (('::1', 80), ('a.example', None), ('a.example', 81))
    """
    name, colon, port = host.lower().rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or (":" in name and not name.endswith("]")):
        name, port = host.lower(), ""
    return name.strip("[]"), int(port[:6]) if port else None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
