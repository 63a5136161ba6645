"""Relations as views: what they join, whether they are so, how far that is believed.

Knows the kinds of relations; the tables only through `testimony`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection

from extractors import TenureStatus
from pipeline.fact import FactStatus
from pipeline.registry.belief.standing import standing
from pipeline.registry.belief.terms import terms_of
from pipeline.registry.belief.testimony import Said, names_of, said_of
from pipeline.registry.belief.trust import Trust
from pipeline.registry.belief.values import best, supports, values_of
from pipeline.registry.belief.view import RelationView, Value
from pipeline.registry.kinds import NAMED, RELATION_KEYS, EntityKind, Status

# Posts of a body and organizations within another are shown as its relations, too.
_KEYS = MappingProxyType({**RELATION_KEYS, EntityKind.POST: ("body",), EntityKind.ORGANIZATION: ("parent",)})


@dataclass(frozen=True, slots=True)
class Reading:
    """How views are read: from where, with whose weights, as of when, with what the keeper rejected or without."""

    connection: Connection
    trust: Trust
    as_of: str | None = None
    rejected: bool = False

    def said(self, canonical: Iterable[str]) -> dict[str, list[Said]]:
        """Read what is said of canonical entities."""
        return said_of(self.connection, canonical, self.trust, as_of=self.as_of)


def read_relations(reading: Reading, ids: Iterable[str], props: Collection[str] = ()) -> dict[str, RelationView]:
    """View relations by their canonical ids; those that nothing is left of are left out.

    `props`: the only values that are wanted, the relations' ends among them; terms are always whole.
    """
    said = reading.said(ids)
    posts = {one.value_id for found in said.values() for one in found if one.prop == "post" and one.value_id}
    of_posts = reading.said(posts)
    names = names_of(reading.connection, {*said, *value_ids(said), *value_ids(of_posts)}) | _positions(of_posts)
    views = {}
    for id_, found in said.items():
        post = next((one.value_id for one in found if one.prop == "post" and one.value_id), "")
        bodies = [one for one in of_posts.get(post, ()) if one.prop == "body"]
        told = [one for one in found if not props or one.prop in props]
        values = values_of([*told, *bodies], names, rejected=reading.rejected)
        if view := relation_view(found, values, names[id_]):
            views[id_] = view
    return views


def _positions(of_posts: Mapping[str, list[Said]]) -> dict[str, str]:
    """Name posts without their bodies, which stand beside them."""
    named = {
        id_: best(values_of([one for one in said if one.prop == "name"], {}), "name") for id_, said in of_posts.items()
    }
    return {id_: name.value for id_, name in named.items() if name}


def value_ids(said: Mapping[str, list[Said]]) -> set[str]:
    """Gather the entities that values are."""
    return {one.value_id for found in said.values() for one in found if one.value_id}


def relation_view(said: list[Said], values: tuple[Value, ...], name: str) -> RelationView | None:
    """Make a relation of what is said of it and the values that makes; None where an end of it was rejected."""
    first, told = said[0], [one.testimony for one in said]
    there = {one.prop for one in said}
    keys = [key for key in _KEYS[first.kind] if key in there]
    is_held = first.kind is EntityKind.OCCUPANCY and "status" in there
    modality = _modality("status" if is_held else keys[0], values)
    if modality is None:
        return None  # what says that it is was rejected
    ends = [best(values, key, modality) or _any(values, key) for key in keys]
    if not all(ends):
        return None  # an end of it was rejected
    return RelationView(
        id=first.entity_id,
        kind=first.kind,
        name=name if first.kind in NAMED else " — ".join(end.value for end in ends if end),
        values=values,
        modality=modality,
        standing=min(*(end.standing for end in ends if end), 1.0, *([_held(values, modality)] if is_held else [])),
        first_seen=min(filter(None, (one.first_seen for one in told)), default=None),
        last_seen=max(filter(None, (one.last_seen for one in told)), default=None),
        terms=terms_of(said) if first.kind is EntityKind.OCCUPANCY else (),
    )


def _modality(prop: str, values: tuple[Value, ...]) -> FactStatus | None:
    """Tell what a relation is by the property that says it: a fact if anybody says so, else what is told most.

    Whoever is to be dismissed, or denies to be, is in the post.
    """
    told = [value for value in values if value.prop == prop]
    actual = any(value.modality is FactStatus.ACTUAL or value.value == TenureStatus.DISMISSED for value in told)
    if actual or not told:
        return FactStatus.ACTUAL if actual else None
    return max(told, key=lambda value: (value.standing, value.modality)).modality


def _any(values: tuple[Value, ...], prop: str) -> Value | None:
    return next((value for value in values if value.prop == prop), None)


def _held(values: tuple[Value, ...], modality: FactStatus) -> float:
    """Tell how far it is believed that a post is or was held: all words for it against all denials."""
    status = [value for value in values if value.prop == "status"]
    if any(value.status is Status.ACCEPTED and value.modality is modality for value in status):
        return 1.0
    leaving = [value for value in status if value.value == TenureStatus.DISMISSED]
    told = [one for value in status if value.modality is modality or value in leaving for one in value.testimony]
    denied = [
        one
        for value in status
        if value.modality is FactStatus.DENIED and value not in leaving
        for one in value.testimony
    ]
    return standing(supports(told), supports(denied) if modality is FactStatus.ACTUAL else ())
