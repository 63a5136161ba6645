"""An article as it is read beside what it says: its text, and every statement that rests on it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pipeline.registry import schema
from pipeline.registry.belief.statements import select_statements
from pipeline.registry.belief.testimony import Said, chunks, names_of, said_in
from pipeline.registry.belief.trust import trust_of


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One content of an article. `revisions`: all its contents, (id, first stored at), the current one first.

    `said` is in the order of the text; `names` has the names of all entities in it.
    """

    id: str
    revision_id: str
    origin: str
    title: str | None
    url: str | None
    site: str | None
    site_name: str | None
    published_at: str | None
    modified_at: str | None
    fetched_at: str | None
    text: str
    paragraphs: tuple[tuple[int, int], ...]
    revisions: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    names: Mapping[str, str]

    @property
    def is_current(self) -> bool:
        """Tell whether this is the content that the article is held to have now."""
        return self.revision_id == self.revisions[0][0]


def article_view(connection: Connection, article_id: str, revision_id: str | None = None) -> ArticleView | None:
    """Read an article, with its current content or another; None where there is none."""
    revision, article = schema.revision.c, schema.article.c
    wanted = revision.id == (revision_id or article.revision_id)
    query = select(schema.revision, article.origin, article.revision_id).join(schema.article)
    row = connection.execute(query.where(revision.article_id == article_id, wanted)).mappings().one_or_none()
    if row is None:
        return None
    about = {name: row[name] for name in ArticleView.__dataclass_fields__ if name in row}
    about |= {"id": article_id, "revision_id": row["id"], "paragraphs": _pairs(row["paragraphs"])}
    revisions = _revisions(connection, article_id)
    said = _said(connection, row["id"])
    names = names_of(connection, {id_ for one in said for id_ in (one.entity_id, one.value_id) if id_})
    return ArticleView(**about, revisions=revisions, said=said, names=names)


def _pairs(written: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, stop) for start, stop in json.loads(written))


def _revisions(connection: Connection, article_id: str) -> tuple[tuple[str, str], ...]:
    revision = schema.revision.c
    query = select(revision.id, revision.loaded_at).where(revision.article_id == article_id)
    return tuple((row.id, row.loaded_at) for row in connection.execute(query.order_by(revision.rank.desc())))


def _said(connection: Connection, revision_id: str) -> tuple[Said, ...]:
    statement = schema.statement.c
    query = select_statements().where(statement.revision_id == revision_id)
    rows = connection.execute(query.order_by(statement.quote_start, statement.start, statement.seq)).mappings()
    trust = trust_of(connection)
    return tuple(said_in(row, trust) for row in rows)


@dataclass(frozen=True, slots=True)
class Member:
    """An article's own entity, before merging, and the article that it is of."""

    id: str
    name: str
    article_id: str
    title: str | None
    url: str | None
    published_at: str | None
    first_seen: str | None


def members_named(connection: Connection, ids: Iterable[str]) -> tuple[Member, ...]:
    """Read articles' entities by their own ids, the earliest article's first."""
    entity, revision, article = schema.entity.c, schema.revision.c, schema.article.c
    query = (
        select(
            entity.id,
            entity.name,
            entity.article_id,
            revision.title,
            revision.url,
            revision.published_at,
            entity.first_seen,
        )
        .join(article.id.table, entity.article_id == article.id)
        .outerjoin(revision.id.table, article.revision_id == revision.id)
    )
    found = [
        Member(*row)
        for chunk in chunks(sorted(set(ids)))
        for row in connection.execute(query.where(entity.id.in_(chunk)))
    ]
    return tuple(sorted(found, key=lambda one: (one.first_seen or "", one.id)))
