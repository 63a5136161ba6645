"""The name of an event beside its generic word: quoted, in Latin letters, or made by a proper adjective.

Knows the tables of generic words; gives token positions, not values.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractors._inflected import InflectedNames, fold
from extractors._lexicon import table
from extractors._names_at import names_from
from extractors._quotes import quote_at
from extractors._regions import place_by_adjective

_CALLED = {"название", "имя"}
_WORLD = {"мир", "земной", "европа", "азия", "африка", "америка", "россия"}
_ORDINARY = {
    "первый",
    "очередной",
    "прошлый",
    "ежегодный",
    "регулярный",
    "западный",
    "восточный",
    "международный",
    "всероссийский",
    "всемирный",
    "национальный",
    "региональный",
}
_PLURAL = {"игра", "чтение", "учение", "маневр"}
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class EventPhrase:
    """Tokens `start` to `stop` mention an event; tokens `name_start` to `name_stop` are its name; `head` its word."""

    start: int
    stop: int
    name_start: int
    name_stop: int
    head: int
    rule: str


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {fold(row["word"]): row for row in table("event_kinds")}


class Known(NamedTuple):
    """What a table knows of an event's name: its generic word, and whether the bare name needs a year."""

    kind: str
    quoted: bool


@cache
def _known() -> InflectedNames[Known]:
    return InflectedNames((row["name"], Known(row["kind"], bool(row["quoted"]))) for row in table("known_events"))


def known_event(name: str) -> Known | None:
    """Give what the table knows of a name, in any case.

    >>> known_event("Евровидения")
    Known(kind='конкурс', quoted=False)
    """
    return _known().find(name)


def is_kind(token: Token) -> bool:
    """Tell whether a token is the generic word of an event, in any form."""
    return token.pos_ in {"NOUN", "PROPN"} and fold(token.lemma_) in _kinds()


def phrase_at(head: Token) -> EventPhrase | None:
    """Read the event that a generic word belongs to; None where it names none."""
    for read in (_quoted, _latin, _of_world, _of_body, _proper):
        phrase = read(head)
        if phrase is not None:
            return phrase
    return None


def _quoted(head: Token) -> EventPhrase | None:
    """«выставка «Иннопром-2024»», «форум под названием «Таврида»»."""
    doc, at = head.doc, head.i + 1
    between = [fold(token.lemma_) for token in doc[at : at + 3]]
    called = next((i for i, word in enumerate(between) if word in _CALLED), None)
    quote = quote_at(doc, at if called is None else at + called + 1)
    several = head.morph.get("Number", []) == ["Plur"] and fold(head.lemma_) not in _PLURAL
    if quote is None or several or doc[quote.start + 1].text[0].islower():
        return None
    return EventPhrase(head.i, quote.stop, quote.start + 1, quote.stop - 1, head.i, "quoted")


def _latin(head: Token) -> EventPhrase | None:
    """«фестиваль Comic Con Russia 2019»."""
    doc, stop = head.doc, head.i + 1
    while stop < len(doc) and (_is_latin(doc[stop]) or (stop > head.i + 1 and _is_year(doc[stop]))):
        stop += 1
    if stop == head.i + 1 or _kinds()[fold(head.lemma_)]["of"]:
        return None
    return EventPhrase(head.i, stop, head.i + 1, stop, head.i, "latin")


def _is_latin(token: Token) -> bool:
    return token.text.isascii() and token.text[0].isalpha() and token.text[0].isupper()


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and token.text.startswith(("19", "20")) and len(token.text) == len("2024")


def _of_world(head: Token) -> EventPhrase | None:
    """«чемпионат мира по футболу», «Кубок Европы»: the sport belongs to the name."""
    doc = head.doc
    if "world" not in _kinds()[fold(head.lemma_)]["of"] or head.morph.get("Number", []) == ["Plur"]:
        return None
    stop = _past_world(doc, head.i + 1)
    if stop is None:
        return None
    if stop + 1 < len(doc) and doc[stop].text == "по":
        stop = _past_sport(doc, stop + 1)
    start = head.i - 1 if head.i and doc[head.i - 1].lemma_ in {"молодёжный", "юношеский", "клубный"} else head.i
    return EventPhrase(start, stop, start, stop, head.i, "of_world")


def _past_world(doc: Doc, at: int) -> int | None:
    if at < len(doc) and fold(doc[at].lemma_.split("-")[0]) in _WORLD:
        return at + 1
    return next((span.end for span in names_from(doc, "places", at, at + 1)), None)


def _past_sport(doc: Doc, at: int) -> int:
    """Pass «фигурному катанию», «хоккею с шайбой»; datives only."""
    stop = at
    while stop < min(len(doc), at + _LONGEST) and "Dat" in doc[stop].morph.get("Case", []):
        stop += 1
    return stop if stop > at else at - 1


def _of_body(head: Token) -> EventPhrase | None:
    """«саммит АТЭС», «саммит G20», «саммит Россия — Африка»."""
    doc, at = head.doc, head.i + 1
    if "body" not in _kinds()[fold(head.lemma_)]["of"] or at >= len(doc):
        return None
    stop = at
    while stop < len(doc) and (doc[stop].is_upper or (stop > at and doc[stop].text in {"—", "–", "-"})):
        stop += 1
    if stop < len(doc) and doc[stop].text.isdigit() and stop > at and doc[stop - 1].whitespace_ == "":
        stop += 1
    if stop == at or not doc[at].text[0].isalpha():
        return None
    return EventPhrase(head.i, stop, head.i, stop, head.i, "of_body")


def _proper(head: Token) -> EventPhrase | None:
    """«Восточный экономический форум»: a capital on the first adjective that is not the sentence's."""
    row = _kinds()[fold(head.lemma_)]
    start = head.i
    while start > head.sent.start and head.doc[start - 1].pos_ == "ADJ" and _agrees(head.doc[start - 1], head):
        start -= 1
    capitals = [i for i in range(start, head.i) if head.doc[i].is_title or head.doc[i].text.isupper()]
    if not row["proper"] or not capitals:
        return None
    start = capitals[0]
    first = head.doc[start]
    alone = start == head.i - 1
    ordinary = fold(first.lemma_) in _ORDINARY and alone
    opens = first.is_sent_start or head.doc[start - 1].text in {"«", '"'}
    name = head.doc[start : head.i + 1].text
    local = place_by_adjective(first.text) is not None and not alone
    if ordinary or (opens and not local and known_event(name) is None):
        return None
    return EventPhrase(start, head.i + 1, start, head.i + 1, head.i, "proper_adjective")


def _agrees(adjective: Token, head: Token) -> bool:
    case, wanted = adjective.morph.get("Case", []), head.morph.get("Case", [])
    return not case or not wanted or case == wanted
