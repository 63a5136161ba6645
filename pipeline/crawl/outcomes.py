"""What an answer, or the trouble in place of one, comes to. Pure."""

import re

from pipeline.crawl.capture import Outcome, Role
from pipeline.crawl.walls import wall
from pipeline.expand import ExpansionError, Flaw, expand
from pipeline.net import Mishap, Reply, Trouble

_OK = frozenset({200, 203})
_GONE = frozenset({404, 410})
_NOT_MODIFIED = 304
_TOO_MANY = 429
_MISHAPS = {
    Mishap.TIMEOUT: Outcome.UNREACHABLE,
    Mishap.CONNECTION: Outcome.UNREACHABLE,
    Mishap.PROTOCOL: Outcome.BROKEN,
    Mishap.DISTRUST: Outcome.UNREACHABLE,
    Mishap.FORBIDDEN_ADDRESS: Outcome.UNSAFE_ADDRESS,
    Mishap.BAD_URL: Outcome.UNSAFE_ADDRESS,
    Mishap.TOO_LARGE: Outcome.TOO_LARGE,
}
_TEXT = re.compile(r"\s*(text/html|application/xhtml\+xml|text/plain)\s*(;|$)", re.IGNORECASE)


def of_trouble(trouble: Trouble) -> tuple[Outcome, str]:
    """Sort trouble."""
    return _MISHAPS[trouble.mishap], trouble.detail


def of_reply(reply: Reply, role: Role, most: int) -> tuple[Outcome, str]:
    """Judge an answer that is no redirect; `most`: the bytes that its body may expand to.

    A body that is as it should be is NEW; only the archive, which has the earlier ones, can say better.
    """
    if reply.status == _NOT_MODIFIED:
        return Outcome.UNCHANGED, ""
    try:
        body = expand(reply.body, reply.header("content-encoding"), most)
    except ExpansionError as error:
        if reply.status in _OK:
            return (Outcome.TOO_LARGE if error.flaw is Flaw.TOO_LARGE else Outcome.BROKEN), error.detail
        body = b""
    if role is Role.PAGE and (name := wall(reply, body)):
        return Outcome.WALL, f"{name}, answered {reply.status}"
    if reply.status not in _OK:
        return _by_status(reply.status), f"answered {reply.status}"
    kind = reply.header("content-type") or "text/html"
    if role is Role.PAGE and not _TEXT.match(kind):
        return Outcome.NOT_TEXT, kind[:100]
    return Outcome.NEW, ""


def _by_status(status: int) -> Outcome:
    if status in _GONE:
        return Outcome.GONE
    if status == _TOO_MANY or status >= 500:  # noqa: PLR2004 - server errors
        return Outcome.SERVER_ERROR
    return Outcome.REFUSED if status >= 400 else Outcome.BROKEN  # noqa: PLR2004 - client errors
