"""What the registry believes, as values: what every command, page and export of it shows.

Built by `views`; nothing here reads a database. Ids are canonical ones.
"""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.fact import FactStatus
from pipeline.registry.belief.days import Days, read_days
from pipeline.registry.kinds import EntityKind, Status


@dataclass(frozen=True, slots=True)
class Testimony:
    """One statement with the words it rests on: who said it, where, when, and what became of it.

    `source` is one for all sites of one source, `weight` how far it is trusted.
    """

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
    loaded_at: str
    source: str = ""
    weight: float = 0.0

    @property
    def day(self) -> str | None:
        """The day of the article, by its own clock; None where nothing dates it."""
        written = (self.published_at or self.first_seen or "")[:10]
        return written if read_days(written) else None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property, by all that say it. `standing`: 0 to 1, docs/registry-standing.md.

    `testimony` has the surest first. Where a thousand articles say so it is not all of it: `statements` counts all.
    """

    prop: str
    value: str
    value_id: str | None
    standing: float
    status: Status
    modality: FactStatus
    first_seen: str | None
    last_seen: str | None
    testimony: tuple[Testimony, ...]
    statements: int


class Certainty(StrEnum):
    """How a bound of a term is known."""

    KNOWN = "known"  # its date was said
    AT_LATEST = "at the latest"  # an article of that day says that it has begun, or ended
    SEEN = "seen"  # an article of that day has the person in the post; it may have begun long before
    OPEN = "open"  # nobody has said


@dataclass(frozen=True, slots=True)
class Bound:
    """The start or the end of a term: within `days`, which are None where nobody has said."""

    days: Days | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time in a post. `first_seen` and `last_seen`: days of articles that have the person in it."""

    start: Bound
    end: Bound
    first_seen: str | None
    last_seen: str | None
    acting: bool


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation with its ends, dates and status words.

    `modality` says what the relation is: a planned or denied one is not. An occupancy has its `terms`, and among its
    values the `body` of its post. Posts of a body and organizations within it are given in this form, too.
    """

    id: str
    kind: EntityKind
    name: str
    values: tuple[Value, ...]
    modality: FactStatus
    standing: float
    first_seen: str | None
    last_seen: str | None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity: its own values, the best of each property first, and the relations that it is an end of.

    `more_relations` counts those that are left out where there are hundreds: the least told.
    """

    id: str
    kind: EntityKind
    name: str
    values: tuple[Value, ...]
    relations: tuple[RelationView, ...]
    members: tuple[str, ...]  # the articles' entities that are held to be this one
    articles: int
    first_seen: str | None
    last_seen: str | None
    more_relations: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name or number may mean; `about` tells it from its namesakes: its body, region or post."""

    id: str
    kind: EntityKind
    name: str
    articles: int
    about: str | None = None


class Hold(StrEnum):
    """How surely somebody was in a post on a day, the surest first."""

    CERTAIN = "certain"  # the dates said have it, or articles from both sides of the day
    OPEN = "open"  # in the post before, and nobody has said that it ended
    UNSURE = "unsure"  # the day is within what the dates leave open
    SUCCEEDED = "succeeded"  # as `open`, but another came to the post since
    LATER = "later"  # in the post by a later day; nobody has said since when


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who held a post on a day, or may have; `relation` is the occupancy."""

    person_id: str | None
    person: str
    post_id: str | None
    post: str
    term: Term
    hold: Hold
    relation: RelationView
