"""The entities of which something is said that a finder looks at."""

from sqlalchemy import ColumnElement, select

from pipeline.registry import schema
from pipeline.registry.belief.relations import Reading
from pipeline.registry.database.held import held_as


def entities_where(reading: Reading, condition: ColumnElement[bool]) -> list[str]:
    """Give the canonical ids, in order, of those with an entity and a statement of it that meet a condition."""
    of = schema.statement.c.entity_id == schema.entity.c.id
    query = select(held_as().label("canonical")).distinct().join(schema.statement, of).where(condition)
    return sorted(reading.connection.execute(query).scalars())
