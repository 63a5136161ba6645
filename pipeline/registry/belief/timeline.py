"""An entity's dated moments in their order: who came and went, what was signed, held, paid and promised when."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.fact import FactStatus
from pipeline.registry.belief.days import Days, read_days
from pipeline.registry.belief.values import best
from pipeline.registry.belief.view import Certainty, EntityView, RelationView, Term, Testimony
from pipeline.registry.kinds import EntityKind


@dataclass(frozen=True, slots=True)
class Moment:
    """Something within `days`. `what` is `begun`, `ended`, `seen`, a property of the entity or the relation's kind."""

    days: Days
    what: str
    text: str
    relation_id: str | None
    certainty: Certainty
    modality: FactStatus
    standing: float
    testimony: Testimony | None


def timeline(view: EntityView) -> tuple[Moment, ...]:
    """Put an entity's moments in order, those of one day as they are believed."""
    found = [*_own(view), *(moment for relation in view.relations for moment in _of(relation))]
    return tuple(
        sorted(found, key=lambda one: (one.days.first or one.days.last, one.days.last, -one.standing, one.text))
    )


def _own(view: EntityView) -> Iterator[Moment]:
    """Take statuses from the day of the article that said them first, and an event's own days."""
    for value in view.values:
        if value.prop == "status":
            days = sorted((said.day, said.seq, said) for said in value.testimony if said.day)
            if days:
                at = Days(days[0][0] or "", days[0][0] or "")
                yield Moment(
                    at, "status", value.value, None, Certainty.SEEN, value.modality, value.standing, days[0][2]
                )
        elif value.prop in {"start", "end"} and (stretch := read_days(value.value)):
            said = value.testimony[0]
            yield Moment(stretch, value.prop, view.name, None, Certainty.KNOWN, value.modality, value.standing, said)


def _of(relation: RelationView) -> Iterator[Moment]:
    if relation.kind is EntityKind.OCCUPANCY:
        for term in relation.terms:
            yield from _of_term(relation, term)
        return
    for value in relation.values:
        if value.prop == "date" and (days := read_days(value.value)):
            yield _moment(relation, days, relation.kind.value, Certainty.KNOWN)


def _of_term(relation: RelationView, term: Term) -> Iterator[Moment]:
    for bound, what in ((term.start, "begun"), (term.end, "ended")):
        if bound.days is not None:
            seen = bound.certainty is Certainty.SEEN
            yield _moment(relation, bound.days, "seen" if seen else what, bound.certainty)


def _moment(relation: RelationView, days: Days, what: str, certainty: Certainty) -> Moment:
    told = best(relation.values, "date") or best(relation.values, "status") or relation.values[0]
    return Moment(
        days, what, relation.name, relation.id, certainty, relation.modality, relation.standing, told.testimony[0]
    )
