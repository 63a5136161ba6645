"""Spans of names looked up by where they begin: in the words after a post, in a sentence, around a stretch.

Reads `doc.spans`, whose groups stand in the order of the text (see `extractors._names`). Where the spans begin is kept
in `doc.user_data` as numbers only (a Span there would keep its Doc alive), and read anew when a group was replaced.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from spacy.tokens import Doc, Span, SpanGroup


class _Group(NamedTuple):
    """A group of spans with the first token and the first offset of each."""

    spans: SpanGroup
    tokens: list[int]
    offsets: list[int]


def names_from(doc: Doc, key: str, start: int, stop: int) -> list[Span]:
    """Give the spans of a group (`persons`, `organizations`, `places`) whose first token is one of `[start, stop)`."""
    group = _group(doc, key)
    found = range(bisect_left(group.tokens, start), bisect_left(group.tokens, stop))
    return [group.spans[i] for i in found]


def name_over(doc: Doc, key: str, start: int, stop: int) -> Span | None:
    """Give the span of a group that holds the whole stretch `[start, stop)` of offsets."""
    group = _group(doc, key)
    last = bisect_right(group.offsets, start) - 1
    span = group.spans[last] if last >= 0 else None
    return span if span is not None and stop <= span.end_char else None


def _group(doc: Doc, key: str) -> _Group:
    spans = doc.spans[key] if key in doc.spans else SpanGroup(doc, name=key)
    kept = doc.user_data.get(f"names:{key}")
    if isinstance(kept, _Group) and kept.spans is spans and len(kept.tokens) == len(spans):
        return kept
    found = list(spans)
    group = _Group(spans, [span.start for span in found], [span.start_char for span in found])
    doc.user_data[f"names:{key}"] = group
    return group
