"""Cards and search words follow from the entities. Where resolving is not done yet, only what is there is looked at."""

from sqlalchemy import Connection, and_, distinct, func, or_, select

from pipeline.registry import schema
from pipeline.registry.kinds import NAMED
from pipeline.registry.upkeep.check._rule import Found, Rule, rows

_ARTICLE, _REVISION, _ENTITY = schema.article.c, schema.revision.c, schema.entity.c
_CARD, _TERM = schema.card.c, schema.term.c


def _misfiled(connection: Connection) -> Found:
    right = and_(_ENTITY.canonical_id == _CARD.id, _ENTITY.kind == _CARD.kind)
    query = select(_CARD.id, _CARD.kind, _ENTITY.canonical_id, _ENTITY.kind.label("other"))
    query = query.outerjoin(schema.entity, _ENTITY.id == _CARD.id).where(right.is_not(True))
    for row in rows(connection, query):
        held = "is no entity" if row.other is None else f"is a {row.other} held to be {row.canonical_id}"
        yield f"card {row.id}", f"of a {row.kind}, but {row.id} {held}"


def _miscounted(connection: Connection) -> Found:
    """Compare cards with what the current contents of articles speak of."""
    if not _is_resolved(connection):
        return
    current = and_(_REVISION.id == _ARTICLE.revision_id, _REVISION.rank == _ENTITY.rank)
    spoken = (
        select(_ENTITY.canonical_id.label("id"), func.count(distinct(_ENTITY.article_id)).label("articles"))
        .join(schema.article, _ARTICLE.id == _ENTITY.article_id)
        .join(schema.revision, current)
        .where(_ENTITY.kind.in_(NAMED))
        .group_by(_ENTITY.canonical_id)
        .subquery()
    )
    query = select(spoken.c.id, spoken.c.articles, _CARD.articles.label("told"))
    query = query.outerjoin(schema.card, _CARD.id == spoken.c.id)
    for row in rows(connection, query.where(or_(_CARD.id.is_(None), _CARD.articles != spoken.c.articles))):
        yield f"card {row.id}", f"{'there is none' if row.told is None else row.told}, for {row.articles} articles"
    query = select(_CARD.id).outerjoin(spoken, spoken.c.id == _CARD.id).where(spoken.c.id.is_(None))
    for row in rows(connection, query):
        yield f"card {row.id}", "no article speaks of it now"


def _misranked(connection: Connection) -> Found:
    query = select(_TERM.term, _TERM.card_id, _TERM.articles, _CARD.articles.label("told"))
    query = query.join(schema.card, _CARD.id == _TERM.card_id).where(_CARD.articles != _TERM.articles)
    for row in rows(connection, query):
        yield f"term {row.term} {row.card_id}", f"counts {row.articles} articles, its card {row.told}"
    query = select(_CARD.id).outerjoin(schema.term, _TERM.card_id == _CARD.id).where(_TERM.card_id.is_(None))
    for row in rows(connection, query):
        yield f"card {row.id}", "search does not find it: it has no words"


def _is_resolved(connection: Connection) -> bool:
    open_ = select(_ENTITY.id).where(_ENTITY.canonical_id.is_(None)).limit(1)
    touched = select(schema.touched.c.seq).limit(1)
    return connection.execute(open_).first() is None and connection.execute(touched).first() is None


DERIVED = (
    Rule("cards", "a card is of a canonical entity, of its kind", _misfiled),
    Rule("counts", "each entity that articles speak of has a card, which counts them", _miscounted),
    Rule("search", "each card has words that lead to it and count its articles", _misranked),
)
