"""Statements read for views: of which canonical entity, with the words they rest on, as of a day if wanted.

Knows the tables; what is believed of what is read here is the business of others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CompoundSelect, Connection, RowMapping, Select, case, func, or_, select, union

from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.belief.days import day_after
from pipeline.registry.belief.settled import Key, Settled, settled_values, status_of
from pipeline.registry.belief.statements import select_statements
from pipeline.registry.belief.trust import Trust
from pipeline.registry.belief.view import Testimony
from pipeline.registry.database.held import held_as
from pipeline.registry.folding import folded
from pipeline.registry.kinds import EntityKind, Status

Id = TypeVar("Id", str, int)

_CHUNK = 400  # ids a query
MANY = 4000  # statements of entities that are still all read
_OF_A_KIND = 8  # of one value, site and status, where there are more
_COLUMNS = [field.name for field in fields(Testimony) if field.name not in {"source", "weight"}]
_STATEMENT, _ENTITY, _REVISION = schema.statement.c, schema.entity.c, schema.revision.c


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a canonical entity; `value_id` is canonical, too. `alike`: how many it stands for."""

    entity_id: str
    kind: EntityKind
    prop: str
    value: str
    value_id: str | None
    testimony: Testimony
    alike: int = 1


def canonical_ids(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Lead each id, old or new, to its canonical entity; unknown ids are left out."""
    canonical = held_as(_ENTITY)
    return {
        row.id: row.canonical
        for chunk in chunks(sorted(set(ids)))
        for row in connection.execute(select(_ENTITY.id, canonical.label("canonical")).where(_ENTITY.id.in_(chunk)))
    }


def members_query(canonical: Collection[str]) -> CompoundSelect[Any]:
    """Select the articles' entities that are held to be the given ones."""
    return union(
        select(_ENTITY.id).where(_ENTITY.canonical_id.in_(canonical)),
        select(_ENTITY.id).where(_ENTITY.id.in_(canonical), _ENTITY.canonical_id.is_(None)),
    )


def members_of(connection: Connection, canonical: Iterable[str]) -> dict[str, list[str]]:
    """Give the articles' entities of each canonical one, sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    resolved = held_as(_ENTITY).label("canonical")
    for chunk in chunks(sorted(set(canonical))):
        for row in connection.execute(select(_ENTITY.id, resolved).where(_ENTITY.id.in_(members_query(chunk)))):
            found[row.canonical].append(row.id)
    return {id_: sorted(ids) for id_, ids in found.items()}


def names_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Name canonical entities: as on their cards, else as their own article has it."""
    found: dict[str, str] = {}
    card = schema.card.c
    for chunk in chunks(sorted(set(ids))):
        for table in (_ENTITY, card):
            rows = connection.execute(select(table.id, table.name).where(table.id.in_(chunk)))
            found |= {row.id: row.name for row in rows}
    return found


def said_of(
    connection: Connection, canonical: Iterable[str], trust: Trust, *, as_of: str | None = None, gone: bool = False
) -> dict[str, list[Said]]:
    """Read what is said of canonical entities, in the order of writing.

    Without `as_of`, what the current contents of the articles say; with it, what their contents of that day said.
    `gone` reads what is superseded, too, whatever the day.
    """
    found: dict[str, list[Said]] = defaultdict(list)
    for chunk in chunks(sorted(set(canonical))):
        for said in _said(connection, chunk, trust, as_of, gone=gone):
            found[said.entity_id].append(said)
    return found


def ends_of(connection: Connection, canonical: Iterable[str]) -> dict[str, list[tuple[str, EntityKind]]]:
    """Give the relations, posts and parts whose statements have each entity for a value, most told first."""
    of, target, statement = schema.entity.c, schema.entity.alias("target").c, schema.statement.c
    relation = held_as(of).label("relation")
    end = held_as(target).label("end")
    query = (
        select(end, relation, of.kind, func.count().label("told"))
        .select_from(schema.statement)
        .join(schema.entity, statement.entity_id == of.id)
        .join(target.id.table, statement.value_id == target.id)
        .group_by(end, relation, of.kind)
        .order_by(func.count().desc(), relation)
    )
    found: dict[str, list[tuple[str, EntityKind]]] = defaultdict(list)
    for chunk in chunks(sorted(canonical)):
        for row in connection.execute(query.where(statement.value_id.in_(members_query(chunk)))):
            if row.relation != row.end:
                found[row.end].append((row.relation, EntityKind(row.kind)))
    return found


def said_in(row: RowMapping, trust: Trust) -> Said:
    """Read a row of `select_statements`."""
    source = trust.source(row["origin"], row["site"])
    values = {name: row[name] for name in _COLUMNS}
    values |= {"modality": FactStatus(row["modality"]), "status": Status(row["status"])}
    testimony = Testimony(**values, source=source.name, weight=source.weight)
    return Said(row["canonical_id"], EntityKind(row["kind"]), row["prop"], row["value"], row["value_id"], testimony)


def chunks(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """Cut ids into pieces that a query can name."""
    rest = iter(ids)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _said(connection: Connection, ids: list[str], trust: Trust, as_of: str | None, *, gone: bool) -> list[Said]:
    wanted: list[ColumnElement[bool]] = [_STATEMENT.entity_id.in_(members_query(ids))]
    if as_of is not None:  # two days more: the articles' own days count, in their own zones
        wanted.append(_REVISION.first_seen < day_after(as_of, 2))
    elif not gone:
        wanted.append(_STATEMENT.status != Status.SUPERSEDED)
    counted = select(func.count()).select_from(schema.statement).where(wanted[0])
    many = not gone and connection.execute(counted).scalar_one() > MANY
    read = _surest(connection, wanted, trust) if many else _all(connection, wanted, trust)
    settled = settled_values(connection, ids)
    said = [_settled(one, settled) for one in read]
    return said if as_of is None else _as_of(connection, said, as_of)


def _all(connection: Connection, wanted: list[ColumnElement[bool]], trust: Trust) -> list[Said]:
    rows = connection.execute(select_statements().where(*wanted).order_by(_STATEMENT.seq)).mappings()
    return [said_in(row, trust) for row in rows]


def _surest(connection: Connection, wanted: list[ColumnElement[bool]], trust: Trust) -> list[Said]:
    """Read of each value the surest statements of each site, the first and the last; the surest stands for all.

    In two steps: a join of both could be carried out from the side of all statements there are.
    """
    alike = {row.seq: row.alike for row in connection.execute(_ranked(wanted))}
    read: list[Said] = []
    for chunk in chunks(sorted(alike)):
        read += _all(connection, [_STATEMENT.seq.in_(chunk)], trust)
    return [replace(one, alike=alike[one.testimony.seq]) for one in read]


def _settled(said: Said, settled: Mapping[Key, Settled]) -> Said:
    """Let a keeper's word on a value reach those who say it again."""
    told = said.testimony
    given = settled.get(Key(said.entity_id, said.prop, said.value_id or folded(said.value), told.modality))
    status = status_of(told.status, told.loaded_at, given)
    return said if status is told.status else replace(said, testimony=replace(told, status=status))


def _ranked(wanted: list[ColumnElement[bool]]) -> Select[Any]:
    """Select the numbers of the statements to read, each with how many it stands for."""
    same: dict[str, Any] = {
        "partition_by": (
            held_as(_ENTITY),
            _STATEMENT.property,
            func.coalesce(_STATEMENT.value_id, _STATEMENT.value),
            _STATEMENT.modality,
            _STATEMENT.status,
            _REVISION.site,
        )
    }
    seq = _STATEMENT.seq
    ranked = (
        select(
            seq,
            func.row_number().over(order_by=(_STATEMENT.confidence.desc(), seq), **same).label("sure"),
            _REVISION.first_seen,
            func.min(_REVISION.first_seen).over(**same).label("early"),
            func.max(_REVISION.first_seen).over(**same).label("late"),
            func.count().over(**same).label("all"),
        )
        .join(schema.revision, _STATEMENT.revision_id == _REVISION.id)
        .join(schema.entity, _STATEMENT.entity_id == _ENTITY.id)
        .where(*wanted)
        .subquery()
    )
    at_an_end = ranked.c.first_seen.in_((ranked.c.early, ranked.c.late))
    kept = or_(ranked.c.sure <= _OF_A_KIND, at_an_end)
    alike = case((ranked.c.sure == 1, ranked.c.all), else_=0).label("alike")
    return select(ranked.c.seq, alike).where(kept)


def _as_of(connection: Connection, said: list[Said], as_of: str) -> list[Said]:
    """Keep what the contents that the articles had on a day say; what superseded it later does not count."""
    current = _contents(connection, {one.testimony.article_id for one in said}, as_of)
    kept = [one for one in said if current.get(one.testimony.article_id) == one.testimony.revision_id]
    undone = {one.testimony.claim for one in kept if one.testimony.status is Status.SUPERSEDED}
    verdicts = verdicts_of(connection, undone)
    return [_revived(one, verdicts) if one.testimony.claim in undone else one for one in kept]


def _revived(said: Said, verdicts: Mapping[str, str]) -> Said:
    if said.testimony.status is not Status.SUPERSEDED:
        return said
    status = Status(verdicts.get(said.testimony.claim, Status.PROPOSED))
    return replace(said, testimony=replace(said.testimony, status=status))


def _contents(connection: Connection, articles: Iterable[str], as_of: str) -> dict[str, str]:
    """Give the content that each article had on a day: of those written by then the one of the greatest rank."""
    best: dict[str, tuple[str, str]] = {}
    wanted = (
        _REVISION.article_id,
        _REVISION.id,
        _REVISION.rank,
        _REVISION.published_at,
        _REVISION.modified_at,
        _REVISION.first_seen,
    )
    for chunk in chunks(sorted(articles)):
        for row in connection.execute(select(*wanted).where(_REVISION.article_id.in_(chunk))):
            written = max(filter(None, (row.published_at or row.first_seen, row.modified_at)), default="")
            if written and written[:10] <= as_of:
                best[row.article_id] = max(best.get(row.article_id, ("", "")), (row.rank, row.id))
    return {article: revision for article, (_, revision) in best.items()}


def verdicts_of(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """Give the last verdict on each of some claims that was decided on."""
    decision = schema.decision.c
    return {
        row.claim: row.verdict
        for chunk in chunks(sorted(set(claims)))
        for row in connection.execute(
            select(decision.claim, decision.verdict).where(decision.claim.in_(chunk)).order_by(decision.seq)
        )
    }
