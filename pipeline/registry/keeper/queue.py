"""What deserves a human's minute first.

    identity    two entities that may be one
    conflict    values of one property that cannot all be so
    cluster     a cluster that nobody has looked at, or a new status of one
    holder      somebody in a post, the latest first
    value       the rest: of entities that most articles speak of, the least believed value first

What is decided, or settled by what was decided, is left out. Lazy: items are found one after the other, a few cards at
a time, so that the first of them take no longer in a large registry than in a small one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import merge
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, select

from pipeline.registry import schema
from pipeline.registry.belief.conflicts import ConflictKind
from pipeline.registry.belief.disputed import disputed, still_disputed
from pipeline.registry.belief.testimony import members_query
from pipeline.registry.belief.trust import Trust, trust_of
from pipeline.registry.belief.view import Value
from pipeline.registry.database.held import held_as
from pipeline.registry.ids import digest
from pipeline.registry.keeper.asked import Asked, asked_of
from pipeline.registry.keeper.questions import UndecidedPair, is_undecided, undecided
from pipeline.registry.kinds import RELATION_KEYS, EntityKind, Status

_AT_ONCE = 20  # entities read together
_OF_CARDS = (EntityKind.ORGANIZATION, EntityKind.PERSON, EntityKind.POST, EntityKind.EVENT)
_FIRST_ENDS = frozenset(keys[0] for kind, keys in RELATION_KEYS.items() if kind is not EntityKind.OCCUPANCY)
_PERSON_NAME = frozenset({"name", "first", "patronymic", "last"})
_STATEMENT, _ENTITY, _CARD = schema.statement.c, schema.entity.c, schema.card.c


class Matter(StrEnum):
    """What an item asks."""

    IDENTITY = "identity"
    CONFLICT = "conflict"
    CLUSTER = "cluster"
    HOLDER = "holder"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Item:
    """One question: are these values of the entity so; `others` is what else is said of the same properties."""

    matter: Matter
    entity_id: str
    kind: EntityKind
    name: str
    values: tuple[Value, ...]
    others: tuple[Value, ...] = ()
    articles: int = 0
    about: str = ""  # of a conflict: its kind
    pair: UndecidedPair | None = None  # of identity: the two that may be one

    @property
    def keys(self) -> frozenset[str]:
        """Name what is asked, value by value."""
        if self.pair:
            return frozenset({digest(self.pair.left.id, self.pair.right.id)})
        return frozenset(digest(self.entity_id, *_of(value)) for value in self.values)


def queue(
    connection: Connection, *, matter: Matter | None = None, limit: int = 50, without: AbstractSet[str] = frozenset()
) -> list[Item]:
    """Give the next items; `without`: the keys of what was put off."""
    trust = trust_of(connection)
    wanted = _SOURCES.values() if matter is None else [_SOURCES[matter]]
    items = chain.from_iterable(source(connection, trust) for source in wanted)
    return list(islice((item for item in items if not item.keys <= without), limit))


def still_asked(connection: Connection, item: Item) -> Item | None:
    """Read an item anew, since somebody may have decided on it; None where nothing of it is left to decide."""
    if item.pair:
        ids = item.pair.left.id, item.pair.right.id
        return item if is_undecided(connection, *ids) else None
    if item.matter is Matter.CONFLICT:
        sides = still_disputed(connection, item.values)
        return replace(item, values=sides) if sides else None
    there = next(iter(asked_of(connection, [item.entity_id], trust_of(connection))), None)
    if there is None:
        return None
    wanted = {_of(value) for value in item.values}
    values = tuple(value for value in there.undecided if _of(value) in wanted)
    return replace(item, values=values, others=_others(there, values)) if values else None


def _identities(connection: Connection, _: Trust) -> Iterator[Item]:
    """Give the pairs that may be one; more of them are read as more are wanted."""
    seen, limit = 0, _AT_ONCE
    while len(pairs := undecided(connection, limit)) > seen:
        for pair in pairs[seen:]:
            yield Item(Matter.IDENTITY, pair.left.id, pair.kind, pair.left.name, (), pair=pair)
        seen, limit = len(pairs), limit * 4


def _conflicts(connection: Connection, trust: Trust) -> Iterator[Item]:
    """Give the conflicts; those of an entity that nothing more is asked of are none."""
    for conflict, values in disputed(connection):
        asked = asked_of(connection, [conflict.entity_id], trust) if conflict.kind is ConflictKind.VALUES else ()
        if conflict.kind is not ConflictKind.VALUES or any(there.undecided for there in asked):
            of = conflict.entity_id, conflict.entity_kind, conflict.name
            yield Item(Matter.CONFLICT, *of, values, about=conflict.kind)


def _clusters(connection: Connection, trust: Trust) -> Iterator[Item]:
    for card, there in _carded(connection, trust, _cards(connection, EntityKind.CLUSTER)):
        if there.undecided:
            yield _item(Matter.CLUSTER, there, there.undecided, card.articles)


def _holders(connection: Connection, trust: Trust) -> Iterator[Item]:
    for batch in _batches(_newest_holders(connection)):
        for there in asked_of(connection, batch, trust):
            if there.undecided:
                yield _item(Matter.HOLDER, there, there.undecided)


def _values(connection: Connection, trust: Trust) -> Iterator[Item]:
    cards = merge(*(_cards(connection, kind) for kind in _OF_CARDS), key=lambda card: -card.articles)
    for card, there in _carded(connection, trust, chain(cards, _cards(connection, EntityKind.PLACE))):
        for values in _questions(there):
            yield _item(Matter.VALUE, there, values, card.articles)
        for batch in _batches(_relations(connection, card.id)):
            for relation in asked_of(connection, batch, trust):
                if relation.undecided:
                    yield _item(Matter.VALUE, relation, relation.undecided, card.articles)


_SOURCES: Mapping[Matter, Callable[[Connection, Trust], Iterator[Item]]] = MappingProxyType(
    {
        Matter.IDENTITY: _identities,
        Matter.CONFLICT: _conflicts,
        Matter.CLUSTER: _clusters,
        Matter.HOLDER: _holders,
        Matter.VALUE: _values,
    }
)


def _questions(there: Asked) -> Iterator[tuple[Value, ...]]:
    """Part what is undecided of a named entity into questions, the least believed first; a person's name is one."""
    named = tuple(value for value in there.undecided if value.prop in _PERSON_NAME and there.kind is EntityKind.PERSON)
    rest = [(value,) for value in there.undecided if value not in named]
    yield from sorted([named, *rest] if named else rest, key=lambda values: min(value.standing for value in values))


