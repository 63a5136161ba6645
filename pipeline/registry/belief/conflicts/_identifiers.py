"""One ИНН or ОГРН of two organizations: they are one, or the number is wrong."""

from collections.abc import Iterator

from sqlalchemy import distinct, func, select

from pipeline.registry import schema
from pipeline.registry.belief.conflicts._side import Conflict, ConflictKind, Side, conflict
from pipeline.registry.belief.find import IDENTIFIERS
from pipeline.registry.belief.relations import Reading
from pipeline.registry.belief.testimony import names_of
from pipeline.registry.belief.values import values_of
from pipeline.registry.database.held import held_as
from pipeline.registry.kinds import Status

_NUMBERS = ("inn", "ogrn")


def identifiers(reading: Reading) -> Iterator[Conflict]:
    """Find them; the sides are the organizations."""
    said = reading.said(_candidates(reading))
    names = names_of(reading.connection, said)
    sides: dict[tuple[str, str], list[Side]] = {}
    for id_, found in sorted(said.items()):
        for value in values_of([one for one in found if one.prop in _NUMBERS], {}):
            side = Side(names[id_], id_, value.modality, value.standing, value.testimony)
            sides.setdefault((value.prop, value.value), []).append(side)
    for (prop, number), found_sides in sides.items():
        if len(found_sides) > 1:
            first = said[str(found_sides[0].value_id)][0]
            yield conflict(ConflictKind.IDENTIFIERS, (first.entity_id, first.kind, number), prop, found_sides)


def _candidates(reading: Reading) -> set[str]:
    statement, entity = schema.statement.c, schema.entity.c
    canonical = held_as(entity).label("canonical")
    live = (IDENTIFIERS, statement.property.in_(_NUMBERS), statement.status.in_((Status.PROPOSED, Status.ACCEPTED)))
    joined = schema.statement.join(schema.entity, statement.entity_id == entity.id)
    shared = select(statement.value).select_from(joined).where(*live).group_by(statement.property, statement.value)
    shared = shared.having(func.count(distinct(held_as(entity))) > 1)
    query = select(canonical).select_from(joined).where(*live, statement.value.in_(shared))
    return {row.canonical for row in reading.connection.execute(query)}
