"""From what a person types to the entities that it may mean: an id, a number of theirs, a name."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, distinct, exists, func, select, text

from pipeline.registry import schema
from pipeline.registry.belief.testimony import canonical_ids, chunks, ends_of, members_query, names_of
from pipeline.registry.belief.view import Candidate
from pipeline.registry.database.held import held_as
from pipeline.registry.kinds import NAMED, EntityKind, Status
from pipeline.registry.loading.contribution import storable
from pipeline.registry.resolve.search import search
from pipeline.registry.resolve.search_words import whole

IDENTIFIERS = text("statement.property IN ('inn', 'ogrn', 'external_id')")
_TOLD_APART = 50
_HELD = EntityKind.OCCUPANCY
_TELLING = ("body", "region", "parent")
_STATEMENT, _ENTITY, _TERM = schema.statement.c, schema.entity.c, schema.term.c


def find(connection: Connection, wanted: str, *, kind: EntityKind | None = None) -> tuple[Candidate, ...]:
    """Find canonical entities by an id (old or new), ИНН, ОГРН or number in a list, by exact name, or by words of one.

    The first of these ways that leads anywhere counts. Those that most articles speak of come first; what no article
    speaks of any more is found only by its id.
    """
    wanted = wanted.strip()
    found = _candidates(connection, canonical_ids(connection, [wanted]).values())
    for way in (_by_term, _by_words) if _is_resolved(connection) else (_by_number, _by_name):
        if not found:
            ids = canonical_ids(connection, way(connection, wanted)).values()
            found = [one for one in _candidates(connection, ids) if one.articles and kind in {None, one.kind}]
    ordered = sorted(found, key=lambda one: (-one.articles, one.name, one.id))
    if len(ordered) < 2:  # noqa: PLR2004 - one needs no telling apart
        return tuple(ordered)
    about = _about(connection, [one.id for one in ordered[:_TOLD_APART]])
    return tuple(replace(one, about=about.get(one.id)) for one in ordered)


def _is_resolved(connection: Connection) -> bool:
    """Tell whether there are cards to look things up by; without them names and numbers are looked for one by one."""
    return connection.execute(select(_TERM.term).limit(1)).scalar() is not None


def _by_term(connection: Connection, wanted: str) -> list[str]:
    terms = {whole(storable(wanted)), "".join(wanted.split()).casefold()}
    card = schema.card.c
    query = select(card.id, card.kind).join(schema.term, _TERM.card_id == card.id).where(_TERM.term.in_(terms))
    found = connection.execute(query).all()
    # A post is found by its body's name, too: that is meant only where nothing else is.
    return [row.id for row in found if row.kind != EntityKind.POST] or [row.id for row in found]


def _by_words(connection: Connection, wanted: str) -> list[str]:
    return [found.id for found in search(connection, wanted)]


def _by_number(connection: Connection, wanted: str) -> list[str]:
    live = _STATEMENT.status.in_((Status.PROPOSED, Status.ACCEPTED))
    rows = connection.execute(select(_STATEMENT.entity_id).where(IDENTIFIERS, _STATEMENT.value == wanted, live))
    return [row.entity_id for row in rows]


def _by_name(connection: Connection, wanted: str) -> list[str]:
    named = connection.execute(select(_ENTITY.id).where(_ENTITY.name == wanted, _ENTITY.kind.in_(NAMED)))
    return list(named.scalars())


def _about(connection: Connection, ids: list[str]) -> dict[str, str]:
    """Tell of each entity what tells it from others of its name, as most statements have it."""
    canonical = held_as(_ENTITY).label("canonical")
    query = (
        select(canonical, _STATEMENT.value)
        .join(schema.statement, _STATEMENT.entity_id == _ENTITY.id)
        .where(_ENTITY.id.in_(members_query(ids)), _STATEMENT.property.in_(_TELLING))
        .group_by(canonical, _STATEMENT.value)
        .order_by(func.count(), _STATEMENT.value)
    )
    found = {row.canonical: row.value for row in connection.execute(query)}
    held = {id_: one for id_, ends in ends_of(connection, ids).items() for one, kind in ends[:1] if kind is _HELD}
    posts = names_of(connection, held.values())
    return {id_: posts[one] for id_, one in held.items()} | found


def _candidates(connection: Connection, ids: Iterable[str]) -> list[Candidate]:
    ids = sorted(set(ids))
    names = names_of(connection, ids)
    canonical = held_as(_ENTITY).label("canonical")
    live = exists().where(_STATEMENT.entity_id == _ENTITY.id, _STATEMENT.status != Status.SUPERSEDED)
    speaking = func.count(distinct(_ENTITY.article_id)).filter(live).label("articles")
    counted = select(canonical, _ENTITY.kind, speaking).group_by(canonical, _ENTITY.kind)
    return [
        Candidate(row.canonical, EntityKind(row.kind), names[row.canonical], row.articles)
        for chunk in chunks(ids)
        for row in connection.execute(counted.where(_ENTITY.id.in_(members_query(chunk))))
    ]
