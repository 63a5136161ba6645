"""The record of one article (schema_version 1): the form in which results leave Svodka.

Plain frozen dataclasses; `to_json` writes them, `schema` describes them. Ids are local to a record (`org1`, `clu2`).
Dates are ISO 8601 strings, amounts decimal strings in whole units, offsets half-open into `article.text`.
"""

import json
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from extractors import (
    ClusterKind,
    ClusterStatus,
    Granularity,
    OrganizationKind,
    PlaceKind,
    TenureStatus,
)
from pipeline.fact import Evidence, FactKind, FactStatus

SCHEMA_VERSION = 1

Mentions = tuple["PrintedMention", ...]
From = Annotated[str | None, Field(alias="from")]
To = Annotated[str | None, Field(alias="to")]


@dataclass(frozen=True, slots=True)
class PrintedMention:
    """An occurrence as printed: `article.text[start:stop] == text`."""

    start: int
    stop: int
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Where the article was read."""

    file: str
    member: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class RecordArticle:
    """The article and its metadata."""

    id: str
    url: str | None
    canonical_url: str | None
    site: str | None
    site_name: str | None
    title: str | None
    lead: str | None
    authors: tuple[str, ...]
    published_at: str | None
    published_source: str | None
    modified_at: str | None
    fetched_at: str | None
    text: str
    text_sha256: str
    paragraphs: tuple[tuple[int, int], ...]
    captions: tuple[str, ...]
    source: ArticleSource
    language: str
    extractors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization of the article under its fullest nominative name; `parent` is another organization's id."""

    id: str
    name: str
    kind: OrganizationKind
    legal_form: str | None
    aliases: tuple[str, ...]
    parent: str | None
    region: str | None
    identifiers: dict[str, str]
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Cluster:
    """A particular, named cluster."""

    id: str
    name: str
    kind: ClusterKind
    scope: str | None
    industry: str | None
    region: str | None
    status: ClusterStatus
    aliases: tuple[str, ...]
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Person:
    """A person under the fullest nominative name of the article."""

    id: str
    name: str
    first: str | None
    patronymic: str | None
    last: str | None
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Official:
    """A person in a post. `organization` is the body's name, or the territory's for a head of a territory.

    `organization_id` is set for a body, `place_id` for a territory; `unresolved` says why neither is known though
    the text points at one.
    """

    id: str
    person: str
    person_id: str
    first: str | None
    patronymic: str | None
    last: str | None
    position: str
    organization: str | None
    organization_id: str | None
    territory: str | None
    place_id: str | None
    status: TenureStatus
    unresolved: str | None
    mentions: Mentions
    position_mentions: Mentions


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region, city or other place under its official name."""

    id: str
    name: str
    kind: PlaceKind
    region: str | None
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Event:
    """A named exhibition, forum or the like, with its place and days where the article tells them."""

    id: str
    name: str
    kind: str | None
    place: str | None
    start: From
    stop: To
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Date:
    """A date or period; both ends null and `unresolved` set where it cannot be placed with certainty."""

    id: str
    text: str
    start: From
    stop: To
    granularity: Granularity
    relative: bool
    year_from: str | None
    unresolved: str | None
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money as bounds, decimal strings in whole units."""

    id: str
    text: str
    min: str | None
    max: str | None
    currency: str | None
    approximate: bool
    per_unit: str | None
    measures: str | None
    unresolved: str | None
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of the article; `roles` gives a local id or a plain value for each role of its kind."""

    id: str
    kind: FactKind
    roles: dict[str, str]
    status: FactStatus
    date: str | None
    place: str | None
    evidence: Evidence
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Record:
    """Everything one article says, with where it says it."""

    article: RecordArticle
    organizations: tuple[Organization, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    persons: tuple[Person, ...] = ()
    officials: tuple[Official, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    dates: tuple[Date, ...] = ()
    money: tuple[Money, ...] = ()
    facts: tuple[Fact, ...] = ()
    schema_version: int = field(default=SCHEMA_VERSION)


_ADAPTER: TypeAdapter[Record] = TypeAdapter(Record)


def to_json(record: Record) -> str:
    """Write a record as one line of JSON."""
    return _ADAPTER.dump_json(record, by_alias=True).decode("utf-8")


def from_json(line: str | bytes) -> Record:
    """Read a record back; raises pydantic.ValidationError where the line is not one."""
    return _ADAPTER.validate_json(line)


def schema() -> dict[str, Any]:
    """Give the JSON Schema of a record."""
    return _ADAPTER.json_schema(by_alias=True, mode="serialization")


def schema_text() -> str:
    """Write the JSON Schema as the file `output/record.schema.json` holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
