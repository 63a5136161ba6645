"""What an endpoint was told, and how that differs from the registry: the table `delivery`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from pipeline.registry import schema
from pipeline.registry.belief.settled import settled_statements
from pipeline.registry.belief.statements import select_statements
from pipeline.registry.database import lock
from pipeline.registry.database.held import held_as
from pipeline.registry.handout.push.message import (
    Article,
    Assertion,
    Message,
    Named,
    Retraction,
    State,
    as_json,
    message_key,
    statement_id,
)
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts.decisions import pieces

TRIES = 5  # so many refusals, and a statement is no longer sent by itself

_ENTITY, _DELIVERY, _STATEMENT = schema.entity.c, schema.delivery.c, schema.statement.c
_OWNER, _VALUE_OWNER = schema.entity.alias("owner"), schema.entity.alias("value_owner")
_OWNER_CARD, _VALUE_CARD = schema.card.alias("owner_card"), schema.card.alias("value_card")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the endpoint is to have: accepted statements, or `proposed` ones too; `again`: what it refused for good."""

    proposed: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that the endpoint did not take."""

    id: str
    op: str
    entity: str
    prop: str
    value: str
    reason: str
    tries: int


def differing(
    connection: Connection, endpoint: str, wish: Wish, after: int, limit: int
) -> tuple[list[Message], int | None]:
    """Read the first statements beyond `after` of which the endpoint does not know, or knows otherwise.

    What counts is the status that follows from decisions: a statement that says again what is settled has its status.
    Gives the messages, at most about `limit`, and after which statement to go on; None at the end.
    """
    settled = {seq: status for seq, status in settled_statements(connection).items() if seq > after}
    raw = _differing(endpoint, wish, _STATEMENT.status).where(_STATEMENT.seq > after)
    rows = list(connection.execute(raw.limit(limit)))
    end = rows[-1].seq if len(rows) == limit else None
    found = [row for row in rows if row.seq not in settled]
    for status in set(settled.values()):
        within = sorted(seq for seq, its in settled.items() if its is status and (end is None or seq <= end))
        for some in pieces(within):
            found += connection.execute(
                _differing(endpoint, wish, literal(status.value)).where(_STATEMENT.seq.in_(some))
            )
    return [_message(row) for row in sorted(found, key=lambda row: row.seq)], end


def _differing(endpoint: str, wish: Wish, status: ColumnElement[str]) -> Select[Any]:
    """Select differing statements as if this were their status, in order."""
    is_wanted = _is_wanted(wish, status)
    query = _told(endpoint).where(or_(*_differences(is_wanted, wish, status)))
    return query.add_columns(is_wanted.label("wanted"), status.label("settled")).order_by(_STATEMENT.seq)


def note_sending(connection: Connection, endpoint: str, batch: Sequence[Message], now: str) -> None:
    """Write down what is about to be told."""
    lock(connection)  # another push to the same endpoint
    theirs = and_(_DELIVERY.endpoint == endpoint, _DELIVERY.statement_seq.in_([message.seq for message in batch]))
    tries = {row.statement_seq: row for row in connection.execute(select(schema.delivery).where(theirs))}
    rows = [_delivery(message, endpoint, tries.get(message.seq), now) for message in batch]
    connection.execute(delete(schema.delivery).where(theirs))
    connection.execute(insert(schema.delivery), rows)


def note_outcome(
    connection: Connection, endpoint: str, batch: Sequence[Message], refused: Mapping[str, str], now: str
) -> None:
    """Write down what the endpoint said; of a statement that was told otherwise meanwhile, nothing."""
    this = and_(
        _DELIVERY.endpoint == endpoint,
        _DELIVERY.statement_seq == bindparam("sent_seq"),
        _DELIVERY.turn == bindparam("sent_turn"),
    )
    taken = [_parameters(message) for message in batch if message.key not in refused]
    if taken:
        connection.execute(update(schema.delivery).where(this).values(outcome="taken", reason=None, at=now), taken)
    others = [{**_parameters(m), "why": refused[m.key]} for m in batch if m.key in refused]
    if others:
        values = {"outcome": "refused", "reason": bindparam("why"), "tries": _DELIVERY.tries + 1, "at": now}
        connection.execute(update(schema.delivery).where(this).values(values), others)


def refused_statements(connection: Connection, endpoint: str) -> Iterator[Refusal]:
    """Read what the endpoint did not take, in order."""
    query = _told(endpoint).where(_DELIVERY.outcome == "refused").order_by(_STATEMENT.seq)
    for row in connection.execution_options(yield_per=1000).execute(query):
        id_ = statement_id(row.revision_id, row.claim, row.start, row.stop)
        yield Refusal(id_, row.told_op, row.owner_name, row.prop, row.value, row.told_reason, row.told_tries)


def _told(endpoint: str) -> Select[Any]:
    """Begin a query of statements with the names of their entities and what the endpoint was told."""
    query = select_statements()
    value_id = query.selected_columns.value_id
    theirs = and_(_DELIVERY.statement_seq == _STATEMENT.seq, _DELIVERY.endpoint == endpoint)
    return (
        query.join(_OWNER, _OWNER.c.id == held_as(_ENTITY))
        .outerjoin(_OWNER_CARD, _OWNER_CARD.c.id == _OWNER.c.id)
        .outerjoin(_VALUE_OWNER, _VALUE_OWNER.c.id == value_id)
        .outerjoin(_VALUE_CARD, _VALUE_CARD.c.id == _VALUE_OWNER.c.id)
        .outerjoin(schema.delivery, theirs)
        .add_columns(
            func.coalesce(_OWNER_CARD.c.name, _OWNER.c.name).label("owner_name"),
            _VALUE_OWNER.c.kind.label("value_kind"),
            func.coalesce(_VALUE_CARD.c.name, _VALUE_OWNER.c.name).label("value_name"),
            *(_DELIVERY[name].label(f"told_{name}") for name in _TOLD),
        )
    )


_TOLD = ("op", "status", "entity_id", "value_id", "turn", "tries", "reason")


def _is_wanted(wish: Wish, status: ColumnElement[str]) -> ColumnElement[bool]:
    """Narrow statements to those that the endpoint is to have; what it has as proposed it keeps while it is so."""
    kept = and_(status == Status.PROPOSED, _DELIVERY.op == "assert", _DELIVERY.status == Status.PROPOSED)
    return status.in_([Status.ACCEPTED, *([Status.PROPOSED] if wish.proposed else [])]) | func.coalesce(kept, False)


def _differences(
    is_wanted: ColumnElement[bool], wish: Wish, status: ColumnElement[str]
) -> Iterator[ColumnElement[bool]]:
    """Narrow statements to those to assert, and those to retract."""
    value_id = select_statements().selected_columns.value_id
    unsettled = _DELIVERY.outcome == "sending"
    refused = _DELIVERY.outcome == "refused"
    open_ = or_(unsettled, refused if wish.again else and_(refused, _DELIVERY.tries < TRIES))
    changed = or_(
        _DELIVERY.op != "assert",
        _DELIVERY.status != status,
        _DELIVERY.entity_id != held_as(_ENTITY),
        _DELIVERY.value_id.is_distinct_from(value_id),
    )
    yield and_(is_wanted, or_(_DELIVERY.op.is_(None), changed, open_))
    yield and_(~is_wanted, or_(_DELIVERY.op == "assert", open_))


def _message(row: Row[Any]) -> Message:
    op: Literal["assert", "retract"] = "assert" if row.wanted else "retract"
    state = State(op, row.settled, row.canonical_id, row.value_id)
    before = State(row.told_op, row.told_status, row.told_entity_id, row.told_value_id)
    turn = row.told_turn if state == before else (row.told_turn or 0) + 1
    id_ = statement_id(row.revision_id, row.claim, row.start, row.stop)
    key = message_key(id_, turn, state)
    told = _assertion(row, id_, turn, key) if row.wanted else Retraction(id_, "retract", turn, key, row.settled)
    return Message(row.seq, state, told, as_json(told))


def _assertion(row: Row[Any], id_: str, turn: int, key: str) -> Assertion:
    return Assertion(
        id=id_,
        op="assert",
        turn=turn,
        key=key,
        entity=Named(row.canonical_id, row.kind, row.owner_name),
        property=row.prop,
        value=row.value,
        value_entity=None if row.value_id is None else Named(row.value_id, row.value_kind, row.value_name),
        original=row.original,
        start=row.start,
        stop=row.stop,
        quote=row.quote,
        quote_start=row.quote_start,
        quote_stop=row.quote_stop,
        article=Article(row.article_id, row.origin, row.url, row.title, row.site, row.published_at),
        rule=row.rule,
        version=row.version,
        confidence=row.confidence,
        modality=row.modality,
        status=row.settled,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
    )


def _delivery(message: Message, endpoint: str, before: Row[Any] | None, now: str) -> dict[str, Any]:
    state, turn = message.state, message.told.turn
    is_same = before is not None and before.turn == turn
    return {
        "endpoint": endpoint,
        "statement_seq": message.seq,
        "op": state.op,
        "status": state.status,
        "entity_id": state.entity_id,
        "value_id": state.value_id,
        "turn": turn,
        "outcome": "sending",
        "tries": before.tries if before is not None and is_same else 0,
        "reason": before.reason if before is not None and is_same else None,
        "at": now,
    }


def _parameters(message: Message) -> dict[str, Any]:
    return {"sent_seq": message.seq, "sent_turn": message.told.turn}
