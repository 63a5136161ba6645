"""Expressions that lean on the day of publication or on the last date named before them.

Each function here makes a `Relative`; its `read` gets the state of resolution and the span of the words.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from extractors._dates.calendar import add_months, period, shifted, third
from extractors._dates.expressions import InYear, Relative, months
from extractors._dates.resolve import place
from extractors._dates.state import DURATION, FAR_YEAR, NO_ANCHOR, NO_PUBLICATION, State
from extractors._dates.tense import Tense
from extractors._model import Granularity, Span

Answer = tuple[date, date] | str
_REPORTS_WITHIN = 75
_FEBRUARY, _DECEMBER = 2, 12
_WEEK = timedelta(days=7)


def off(unit: Granularity, count: int) -> Relative:
    """Read «вчера», «в прошлом году»: the period so many units from that of publication."""

    def read(state: State, span: Span) -> Answer:  # noqa: ARG001 - one signature for all readers
        return shifted(unit, state.published, count) if state.published else NO_PUBLICATION

    return Relative(unit, read)


def part_of_present(unit: Granularity, which: int) -> Relative:
    """Read «к концу года»: of the present year, unless the sentence names another or the verb contradicts."""

    def read(state: State, span: Span) -> Answer:
        if state.published is None:
            return NO_PUBLICATION
        start, stop = third(unit, period(unit, state.published), which)
        if state.other_year_in_sentence(span):
            return FAR_YEAR
        if start > state.published and state.tense(span) == Tense.PAST and not state.opens(span):
            return FAR_YEAR
        return start, stop

    return Relative(unit, read)


def ago(unit: Granularity, count: Decimal, sign: int) -> Relative:
    """Read «два года назад», «через месяц»: years and months give the whole period, weeks and days the day.

    What is to come is counted from publication only where the sentence does not tell of the past.
    """

    def read(state: State, span: Span) -> Answer:
        if state.published is None:
            return NO_PUBLICATION
        if sign > 0 and state.tense(span) == Tense.PAST:
            return "counts from another date"
        if unit == Granularity.WEEK:
            return shifted(Granularity.DAY, state.published, sign * int(count * 7))
        if count != int(count):
            return _fraction(unit, state.published, sign * count)
        return shifted(unit, state.published, sign * int(count))

    return Relative(Granularity.DAY if unit == Granularity.WEEK else unit, read)


def _fraction(unit: Granularity, day: date, count: Decimal) -> Answer:
    if unit != Granularity.YEAR:
        return "a fraction of a unit"
    return period(Granularity.MONTH, add_months(day, int(count * 12)))


def weekday(number: int, way: str) -> Relative:
    """Read a day of the week; `way` is `last`, `next`, `near`, `this`, `coming` or empty: then the tense decides."""

    def read(state: State, span: Span) -> Answer:
        if state.published is None:
            return NO_PUBLICATION
        day = state.published
        monday = day - timedelta(days=day.weekday())
        this = monday + timedelta(days=number)
        found = _ONE_WEEKDAY[way or _way(state, span)](day, this)
        return found if isinstance(found, str) else _after_neighbour(found, state, span)

    return Relative(Granularity.DAY, read)


def _after_neighbour(days: tuple[date, date], state: State, span: Span) -> Answer:
    """Keep «во вторник и среду» in one week."""
    if not state.placed or state.text[state.placed[-1][0].stop : span.start] not in {" и ", ", ", " и в "}:
        return days
    before = state.placed[-1][1].stop
    return _same(days[0] + _WEEK) if before and days[0] < before <= days[0] + _WEEK else days


def _way(state: State, span: Span) -> str:
    """Choose the way of a bare weekday: without verb and preposition it is one to come, as in a programme."""
    found = state.tense(span)
    if found == Tense.UNKNOWN and not state.text[: span.start].endswith(("в ", "во ")):
        return "from"
    return _WAY_OF_TENSE[found]


def _same(day: date) -> tuple[date, date]:
    return day, day


def _past_week(day: date, this: date) -> Answer:
    """«В прошлую пятницу»: within the present week nobody knows which one is meant."""
    return "one of two weeks" if this < day else _same(this - _WEEK)


def _next_week(day: date, this: date) -> Answer:
    return "one of two weeks" if this > day else _same(this + _WEEK)


_ONE_WEEKDAY: dict[str, Callable[[date, date], Answer]] = {
    "last": lambda day, this: _same(this if this < day else this - _WEEK),
    "until": lambda day, this: _same(this if this <= day else this - _WEEK),
    "from": lambda day, this: _same(this if this >= day else this + _WEEK),
    "coming": lambda day, this: _same(this if this > day else this + _WEEK),
    "this": lambda day, this: _same(this),  # noqa: ARG005 - one signature
    "past_week": _past_week,
    "next_week": _next_week,
    "unclear": lambda day, this: "the clause looks both back and ahead",  # noqa: ARG005
}
_WAY_OF_TENSE = {
    Tense.PAST: "until",
    Tense.FUTURE: "from",
    Tense.PRESENT: "this",
    Tense.UNKNOWN: "this",
    Tense.MIXED: "unclear",
}


def weekday_of_week(number: int, count: int) -> Relative:
    """Read «вторник на следующей неделе»."""

    def read(state: State, span: Span) -> Answer:  # noqa: ARG001
        if state.published is None:
            return NO_PUBLICATION
        return _same(shifted(Granularity.WEEK, state.published, count)[0] + timedelta(days=number))

    return Relative(Granularity.DAY, read)


def weekend(count: int, *, near: bool = False) -> Relative:
    """Read «в минувшие выходные»: Saturday and Sunday; the nearest to come, or those of another week."""

    def read(state: State, span: Span) -> Answer:  # noqa: ARG001
        if state.published is None:
            return NO_PUBLICATION
        over = count < 0 and state.published.weekday() == 6  # noqa: PLR2004 - Sunday: the weekend is not over
        if over:
            return "one of two weekends"
        saturday = shifted(Granularity.WEEK, state.published, 0 if near else count)[0] + timedelta(days=5)
        return saturday, saturday + timedelta(days=1)

    return Relative(Granularity.DAY, read)


def anchored(unit: Granularity, count: int, *, else_published: bool = False) -> Relative:
    """Read «днём ранее», «на следующий день»: counted from the last date in the text that is as exact.

    With `else_published` the day of publication serves where the text names no date and does not tell of the past.
    """

    def read(state: State, span: Span) -> Answer:
        if state.text.startswith((" после", " с момента"), span.stop):
            return "counts from an event"
        last = state.anchor(span, unit)
        if last is not None:
            return _moved(unit, last, count)
        if else_published and state.published and not state.placed and state.tense(span) != Tense.PAST:
            return shifted(unit, state.published, count)
        return NO_ANCHOR

    return Relative(unit, read)


def _moved(unit: Granularity, days: tuple[date, date], count: int) -> Answer:
    """Move an interval; «годом ранее» keeps the months but not the day."""
    start, stop = days
    if unit == Granularity.YEAR and start == stop:
        return shifted(unit, start, count)
    if unit == Granularity.YEAR:
        last_of_month = (stop + timedelta(days=1)).day == 1
        moved = add_months(stop, 12 * count)
        return add_months(start, 12 * count), period(Granularity.MONTH, moved)[1] if last_of_month else moved
    if start != stop and period(unit, start) != days:
        return NO_ANCHOR
    return shifted(unit, start, count)


def nearest(unit: Granularity, first: int, last: int) -> Relative:
    """Read «к ближайшему лету»: the next months so named; while they last, this year's or next year's."""

    def read(state: State, span: Span) -> Answer:  # noqa: ARG001
        if state.published is None:
            return NO_PUBLICATION
        whole = months(unit, first, last)
        spans = [whole.days(state.published.year + n) for n in (-1, 0, 1)]
        if any(start <= state.published <= stop for start, stop in spans):
            return "one of two years"
        return next(days for days in spans if days[0] > state.published)

    return Relative(unit, read)


def analogous(year: int) -> Relative:
    """Read «аналогичный период прошлого года»: the last period named, in the year so far from publication."""

    def read(state: State, span: Span) -> Answer:
        last = state.anchor(span, Granularity.YEAR)
        if last is None:
            return NO_ANCHOR
        if state.published is None or last[0].year != state.published.year:
            return _moved(Granularity.YEAR, last, -1) if state.published is None else NO_ANCHOR
        return _moved(Granularity.YEAR, last, year)

    return Relative(Granularity.MONTH, read)


def analogous_in(year: int) -> Relative:
    """Read «аналогичный период 2022 года»: the last period named, in that year."""

    def read(state: State, span: Span) -> Answer:
        last = state.anchor(span, Granularity.YEAR)
        return NO_ANCHOR if last is None else _moved(Granularity.YEAR, last, year - last[0].year)

    return Relative(Granularity.MONTH, read)


def past_months(unit: Granularity, first: int, last: int, *, clear: bool) -> Relative:
    """Read «прошлым летом», «минувшим летом»: what is over this year is meant only by a `clear` word."""

    def read(state: State, span: Span) -> Answer:  # noqa: ARG001
        if state.published is None:
            return NO_PUBLICATION
        this = months(unit, first, last).days(state.published.year)
        if this[1] >= state.published:
            return months(unit, first, last).days(state.published.year - 1)
        return this if clear else "one of two years"

    return Relative(unit, read)


def winter(offset: int) -> Relative:
    """Read «этой зимой», «прошлой зимой»: between winters the verb tells which is «this»."""

    def read(state: State, span: Span) -> Answer:
        if state.published is None:
            return NO_PUBLICATION
        first = state.published.year - (state.published.month <= _FEBRUARY)
        if _FEBRUARY < state.published.month < _DECEMBER:
            way = {Tense.PAST: -1, Tense.FUTURE: 0}.get(state.tense(span))
            if offset or way is None:
                return "one of two winters"
            first += way
        return months(Granularity.QUARTER, 12, 14).days(first + offset)

    return Relative(Granularity.QUARTER, read)


def months_just_over(count: int) -> Relative:
    """Read «за девять месяцев»: a duration, unless so many months of a year are over lately.

    What is a duration is answered with `DURATION`, and is no mention.
    """

    def read(state: State, span: Span) -> Answer:  # noqa: ARG001
        if state.published is None or count == 12:  # noqa: PLR2004 - «за 12 месяцев» is any year
            return DURATION
        year = state.published.year - (state.published.month <= count)
        stop = period(Granularity.MONTH, date(year, count, 1))[1]
        return (date(year, 1, 1), stop) if (state.published - stop).days <= _REPORTS_WITHIN else DURATION

    return Relative(Granularity.MONTH, read)


def nth_weekday(count: int, number: int, month: InYear) -> Relative:
    """Read «четвёртый четверг ноября»."""

    def read(state: State, span: Span) -> Answer:
        whole = place(month, state, span)
        if whole.unresolved or whole.start is None or whole.stop is None:
            return whole.unresolved or NO_ANCHOR
        day = whole.start + timedelta(days=(number - whole.start.weekday()) % 7 + 7 * (count - 1))
        return _same(day) if day <= whole.stop else "no such day"

    return Relative(Granularity.DAY, read)
