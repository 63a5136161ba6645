"""The rows of a contribution: its revision, its entities, its statements."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from pipeline.registry import schema
from pipeline.registry.database import insert_many
from pipeline.registry.database.touched import Touched, touch
from pipeline.registry.kinds import Status
from pipeline.registry.loading.contribution import Contribution
from pipeline.registry.loading.draft import EntityDraft, StatementDraft
from pipeline.registry.loading.profiles import add_profiles

_ENTITY = ("id", "kind", "article_id", "name", "rank", "first_seen", "profile_id")
_STATEMENT = (
    "claim", "revision_id", "entity_id", "property", "value", "value_id", "original", "start", "stop", "quote_start",
    "quote_stop", "modality", "rule", "version", "confidence", "status",
)  # fmt: skip


def add_revision(connection: Connection, made: Contribution, loaded: dict[str, Any]) -> None:
    """Write the revision; `loaded`: its columns `rank`, `loaded_at`, `load_seq`."""
    values = {"id": made.revision_id, "article_id": made.article_id, **made.about, **loaded}
    connection.execute(insert(schema.revision), values)


def put_entities(connection: Connection, made: Contribution, rank: str, *, fresh: bool = False) -> None:
    """Write the entities; those that are there are brought up to date where this revision is the latest to have them.

    `fresh`: none can be there. All of the article is to be resolved again.
    """
    drafts = {draft.id: draft for draft in reversed(made.drafts)}
    profiles = add_profiles(connection, drafts.values())
    there = {} if fresh else _entities(connection, made.article_id)
    new = [_entity_row(draft, made, rank, profiles) for draft in drafts.values() if draft.id not in there]
    insert_many(connection, schema.entity, _ENTITY, new)
    changes = {
        one: _news(drafts[one], there[one], (rank, made.about["first_seen"], profiles.get(one)))
        for one in there.keys() & drafts.keys()
    }
    for one, values in sorted(changes.items()):
        if values:
            connection.execute(update(schema.entity).where(schema.entity.c.id == one).values(values))
    left = (there[one].profile_id for one, values in changes.items() if "profile_id" in values)
    touch(connection, Touched.PROFILE, filter(None, left))
    touch(connection, Touched.ARTICLE, [made.article_id])


def _entities(connection: Connection, article_id: str) -> dict[str, Any]:
    entity = schema.entity.c
    query = select(entity.id, entity.rank, entity.first_seen, entity.profile_id).where(entity.article_id == article_id)
    return {row.id: row for row in connection.execute(query)}


def _entity_row(draft: EntityDraft, made: Contribution, rank: str, profiles: dict[str, str]) -> tuple[Any, ...]:
    first_seen, profile = made.about["first_seen"], profiles.get(draft.id)
    return draft.id, draft.kind.value, made.article_id, draft.name, rank, first_seen, profile


def _news(draft: EntityDraft, row: Any, sighting: tuple[str, str | None, str | None]) -> dict[str, Any]:
    """Tell what a sighting (rank, first seen, profile) changes in the row of an entity."""
    rank, first_seen, profile = sighting
    earliest = min(filter(None, (row.first_seen, first_seen)), default=None)
    values: dict[str, Any] = {} if earliest == row.first_seen else {"first_seen": earliest}
    if rank >= row.rank:
        values |= {"name": draft.name, "rank": rank, "profile_id": profile}
    return values


def add_statements(connection: Connection, revision_id: str, drafts: Iterable[StatementDraft], status: Status) -> None:
    """Write what a revision says."""
    rows = [_statement_row(draft, revision_id, status.value) for draft in drafts]
    insert_many(connection, schema.statement, _STATEMENT, rows)


def _statement_row(said: StatementDraft, revision_id: str, status: str) -> tuple[Any, ...]:
    grounds = said.grounds
    return (
        said.claim, revision_id, said.entity_id, said.prop, said.value, said.value_id, grounds.original, grounds.start,
        grounds.stop, grounds.quote_start, grounds.quote_stop, said.modality.value, grounds.rule, grounds.version,
        grounds.confidence, status,
    )  # fmt: skip
