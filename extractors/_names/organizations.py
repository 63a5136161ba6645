"""Spans of organizations: the base tagger's, mended and completed by rules.

Each rule offers spans; of offers that overlap the longest is kept. Then the names found tell of the text's others.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from spacy.tokens import Doc, Span

from extractors._lexicon import table
from extractors._morphology import parses
from extractors._names._organization_known import known_names, metonyms
from extractors._names._organization_offices import offices
from extractors._names._organization_others import is_event, others
from extractors._names._organization_phrases import phrases
from extractors._names._organization_quotes import (
    after_generic,
    barred,
    dashed,
    latin_after_generic,
    listed,
    with_legal_form,
)
from extractors._names._organization_repeats import closed, repeated
from extractors._names._organization_scene import Scene, is_one_of_many, scene
from extractors._names._organization_tagged import mended
from extractors._names._organization_words import words

_RULES: tuple[Callable[[Scene], Iterator[Span]], ...] = (
    with_legal_form,
    phrases,
    mended,
    after_generic,
    latin_after_generic,
    dashed,
    known_names,
    metonyms,
    offices,
)


_TELLING = (with_legal_form, phrases, after_generic)


def refine(doc: Doc, base: list[Span]) -> list[Span]:
    """Give the final spans of organizations."""
    seen = scene(doc, base)
    told = [span for rule in _TELLING for span in rule(seen)]
    things = [thing for thing in barred(seen) if not any(span.start <= thing[0] + 1 < span.end for span in told)]
    taken = bytearray(len(doc))
    _close(taken, [*things, *others(seen)])
    again = {i: stop for start, stop in closed(seen, things) for i in range(start, stop)}

    def offers(spans: Iterable[Span]) -> Iterator[Span]:
        return (span for span in spans if span.end > again.get(span.start, 0) and not _is_no_name(span))

    kept = _choose(offers(span for rule in _RULES for span in rule(seen)), taken)
    kept += _choose(offers(repeated(seen, kept)), taken)
    kept += _choose(offers(listed(seen, kept)), taken)
    return sorted(kept, key=lambda span: span.start)


def nested(doc: Doc) -> list[Span]:
    """Give the organizations named within the final spans: «администрации края» in «комитета … администрации края»."""
    seen = scene(doc, ())
    outer = {i: span for span in doc.spans.get("organizations", ()) for i in range(span.start, span.end)}
    found = {span.start: _without_remit(span, outer) for rule in (phrases, known_names) for span in rule(seen)}
    closed_names = {i for i, span in outer.items() if span.label_ == "latin_after_generic"}
    return [s for i, s in found.items() if i in outer and i not in closed_names and _lies_within(s, outer[i])]


def _without_remit(span: Span, outer: dict[int, Span]) -> Span:
    """Leave «по Пензенской области» to the body around: «управление [МВД] по …» is one of the region."""
    whole = outer.get(span.start)
    remit = next((token.i for token in span[1:] if token.text == "по"), None)
    if span.label_ != "known_name" or whole is None or whole.start == span.start or remit is None:
        return span
    return Span(span.doc, span.start, remit, label=span.label_)


def _is_no_name(span: Span) -> bool:
    names = _other_names().get(span[0].text, ())
    other = any(n >= len(span) and span.doc[span.start : span.start + n].text == name for name, n in names)
    return other or _is_known_event(span) or is_event(span[-1]) or is_one_of_many(span.doc, span.start, span.end)


def _is_known_event(span: Span) -> bool:
    """Tell whether a word in any case is an event's bare name: «на Иннопроме»."""
    events = {row["name"].lower() for row in table("known_events") if row["quoted"] != "yes"}
    return len(span) == 1 and any(parse.normal_form in events for parse in parses(span.text.lower()))


@cache
def _other_names() -> dict[str, list[tuple[str, int]]]:
    """Give the listed names that are no organization's («Google Play») with their lengths, by first word."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name in words("not_organization_names"):
        found.setdefault(name.split()[0], []).append((name, name.count(" ") + 1))
    return found


def _lies_within(span: Span, outer: Span) -> bool:
    before = outer[: span.start - outer.start]
    quoted = any(token.text in {"«", '"'} for token in before)
    modified = span.end == outer.end and all(token.pos_ in {"ADJ", "NUM"} for token in before)
    return outer.start < span.start and span.end <= outer.end and not quoted and not modified


def _close(taken: bytearray, stretches: Iterable[tuple[int, int]]) -> None:
    for start, stop in stretches:
        taken[start:stop] = b"\x01" * (stop - start)


def _choose(offered: Iterable[Span], taken: bytearray) -> list[Span]:
    """Keep, of overlapping offers, the longest; earlier rules first where the length is equal. Fills `taken`."""
    kept = []
    for span in sorted(offered, key=lambda span: span.start - span.end):
        if not any(taken[span.start : span.end]):
            _close(taken, [(span.start, span.end)])
            kept.append(span)
    return kept
