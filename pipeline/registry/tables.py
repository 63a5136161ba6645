"""The registry as flat tables, for a notebook and for the files that leave it.

    from pipeline.registry import registry_tables
    registry_tables("sqlite:///registry.db")["organizations"].sort_values("articles", ascending=False)

One table a kind of entity and of relation, a row for each that is held to be one (`id`, and every other `…_id`, is a
canonical id). Their columns hold what is believed: of a property that has one value at a time, the one that stands
best; of others all values, the best first, joined by "; ", their ids in the same order. To each row belong

    conflicts    the properties that have one value at a time and of which more than one is told
    standing     0 to 1: how far the entity's name, or the relation's ends, are believed (docs/registry.md)
    review       accepted, when the keeper accepted some of it; else proposed
    articles     how many articles speak of it
    first_seen, last_seen    UTC, by the articles

and to a relation also `modality`: actual, planned, former, denied or hypothetical, as the best of its articles put it;
its other columns hold what is told in that modality.

`values` has every value of every property: `rank` 1 is the best, `statements` and `articles` say it. `statements` has
everything ever said, rejected and superseded statements too, with its quote: `entity_id` is canonical, `own_id` the
entity as the article knows it; `original` stands at start:stop of the article's text, the quote at quote_start to
quote_stop. `articles` are those articles, with their text. `sources`, `judgements` and `decisions` are what people said
about sites, pairs of entities, and claims.

Amounts are decimal strings in whole units, dates ISO 8601: a day, or an interval `2024-07-01/2024-09-30`, `..` for an
open end.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline.registry.database import open_database, reading
from pipeline.registry.kinds import NAMED, PROPERTIES, RELATION_KEYS, EntityKind, Property, Status
from pipeline.registry.stream import Entry, Listed, Part, Wanted, is_told_as, modality_of, stream
from pipeline.registry.view import EntityView, Value

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

_ABOUT = ("conflicts", "standing", "review", "articles", "first_seen", "last_seen")
_SAID = ("modality", *_ABOUT)

TABLE_OF = {kind: re.sub("ys$", "ies", f"{kind.value}s") for kind in EntityKind}

COLUMNS: dict[str, tuple[str, ...]] = {
    "organizations": (
        "id", "name", "kind", "legal_form", "region", "inn", "ogrn", "aliases", "parent", "parent_id", "external_id",
        *_ABOUT,
    ),
    "clusters": (
        "id", "name", "kind", "status", "industry", "region", "scope", "inn", "ogrn", "aliases", "external_id", *_ABOUT,
    ),
    "persons": ("id", "name", "last", "first", "patronymic", "inn", "aliases", "external_id", *_ABOUT),
    "posts": ("id", "name", "body", "body_id", "unresolved", *_ABOUT),
    "places": ("id", "name", "kind", "region", *_ABOUT),
    "events": ("id", "name", "kind", "place", "from", "to", *_ABOUT),
    "occupancies": (
        "id", "person", "post", "body", "status", "from", "to", "date", "person_id", "post_id", "body_id", *_SAID,
    ),
    "memberships": (
        "id", "subject", "object", "support", "date", "place", "source", "subject_id", "object_id", "support_id",
        *_SAID,
    ),
    "managements": ("id", "subject", "object", "date", "place", "source", "subject_id", "object_id", *_SAID),
    "inclusions": ("id", "subject", "registry", "date", "place", "source", "subject_id", "registry_id", *_SAID),
    "locations": ("id", "subject", "place", "date", "source", "subject_id", "place_id", *_SAID),
    "parts": ("id", "subject", "object", "date", "place", "source", "subject_id", "object_id", *_SAID),
    "foundings": ("id", "subject", "base", "date", "place", "source", "subject_id", "base_id", *_SAID),
    "agreements": (
        "id", "agreement", "subject", "object", "event", "date", "place", "source", "subject_id", "object_id",
        "event_id", "place_id", *_SAID,
    ),
    "holdings": ("id", "event", "place", "date", "source", "event_id", "place_id", *_SAID),
    "amounts": (
        "id", "subject", "measure", "min", "max", "currency", "approximate", "per_unit", "text", "date", "place",
        "source", "unresolved", "subject_id", *_SAID,
    ),
    "quantities": (
        "id", "subject", "measure", "min", "max", "unit", "text", "date", "place", "source", "subject_id", *_SAID,
    ),
    "values": (
        "entity_id", "kind", "name", "property", "label", "value", "value_id", "rank", "standing", "review", "modality",
        "statements", "articles", "first_seen", "last_seen",
    ),
    "statements": (
        "entity_id", "kind", "property", "value", "value_id", "original", "quote", "modality", "status", "confidence",
        "rule", "version", "published_at", "site", "title", "url", "article", "revision", "first_seen", "last_seen",
        "loaded_at", "own_id", "claim", "start", "stop", "quote_start", "quote_stop",
    ),
    "articles": (
        "article", "origin", "title", "site", "site_name", "url", "published_at", "modified_at", "fetched_at",
        "first_seen", "last_seen", "revisions", "loaded_at", "file", "text",
    ),
    "sources": ("site", "weight", "who", "at", "why"),
    "judgements": ("left_id", "left_name", "right_id", "right_name", "verdict", "who", "at", "why"),
    "decisions": ("claim", "entity_id", "property", "value", "verdict", "instead", "who", "at", "why"),
}  # fmt: skip

INTEGERS = frozenset({"articles", "statements", "rank", "revisions", "start", "stop", "quote_start", "quote_stop"})
SHARES = frozenset({"standing", "confidence", "weight"})
AMOUNTS = frozenset({"min", "max"})
TIMES = frozenset(
    {"from", "to", "date", "published_at", "modified_at", "fetched_at", "first_seen", "last_seen", "loaded_at", "at"}
)

_JOINED = "; "
_COLUMN_OF = {"holder": "person", "start": "from", "end": "to", "alias": "aliases"}
# Columns of `statements` and `values` that select_statements and view.Value call otherwise.
_SAID_AS = {
    "entity_id": "canonical_id", "property": "prop", "article": "article_id", "revision": "revision_id",
    "own_id": "entity_id",
}  # fmt: skip
_VALUE_AS = {"property": "prop", "review": "status"}


def registry_tables(url: str, *, as_of: str | None = None) -> "dict[str, pd.DataFrame]":
    """Give one DataFrame a table of `COLUMNS`, all of one state of the registry; `as_of`: what was believed that day.

    Raises RegistryError where there is no registry or it cannot be reached.
    """
    import pandas as pd  # noqa: PLC0415 - half of the command line's start, and only notebooks need it

    database = open_database(url)
    collected: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    try:
        with reading(database) as connection:
            for part in stream(connection, Wanted(as_of=as_of)):
                for name, row in rows(part):
                    collected[name].append(row)
    finally:
        database.engine.dispose()
    return {name: pd.DataFrame(found, columns=list(COLUMNS[name])) for name, found in collected.items()}


def rows(part: Part) -> Iterator[tuple[str, Row]]:
    """Give a part's rows with the names of their tables, each with exactly the columns of its table."""
    if isinstance(part, Listed):
        yield part.table, {column: part.row[column] for column in COLUMNS[part.table]}
        return
    if part.view.values:
        yield TABLE_OF[part.view.kind], _whole(part)
    yield from (("values", row) for row in _values(part.view))
    for said in part.said:
        yield "statements", {column: getattr(said, _SAID_AS.get(column, column)) for column in COLUMNS["statements"]}


