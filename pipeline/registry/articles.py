"""An article as it is read beside what it says: its text, and every statement that rests on it."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.kinds import EntityKind, Status
from pipeline.registry.statements import select_statements
from pipeline.registry.view import Testimony

_FIELDS = [name for name in Testimony.__dataclass_fields__ if name not in {"source", "weight"}]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with what it is about. Ids are canonical; `name` is the entity's as this article has it."""

    id: str
    kind: EntityKind
    name: str
    prop: str
    value: str
    value_id: str | None
    testimony: Testimony


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One content of an article. `revisions`: all its contents, (id, first stored at), the current one first."""

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
    return ArticleView(**about, revisions=revisions, said=statements_of(connection, row["id"]))


def _pairs(written: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, stop) for start, stop in json.loads(written))


def _revisions(connection: Connection, article_id: str) -> tuple[tuple[str, str], ...]:
    revision = schema.revision.c
    query = select(revision.id, revision.loaded_at).where(revision.article_id == article_id)
    return tuple((row.id, row.loaded_at) for row in connection.execute(query.order_by(revision.rank.desc())))


def statements_of(connection: Connection, revision_id: str) -> tuple[Said, ...]:
    """Read what one revision says, in the order of its text."""
    statement = schema.statement.c
    query = select_statements().add_columns(schema.entity.c.name.label("name"))
    query = query.where(statement.revision_id == revision_id)
    found = connection.execute(query.order_by(statement.quote_start, statement.start, statement.seq))
    return tuple(said(row) for row in found.mappings())


def said(row: Any) -> Said:
    """Make a value of a row of `select_statements` that has the entity's name too."""
    told = {name: row[name] for name in _FIELDS}
    told |= {"modality": FactStatus(row["modality"]), "status": Status(row["status"])}
    return Said(
        id=row["canonical_id"],
        kind=EntityKind(row["kind"]),
        name=row["name"],
        prop=row["prop"],
        value=row["value"],
        value_id=row["value_id"],
        testimony=Testimony(**told),
    )
