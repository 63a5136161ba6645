"""Ways to answer badly, or well in an unusual way, each by its name, and what a crawl should make of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from tests.site.answer import Answer, Asked, Cut, Fault, Step
from tests.site.bombs import brotli_bomb, gzip_bomb

ENDLESS = 10 * 1024**3  # bytes
_PIECE = b"<p>" + "и ещё один абзац без конца ".encode() * 1200 + b"</p>"


@dataclass(frozen=True, slots=True)
class Manner:
    """A fault with what becomes of an article that has it; `times`: it passes after so many requests."""

    fault: Fault
    kept: bool
    times: int | None = None


def _slow(_: Asked, good: Answer) -> Iterator[Step]:
    wire = good.wire()
    size = len(wire) // 8 + 1
    for start in range(0, len(wire), size):
        yield wire[start : start + size]
        yield 0.03


def _cut_before(cut: Cut) -> Fault:
    def fault(_: Asked, __: Answer) -> Iterator[Step]:
        yield cut

    return fault


def _cut_within(cut: Cut) -> Fault:
    """Stop in the middle of a body whose length was announced."""

    def fault(_: Asked, good: Answer) -> Iterator[Step]:
        yield good.head(len(good.body)) + good.body[: len(good.body) // 2]
        yield 0.02
        yield cut

    return fault


def _length(wrong: Callable[[int], int]) -> Fault:
    def fault(_: Asked, good: Answer) -> Iterator[Step]:
        yield good.head(wrong(len(good.body))) + good.body
        yield Cut.CLOSE

    return fault


def _chunks(body: bytes, size: int = 1000) -> bytes:
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x;name=value\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


def _chunked(end: bytes) -> Fault:
    """Send the body in chunks with this as their end; anything but a sound end also ends the connection."""

    def fault(_: Asked, good: Answer) -> Iterator[Step]:
        yield good.more(("Transfer-Encoding", "chunked")).head(None)
        yield _chunks(good.body) + end
        if not end.startswith(b"0"):
            yield Cut.CLOSE

    return fault


def _till_the_end(_: Asked, good: Answer) -> Iterator[Step]:
    """No length: the end of the connection is the end of the body, as of old."""
    yield good.more(("Connection", "close")).head(None) + good.body
    yield Cut.CLOSE


def _packed(coding: str) -> Fault:
    def fault(_: Asked, good: Answer) -> Iterator[Step]:
        yield good.packed(coding).wire()

    return fault


def _broken_packing(_: Asked, good: Answer) -> Iterator[Step]:
    """Half a gzip whose length is right: nothing of the transfer tells that it is broken."""
    packed = good.packed("gzip")
    yield replace(packed, body=packed.body[: len(packed.body) // 2]).wire()


def _not_packed(_: Asked, good: Answer) -> Iterator[Step]:
    yield good.more(("Content-Encoding", "gzip")).wire()


def _bomb(coding: str, make: Callable[[], bytes]) -> Fault:
    def fault(_: Asked, good: Answer) -> Iterator[Step]:
        yield replace(good, body=make()).more(("Content-Encoding", coding)).wire()

    return fault


def _endless(_: Asked, good: Answer) -> Iterator[Step]:
    yield good.more(("Connection", "close")).head(None)
    for _number in range(ENDLESS // len(_PIECE)):
        yield _PIECE
    yield Cut.CLOSE


def _announced_endless(_: Asked, good: Answer) -> Iterator[Step]:
    yield good.head(ENDLESS)
    for _number in range(ENDLESS // len(_PIECE)):
        yield _PIECE


def _endless_head(_: Asked, __: Answer) -> Iterator[Step]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(1_000_000):
        yield b"X-Padding-%d: %s\r\n" % (number, b"x" * 1000)


def _charset(encoding: str, said: str | None) -> Fault:
    """Send the page in an encoding; the header says another one, or none, and the page itself the right one."""

    def fault(_: Asked, good: Answer) -> Iterator[Step]:
        page = good.body.decode().replace("utf-8", encoding).replace("UTF-8", encoding)
        kind = f"text/html; charset={said}" if said else "text/html"
        yield replace(good, body=page.encode(encoding, "xmlcharrefreplace"), kind=kind).wire()

    return fault


def _status(status: int, *headers: tuple[str, str]) -> Fault:
    def fault(_: Asked, __: Answer) -> Iterator[Step]:
        yield Answer(status, "<h1>Страница не может быть показана</h1>".encode(), headers=headers).wire()

    return fault


def _busy_till_a_date(_: Asked, __: Answer) -> Iterator[Step]:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    yield Answer(429, b"busy", headers=(("Retry-After", moment),)).wire()


def _to(target: str, status: int = 302) -> Fault:
    """Redirect; `{port}` and `{path}` are the site's own."""

    def fault(asked: Asked, _: Answer) -> Iterator[Step]:
        where = target.format(port=asked.port, path=asked.path, host=asked.host)
        yield Answer(status, headers=(("Location", where),)).wire()

    return fault


def _chain(*statuses: int) -> Fault:
    """Redirect a step for each status, then answer well: `/path?step=1`, `/path?step=2` …"""

    def fault(asked: Asked, good: Answer) -> Iterator[Step]:
        step = int(asked.query.removeprefix("step=") or 0) if asked.query.startswith("step=") else 0
        if step == len(statuses):
            yield good.wire()
        else:
            yield Answer(statuses[step], headers=(("Location", f"{asked.path}?step={step + 1}"),)).wire()

    return fault


