"""Where a post is held when its words do not say: «губернатор», «мэр», «президент», «её директор»."""

from collections import Counter
from collections.abc import Callable
from functools import cache

from spacy.tokens import Doc

from extractors import PlaceKind, Post
from pipeline.link._references import Entities, Target, last_body_before, place_target
from pipeline.link._tables import table
from pipeline.record import Person

_POSSESSIVES = frozenset({"его", "ее", "её", "их"})


@cache
def _targets() -> dict[str, str]:
    return {row["position"]: row["target"] for row in table("implied_scopes")}


@cache
def _countries() -> dict[str, str]:
    return {row["surname"]: row["country"] for row in table("heads_of_state")}


def implied_scope(doc: Doc, post: Post, person: Person, entities: Entities) -> Target | None:
    """Give the body or territory of a post that is printed without one; None when nothing tells."""
    if _possessive_before(doc, post):
        return last_body_before(post.position_span.start, entities)
    way = _WAYS.get(_targets().get(_first_words(post.position), ""))
    name = way(person, entities) if way else None
    return place_target(name, entities) if name else None


def _first_words(position: str) -> str:
    """Cut what a post is for: «вице-мэр по социальным вопросам» → «вице-мэр»."""
    return position.casefold().partition(" по ")[0]


def _possessive_before(doc: Doc, post: Post) -> bool:
    before = doc.text[: post.position_span.start].split()
    return bool(before) and before[-1].casefold().lstrip("«(") in _POSSESSIVES


def _main_city(entities: Entities) -> str | None:
    """The city an article names most often; of a city that is a region of its own, that."""
    counts = Counter({place.name: len(place.mentions) for place in entities.places if _is_city(place.kind, place.name)})
    ranking = counts.most_common(2)
    alone = len(ranking) == 1 or (len(ranking) > 1 and ranking[0][1] > ranking[1][1])
    return ranking[0][0] if alone else None


def _is_city(kind: PlaceKind, name: str) -> bool:
    return kind is PlaceKind.CITY or name in {"Москва", "Санкт-Петербург", "Севастополь"}


_WAYS: dict[str, Callable[[Person, Entities], str | None]] = {
    "region": lambda person, entities: entities.territory.main,  # noqa: ARG005 - one signature for all ways
    "city": lambda person, entities: _main_city(entities),  # noqa: ARG005
    "head": lambda person, entities: _countries().get(person.last or ""),  # noqa: ARG005
}
