"""What people decided, judged and set since a time."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from pipeline.registry import schema
from pipeline.registry.belief.diff._difference import Word
from pipeline.registry.kinds import PROPERTIES


def words(connection: Connection, since: str) -> tuple[Word, ...]:
    """Give them in the order of time."""
    found = [*_decisions(connection, since), *_judgements(connection, since), *_weights(connection, since)]
    return tuple(sorted(found, key=lambda word: word.at))


def _decisions(connection: Connection, since: str) -> Iterator[Word]:
    """A decision on a value is one on each claim that makes it: what one act says of one value is said once."""
    decision, statement, entity = schema.decision.c, schema.statement.c, schema.entity.c
    first = select(func.min(statement.seq)).where(statement.claim == decision.claim).correlate(schema.decision)
    query = (
        select(schema.decision, statement.property, statement.value, entity.name, entity.id.label("entity"))
        .join(schema.statement, statement.seq == first.scalar_subquery())
        .join(schema.entity, statement.entity_id == entity.id)
        .where(decision.at >= since)
        .order_by(decision.seq)
    )
    said = set()
    for row in connection.execute(query):
        label = PROPERTIES[row.property].label if row.property in PROPERTIES else row.property
        about = f"{row.name}, {label}: {row.value}"
        if (row.act, row.verdict, about) not in said:
            said.add((row.act, row.verdict, about))
            verdict = f"{row.verdict} again" if row.undoes and row.verdict == "proposed" else row.verdict
            yield Word(row.at, row.who, verdict, about, row.why, row.entity)


def _judgements(connection: Connection, since: str) -> Iterator[Word]:
    judgement = schema.judgement.c
    left, right = schema.entity.alias("left_"), schema.entity.alias("right_")
    query = (
        select(schema.judgement, left.c.name.label("left_name"), right.c.name.label("right_name"))
        .join(left, judgement.left_id == left.c.id)
        .join(right, judgement.right_id == right.c.id)
        .where(judgement.at >= since)
        .order_by(judgement.seq)
    )
    for row in connection.execute(query):
        yield Word(row.at, row.who, row.verdict, f"{row.left_name} / {row.right_name}", row.why, row.left_id)


def _weights(connection: Connection, since: str) -> Iterator[Word]:
    source = schema.source.c
    for row in connection.execute(select(schema.source).where(source.at >= since).order_by(source.seq)):
        yield Word(row.at, row.who, "trusted", f"{row.site}: {row.weight:g}", row.why, None)
