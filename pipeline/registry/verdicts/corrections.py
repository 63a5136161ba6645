"""The keeper's corrections: a value is rejected, and the keeper's own statement stands in its place, accepted.

What the keeper says is an article too, of origin `keeper`: its text says who corrected what, when and why, so that
the statement has words to rest on like any other. It speaks of the same entities as the claims that it corrects, and
is never superseded: a re-extraction of their article changes nothing in it.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from extractors import is_inn, is_ogrn
from pipeline.errors import RegistryError
from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.database import insert_ignoring
from pipeline.registry.ids import digest
from pipeline.registry.kinds import KEEPER_RULE, PROPERTIES, Origin, Status
from pipeline.registry.loading._rows import add_statements
from pipeline.registry.loading.contribution import storable
from pipeline.registry.loading.draft import Grounds, StatementDraft
from pipeline.registry.loading.load import begin_load, end_load
from pipeline.registry.verdicts.decisions import Signature, Verdict, decide_each, lock_articles

SITE = "keeper"

_VERSION = "keeper-1"
_TITLE = "Исправление"
_CHECKS = {"inn": is_inn, "ogrn": is_ogrn}
_STATEMENT, _ENTITY, _ARTICLE = schema.statement.c, schema.entity.c, schema.article.c


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction made: the keeper's article, its claims, and the act to take it back by."""

    article_id: str
    claims: tuple[str, ...]
    act: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The text of a correction, and where the value stands in it."""

    text: str
    value: str
    value_id: str | None
    start: int


def correct(connection: Connection, claims: Collection[str], value: str, by: Signature) -> Correction:
    """Put a value in the place of the one that these claims make: they are rejected, it is accepted.

    `value` is the right value, or the id of an entity where the value is one. Raises RegistryError where a claim is
    not in the registry, the claims are not of one property, or the value cannot be one of it.
    """
    lock_articles(connection, claims)
    wrong = _latest(connection, claims)
    prop = _one_property(wrong)
    words = _words(connection, prop, storable(value.strip()), wrong, by)
    drafts = {row.claim: _draft(row, words) for row in wrong}
    own = {draft.claim: draft for draft in drafts.values()}
    if same := set(own) & set(drafts):
        raise RegistryError(f"claim {min(same)} says {words.value!r} already; accept it instead")
    article_id = _write(connection, words, list(own.values()), by)
    verdicts = [Verdict(claim, Status.REJECTED, instead=drafts[claim].claim) for claim in drafts]
    act = decide_each(connection, [*verdicts, *(Verdict(claim, Status.ACCEPTED) for claim in own)], by)
    return Correction(article_id, tuple(own), act)


def _latest(connection: Connection, claims: Collection[str]) -> Sequence[Row[Any]]:
    """Read each claim as it was said last, with the name of its entity."""
    last = select(func.max(_STATEMENT.seq)).where(_STATEMENT.claim.in_(sorted(claims))).group_by(_STATEMENT.claim)
    query = (
        select(schema.statement, _ENTITY.name.label("of"))
        .join(schema.entity, _STATEMENT.entity_id == _ENTITY.id)
        .where(_STATEMENT.seq.in_(last))
        .order_by(_STATEMENT.seq)
    )
    return connection.execute(query).all()


def _one_property(wrong: Sequence[Row[Any]]) -> str:
    found = sorted({row.property for row in wrong})
    if len(found) != 1:
        raise RegistryError(
            f"one correction is about one property, these claims are about {', '.join(found) or 'none'}"
        )
    return str(found[0])


def _words(connection: Connection, prop: str, value: str, wrong: Sequence[Row[Any]], by: Signature) -> _Words:
    """Say the correction; the value has to be one that the property can have."""
    if not value:
        raise RegistryError(f"{prop}: nothing is no value; reject what is wrong instead")
    if prop in _CHECKS and not _CHECKS[prop](value):
        raise RegistryError(f"{value!r} is no {PROPERTIES[prop].label}: the number of digits or a check digit is wrong")
    entity = connection.execute(select(_ENTITY.id, _ENTITY.name).where(_ENTITY.id == value)).one_or_none()
    value_id, name = (entity.id, entity.name) if entity else (None, value)
    label = PROPERTIES[prop].label if prop in PROPERTIES else prop
    begun = f"{by.who}, {by.at}. {wrong[0].of}, {label}: "
    before = ", ".join(dict.fromkeys(row.value for row in wrong))
    why = f" Почему: {by.why.strip()}" if by.why and by.why.strip() else ""
    return _Words(storable(f"{begun}{name}. Было: {before}.{why}"), name, value_id, len(begun))


def _draft(wrong: Row[Any], words: _Words) -> StatementDraft:
    stop = words.start + len(words.value)
    grounds = Grounds(KEEPER_RULE, _VERSION, 1.0, words.value, words.start, stop, 0, len(words.text))
    modality = FactStatus(wrong.modality)
    return StatementDraft(wrong.entity_id, wrong.property, words.value, grounds, words.value_id, modality)


def _write(connection: Connection, words: _Words, drafts: Sequence[StatementDraft], by: Signature) -> str:
    """Write the keeper's article; the very same correction of the same second is one article."""
    load_seq = begin_load(connection, "correct", by.at)
    article_id = digest(SITE, words.text, *sorted(draft.claim for draft in drafts))
    revision_id = digest(article_id, words.text)
    revision = {
        "id": revision_id,
        "article_id": article_id,
        "rank": by.at,
        "title": _TITLE,
        "site": SITE,
        "published_at": by.at,
        "first_seen": by.at,
        "last_seen": by.at,
        "text": words.text,
        "text_sha256": hashlib.sha256(words.text.encode()).hexdigest(),
        "paragraphs": json.dumps([[0, len(words.text)]]),
        "loaded_at": by.at,
        "load_seq": load_seq,
    }
    insert_ignoring(connection, schema.article, [{"id": article_id, "origin": Origin.KEEPER, "site": SITE}])
    if connection.execute(select(_ARTICLE.revision_id).where(_ARTICLE.id == article_id)).scalar() is None:
        connection.execute(insert(schema.revision).values(revision))
        connection.execute(update(schema.article).where(_ARTICLE.id == article_id).values(revision_id=revision_id))
        add_statements(connection, revision_id, drafts, Status.PROPOSED)
    end_load(connection, load_seq, {"corrections": len(drafts)}, by.at)
    return article_id
