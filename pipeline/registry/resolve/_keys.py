"""What makes a post or a relation the same as another article's: its kind and its canonical ends, hashed.

A post is a position in a body; a relation is what RELATION_KEYS says. One that lacks a part without which it might be
anything's has no key, and stays its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, case, select

from pipeline.registry import schema
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.database.held import held_as
from pipeline.registry.identity import position_key
from pipeline.registry.ids import digest
from pipeline.registry.kinds import RELATION_KEYS, EntityKind, Status

_ENTITY, _STATEMENT = schema.entity.c, schema.statement.c
_TARGET = schema.entity.alias("target").c
_PLAIN = "="  # opens a value that is no entity

# Which properties a relation has to have: one of each tuple. All but the properties in _TEXTS must be entities.
_ENOUGH = MappingProxyType(
    {kind: tuple((name,) for name in names) for kind, names in RELATION_KEYS.items()}
    | {
        EntityKind.AGREEMENT: (("subject",), ("object", "event")),
        EntityKind.HOLDING: (("event",),),
        EntityKind.AMOUNT: (("subject",), ("measure",), ("min", "max")),
        EntityKind.QUANTITY: (("subject",), ("measure",), ("min", "max")),
    }
)
_TEXTS = frozenset({"registry", "base", "measure", "min", "max", "currency", "agreement"})

Ends = Mapping[str, tuple[str, ...]]  # by property: canonical ids, or values opened by _PLAIN


def keys_of(connection: Connection, entities: Mapping[str, Any]) -> dict[str, str | None]:
    """Give the keys of posts and relations, from their rows by id (kind, name)."""
    ends = _ends(connection, entities)
    return {one: _key(row, ends.get(one, {})) for one, row in entities.items()}


def ended_by(connection: Connection, entities: Iterable[str]) -> set[str]:
    """Find the posts and relations that have one of the entities as an end."""
    query = select(_STATEMENT.entity_id).distinct().where(_STATEMENT.property.in_(_PROPERTIES))
    return {row.entity_id for row in rows_in(connection, query, _STATEMENT.value_id, entities)}


_PROPERTIES = sorted({"body", *(name for names in RELATION_KEYS.values() for name in names)})


def _ends(connection: Connection, entities: Iterable[str]) -> dict[str, Ends]:
    """Read the ends of each entity as its latest revision puts them: what is superseded counts only where all is."""
    target = schema.entity.alias("target")
    dead = case((_STATEMENT.status == Status.SUPERSEDED, 1), else_=0)
    query = (
        select(
            _STATEMENT.entity_id, _STATEMENT.property, _STATEMENT.value, dead.label("dead"),
            held_as(target.c).label("canonical"),
        )
        .select_from(schema.statement)
        .outerjoin(target, target.c.id == _STATEMENT.value_id)
        .where(_STATEMENT.property.in_(_PROPERTIES))
    )  # fmt: skip
    rows = defaultdict(list)
    for row in rows_in(connection, query, _STATEMENT.entity_id, entities):
        rows[row.entity_id].append(row)
    return {one: _by_property(some) for one, some in rows.items()}


def _by_property(rows: list[Any]) -> Ends:
    least = min(row.dead for row in rows)
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.dead == least:
            found[row.property].add(row.canonical or _PLAIN + row.value.casefold())
    return {name: tuple(sorted(values)) for name, values in found.items()}


def _key(row: Any, ends: Ends) -> str | None:
    if row.kind == EntityKind.POST:
        return digest(row.kind, position_key(row.name), *ends["body"]) if "body" in ends else None
    kind = EntityKind(row.kind)
    if kind not in RELATION_KEYS or not all(any(_tells(name, ends) for name in names) for names in _ENOUGH[kind]):
        return None
    return digest(row.kind, *_parts(RELATION_KEYS[kind], ends))


def _tells(name: str, ends: Ends) -> bool:
    return name in ends and (name in _TEXTS or not any(value.startswith(_PLAIN) for value in ends[name]))


def _parts(names: Iterable[str], ends: Ends) -> Iterator[str | None]:
    for name in names:
        yield from ends.get(name, (None,))
        yield name