def _whole(entry: Entry) -> Row:
    """Put what is believed of an entity in one row."""
    view, modality = entry.view, modality_of(entry.view)
    shown = [value for value in view.values if is_told_as(value, modality)]
    found: Row = {"id": view.id, "name": view.name}
    by_property: dict[str, list[Value]] = defaultdict(list)
    for value in shown:
        by_property[value.prop].append(value)
    for prop, told in by_property.items():
        values = told[:1] if _property(prop).single else told
        column = _COLUMN_OF.get(prop, prop)
        if column != "name":
            found[column] = _joined(value.value for value in values)
        found[f"{column}_id"] = _joined(value.value_id for value in values)
    if post := entry.ends.get(found.get("post_id") or ""):
        found |= {"body": post.body, "body_id": post.body_id}
    found |= _about(view, shown)
    return {column: found.get(column) for column in COLUMNS[TABLE_OF[view.kind]]} | (
        {"modality": modality.value} if view.kind not in NAMED else {}
    )


def _property(name: str) -> Property:
    return PROPERTIES.get(name) or Property(name, name)


def _joined(texts: Iterable[str | None]) -> str | None:
    return _JOINED.join(dict.fromkeys(filter(None, texts))) or None


def _about(view: EntityView, shown: list[Value]) -> Row:
    told = Counter(value.prop for value in shown if _property(value.prop).single)
    essential = ("name",) if view.kind in NAMED else RELATION_KEYS[view.kind]
    accepted = any(value.status == Status.ACCEPTED for value in view.values)
    return {
        "conflicts": _joined(prop for prop, count in told.items() if count > 1),
        "standing": max((value.standing for value in shown if value.prop in essential), default=None),
        "review": (Status.ACCEPTED if accepted else Status.PROPOSED).value,
        "articles": view.articles,
        "first_seen": view.first_seen,
        "last_seen": view.last_seen,
    }


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
            "statements": len(value.testimony),
            "articles": len({testimony.article_id for testimony in value.testimony}),
        }
        yield {c: more[c] if c in more else getattr(value, _VALUE_AS.get(c, c)) for c in COLUMNS["values"]}
