"""What a rule about organizations looks at: the Doc with its quotations, places, persons and tagged spans by token."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extractors._names._organization_words import feature, heads, is_abbreviation, words
from extractors._text import text_of
from extractors._word_forms import readings

_OPENING = {"«": "»", "„": "“", "“": "”", '"': '"'}
_CLOSING = frozenset(_OPENING.values())
_LONGEST_QUOTATION = 16
PLURAL_HEADS = frozenset({"сила", "войско"})


class Scene(NamedTuple):
    """A Doc and, by first token, the token after the last of its quotations, places, persons and tagged spans.

    `openings` leads back from the token after a quotation to its first. `text` is `doc.text`, which spaCy would join
    from the tokens at each asking.
    """

    doc: Doc
    text: str
    quotations: Mapping[int, int]
    places: Mapping[int, int]
    persons: Mapping[int, int]
    tagged: Mapping[int, int]
    in_places: frozenset[int]
    openings: Mapping[int, int]


def scene(doc: Doc, base: Iterable[Span]) -> Scene:
    """Look over a Doc whose places and persons are known."""
    quotations = _quotations(doc)
    return Scene(
        doc,
        text_of(doc),
        quotations,
        {span.start: span.end for span in doc.spans.get("places", ())},
        {span.start: span.end for span in doc.spans.get("persons", ())},
        {span.start: span.end for span in base},
        frozenset(token.i for span in doc.spans.get("places", ()) for token in span),
        {stop: start for start, stop in quotations.items()},
    )


def _quotations(doc: Doc) -> dict[int, int]:
    """Pair the quotes of each line; one closing quote closes every quotation that is still open within its name."""
    pairs: dict[int, int] = {}
    open_quotes: list[int] = []
    for token in doc:
        if "\n" in token.text:
            open_quotes.clear()
        elif _closes(doc, token, open_quotes):
            pairs[open_quotes.pop()] = token.i + 1
        elif token.text in _OPENING:
            open_quotes.append(token.i)
    for start in open_quotes:
        inner = [stop for other, stop in pairs.items() if start < other < start + _LONGEST_QUOTATION]
        if inner:
            pairs[start] = min(inner)
    return {a: b for a, b in pairs.items() if b - a <= _LONGEST_QUOTATION and not doc[a + 1].text[:1].islower()}


def _closes(doc: Doc, token: Token, open_quotes: list[int]) -> bool:
    return bool(open_quotes) and token.text in _CLOSING and _OPENING[doc[open_quotes[-1]].text] == token.text


def territory_stop(scene: Scene, i: int) -> int | None:
    """Give the end of the genitive that says where a body is, if one starts at a token: a place, «края», «города N»."""
    doc = scene.doc
    if i >= len(doc):
        return None
    start = i
    while i < len(doc) and doc[i].pos_ == "ADJ" and feature(doc[i], "Case") == "Gen" and i not in scene.places:
        i += 1
    if i >= len(doc):
        return None
    if i in scene.places and (_may_be_genitive(doc[scene.places[i] - 1]) or is_abbreviation(doc[i])):
        stop = scene.places[i]
        return territory_stop(scene, stop) or stop
    if doc[i].lemma_ in words("territory_words") and feature(doc[i], "Case") == "Gen" and i - start <= 1:
        stop = i + 1
        return scene.places.get(stop) or territory_stop(scene, stop) or stop
    return None


def remit_stop(scene: Scene, i: int) -> int | None:
    """Give the end of «по Камчатскому краю», «по ЦАО»: where a body is at work."""
    doc = scene.doc
    if i + 1 >= len(doc) or doc[i].text != "по":
        return None
    stop = i + 1
    while (
        stop < len(doc) and (feature(doc[stop], "Case") == "Dat" or doc[stop].text == "и") and stop not in scene.places
    ):
        stop += 1
        if doc[stop - 1].lemma_ in words("territory_words"):
            return territory_stop(scene, stop) or stop
    found = scene.places.get(stop)
    if found is None and stop == i + 1 and is_abbreviation(doc[stop]):
        found = stop + 1
    return found and (territory_stop(scene, found) or found)


def _may_be_genitive(token: Token) -> bool:
    found = readings(token.text)
    return feature(token, "Case") in {"Gen", ""} or not found or any(reading.case == "gent" for reading in found)


def is_head(token: Token) -> bool:
    """Tell whether another organization's name may start at a word; «технопарков» in a list are members, not one."""
    head = heads().get(token.lemma_)
    return head is not None and head.needs != "quoted" and feature(token, "Number") != "Plur"


def is_one_of_many(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether a span speaks of bodies in general: «Фонды развития субъектов», «региональные ФРП»."""
    plural_head = doc[start].lemma_ in heads() and feature(doc[start], "Number") == "Plur"
    if plural_head and doc[start].lemma_ not in PLURAL_HEADS:
        return True
    before = doc[start - 1] if start else None
    abbreviation = stop - start == 1 and is_abbreviation(doc[start])
    return before is not None and abbreviation and before.pos_ == "ADJ" and feature(before, "Number") == "Plur"
