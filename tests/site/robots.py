"""Forms of robots.txt, each with what it means by RFC 9309. In most of them /closed/ may not be asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.site.answer import Answer, Asked, Cut, Step

RULES = "User-agent: *\nDisallow: /closed/\n"


@dataclass(frozen=True, slots=True)
class Robots:
    """A form. `closes`: the beginnings of the paths that may not be asked for."""

    body: bytes = b""
    status: int = 200
    closes: tuple[str, ...] = ("/closed/",)
    kind: str = "text/plain"
    headers: tuple[tuple[str, str], ...] = ()
    cut: Cut | None = None
    troubled: int = 0  # so many first requests are answered by 503
    lasts_long: bool = False  # not for short tests

    def allows(self, path: str) -> bool:
        return path == "/robots.txt" or not path.startswith(self.closes)


_OTHERS = "User-agent: OtherBot\nDisallow: /\n\n"
_PADDING = "".join(f"Disallow: /nowhere/{number:06}/{'x' * 60}\n" for number in range(5000))  # about 430 KB
ROBOTS: dict[str, Robots] = {
    "closing": Robots(RULES.encode()),
    "open": Robots(b"User-agent: *\nAllow: /\n", closes=()),
    "empty": Robots(b"", closes=()),
    "absent": Robots(status=404, closes=()),
    "forbidden": Robots(status=403, closes=()),
    "others": Robots((_OTHERS + RULES).encode()),
    "crlf": Robots(RULES.replace("\n", "\r\n").encode()),
    "bom": Robots(b"\xef\xbb\xbf" + RULES.encode()),
    "letters": Robots(b"USER-AGENT: *\ndisallow : /closed/ # nothing of it\n"),
    "wildcard": Robots(b"User-agent: *\nDisallow: /*sed/\nAllow: /news/\n"),
    "longest": Robots(b"User-agent: *\nDisallow: /\nAllow: /news/\nAllow: /feed\nAllow: /s\nDisallow: /closed/\n"),
    "ours": Robots(b"User-agent: SvodkaBot\nDisallow: /closed/\n\nUser-agent: *\nDisallow: /\n"),
    "nonsense": Robots("просто текст\n\x00\n".encode() + RULES.encode()),
    "page": Robots(b"<!DOCTYPE html><html><body>Not here</body></html>", closes=(), kind="text/html"),
    "large": Robots(("User-agent: *\n" + _PADDING + "Disallow: /closed/\n").encode()),
    "moved": Robots(status=301, headers=(("Location", "/moved-robots.txt"),)),
    "late": Robots(RULES.encode(), troubled=1),
    "shut": Robots(b"User-agent: *\nDisallow: /\n", closes=("/",)),
    "down": Robots(status=503, closes=("/",), lasts_long=True),
    "hung": Robots(cut=Cut.HANG, closes=("/",), lasts_long=True),
    "reset": Robots(cut=Cut.RESET, closes=("/",), lasts_long=True),
    "delay": Robots(RULES.replace("\n", "\nCrawl-delay: 1\n", 1).encode(), lasts_long=True),
}
PATHS = ("/robots.txt", "/moved-robots.txt")


def robots_steps(name: str, asked: Asked) -> Iterator[Step]:
    """Answer for one of PATHS."""
    robots = ROBOTS[name]
    if robots.cut:
        yield robots.cut
    elif asked.times < robots.troubled:
        yield Answer(503, b"later").wire()
    elif asked.path == PATHS[1]:
        yield Answer(200, RULES.encode(), "text/plain").wire()
    else:
        yield Answer(robots.status, robots.body, robots.kind, robots.headers).wire()
