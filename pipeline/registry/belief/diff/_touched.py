"""What loading touched since a time: entities that are new, values that were not told before, values gone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, distinct, exists, func, select

from pipeline.registry import schema
from pipeline.registry.belief.diff._difference import Told
from pipeline.registry.belief.testimony import chunks, members_query, names_of
from pipeline.registry.database.held import held_as
from pipeline.registry.folding import folded
from pipeline.registry.kinds import NAMED, RELATION_KEYS, EntityKind, Status

# What tells nothing new of somebody known: spellings of the name.
_SPELLINGS = frozenset({"name", "first", "patronymic", "last", "unresolved", "text"})
_OF_RELATIONS = frozenset({"status", "start", "end"})  # what may change of a relation that is known

_STATEMENT, _ENTITY, _REVISION = schema.statement.c, schema.entity.c, schema.revision.c
_TARGET = schema.entity.alias("target")
_CANONICAL = held_as(_ENTITY)
_VALUE_ID = held_as(_TARGET.c)


@dataclass(frozen=True, slots=True)
class Touched:
    """A canonical entity that something loaded since then speaks of, and in how many articles."""

    id: str
    kind: EntityKind
    articles: int
    is_new: bool


def touched(connection: Connection, since: str) -> list[Touched]:
    """Find what was spoken of since then, what most articles speak of first."""
    query = (
        select(_CANONICAL.label("id"), _ENTITY.kind, func.count(distinct(_REVISION.article_id)).label("articles"))
        .select_from(schema.revision)
        .join(schema.statement, _STATEMENT.revision_id == _REVISION.id)
        .join(schema.entity, _STATEMENT.entity_id == _ENTITY.id)
        .where(_REVISION.loaded_at >= since, _STATEMENT.status != Status.SUPERSEDED)
        .group_by(_CANONICAL, _ENTITY.kind)
        .order_by(func.count(distinct(_REVISION.article_id)).desc(), _CANONICAL)
    )
    rows = connection.execute(query).all()
    known = _known(connection, [row.id for row in rows], since)
    return [Touched(row.id, EntityKind(row.kind), row.articles, row.id not in known) for row in rows]


def new_values(connection: Connection, ids: Iterable[str], since: str) -> Iterator[Told]:
    """Give the values of entities that nothing loaded before tells."""
    for chunk in chunks(sorted(ids)):
        groups = _by_value(connection.execute(_values(chunk, func.min(_REVISION.loaded_at))), since)
        yield from _told(connection, [row for row, first in groups.values() if first >= since])


def retracted_values(connection: Connection, since: str) -> Iterator[Told]:
    """Give the values that articles told before and that nothing tells since their contents were superseded."""
    change = schema.change.c
    gone = (
        _joined(select(*_COLUMNS))
        .join(schema.change, change.statement_seq == _STATEMENT.seq)
        .where(change.at >= since, change.status == Status.SUPERSEDED, _REVISION.loaded_at < since)
        .distinct()
    )
    rows = {_key(row): row for row in connection.execute(gone)}
    for chunk in chunks(sorted({row.id for row in rows.values()})):
        live = {_key(row) for row in connection.execute(_values(chunk).where(_STATEMENT.status != Status.SUPERSEDED))}
        there = {key[0] for key in live}
        lost = [row for key, row in rows.items() if row.id in chunk and key not in live and _tells(row, there)]
        yield from _told(connection, lost)


def _tells(row: Row[Any], there: set[str]) -> bool:
    """Tell whether a value is what to say of a loss: of an entity that is gone as a whole its name will do."""
    if row.id in there:
        return _is_news(row)
    return bool(row.prop == RELATION_KEYS.get(EntityKind(row.kind), ("name",))[0])


_COLUMNS = (
    _CANONICAL.label("id"),
    _ENTITY.kind,
    _STATEMENT.property.label("prop"),
    _STATEMENT.value,
    _VALUE_ID.label("value_id"),
    _STATEMENT.modality,
)


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(schema.statement)
        .join(schema.revision, _STATEMENT.revision_id == _REVISION.id)
        .join(schema.entity, _STATEMENT.entity_id == _ENTITY.id)
        .outerjoin(_TARGET, _STATEMENT.value_id == _TARGET.c.id)
    )


def _values(chunk: list[str], *more: Any) -> Select[Any]:
    grouped = (_CANONICAL, _ENTITY.kind, _STATEMENT.property, _STATEMENT.value, _VALUE_ID, _STATEMENT.modality)
    told = (value.label("first") for value in more)
    return _joined(select(*_COLUMNS, *told)).where(_ENTITY.id.in_(members_query(chunk))).group_by(*grouped)


def _key(row: Row[Any]) -> tuple[str, str, str, str]:
    return row.id, row.prop, row.value_id or folded(row.value), row.modality


def _by_value(rows: Iterable[Row[Any]], since: str) -> dict[tuple[str, ...], tuple[Row[Any], str]]:
    found: dict[tuple[str, ...], tuple[Row[Any], str]] = {}
    for row in rows:
        if row.first >= since and not _is_news(row):
            continue
        known = found.get(_key(row))
        found[_key(row)] = (known[0], min(known[1], row.first)) if known else (row, row.first)
    return found


def _is_news(row: Row[Any]) -> bool:
    if EntityKind(row.kind) in NAMED:
        return row.prop not in _SPELLINGS
    return row.prop in _OF_RELATIONS


def _known(connection: Connection, ids: list[str], since: str) -> set[str]:
    """Tell which entities something loaded before speaks of."""
    earlier = exists().where(
        _STATEMENT.entity_id == _ENTITY.id, _REVISION.id == _STATEMENT.revision_id, _REVISION.loaded_at < since
    )
    found: set[str] = set()
    for chunk in chunks(sorted(ids)):
        query = select(_CANONICAL.label("id")).distinct().where(_ENTITY.id.in_(members_query(chunk)), earlier)
        found |= {row.id for row in connection.execute(query)}
    return found


def _told(connection: Connection, rows: list[Row[Any]]) -> Iterator[Told]:
    names = names_of(connection, {id_ for row in rows for id_ in (row.id, row.value_id) if id_})
    for row in rows:
        value = names.get(row.value_id or "", row.value)
        yield Told(row.id, EntityKind(row.kind), names[row.id], row.prop, value, row.value_id, row.modality)


def values_told(connection: Connection, ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Give the properties and values that are told of entities, once each."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for chunk in chunks(sorted(ids)):
        rows = connection.execute(_values(chunk).where(_STATEMENT.status != Status.SUPERSEDED)).all()
        for told in _told(connection, [row for row in rows if row.prop not in _SPELLINGS]):
            found[told.id].append((told.prop, told.value))
    return found
