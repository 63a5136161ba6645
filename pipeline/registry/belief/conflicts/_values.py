"""Two values of a property that has one at a time."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from sqlalchemy import distinct, func, select

from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.belief.conflicts._side import Conflict, ConflictKind, conflict, side
from pipeline.registry.belief.days import days_between
from pipeline.registry.belief.relations import Reading, value_ids
from pipeline.registry.belief.testimony import Said, chunks, names_of
from pipeline.registry.belief.values import CHANGING, values_of
from pipeline.registry.belief.view import Value
from pipeline.registry.database.held import held_as
from pipeline.registry.folding import folded
from pipeline.registry.kinds import NAMED, PROPERTIES, EntityKind, Status

_SINGLE = tuple(name for name, prop in PROPERTIES.items() if prop.single)
_INITIALS = frozenset({"first", "patronymic"})
_VAGUE = frozenset({"other"})  # says nothing that another value could contradict
_SAME_TIME = 30  # days within which a property that changes has one value
# A cluster is more and more: who is in a register exists. The later word on it is no contradiction of the earlier.
_STAGES = ("planned", "being_created", "existing", "in_registry")


def values(reading: Reading, among: Iterable[str]) -> Iterator[Conflict]:
    """Find them among some named entities; who held a post when is another kind of conflict."""
    for chunk in chunks(among):
        said = reading.said(chunk)
        names = names_of(reading.connection, [*said, *value_ids(said)])
        for id_, found in said.items():
            yield from _of_entity((id_, found[0].kind, names[id_]), found, names)


def doubtful_entities(reading: Reading) -> list[str]:
    """Give the entities that have more than one value of a property that has one at a time."""
    statement, entity = schema.statement.c, schema.entity.c
    canonical = held_as(entity)
    query = (
        select(canonical.label("canonical"))
        .join(schema.statement, statement.entity_id == entity.id)
        .where(
            entity.kind.in_(NAMED),
            statement.property.in_(_SINGLE),
            statement.status.in_((Status.PROPOSED, Status.ACCEPTED)),
            statement.modality == FactStatus.ACTUAL,
        )
        .group_by(canonical, statement.property)
        .having(func.count(distinct(func.coalesce(statement.value_id, statement.value))) > 1)
    )
    return sorted({row.canonical for row in reading.connection.execute(query)})


def _of_entity(of: tuple[str, EntityKind, str], said: list[Said], names: dict[str, str]) -> Iterator[Conflict]:
    told = [one for one in said if one.prop in _SINGLE]
    by_property: dict[str, list[Value]] = {}
    for value in values_of(told, names):
        if value.modality is FactStatus.ACTUAL and value.value not in _VAGUE:
            by_property.setdefault(value.prop, []).append(value)
    for prop, found in by_property.items():
        sides = [one for one in found if any(_contradict(one, other) for other in found if other is not one)]
        if len(sides) > 1:
            yield conflict(ConflictKind.VALUES, of, prop, map(side, sides))


def _contradict(one: Value, other: Value) -> bool:
    if one.prop in _INITIALS and _abbreviates(one.value, other.value):
        return False
    if one.prop == "status" and _grew(one, other):
        return False
    return one.prop not in CHANGING or _are_of_one_time(one, other)


def _abbreviates(one: str, other: str) -> bool:
    short, full = sorted((folded(one).rstrip("."), folded(other).rstrip(".")), key=len)
    return full.startswith(short)


def _grew(one: Value, other: Value) -> bool:
    """Tell whether the one that goes further was never said before the other."""
    if {one.value, other.value} <= {"existing", "in_registry"}:
        return True
    if not {one.value, other.value} <= set(_STAGES):
        return False
    less, more = sorted((one, other), key=lambda value: _STAGES.index(value.value))
    return max(_days(less), default="") < min(_days(more), default="9")


def _are_of_one_time(one: Value, other: Value) -> bool:
    days = sorted([(day, 0) for day in _days(one)] + [(day, 1) for day in _days(other)])
    return any(
        first[1] != second[1] and days_between(first[0], second[0]) <= _SAME_TIME for first, second in pairwise(days)
    )


def _days(value: Value) -> list[str]:
    return [said.day for said in value.testimony if said.day and said.status in {Status.PROPOSED, Status.ACCEPTED}]
