"""What something loaded since a time speaks of: the only entities of which a conflict can be new.

A conflict is new when all that one of its sides rests on was loaded since then; so that side speaks of an entity that
is touched. What else belongs to the conflict may be of any time and of other articles: it is joined over canonical ids.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import CompoundSelect, Select, select, union

from pipeline.registry import schema
from pipeline.registry.database.held import held_as
from pipeline.registry.kinds import EntityKind, Status

_STATEMENT, _ENTITY, _REVISION = schema.statement.c, schema.entity.c, schema.revision.c


def members_touched(since: str, kinds: Collection[EntityKind]) -> CompoundSelect[Any]:
    """Select the articles' entities, of any time, of the canonical ones that something loaded since then speaks of."""
    canonical = (
        select(held_as())
        .select_from(schema.revision)
        .join(schema.statement, _STATEMENT.revision_id == _REVISION.id)
        .join(schema.entity, _STATEMENT.entity_id == _ENTITY.id)
        .where(_REVISION.loaded_at >= since, _STATEMENT.status != Status.SUPERSEDED, _ENTITY.kind.in_(kinds))
    )
    return members(canonical)


def members(canonical: Select[Any]) -> CompoundSelect[Any]:
    """Select the articles' entities that are held to be those of a query of canonical ids."""
    found = schema.entity.alias("member").c
    return union(
        select(found.id).where(found.canonical_id.in_(canonical)),
        select(found.id).where(found.id.in_(canonical), found.canonical_id.is_(None)),
    )


def members_at_ends(since: str, kinds: Collection[EntityKind], prop: str) -> CompoundSelect[Any]:
    """Select the articles' entities of the canonical ones that touched relations have as the value of a property."""
    target = schema.entity.alias("end").c
    ends = (
        select(held_as(target))
        .select_from(schema.statement)
        .join(target.id.table, _STATEMENT.value_id == target.id)
        .where(_STATEMENT.property == prop, _STATEMENT.entity_id.in_(members_touched(since, kinds)))
    )
    return members(ends)
