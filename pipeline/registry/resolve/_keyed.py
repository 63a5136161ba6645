"""Posts and relations: those that have one key are one, and what people judged."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from pipeline.registry import schema
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.identity import cluster
from pipeline.registry.resolve._groups import groups
from pipeline.registry.resolve._heads import first_of, heads_of
from pipeline.registry.resolve._judged import Judged
from pipeline.registry.resolve._keys import keys_of

_ENTITY = schema.entity.c


def rekey(connection: Connection, entities: Mapping[str, Any]) -> set[str]:
    """Write the keys of posts or relations anew, by their rows (kind, name, profile_id); give all keys old and new."""
    keys = keys_of(connection, entities)
    rows = [{"entity": one, "key": keys[one]} for one, row in entities.items() if keys[one] != row.profile_id]
    if rows:
        command = update(schema.entity).where(_ENTITY.id == bindparam("entity"))
        connection.execute(command.values(profile_id=bindparam("key")), rows)
    return {key for key in (*keys.values(), *(row.profile_id for row in entities.values())) if key}


def settle_keys(connection: Connection, judged: Judged, seeds: Iterable[str]) -> dict[str, str]:
    """Give the canonical ids of vertices that have one key or were judged to be one."""
    vertices: set[str] = set()
    frontier = set(seeds)
    while frontier:
        vertices |= frontier
        frontier = {other for one in frontier for other in judged.near(one)} - vertices
    heads = heads_of(connection, vertices, judged.parted)
    canonical: dict[str, str] = {}
    links = ((one, other) for one in vertices for other in judged.links.get(one, ()))
    for part in groups(heads, links):
        made = cluster(part, (), judged.between(set(part))).components if len(part) > 1 else (tuple(part),)
        for component in made:
            canonical |= dict.fromkeys(component, first_of(heads[one] for one in component))
    return canonical


def entities_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    """Read rows of entities."""
    return {row.id: row for row in rows_in(connection, select(*COLUMNS), _ENTITY.id, ids)}


COLUMNS = (_ENTITY.id, _ENTITY.kind, _ENTITY.name, _ENTITY.profile_id, _ENTITY.canonical_id)
