"""Pairs of entities of which only a person can tell whether they are one, for the review."""

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, case, select

from pipeline.registry import schema
from pipeline.registry.belief.statements import select_statements
from pipeline.registry.belief.testimony import canonical_ids
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.kinds import EntityKind
from pipeline.registry.resolve import DIFFERENT, standing_verdicts

_PAIR, _ENTITY = schema.pair.c, schema.entity.c


@dataclass(frozen=True, slots=True)
class Side:
    """A canonical entity as one of its articles speaks of it: the words it is named in, and where they stand."""

    id: str
    name: str
    region: str | None
    articles: int
    member_id: str | None = None
    quote: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class UndecidedPair:
    """Two canonical entities that may be one. `score`: 0 to 1, how likely; `reasons` are words of `identity`."""

    kind: EntityKind
    left: Side
    right: Side
    score: float
    reasons: tuple[str, ...]


def undecided(connection: Connection, limit: int, kind: EntityKind | None = None) -> list[UndecidedPair]:
    """Give the pairs that nobody has judged, those first whose merging would tell most: likely, and much spoken of."""
    judged = _judged(connection)
    found: dict[tuple[str, str], Any] = {}
    for row in connection.execute(_pairs(kind)):
        pair = (min(row.left, row.right), max(row.left, row.right))
        if pair not in judged and pair not in found:
            found[pair] = row
            if len(found) == limit:
                break
    return [_told(connection, row) for row in found.values()]


def is_undecided(connection: Connection, left: str, right: str) -> bool:
    """Tell whether two entities are still two, and nobody has judged them different."""
    canonical = canonical_ids(connection, [left, right])
    if len(canonical) < len({left, right}) or canonical[left] == canonical[right]:
        return False
    one, two = sorted(canonical.values())
    return (one, two) not in _judged(connection)


def _judged(connection: Connection) -> set[tuple[str, str]]:
    """Give the pairs of canonical entities of which members were judged different."""
    words = [pair for pair, verdict in standing_verdicts(connection).items() if verdict == DIFFERENT]
    query = select(_ENTITY.id, _ENTITY.canonical_id)
    canonical = {
        r.id: r.canonical_id or r.id for r in rows_in(connection, query, _ENTITY.id, (e for p in words for e in p))
    }
    pairs = ((canonical[left], canonical[right]) for left, right in words)
    return {(min(pair), max(pair)) for pair in pairs}


def _pairs(kind: EntityKind | None) -> Select[Any]:
    one, two = schema.profile.alias("one"), schema.profile.alias("two")
    left, right = schema.card.alias("left_card"), schema.card.alias("right_card")
    fewer = case((left.c.articles < right.c.articles, left.c.articles), else_=right.c.articles)
    more = case((left.c.articles < right.c.articles, right.c.articles), else_=left.c.articles)
    query = (
        select(
            _PAIR.left_id, _PAIR.right_id, _PAIR.score, _PAIR.reasons, left.c.kind,
            left.c.id.label("left"), left.c.name.label("left_name"), left.c.region.label("left_region"),
            left.c.articles.label("left_articles"), right.c.id.label("right"), right.c.name.label("right_name"),
            right.c.region.label("right_region"), right.c.articles.label("right_articles"),
        )
        .select_from(schema.pair)
        .join(one, one.c.id == _PAIR.left_id)
        .join(two, two.c.id == _PAIR.right_id)
        .join(left, left.c.id == one.c.canonical_id)
        .join(right, right.c.id == two.c.canonical_id)
        .where(one.c.canonical_id != two.c.canonical_id)
        .order_by((_PAIR.score * fewer).desc(), more.desc(), _PAIR.left_id, _PAIR.right_id)
    )  # fmt: skip
    return query.where(left.c.kind == kind.value) if kind else query


def _told(connection: Connection, row: Any) -> UndecidedPair:
    left = Side(row.left, row.left_name, row.left_region, row.left_articles)
    right = Side(row.right, row.right_name, row.right_region, row.right_articles)
    return UndecidedPair(
        EntityKind(row.kind),
        _quoted(connection, left, row.left_id),
        _quoted(connection, right, row.right_id),
        row.score,
        tuple(json.loads(row.reasons)),
    )


def _quoted(connection: Connection, side: Side, profile_id: str) -> Side:
    """Add the words of the latest article that knows the entity by this profile."""
    statement = schema.statement.c
    member = (
        select(_ENTITY.id)
        .where(_ENTITY.profile_id == profile_id, _ENTITY.canonical_id == side.id)
        .order_by(_ENTITY.first_seen.desc(), _ENTITY.id)
        .limit(1)
    )
    entity_id = connection.execute(member).scalar()
    query = select_statements().where(statement.entity_id == entity_id, statement.property == "name")
    found = connection.execute(query.order_by(statement.seq.desc()).limit(1)).one_or_none()
    if found is None:
        return replace(side, member_id=entity_id)
    return replace(side, member_id=entity_id, quote=found.quote, title=found.title, url=found.url)
