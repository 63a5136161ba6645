"""Testimony gathered into values, each with its standing.

Pure: given statements as `testimony` reads them, and the names of what they speak of.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from pipeline.fact import FactStatus
from pipeline.registry.belief.days import days_between
from pipeline.registry.belief.standing import Support, standing
from pipeline.registry.belief.testimony import Said
from pipeline.registry.belief.view import Testimony, Value
from pipeline.registry.folding import folded
from pipeline.registry.kinds import PROPERTIES, Status

CHANGING = frozenset({"status", "parent"})  # properties whose newer values take the place of older ones

_ORDER = MappingProxyType({name: number for number, name in enumerate(PROPERTIES)})
_MODALITIES = MappingProxyType({modality: number for number, modality in enumerate(FactStatus)})
_COUNTS = frozenset({Status.PROPOSED, Status.ACCEPTED})

_wording = lru_cache(maxsize=1 << 14)(folded)  # a quote is weighed for each value that it tells

Key = tuple[str, str]  # a property and its value, folded, or the id of the value


def key_of(said: Said) -> Key:
    """Tell which value a statement is of."""
    return said.prop, said.value_id or folded(said.value)


def values_of(said: Iterable[Said], names: Mapping[str, str], *, rejected: bool = False) -> tuple[Value, ...]:
    """Gather what is said of one entity into values: of each property those that are so first, then the best.

    What is superseded does not count; `rejected` keeps values that the keeper rejected.
    """
    live = [one for one in said if one.testimony.status is not Status.SUPERSEDED]
    groups: dict[tuple[Key, FactStatus], list[Said]] = defaultdict(list)
    for one in live:
        groups[key_of(one), one.testimony.modality].append(one)
    newest = _newest(live)
    found = []
    for (key, modality), group in groups.items():
        denials = groups.get((key, FactStatus.DENIED), []) if modality is FactStatus.ACTUAL else []
        found.append(_value(group, denials, newest.get(key[0]), names))
    kept = (value for value in found if rejected or value.status is not Status.REJECTED)
    return tuple(sorted(kept, key=_rank))


def best(values: Iterable[Value], prop: str, modality: FactStatus = FactStatus.ACTUAL) -> Value | None:
    """Give the value of a property that is believed most."""
    return next((value for value in values if value.prop == prop and value.modality is modality), None)


def supports(said: Iterable[Testimony]) -> list[Support]:
    """Weigh testimony; what the keeper rejected weighs nothing."""
    return [
        Support(one.source, one.weight, one.confidence, _wording(one.quote or "") or one.revision_id)
        for one in said
        if one.status in _COUNTS
    ]


def _value(group: Sequence[Said], denials: Iterable[Said], newest: str | None, names: Mapping[str, str]) -> Value:
    testimony = tuple(sorted((one.testimony for one in group), key=_surest_first))
    status = _status(testimony)
    first = group[0]
    behind = _behind(testimony, newest) if first.prop in CHANGING else 0
    settled = {Status.ACCEPTED: 1.0, Status.REJECTED: 0.0}
    against = supports(one.testimony for one in denials)
    return Value(
        prop=first.prop,
        value=names.get(first.value_id or "") or _written(group),
        value_id=first.value_id,
        standing=settled[status] if status in settled else standing(supports(testimony), against, behind),
        status=status,
        modality=first.testimony.modality,
        first_seen=min(filter(None, (one.first_seen for one in testimony)), default=None),
        last_seen=max(filter(None, (one.last_seen for one in testimony)), default=None),
        testimony=testimony,
        statements=sum(one.alike for one in group),
    )


def _status(testimony: Iterable[Testimony]) -> Status:
    there = {one.status for one in testimony}
    return next(status for status in (Status.ACCEPTED, Status.PROPOSED, Status.REJECTED) if status in there)


def _written(group: Iterable[Said]) -> str:
    """Choose the spelling that is met most; of those met as often, the one with ё."""
    spellings = Counter(one.value for one in group)
    return max(spellings, key=lambda spelling: (spellings[spelling], "ё" in spelling, spelling))


def _newest(said: Iterable[Said]) -> dict[str, str]:
    """Tell of each property when something was last said to be so."""
    newest: dict[str, str] = {}
    for one in said:
        day = one.testimony.day
        if day and one.testimony.status in _COUNTS and one.testimony.modality is FactStatus.ACTUAL:
            newest[one.prop] = max(newest.get(one.prop, ""), day)
    return newest


def _behind(testimony: Iterable[Testimony], newest: str | None) -> int:
    own = max(filter(None, (one.day for one in testimony if one.status in _COUNTS)), default=None)
    return days_between(own, newest) if own and newest else 0


def _surest_first(one: Testimony) -> tuple[bool, bool, float, str, int]:
    return (
        one.status is not Status.ACCEPTED,
        one.status is Status.REJECTED,
        -one.weight * one.confidence,
        one.first_seen or "",
        one.seq,
    )


def _rank(value: Value) -> tuple[int, int, float, int, str]:
    order = _ORDER.get(value.prop, len(_ORDER))
    return order, _MODALITIES[value.modality], -value.standing, -value.statements, value.value
