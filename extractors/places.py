"""Places: each named place with its official name, its kind and the region it lies in.

Reads `doc.spans["places"]` and the tables of `_regions`; adds the adjectives of places («краснодарский»). Knows no
organizations' names: a place inside one is a mention like any other.
"""

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from extractors._confidence import confidence
from extractors._inflected import fold
from extractors._model import Kind, Mention, PlaceKind, PlaceName
from extractors._nominative import nominative
from extractors._regions import place_by_adjective, place_named, region_at, region_of
from extractors._text import text_of

_DISTRICTS = {"район", "округ", "улус", "микрорайон", "поселение"}
_TOWN_BEFORE = {"г", "город", "посёлок", "село", "деревня", "станица", "пос", "мэр", "горсовет"}
_COMMON_BEFORE = {"городской", "муниципальный"}
_JOINED = {",", "и", "или", "—", "–", "-"}
_FURTHEST = 14
_FEDERAL_DISTRICT = "федеральный"
_LANGUAGE = "язык"


def extract(doc: Doc) -> Iterator[Mention]:
    """Give each place of the text, named outright or by its adjective."""
    spans = list(doc.spans["places"])
    starts = {span.start_char: span for span in reversed(spans)}
    for span in spans:
        yield _mention(span, _value(doc, span, starts), str(span.label_))
    taken = {token.i for key in ("places", "persons") for span in doc.spans[key] for token in span}
    for token in doc:
        if token.i not in taken:
            place = _of_adjective(token)
            if place:
                yield _mention(doc[token.i : token.i + 1], place, "adjective")


def _mention(span: Span, value: PlaceName, rule: str) -> Mention:
    return Mention(Kind.PLACE, span.start_char, span.end_char, span.text, value, rule, confidence(Kind.PLACE, rule))


def _of_adjective(token: Token) -> PlaceName | None:
    if token.pos_ != "ADJ" or len(token) < len("омский") - 1:
        return None
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is not None and following.lemma_ == _LANGUAGE:
        return None
    return place_by_adjective(token.text)


def _value(doc: Doc, span: Span, starts: Mapping[int, Span]) -> PlaceName:
    """Read a place; `starts` are the places of the text by their first offset."""
    known = place_named(span.text) or place_named(_elliptic(doc, span))
    if known:
        return known
    name = nominative(doc, span.start_char, span.end_char)
    if span[0].lemma_ in _COMMON_BEFORE:
        name = name[:1].lower() + name[1:]
    return PlaceName(name, _kind(doc, span), region_at(doc[span.end - 1].text) or _region_beside(doc, span, starts))


def _elliptic(doc: Doc, span: Span) -> str:
    """Complete an adjective with the kind that a later place lends it: «Нижегородской и Кемеровской областей»."""
    if len(span) != 1 or span[0].pos_ != "ADJ":
        return ""
    for token in doc[span.end : span.end + _FURTHEST]:
        if token.lemma_ in {"край", "область"}:
            return f"{span.text} {token.lemma_}"
        if token.text not in _JOINED and token.pos_ not in {"ADJ", "PROPN"}:
            break
    return ""


def _kind(doc: Doc, span: Span) -> PlaceKind:
    lemmas = {token.lemma_ for token in span}
    if _FEDERAL_DISTRICT in lemmas:
        return PlaceKind.OTHER
    if lemmas & _DISTRICTS:
        return PlaceKind.DISTRICT
    before = [token.lemma_ for token in doc[max(0, span.start - 2) : span.start] if token.text != "."]
    return PlaceKind.CITY if before and fold(before[-1]) in {fold(word) for word in _TOWN_BEFORE} else PlaceKind.OTHER


def _region_beside(doc: Doc, span: Span, starts: Mapping[int, Span]) -> str | None:
    """Give the region printed right behind a place: «Темрюкского района Кубани», «Кольцово (Новосибирская область)»."""
    for start in range(span.end_char, span.end_char + len(" ( ") + 1):
        other = starts.get(start)
        if other is not None and not text_of(doc)[span.end_char : start].strip(" ,("):
            return region_of(other.text)
    return None
