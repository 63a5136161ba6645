"""Conflicts as questions: which of the sides is so.

A conflict whose sides the keeper has all accepted, or has decided on but for one, is none any more that needs a look.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sqlalchemy import Connection, select

from pipeline.registry import schema
from pipeline.registry.belief.conflicts import Conflict, Side, leading_conflicts
from pipeline.registry.belief.view import Testimony, Value
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts.decisions import pieces


def disputed(connection: Connection) -> Iterator[tuple[Conflict, tuple[Value, ...]]]:
    """Give the conflicts that need a look, each with its sides as values."""
    for conflict in leading_conflicts(connection):
        values = tuple(_value(conflict, side) for side in conflict.sides)
        if any(value.status is Status.PROPOSED for value in values):
            yield conflict, values


def still_disputed(connection: Connection, values: Collection[Value]) -> tuple[Value, ...]:
    """Read the sides of a conflict anew; empty where there is nothing left to choose."""
    statuses = _statuses(connection, {said.claim for value in values for said in value.testimony})
    left = [value for old in values if (value := _with_statuses(old, statuses)).status is not Status.REJECTED]
    is_open = len(left) > 1 and any(value.status is Status.PROPOSED for value in left)
    return tuple(left) if is_open else ()


def _value(conflict: Conflict, side: Side) -> Value:
    said = side.testimony
    return Value(
        prop=conflict.prop,
        value=side.value,
        value_id=side.value_id,
        standing=side.standing,
        status=_status(one.status for one in said),
        modality=side.modality,
        first_seen=min(filter(None, (one.first_seen for one in said)), default=None),
        last_seen=max(filter(None, (one.last_seen for one in said)), default=None),
        testimony=said,
        statements=len(said),
    )


def _with_statuses(value: Value, statuses: dict[str, Status]) -> Value:
    said: tuple[Testimony, ...] = tuple(
        replace(one, status=statuses.get(one.claim, Status.SUPERSEDED)) for one in value.testimony
    )
    return replace(value, testimony=said, status=_status(one.status for one in said))


def _status(statuses: Iterable[Status]) -> Status:
    there = set(statuses)
    order = (Status.ACCEPTED, Status.PROPOSED)
    return next((status for status in order if status in there), Status.REJECTED)


def _statuses(connection: Connection, claims: Collection[str]) -> dict[str, Status]:
    """Look up what became of claims in the current contents of their articles."""
    statement = schema.statement.c
    found: dict[str, Status] = {}
    for some in pieces(sorted(claims)):
        query = select(statement.claim, statement.status).where(
            statement.claim.in_(some), statement.status != Status.SUPERSEDED.value
        )
        found |= {row.claim: Status(row.status) for row in connection.execute(query)}
    return found
