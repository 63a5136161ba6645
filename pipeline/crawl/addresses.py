"""Addresses in one form, so that a page is fetched once however it was linked; and which site an address is of.

Pure: no network, no lookups. Whether an address may be connected to (private networks and the like) is `pipeline.net`'s
to say. The canonical form is what is asked for, so it changes nothing that a server could take for another page: the
order of parameters, doubled slashes, a slash at the end and the letter case of paths stay as they are.
"""

import re
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import idna
from publicsuffixlist import PublicSuffixList

from extractors import read_table

LONGEST = 4096  # characters; what is longer is a trap or a mistake
_PORTS = {"http": 80, "https": 443}
_AROUND = "".join(map(chr, range(0x21)))  # what browsers strip: controls and the space
_WITHIN = re.compile(r"[\t\r\n]")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ODD_IN_PATH = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9!$&'()*+,;=:@/._~-]")
_ODD_IN_QUERY = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9!$&'()*+,;=:@/._~?\[\]|-]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_HIGHEST_PORT = 65535
_LONGEST_HOST = 253


def canonical(url: str, base: str = "") -> str | None:
    """Write an address in its canonical form, resolved against `base`; None when nothing can be fetched from it.

    >>> canonical("HTTP://Пример.РФ:80/новости/../a%7eb/?utm_source=x&id=5#top")
    'http://xn--e1afmkfd.xn--p1ai/a~b/?id=5'
    >>> canonical("../3/?", "https://example.ru/news/2/1")
    'https://example.ru/news/3/'
    >>> canonical("mailto:info@example.ru") is None
    True
    """
    parts = _split(url, base)
    if parts is None or parts.username is not None or parts.password is not None:
        return None
    host = canonical_host(parts.hostname or "")
    if host is None:
        return None
    path = _escaped(_without_dots(_escaped(parts.path.replace("\\", "/"), _ODD_IN_PATH)) or "/", _ODD_IN_PATH)
    query = _query(parts.query, host)
    written = f"{parts.scheme}://{_authority(parts, host)}{path}{'?' if query else ''}{query}"
    return written if len(written) <= LONGEST else None


def _split(url: str, base: str) -> SplitResult | None:
    clean = _WITHIN.sub("", url.strip(_AROUND))
    try:
        parts = urlsplit(urljoin(base, clean) if base else clean)
        legible = parts.scheme in _PORTS and (parts.port is None or 0 < parts.port <= _HIGHEST_PORT)
    except ValueError:  # an impossible port or bracket
        return None
    return parts if legible else None


def _authority(parts: SplitResult, host: str) -> str:
    named = f"[{host}]" if ":" in host else host
    return named if parts.port in {None, _PORTS[parts.scheme]} else f"{named}:{parts.port}"


def canonical_host(host: str) -> str | None:
    """Write a host's name in lower-case ASCII (IDNA, UTS 46); None when it can be no name.

    >>> canonical_host("Новости.РФ.")
    'xn--b1amnebsh.xn--p1ai'
    """
    if ":" in host:
        return _ip(host)
    lower = host.rstrip(".").lower()
    if not lower.isascii():
        try:
            lower = idna.encode(lower, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    return lower if len(lower) <= _LONGEST_HOST and _HOST.fullmatch(lower) else None


def _ip(host: str) -> str | None:
    try:
        return None if "%" in host else str(ip_address(host))
    except ValueError:
        return None


def _escaped(text: str, odd: re.Pattern[str]) -> str:
    """Write each odd character as %XX, and each escape in one way."""
    return odd.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    odd = match[0]
    if len(odd) == 1:
        return "".join(f"%{byte:02X}" for byte in odd.encode("utf-8", "replace"))
    byte = int(odd[1:], 16)
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"


def _without_dots(path: str) -> str:
    """Carry out `.` and `..` (RFC 3986, 5.2.4); doubled slashes stay."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)


def _query(query: str, host: str) -> str:
    # A feed that was escaped twice has &amp; for &.
    pairs = (pair for pair in query.replace("&amp;", "&").split("&") if pair)
    return "&".join(_escaped(pair, _ODD_IN_QUERY) for pair in pairs if not _tracks(pair.partition("=")[0], host))


def _tracks(name: str, host: str) -> bool:
    everywhere, by_site = _tracking()
    if everywhere.fullmatch(name):
        return True
    there = by_site.get(site(host))
    return there is not None and there.fullmatch(name) is not None


@cache
def _tracking() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Read the table of tracking parameters: those of every site, and those of some."""
    names: dict[str, list[str]] = {"": []}
    for row in read_table(files("pipeline.crawl").joinpath("tracking.tsv")):
        for where in row["sites"].split() or [""]:
            names.setdefault(where, []).append(re.escape(row["name"]).replace(r"\*", ".*"))
    by_site = {where: re.compile("|".join(some), re.IGNORECASE) for where, some in names.items()}
    return by_site.pop(""), by_site


def host_of(url: str) -> str:
    """Give the host of a canonical address, without port and brackets."""
    return urlsplit(url).hostname or ""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def site(host: str) -> str:
    """Give the registered domain that a canonical host belongs to; an IP address and a bare name are their own.

    >>> site("kuban.example.ru"), site("news.example.spb.ru"), site("127.0.0.1")
    ('example.ru', 'example.spb.ru', '127.0.0.1')
    """
    if ":" in host or host.rpartition(".")[2].isdigit():
        return host
    return _suffixes().privatesuffix(host) or host


def same_site(one: str, other: str) -> bool:
    """Tell whether two canonical hosts are of one registered domain: `www.`, `m.` and a region's edition are."""
    return site(one) == site(other)


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Read an include or exclude pattern, to be searched in canonical addresses.

    `re:` and a regular expression: searched anywhere in the address. Otherwise a glob, in which only `*` is special and
    stands for any characters: beginning with `/` it is the whole of path and query, else the whole address
    behind `https://`. Letter case counts. Raises re.error.

    >>> bool(pattern("/news/*").search("https://example.ru/news/1"))
    True
    >>> bool(pattern("kuban.example.ru/*").search("https://www.example.ru/news/1"))
    False
    """
    if text.startswith("re:"):
        return re.compile(text.removeprefix("re:").strip())
    body = ".*".join(map(re.escape, _glob(text).split("*")))
    head = "https?://[^/]*" if text.startswith("/") else "https?://"
    return re.compile(f"^{head}{body}$")


def _glob(text: str) -> str:
    """Write a glob's parts as canonical addresses have them: its Cyrillic is escaped there."""
    plain = re.sub(r"^https?://", "", text)
    host, slash, rest = plain.partition("/")
    if not host.isascii():
        host = canonical_host(host) or host
    return host + slash + _escaped(rest, _ODD_IN_QUERY)
