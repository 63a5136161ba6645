"""Which entity of several gives them its id: one of the keeper's lists, else the one seen first, else the least id."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from pipeline.registry import schema
from pipeline.registry.chunks import rows_in
from pipeline.registry.kinds import Origin

_ENTITY = schema.entity.c
PRECEDENCE = (
    case((schema.article.c.origin == Origin.LIST, "0"), else_="1")
    + func.coalesce(_ENTITY.first_seen, "9")
    + "|"
    + _ENTITY.id
)
"""The text by which entities are ordered; the entity's id ends it. Needs `article` joined."""


def heads_of(connection: Connection, vertices: Iterable[str], parted: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Give the precedence of the first entity of each vertex; a vertex that no entity has is left out.

    `parted`: the entities that stand by themselves, by the profile that they do not count for.
    """
    ids = set(vertices)
    query = _joined(select(_ENTITY.profile_id, func.min(PRECEDENCE).label("head"))).group_by(_ENTITY.profile_id)
    heads = {row.profile_id: row.head for row in rows_in(connection, query, _ENTITY.profile_id, ids - parted.keys())}
    for one in sorted(ids & parted.keys()):
        rest = query.where(_ENTITY.profile_id == one, _ENTITY.id.not_in(sorted(parted[one])))
        heads |= {row.profile_id: row.head for row in connection.execute(rest)}
    single = _joined(select(_ENTITY.id, PRECEDENCE.label("head")))
    return heads | {row.id: row.head for row in rows_in(connection, single, _ENTITY.id, ids - heads.keys())}


def _joined(query: Select[Any]) -> Select[Any]:
    return query.select_from(schema.entity).join(schema.article, schema.article.c.id == _ENTITY.article_id)


def first_of(heads: Iterable[str]) -> str:
    """Give the id of the first entity.

    >>> first_of(["12024-03-06|org-b", "12024-03-05|org-c"])
    'org-c'
    """
    return min(heads).rpartition("|")[2]
