"""Spans of places: the base tagger's, mended and completed by rules.

Rules: `ner` the tagger's own span; `ner_trimmed` one that had swallowed a common noun; `with_kind` one that its kind
(«городской округ», «района») completes; `gazetteer` a name of the tables that the tagger missed.
"""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span

from extractors._lexicon import table
from extractors._regions import country_of, region_of

_KIND_BEFORE = (("городской", "округ"), ("муниципальный", "район"), ("муниципальный", "округ"))
_KIND_AFTER = {"край", "область", "район", "округ", "республика", "губерния"}
_LONGEST = 6


def refine(doc: Doc, base: list[Span]) -> list[Span]:
    """Give the final spans of places; one inside an organization's name is kept."""
    mended: list[Span] = []
    for span in base:
        if not _is_no_place(span):
            mended.append(_completed(doc, _trimmed(doc, span), mended[-1].end if mended else 0))
    taken = {token.i for span in mended for token in span}
    taken |= {token.i for span in doc.spans["persons"] for token in span}
    return sorted([*mended, *_missed(doc, taken)], key=lambda span: span.start)


@cache
def _not_places() -> frozenset[str]:
    return frozenset(row["name"] for row in table("not_places"))


def _is_no_place(span: Span) -> bool:
    return " ".join(token.lemma_ for token in span) in _not_places()


def _trimmed(doc: Doc, span: Span) -> Span:
    """Cut off what is not the place: nouns that open a sentence («Предприятия Нижегородской»), a bracket behind it."""
    start, stop = span.start, span.end
    bracket = next((token.i for token in span if token.text == "("), stop)
    if start < bracket < stop and not region_of(span.text):
        stop = bracket
    while start < stop - 1 and doc[start].pos_ == "NOUN" and doc[start].is_sent_start and doc[start + 1].is_title:
        start += 1
    return span if (start, stop) == (span.start, span.end) else Span(doc, start, stop, label="ner_trimmed")


def _completed(doc: Doc, span: Span, free_from: int) -> Span:
    """Take the kind of the place into its span: «городской округ Химки», «Темрюкского района».

    The words before token `free_from` belong to an earlier place.
    """
    start, stop = span.start, span.end
    before = tuple(token.lemma_ for token in doc[max(0, start - 2) : start])
    if before in _KIND_BEFORE and start - len(before) >= free_from:
        start -= 2
    if stop < len(doc) and doc[stop].lemma_ in _KIND_AFTER and doc[stop - 1].pos_ == "ADJ":
        stop += 1
    return span if (start, stop) == (span.start, span.end) else Span(doc, start, stop, label="with_kind")


def _missed(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Find names of regions and countries, the longest first at each word, where no other name stands."""
    i = 0
    while i < len(doc):
        stop = _name_at(doc, i, taken) if doc[i].text[:1].isupper() and i not in taken else None
        if stop:
            yield Span(doc, i, stop, label="gazetteer")
        i = stop or i + 1


def _name_at(doc: Doc, start: int, taken: set[int]) -> int | None:
    for stop in range(min(len(doc), start + _LONGEST), start, -1):
        if doc[stop - 1].is_space or not taken.isdisjoint(range(start, stop)) or not doc[stop - 1].text[-1].isalpha():
            continue
        text = doc[start:stop].text
        if region_of(text) or (len(text) > 1 and country_of(text)):
            return stop
    return None
