"""Days as the registry writes them: one day, or a stretch of them with either end open; the precision said is kept."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from pipeline.errors import OptionError

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2}|\.\.)(?:/(\d{4}-\d{2}-\d{2}|\.\.))?")


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From the first to the last day, both of them in it; empty where open.

    >>> str(Days("2024-03-05", "2024-03-05")), str(Days("2024-03-01", "2024-03-31")), str(Days("", "2024-05-31"))
    ('2024-03-05', '2024-03', '../2024-05-31')
    >>> str(Days("2024-01-01", "2024-12-31")), str(Days("2024-01-01", "2024-03-31"))
    ('2024', '2024-01-01/2024-03-31')
    """

    first: str
    last: str

    def __str__(self) -> str:
        """Write it as short as its precision allows."""
        if self.first == self.last:
            return self.first
        if self.first[:4] == self.last[:4] and (self.first[4:], self.last[4:]) == ("-01-01", "-12-31"):
            return self.first[:4]
        if self.first[:7] == self.last[:7] and self.first.endswith("-01") and self.last == _month_end(self.first):
            return self.first[:7]
        return f"{self.first or '..'}/{self.last or '..'}"

    def meets(self, other: "Days") -> bool:
        """Tell whether a day may lie in both.

        >>> Days("2024-01-01", "2024-12-31").meets(Days("2024-05-20", "2024-05-20"))
        True
        >>> Days("2024-01-01", "").meets(Days("", "2023-12-31"))
        False
        """
        starts_in_time = not other.last or self.first <= other.last
        return starts_in_time and (not self.last or other.first <= self.last)

    @property
    def width(self) -> int:
        """Its days; open ones are wider than any."""
        if not self.first or not self.last:
            return 1_000_000
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1


@lru_cache(maxsize=10_000)
def read_days(written: str) -> Days | None:
    """Read a date's value as statements have it; None where it is none.

    >>> read_days("2024-03-05"), read_days("../2024-03-31")
    (Days(first='2024-03-05', last='2024-03-05'), Days(first='', last='2024-03-31'))
    >>> read_days("весной") is None, read_days("2024-02-31") is None
    (True, True)
    """
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    first, last = (part if part != ".." else "" for part in (found[1], found[2] or found[1]))
    try:
        for day in filter(None, (first, last)):
            date.fromisoformat(day)
    except ValueError:
        return None
    return Days(first, last) if first or last else None


def days_between(earlier: str, later: str) -> int:
    """Count the days from one to another."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def day_after(day: str, number: int = 1) -> str:
    """Give the day that many days later.

    >>> day_after("2024-02-29"), day_after("9999-12-31")
    ('2024-03-01', '9999-12-31')
    """
    try:
        return (date.fromisoformat(day) + timedelta(days=number)).isoformat()
    except OverflowError:
        return day


def checked_day(written: str, option: str) -> str:
    """Read a day that a person gave; raises OptionError, which names the option.

    >>> checked_day("2024-03-01", "--as-of")
    '2024-03-01'
    """
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise OptionError(f"{option} {written}: no day; write it like 2024-03-01") from error


def checked_time(written: str, option: str) -> str:
    """Read a day or a time that a person gave as a time of the registry; raises OptionError, which names the option.

    >>> checked_time("2024-03-01", "--since"), checked_time("2024-03-01T06:30+03:00", "--since")
    ('2024-03-01T00:00:00Z', '2024-03-01T03:30:00Z')
    """
    try:
        moment = datetime.fromisoformat(written)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        message = f"{option} {written}: no day or time; write it like 2024-03-01 or 2024-03-01T06:30+03:00"
        raise OptionError(message) from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _month_end(day: str) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return f"{day[:7]}-{monthrange(year, month)[1]}"
