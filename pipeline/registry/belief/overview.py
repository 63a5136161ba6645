"""What is in a registry, in a few numbers."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, distinct, func, select

from pipeline.registry import schema
from pipeline.registry.belief.testimony import chunks
from pipeline.registry.kinds import NAMED, EntityKind
from pipeline.registry.resolve.search import Found


@dataclass(frozen=True, slots=True)
class Overview:
    """How many articles and, of each kind, canonical entities there are, and when something was last loaded."""

    articles: int
    entities: tuple[tuple[EntityKind, int], ...]
    loaded_at: str | None


def overview(connection: Connection) -> Overview:
    """Count; entities that are not resolved yet have no card and are not counted."""
    card = schema.card.c
    counted = {kind: count for kind, count in connection.execute(select(card.kind, func.count()).group_by(card.kind))}  # noqa: C416 - rows are no pairs to dict()
    articles = connection.execute(select(func.count()).select_from(schema.article)).scalar_one()
    loaded_at = connection.execute(select(func.max(schema.revision.c.loaded_at))).scalar()
    return Overview(articles, tuple((kind, counted[kind]) for kind in NAMED if counted.get(kind)), loaded_at)


def most_told(connection: Connection, kind: EntityKind, *, limit: int, offset: int = 0) -> tuple[Found, ...]:
    """List the entities of a kind, those that most articles speak of first."""
    card = schema.card.c
    query = select(schema.card).where(card.kind == kind).order_by(card.articles.desc(), card.id.desc())
    return tuple(
        Found(row.id, EntityKind(row.kind), row.name, row.region, row.articles, row.first_seen, row.last_seen)
        for row in connection.execute(query.limit(limit).offset(offset))
    )


def acts_since(connection: Connection, who: str, at: str) -> int:
    """Count the acts by which a person decided something since a time; those that take back others are none."""
    decision = schema.decision.c
    query = select(func.count(distinct(decision.act))).where(decision.who == who, decision.at >= at)
    return int(connection.execute(query.where(decision.undoes.is_(None))).scalar_one())


@dataclass(frozen=True, slots=True)
class Moment:
    """How far a registry has been written: the last load, judgement and weight of a source, and the last decision."""

    written: tuple[int, int, int]
    decided: int


def moment(connection: Connection) -> Moment:
    """Tell how far a registry has been written; two equal moments are of the same registry."""
    tables = (schema.load, schema.judgement, schema.source, schema.decision)
    load, judgement, source, decision = (
        int(connection.execute(select(func.coalesce(func.max(table.c.seq), 0))).scalar_one()) for table in tables
    )
    return Moment((load, judgement, source), decision)


def decided_after(connection: Connection, claims: Collection[str], seq: int) -> set[str]:
    """Give those of some claims that somebody has decided on after a decision."""
    decision = schema.decision.c
    query = select(decision.claim).where(decision.seq > seq)
    return {
        claim
        for some in chunks(sorted(claims))
        for claim in connection.execute(query.where(decision.claim.in_(some))).scalars()
    }
