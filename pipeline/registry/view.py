"""What the registry believes, as values: what every command, page and export of it shows.

Built by `views`; nothing here reads a database. Ids are canonical ones.
"""

from dataclasses import dataclass

from pipeline.fact import FactStatus
from pipeline.registry.kinds import EntityKind, Status


@dataclass(frozen=True, slots=True)
class Testimony:
    """One statement with the words it rests on: who said it, where, when, and what became of it."""

    seq: int
    claim: str
    entity_id: str  # the article's own entity, before merging
    article_id: str
    revision_id: str
    title: str | None
    url: str | None
    site: str | None
    origin: str
    published_at: str | None
    first_seen: str | None
    last_seen: str | None
    original: str | None
    quote: str | None
    start: int | None
    stop: int | None
    quote_start: int | None
    quote_stop: int | None
    modality: FactStatus
    rule: str
    version: str
    confidence: float
    status: Status


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property, by all that say it. `standing`: 0 to 1, how far it is believed (docs/registry.md)."""

    prop: str
    value: str
    value_id: str | None
    standing: float
    status: Status
    modality: FactStatus
    first_seen: str | None
    last_seen: str | None
    testimony: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation with its ends, dates and status words."""

    id: str
    kind: EntityKind
    name: str
    values: tuple[Value, ...]
    standing: float
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity: its own values, the best of each property first, and the relations that it is an end of."""

    id: str
    kind: EntityKind
    name: str
    values: tuple[Value, ...]
    relations: tuple[RelationView, ...]
    members: tuple[str, ...]  # the articles' entities that are held to be this one
    articles: int
    first_seen: str | None
    last_seen: str | None
