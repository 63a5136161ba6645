"""What a crawl of the site brought home, and whether it behaved: the archive and the server's log against the plan."""

import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import brotli
from warcio.archiveiterator import ArchiveIterator

from tests.site.articles import marked
from tests.site.log import Request
from tests.site.plan import Mark, Plan

_UNPACK = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "deflate": lambda data: zlib.decompress(data, 15 if data[:1] == b"\x78" else -15),
    "identity": bytes,
}
_ENCODINGS = ("utf-8", "cp1251", "koi8-r")


def archived(folder: Path) -> Counter[Mark]:
    """Count the articles in an archive's WARCs, each version by itself; read by none of the crawler's code."""
    return Counter(mark for page in _pages(folder) if (mark := marked(page)))


def _pages(folder: Path) -> Iterator[bytes]:
    for file in sorted(folder.rglob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                    yield _unpacked(record.raw_stream.read(), record.http_headers.get_header("Content-Encoding", ""))


def _unpacked(body: bytes, codings: str) -> bytes:
    try:
        for coding in reversed([name.strip() for name in codings.split(",") if name.strip()]):
            body = _UNPACK[coding](body)
    except (KeyError, OSError, EOFError, zlib.error, brotli.error):
        return b""
    return body


def forbidden(plan: Plan, requests: Iterable[Request]) -> list[str]:
    """Give the addresses that were asked for though robots.txt says not to."""
    hosts = {host.address: host for host in plan.hosts}
    return [f"{asked.host}{asked.path}" for asked in requests if not hosts[asked.host].allows(asked.path)]


def asked_too_often(requests: Iterable[Request]) -> dict[tuple[str, str, int], int]:
    """Count the whole sound answers beyond the first of each article a night, but for those to conditional requests."""
    sound = (asked for asked in requests if asked.status == 200 and asked.path.startswith("/news/") and asked.whole)
    times = Counter((asked.host, asked.path, asked.night) for asked in sound if asked.fault == "none")
    return {place: number - 1 for place, number in times.items() if number > 1}
