"""When something is worth another try, and how long to wait before it: pure, no clock and no network. Seconds."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_AGAIN = frozenset({408, 425, 429})
_NEVER = frozenset({501, 505})  # a server that cannot do it, not one that is in trouble


@dataclass(frozen=True, slots=True)
class Patience:
    """How often, and for how long in all, something is tried; pauses double from the first to the longest."""

    attempts: int
    total_seconds: float
    first_pause: float = 0.5
    longest_pause: float = 60.0

    def pause(self, failures: int, asked: float | None, chance: float) -> float:
        """Tell how long to wait after so many failures; never less than the server asked for.

        `chance`, 0 to 1, spreads the pauses of several clients between half and the whole.

        >>> [Patience(5, 60).pause(n, None, 1) for n in (1, 2, 3)], Patience(5, 60).pause(1, 30, 0)
        ([0.5, 1.0, 2.0], 30)
        """
        doubled = self.first_pause * 2.0 ** min(failures - 1, 30)
        return max(min(self.longest_pause, doubled) * (0.5 + chance / 2), asked or 0)


def is_passing(status: int) -> bool:
    """Tell whether a server that answers so may answer otherwise soon.

    >>> [status for status in (200, 400, 404, 408, 429, 500, 501, 503) if is_passing(status)]
    [408, 429, 500, 503]
    """
    return status in _AGAIN or (500 <= status <= 599 and status not in _NEVER)  # noqa: PLR2004 - server errors


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or a date; None when there is none or it says nothing.

    >>> now = datetime(2024, 3, 6, 10, 0, tzinfo=UTC)
    >>> [retry_after(value, now) for value in ("120", "Wed, 06 Mar 2024 10:00:30 GMT", "soon", None)]
    [120.0, 30.0, None, None]
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _until(value, now)
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _until(date: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return math.nan
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment - now).total_seconds()
