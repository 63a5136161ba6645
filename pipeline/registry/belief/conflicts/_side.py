"""A conflict and its sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import log10
from types import MappingProxyType

from pipeline.fact import FactStatus
from pipeline.registry.belief.view import Testimony, Value
from pipeline.registry.kinds import EntityKind


class ConflictKind(StrEnum):
    """What cannot be."""

    HOLDERS = "holders"
    VALUES = "values"
    AMOUNTS = "amounts"
    IDENTIFIERS = "identifiers"
    DENIALS = "denials"


# How much a conflict of a kind matters, whoever its sides are: a wrong head of a body more than a wrong kind of it.
_MATTERS = MappingProxyType(
    {
        ConflictKind.HOLDERS: 1.0,
        ConflictKind.IDENTIFIERS: 1.0,
        ConflictKind.DENIALS: 0.9,
        ConflictKind.AMOUNTS: 0.8,
        ConflictKind.VALUES: 0.6,
    }
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of what cannot all be so, by those who say it; `value_id` is set where it is an entity."""

    value: str
    value_id: str | None
    modality: FactStatus
    standing: float
    testimony: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction about an entity; the side that is believed most comes first.

    `prop` is the property, or for a relation the end that it is about. `since`: when what completed it was loaded.
    """

    kind: ConflictKind
    entity_id: str
    entity_kind: EntityKind
    name: str
    prop: str
    sides: tuple[Side, ...]
    importance: float
    since: str


def side(value: Value, written: str | None = None) -> Side:
    """Make a side of a value; `written` says it in other words."""
    return Side(written or value.value, value.value_id, value.modality, value.standing, value.testimony)


def conflict(kind: ConflictKind, of: tuple[str, EntityKind, str], prop: str, sides: Iterable[Side]) -> Conflict:
    """Put sides together; what is as well believed as the rest, and told by many, matters most."""
    ordered = tuple(sorted(sides, key=lambda one: (-one.standing, one.value)))
    told = sum(len(one.testimony) for one in ordered)
    importance = round(_MATTERS[kind] * ordered[1].standing * (1 + log10(told)), 4)
    began = sorted(min(said.loaded_at for said in one.testimony) for one in ordered)
    return Conflict(kind, *of, prop, ordered, importance, began[1])
