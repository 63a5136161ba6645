"""The status of statements: set together for a revision, and each change noted with its time."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, insert, literal, select, update

from pipeline.registry import schema
from pipeline.registry.kinds import Status

_SOME = 1000  # values in one list of a query: databases bound their number
_STATEMENT = schema.statement.c


def set_status(connection: Connection, revision_id: str, status: Status, now: str) -> None:
    """Give all statements of a revision a status."""
    where = (_STATEMENT.revision_id == revision_id) & (_STATEMENT.status != status.value)
    _note(connection, where, status, now)
    connection.execute(update(schema.statement).where(where).values(status=status.value))


def note_superseded(connection: Connection, revision_id: str, now: str) -> None:
    """Note for statements that were written as superseded that they are no proposals."""
    _note(connection, _STATEMENT.revision_id == revision_id, Status.SUPERSEDED, now)


def keep_decisions(connection: Connection, revision_id: str, now: str) -> None:
    """Give the statements of a revision what people decided on their claims before: a re-extraction keeps it."""
    decision = schema.decision.c
    query = select(decision.claim, decision.verdict).join(schema.statement, _STATEMENT.claim == decision.claim)
    found = connection.execute(query.where(_STATEMENT.revision_id == revision_id).order_by(decision.seq))
    claims = defaultdict(list)
    for claim, verdict in {row.claim: row.verdict for row in found}.items():
        claims[Status(verdict)].append(claim)
    for status, of_status in claims.items():
        for some in _portions(of_status):
            where = (_STATEMENT.revision_id == revision_id) & _STATEMENT.claim.in_(some) & (_STATEMENT.status != status)
            _note(connection, where, status, now)
            connection.execute(update(schema.statement).where(where).values(status=status.value))


def _note(connection: Connection, where: ColumnElement[bool], status: Status, now: str) -> None:
    rows = select(_STATEMENT.seq, literal(status.value), literal(now)).where(where)
    connection.execute(insert(schema.change).from_select(["statement_seq", "status", "at"], rows))


def _portions(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _SOME):
        yield values[start : start + _SOME]
