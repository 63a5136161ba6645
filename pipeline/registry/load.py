"""Contributions into the registry, each in one transaction: all of an article or nothing.

Loading is idempotent and does not depend on the order: what is stored is a function of the contributions alone. Which
of an article's contents is current follows from their ranks; only contents that nothing tells apart in time are taken
in the order in which they came. Identity is the next step (`resolve`), not this one.
"""

import json
from collections.abc import Iterable
from enum import StrEnum
from itertools import chain
from typing import Any

from sqlalchemy import Connection, insert, literal, select, update

from pipeline.registry import schema
from pipeline.registry.contribution import Contribution
from pipeline.registry.database import insert_ignoring, insert_or_update
from pipeline.registry.draft import EntityDraft, StatementDraft
from pipeline.registry.kinds import Status


class Loaded(StrEnum):
    """What became of a contribution."""

    NEW = "new"  # an article that the registry had not seen
    REVISED = "revised"  # a newer content of one it had
    OLDER = "older"  # an older content of one it had: kept as history
    KNOWN = "known"  # this very content is there


def load_contribution(connection: Connection, made: Contribution, *, load_seq: int, now: str) -> Loaded:
    """Write one contribution; `now` is UTC, as everywhere in the registry."""
    current = _current_rank(connection, made)
    if _seen_again(connection, made):
        return Loaded.KNOWN
    rank = f"{made.rank}|{now}"
    is_current = current is None or rank >= current
    if is_current:
        _supersede(connection, made.article_id, now)
    _write_revision(connection, made, {"rank": rank, "loaded_at": now, "load_seq": load_seq})
    _write_entities(connection, made, rank)
    _write_statements(connection, made, is_current=is_current)
    if is_current:
        values = {"revision_id": made.revision_id, "site": made.about["site"], "url": made.about["url"]}
        connection.execute(update(schema.article).where(schema.article.c.id == made.article_id).values(values))
    if current is None:
        return Loaded.NEW
    return Loaded.REVISED if is_current else Loaded.OLDER


def begin_load(connection: Connection, command: str, now: str) -> int:
    """Note that a command began to write; give the number that its revisions bear."""
    made = connection.execute(insert(schema.load).values(command=command, started_at=now).returning(schema.load.c.seq))
    return int(made.scalar_one())


def end_load(connection: Connection, load_seq: int, counts: dict[str, int], now: str) -> None:
    """Note that a command came to its end."""
    values = {"ended_at": now, "counts": json.dumps(counts)}
    connection.execute(update(schema.load).where(schema.load.c.seq == load_seq).values(values))


def _current_rank(connection: Connection, made: Contribution) -> str | None:
    """Lock the article, making it if need be, and tell the rank of its current revision."""
    insert_ignoring(connection, schema.article, [{"id": made.article_id, "origin": made.origin}])
    article, revision = schema.article.c, schema.revision.c
    locked = connection.execute(select(article.revision_id).where(article.id == made.article_id).with_for_update())
    return connection.execute(select(revision.rank).where(revision.id == locked.scalar_one())).scalar()


def _seen_again(connection: Connection, made: Contribution) -> bool:
    """Tell whether the content is there; if so, it was seen from the first to the last time of all its sightings."""
    revision = schema.revision.c
    row = connection.execute(
        select(revision.first_seen, revision.last_seen, revision.fetched_at).where(revision.id == made.revision_id)
    ).one_or_none()
    if row is None:
        return False
    about = made.about
    values = {
        "first_seen": min(filter(None, (row.first_seen, about["first_seen"])), default=None),
        "last_seen": max(filter(None, (row.last_seen, about["last_seen"])), default=None),
        "fetched_at": max(filter(None, (row.fetched_at, about["fetched_at"])), default=None),
    }
    connection.execute(update(schema.revision).where(revision.id == made.revision_id).values(values))
    return True


def _supersede(connection: Connection, article_id: str, now: str) -> None:
    statement = schema.statement.c
    earlier = select(schema.article.c.revision_id).where(schema.article.c.id == article_id).scalar_subquery()
    live = (statement.revision_id == earlier) & (statement.status != Status.SUPERSEDED)
    note = select(
        statement.seq,
        literal(Status.SUPERSEDED.value),
        literal(now),
    ).where(live)
    connection.execute(insert(schema.change).from_select(["statement_seq", "status", "at"], note))
    connection.execute(update(schema.statement).where(live).values(status=Status.SUPERSEDED))


def _write_revision(connection: Connection, made: Contribution, more: dict[str, Any]) -> None:
    values = {"id": made.revision_id, "article_id": made.article_id, **made.about, **more}
    connection.execute(insert(schema.revision).values(values))


def _write_entities(connection: Connection, made: Contribution, rank: str) -> None:
    rows = [_entity_row(draft, made, rank) for draft in made.drafts]
    insert_or_update(connection, schema.entity, rows, newer="rank")


def _entity_row(draft: EntityDraft, made: Contribution, rank: str) -> dict[str, Any]:
    return {
        "id": draft.id,
        "kind": draft.kind,
        "article_id": made.article_id,
        "name": draft.name,
        "rank": rank,
        "first_seen": made.about["first_seen"],
    }


def _write_statements(connection: Connection, made: Contribution, *, is_current: bool) -> None:
    drafts = list(chain.from_iterable(draft.statements for draft in made.drafts))
    verdicts = _verdicts(connection, (draft.claim for draft in drafts)) if is_current else {}
    usual = Status.PROPOSED if is_current else Status.SUPERSEDED
    rows = [
        {**_statement_row(draft), "revision_id": made.revision_id, "status": verdicts.get(draft.claim, usual)}
        for draft in drafts
    ]
    if rows:
        connection.execute(insert(schema.statement), rows)


def _verdicts(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """Look up what the keeper decided on these claims before: a re-extraction keeps it."""
    decision = schema.decision.c
    wanted = sorted(set(claims))
    found = connection.execute(
        select(decision.claim, decision.verdict).where(decision.claim.in_(wanted)).order_by(decision.seq)
    )
    return {claim: verdict for claim, verdict in found}  # noqa: C416 - rows are no pairs to dict()


def _statement_row(draft: StatementDraft) -> dict[str, Any]:
    said = draft.grounds
    return {
        "claim": draft.claim,
        "entity_id": draft.entity_id,
        "property": draft.prop,
        "value": draft.value,
        "value_id": draft.value_id,
        "original": said.original,
        "start": said.start,
        "stop": said.stop,
        "quote_start": said.quote_start,
        "quote_stop": said.quote_stop,
        "modality": draft.modality,
        "rule": said.rule,
        "version": said.version,
        "confidence": said.confidence,
    }
