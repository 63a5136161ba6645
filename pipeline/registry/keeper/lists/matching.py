"""What became of a list's rows when identity was resolved: which of them articles speak of."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, or_, select

from pipeline.registry import schema
from pipeline.registry.identity import Outcome
from pipeline.registry.kinds import Origin

_ENTITY, _ARTICLE, _REVISION = schema.entity.c, schema.article.c, schema.revision.c


@dataclass(frozen=True, slots=True)
class Matches:
    """Rows by what became of them: `matched` with an entity of an article, `new` to the registry.

    `doubtful` counts those of either that may be another entity, too: a person has to say.
    """

    matched: int
    new: int
    doubtful: int


def matches(connection: Connection, list_name: str) -> Matches:
    """Count the rows that a list has now."""
    other, article = schema.entity.alias("other"), schema.article.alias("speaker")
    spoken_of = (
        exists()
        .where(other.c.canonical_id == _ENTITY.canonical_id, other.c.article_id == article.c.id)
        .where(article.c.origin == Origin.ARTICLE.value)
    )
    profile, pair, mate = _ENTITY.profile_id, schema.pair.c, schema.profile.alias("mate")
    pairs_with = or_(
        and_(pair.left_id == profile, pair.right_id == mate.c.id),
        and_(pair.right_id == profile, pair.left_id == mate.c.id),
    )
    unsure = exists().where(
        pairs_with,
        pair.outcome.in_([Outcome.UNDECIDED.value, Outcome.SAME_IF_BODIES.value]),
        mate.c.canonical_id != _ENTITY.canonical_id,
    )
    everything = _count(connection, _rows(list_name))
    matched = _count(connection, _rows(list_name).where(spoken_of))
    return Matches(matched, everything - matched, _count(connection, _rows(list_name).where(unsure)))


def _rows(list_name: str) -> Select[Any]:
    """Begin a query of the entities of the rows that a list has now."""
    current = and_(_REVISION.id == _ARTICLE.revision_id, _REVISION.rank == _ENTITY.rank)
    return (
        select(func.count())
        .select_from(schema.entity)
        .join(schema.article, _ENTITY.article_id == _ARTICLE.id)
        .join(schema.revision, current)
        .where(_ARTICLE.origin == Origin.LIST.value, _ARTICLE.site == list_name)
    )


def _count(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())
