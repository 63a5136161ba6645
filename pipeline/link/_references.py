"""What «региона», «компании» or «кластера» means at a point of the text: the entity named before it that fits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from extractors import PlaceKind
from pipeline.link._tables import table
from pipeline.link._territory import Territory
from pipeline.record import Cluster, Mentions, Organization, Place

T = TypeVar("T")

_CAPITAL = "Москва"


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities of a record that others refer to."""

    organizations: tuple[Organization, ...]
    clusters: tuple[Cluster, ...]
    places: tuple[Place, ...]
    territory: Territory


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference stands for: a name, and the id of the entity if the record has one."""

    name: str
    id: str | None


@cache
def _table() -> dict[str, tuple[str, frozenset[str]]]:
    return {row["word"]: (row["target"], frozenset(row["kinds"].split())) for row in table("references")}


def is_reference(lemma: str) -> bool:
    """Tell whether a bare noun refers back to something named."""
    return lemma in _table()


def resolve(lemma: str, position: int, entities: Entities) -> Target | None:
    """Find what a bare noun at an offset refers to; None when nothing named before it fits."""
    target, kinds = _table()[lemma]
    return _WAYS[target](lemma, position, entities, kinds)


def _territory(lemma: str, position: int, entities: Entities, kinds: frozenset[str]) -> Target | None:  # noqa: ARG001
    name = entities.territory.resolve(lemma, position)
    return place_target(name, entities) if name else None


def place_target(name: str, entities: Entities) -> Target:
    """Give the target that a territory's official name is; its id where the record has the place."""
    return Target(name, next((place.id for place in entities.places if place.name == name), None))


def _nearest_place(kind: PlaceKind) -> Callable[[str, int, Entities, frozenset[str]], Target | None]:
    def way(lemma: str, position: int, entities: Entities, kinds: frozenset[str]) -> Target | None:  # noqa: ARG001
        places = ((_nouns(p.mentions), p) for p in entities.places if p.kind is kind)
        found = _last_before(position, places)
        return Target(found.name, found.id) if found else None

    return way


def _nouns(mentions: Mentions) -> Mentions:
    """Leave adjectives out: «российская операция» does not make Russia «страна» of the next sentence."""
    return tuple(mention for mention in mentions if mention.rule != "adjective")


def _capital(lemma: str, position: int, entities: Entities, kinds: frozenset[str]) -> Target | None:  # noqa: ARG001
    return place_target(_CAPITAL, entities)


def _organization(lemma: str, position: int, entities: Entities, kinds: frozenset[str]) -> Target | None:
    """The last organization before the reference that bears the word itself, else one of a fitting kind."""
    bearing = [o for o in entities.organizations if lemma in o.name.casefold().split()]
    fitting = [o for o in entities.organizations if not kinds or o.kind in kinds]
    for candidates in (bearing, fitting):
        found = _last_before(position, ((o.mentions, o) for o in candidates))
        if found:
            return Target(found.name, found.id)
    return None


def _cluster(lemma: str, position: int, entities: Entities, kinds: frozenset[str]) -> Target | None:  # noqa: ARG001
    found = _last_before(position, ((c.mentions, c) for c in entities.clusters))
    return Target(found.name, found.id) if found else None


def _last_before(position: int, candidates: Iterable[tuple[Mentions, T]]) -> T | None:
    before = [(m.start, item) for mentions, item in candidates for m in mentions if m.stop <= position]
    return max(before, key=lambda pair: pair[0])[1] if before else None


_WAYS: dict[str, Callable[[str, int, Entities, frozenset[str]], Target | None]] = {
    "territory": _territory,
    "country": _nearest_place(PlaceKind.COUNTRY),
    "capital": _capital,
    "city": _nearest_place(PlaceKind.CITY),
    "organization": _organization,
    "cluster": _cluster,
}
