"""Cards of canonical entities and the terms by which search finds them, kept up to date.

A card tells of what the current contents of articles say; an entity that none of them speaks of has none, though its
id and its history stay.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, and_, case, delete, distinct, exists, func, insert, select

from pipeline.registry import schema
from pipeline.registry.database import lock
from pipeline.registry.database.chunks import delete_in, rows_in
from pipeline.registry.database.touched import Touched
from pipeline.registry.folding import folded
from pipeline.registry.identity import Profile, from_json
from pipeline.registry.kinds import KEEPER_RULE, NAMED, EntityKind, Origin, Status
from pipeline.registry.resolve.search_words import terms_of

_ENTITY, _ARTICLE, _REVISION = schema.entity.c, schema.article.c, schema.revision.c
_STATEMENT = schema.statement.c
_LONGEST_NAME = 500  # characters; the whole name stays in its statements
_MOST_NAMES = 60  # whose words a card is found by, the commonest
_OWN_WORD = 1_000_000  # what the keeper writes comes before what any number of articles do
_LISTED = case((_ARTICLE.origin == Origin.LIST, 1), else_=0)


@dataclass(slots=True)
class _Draft:
    """A card under way: its names and regions, each with the number of articles that have it."""

    kind: str
    articles: int = 0
    listed: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)
    rejected: Counter[str] = field(default_factory=Counter)  # names that the keeper rejected, for want of others
    first_seen: str | None = None
    last_seen: str | None = None


def refresh_some(connection: Connection, *, limit: int) -> int:
    """Write anew the cards that some notes name, those of one card together; tell how many notes."""
    lock(connection)
    note = schema.touched.c
    query = select(note.seq, note.id).where(note.what == Touched.CARD)
    notes = connection.execute(query.order_by(note.id, note.seq).limit(limit)).all()
    refresh_cards(connection, (row.id for row in notes))
    delete_in(connection, delete(schema.touched), note.seq, (row.seq for row in notes))
    return len(notes)


def refresh_cards(connection: Connection, ids: Iterable[str]) -> None:
    """Write the cards of these canonical ids anew; ids that are no canonical ids any more lose theirs."""
    wanted = set(ids)
    drafts = _drafts(connection, wanted)
    delete_in(connection, delete(schema.term), schema.term.c.card_id, wanted)
    delete_in(connection, delete(schema.card), schema.card.c.id, wanted)
    cards = [_card(one, draft) for one, draft in sorted(drafts.items())]
    terms = [term for one, draft in sorted(drafts.items()) for term in _terms(one, draft)]
    for table, rows in ((schema.card, cards), (schema.term, terms)):
        if rows:
            connection.execute(insert(table), rows)


def _spoken_of(*columns: Any) -> Select[Any]:
    """Begin a query of the named entities that the current contents of their articles speak of."""
    current = and_(_REVISION.id == _ARTICLE.revision_id, _REVISION.rank == _ENTITY.rank)
    return (
        select(_ENTITY.canonical_id, *columns)
        .select_from(schema.entity)
        .join(schema.article, _ARTICLE.id == _ENTITY.article_id)
        .join(schema.revision, current)
        .where(_ENTITY.kind.in_(NAMED))
    )


def _drafts(connection: Connection, ids: set[str]) -> dict[str, _Draft]:
    drafts: dict[str, _Draft] = {}
    articles = func.count(distinct(_ENTITY.article_id)).label("articles")
    seen = func.min(_REVISION.first_seen).label("first_seen"), func.max(_REVISION.last_seen).label("last_seen")
    whole = _spoken_of(_ENTITY.kind, articles, *seen).group_by(_ENTITY.canonical_id, _ENTITY.kind)
    for row in rows_in(connection, whole, _ENTITY.canonical_id, ids):
        drafts[row.canonical_id] = _Draft(
            row.kind, row.articles, first_seen=row.first_seen, last_seen=row.last_seen
        )  # fmt: skip
    named = _spoken_of(_ENTITY.name, _ENTITY.profile_id, _LISTED.label("listed"), func.count().label("articles"))
    named = named.group_by(_ENTITY.canonical_id, _ENTITY.name, _ENTITY.profile_id, _LISTED)
    rows = list(rows_in(connection, named, _ENTITY.canonical_id, drafts))
    profiles = _profiles(connection, {row.profile_id for row in rows if row.profile_id})
    for row in rows:
        _take(drafts[row.canonical_id], row, profiles.get(row.profile_id))
    _add_said(connection, drafts)
    _heed_keeper(connection, drafts)
    return drafts


def _profiles(connection: Connection, ids: set[str]) -> dict[str, Profile]:
    profile = schema.profile.c
    query = select(profile.id, profile.features)
    return {row.id: from_json(row.features) for row in rows_in(connection, query, profile.id, ids)}


def _take(draft: _Draft, row: Any, profile: Profile | None) -> None:
    (draft.listed if row.listed else draft.names)[row.name] += row.articles
    if profile is None:
        return
    for alias in profile.names[1:]:
        draft.aliases[alias] += row.articles
    if profile.region:
        draft.regions[profile.region] += row.articles * (1000 if row.listed else 1)
    draft.numbers |= {number for number in (profile.inn, profile.ogrn) if number}


def _add_said(connection: Connection, drafts: dict[str, _Draft]) -> None:
    """Add what is in no profile: the bodies of posts, and numbers in lists."""
    posts = [one for one, draft in drafts.items() if draft.kind == EntityKind.POST]
    said = and_(_STATEMENT.entity_id == _ENTITY.id, _STATEMENT.status != Status.SUPERSEDED)
    body = select(_ENTITY.canonical_id, _STATEMENT.value, func.count().label("articles")).join(schema.statement, said)
    body = body.where(_STATEMENT.property == "body").group_by(_ENTITY.canonical_id, _STATEMENT.value)
    for row in rows_in(connection, body, _ENTITY.canonical_id, posts):
        drafts[row.canonical_id].bodies[row.value] += row.articles
    listed = [one for one, draft in drafts.items() if draft.listed]
    number = select(_ENTITY.canonical_id, _STATEMENT.value).join(schema.statement, said)
    number = number.where(_STATEMENT.property.in_(("external_id", "inn", "ogrn")))
    for row in rows_in(connection, number, _ENTITY.canonical_id, listed):
        drafts[row.canonical_id].numbers.add(row.value)


def _heed_keeper(connection: Connection, drafts: dict[str, _Draft]) -> None:
    """Put names that the keeper gave or accepted before others, and leave out those rejected."""
    decision = schema.decision.c
    if connection.execute(select(decision.seq).limit(1)).first() is None:
        return
    said = and_(_STATEMENT.entity_id == _ENTITY.id, _STATEMENT.status.in_((Status.ACCEPTED, Status.REJECTED)))
    query = (
        select(_ENTITY.canonical_id, _STATEMENT.property, _STATEMENT.value, _STATEMENT.status, _STATEMENT.rule)
        .distinct()
        .join(schema.statement, said)
        .where(_STATEMENT.property.in_(("name", "alias")), exists().where(decision.claim == _STATEMENT.claim))
    )
    decided = rows_in(connection, query, _ENTITY.canonical_id, drafts)
    for row in sorted(decided, key=lambda row: row.status == Status.ACCEPTED):  # what is accepted counts
        _heed(drafts[row.canonical_id], row)


def _heed(draft: _Draft, row: Any) -> None:
    named = draft.names if row.property == "name" else draft.aliases
    if row.status == Status.ACCEPTED:
        own = _OWN_WORD if row.rule == KEEPER_RULE else 1
        (draft.listed if row.property == "name" else draft.aliases)[row.value] += own + named[row.value]
        return
    for names in (named, draft.listed) if row.property == "name" else (named,):
        for name in [name for name in names if folded(name) == folded(row.value)]:
            draft.rejected[name] += names.pop(name)


def _card(one: str, draft: _Draft) -> dict[str, Any]:
    return {
        "id": one, "kind": draft.kind, "name": _best_name(draft)[:_LONGEST_NAME], "region": _commonest(draft.regions),
        "articles": draft.articles, "first_seen": draft.first_seen, "last_seen": draft.last_seen,
    }  # fmt: skip


def _best_name(draft: _Draft) -> str:
    """Choose the keeper's own name, else the commonest; of a person one with a first name, of a post its body too."""
    names = draft.listed or draft.names or draft.rejected
    if draft.kind == EntityKind.PERSON:
        full = Counter({name: count for name, count in names.items() if " " in name and "." not in name})
        names = full or names
    best = _commonest(names) or ""
    body = _commonest(draft.bodies)
    return f"{best} — {body}" if body else best


def _commonest(counted: Counter[str]) -> str | None:
    return min(counted, key=lambda name: (-counted[name], -len(name), name), default=None)


def _terms(one: str, draft: _Draft) -> Iterator[dict[str, Any]]:
    named: dict[str, int] = defaultdict(int)
    for counted in (draft.listed, draft.names, draft.aliases, draft.bodies):
        for name, count in counted.items():
            named[name] += count
    names = sorted(named, key=lambda name: (name not in draft.listed, -named[name], name))[:_MOST_NAMES]
    terms = {*terms_of(names), *(number.casefold()[:60] for number in draft.numbers)}
    yield from ({"term": term, "articles": draft.articles, "card_id": one} for term in sorted(terms))
