"""What the registry holds besides entities, as rows: its articles, and what people said of sites, pairs and claims.

As of a day: the articles with the contents that they had on it, and what people had said by its end.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from pipeline.registry import schema
from pipeline.registry.belief.conflicts import conflicts as conflicts_of
from pipeline.registry.belief.days import day_after
from pipeline.registry.belief.trust import own_weights, sites, trust_of

_REVISION = schema.revision.c


def articles(as_of: str | None) -> Select[Any]:
    """Select each article with its current content, or the one of a day."""
    article = schema.article.c
    count = func.count().over(partition_by=_REVISION.article_id)
    newest = func.row_number().over(partition_by=_REVISION.article_id, order_by=_REVISION.rank.desc())
    there = select(_REVISION.id, count.label("revisions"), newest.label("newest"))
    if as_of is not None:
        published = func.substr(func.coalesce(_REVISION.published_at, _REVISION.first_seen), 1, 10)
        modified = func.substr(func.coalesce(_REVISION.modified_at, ""), 1, 10)
        there = there.where(published <= as_of, modified <= as_of)
    counted = there.subquery()
    return (
        select(
            _REVISION.article_id.label("article"),
            article.origin,
            _REVISION.title,
            _REVISION.site,
            _REVISION.site_name,
            _REVISION.url,
            _REVISION.published_at,
            _REVISION.modified_at,
            _REVISION.fetched_at,
            _REVISION.first_seen,
            _REVISION.last_seen,
            counted.c.revisions,
            _REVISION.loaded_at,
            _REVISION.id.label("revision"),
            _REVISION.file,
            _REVISION.text,
        )
        .join(counted, (counted.c.id == _REVISION.id) & (counted.c.newest == 1))
        .join(schema.article, article.id == _REVISION.article_id)
        .order_by(_REVISION.article_id)
    )


def sources(connection: Connection, as_of: str | None) -> Iterator[dict[str, Any]]:
    """Give the sites that articles are of, each with its weight and who set it; weights are always today's."""
    del as_of
    trust = trust_of(connection)
    own = {weight.site: weight for weight in own_weights(connection)}
    for (origin, site), count in sorted(sites(connection).items(), key=str):
        found = trust.source(origin, site)
        told = own.get(found.rule) if found.own else None
        yield {
            "site": site,
            "origin": origin,
            "source": found.name,
            "weight": found.weight,
            "rule": found.rule,
            "articles": count,
            "who": told and told.who,
            "at": told and told.at,
            "why": told and told.why,
        }


def conflicts(connection: Connection, as_of: str | None) -> Iterator[dict[str, Any]]:
    """Give the sides of what cannot all be so, the most important first; only of what is believed today."""
    found = conflicts_of(connection) if as_of is None else ()
    for number, conflict in enumerate(found, 1):
        for side in conflict.sides:
            yield {
                "number": number,
                "kind": conflict.kind.value,
                "name": conflict.name,
                "property": conflict.prop,
                "value": side.value,
                "modality": side.modality.value,
                "standing": side.standing,
                "statements": len(side.testimony),
                "importance": conflict.importance,
                "since": conflict.since,
                "entity_id": conflict.entity_id,
                "value_id": side.value_id,
            }


def judgements(connection: Connection, as_of: str | None) -> Iterator[dict[str, Any]]:
    """Give every word of a person on two entities, in the order in which they were said."""
    judgement, left, right = schema.judgement.c, schema.entity.alias("left_").c, schema.entity.alias("right_").c
    query = (
        select(
            judgement.left_id,
            left.name.label("left_name"),
            judgement.right_id,
            right.name.label("right_name"),
            judgement.verdict,
            judgement.who,
            judgement.at,
            judgement.why,
        )
        .join(left.id.table, judgement.left_id == left.id)
        .join(right.id.table, judgement.right_id == right.id)
        .order_by(judgement.seq)
    )
    if as_of is not None:
        query = query.where(judgement.at < day_after(as_of))
    yield from (row._asdict() for row in connection.execute(query))


def decisions(connection: Connection, as_of: str | None) -> Iterator[dict[str, Any]]:
    """Give every decision in the order in which they were made, with the words of the claim's first statement."""
    decision, statement = schema.decision.c, schema.statement.c
    first = select(func.min(statement.seq)).where(statement.claim == decision.claim).correlate(schema.decision)
    query = (
        select(
            decision.claim,
            statement.entity_id,
            statement.property,
            statement.value,
            decision.verdict,
            decision.instead,
            decision.who,
            decision.at,
            decision.why,
            decision.act,
            decision.undoes,
        )
        .outerjoin(schema.statement, statement.seq == first.scalar_subquery())
        .order_by(decision.seq)
    )
    if as_of is not None:
        query = query.where(decision.at < day_after(as_of))
    yield from (row._asdict() for row in connection.execute(query))
