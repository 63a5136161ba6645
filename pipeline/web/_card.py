"""An entity as its card shows it: properties, relations by kind, and what is dated on a line of time. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.registry.belief.days import Days
from pipeline.registry.belief.timeline import Moment, timeline
from pipeline.registry.belief.view import Bound, Certainty, EntityView, RelationView, Term, Value
from pipeline.registry.kinds import NAMED, EntityKind
from pipeline.russian import format as format_
from pipeline.russian.labels import GROUPS, ROLES, value_name

MOST_DATED = 80
_DATES = ("start", "date", "end")
_AMOUNTS = (EntityKind.AMOUNT, EntityKind.QUANTITY)
_PARTS_OF_AMOUNT = frozenset({"min", "max", "currency", "text", "approximate"})
_ORDER = {prop: place for place, prop in enumerate(("agreement", "measure", "holder", "post", "body", "subject"))}
_UNSAID = frozenset({"unresolved"})


@dataclass(frozen=True, slots=True)
class End:
    """An end of a relation as text, with its role; `id` when it is an entity."""

    role: str
    name: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A relation in a list: what it joins, when, how; `values` carry the evidence."""

    relation: RelationView
    ends: tuple[End, ...]
    amount: str
    period: str
    statuses: tuple[Value, ...]
    witnesses: int


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment on the line of time. `sure`: its date was said; else it is the day of an article."""

    when: str
    what: str
    row: Row | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Card:
    """All that the page shows of an entity beside the entity itself."""

    aliases: tuple[Value, ...]
    properties: tuple[tuple[str, tuple[Value, ...]], ...]
    groups: tuple[tuple[EntityKind, tuple[Row, ...]], ...]
    dated: tuple[Dated, ...]


def card(entity: EntityView) -> Card:
    """Arrange an entity for its card."""
    rows = [row_of(relation, entity.id) for relation in entity.relations]
    order = {kind: place for place, kind in enumerate(GROUPS)}
    rows.sort(key=lambda row: order[row.relation.kind])
    groups = tuple((kind, tuple(some)) for kind, some in groupby(rows, key=lambda row: row.relation.kind))
    return Card(
        aliases=tuple(_names(entity)),
        properties=_properties(entity.values),
        groups=groups,
        dated=_dated(entity, {row.relation.id: row for row in rows})[-MOST_DATED:],
    )


def _names(entity: EntityView) -> Iterator[Value]:
    seen = {entity.name}
    for value in entity.values:
        if value.prop in {"name", "alias"} and value.value not in seen:
            seen.add(value.value)
            yield value


def _properties(values: Iterable[Value]) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(value.prop, []).append(value)
    return tuple((prop, tuple(some)) for prop, some in found.items())


def row_of(relation: RelationView, seen_from: str = "") -> Row:
    """Arrange a relation as it is seen from one of its ends, or from nowhere."""
    values = relation.values
    amount = _amount(values) if relation.kind in _AMOUNTS else ""
    skipped = {*_DATES, "status", *_UNSAID, *(_PARTS_OF_AMOUNT if amount else ())}
    statuses = tuple(value for value in values if value.prop == "status")
    period = "; ".join(filter(None, map(term, relation.terms))) or _period(values)
    return Row(relation, _ends(relation, seen_from, skipped), amount, period, statuses, witnesses(values))


def _ends(relation: RelationView, seen_from: str, skipped: set[str]) -> tuple[End, ...]:
    """List what a relation joins but the entity that it is seen from; a body that the post's name says is not told."""
    if relation.kind in NAMED:
        return (End("", relation.name, relation.id),)
    shown = [value for value in relation.values if value.prop not in skipped and value.value_id != seen_from]
    posts = [value.value for value in shown if value.prop == "post"]
    shown = [value for value in shown if value.prop != "body" or not any(value.value in post for post in posts)]
    shown.sort(key=lambda value: _ORDER.get(value.prop, len(_ORDER)))
    ends = (
        End(role_name(relation.kind, value.prop), value_name(value.value, value.prop), value.value_id)
        for value in shown
    )
    return tuple({end.name: end for end in ends}.values())


def role_name(kind: EntityKind, prop: str) -> str:
    """Name the part that an end plays in a relation."""
    return ROLES.get((kind, prop), "")


def witnesses(values: Iterable[Value]) -> int:
    """Count the articles that say any of these."""
    return len({told.article_id for value in values for told in value.testimony})


def _first(values: Iterable[Value], prop: str) -> str | None:
    return next((value.value for value in values if value.prop == prop), None)


def _amount(values: tuple[Value, ...]) -> str:
    low, high = _first(values, "min"), _first(values, "max")
    if low is None and high is None:
        return _first(values, "text") or ""
    about = "около " if _first(values, "approximate") else ""
    per = _first(values, "per_unit")
    return f"{about}{format_.amount(low, high, _first(values, 'currency'))}{f' {per}' if per else ''}"


def _period(values: tuple[Value, ...]) -> str:
    start, date, end = (_first(values, prop) for prop in _DATES)
    if start and end:
        return f"{format_.period(start)} – {format_.period(end)}"
    parts = [format_.period(date)] if date else []
    parts += [format_.since(start)] if start else []
    parts += [format_.until(end)] if end else []
    return ", ".join(parts)


def term(of: Term) -> str:
    """Write a term in a post, each bound by how it is known; what nobody has said is left out."""
    if of.start.certainty is Certainty.SEEN and of.end.certainty is Certainty.OPEN:
        first, last = format_.day(of.first_seen), format_.day(of.last_seen)
        return f"упоминается {first}" if first == last else f"упоминается {first} – {last}"
    return ", ".join(filter(None, (_bound(of.start, _STARTS), _bound(of.end, _ENDS))))


def _bound(bound: Bound, words: Mapping[Certainty, Callable[[str], str]]) -> str:
    return words[bound.certainty](_written(bound)) if bound.days and bound.certainty in words else ""


def _written(bound: Bound) -> str:
    return _span(bound.days) if bound.days else ""


def _span(days: Days) -> str:
    return days.first if days.first == days.last else f"{days.first or '..'}/{days.last or '..'}"


def _dated(entity: EntityView, rows: Mapping[str, Row]) -> tuple[Dated, ...]:
    return tuple(
        Dated(format_.period(_span(one.days)), _what(one), rows.get(one.relation_id or ""), one.certainty in _SURE)
        for one in timeline(entity)
    )


def _what(moment: Moment) -> str:
    if moment.what == "status":
        return value_name(moment.text, "status")
    word = _MOMENTS.get(moment.what, "")
    return f"{word} не позднее" if moment.certainty is Certainty.AT_LATEST else word


_MOMENTS = {"begun": "начало", "ended": "конец", "seen": "упоминается", "start": "начало", "end": "конец"}
_SURE = frozenset({Certainty.KNOWN})
_STARTS: Mapping[Certainty, Callable[[str], str]] = {
    Certainty.KNOWN: format_.since,
    Certainty.AT_LATEST: lambda written: f"начало не позднее {format_.genitive(written)}",
    Certainty.SEEN: lambda written: f"упоминается {format_.since(written)}",
}
_ENDS: Mapping[Certainty, Callable[[str], str]] = {
    Certainty.KNOWN: format_.until,
    Certainty.AT_LATEST: lambda written: f"конец не позднее {format_.genitive(written)}",
}
