"""What is still to be decided of an entity: the values that no keeper's word settles, and what is said beside them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from pipeline.registry.folding import folded
from pipeline.registry.kinds import RELATION_KEYS, EntityKind, Status
from pipeline.registry.relations import value_ids
from pipeline.registry.settled import Key, Settled, is_open, same_value, settled_values
from pipeline.registry.testimony import Said, names_of, said_of
from pipeline.registry.trust import Trust
from pipeline.registry.values import values_of
from pipeline.registry.view import Value

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

    Nothing more is asked of an entity whose names are all rejected, nor of a relation that lost an end.
    """
    ids = list(dict.fromkeys(canonical))
    said = said_of(connection, ids, trust)
    names = names_of(connection, [*ids, *value_ids(said)])
    settled = settled_values(connection, ids)
    for id_ in ids:
        if found := said.get(id_):
            yield _asked(id_, found, names, settled)


def claims_of(connection: Connection, values: Collection[Value]) -> list[str]:
    """Give all claims of the current contents that make these values, those too that a view has no room for."""
    return same_value(connection, {said.claim for value in values for said in value.testimony})


def _asked(id_: str, said: list[Said], names: dict[str, str], settled: dict[Key, Settled]) -> Asked:
    values = values_of(said, names, rejected=True)
    kind = said[0].kind
    undecided = tuple(value for value in values if _is_undecided(id_, value, settled))
    if any(_is_lost(prop, values) for prop in RELATION_KEYS.get(kind, ("name",))):
        undecided = ()
    return Asked(id_, kind, names[id_], values, undecided)


def _is_undecided(id_: str, value: Value, settled: dict[Key, Settled]) -> bool:
    if value.prop in _NO_QUESTIONS:
        return False
    key = Key(id_, value.prop, value.value_id or folded(value.value), value.modality)
    loaded = (said.loaded_at for said in value.testimony if said.status is Status.PROPOSED)
    return is_open(value.status, loaded, settled.get(key))


def _is_lost(prop: str, values: tuple[Value, ...]) -> bool:
    told = [value.status for value in values if value.prop == prop]
    return bool(told) and set(told) == {Status.REJECTED}
