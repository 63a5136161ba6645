"""What some say and others deny."""

from collections.abc import Iterator

from extractors import TenureStatus
from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.belief.conflicts._side import Conflict, ConflictKind, Side, conflict, side
from pipeline.registry.belief.conflicts._where import entities_where
from pipeline.registry.belief.relations import Reading, read_relations, value_ids
from pipeline.registry.belief.testimony import chunks, names_of
from pipeline.registry.belief.values import values_of
from pipeline.registry.belief.view import RelationView, Value
from pipeline.registry.folding import folded
from pipeline.registry.kinds import NAMED, RELATION_KEYS, EntityKind, Status

_IN = frozenset({TenureStatus.CURRENT, TenureStatus.ACTING, TenureStatus.APPOINTED})


def denials(reading: Reading) -> Iterator[Conflict]:
    """Find them: of a relation one conflict, however many of its parts are denied."""
    for chunk in chunks(_candidates(reading)):
        said = reading.said(chunk)
        names = names_of(reading.connection, [*said, *value_ids(said)])
        relations = read_relations(reading, [id_ for id_, found in said.items() if found[0].kind not in NAMED])
        for id_, found in said.items():
            relation = relations.get(id_)
            name = relation.name if relation else names[id_]
            values = relation.values if relation else values_of(found, names)
            sides = _sides(values, relation)
            if sides:
                yield conflict(ConflictKind.DENIALS, (id_, found[0].kind, name), sides[0], sides[1])


def _candidates(reading: Reading) -> list[str]:
    """Give the entities that something is denied of; there are few."""
    statement = schema.statement.c
    live = statement.status.in_((Status.PROPOSED, Status.ACCEPTED))
    return entities_where(reading, (statement.modality == FactStatus.DENIED) & live)


def _sides(values: tuple[Value, ...], relation: RelationView | None) -> tuple[str, tuple[Side, Side]] | None:
    """Find the property whose value is both said and denied; the first by the order of properties."""
    if relation is not None and relation.kind is EntityKind.OCCUPANCY:
        return _of_occupancy(values)
    keys = RELATION_KEYS.get(relation.kind, ()) if relation is not None else None
    for denied in values:
        if denied.modality is not FactStatus.DENIED or (keys is not None and denied.prop not in keys):
            continue
        for said in values:
            if said.modality is FactStatus.ACTUAL and _same(said, denied):
                return said.prop, (side(said), side(denied))
    return None


def _of_occupancy(values: tuple[Value, ...]) -> tuple[str, tuple[Side, Side]] | None:
    status = [value for value in values if value.prop == "status" and value.value in _IN]
    said = next((value for value in status if value.modality is FactStatus.ACTUAL), None)
    denied = next((value for value in status if value.modality is FactStatus.DENIED), None)
    return ("status", (side(said), side(denied))) if said and denied else None


def _same(one: Value, other: Value) -> bool:
    return one.prop == other.prop and one.value_id == other.value_id and folded(one.value) == folded(other.value)
