"""What cannot all be so: contradictions of the registry, the most important first.

    holders       two held a post of one at the same time
    values        two values of a property that has one at a time
    amounts       two amounts of the same, of the same day
    identifiers   one ИНН or ОГРН of two organizations
    denials       what some say others deny

Each kind is found by a query that narrows the registry to what may be in conflict, then decided on what is believed of
that: what the keeper rejected is no side of a conflict.
New amounts are looked for among what was touched (`_since`); of the other kinds the queries of all take less time.
A new kind is a module here and its row in `_FINDERS`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

from sqlalchemy import Connection

from pipeline.registry.belief.conflicts._amounts import amounts
from pipeline.registry.belief.conflicts._denials import denials
from pipeline.registry.belief.conflicts._holders import doubtful_posts, holders
from pipeline.registry.belief.conflicts._identifiers import identifiers
from pipeline.registry.belief.conflicts._leading import leading
from pipeline.registry.belief.conflicts._side import Conflict, ConflictKind, Side
from pipeline.registry.belief.conflicts._values import doubtful_entities, values
from pipeline.registry.belief.relations import Reading
from pipeline.registry.belief.trust import trust_of

__all__ = ["Conflict", "ConflictKind", "Side", "conflicts", "leading_conflicts"]

_Finder = Callable[[Reading, str | None], Iterator[Conflict]]
_FINDERS: Mapping[ConflictKind, _Finder] = MappingProxyType(
    {
        ConflictKind.HOLDERS: lambda reading, _: holders(reading, doubtful_posts(reading)),
        ConflictKind.IDENTIFIERS: lambda reading, _: identifiers(reading),
        ConflictKind.DENIALS: lambda reading, _: denials(reading),
        ConflictKind.AMOUNTS: amounts,
        ConflictKind.VALUES: lambda reading, _: values(reading, doubtful_entities(reading)),
    }
)


def conflicts(
    connection: Connection, kinds: Collection[ConflictKind] = (), *, since: str | None = None
) -> tuple[Conflict, ...]:
    """Find the conflicts of some kinds, or all; `since`: a time, only those that something loaded since then made."""
    reading = Reading(connection, trust_of(connection))
    found = [
        conflict
        for kind, finder in _FINDERS.items()
        if kind in (kinds or _FINDERS)
        for conflict in finder(reading, since)
    ]
    wanted = (conflict for conflict in found if since is None or conflict.since >= since)
    return tuple(sorted(wanted, key=lambda one: (-one.importance, one.kind, one.name, one.entity_id)))


def leading_conflicts(connection: Connection) -> Iterator[Conflict]:
    """Find all conflicts one after the other, of what most articles speak of first; the first of them soon."""
    reading = Reading(connection, trust_of(connection))
    yield from identifiers(reading)
    yield from leading(reading)
    yield from denials(reading)
    yield from amounts(reading)
