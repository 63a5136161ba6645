"""The whole registry, part by part, in bounded memory: what the exports and tables are made of.

One pass over one snapshot: the articles, then every canonical entity with all that is said of it, kind by kind and in
the order of ids, then what people decided. What is kept throughout is one small `End` a named entity, so that a
relation can tell what stands at its ends.
"""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.kinds import NAMED, RELATION_KEYS, EntityKind, Status
from pipeline.registry.statements import select_statements
from pipeline.registry.testimony import said_in
from pipeline.registry.trust import Trust, trust_of
from pipeline.registry.values import values_of
from pipeline.registry.view import EntityView, Value

# What others refer to comes before them: places and organizations before posts, these before occupancies.
ALL_KINDS = (
    *(kind for kind in NAMED if kind is not EntityKind.POST),
    EntityKind.POST,
    *sorted(set(EntityKind) - {*NAMED}),
)

_BATCH = 400  # articles' entities whose statements are read at once
_AT_ONCE = 1000  # rows that are held of a long result
_LIVE = frozenset({Status.PROPOSED, Status.ACCEPTED})
_HELD = frozenset({FactStatus.ACTUAL, FactStatus.FORMER})


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
    """A canonical entity. `view` has no relations; `said` is every statement, also rejected and superseded ones."""

    view: EntityView
    said: tuple[Any, ...]  # rows of `select_statements`
    ends: Mapping[str, End]


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a table that is no entity: an article, a judgement, a decision, the trust in a site."""

    table: str
    row: dict[str, Any]


Part = Entry | Listed


def modality_of(view: EntityView) -> FactStatus:
    """Tell how an entity is put: as its best end is; an occupancy as an appointment that nothing but words speak of.

    A dismissal that is planned or denied leaves its occupancy an actual one.
    """
    if view.kind is EntityKind.OCCUPANCY:
        statuses = [value for value in view.values if value.prop == "status"]
        only_words = statuses and not any(value.modality in _HELD or value.value == "dismissed" for value in statuses)
        return statuses[0].modality if only_words else FactStatus.ACTUAL
    ends = [value for value in view.values if value.prop in RELATION_KEYS.get(view.kind, ())]
    return max(ends, key=lambda value: value.standing).modality if ends else FactStatus.ACTUAL


def is_told_as(value: Value, modality: FactStatus) -> bool:
    """Tell whether a value belongs to what is told of its entity in that modality."""
    if value.prop in RELATION_KEYS[EntityKind.OCCUPANCY]:
        return True
    return value.modality is modality or (modality is FactStatus.ACTUAL and value.modality in _HELD)


def stream(connection: Connection, wanted: Wanted) -> Generator[Part, None, None]:
    """Give the registry's parts; `connection` is one of `database.reading`."""
    yield from _articles(connection, wanted)
    ends: dict[str, End] = {}
    pointing = set(wanted.kinds) - {EntityKind.PERSON, EntityKind.PLACE, EntityKind.EVENT, EntityKind.CLUSTER}
    for kind in ALL_KINDS:
        if kind in wanted.kinds or (pointing and kind in NAMED):
            for entry in _entries(connection, kind, wanted, ends):
                if kind in wanted.kinds:
                    yield entry
    for table, query in _LISTS.items():
        yield from (Listed(table, row._asdict()) for row in _streamed(connection, query()))


