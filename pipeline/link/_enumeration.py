"""Enumerations: the named members that stand in a row, «ООО «Вектор», завод «Луч» и фабрика «Заря»»."""

from spacy.tokens import Span, Token

from pipeline.link._clauses import is_verb
from pipeline.link.scene import Hit, Scene

_REACH = 9  # words between two members: «разработчик систем распознавания X»
_BREAKS = frozenset({";", ":", ".", "»,", "—", "–"})
_PREPOSITIONS = frozenset({"при", "вместе", "по", "для", "под", "от", "о", "об", "с", "со", "без", "против", "кроме"})


def row_after(scene: Scene, hits: list[Hit], position: int, reach: int = _REACH) -> list[Hit]:
    """Give the members of the row that begins at or after an offset; only commas, «и», descriptions between."""
    row: list[Hit] = []
    end = position
    for hit in sorted(hits):
        if hit.start < end:
            continue
        gap = scene.spans_between(end, hit.start) if hit.start > end else None
        if gap is not None and not _joins(gap, (end, hit.start), reach, first=not row):
            break
        row.append(hit)
        end = hit.stop
    return row


def row_before(scene: Scene, hits: list[Hit], position: int) -> list[Hit]:
    """Give the members of the row that ends at or before an offset."""
    row: list[Hit] = []
    start = position
    for hit in sorted(hits, reverse=True):
        if hit.stop > start:
            continue
        if start > hit.stop and not _joins(
            scene.spans_between(hit.stop, start), (hit.stop, start), _REACH, first=not row
        ):
            break
        row.append(hit)
        start = hit.start
    return row[::-1]


def _joins(gap: Span, bounds: tuple[int, int], reach: int, *, first: bool) -> bool:
    words = [t for t in gap if bounds[0] <= t.idx < bounds[1] and not t.is_space]
    words = _without_brackets(words)
    if len(words) > reach or any(_breaks(t) for t in words):
        return False
    marks = [t for t in words if t.text == "," or t.lower_ in {"и", "или", "также"}]
    return first or bool(marks)


def _breaks(token: Token) -> bool:
    return is_verb(token) or token.text in _BREAKS or token.lower_ in _PREPOSITIONS


def _without_brackets(words: list[Token]) -> list[Token]:
    kept, depth = [], 0
    for token in words:
        depth += token.text == "("
        if depth == 0:
            kept.append(token)
        depth -= token.text == ")" and depth > 0
    return kept
