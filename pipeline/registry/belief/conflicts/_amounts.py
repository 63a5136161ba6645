"""Two amounts of the same: of one subject, one measure and one day."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.belief.conflicts._side import Conflict, ConflictKind, Side, conflict
from pipeline.registry.belief.conflicts._since import members_at_ends
from pipeline.registry.belief.conflicts._where import entities_where
from pipeline.registry.belief.relations import Reading, read_relations
from pipeline.registry.belief.testimony import chunks
from pipeline.registry.belief.values import best
from pipeline.registry.belief.view import RelationView, Testimony, Value
from pipeline.registry.kinds import EntityKind

_KINDS = (EntityKind.AMOUNT, EntityKind.QUANTITY)


class _Same(NamedTuple):
    """What makes amounts amounts of the same."""

    subject: str
    measure: str
    date: str
    unit: str
    modality: FactStatus


def amounts(reading: Reading, since: str | None = None) -> Iterator[Conflict]:
    """Find them; amounts that no date stands with may be of different times, and are no conflict."""
    groups: dict[_Same, list[RelationView]] = defaultdict(list)
    for chunk in chunks(_candidates(reading, since)):
        for relation in read_relations(reading, chunk).values():
            if same := _same(relation):
                groups[same].append(relation)
    for same, relations in groups.items():
        clashing = [one for one in relations if any(_contradict(one, other) for other in relations if other is not one)]
        if len(clashing) > 1:
            subject = next(value for value in clashing[0].values if value.prop == "subject")
            of = (str(subject.value_id), clashing[0].kind, f"{subject.value}: {same.measure}, {same.date}")
            yield conflict(ConflictKind.AMOUNTS, of, "min", map(_side, clashing))


def _candidates(reading: Reading, since: str | None) -> list[str]:
    """Give the amounts that have a subject; many have none. `since`: only of subjects of which one is new."""
    statement, entity = schema.statement.c, schema.entity.c
    has_subject = (statement.property == "subject") & statement.value_id.is_not(None)
    if since is not None:
        has_subject &= statement.value_id.in_(members_at_ends(since, _KINDS, "subject"))
    return entities_where(reading, entity.kind.in_(_KINDS) & has_subject)


def _same(relation: RelationView) -> _Same | None:
    subject, measure, date = (_told(relation, prop) for prop in ("subject", "measure", "date"))
    if not (subject and subject.value_id and measure and date):
        return None
    unit = _told(relation, "currency") or _told(relation, "unit")
    return _Same(subject.value_id, measure.value, date.value, unit.value if unit else "", relation.modality)


def _told(relation: RelationView, prop: str) -> Value | None:
    return best(relation.values, prop, relation.modality)


def _contradict(one: RelationView, other: RelationView) -> bool:
    """Tell whether no amount lies within both; an article that names both tells them apart."""
    if {said.article_id for said in _said(one)} & {said.article_id for said in _said(other)}:
        return False
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return high < other_low or other_high < low


def _said(relation: RelationView) -> tuple[Testimony, ...]:
    return tuple(said for value in relation.values if value.prop in {"min", "max"} for said in value.testimony)


def _bounds(relation: RelationView) -> tuple[Decimal, Decimal]:
    low, high = (_number(_told(relation, prop)) for prop in ("min", "max"))
    return low if low is not None else Decimal("-Infinity"), high if high is not None else Decimal("Infinity")


def _number(value: Value | None) -> Decimal | None:
    try:
        return Decimal(value.value) if value else None
    except InvalidOperation:
        return None


def _side(relation: RelationView) -> Side:
    bounds = [value for prop in ("min", "max") if (value := _told(relation, prop))]
    unit = _told(relation, "currency") or _told(relation, "unit")
    written = "–".join(dict.fromkeys(value.value for value in bounds))
    written += f" {unit.value}" if unit else ""
    testimony = bounds[0].testimony if bounds else ()
    return Side(written, relation.id, relation.modality, relation.standing, testimony)
