"""Statements stand in the texts where they say they do, and texts are what they were."""

import hashlib
from typing import Any

from sqlalchemy import Connection, and_, case, func, not_, select

from pipeline.registry import schema
from pipeline.registry.ids import digest
from pipeline.registry.upkeep.check._rule import Found, Rule, rows

_STATEMENT, _REVISION = schema.statement.c, schema.revision.c
_PLACE = (_STATEMENT.original, _STATEMENT.start, _STATEMENT.stop, _STATEMENT.quote_start, _STATEMENT.quote_stop)


def _said(*columns: Any) -> Any:
    return select(_STATEMENT.seq, *columns).join(schema.revision, _STATEMENT.revision_id == _REVISION.id)


def _misplaced(connection: Connection) -> Found:
    given = sum(
        (case((column.is_not(None), 1), else_=0) for column in _PLACE[1:]),
        start=case((_PLACE[0].is_(None), 0), else_=1),
    )
    for row in rows(connection, select(_STATEMENT.seq, given.label("given")).where(given.between(1, 4))):
        yield f"statement {row.seq}", f"has {row.given} of original, start, stop, quote_start and quote_stop"
    found = func.substr(_REVISION.text, _STATEMENT.start + 1, _STATEMENT.stop - _STATEMENT.start)
    query = _said(_STATEMENT.original, found.label("found"), _STATEMENT.start).where(found != _STATEMENT.original)
    for row in rows(connection, query):
        yield f"statement {row.seq}", f"says {_short(row.original)}, its text has {_short(row.found)} at {row.start}"


def _misquoted(connection: Connection) -> Found:
    within = and_(
        _STATEMENT.quote_start >= 0,
        _STATEMENT.quote_start <= _STATEMENT.start,
        _STATEMENT.start < _STATEMENT.stop,
        _STATEMENT.stop <= _STATEMENT.quote_stop,
        _STATEMENT.quote_stop <= func.length(_REVISION.text),
    )
    length = func.length(_REVISION.text).label("length")
    query = _said(*_PLACE[1:], length).where(_STATEMENT.start.is_not(None), not_(within))
    for row in rows(connection, query):
        quote = f"{row.quote_start}:{row.quote_stop}"
        yield f"statement {row.seq}", f"{row.start}:{row.stop} within {quote} within a text of {row.length}"


def _altered_texts(connection: Connection) -> Found:
    for row in rows(connection, select(_REVISION.id, _REVISION.text, _REVISION.text_sha256)):
        if hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest() != row.text_sha256:
            yield f"revision {row.id}", "its text is not the one that text_sha256 is of"


def _altered_claims(connection: Connection) -> Found:
    for row in rows(connection, select(schema.statement)):
        if digest(row.entity_id, row.property, row.value_id or row.value, row.modality) != row.claim:
            yield f"statement {row.seq}", f"claim {row.claim} is not of {row.property} {_short(row.value)}"


def _short(text: str | None) -> str:
    return repr(text) if text is None or len(text) <= 60 else f"{text[:60]!r}…"  # noqa: PLR2004 - for a line


TEXTS = (
    Rule("words", "a statement's original words stand at start:stop of its text", _misplaced),
    Rule("quotes", "a statement's words stand within its quote, and the quote within its text", _misquoted),
    Rule("text", "a revision's text has the digest it was loaded with", _altered_texts),
    Rule("claims", "a claim is the digest of entity, property, value and modality", _altered_claims),
)
