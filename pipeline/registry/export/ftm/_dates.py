"""Dates as FollowTheMoney can hold them: a prefix of an ISO time, UTC; no quarters, no intervals."""

import re
from calendar import monthrange
from datetime import date

from pipeline.registry.contribution import utc

_YEAR = re.compile(r"(\d{4})-01-01/\1-12-31")
_MONTH = re.compile(r"(\d{4})-(\d{2})-01/\1-\2-(\d{2})")


def prefix(value: str) -> str | None:
    """Write a day, a whole month or a whole year; None for what is none of these.

    >>> [prefix(value) for value in ("2024-03-06", "2024-02-01/2024-02-29", "2024-01-01/2024-12-31")]
    ['2024-03-06', '2024-02', '2024']
    >>> [prefix(value) for value in ("2024-07-01/2024-09-30", "2024-02-01/2024-02-28", "../2024-03-06", "2024-Q3")]
    [None, None, None, None]
    """
    if year := _YEAR.fullmatch(value):
        return year[1]
    if (month := _MONTH.fullmatch(value)) and 1 <= int(month[2]) <= 12:  # noqa: PLR2004 - months
        last = monthrange(int(month[1]), int(month[2]))[1]
        return f"{month[1]}-{month[2]}" if int(month[3]) == last else None
    try:
        return date.fromisoformat(value).isoformat() if len(value) == len("2024-03-06") else None
    except ValueError:
        return None


def moment(time: str | None, *, full: bool = False) -> str | None:
    """Write a time in UTC without a zone, as FollowTheMoney does; `full` makes midnight of a day alone.

    >>> moment("2024-03-06T10:00:00+03:00"), moment("2024-03-06"), moment("2024-03-06", full=True)
    ('2024-03-06T07:00:00', '2024-03-06', '2024-03-06T00:00:00')
    """
    written = utc(time)
    if written is None:
        return None
    return f"{written}T00:00:00" if full and "T" not in written else written.removesuffix("Z")
