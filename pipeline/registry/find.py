"""From what a person types to the entities that it may mean: an id, a number of theirs, a name."""

from collections.abc import Iterable

from sqlalchemy import Connection, distinct, exists, func, select, text

from pipeline.registry import schema
from pipeline.registry.kinds import NAMED, EntityKind, Status
from pipeline.registry.testimony import canonical_ids, chunks, members_query, names_of
from pipeline.registry.view import Candidate

IDENTIFIERS = text("statement.property IN ('inn', 'ogrn', 'external_id')")  # in these words the index has it
_STATEMENT, _ENTITY = schema.statement.c, schema.entity.c


def find(connection: Connection, wanted: str, *, kind: EntityKind | None = None) -> tuple[Candidate, ...]:
    """Find canonical entities by an id (old or new), ИНН, ОГРН or number in a list, or exact name.

    The first of these ways that leads anywhere counts. Those that most articles speak of come first; what no article
    speaks of any more is found only by its id.
    """
    wanted = wanted.strip()
    found = _candidates(connection, canonical_ids(connection, [wanted]).values())
    for way in (_by_number, _by_name):
        if not found:
            ids = canonical_ids(connection, way(connection, wanted)).values()
            found = [one for one in _candidates(connection, ids) if one.articles and kind in {None, one.kind}]
    return tuple(sorted(found, key=lambda one: (-one.articles, one.name, one.id)))


def _by_number(connection: Connection, wanted: str) -> list[str]:
    live = _STATEMENT.status.in_((Status.PROPOSED, Status.ACCEPTED))
    rows = connection.execute(select(_STATEMENT.entity_id).where(IDENTIFIERS, _STATEMENT.value == wanted, live))
    return [row.entity_id for row in rows]


def _by_name(connection: Connection, wanted: str) -> list[str]:
    card = schema.card.c
    named = connection.execute(select(_ENTITY.id).where(_ENTITY.name == wanted, _ENTITY.kind.in_(NAMED)))
    carded = connection.execute(select(card.id).where(card.name == wanted))
    return [row.id for row in (*named, *carded)]


def _candidates(connection: Connection, ids: Iterable[str]) -> list[Candidate]:
    ids = sorted(set(ids))
    names = names_of(connection, ids)
    canonical = func.coalesce(_ENTITY.canonical_id, _ENTITY.id).label("canonical")
    live = exists().where(_STATEMENT.entity_id == _ENTITY.id, _STATEMENT.status != Status.SUPERSEDED)
    speaking = func.count(distinct(_ENTITY.article_id)).filter(live).label("articles")
    counted = select(canonical, _ENTITY.kind, speaking).group_by(canonical, _ENTITY.kind)
    return [
        Candidate(row.canonical, EntityKind(row.kind), names[row.canonical], row.articles)
        for chunk in chunks(ids)
        for row in connection.execute(counted.where(_ENTITY.id.in_(members_query(chunk))))
    ]
