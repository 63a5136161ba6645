"""Which machines may be spoken to: by default none that only we can reach. Pure: no names are resolved here.

A page, a feed or a redirect may name any host, and any name may resolve to an address inside our network or to a
cloud's metadata service. So the wire asks this guard of each address after resolution, and connects to what it asked
about.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.errors import OptionError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_V6_PUBLIC = ipaddress.ip_network("2000::/3")  # nothing else is given out; see RFC 4291 and the registries of IANA
_V6_SPECIAL = tuple(map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_V4_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24")))  # protocols, 6to4 relays
_V6_EMBEDDING = {  # networks whose addresses hold an IPv4 address: how many bits to its right
    ipaddress.ip_network("::/96"): 0,
    ipaddress.ip_network("::ffff:0:0/96"): 0,
    ipaddress.ip_network("::ffff:0:0:0/96"): 0,
    ipaddress.ip_network("64:ff9b::/96"): 0,
    ipaddress.ip_network("2002::/16"): 80,
}
_REACHED = frozenset({"::ffff:0:0/96", "64:ff9b::/96", "2002::/16"})  # those where the IPv4 machine is what is reached
_LAST_IS_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0[xX][\da-fA-F]*)\.?$")


@dataclass(frozen=True, slots=True)
class Guard:
    """What is allowed beyond the public internet: networks, and places by name and port (None: any)."""

    networks: tuple[Network, ...] = ()
    places: frozenset[tuple[str, int | None]] = field(default_factory=frozenset)

    def host_refusal(self, host: str, port: int) -> str | None:
        """Say why a host may not be asked for, before it is resolved; None when it may, so far.

        >>> Guard().host_refusal("0x7f.1", 80), Guard().host_refusal("vestnik.example", 443)
        ('127.0.0.1 written as 0x7f.1', None)
        """
        if self._is_place(host, port):
            return None
        address = literal(host)
        if address is not None:
            return self.refusal(host, port, address)
        if not _LAST_IS_NUMBER.search(host):
            return None
        try:
            return f"{ipaddress.IPv4Address(socket.inet_aton(host))} written as {host}"
        except OSError:
            return "neither a name nor an address"

    def refusal(self, host: str, port: int, address: Address) -> str | None:
        """Say why this address, to which a host was resolved, may not be connected to; None when it may.

        >>> Guard().refusal("vestnik.example", 80, ipaddress.ip_address("10.0.0.1"))
        '10.0.0.1 is a private address'
        """
        if self._is_place(host, port) or any(address in network for network in self.networks):
            return None
        kind = _kind(address)
        return kind and f"{address} is {kind}"

    def _is_place(self, host: str, port: int) -> bool:
        host = _plain(host)
        return (host, port) in self.places or (host, None) in self.places


EVERYWHERE = Guard((ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0")))  # where a user named the host


def guard_allowing(entries: Iterable[str]) -> Guard:
    """Read what is allowed explicitly: `10.0.0.0/8`, `127.0.0.1`, `intranet.example`, a port after the last two.

    >>> guard_allowing(["localhost:8000"]).refusal("localhost", 8000, ipaddress.ip_address("127.0.0.1"))
    """
    networks, places = [], set()
    for entry in entries:
        if "/" in entry:
            try:
                networks.append(ipaddress.ip_network(entry))
            except ValueError as error:
                raise OptionError(f"{entry!r} is no network: {error}") from error
        else:
            places.add(_place(entry))
    return Guard(tuple(networks), frozenset(places))


def literal(host: str) -> Address | None:
    """Read a host that is an address in its usual spelling; None when it is none.

    >>> literal("[2001:db8::1]"), literal("8.8.8.8"), literal("vestnik.example")
    (IPv6Address('2001:db8::1'), IPv4Address('8.8.8.8'), None)
    """
    try:
        return ipaddress.ip_address(_plain(host))
    except ValueError:
        return None


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _place(entry: str) -> tuple[str, int | None]:
    match = re.fullmatch(r"(\[[^\]]+\]|[^:\s]+)(?::(\d{1,5}))?", entry)
    if match is None:
        address = literal(entry)
        if address is None:
            raise OptionError(f"{entry!r} is no network, host or host:port")
        return str(address), None
    return _plain(match[1]), int(match[2]) if match[2] else None


def _kind(address: Address) -> str | None:
    """Say in words what an address is that is not for everyone."""
    if isinstance(address, ipaddress.IPv6Address) and not (address.is_loopback or address.is_unspecified):
        for network, shift in _V6_EMBEDDING.items():
            if address in network:
                inner = _kind(ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF))
                return inner or (None if str(network) in _REACHED else "a reserved address")
    for is_so, kind in (
        (address.is_loopback, "a loopback address"),
        (address.is_unspecified, "no address of a machine"),
        (address.is_link_local, "a link-local address, as metadata services have"),
        (address.is_multicast, "a multicast address"),
        (address.is_private, "a private address"),
        (not address.is_global or not _is_given_out(address), "a reserved address"),
    ):
        if is_so:
            return kind
    return None


def _is_given_out(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return not address.is_reserved and not any(address in network for network in _V4_SPECIAL)
    return address in _V6_PUBLIC and not any(address in network for network in _V6_SPECIAL)
