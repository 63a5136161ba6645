"""The named-entity spans of a Doc: what the base tagger found, mended and completed by rules.

Each module beside this one has `refine(doc, base)`: the tagger's spans of its class in, the final spans out, in the
order of the text, none overlapping another of the class; the label of a span is the rule that found it (`ner` where
the tagger's own boundaries stand).
"""

from collections.abc import Callable

from spacy.tokens import Doc, Span

from extractors._names import organizations, persons, places

_REFINERS: dict[str, Callable[[Doc, list[Span]], list[Span]]] = {
    "places": places.refine,
    "persons": persons.refine,
    "organizations": organizations.refine,
}


def find_names(doc: Doc, base: dict[str, list[Span]]) -> None:
    """Fill `doc.spans`: `places`, `persons`, `organizations`, in this order; a later class sees the earlier."""
    for key, spans in base.items():
        doc.spans[key] = spans
    for key, refine in _REFINERS.items():
        doc.spans[key] = refine(doc, base[key])
