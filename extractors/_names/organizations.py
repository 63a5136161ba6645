"""Spans of organizations: the base tagger's, mended and completed by rules.

Each rule offers spans; where two overlap, the earlier rule wins unless the later span covers the whole of the earlier.
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Span

from extractors._names._organization_phrases import phrases
from extractors._names._organization_quotes import after_generic, barred, with_legal_form
from extractors._names._organization_scene import Scene, scene
from extractors._names._organization_tagged import mended

_RULES: tuple[Callable[[Scene], Iterator[Span]], ...] = (with_legal_form, phrases, mended, after_generic)


def refine(doc: Doc, base: list[Span]) -> list[Span]:
    """Give the final spans of organizations."""
    seen = scene(doc, base)
    offered = [span for rule in _RULES for span in rule(seen)]
    return _chosen(offered, barred(seen), len(doc))


def _chosen(offered: list[Span], closed: list[tuple[int, int]], length: int) -> list[Span]:
    """Keep, of overlapping offers, the longest; earlier rules first where the length is equal."""
    taken = bytearray(length)
    for start, stop in closed:
        taken[start:stop] = b"\x01" * (stop - start)
    kept = []
    for span in sorted(offered, key=lambda span: span.start - span.end):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * len(span)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
