"""What a rule reads: a date expression that is not placed on the calendar yet.

Owns the types between the grammar and the resolution. Knows no text. Months run 1..14: the winter of a year ends in
the February of the next; a day of 0 is the last of its month.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractors._model import Granularity, Span

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class YearsOff:
    """A year told by its distance from the year of publication."""

    years: int


@dataclass(frozen=True, slots=True)
class SameYear:
    """«Того же года»: the year of the last date in the text, and `years` on."""

    years: int = 0


Year = int | YearsOff | SameYear | None


@dataclass(frozen=True, slots=True)
class InYear:
    """Days of some year, from `low` to `high`; `weekday` (0 is Monday) is one printed beside the day."""

    unit: Granularity
    low: MonthDay
    high: MonthDay
    year: Year = None
    weekday: int | None = None

    def days(self, year: int) -> tuple[date, date]:
        """Place it in a year; raises ValueError where the day does not exist."""
        return _day(year, self.low), _day(year, self.high)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Days known without any context."""

    unit: Granularity
    start: date
    stop: date


@dataclass(frozen=True, slots=True)
class Relative:
    """Days that `read(state, span)` finds; it gives the reason instead where it cannot."""

    unit: Granularity
    read: Callable[[Any, Span], "tuple[date, date] | str"]


@dataclass(frozen=True, slots=True)
class Pair:
    """From the start of one expression to the end of another."""

    first: "Expression"
    last: "Expression"

    @property
    def unit(self) -> Granularity:
        """The unit of the end."""
        return self.last.unit


@dataclass(frozen=True, slots=True)
class Unread:
    """An expression of time that cannot be placed, and why."""

    unit: Granularity
    reason: str


Expression = InYear | Fixed | Relative | Pair | Unread


@dataclass(frozen=True, slots=True)
class Item:
    """An expression where it stands, and the rule that read it."""

    start: int
    stop: int
    expression: Expression
    rule: str


def _day(year: int, month_day: MonthDay) -> date:
    month, day = month_day
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, day or monthrange(year, month)[1])


def whole_year(year: Year) -> InYear:
    """Give a calendar year."""
    return InYear(Granularity.YEAR, (1, 1), (12, 31), year)


def months(unit: Granularity, first: int, last: int, year: Year = None) -> InYear:
    """Give whole months of a year.

    >>> months(Granularity.QUARTER, 4, 6).days(2024)
    (datetime.date(2024, 4, 1), datetime.date(2024, 6, 30))
    """
    return InYear(unit, (first, 1), (last, 0), year)
