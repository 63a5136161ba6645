"""Arithmetic of calendar periods; knows no text."""

from datetime import date, timedelta

from extractors._model import Granularity

_MONTHS = {Granularity.MONTH: 1, Granularity.QUARTER: 3, Granularity.HALF: 6, Granularity.YEAR: 12}
_YEARS = {Granularity.DECADE: 10, Granularity.CENTURY: 100}
_LONGEST_SHIFT = 3000


def period(unit: Granularity, day: date) -> tuple[date, date]:
    """Give the calendar period of a unit which holds a day; weeks begin on Monday.

    >>> period(Granularity.QUARTER, date(2024, 5, 17))
    (datetime.date(2024, 4, 1), datetime.date(2024, 6, 30))
    """
    if unit == Granularity.DAY:
        return day, day
    if unit == Granularity.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit in _YEARS:
        size = _YEARS[unit]
        first = day.year // size * size if unit == Granularity.DECADE else (day.year - 1) // size * size + 1
        return date(first, 1, 1), date(first + size - 1, 12, 31)
    size = _MONTHS[unit]
    start = date(day.year, (day.month - 1) // size * size + 1, 1)
    return start, add_months(start, size) - timedelta(days=1)


def add_months(day: date, count: int) -> date:
    """Move a day by months; a day that the month lacks becomes its last.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    month = day.year * 12 + day.month - 1 + count
    first = date(month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def shifted(unit: Granularity, day: date, count: int) -> tuple[date, date]:
    """Give the period of a unit `count` periods from the one that holds a day.

    Raises ValueError or OverflowError where the calendar ends.
    """
    if abs(count) > _LONGEST_SHIFT:
        raise ValueError(f"{count} periods away")
    if unit in (Granularity.DAY, Granularity.WEEK):
        moved = day + timedelta(days=count * (7 if unit == Granularity.WEEK else 1))
    elif unit in _YEARS:
        moved = add_months(day, 12 * _YEARS[unit] * count)
    else:
        moved = add_months(day, _MONTHS[unit] * count)
    return period(unit, moved)


def third(unit: Granularity, days: tuple[date, date], which: int) -> tuple[date, date]:
    """Give the beginning (0), middle (1) or end (2) of a period.

    A third of a month is ten days, that of a year its first quarter, the half between, its last quarter; of a week,
    whose parts nobody agrees on, the whole week.

    >>> third(Granularity.MONTH, (date(2023, 5, 1), date(2023, 5, 31)), 2)
    (datetime.date(2023, 5, 21), datetime.date(2023, 5, 31))
    """
    start, stop = days
    if unit in (Granularity.DAY, Granularity.WEEK):
        return days
    if unit == Granularity.MONTH:
        cuts = [start.replace(day=11), start.replace(day=21)]
    elif unit in _YEARS:
        size = _YEARS[unit]
        cuts = [add_months(start, 12 * n) for n in (round(size * 0.4), round(size * 0.7))]
    elif unit == Granularity.YEAR:
        cuts = [add_months(start, 3), add_months(start, 9)]
    else:
        total = (stop.year - start.year) * 12 + stop.month - start.month + 1
        cuts = [add_months(start, round(total / 3)), add_months(start, round(total * 2 / 3))]
    edges = [start, *cuts, stop + timedelta(days=1)]
    return edges[which], edges[which + 1] - timedelta(days=1)
