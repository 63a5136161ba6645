"""Statements as they are read: each joined with its article, revision and canonical entity, its quote cut out."""

from typing import Any

from sqlalchemy import Select, func, select

from pipeline.registry import schema
from pipeline.registry.database.held import held_as

_STATEMENT, _REVISION, _ARTICLE, _ENTITY = schema.statement.c, schema.revision.c, schema.article.c, schema.entity.c
_TARGET = schema.entity.alias("target")


def select_statements() -> Select[Any]:
    """Begin a query of statements; narrow it with `where` on the tables of `schema`, order it by `statement.seq`.

    Columns: those of `view.Testimony`, and `kind`, `canonical_id` (of the entity), `prop`, `value`, `value_id`
    (canonical; None for a plain value), `loaded_at`.
    """
    text, start, stop = _REVISION.text, _STATEMENT.quote_start, _STATEMENT.quote_stop
    return (
        select(
            _STATEMENT.seq,
            _STATEMENT.claim,
            _STATEMENT.entity_id,
            _ENTITY.kind,
            held_as(_ENTITY).label("canonical_id"),
            _STATEMENT.property.label("prop"),
            _STATEMENT.value,
            held_as(_TARGET.c).label("value_id"),
            _REVISION.article_id,
            _STATEMENT.revision_id,
            _REVISION.title,
            _REVISION.url,
            _REVISION.site,
            _ARTICLE.origin,
            _REVISION.published_at,
            _REVISION.first_seen,
            _REVISION.last_seen,
            _REVISION.loaded_at,
            _STATEMENT.original,
            func.substr(text, start + 1, stop - start).label("quote"),
            _STATEMENT.start,
            _STATEMENT.stop,
            _STATEMENT.quote_start,
            _STATEMENT.quote_stop,
            _STATEMENT.modality,
            _STATEMENT.rule,
            _STATEMENT.version,
            _STATEMENT.confidence,
            _STATEMENT.status,
        )
        .select_from(schema.statement)
        .join(schema.revision, _STATEMENT.revision_id == _REVISION.id)
        .join(schema.article, _REVISION.article_id == _ARTICLE.id)
        .join(schema.entity, _STATEMENT.entity_id == _ENTITY.id)
        .outerjoin(_TARGET, _STATEMENT.value_id == _TARGET.c.id)
    )
