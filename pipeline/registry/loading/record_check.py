"""A line as a record that the registry can rest on: one that is what it says, offset by offset."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from itertools import chain

from pydantic import ValidationError

from pipeline.record import SCHEMA_VERSION, PrintedMention, Record, RecordArticle, from_json
from pipeline.registry.loading.contribution import utc
from pipeline.registry.loading.record_files import Line

_TIMES = ("published_at", "modified_at", "fetched_at")
_LISTS = tuple(field.name for field in fields(Record) if field.name not in {"article", "facts", "schema_version"})
_LONGEST_ID = 500  # characters; what an index of a database holds is bounded
_SHOWN = 60  # characters of a value in a reason


class NoRecordError(Exception):
    """Why a line is no record."""


def checked_record(line: Line) -> Record:
    """Read a line; raises NoRecordError."""
    if line.trouble:
        raise NoRecordError(line.trouble)
    try:
        record = from_json(line.text)
    except ValidationError as error:
        raise NoRecordError(_reason(line.text, error)) from error
    for trouble in chain(_of_version(record.schema_version), _of_article(record.article), _of_entities(record)):
        raise NoRecordError(trouble)
    return record


def _reason(line: bytes, error: ValidationError) -> str:
    try:
        version = json.loads(line)["schema_version"]
    except (ValueError, LookupError, TypeError, RecursionError):
        version = SCHEMA_VERSION
    if version != SCHEMA_VERSION:
        return next(_of_version(version))
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    told = first["msg"].replace(" at line 1 column ", " at column ")
    return f"no record: {where + ': ' if where else ''}{told}{more}"


def _of_version(version: object) -> Iterator[str]:
    if version != SCHEMA_VERSION:
        yield f"schema_version {_short(version)}, this Svodka reads {SCHEMA_VERSION}"


def _of_article(article: RecordArticle) -> Iterator[str]:
    if not 0 < len(article.id) <= _LONGEST_ID:
        yield f"an article.id of {len(article.id)} characters"
    if hashlib.sha256(article.text.encode()).hexdigest() != article.text_sha256:
        yield "text_sha256 is not that of the text"
    for start, stop in article.paragraphs:
        if not 0 <= start <= stop <= len(article.text):
            yield f"paragraph {start}:{stop} is outside the text"
    for name in _TIMES:
        try:
            datetime.fromisoformat(getattr(article, name) or "2000-01-01")
            utc(getattr(article, name))
        except (ValueError, OverflowError):
            yield f"{name} {_short(getattr(article, name))} is no ISO 8601 time"


def _of_entities(record: Record) -> Iterator[str]:
    text = record.article.text
    for name in _LISTS:
        ids = set()
        for entity in getattr(record, name):
            if not entity.mentions:
                yield f"{entity.id} has no mention"
            if entity.id in ids:
                yield f"{entity.id} is there twice"
            ids.add(entity.id)
            yield from _of_mentions(entity.id, entity.mentions, text)
            yield from _of_mentions(entity.id, getattr(entity, "position_mentions", ()), text)
    for fact in record.facts:
        evidence = fact.evidence
        mention = PrintedMention(evidence.start, evidence.stop, evidence.quote, fact.rule, fact.confidence)
        yield from _of_mentions(fact.id, [mention], text)


def _of_mentions(name: str, mentions: Iterable[PrintedMention], text: str) -> Iterator[str]:
    for mention in mentions:
        if not 0 <= mention.start < mention.stop or text[mention.start : mention.stop] != mention.text:
            yield f"{name}: text[{mention.start}:{mention.stop}] is not {_short(mention.text)}"
        if not 0 <= mention.confidence <= 1:
            yield f"{name}: a confidence of {mention.confidence}"


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
