"""What the parts of the registry are as rows of its tables; `tables` says what these hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.fact import FactStatus
from pipeline.registry.belief.days import read_days
from pipeline.registry.belief.testimony import Said
from pipeline.registry.belief.values import CHANGING
from pipeline.registry.belief.view import Bound, Certainty, EntityView, RelationView, Value
from pipeline.registry.handout._columns import BOOLEANS, COLUMNS, TABLE_OF
from pipeline.registry.handout.stream import Entry, Listed, Part
from pipeline.registry.kinds import NAMED, PROPERTIES, RELATION_KEYS, EntityKind, Property, Status

Row = dict[str, Any]

_JOINED = "; "
_COLUMN_OF = {"holder": "person", "start": "from", "end": "to", "alias": "aliases"}
_DATES = frozenset({"start", "end", "date"})
_HELD = frozenset({FactStatus.ACTUAL, FactStatus.FORMER})
# Columns of `statements` and `values` that view.Testimony and view.Value call otherwise.
_TOLD_AS = {"article": "article_id", "revision": "revision_id", "own_id": "entity_id"}
_VALUE_AS = {"property": "prop", "review": "status"}


def rows(part: Part) -> Iterator[tuple[str, Row]]:
    """Give a part's rows with the names of their tables, each with exactly the columns of its table."""
    if isinstance(part, Listed):
        yield part.table, {column: part.row[column] for column in COLUMNS[part.table]}
        return
    view = part.view
    if view.values and (view.kind in NAMED or part.relation):
        whole = _whole(part)
        yield TABLE_OF[view.kind], {column: whole.get(column) for column in COLUMNS[TABLE_OF[view.kind]]}
        for number in range(len(part.relation.terms) if part.relation else 0):
            yield "terms", _term(part, whole, number)
    yield from (("values", row) for row in _values(view))
    yield from (("statements", _statement(said)) for said in part.said)


def is_told_as(value: Value, relation: RelationView) -> bool:
    """Tell whether a value belongs to what its relation is held to be; the rest of what is said is only said."""
    if relation.kind is EntityKind.OCCUPANCY and value.prop in RELATION_KEYS[relation.kind]:
        return True
    if relation.modality in _HELD:
        return value.modality in _HELD
    return value.modality is relation.modality


def _whole(entry: Entry) -> Row:
    """Put what is believed of an entity in one row."""
    view, relation = entry.view, entry.relation
    shown = [value for value in view.values if relation is None or is_told_as(value, relation)]
    shown = [value for value in shown if value.value_id != view.id]  # part of itself, since the two were merged
    found: Row = {"id": view.id}
    by_property: dict[str, list[Value]] = defaultdict(list)
    for value in shown:
        by_property[value.prop].append(value)
    for prop, told in by_property.items():
        values = told[:1] if _property(prop).single else told
        column = _COLUMN_OF.get(prop, prop)
        found[column] = _text(prop, values)
        found[f"{column}_id"] = _joined(value.value_id for value in values)
    return found | _named(entry, by_property) | _held(relation) | _about(view, shown, relation)


def _text(prop: str, values: list[Value]) -> str | bool | None:
    if prop in BOOLEANS:
        return values[0].value == "true"
    return _joined(_days(value.value) if prop in _DATES else value.value for value in values)


def _named(entry: Entry, by_property: dict[str, list[Value]]) -> Row:
    """Name a named entity, with all that it is called besides; name an occupancy's post apart from its body."""
    view, ends = entry.view, entry.ends
    if view.kind in NAMED:
        name = ends[view.id].name if view.kind is EntityKind.POST else view.name
        called = [value.value for prop in ("name", "alias") for value in by_property.get(prop, ())]
        return {"name": name, "aliases": _joined(text for text in called if text != name)}
    post_id = next((value.value_id for value in by_property.get("post", ())), None)
    if post := ends.get(post_id or ""):
        return {"post": post.name, "body": post.body, "body_id": post.body_id}
    return {}


def _held(relation: RelationView | None) -> Row:
    if relation is None:
        return {}
    if not relation.terms:
        return {"modality": relation.modality.value}
    last = relation.terms[-1]
    bounds = {"from": _bound(last.start), "to": _bound(last.end), "terms": len(relation.terms)}
    return {"modality": relation.modality.value, **bounds}


def _about(view: EntityView, shown: list[Value], relation: RelationView | None) -> Row:
    told = Counter(value.prop for value in shown if _property(value.prop).single and value.prop not in CHANGING)
    names = (value.standing for value in shown if value.prop == "name")
    accepted = any(value.status == Status.ACCEPTED for value in view.values)
    return {
        "conflicts": _joined(prop for prop, count in told.items() if count > 1),
        "standing": relation.standing if relation else max(names, default=None),
        "review": (Status.ACCEPTED if accepted else Status.PROPOSED).value,
        "articles": view.articles,
        "first_seen": view.first_seen,
        "last_seen": view.last_seen,
    }


def _term(entry: Entry, whole: Row, number: int) -> Row:
    """Put one stretch of time in a post in a row."""
    term = entry.relation.terms[number] if entry.relation else None
    more = {
        "occupancy_id": whole["id"],
        "number": number + 1,
        "from": term and _bound(term.start),
        "from_known": term and term.start.certainty.value,
        "to": term and _bound(term.end),
        "to_known": term and term.end.certainty.value,
        "acting": term and term.acting,
        "first_seen": term and term.first_seen,
        "last_seen": term and term.last_seen,
    }
    return {column: more[column] if column in more else whole.get(column) for column in COLUMNS["terms"]}


def _bound(bound: Bound) -> str | None:
    """Write within which days a bound lies: what was seen, or had happened, on a day may be from long before."""
    if bound.days is None:
        return None
    return str(bound.days) if bound.certainty is Certainty.KNOWN else f"../{bound.days.last}"


def _days(written: str) -> str:
    """Write a date as short as its precision allows, as views do; the statements have it as it was loaded."""
    days = read_days(written)
    return str(days) if days else written


def _property(name: str) -> Property:
    return PROPERTIES.get(name) or Property(name, name)


def _joined(texts: Iterable[str | None]) -> str | None:
    return _JOINED.join(dict.fromkeys(filter(None, texts))) or None


def _values(view: EntityView) -> Iterator[Row]:
    rank: Counter[str] = Counter()
    for value in view.values:
        rank[value.prop] += 1
        more = {
            "entity_id": view.id,
            "kind": view.kind.value,
            "name": view.name,
            "label": _property(value.prop).label,
            "rank": rank[value.prop],
            "articles": len({testimony.article_id for testimony in value.testimony}),
        }
        yield {c: more[c] if c in more else getattr(value, _VALUE_AS.get(c, c)) for c in COLUMNS["values"]}


def _statement(said: Said) -> Row:
    more = {
        "entity_id": said.entity_id,
        "kind": said.kind.value,
        "property": said.prop,
        "value": said.value,
        "value_id": said.value_id,
    }
    told = said.testimony
    return {c: more[c] if c in more else getattr(told, _TOLD_AS.get(c, c)) for c in COLUMNS["statements"]}
