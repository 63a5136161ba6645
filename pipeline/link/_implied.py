"""Where a post is held when its words do not say: «губернатор», «мэр», «президент», «её директор»."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from extractors import OrganizationKind, PlaceKind, Post, place_named, text_of
from pipeline.link._references import Entities, Target, is_reference, place_target, resolve
from pipeline.link._tables import table
from pipeline.record import Person

_POSSESSIVES = frozenset({"его", "ее", "её", "их"})
_CITY_REGIONS = frozenset({"Москва", "Санкт-Петербург", "Севастополь"})
_SENTENCES_BACK = 2
_RUSSIA = "Россия"


@dataclass(frozen=True, slots=True)
class _Place:
    """What a post without a place is looked up with."""

    doc: Doc
    post: Post
    person: Person
    entities: Entities
    kinds: frozenset[str] = frozenset()


@cache
def _posts() -> tuple[dict[str, str], ...]:
    """Give the rows of posts, those with the longest words first."""
    return tuple(sorted(table("implied_scopes"), key=lambda row: -len(row["position"])))


@cache
def _countries() -> dict[str, str]:
    """Give the official name of the country for the surname of its head."""
    named = ((row["surname"], place_named(row["country"])) for row in table("heads_of_state"))
    return {surname: place.name for surname, place in named if place}


@cache
def _federal() -> frozenset[str]:
    return frozenset(row["name"].replace("ё", "е") for row in table("federal_ministers"))


def implied_scope(doc: Doc, post: Post, person: Person, entities: Entities) -> Target | None:
    """Give the body or territory of a post that is printed without one; None when nothing tells."""
    if _possessive_before(doc, post):
        return _body(_Place(doc, post, person, entities))
    position = f"{post.position.casefold()} "
    row = next((row for row in _posts() if position.startswith(f"{row['position']} ")), None)
    if row is None:
        return None
    return _WAYS[row["target"]](_Place(doc, post, person, entities, frozenset(row["kinds"].split())))


def _possessive_before(doc: Doc, post: Post) -> bool:
    before = text_of(doc)[: post.position_span.start].split()
    return bool(before) and before[-1].casefold().lstrip("«(") in _POSSESSIVES


def _region(place: _Place) -> Target | None:
    main = place.entities.territory.main
    return place_target(main, place.entities) if main else None


def _city(place: _Place) -> Target | None:
    """The city an article names most often; of a city that is a region of its own, that."""
    cities = [p for p in place.entities.places if p.kind is PlaceKind.CITY or p.name in _CITY_REGIONS]
    ranking = Counter({city.name: len(city.mentions) for city in cities}).most_common(2)
    alone = len(ranking) == 1 or (len(ranking) > 1 and ranking[0][1] > ranking[1][1])
    return place_target(ranking[0][0], place.entities) if alone else None


def _head(place: _Place) -> Target | None:
    return head_of_state(place.person, place.entities)


def head_of_state(person: Person, entities: Entities) -> Target | None:
    """Give the country of a widely known head of state or government."""
    country = _countries().get(person.last or "")
    return place_target(country, entities) if country else None


def _government(place: _Place) -> Target | None:
    name = f"{place.person.first} {place.person.last}".replace("ё", "е")
    if name in _federal():
        return place_target(_RUSSIA, place.entities)
    return _region(place) if place.entities.territory.is_local else None


def _body(place: _Place) -> Target | None:
    """The body told of last before the post, by name or by a bare noun, in its sentence or the few before it."""
    start = place.post.position_span.start
    span = place.doc.char_span(start, place.post.position_span.stop, alignment_mode="expand")
    if span is None:
        return None
    first = span.sent.start
    for _ in range(_SENTENCES_BACK):
        first = place.doc[first - 1].sent.start if first else 0
    for token in reversed(place.doc[first : span.start]):
        if target := _body_at(token, place):
            return target
    return None


def _body_at(token: Token, place: _Place) -> Target | None:
    """The body that a word belongs to or refers to; a newspaper only where the post asks for one."""
    entities = place.entities
    for cluster in entities.clusters:
        if any(m.start <= token.idx < m.stop for m in cluster.mentions):
            return Target(cluster.name, cluster.id)
    named = next((o for o in entities.organizations if any(m.start <= token.idx < m.stop for m in o.mentions)), None)
    if named is None and is_reference(token.lemma_):
        target = resolve(token.lemma_, token.idx, entities)
        named = next((o for o in entities.organizations if target and o.id == target.id), None)
    fits = named is not None and (
        named.kind in place.kinds if place.kinds else named.kind is not OrganizationKind.MEDIA
    )
    return Target(named.name, named.id) if named is not None and fits else None


_WAYS: dict[str, Callable[[_Place], Target | None]] = {
    "region": _region,
    "city": _city,
    "head": _head,
    "government": _government,
    "body": _body,
}
