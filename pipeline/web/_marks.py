"""Text cut up for highlighting: the printed words within a quote, the mentions within an article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.registry.belief.view import Testimony, Value


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch start:stop of a text that statements rest on. `kind` is of the entity that they speak of.

    `whole`: it is all of its quote, so no particular words are meant.
    """

    start: int
    stop: int
    seq: int
    kind: str
    chosen: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; `seq` of the innermost, `first` where that mark begins."""

    text: str
    seq: int | None = None
    kind: str = ""
    chosen: bool = False
    first: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that several values rest on, with the words of all of them marked."""

    told: Testimony
    pieces: tuple[Piece, ...]


def marked(testimony: Testimony) -> tuple[Piece, ...]:
    """Cut a quote at the ends of the words that the value was read from."""
    return cut([testimony])


def quotes(values: Iterable[Value]) -> tuple[Quote, ...]:
    """Gather the sentences that values rest on, each once, in the order of the values."""
    found: dict[tuple[str, int | None, int | None], list[Testimony]] = {}
    for value in values:
        for told in value.testimony:
            found.setdefault((told.revision_id, told.quote_start, told.quote_stop), []).append(told)
    return tuple(Quote(some[0], cut(some)) for some in found.values())


def cut(told: Sequence[Testimony]) -> tuple[Piece, ...]:
    """Mark the words of several values in their one quote; where they are all of it, none is marked."""
    quote, low = told[0].quote, told[0].quote_start
    if not quote or low is None:
        return ()
    spans = {
        (one.start - low, one.stop - low)
        for one in told
        if one.start is not None and one.stop is not None and low <= one.start < one.stop <= low + len(quote)
    } - {(0, len(quote))}
    joined = _joined(spans)
    ends = sorted({0, len(quote), *(end for span in joined for end in span)})
    return tuple(
        Piece(quote[start:stop], told[0].seq, chosen=(start, stop) in joined) for start, stop in pairwise(ends)
    )


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap or touch.

    >>> _joined([(5, 9), (0, 3), (3, 4), (6, 12)])
    [(0, 4), (5, 12)]
    """
    found: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return found


def paragraphs(text: str, bounds: Sequence[tuple[int, int]], marks: Iterable[Mark]) -> list[list[Piece]]:
    """Cut a text into its paragraphs, and these at the ends of marks; where marks overlap the shortest is shown.

    >>> mark = Mark(0, 3, 7, "organization")
    >>> [piece.text for piece in paragraphs("Вяз и дуб", [(0, 9)], [mark])[0]]
    ['Вяз', ' и дуб']
    """
    inner = sorted({(m.start, m.stop): m for m in sorted(marks, key=_strength)}.values(), key=lambda m: m.start)
    shown = [_pieces(text, start, stop, inner) for start, stop in _all_of(text, bounds)]
    return [pieces for pieces in shown if any(piece.text.strip() for piece in pieces)]


def _strength(mark: Mark) -> tuple[bool, int]:
    return mark.chosen, -mark.seq  # the later of equals in a dict stays: the chosen one, else the first said


def _all_of(text: str, bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add what lies outside the paragraphs (a title, a lead), cut at the ends of lines."""
    cuts = {0, len(text)} | {end for pair in bounds for end in pair}
    for start, stop in pairwise(sorted(cuts)):
        line = text.find("\n", start, stop)
        while line >= 0:
            cuts.add(line + 1)
            line = text.find("\n", line + 1, stop)
    return list(pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))))


def _pieces(text: str, start: int, stop: int, marks: list[Mark]) -> list[Piece]:
    here = [mark for mark in marks if mark.start < stop and start < mark.stop]
    ends = {end for mark in here for end in (mark.start, mark.stop) if start < end < stop}
    return [_piece(text, low, high, here) for low, high in pairwise(sorted({start, stop, *ends}))]


def _piece(text: str, start: int, stop: int, marks: list[Mark]) -> Piece:
    over = [mark for mark in marks if mark.start <= start and stop <= mark.stop]
    if not over:
        return Piece(text[start:stop])
    top = min(over, key=lambda mark: (not mark.chosen, mark.stop - mark.start))
    return Piece(text[start:stop], top.seq, top.kind, chosen=top.chosen, first=start == top.start, whole=top.whole)
