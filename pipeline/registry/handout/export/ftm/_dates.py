"""Dates as FollowTheMoney can hold them: a prefix of an ISO time, UTC; no quarters, no intervals."""

from pipeline.registry.belief.days import read_days
from pipeline.registry.loading.contribution import utc


def prefix(value: str) -> str | None:
    """Write a day, a whole month or a whole year; None for what is none of these.

    >>> [prefix(value) for value in ("2024-03-06", "2024-02-01/2024-02-29", "2024-01-01/2024-12-31")]
    ['2024-03-06', '2024-02', '2024']
    >>> [prefix(value) for value in ("2024-07-01/2024-09-30", "2024-02-01/2024-02-28", "../2024-03-06", "2024-Q3")]
    [None, None, None, None]
    """
    days = read_days(value)
    return None if days is None or "/" in str(days) else str(days)


def moment(time: str | None, *, full: bool = False) -> str | None:
    """Write a time in UTC without a zone, as FollowTheMoney does; `full` makes midnight of a day alone.

    >>> moment("2024-03-06T10:00:00+03:00"), moment("2024-03-06"), moment("2024-03-06", full=True)
    ('2024-03-06T07:00:00', '2024-03-06', '2024-03-06T00:00:00')
    """
    written = utc(time)
    if written is None:
        return None
    return f"{written}T00:00:00" if full and "T" not in written else written.removesuffix("Z")
