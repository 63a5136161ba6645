"""Dates and periods of time, placed on the calendar or flagged with the reason why not.

Owns the flow: rules find expressions in the folded text, expressions are joined, and each is placed in the order of
the text. Durations, ages and names that hold a date are no mentions.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractors._analysis import published_at
from extractors._confidence import confidence
from extractors._dates.bounds import opened
from extractors._dates.compose import compose
from extractors._dates.folding import fold
from extractors._dates.guards import is_date, stands
from extractors._dates.resolve import place
from extractors._dates.rules import best, matches
from extractors._dates.state import DURATION, State
from extractors._model import DateInterval, Kind, Mention, Span
from extractors._text import text_of


def extract(doc: Doc) -> Iterator[Mention]:
    """Find the dates of a text, in its order; none overlaps another.

    >>> from extractors import analyse
    >>> [(m.text, str(m.value.start), str(m.value.stop)) for m in extract(analyse("Форум пройдёт 8–11 июля 2024 года"))]
    [('8–11 июля 2024 года', '2024-07-08', '2024-07-11')]
    """
    printed, published = text_of(doc), published_at(doc)
    state = State(doc, printed, fold(printed), published.date() if published else None)
    items = [item for item in best(list(matches(state.text))) if is_date(item, state)]
    for item in compose(items, state.text):
        if not stands(item, state):
            continue
        span = Span(item.start, item.stop)
        closed = place(item.expression, state, span)
        if closed.unresolved == DURATION:
            continue
        state.placed.append((span, closed))
        yield _mention(printed, span, opened(closed, item, state.text), item.rule)


def _mention(printed: str, span: Span, value: DateInterval, rule: str) -> Mention:
    text = printed[span.start : span.stop]
    return Mention(Kind.DATE, span.start, span.stop, text, value, rule, confidence(Kind.DATE, rule))
