"""Placing an expression on the calendar: days, or the reason why not."""

from datetime import date

from extractors._dates.expressions import Expression, Fixed, InYear, Pair, SameYear, Unread, YearsOff
from extractors._dates.state import NO_ANCHOR, NO_PUBLICATION, NO_SUCH_DAY, State
from extractors._dates.tense import Tense
from extractors._dates.years import choose
from extractors._model import DateInterval, Granularity, Span


def place(expression: Expression, state: State, span: Span) -> DateInterval:
    """Place an expression that stands at a span; both ends are set unless `unresolved` is."""
    try:
        return _place(expression, state, span)
    except (ValueError, OverflowError):
        return DateInterval(None, None, expression.unit, unresolved=NO_SUCH_DAY)


def _place(expression: Expression, state: State, span: Span) -> DateInterval:
    if isinstance(expression, Unread):
        return DateInterval(None, None, expression.unit, unresolved=expression.reason)
    if isinstance(expression, Fixed):
        return DateInterval(expression.start, expression.stop, expression.unit)
    if isinstance(expression, Pair):
        return _pair(expression, state, span)
    if isinstance(expression, InYear):
        return _in_year(expression, state, span)
    found = expression.read(state, span)
    if isinstance(found, str):
        return DateInterval(None, None, expression.unit, relative=True, unresolved=found)
    return DateInterval(*found, expression.unit, relative=True)


def _pair(pair: Pair, state: State, span: Span) -> DateInterval:
    first, last = place(pair.first, state, span), place(pair.last, state, span)
    reason = first.unresolved or last.unresolved
    if reason is None and (first.start is None or last.stop is None or first.start > last.stop):
        reason = "ends before it begins"
    if reason:
        return DateInterval(None, None, pair.unit, first.relative or last.relative, unresolved=reason)
    return DateInterval(
        first.start, last.stop, pair.unit, first.relative or last.relative, first.year_from or last.year_from
    )


def _in_year(expression: InYear, state: State, span: Span) -> DateInterval:
    year, source, reason = _year(expression, state, span)
    relative = source is not None or not isinstance(expression.year, int)
    if year is None:
        return DateInterval(None, None, expression.unit, relative, unresolved=reason)
    start, stop = expression.days(year)
    if isinstance(expression.year, YearsOff) and _contradicted(start, state, span):
        return DateInterval(None, None, expression.unit, relative, unresolved="told in the past, lies ahead")
    if expression.weekday is not None and start.weekday() != expression.weekday:
        return DateInterval(None, None, expression.unit, relative, unresolved="the weekday contradicts the date")
    return DateInterval(start, stop, expression.unit, relative, source)


def _year(expression: InYear, state: State, span: Span) -> tuple[int | None, str | None, str | None]:
    """Give the year, what supplied it when it was not printed, and the reason when there is none."""
    year = expression.year
    if isinstance(year, int):
        return year, None, None
    if isinstance(year, SameYear):
        last = state.anchor(span, Granularity.YEAR)
        return (last[0].year + year.years, "text", None) if last else (None, None, NO_ANCHOR)
    if isinstance(year, YearsOff):
        if state.published is None:
            return None, None, NO_PUBLICATION
        return state.published.year + year.years, "publication", None
    found = choose(expression, state, span)
    return (None, None, found) if isinstance(found, str) else (*found, None)


def _contradicted(start: date, state: State, span: Span) -> bool:
    """Tell whether «летом этого года» stands with a verb in the past though the summer is to come."""
    ahead = state.published is not None and start > state.published
    pointer = state.pointer(span)
    return ahead and not state.opens(span) and pointer.in_clause and pointer.tense == Tense.PAST
