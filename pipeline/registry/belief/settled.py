"""What the keeper's decisions settle beyond the claims that they were about: the same value, wherever it is said.

A value is what one property of one canonical entity is said to be, in one modality: all its claims, by whichever
article. A decision on a value is a decision on each claim that makes it at that time; later ones are not asked again:

    accepted    settles the value: whoever says it, then or later, says what is known
    rejected    settles it for what was loaded after the decision; a claim that was there and that the keeper left
                alone is still open, since then only some article's reading of it was rejected

What is read for views and questions has it: a statement whose value is settled has that verdict for its status.
Merging entities joins their values, and what was decided on either holds for both; splitting parts them again. Nothing
of this is stored: it follows from decisions and canonical ids.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select, union

from pipeline.registry import schema
from pipeline.registry.database.held import held_as
from pipeline.registry.folding import folded
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts.decisions import pieces

_STATEMENT, _ENTITY, _DECISION = schema.statement.c, schema.entity.c, schema.decision.c
_TARGET = schema.entity.alias("target")
_IDS_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Key:
    """What tells values apart: spellings of one value share a key. `value` is an id where the value is an entity."""

    entity_id: str
    prop: str
    value: str
    modality: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The verdict on a value and when it was last given."""

    status: Status
    at: str


def status_of(status: Status, loaded_at: str, settled: Settled | None) -> Status:
    """Tell what has become of a statement by what is settled of its value.

    >>> rejected = Settled(Status.REJECTED, "2024-03-02T00:00:00Z")
    >>> status_of(Status.PROPOSED, "2024-03-03T00:00:00Z", rejected)
    <Status.REJECTED: 'rejected'>
    >>> status_of(Status.PROPOSED, "2024-03-01T00:00:00Z", rejected)
    <Status.PROPOSED: 'proposed'>
    """
    if status is not Status.PROPOSED or settled is None:
        return status
    return status if settled.status is Status.REJECTED and loaded_at <= settled.at else settled.status


def settled_values(connection: Connection, canonical: Collection[str]) -> dict[Key, Settled]:
    """Look up what is settled of canonical entities, by claims of older contents of their articles too."""
    last: dict[str, tuple[Key, Row[Any]]] = {}
    for some in pieces(sorted(canonical), _IDS_AT_ONCE):
        query = _keyed(_DECISION.claim, _DECISION.verdict, _DECISION.at).join(
            schema.decision, _DECISION.claim == _STATEMENT.claim
        )
        for row in connection.execute(query.where(_ENTITY.id.in_(_members(some))).order_by(_DECISION.seq)):
            last[row.claim] = _key(row), row
    found: dict[Key, Settled] = {}
    for key, row in last.values():
        given = Settled(Status(row.verdict), row.at)
        found[key] = max(found.get(key, given), given, key=lambda one: (one.status is Status.ACCEPTED, one.at))
    return {key: given for key, given in found.items() if given.status is not Status.PROPOSED}


def settled_statements(connection: Connection) -> dict[int, Status]:
    """Give the statements that no decision is about and whose value is settled all the same, each with its status."""
    canonical = select(held_as(_ENTITY)).distinct().join(schema.statement, _STATEMENT.entity_id == _ENTITY.id)
    canonical = canonical.where(_STATEMENT.claim.in_(select(_DECISION.claim)))
    settled = settled_values(connection, list(connection.execute(canonical).scalars()))
    found: dict[int, Status] = {}
    for some in pieces(sorted({key.entity_id for key in settled}), _IDS_AT_ONCE):
        props = {key.prop for key in settled if key.entity_id in some}
        open_ = _ENTITY.id.in_(_members(some)) & _STATEMENT.property.in_(props) & (_STATEMENT.status == Status.PROPOSED)
        query = _keyed(_STATEMENT.seq, schema.revision.c.loaded_at).join(
            schema.revision, _STATEMENT.revision_id == schema.revision.c.id
        )
        for row in connection.execute(query.where(open_)):
            status = status_of(Status.PROPOSED, row.loaded_at, settled.get(_key(row)))
            if status is not Status.PROPOSED:
                found[row.seq] = status
    return found


def same_value(connection: Connection, claims: Collection[str]) -> list[str]:
    """Give the claims of the current contents that make the same values as these, these among them."""
    known = {_key(row) for some in pieces(sorted(claims)) for row in _rows(connection, _STATEMENT.claim.in_(some))}
    found = set(claims)
    for some in pieces(sorted({key.entity_id for key in known}), _IDS_AT_ONCE):
        props = {key.prop for key in known if key.entity_id in some}
        wanted = _ENTITY.id.in_(_members(some)) & _STATEMENT.property.in_(props)
        rows = _rows(connection, wanted & (_STATEMENT.status != Status.SUPERSEDED.value))
        found.update(row.claim for row in rows if _key(row) in known)
    return sorted(found)


def names_of_claims(connection: Connection, claims: Collection[str]) -> Mapping[str, list[str]]:
    """Say in words what claims say: for each of them `entity, property: value`, as last said."""
    found: dict[str, list[str]] = defaultdict(list)
    for some in pieces(sorted(claims)):
        for row in _rows(connection, _STATEMENT.claim.in_(some)):
            found[row.claim] = [row.entity, row.property, row.value]
    return found


def _rows(connection: Connection, wanted: Any) -> list[Row[Any]]:
    query = _keyed(_STATEMENT.claim, _ENTITY.name.label("entity")).where(wanted)
    return list(connection.execute(query.order_by(_STATEMENT.seq)))


def _keyed(*columns: Any) -> Select[Any]:
    """Begin a query of statements with what makes their key."""
    return (
        select(
            *columns,
            held_as(_ENTITY).label("canonical_id"),
            _STATEMENT.property,
            _STATEMENT.value,
            held_as(_TARGET.c).label("value_id"),
            _STATEMENT.modality,
        )
        .select_from(schema.statement)
        .join(schema.entity, _STATEMENT.entity_id == _ENTITY.id)
        .outerjoin(_TARGET, _STATEMENT.value_id == _TARGET.c.id)
    )


def _members(canonical: Collection[str]) -> Any:
    return union(
        select(_ENTITY.id).where(_ENTITY.canonical_id.in_(canonical)),
        select(_ENTITY.id).where(_ENTITY.id.in_(canonical), _ENTITY.canonical_id.is_(None)),
    )


def _key(row: Row[Any]) -> Key:
    return Key(row.canonical_id, row.property, row.value_id or folded(row.value), row.modality)
