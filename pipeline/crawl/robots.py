"""What a host's robots.txt lets us do, by RFC 9309. Pure: the crawler fetches, the archive remembers, this judges.

Owns how an answer to /robots.txt is understood and for how long; protego reads the rules themselves.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from pipeline.crawl.archive import RobotsFile

MOST_REDIRECTS = 5  # followed on the way to a robots.txt, to other hosts too; the rules stay those of the first host
MOST_BYTES = 512 * 1024  # that are read of one; RFC 9309 asks for 500 KiB at the least

_FRESH = timedelta(hours=24)
_FAILING_FRESH = timedelta(hours=1)  # an unreachable file shuts the whole host, so it is asked for again sooner
_GIVEN_UP = timedelta(days=30)
_TOO_MANY = 429
_AGENT = re.compile(r"^[\s\ufeff]*user[- ]?agent\s*(?::|\s)\s*(.*)$", re.IGNORECASE)
_PRODUCT = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for us on a host. `is_reachable` is false where all is disallowed since nobody could say what is."""

    is_reachable: bool = True
    delay: float = 0.0  # seconds between requests, as the host wishes
    sitemaps: tuple[str, ...] = ()
    _reader: Protego | None = field(default=None, repr=False)
    _product: str = ""

    def allows(self, url: str) -> bool:
        """Tell whether an address may be asked for; robots.txt itself always may."""
        if urlsplit(url).path == "/robots.txt":
            return True
        if not self.is_reachable:
            return False
        return self._reader is None or bool(self._reader.can_fetch(url, self._product))


def robots_url(url: str) -> str:
    """Give where the robots.txt is that speaks of an address: of its scheme, host and port.

    >>> robots_url("https://vestnik.example:8443/news/1?page=2")
    'https://vestnik.example:8443/robots.txt'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"


def remembered(before: RobotsFile | None, status: int | None, body: bytes, at: datetime) -> RobotsFile:
    """Make what to remember of an answer to /robots.txt: its expanded body, the status after redirects; None if none.

    While the host fails, the last file that it gave is kept for the day when the failure has lasted too long.
    """
    if not _is_failure(status):
        return RobotsFile(at, status, body[:MOST_BYTES] if status is not None and _is_success(status) else b"")
    since = before.failing_since if before else None
    return RobotsFile(at, status, before.body if before else b"", since or at)


def is_fresh(file: RobotsFile | None, now: datetime) -> bool:
    """Tell whether what is remembered may be gone by, or has to be asked for again."""
    if file is None:
        return False
    return timedelta(0) <= now - file.at < (_FAILING_FRESH if file.failing_since else _FRESH)


def rules(file: RobotsFile, product: str, now: datetime) -> Rules:
    r"""Give what a file lets `product`, our token in the User-Agent, do.

    >>> file = RobotsFile(datetime(2024, 3, 6), 200, b"User-agent: *\nDisallow: /search\nCrawl-delay: 3")
    >>> ours = rules(file, "SvodkaBot", datetime(2024, 3, 6))
    >>> ours.allows("https://vestnik.example/news"), ours.allows("https://vestnik.example/search?q=1"), ours.delay
    (True, False, 3.0)
    """
    if file.failing_since and now - file.failing_since < _GIVEN_UP:
        return Rules(is_reachable=False)
    if not file.body:
        return Rules()
    reader = Protego.parse(_for_us(file.body, product))
    rate = reader.request_rate(product)
    delays = (reader.crawl_delay(product) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
    return Rules(delay=max(0.0, *delays), sitemaps=tuple(reader.sitemaps), _reader=reader, _product=product)


def _is_success(status: int) -> bool:
    return 200 <= status <= 299  # noqa: PLR2004 - HTTP's successes


def _is_failure(status: int | None) -> bool:
    """Tell whether an answer says nothing of the rules; 4xx and redirects without end say there are none."""
    return status is None or status == _TOO_MANY or status >= 500  # noqa: PLR2004 - server errors


def _for_us(body: bytes, product: str) -> str:
    """Write each group's name as RFC 9309 compares it: whole product tokens; protego takes the beginning of one too."""
    text = body[:MOST_BYTES].decode("utf-8", "replace").replace("\0", "")
    return "\n".join(_agent_line(line, product) for line in text.splitlines())


def _agent_line(line: str, product: str) -> str:
    match = _AGENT.match(line)
    if match is None:
        return line
    value = match[1].partition("#")[0].strip()
    if value == "*" or value.startswith("* "):
        return "User-agent: *"
    token = _PRODUCT.match(value)
    ours = _PRODUCT.match(product)
    is_ours = token and ours and token[0].lower() == ours[0].lower()
    return f"User-agent: {product if is_ours else 'somebody.else'}"
