"""What one record says, drafted for the registry.

A pure function of the record, so that the order of loading cannot matter.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic_core import PydanticSerializationError

from pipeline.record import Record, to_json
from pipeline.registry.identity import profiles_of
from pipeline.registry.ids import digest
from pipeline.registry.kinds import Origin
from pipeline.registry.loading._entities import entity_drafts
from pipeline.registry.loading._passages import Passages
from pipeline.registry.loading._relations import relation_drafts
from pipeline.registry.loading.draft import EntityDraft, StatementDraft

_UNSTORABLE = re.compile("[\\x00\ud800-\udfff]")
_NUMBER = re.compile("[0-9]+")
_NUL = "\\u0000"  # as JSON writes it
_NOT_CONTENT = ("source", "fetched_at")  # of the article: where and when it was read, not what it says


@dataclass(frozen=True, slots=True)
class Contribution:
    """One content of an article with all that it says; the articles of lists and corrections look the same.

    `rank` orders the contents of an article by when they were fetched, else modified or published, and by the versions
    that read them; the load completes it with its own time, for contents that nothing else tells apart.
    """

    article_id: str
    revision_id: str
    rank: str
    origin: Origin
    about: dict[str, str | None]  # columns of `revision`
    drafts: tuple[EntityDraft, ...] = ()

    def statements(self) -> Iterator[StatementDraft]:
        """Go through what is said of the entities."""
        return (statement for draft in self.drafts for statement in draft.statements)


def contribution(record: Record) -> Contribution:
    """Draw up a record's rows."""
    record, written = _storable_record(record)
    passages = Passages(record)
    profiles = profiles_of(record)
    drafts = entity_drafts(record, passages)
    entities = tuple(replace(draft, profile=profiles.get(draft.local_id)) for draft in drafts)
    relations = tuple(relation_drafts(record, {draft.local_id: draft for draft in entities}, passages))
    article = record.article
    seen = utc(article.fetched_at) or utc(article.modified_at) or utc(article.published_at)
    return Contribution(
        article_id=article.id,
        revision_id=digest(article.id, _content(written)),
        rank="|".join((seen or "", utc(article.modified_at) or "", *_versions(record))),
        origin=Origin.ARTICLE,
        about={
            "title": article.title,
            "url": article.canonical_url or article.url,
            "site": article.site,
            "site_name": article.site_name,
            "published_at": article.published_at,
            "modified_at": article.modified_at,
            "fetched_at": utc(article.fetched_at),
            "first_seen": utc(article.published_at) or seen,
            "last_seen": seen,
            "text": article.text,
            "text_sha256": article.text_sha256,
            "paragraphs": json.dumps(article.paragraphs),
            "file": article.source.file,
        },
        drafts=(*entities, *relations),
    )


def _storable_record(record: Record) -> tuple[Record, str]:
    """Give a record that databases hold, and its JSON."""
    try:
        written = to_json(record)
    except PydanticSerializationError:  # a lone surrogate
        written = _NUL
    if _NUL not in written:
        return record, written
    made: Record = storable(record)
    digest_ = hashlib.sha256(made.article.text.encode()).hexdigest()
    made = replace(made, article=replace(made.article, text_sha256=digest_))
    return made, to_json(made)


def storable(value: Any) -> Any:
    """Put U+FFFD for NUL and lone surrogates, which no database holds; offsets stay as they are."""
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, tuple):
        return tuple(map(storable, value))
    if isinstance(value, dict):
        return {key: storable(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{field.name: storable(getattr(value, field.name)) for field in fields(value)})
    return value


def _content(written: str) -> str:
    content = json.loads(written)
    for name in _NOT_CONTENT:
        del content["article"][name]
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _versions(record: Record) -> Iterator[str]:
    """Write the extractors' versions so that they compare as numbers: 10 is after 9."""
    for name, version in sorted(record.article.extractors.items()):
        yield f"{name}={_NUMBER.sub(lambda digits: digits[0].zfill(6), version)}"


def utc(time: str | None) -> str | None:
    """Write a time of a record in UTC; a day alone stays a day.

    >>> utc("2024-03-06T10:00:00+03:00"), utc("2024-03-06"), utc(None)
    ('2024-03-06T07:00:00Z', '2024-03-06', None)
    """
    if time is None or "T" not in time:
        return time
    moment = datetime.fromisoformat(time)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
