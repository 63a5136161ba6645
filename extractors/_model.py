"""What an extractor hands over: mentions, and the value each kind of mention carries.

Owns the value types of the domain. Knows no pages, files or records. Offsets are characters of the analysed text,
half-open; money is Decimal in whole units of the currency; dates are inclusive at both ends.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of mention; each is the business of one module."""

    ORGANIZATION = "organization"
    CLUSTER = "cluster"
    OFFICIAL = "official"
    PERSON = "person"
    PLACE = "place"
    EVENT = "event"
    DATE = "date"
    MONEY = "money"


class OrganizationKind(StrEnum):
    """What sort of body an organization is."""

    GOVERNMENT = "government"
    COMPANY = "company"
    BANK = "bank"
    FUND = "fund"
    ASSOCIATION = "association"
    MEDIA = "media"
    EDUCATION_SCIENCE = "education_science"
    COURT_LAW_ENFORCEMENT = "court_law_enforcement"
    INTERNATIONAL = "international"
    OTHER = "other"


class ClusterKind(StrEnum):
    """What sort of cluster it is."""

    INDUSTRIAL = "industrial"
    INNOVATION = "innovation"
    TOURIST = "tourist"
    MEDICAL = "medical"
    CULTURAL = "cultural"
    CORPORATE = "corporate"
    OTHER = "other"


class ClusterStatus(StrEnum):
    """How far a cluster has come, by the words around its name."""

    EXISTING = "existing"
    IN_REGISTRY = "in_registry"
    BEING_CREATED = "being_created"
    PLANNED = "planned"


class TenureStatus(StrEnum):
    """How a person stands to a post, by the words around it."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"
    APPOINTED = "appointed"
    DISMISSED = "dismissed"


class PlaceKind(StrEnum):
    """What sort of place it is; a region is a subject of the Russian Federation."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    DISTRICT = "district"
    OTHER = "other"


class Granularity(StrEnum):
    """The unit in which a date was written."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, `text[start:stop]`."""

    start: int
    stop: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.stop and other.start < self.stop


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Registry numbers as printed, kept only when their check digits agree."""

    inn: str | None = None
    ogrn: str | None = None


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """An organization as one mention names it: nominative name, kind, legal form («ООО») and other printed names.

    `territory` is the stretch that says whose body it is, when that is a back reference («региона», «края») or a place
    within the mention; the linker resolves it.
    """

    name: str
    kind: OrganizationKind
    legal_form: str | None = None
    aliases: tuple[str, ...] = ()
    territory: Span | None = None
    identifiers: Identifiers = field(default_factory=Identifiers)


@dataclass(frozen=True, slots=True)
class ClusterName:
    """A particular, named cluster: nominative name, kind, scope («межрегиональный»), industry, place words, status."""

    name: str
    kind: ClusterKind
    status: ClusterStatus
    scope: str | None = None
    industry: str | None = None
    region: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person as one mention names them, nominative; a part that is not printed is None, an initial keeps its dot."""

    name: str
    first: str | None
    patronymic: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post held by a person: `position` is nominative, without the body's own name where it can be parted from it.

    `person` is the span of the holder's name, `position_span` that of the post as printed, `scope` that of the words
    saying where the post is held: an organization, a territory or a back reference («региона»); None when unsaid.
    """

    position: str
    person: Span
    position_span: Span
    scope: Span | None
    status: TenureStatus


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place by its official nominative name; `region` is the official name of the subject it lies in, if known."""

    name: str
    kind: PlaceKind
    region: str | None = None


@dataclass(frozen=True, slots=True)
class EventName:
    """A named exhibition, forum or the like: nominative name without its generic word, that word, a printed year."""

    name: str
    kind: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DateInterval:
    """Days from `start` to `stop` inclusive; None is an open end. Nothing is filled in when `unresolved` says why.

    `relative` is True where the reading leans on another date; `year_from` tells what supplied a year that was not
    printed: `publication`, `event`, `text`, or None when the year was printed.
    """

    start: date | None
    stop: date | None
    granularity: Granularity
    relative: bool = False
    year_from: str | None = None
    unresolved: str | None = None


@dataclass(frozen=True, slots=True)
class MoneyAmount:
    """An amount from `min` to `max` in whole units of an ISO 4217 currency; None is an open end or an unread currency.

    `per_unit` is the printed unit of a price or period («за баррель», «в год»); `measures` the noun it measures.
    """

    min: Decimal | None
    max: Decimal | None
    currency: str | None
    approximate: bool = False
    per_unit: str | None = None
    measures: str | None = None
    unresolved: str | None = None


Value = OrganizationName | ClusterName | PersonName | Post | PlaceName | EventName | DateInterval | MoneyAmount


@dataclass(frozen=True, slots=True)
class Mention:
    """One printed occurrence: `doc.text[start:stop] == text`, the rule or model that found it, confidence 0..1."""

    kind: Kind
    start: int
    stop: int
    text: str
    value: Value
    rule: str
    confidence: float

    @property
    def span(self) -> Span:
        """The mention's offsets."""
        return Span(self.start, self.stop)