def _loop(asked: Asked, _: Answer) -> Iterator[Step]:
    other = "" if asked.query == "turn=1" else "?turn=1"
    yield Answer(302, headers=(("Location", asked.path + other),)).wire()


def _cookie(asked: Asked, good: Answer) -> Iterator[Step]:
    """Give nothing but a cookie and a way back to whoever comes without one."""
    if "site-pass=1" in asked.headers.get("cookie", ""):
        yield good.wire()
    else:
        headers = (("Set-Cookie", "site-pass=1; Path=/"), ("Location", asked.path))
        yield Answer(302, headers=headers).wire()


def _other_kind(kind: str) -> Fault:
    def fault(_: Asked, __: Answer) -> Iterator[Step]:
        yield Answer(200, b"%PDF-1.7\n" + bytes(range(256)) * 20, kind=kind).wire()

    return fault


def _empty(_: Asked, __: Answer) -> Iterator[Step]:
    yield Answer(200, b"").wire()


_CHALLENGE = """<!DOCTYPE html><html><head><title>Проверка браузера</title>
<script src="/__qrator/qauth_utm_v2.js"></script></head>
<body><noscript>Включите JavaScript, чтобы продолжить.</noscript></body></html>"""


def _wall(status: int) -> Fault:
    def fault(_: Asked, __: Answer) -> Iterator[Step]:
        cookie = ("Set-Cookie", "qrator_jsr=1.2.3-00; Path=/")
        yield Answer(status, _CHALLENGE.encode(), headers=(("Server", "QRATOR"), cookie)).wire()

    return fault


def _good(_: Asked, good: Answer) -> Iterator[Step]:
    yield good.wire()


@cache
def manners() -> dict[str, Manner]:
    """Name every way to answer an article."""
    return _unusual() | _passing() | _lasting()


def _unusual() -> dict[str, Manner]:
    """Nothing is wrong with these: each has to be read."""
    kept = {f"redirect_{status}": _chain(status) for status in (301, 302, 303, 307, 308)}
    kept |= {name: _packed(name) for name in ("gzip", "br", "deflate", "raw-deflate", "gzip, br", "identity")}
    kept |= {
        "none": _good,
        "slow": _slow,
        "chunked": _chunked(b"0\r\nX-Trailer: end\r\n\r\n"),
        "till_the_end": _till_the_end,
        "cp1251": _charset("windows-1251", "windows-1251"),
        "cp1251_said_utf8": _charset("windows-1251", "utf-8"),
        "cp1251_unsaid": _charset("windows-1251", None),
        "koi8r": _charset("koi8-r", "koi8-r"),
        "redirect_chain": _chain(301, 302, 307, 308),
        "cookie": _cookie,
    }
    return {name: Manner(fault, kept=True) for name, fault in kept.items()}


def _passing() -> dict[str, Manner]:
    again = (("Retry-After", "1"),)
    faults: dict[str, tuple[Fault, int]] = {
        "hung": (_cut_before(Cut.HANG), 1),
        "hung_within": (_cut_within(Cut.HANG), 1),
        "reset": (_cut_before(Cut.RESET), 1),
        "closed": (_cut_before(Cut.CLOSE), 1),
        "reset_within": (_cut_within(Cut.RESET), 1),
        "truncated": (_cut_within(Cut.CLOSE), 2),
        "length_too_long": (_length(lambda length: length + 100), 1),
        "length_too_short": (_length(lambda length: length - 100), 1),
        "chunk_error": (_chunked(b"zz\r\nnonsense"), 1),
        "chunks_cut": (_chunked(b"400\r\nshort"), 1),
        "500_twice": (_status(500), 2),
        "503_once": (_status(503, *again), 1),
        "429_seconds": (_status(429, *again), 1),
        "429_date": (_busy_till_a_date, 1),
    }
    return {name: Manner(fault, kept=True, times=times) for name, (fault, times) in faults.items()}


def _lasting() -> dict[str, Manner]:
    faults = {str(status): _status(status) for status in (401, 403, 404, 410, 451, 500, 501, 503)}
    faults |= {
        "redirect_loop": _loop,
        "redirect_long": _chain(*[302] * 25),
        "to_private": _to("http://10.0.0.1/news"),
        "to_metadata": _to("http://169.254.169.254/latest/meta-data/"),
        "to_other_port": _to("http://127.0.0.1:9/"),
        "to_odd_address": _to("http://0x7f.1:9/"),
        "to_file": _to("file:///etc/passwd"),
        "to_off_site": _to("http://127.0.0.250:{port}/elsewhere"),
        "to_nonsense": _to("http://[::bad/"),
        "to_nowhere": _status(302),
        "gzip_bomb": _bomb("gzip", gzip_bomb),
        "brotli_bomb": _bomb("br", brotli_bomb),
        "endless": _endless,
        "endless_announced": _announced_endless,
        "endless_head": _endless_head,
        "broken_packing": _broken_packing,
        "not_packed": _not_packed,
        "pdf": _other_kind("application/pdf"),
        "video": _other_kind("video/mp4"),
        "wall": _wall(200),
        "wall_403": _wall(403),
        "empty": _empty,
    }
    return {name: Manner(fault, kept=False) for name, fault in faults.items()}


def steps(name: str, asked: Asked, good: Answer) -> Iterator[Step]:
    """Answer in a fault's manner; one that passes is over after its times."""
    manner = manners()[name]
    over = manner.times is not None and asked.times >= manner.times
    return _good(asked, good) if over else manner.fault(asked, good)
