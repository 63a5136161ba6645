"""Quoted stretches of a Doc, with the Russian habit of closing two quotes by one mark."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

_OPEN = {"«": "»", "„": "“”", "“": "”"}
_STRAIGHT = '"'
_LONGEST = 30
_KEY = "quotes"


class Quote(NamedTuple):
    """Tokens from the opening mark at `start` to behind the closing mark; `doc[start + 1 : stop - 1]` is inside."""

    start: int
    stop: int

    def inside(self, doc: Doc) -> str:
        """Give the text between the marks."""
        return str(doc[self.start + 1 : self.stop - 1].text)


def quotes(doc: Doc) -> tuple[Quote, ...]:
    """Give every quoted stretch of up to 30 tokens in one line, in the order of their opening marks."""
    found = doc.user_data.get(_KEY)
    if not isinstance(found, tuple):
        found = doc.user_data[_KEY] = tuple(sorted([*_angled(doc), *_straight(doc)]))
    return found


def quote_at(doc: Doc, position: int) -> Quote | None:
    """Give the quote that opens at a token."""
    found = quotes(doc)
    first = bisect_left(found, position, key=lambda quote: quote.start)
    return found[first] if first < len(found) and found[first].start == position else None


def _angled(doc: Doc) -> Iterator[Quote]:
    opened: list[int] = []
    for token in doc:
        if token.is_space:
            opened.clear()
        elif token.text in _OPEN:
            opened.append(token.i)
        elif opened and token.text in _OPEN[doc[opened[-1]].text]:
            yield from _closed(doc, opened, token.i)


def _closed(doc: Doc, opened: list[int], position: int) -> Iterator[Quote]:
    """Close the innermost quote; one mark closes two when none follows: «Кластер «Заря»."""
    start = opened.pop()
    if position - start <= _LONGEST:
        yield Quote(start, position + 1)
    if opened and _balance(doc, position + 1) <= 0:
        outer = opened.pop()
        if position - outer <= _LONGEST:
            yield Quote(outer, position + 1)


def _balance(doc: Doc, position: int) -> int:
    """Count the closing marks over the opening ones from a position to the end of the line."""
    balance = 0
    for token in doc[position:]:
        if token.is_space:
            break
        balance += (token.text == "»") - (token.text == "«")
    return balance


def _straight(doc: Doc) -> Iterator[Quote]:
    start: int | None = None
    for token in doc:
        if token.is_space:
            start = None
        elif token.text == _STRAIGHT and start is None:
            start = token.i
        elif token.text == _STRAIGHT and start is not None:
            if token.i - start <= _LONGEST:
                yield Quote(start, token.i + 1)
            start = None
