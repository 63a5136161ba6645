"""What an answer, or the trouble in place of one, comes to; and when its address is worth another visit. Pure."""

import re
from datetime import datetime, timedelta

from pipeline.crawl.capture import KEPT, PASSING, Capture, Known, Outcome, Role
from pipeline.crawl.sources import Source
from pipeline.crawl.walls import wall
from pipeline.expand import ExpansionError, Flaw, expand
from pipeline.net import Mishap, Reply, Trouble
from pipeline.net.patience import retry_after

_OK = frozenset({200, 203})
_GONE = frozenset({404, 410})
_NOT_MODIFIED = 304
_AGAIN = frozenset({408, 425, 429})  # passing, as 5xx are
_MISHAPS = {
    Mishap.TIMEOUT: Outcome.UNREACHABLE,
    Mishap.CONNECTION: Outcome.UNREACHABLE,
    Mishap.PROTOCOL: Outcome.BROKEN,
    Mishap.DISTRUST: Outcome.UNREACHABLE,
    Mishap.FORBIDDEN_ADDRESS: Outcome.UNSAFE_ADDRESS,
    Mishap.BAD_URL: Outcome.UNSAFE_ADDRESS,
    Mishap.TOO_LARGE: Outcome.TOO_LARGE,
}
_TEXT = re.compile(r"\s*(text/html|application/xhtml\+xml|text/plain)\s*([;,]|$)", re.IGNORECASE)


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
    if name := wall(reply, body):
        return Outcome.WALL, f"{name}, answered {reply.status}"
    if reply.status not in _OK:
        return _by_status(reply.status), f"answered {reply.status}"
    kind = reply.header("content-type") or "text/html"
    if role is Role.PAGE and not _TEXT.match(kind):
        return Outcome.NOT_TEXT, kind[:100]
    if not body.strip():
        return Outcome.BROKEN, f"answered {reply.status} with an empty body"
    return Outcome.NEW, ""


def _by_status(status: int) -> Outcome:
    if status in _GONE:
        return Outcome.GONE
    if status in _AGAIN or status >= 500:  # noqa: PLR2004 - server errors
        return Outcome.SERVER_ERROR
    return Outcome.REFUSED if status >= 400 else Outcome.BROKEN  # noqa: PLR2004 - client errors


_LATER = timedelta(hours=1)
_LATEST = timedelta(days=1)
_LONGEST_ASKED = timedelta(days=7)  # that a Retry-After is heeded
_TRIES = 5  # visits in vain, after which an address is given up
_SHUT = frozenset({Outcome.WALL, Outcome.REFUSED})


def asked_seconds(answer: Capture | Reply | Trouble) -> float | None:
    """Give how long the server asks to be left alone; None when it does not."""
    reply = answer.reply if isinstance(answer, Capture) else answer
    return retry_after(reply.header("retry-after"), reply.at) if isinstance(reply, Reply) else None


def again_at(capture: Capture, known: Known, source: Source) -> datetime | None:
    """Tell when an address is worth another visit: a failed one later, a young page for its revisions, else None.

    An address of `urls` is asked for every night, whatever came of it.
    """
    if capture.found.role is not Role.PAGE:
        return None
    is_fixed = capture.found.url in source.urls
    if capture.outcome in KEPT:
        if is_fixed:
            return capture.at + _LATER
        return capture.at + timedelta(hours=source.recheck_hours) if _is_young(capture, known, source) else None
    if capture.outcome in PASSING | _SHUT and (is_fixed or known.tries + 1 < _TRIES):
        return capture.at + max(_pause(capture, known), _asked(capture))
    return capture.at + _LATEST if is_fixed else None


def _pause(capture: Capture, known: Known) -> timedelta:
    return min(_LATER * 2 ** min(known.tries, _TRIES), _LATEST) if capture.outcome in PASSING else _LATEST


def _asked(capture: Capture) -> timedelta:
    return timedelta(seconds=min(asked_seconds(capture) or 0.0, _LONGEST_ASKED.total_seconds()))


def _is_young(capture: Capture, known: Known, source: Source) -> bool:
    found = capture.found
    since = found.published_at or found.modified_at or known.found_at or capture.at
    return capture.at - since < timedelta(days=source.recheck_days)
