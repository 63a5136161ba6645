"""The base tagger's spans, mended: wrong ones dropped, brackets parted, territories and adjectives added."""

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractors._model import OrganizationKind
from extractors._names._organization_known import is_state_abbreviation, known_at
from extractors._names._organization_scene import Scene, remit_stop, territory_stop
from extractors._names._organization_words import (
    feature,
    heads,
    is_abbreviation,
    is_place_adjective,
    legal_forms,
    words,
)
from extractors._word_forms import readings

_COMPOUND = re.compile(r"[A-Z][A-Za-z]*-[а-яё]+")
_STRAY = {",", ".", ";", ":", "(", "-", "—", "''"}
_AGE = re.compile(r"\d+-лет\w+")
_NUMBER = re.compile(r"[\d.,%-]+\S*")
_MAIN_OFFICES = {"ГУ", "УМВД", "ГУВД"}
_QUOTES = '«»"“”„'
_PLATFORM_PREPOSITIONS = {"в", "через"}


def mended(scene: Scene) -> Iterator[Span]:
    """Give the base tagger's spans with their boundaries mended."""
    for start, stop in scene.tagged.items():
        for a, b in _parted(scene, start, stop):
            cut = _trimmed(scene, a, b)
            if cut is not None and not _is_nothing(scene, *cut):
                yield _extended(scene, *cut)


def _parted(scene: Scene, start: int, stop: int) -> list[tuple[int, int]]:
    """Part «Союз пекарей (СП)» into the name and the bracketed abbreviation, and what stands on two lines."""
    doc = scene.doc
    line_end = next((i for i in range(start, stop) if "\n" in doc[i].text), None)
    if line_end is not None:
        return [(start, line_end), *_parted(scene, line_end + 1, stop)] if start < line_end else []
    opening = next((i for i in range(start + 1, stop) if doc[i].text == "("), None)
    if opening is None:
        return [(start, stop)]
    closing = next((i for i in range(opening, stop) if doc[i].text == ")"), stop)
    pieces = [(start, opening), (opening + 1, closing)]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _trimmed(scene: Scene, start: int, stop: int) -> tuple[int, int] | None:
    """Drop a post or another word for people from the front («председатель …») and punctuation from both ends."""
    doc = scene.doc
    first = start
    while start < stop and (doc[start].is_punct or _is_people(scene, start)):
        start += 1
    if first < start < stop and not _may_follow_post(scene, start, stop):
        return None
    if start + 1 in scene.quotations and start + 2 < stop and _stands_outside(scene, start):
        start += 2
    while stop > start and (doc[stop - 1].text in _STRAY or _AGE.fullmatch(doc[stop - 1].text)):
        stop -= 1
    return (start, stop) if start < stop else None


def _stands_outside(scene: Scene, i: int) -> bool:
    head = heads().get(scene.doc[i].lemma_)
    return head is not None and not head.takes_quoted


def _may_follow_post(scene: Scene, start: int, stop: int) -> bool:
    """Tell whether what is left behind a post is a body, not the rest of the post or the holder's name."""
    first = scene.doc[start]
    if first.lemma_ in heads() or is_abbreviation(first):
        return True
    return first.text[:1].isupper() and stop - start > 1


def _is_people(scene: Scene, i: int) -> bool:
    token = scene.doc[i]
    person = token.pos_ == "NOUN" and feature(token, "Animacy") == "Anim"
    return (person or token.lemma_ == "глава") and i not in scene.quotations


def _is_nothing(scene: Scene, start: int, stop: int) -> bool:
    doc = scene.doc
    first = doc[start]
    if stop - start == 1 and (first.text in legal_forms() or _NUMBER.fullmatch(first.text)):
        return True
    if stop - start == 1 and first.text in words("social_platforms"):
        return _is_publication(scene, start)
    if stop - start == 1 and _COMPOUND.fullmatch(first.text):
        return True
    if (
        stop - start == 1
        and first.lemma_ in heads()
        and heads()[first.lemma_].needs != "bare"
        and not _is_quoted(scene, start)
    ):
        return True
    return any(t.lemma_ in words("not_organizations") for t in doc[start:stop] if _is_telling(t, start))


def _is_telling(token: Token, start: int) -> bool:
    return token.pos_ == "NOUN" or token.i == start or is_abbreviation(token)


def _is_quoted(scene: Scene, i: int) -> bool:
    return i - 1 in scene.quotations or scene.doc[i].pos_ == "PROPN"


def _is_publication(scene: Scene, i: int) -> bool:
    """Tell whether a platform is where something was written: «написал в Telegram», «в своём Telegram»."""
    doc = scene.doc
    while i > 0 and (doc[i - 1].text in {"«", '"'} or doc[i - 1].lemma_ == "свой"):
        i -= 1
    return i > 0 and doc[i - 1].lower_ in _PLATFORM_PREPOSITIONS


def _extended(scene: Scene, start: int, stop: int) -> Span:
    """Add «… России», «… края» behind a body's name and «камчатское …» before an abbreviation."""
    doc = scene.doc
    further = _edition_stop(scene, start, stop)
    if further is None and _takes_territory(scene, start, stop):
        further = territory_stop(scene, stop)
        if _is_body(scene, stop - 1):
            further = remit_stop(scene, further or stop) or further
    first = start
    if stop - start == 1 and _is_body(scene, start) and start and is_place_adjective(doc[start - 1]):
        first = start - 1 if doc[start - 1].pos_ == "ADJ" and doc[start - 1].text.islower() else start
    if _is_branch(scene, start, stop):
        further = _superior_stop(scene, further or stop) or further
    changed = further is not None or first != start
    return Span(doc, first, further or stop, label="ner_extended" if changed else "ner")


def _is_branch(scene: Scene, start: int, stop: int) -> bool:
    known = known_at(scene.doc[start])
    return (
        stop - start == 1
        and is_abbreviation(scene.doc[start])
        and (known is None or is_state_abbreviation(scene.doc[start]))
    )


def _superior_stop(scene: Scene, stop: int) -> int | None:
    """Add the body above a branch: «УВД по округу [ГУ МВД России по Москве]», «ЦУКС [МЧС России]»."""
    doc = scene.doc
    last = first = stop
    while last < len(doc) and (doc[last].text in _MAIN_OFFICES or is_state_abbreviation(doc[last])):
        last += 1
    if last == first or doc[first - 1].text[0] in _QUOTES:
        return None
    last = territory_stop(scene, last) or last
    return remit_stop(scene, last) or last


def _edition_stop(scene: Scene, start: int, stop: int) -> int | None:
    """Give the end of a local edition's name: «РБК Краснодар»."""
    known = known_at(scene.doc[start])
    if known is None or known[0].kind is not OrganizationKind.MEDIA or known[1] != stop or stop not in scene.places:
        return None
    upright = any(reading.case == "nomn" for reading in readings(scene.doc[stop].text))
    return scene.places[stop] if upright else None


def _takes_territory(scene: Scene, start: int, stop: int) -> bool:
    doc = scene.doc
    if doc[stop - 1].text in {"»", '"'} or (start and start - 1 in scene.quotations):
        return False
    if doc[stop - 1].pos_ == "NOUN" and doc[stop - 1].text.islower():
        return True
    return any(_is_body(scene, i) or doc[i].lemma_ in heads() for i in range(start, stop))


def _is_body(scene: Scene, i: int) -> bool:
    token = scene.doc[i]
    return (
        is_abbreviation(token)
        or token.lemma_.startswith(("мин", "гос", "рос", "обл", "глав"))
        or token.lemma_ in heads()
    )
