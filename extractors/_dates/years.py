"""The year of a date printed without one, by the grammar of news: nearest to publication, past or future by the verb.

Without a publication date the year comes from the name of an event in the sentence, or from the text where it leaves
no doubt; else there is none.
"""

import re
from datetime import date

from extractors._dates.expressions import InYear
from extractors._dates.state import FAR_YEAR, NO_YEAR, State
from extractors._dates.tense import Tense
from extractors._model import Granularity, Span

Choice = tuple[int, str] | str

_CLOSE = 60  # days: a day so near is meant whatever the verb
_FAR = 285  # days: farther away the year would have been printed
_CLEAR = 1.6  # times: how much farther the second guess must be
_IN_YEAR = re.compile(r"(?<!\w)в ((?:19|20)\d\d)(?: году|-м| г\.)")
_AHEAD = re.compile(r"(?:до|к|ко|не позднее|не позже|не ранее|не раньше) (?:конца |концу |начала |началу |середине )?$")
_BACK = re.compile(r"(?<!\w)(?:за|от) $")
_STILL = re.compile(r"(?<!\w)(?:еще|ранее) (?:(?:в|с) )?(?:начале |середине |конце )?$")


def choose(expression: InYear, state: State, span: Span) -> Choice:
    """Choose the year of a yearless expression, with its source; or say why there is none."""
    if state.published is not None:
        return _by_publication(expression, state, state.published, span)
    event = state.event_year(span)
    if event is not None:
        return event, "event"
    evident = _by_text(expression, state, span)
    return NO_YEAR if evident is None else (evident, "text")


def _by_publication(expression: InYear, state: State, published: date, span: Span) -> Choice:
    gaps = _gaps(expression, published)
    if not gaps:
        return "no such day"
    holding = [year for gap, year in gaps if gap == 0]
    if holding:
        return holding[-1], "publication"
    past = max((g for g in gaps if g[0] < 0), default=None)
    future = min((g for g in gaps if g[0] > 0), default=None)
    if past is None or future is None:
        return _nearest(gaps), "publication"
    return _either(expression, past, future, (published, _direction(state, span), _bounds(state, span)))


def _nearest(gaps: list[tuple[int, int]]) -> int:
    return min(gaps, key=lambda g: abs(g[0]))[1]


def _gaps(expression: InYear, published: date) -> list[tuple[int, int]]:
    """Give for the years around publication the days until the interval (negative: since it), 0 within it."""
    found = []
    for year in range(published.year - 2, published.year + 3):
        try:
            start, stop = expression.days(year)
        except ValueError:
            continue
        gap = (start - published).days if start > published else min(0, (stop - published).days)
        found.append((gap, year))
    return found


def _either(
    expression: InYear, past: tuple[int, int], future: tuple[int, int], moment: tuple[date, Tense, bool]
) -> Choice:
    ago, ahead = -past[0], future[0]
    published, direction, bounded = moment
    near = past if ago <= ahead else future
    if expression.unit == Granularity.DAY and abs(near[0]) <= _CLOSE:
        return near[1], "publication"
    if direction == Tense.PAST and (ago <= _FAR or past[1] == published.year):
        return past[1], "publication"
    if direction == Tense.FUTURE and (ahead <= _FAR or future[1] == published.year or bounded):
        return future[1], "publication"
    if direction in (Tense.PAST, Tense.FUTURE) and abs(near[0]) <= _CLOSE:
        return near[1], "publication"
    if direction in (Tense.PRESENT, Tense.UNKNOWN):
        return _undirected(past, future, published.year)
    return FAR_YEAR


def _undirected(past: tuple[int, int], future: tuple[int, int], this_year: int) -> Choice:
    """Without a verb the year is that of publication, unless the same days of another year are much nearer."""
    mine, other = (past, future) if past[1] == this_year else (future, past)
    if mine[1] != this_year or (abs(other[0]) * _CLEAR < abs(mine[0]) and abs(other[0]) <= _CLOSE):
        return FAR_YEAR
    return mine[1], "publication"


def _bounds(state: State, span: Span) -> bool:
    """Tell whether «до», «к» or the like stands before the span."""
    return bool(_AHEAD.search(state.text[max(0, span.start - 20) : span.start]))


def _direction(state: State, span: Span) -> Tense:
    found = state.tense(span)
    before = state.text[max(0, span.start - 20) : span.start]
    if _STILL.search(before):
        return Tense.PAST
    if found in (Tense.UNKNOWN, Tense.PRESENT):
        if _AHEAD.search(before):
            return Tense.FUTURE
        if _BACK.search(before):
            return Tense.PAST
    return found


def _by_text(expression: InYear, state: State, span: Span) -> int | None:
    """Find the year in the text: of the only year that exact dates before have, or of «в 2019 году» in the sentence."""
    exact = {
        value.start.year
        for where, value in state.placed
        if value.start is not None
        and value.year_from is None
        and not value.relative
        and value.granularity in (Granularity.DAY, Granularity.MONTH)
    }
    if expression.unit in (Granularity.DAY, Granularity.MONTH) and len(exact) == 1:
        return exact.pop()
    sentence = state.sentence(span)
    before = {int(m.group(1)) for m in _IN_YEAR.finditer(state.text, sentence.start, span.start)}
    return before.pop() if len(before) == 1 else None
