"""All that a registry holds, in a form that does not depend on the order in which it came, nor on when."""

from sqlalchemy import func, select

from pipeline.registry import schema
from pipeline.registry.kinds import Status

_WHEN = {"seq", "loaded_at", "load_seq", "rank", "profile_id", "canonical_id"}


def fingerprint(connection):
    """Give the rows of articles, revisions, entities and statements; the rank is without the time of loading."""
    return {table.name: sorted(_rows(connection, table), key=repr) for table in (
        schema.article, schema.revision, schema.entity, schema.statement,
    )}  # fmt: skip


def _rows(connection, table):
    names = [column.name for column in table.columns if column.name not in _WHEN]
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
