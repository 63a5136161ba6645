"""What is still to be decided of an entity: the values that no keeper's word settles, and what is said beside them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from pipeline.registry.belief.relations import value_ids
from pipeline.registry.belief.settled import same_value
from pipeline.registry.belief.testimony import Said, names_of, said_of
from pipeline.registry.belief.trust import Trust
from pipeline.registry.belief.values import values_of
from pipeline.registry.belief.view import Value
from pipeline.registry.kinds import RELATION_KEYS, EntityKind, Status

_NO_QUESTIONS = frozenset({"unresolved", "text", "external_id"})  # notes of an extractor, not what is so


@dataclass(frozen=True, slots=True)
class Asked:
    """An entity with all its values, rejected ones too, and those of them that are to be decided on."""

    id: str
    kind: EntityKind
    name: str
    values: tuple[Value, ...]
    undecided: tuple[Value, ...]


def asked_of(connection: Connection, canonical: Collection[str], trust: Trust) -> Iterator[Asked]:
    """Read entities in the order of their ids given; those that are not there are left out.

    Nothing more is asked of an entity whose names are all rejected, nor of a relation that lost an end. With an
    occupancy comes the body of its post.
    """
    ids = list(dict.fromkeys(canonical))
    said = said_of(connection, ids, trust)
    posts = {one.value_id for found in said.values() for one in found if one.prop == "post" and one.value_id}
    of_posts = said_of(connection, posts, trust)
    names = names_of(connection, [*ids, *value_ids(said), *value_ids(of_posts)])
    for id_ in ids:
        if found := said.get(id_):
            post = next((one.value_id for one in found if one.prop == "post" and one.value_id), "")
            bodies = [one for one in of_posts.get(post, ()) if one.prop == "body"]
            yield _asked(found, bodies, names)


def claims_of(connection: Connection, values: Collection[Value]) -> list[str]:
    """Give all claims of the current contents that make these values, those too that a view has no room for."""
    return same_value(connection, {said.claim for value in values for said in value.testimony})


def _asked(said: list[Said], beside: list[Said], names: dict[str, str]) -> Asked:
    id_, kind = said[0].entity_id, said[0].kind
    values = values_of([*said, *beside], names, rejected=True)
    undecided = [value for value in values if value.status is Status.PROPOSED and value.prop not in _NO_QUESTIONS]
    ends = RELATION_KEYS.get(kind, ("name",))
    if any(_is_lost(prop, values) for prop in ends):
        undecided = []
    order = (*ends, "body")
    undecided.sort(key=lambda value: order.index(value.prop) if value.prop in order else len(order))
    return Asked(id_, kind, names[id_], values, tuple(undecided))


def _is_lost(prop: str, values: tuple[Value, ...]) -> bool:
    told = [value.status for value in values if value.prop == prop]
    return bool(told) and set(told) == {Status.REJECTED}
