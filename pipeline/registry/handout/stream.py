"""The whole registry, part by part, in bounded memory: what the exports and tables are made of.

One pass over one snapshot: the articles, then every canonical entity with all that is said of it, kind by kind and the
most told first, then what people decided. What is kept throughout is one small `End` a named entity, so that a
relation can tell what stands at its ends. What is believed is told by `values` and `relations`, as everywhere.
"""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from pipeline.registry import schema
from pipeline.registry.belief.relations import relation_view, value_ids
from pipeline.registry.belief.testimony import Said, members_of, names_of, said_of
from pipeline.registry.belief.trust import Trust, trust_of
from pipeline.registry.belief.values import values_of
from pipeline.registry.belief.view import EntityView, RelationView, Value
from pipeline.registry.database.held import held_as
from pipeline.registry.handout._listed import articles, conflicts, decisions, judgements, sources
from pipeline.registry.kinds import NAMED, EntityKind, Status

# What others refer to comes before them: places and organizations before posts, these before occupancies.
_FIRST = tuple(kind for kind in NAMED if kind is not EntityKind.POST)
ALL_KINDS = (*_FIRST, *(kind for kind in EntityKind if kind not in _FIRST))

_BATCH = 400  # articles' entities whose statements are read at once
_AT_ONCE = 1000  # rows that are held of a long result
_LIVE = frozenset({Status.PROPOSED, Status.ACCEPTED})
_LISTS = {"conflicts": conflicts, "sources": sources, "judgements": judgements, "decisions": decisions}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the registry: entities of `kinds`, only what is `accepted`, as it was believed on the day `as_of`."""

    kinds: tuple[EntityKind, ...] = ALL_KINDS
    accepted: bool = False
    as_of: str | None = None


class End(NamedTuple):
    """What a relation has to know of an entity that it is between; `sort` and the rest are the best values."""

    kind: EntityKind
    name: str
    sort: str | None
    legal_form: str | None
    body: str | None
    body_id: str | None
    given: bool  # whether the stream gives the entity itself


@dataclass(frozen=True, slots=True)
class Entry:
    """A canonical entity: `view`, without relations; `said`, every statement, rejected and superseded ones too.

    `relation` is what a relation is held to be; None for a named entity, and where an end of it was rejected.
    """

    view: EntityView
    said: tuple[Said, ...]
    ends: Mapping[str, End]
    relation: RelationView | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a table that is no entity: an article, a judgement, a decision, the trust in a site."""

    table: str
    row: dict[str, Any]


Part = Entry | Listed


def stream(connection: Connection, wanted: Wanted) -> Generator[Part, None, None]:
    """Give the registry's parts; `connection` is one of `database.reading`."""
    yield from (Listed("articles", row._asdict()) for row in _streamed(connection, articles(wanted.as_of)))
    reading = _Reading(connection, wanted)
    pointing = set(wanted.kinds) - {EntityKind.PERSON, EntityKind.PLACE, EntityKind.EVENT, EntityKind.CLUSTER}
    for kind in ALL_KINDS:
        if kind in wanted.kinds or (pointing and kind in NAMED):
            for entry in reading.entries(kind):
                if kind in wanted.kinds:
                    yield entry
    for table, listed in _LISTS.items():
        yield from (Listed(table, row) for row in listed(connection, wanted.as_of))


def _streamed(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    with connection.execute(query.execution_options(yield_per=_AT_ONCE)) as result:
        yield from result


class _Reading:
    """The entities under way; `ends` grows with the named ones."""

    def __init__(self, connection: Connection, wanted: Wanted) -> None:
        self._connection = connection
        self._wanted = wanted
        self._trust: Trust = trust_of(connection)
        self._ends: dict[str, End] = {}

    def entries(self, kind: EntityKind) -> Iterator[Entry]:
        """Read the entities of a kind, the most told first."""
        for batch in _batches(self._connection, kind):
            said = said_of(self._connection, batch, self._trust, as_of=self._wanted.as_of, gone=True)
            names = names_of(self._connection, [*batch, *value_ids(said)])
            for id_, members in batch.items():
                if id_ in said:
                    yield from self._entry(members, said[id_], names)

    def _entry(self, members: list[str], said: list[Said], names: dict[str, str]) -> Iterator[Entry]:
        id_, kind = said[0].entity_id, said[0].kind
        values, told = values_of(said, names), said
        if self._wanted.accepted:
            told = [one for one in said if one.testimony.status is Status.ACCEPTED]
        if kind in NAMED:
            self._ends[id_] = _end(kind, names[id_], values, given=bool(told) and kind in self._wanted.kinds)
        if told:
            values = values if told is said else values_of(told, names)
            relation = relation_view(told, values, names[id_]) if kind not in NAMED and values else None
            yield Entry(_view(names[id_], members, told, values), tuple(told), self._ends, relation)


def _view(name: str, members: list[str], said: list[Said], values: tuple[Value, ...]) -> EntityView:
    told = [one.testimony for one in said if one.testimony.status in _LIVE]
    return EntityView(
        id=said[0].entity_id,
        kind=said[0].kind,
        name=name,
        values=values,
        relations=(),
        members=tuple(members),
        articles=len({one.article_id for one in told}),
        first_seen=min((one.first_seen for one in told if one.first_seen), default=None),
        last_seen=max((one.last_seen for one in told if one.last_seen), default=None),
    )


def _end(kind: EntityKind, name: str, values: tuple[Value, ...], *, given: bool) -> End:
    best: dict[str, Value] = {}
    for value in values:
        best.setdefault(value.prop, value)
    sort, legal_form, body = (best[prop].value if prop in best else None for prop in ("kind", "legal_form", "body"))
    own = best["name"].value if "name" in best else name  # a card names a post with its body
    return End(kind, own, sort, legal_form, body, best["body"].value_id if body else None, given)


def _batches(connection: Connection, kind: EntityKind) -> Iterator[dict[str, list[str]]]:
    """Give canonical ids, the most told first, with the articles' entities held to be it; about `_BATCH` of these."""
    entity, canonical = schema.entity.c, schema.entity.alias("canonical").c
    told = func.count().label("told")
    query = (
        select(canonical.id, told)
        .select_from(schema.entity)
        .join(canonical.id.table, held_as(entity) == canonical.id)
        .where(canonical.kind == kind)
        .group_by(canonical.id)
        .order_by(told.desc(), canonical.id)
    )
    batch: list[str] = []
    size = 0
    for row in _streamed(connection, query):
        batch.append(row.id)
        size += row.told
        if size >= _BATCH:
            yield _with_members(connection, batch)
            batch, size = [], 0
    yield _with_members(connection, batch)


def _with_members(connection: Connection, ids: list[str]) -> dict[str, list[str]]:
    members = members_of(connection, ids)
    return {id_: members[id_] for id_ in ids}
