"""Which entity of several gives them its id: one of the keeper's lists, else the one seen first, else the least id."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, case, func, select

from pipeline.registry import schema
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.kinds import Origin

_ENTITY = schema.entity.c
PRECEDENCE = (
    case((schema.article.c.origin == Origin.LIST, "0"), else_="1")
    + func.coalesce(_ENTITY.first_seen, "9")
    + "|"
    + _ENTITY.id
)
"""The text by which entities are ordered; the entity's id ends it. Needs `article` joined."""


class Head(NamedTuple):
    """The precedence of a vertex's first entity, and how many entities are of the vertex."""

    precedence: str
    weight: int


def heads_of(connection: Connection, vertices: Iterable[str], parted: Mapping[str, frozenset[str]]) -> dict[str, Head]:
    """Give the head of each vertex; a vertex that no entity has is left out.

    `parted`: the entities that stand by themselves, by the profile that they do not count for.
    """
    ids = set(vertices)
    query = _joined(select(_ENTITY.profile_id, func.min(PRECEDENCE).label("head"), func.count().label("weight")))
    query = query.group_by(_ENTITY.profile_id)
    rows = list(rows_in(connection, query, _ENTITY.profile_id, ids - parted.keys()))
    for one in sorted(ids & parted.keys()):
        rows += connection.execute(query.where(_ENTITY.profile_id == one, _ENTITY.id.not_in(sorted(parted[one]))))
    heads = {row.profile_id: Head(row.head, row.weight) for row in rows}
    single = _joined(select(_ENTITY.id, PRECEDENCE.label("head")))
    return heads | {row.id: Head(row.head, 1) for row in rows_in(connection, single, _ENTITY.id, ids - heads.keys())}


def _joined(query: Select[Any]) -> Select[Any]:
    return query.select_from(schema.entity).join(schema.article, schema.article.c.id == _ENTITY.article_id)


def first_of(heads: Iterable[Head]) -> str:
    """Give the id of the first entity.

    >>> first_of([Head("12024-03-06|org-b", 1), Head("12024-03-05|org-c", 1)])
    'org-c'
    """
    return min(heads).precedence.rpartition("|")[2]