def _item(matter: Matter, there: Asked, values: tuple[Value, ...], articles: int = 0) -> Item:
    return Item(matter, there.id, there.kind, there.name, values, _others(there, values), articles)


def _others(there: Asked, values: tuple[Value, ...]) -> tuple[Value, ...]:
    props = {value.prop for value in values}
    asked = {_of(value) for value in values}
    return tuple(value for value in there.values if value.prop in props and _of(value) not in asked)


def _of(value: Value) -> tuple[str, str, str]:
    return value.prop, value.value_id or value.value, value.modality


def _cards(connection: Connection, kind: EntityKind) -> Iterator[Row[Any]]:
    """Give the cards of a kind, those that most articles speak of first."""
    query = select(_CARD.id, _CARD.articles).where(_CARD.kind == kind.value).order_by(_CARD.articles.desc())
    rows: Iterable[Row[Any]] = connection.execute(query.execution_options(yield_per=_AT_ONCE))
    yield from rows


def _carded(connection: Connection, trust: Trust, cards: Iterable[Row[Any]]) -> Iterator[tuple[Row[Any], Asked]]:
    for batch in _batches(cards):
        of = {card.id: card for card in batch}
        for there in asked_of(connection, list(of), trust):
            yield of[there.id], there


def _newest_holders(connection: Connection) -> Iterator[str]:
    """Give the occupancies with a holder that is proposed, the one loaded last first."""
    query = (
        select(held_as(_ENTITY))
        .join(schema.statement, _STATEMENT.entity_id == _ENTITY.id)
        .where(_STATEMENT.property == "holder", _STATEMENT.status == Status.PROPOSED.value)
        .order_by(_STATEMENT.seq.desc())
    )
    seen = set()
    for id_ in connection.execute(query.execution_options(yield_per=_AT_ONCE)).scalars():
        if id_ not in seen:
            seen.add(id_)
            yield id_


def _relations(connection: Connection, canonical: str) -> list[str]:
    """Give the relations but occupancies that an entity is the first end of, and that something is proposed of."""
    query = (
        select(held_as(_ENTITY))
        .distinct()
        .join(schema.statement, _STATEMENT.entity_id == _ENTITY.id)
        .where(_STATEMENT.value_id.in_(members_query([canonical])), _STATEMENT.property.in_(_FIRST_ENDS))
        .where(_STATEMENT.status == Status.PROPOSED.value)
    )
    return sorted(connection.execute(query).scalars())


def _batches(some: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut into batches that grow: what comes first is often the largest, and often all that is wanted."""
    rest, size = iter(some), 1
    while batch := list(islice(rest, size)):
        yield batch
        size = min(size * 2, _AT_ONCE)
