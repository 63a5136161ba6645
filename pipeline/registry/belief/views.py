"""What the registry believes of an entity: its values and its relations, now or as it was told by a day.

    with reading(database) as connection:
        view = entity_view(connection, "org-…", as_of="2024-03-01")

Everything that shows or hands out the registry asks here. What is believed is derived each time: nothing is kept.
"""

from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType

from sqlalchemy import Connection, select

from pipeline.registry import schema
from pipeline.registry.belief.relations import Reading, read_relations, value_ids
from pipeline.registry.belief.testimony import Said, canonical_ids, chunks, ends_of, members_of, names_of
from pipeline.registry.belief.trust import trust_of
from pipeline.registry.belief.values import key_of, values_of
from pipeline.registry.belief.view import EntityView, RelationView
from pipeline.registry.kinds import EntityKind

MOST_RELATIONS = 300  # of one entity, those that most is said of

_ORDER = MappingProxyType({kind: number for number, kind in enumerate(EntityKind)})


def entity_view(
    connection: Connection, id_: str, *, as_of: str | None = None, rejected: bool = False
) -> EntityView | None:
    """View an entity by its id, old or new; None where there is none.

    `as_of`: a day, like 2024-03-01; only what had been said by then counts. `rejected` shows what the keeper rejected,
    too, with standing 0.
    """
    return next(iter(entity_views(connection, [id_], as_of=as_of, rejected=rejected)), None)


def entity_views(
    connection: Connection, ids: Iterable[str], *, as_of: str | None = None, rejected: bool = False
) -> tuple[EntityView, ...]:
    """View many entities, each once, in the order of their ids; unknown ids are left out."""
    reading = Reading(connection, trust_of(connection), as_of, rejected)
    canonical = sorted(set(canonical_ids(connection, ids).values()))
    own = reading.said(canonical)
    related = _related(connection, canonical)
    relations = read_relations(reading, {id_ for found in related.values() for id_ in found[:MOST_RELATIONS]})
    names = names_of(connection, [*canonical, *value_ids(own)])
    kinds, members = _kinds(connection, canonical), members_of(connection, canonical)
    made = []
    for id_ in canonical:
        said = own.get(id_, [])
        view = EntityView(
            id=id_,
            kind=kinds[id_],
            name=names[id_],
            values=values_of(said, names, rejected=rejected),
            relations=_ranked(relations[found] for found in related[id_] if found in relations),
            members=tuple(members[id_]),
            articles=_articles(said),
            first_seen=min(filter(None, (one.testimony.first_seen for one in said)), default=None),
            last_seen=max(filter(None, (one.testimony.last_seen for one in said)), default=None),
            more_relations=max(0, len(related[id_]) - MOST_RELATIONS),
        )
        made.append(view)
    return tuple(made)


def _articles(said: list[Said]) -> int:
    """Count the articles; where not all was read, as many as say the thing that is said most."""
    if all(one.alike == 1 for one in said):
        return len({one.testimony.article_id for one in said})
    told: Counter[tuple[str, str]] = Counter()
    for one in said:
        told[key_of(one)] += one.alike
    return max(told.values())


def _kinds(connection: Connection, canonical: Iterable[str]) -> dict[str, EntityKind]:
    entity = schema.entity.c
    return {
        row.id: EntityKind(row.kind)
        for chunk in chunks(canonical)
        for row in connection.execute(select(entity.id, entity.kind).where(entity.id.in_(chunk)))
    }


def _related(connection: Connection, canonical: list[str]) -> dict[str, list[str]]:
    """Find the relations that entities are ends of, most told first; with a body's posts come those who hold them."""
    ends = ends_of(connection, canonical)
    posts = {id_ for found in ends.values() for id_, kind in found if kind is EntityKind.POST}
    held = ends_of(connection, posts)
    related: dict[str, list[str]] = {}
    for entity in canonical:
        found = ends.get(entity, [])
        holders = [one for post, _ in found for one, kind in held.get(post, ()) if kind is EntityKind.OCCUPANCY]
        related[entity] = list(dict.fromkeys([*(id_ for id_, _ in found), *holders]))
    return related


def _ranked(relations: Iterable[RelationView]) -> tuple[RelationView, ...]:
    """Order relations by kind, those that are so first, then the best, then the latest."""
    latest = sorted(relations, key=lambda view: (view.last_seen or "", view.id), reverse=True)
    return tuple(sorted(latest, key=lambda view: (_ORDER[view.kind], view.modality != "actual", -view.standing)))
