"""Everything that is named is there, and every word from a closed list is in it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Table, and_, or_, select

from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.database import file_damage
from pipeline.registry.kinds import PROPERTIES, EntityKind, Origin, Status
from pipeline.registry.upkeep.check._rule import Found, Rule, rows

_ENTITY, _JUDGEMENT, _STATEMENT = schema.entity.c, schema.judgement.c, schema.statement.c
_CANONICAL = schema.entity.alias("canonical")

_WORDS: dict[Column[str], Iterable[str]] = {
    schema.article.c.origin: Origin,
    schema.entity.c.kind: EntityKind,
    schema.statement.c.property: PROPERTIES,
    schema.statement.c.modality: FactStatus,
    schema.statement.c.status: Status,
    schema.change.c.status: Status,
    schema.decision.c.verdict: [Status.ACCEPTED, Status.REJECTED, Status.PROPOSED],
    schema.judgement.c.verdict: ["same", "different", "open"],
    schema.delivery.c.op: ["assert", "retract"],
    schema.delivery.c.outcome: ["sending", "taken", "refused"],
}
_SHARES = (schema.statement.c.confidence, schema.source.c.weight)


def _damage(connection: Connection) -> Found:
    for what in file_damage(connection):
        yield "file", what


def _dangling(connection: Connection) -> Found:
    for table in schema.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            yield from _orphans(connection, table, key)


def _orphans(connection: Connection, table: Table, key: ForeignKey) -> Found:
    parent = key.column.table.alias("parent")
    there = parent.c[key.column.name]
    query = select(*_id_columns(table), key.parent.label("missing")).select_from(table)
    query = query.outerjoin(parent, there == key.parent).where(key.parent.is_not(None), there.is_(None))
    for row in rows(connection, query):
        yield _name(table, row), f"{key.parent.name} {row.missing}: no such {key.column.table.name}"


def _unknown_words(connection: Connection) -> Found:
    for column, words in _WORDS.items():
        query = select(*_id_columns(column.table), column.label("word")).where(column.not_in([str(w) for w in words]))
        for row in rows(connection, query):
            yield _name(column.table, row), f"{column.name} {row.word!r}: no such word"
    for share in _SHARES:
        query = select(*_id_columns(share.table), share.label("share")).where(or_(share < 0, share > 1))
        for row in rows(connection, query):
            yield _name(share.table, row), f"{share.name} {row.share}: not from 0 to 1"


def _astray(connection: Connection) -> Found:
    pointed = _ENTITY.canonical_id == _CANONICAL.c.id
    final = and_(_CANONICAL.c.canonical_id == _CANONICAL.c.id, _CANONICAL.c.kind == _ENTITY.kind)
    query = (
        select(_ENTITY.id, _ENTITY.kind, _ENTITY.canonical_id, _CANONICAL.c.kind.label("other"))
        .add_columns(_CANONICAL.c.canonical_id.label("onward"))
        .select_from(schema.entity.outerjoin(_CANONICAL, pointed))
        .where(_ENTITY.canonical_id.is_not(None), or_(_CANONICAL.c.id.is_(None), final.is_not(True)))
    )
    for row in rows(connection, query):
        if row.other is None:
            what = "which is not there"
        elif row.other != row.kind:
            what = f"which is another kind: {row.other}, not {row.kind}"
        else:
            what = f"which is held to be {row.onward or 'nothing yet'}"
        yield f"entity {row.id}", f"held to be {row.canonical_id}, {what}"


def _misjudged(connection: Connection) -> Found:
    query = select(_JUDGEMENT.seq, _JUDGEMENT.left_id, _JUDGEMENT.right_id)
    for row in rows(connection, query.where(_JUDGEMENT.left_id >= _JUDGEMENT.right_id)):
        yield f"judgement {row.seq}", f"{row.left_id} and {row.right_id}: the lesser id stands left"


def _id_columns(table: Any) -> list[Any]:
    return [column.label(f"key_{number}") for number, column in enumerate(table.primary_key.columns)]


def _name(table: Any, row: Any) -> str:
    keys = (str(getattr(row, f"key_{number}")) for number, _ in enumerate(table.primary_key.columns))
    return f"{table.name} {' '.join(keys)}"


REFERENCES = (
    Rule("file", "the database's file is whole", _damage),
    Rule("references", "what a row refers to is there", _dangling),
    Rule("vocabulary", "words from closed lists are in them, shares lie between 0 and 1", _unknown_words),
    Rule("canonical", "a canonical entity is there, of the same kind, and held to be itself", _astray),
    Rule("judgements", "a judgement is about two entities, the lesser id first", _misjudged),
)
