"""The year of a date printed without one, by the grammar of news: nearest to publication, past or future by the verb.

Without a publication date the year comes from the name of an event in the sentence, or from the text where it leaves
no doubt; else there is none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from extractors._dates.expressions import InYear
from extractors._dates.state import FAR_YEAR, NO_YEAR, State
from extractors._dates.tense import Tense
from extractors._model import Granularity, Span

Choice = tuple[int, str] | str

_NEXT_DOOR = 10  # days: a day so near is meant whatever the verb
_CLOSE = 60  # days: so near is meant where the verb stands in another clause
_FAR = 300  # days: farther away the year would have been printed
_CLEAR = 1.6  # times: how much farther the second guess must be
_IN_YEAR = re.compile(r"(?<!\w)в ((?:19|20)\d\d)(?: году|-м| г\.)")
_AHEAD = re.compile(
    r"(?<!\w)(?:до|к|ко|на|не позднее|не позже|не ранее|не раньше) (?:конца |концу |начала |началу |середине )?$"
)
_UNTIL = re.compile(r"(?<!\w)(?:до|по|не позднее|не позже) (?:конца |начала |середины )?$")
_BACK = re.compile(r"(?<!\w)(?:за|от) $")
_SINCE = re.compile(r"(?<!\w)со? (?:начала |середины |конца )?$")
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
    guesses = _Guesses(past, future, expression.unit, published.year)
    if guesses.near_days <= (_NEXT_DOOR if expression.unit == Granularity.DAY else 0):
        return guesses.near[1], "publication"
    return _DECIDE[_direction(state, span)](guesses)


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


@dataclass(frozen=True, slots=True)
class _Guesses:
    """The last time the days have been and the next time they will be: distance in days, and year."""

    past: tuple[int, int]
    future: tuple[int, int]
    unit: Granularity
    this_year: int

    @property
    def ago(self) -> int:
        return -self.past[0]

    @property
    def ahead(self) -> int:
        return self.future[0]

    @property
    def near(self) -> tuple[int, int]:
        return self.past if self.ago <= self.ahead else self.future

    @property
    def near_days(self) -> int:
        return min(self.ago, self.ahead)


def _past(guesses: _Guesses) -> Choice:
    """Follow a past verb of the same clause."""
    if guesses.ago <= _FAR or guesses.past[1] == guesses.this_year:
        return guesses.past[1], "publication"
    return FAR_YEAR


def _future(guesses: _Guesses) -> Choice:
    """Follow a verb that points ahead; one that is over lately may still be told so."""
    if guesses.ahead <= _FAR or guesses.future[1] == guesses.this_year:
        return guesses.future[1], "publication"
    return _close(guesses)


def _until(guesses: _Guesses) -> Choice:
    """«До 1 декабря подадут»: the next time, however far."""
    return guesses.future[1], "publication"


def _close(guesses: _Guesses) -> Choice:
    if guesses.near_days <= _CLOSE:
        return guesses.near[1], "publication"
    return FAR_YEAR


def _loosely_past(guesses: _Guesses) -> Choice:
    """Follow a past verb of another clause: a day close to publication is meant all the same."""
    if guesses.unit == Granularity.DAY and guesses.near_days <= _CLOSE:
        return guesses.near[1], "publication"
    return _past(guesses)


def _nearest_clearly(guesses: _Guesses) -> Choice:
    """Take the nearer of the two where the other is clearly farther."""
    if max(guesses.ago, guesses.ahead) >= _CLEAR * guesses.near_days:
        return guesses.near[1], "publication"
    return FAR_YEAR


def _undirected(guesses: _Guesses) -> Choice:
    """Without a verb the year is that of publication, unless the same days of another year are much nearer."""
    past, future = guesses.past, guesses.future
    mine, other = (past, future) if past[1] == guesses.this_year else (future, past)
    if mine[1] != guesses.this_year or (abs(other[0]) * _CLEAR < abs(mine[0]) and abs(other[0]) <= _CLOSE):
        return FAR_YEAR
    return mine[1], "publication"


_DECIDE: dict[str, Callable[[_Guesses], Choice]] = {
    "past": _past,
    "loosely past": _loosely_past,
    "future": _future,
    "until": _until,
    "nearest": _nearest_clearly,
    "undirected": _undirected,
}


def _direction(state: State, span: Span) -> str:
    """Name the decision that the words around ask for."""
    before = state.text[max(0, span.start - 20) : span.start]
    pointer = state.pointer(span)
    bounded = bool(_AHEAD.search(before))
    if _STILL.search(before):
        return "past"
    if pointer.tense == Tense.PAST:
        if bounded and pointer.perfective:
            return "nearest"
        return "past" if pointer.in_clause else "loosely past"
    if pointer.tense == Tense.FUTURE:
        return "until" if bounded else "future"
    if _BACK.search(before) or (pointer.tense == Tense.PRESENT and _SINCE.search(before)):
        return "past"
    if pointer.tense == Tense.PRESENT and _UNTIL.search(before):
        return "until"
    return _OTHERWISE[pointer.tense] if not bounded else "future"


_OTHERWISE = {Tense.UNKNOWN: "undirected", Tense.PRESENT: "nearest", Tense.MIXED: "nearest"}


def _by_text(expression: InYear, state: State, span: Span) -> int | None:
    """Find the year in the text: that of the exact dates before, or that of «в 2019 году» in the sentence."""
    exact = [value.start.year for value in state.exact_before(span) if value.start is not None]
    near = state.exact_near(span)
    if expression.unit in (Granularity.DAY, Granularity.MONTH) and len(set(exact)) == 1 and (len(exact) > 1 or near):
        return None if state.later_year(exact[0], span) else exact[0]
    sentence = state.sentence(span)
    before = {int(m.group(1)) for m in _IN_YEAR.finditer(state.text, sentence.start, span.start)}
    return before.pop() if len(before) == 1 else None