def _streamed(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    with connection.execute(query.execution_options(yield_per=_AT_ONCE)) as result:
        yield from result


def _articles(connection: Connection, wanted: Wanted) -> Iterator[Listed]:
    article, revision = schema.article.c, schema.revision.c
    revisions = (
        select(func.count()).where(revision.article_id == article.id).correlate(schema.article).scalar_subquery()
    )
    query = (
        select(
            article.id.label("article"),
            article.origin,
            revision.title,
            revision.site,
            revision.site_name,
            revision.url,
            revision.published_at,
            revision.modified_at,
            revision.fetched_at,
            revision.first_seen,
            revision.last_seen,
            revisions.label("revisions"),
            revision.loaded_at,
            revision.file,
            revision.text,
        )
        .join(schema.revision, article.revision_id == revision.id)
        .order_by(article.id)
    )
    if wanted.as_of:
        query = query.where(revision.first_seen < _after(wanted.as_of))
    yield from (Listed("articles", row._asdict()) for row in _streamed(connection, query))


def _after(day: str) -> str:
    return f"{day}~"  # sorts after every time of the day


def _entries(connection: Connection, kind: EntityKind, wanted: Wanted, ends: dict[str, End]) -> Iterator[Entry]:
    trust = trust_of(connection)
    for batch in _batches(connection, kind):
        said = _said(connection, [member.id for members in batch.values() for member in members], wanted)
        for canonical_id, members in batch.items():
            everything = tuple(said.get(canonical_id, ()))
            rows = tuple(row for row in everything if row.status == Status.ACCEPTED) if wanted.accepted else everything
            if kind in NAMED and everything:
                view = _view(members, _values(everything, trust, ends), everything)
                ends[canonical_id] = _end(view, given=bool(rows) and kind in wanted.kinds)
            if rows:
                yield Entry(_view(members, _values(rows, trust, ends), rows), rows, ends)


def _batches(connection: Connection, kind: EntityKind) -> Iterator[dict[str, list[Any]]]:
    """Give canonical ids with the articles' entities that are held to be it, about `_BATCH` of them at a time."""
    entity, canonical = schema.entity.c, schema.entity.alias("canonical")
    canonical_id = func.coalesce(entity.canonical_id, entity.id)
    query = (
        select(canonical.c.id.label("canonical_id"), canonical.c.name, entity.id, entity.article_id)
        .join(canonical, canonical_id == canonical.c.id)
        .where(canonical.c.kind == kind)
        .order_by(canonical.c.id, entity.id)
    )
    batch: dict[str, list[Any]] = {}
    size = 0
    for found, rows in groupby(_streamed(connection, query), key=lambda row: row.canonical_id):
        batch[found] = list(rows)
        size += len(batch[found])
        if size >= _BATCH:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch


def _said(connection: Connection, members: list[str], wanted: Wanted) -> dict[str, list[Any]]:
    """Read the statements of the articles' entities, by canonical entity."""
    statement, revision = schema.statement.c, schema.revision.c
    found: dict[str, list[Any]] = {}
    for first in range(0, len(members), _AT_ONCE):
        query = select_statements().where(statement.entity_id.in_(members[first : first + _AT_ONCE]))
        if wanted.as_of:
            query = query.where(revision.first_seen < _after(wanted.as_of))
        for row in connection.execute(query.order_by(statement.seq)):
            found.setdefault(row.canonical_id, []).append(row)
    return found


def _values(rows: tuple[Any, ...], trust: Trust, ends: Mapping[str, End]) -> tuple[Value, ...]:
    names = {row.value_id: ends[row.value_id].name for row in rows if row.value_id in ends}
    return values_of([said_in(row._mapping, trust) for row in rows], names)  # noqa: SLF001 - the public name of it


def _view(members: list[Any], values: tuple[Value, ...], rows: tuple[Any, ...]) -> EntityView:
    return EntityView(
        id=members[0].canonical_id,
        kind=EntityKind(rows[0].kind),
        name=next((value.value for value in values if value.prop == "name"), members[0].name),
        values=values,
        relations=(),
        members=tuple(member.id for member in members),
        articles=len({row.article_id for row in rows if row.status in _LIVE}),
        first_seen=min((row.first_seen for row in rows if row.first_seen), default=None),
        last_seen=max((row.last_seen for row in rows if row.last_seen), default=None),
    )


def _end(view: EntityView, *, given: bool) -> End:
    best: dict[str, Value] = {}
    for value in view.values:
        best.setdefault(value.prop, value)
    sort, legal_form, body = (best[prop].value if prop in best else None for prop in ("kind", "legal_form", "body"))
    return End(view.kind, view.name, sort, legal_form, body, best["body"].value_id if body else None, given)


def _sources() -> Select[Any]:
    source = schema.source.c
    return select(source.site, source.weight, source.who, source.at, source.why).order_by(source.seq)


def _judgements() -> Select[Any]:
    judgement, left, right = schema.judgement.c, schema.entity.alias("left_"), schema.entity.alias("right_")
    return (
        select(
            judgement.left_id,
            left.c.name.label("left_name"),
            judgement.right_id,
            right.c.name.label("right_name"),
            judgement.verdict,
            judgement.who,
            judgement.at,
            judgement.why,
        )
        .join(left, judgement.left_id == left.c.id)
        .join(right, judgement.right_id == right.c.id)
        .order_by(judgement.seq)
    )


def _decisions() -> Select[Any]:
    """What was decided, with the words of the claim: those of its first statement."""
    decision, statement = schema.decision.c, schema.statement.c
    first = select(func.min(statement.seq)).where(statement.claim == decision.claim).correlate(schema.decision)
    return (
        select(
            decision.claim,
            statement.entity_id,
            statement.property,
            statement.value,
            decision.verdict,
            decision.instead,
            decision.who,
            decision.at,
            decision.why,
        )
        .outerjoin(schema.statement, statement.seq == first.scalar_subquery())
        .order_by(decision.seq)
    )


_LISTS = {"sources": _sources, "judgements": _judgements, "decisions": _decisions}
