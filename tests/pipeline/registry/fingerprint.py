"""All that a registry holds, in a form that does not depend on the order in which it came, nor on when."""

from sqlalchemy import func, select

from pipeline.registry import schema
from pipeline.registry.kinds import Status

_WHEN = {"seq", "loaded_at", "load_seq", "rank"}
_DERIVED = {"profile_id", "canonical_id"}
_SAID = (schema.article, schema.revision, schema.entity, schema.statement)
_SHOWN = (schema.card, schema.term)


def fingerprint(connection, *, resolved=False):
    """Give the rows of articles, revisions, entities and statements; the rank is without the time of loading.

    `resolved`: with which entities are held to be one, and how they are found.
    """
    left_out = _WHEN if resolved else _WHEN | _DERIVED
    tables = _SAID + _SHOWN if resolved else _SAID
    return {table.name: sorted(_rows(connection, table, left_out), key=repr) for table in tables}


def _rows(connection, table, left_out):
    names = [column.name for column in table.columns if column.name not in left_out]
    for row in connection.execute(select(table)).mappings():
        rank = row["rank"].rpartition("|")[0] if "rank" in row else None
        yield (*(row[name] for name in names), rank)


def unexplained(connection):
    """Give the statements whose status is not that of their last change; `proposed` where there is none."""
    statement, change = schema.statement.c, schema.change.c
    last = select(func.max(change.seq)).group_by(change.statement_seq)
    changed = dict(connection.execute(select(change.statement_seq, change.status).where(change.seq.in_(last))).all())
    rows = connection.execute(select(statement.seq, statement.status)).all()
    return [seq for seq, status in rows if changed.get(seq, Status.PROPOSED.value) != status]
