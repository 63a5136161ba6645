"""What the night brought: what a registry believes now and did not before, for somebody who keeps it.

    with reading(database) as connection:
        difference(connection, "2024-03-01T00:00:00Z")

When something was loaded or decided makes it new, not when its article was written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import Connection, distinct, func, select

from pipeline.registry import schema
from pipeline.registry.belief.conflicts import conflicts
from pipeline.registry.belief.diff._difference import Difference, New, Told, Turn, Word
from pipeline.registry.belief.diff._touched import Touched, new_values, retracted_values, touched, values_told
from pipeline.registry.belief.diff._words import words
from pipeline.registry.belief.relations import Reading, read_relations
from pipeline.registry.belief.testimony import Said, chunks, names_of, said_of
from pipeline.registry.belief.trust import trust_of
from pipeline.registry.belief.values import best, values_of
from pipeline.registry.belief.view import RelationView
from pipeline.registry.kinds import NAMED, PROPERTIES, EntityKind, Status

__all__ = ["Difference", "New", "Told", "Turn", "Word", "difference"]

MOST = 500  # new entities and relations that are given one by one

# What a keeper looks at first.
_ORDER = (EntityKind.CLUSTER, EntityKind.ORGANIZATION, EntityKind.OCCUPANCY, *EntityKind)


def difference(connection: Connection, since: str) -> Difference:
    """Tell what is new since a time (UTC, as the registry writes it)."""
    found = touched(connection, since)
    new, known = [one for one in found if one.is_new], [one for one in found if not one.is_new]
    articles, revised, superseded = _counts(connection, since)
    return Difference(
        since=since,
        articles=articles,
        revised=revised,
        superseded=superseded,
        counts=dict(Counter(one.kind for one in new)),
        entities=tuple(_entities(connection, new)),
        relations=_relations(connection, new),
        values=_sorted(new_values(connection, [one.id for one in known], since)),
        turns=tuple(_turns(connection, (one.id for one in known if one.kind is EntityKind.CLUSTER), since)),
        retracted=_sorted(retracted_values(connection, since)),
        conflicts=conflicts(connection, since=since),
        words=words(connection, since),
    )


def _sorted(told: Iterable[Told]) -> tuple[Told, ...]:
    props = {name: number for number, name in enumerate(PROPERTIES)}
    return tuple(
        sorted(
            told, key=lambda one: (_ORDER.index(one.kind), one.name, one.id, props.get(one.prop, len(props)), one.value)
        )
    )


def _counts(connection: Connection, since: str) -> tuple[int, int, int]:
    """Count articles that are new, articles that have a new content, and statements that it superseded."""
    revision, change = schema.revision.c, schema.change.c
    earlier = select(revision.article_id).where(revision.loaded_at < since)
    loaded = select(func.count(distinct(revision.article_id))).where(revision.loaded_at >= since)
    gone = select(func.count()).where(change.at >= since, change.status == Status.SUPERSEDED)
    counted = (loaded.where(revision.article_id.not_in(earlier)), loaded.where(revision.article_id.in_(earlier)), gone)
    articles, revised, superseded = (int(connection.execute(query).scalar_one()) for query in counted)
    return articles, revised, superseded


def _entities(connection: Connection, new: list[Touched]) -> Iterator[New]:
    kept = sorted((one for one in new if one.kind in NAMED), key=lambda one: (_ORDER.index(one.kind), -one.articles))
    kept = kept[:MOST]
    names = names_of(connection, [one.id for one in kept])
    told = values_told(connection, [one.id for one in kept])
    for one in kept:
        yield New(one.id, one.kind, names[one.id], one.articles, tuple(told.get(one.id, ())))


def _relations(connection: Connection, new: list[Touched]) -> tuple[RelationView, ...]:
    kept = [one.id for one in new if one.kind not in NAMED][:MOST]
    views = read_relations(Reading(connection, trust_of(connection)), kept)
    return tuple(sorted(views.values(), key=lambda view: (_ORDER.index(view.kind), -view.standing, view.name)))


def _turns(connection: Connection, clusters: Iterable[str], since: str) -> Iterator[Turn]:
    """Find the clusters whose status is another one than it was before."""
    ended = _superseded_since(connection, since)
    for chunk in chunks(sorted(clusters)):
        said = said_of(connection, chunk, trust_of(connection), gone=True)
        names = names_of(connection, said)
        for id_, found in said.items():
            status = [one for one in found if one.prop == "status"]
            earlier = [_live(one) for one in status if one.testimony.loaded_at < since and _was_live(one, ended)]
            before = best(values_of(earlier, {}), "status")
            after = best(values_of(status, {}), "status")
            if (before and before.value) != (after and after.value):
                yield Turn(id_, names[id_], before, after)


def _superseded_since(connection: Connection, since: str) -> set[int]:
    change = schema.change.c
    query = select(change.statement_seq).where(change.at >= since, change.status == Status.SUPERSEDED)
    return {int(seq) for seq in connection.execute(query).scalars()}


def _was_live(one: Said, ended: set[int]) -> bool:
    return one.testimony.status is not Status.SUPERSEDED or one.testimony.seq in ended


def _live(one: Said) -> Said:
    if one.testimony.status is not Status.SUPERSEDED:
        return one
    return replace(one, testimony=replace(one.testimony, status=Status.PROPOSED))
