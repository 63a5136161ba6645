"""What the registry speaks of: kinds of entities, their properties, and the standings of a statement.

Relations are entities too, as in FollowTheMoney: an occupancy has a holder and a post as a person has a name, so that
each of its ends, dates and status words is a statement with its own evidence.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class EntityKind(StrEnum):
    """What an entity is; relations from OCCUPANCY on."""

    ORGANIZATION = "organization"
    CLUSTER = "cluster"
    PERSON = "person"
    POST = "post"
    PLACE = "place"
    EVENT = "event"
    OCCUPANCY = "occupancy"  # a person in a post
    MEMBERSHIP = "membership"  # an organization in a cluster or association
    MANAGEMENT = "management"
    INCLUSION = "inclusion"  # in a register
    LOCATION = "location"
    PART = "part"  # ownership, part of
    FOUNDING = "founding"  # created on the base of
    AGREEMENT = "agreement"
    HOLDING = "holding"  # an event was held
    AMOUNT = "amount"
    QUANTITY = "quantity"


class Status(StrEnum):
    """What has become of a statement."""

    PROPOSED = "proposed"  # found by an extractor, seen by nobody yet
    ACCEPTED = "accepted"  # by the keeper
    REJECTED = "rejected"  # by the keeper
    SUPERSEDED = "superseded"  # its article has a newer revision


class Origin(StrEnum):
    """Who speaks in a revision."""

    ARTICLE = "article"
    LIST = "list"  # a row of the keeper's own list
    KEEPER = "keeper"  # a correction


KEEPER_RULE = "keeper"  # the rule of a correction's statements

ID_PREFIX = MappingProxyType({kind: kind.value[:3] for kind in EntityKind} | {EntityKind.PART: "prt"})

NAMED = (
    EntityKind.ORGANIZATION,
    EntityKind.CLUSTER,
    EntityKind.PERSON,
    EntityKind.POST,
    EntityKind.PLACE,
    EntityKind.EVENT,
)

PROFILED = frozenset(NAMED) - {EntityKind.POST}
"""Those that have a profile of their own."""

# The properties that make a relation the same relation in another article: its ends and, for amounts, the value.
RELATION_KEYS = MappingProxyType(
    {
        EntityKind.OCCUPANCY: ("holder", "post"),
        EntityKind.MEMBERSHIP: ("subject", "object"),
        EntityKind.MANAGEMENT: ("subject", "object"),
        EntityKind.INCLUSION: ("subject", "registry"),
        EntityKind.LOCATION: ("subject", "place"),
        EntityKind.PART: ("subject", "object"),
        EntityKind.FOUNDING: ("subject", "base"),
        EntityKind.AGREEMENT: ("agreement", "subject", "object", "event"),
        EntityKind.HOLDING: ("event", "place"),
        EntityKind.AMOUNT: ("subject", "measure", "min", "max", "currency"),
        EntityKind.QUANTITY: ("subject", "measure", "min", "max"),
    }
)


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an entity. `single`: at one time it has one value, so two are a conflict."""

    name: str
    label: str
    single: bool = False


PROPERTIES = MappingProxyType(
    {
        property_.name: property_
        for property_ in (
            Property("name", "название"),
            Property("alias", "другое название"),
            Property("kind", "вид", single=True),
            Property("legal_form", "правовая форма", single=True),
            Property("region", "регион", single=True),
            Property("parent", "входит в", single=True),
            Property("inn", "ИНН", single=True),
            Property("ogrn", "ОГРН", single=True),
            Property("external_id", "номер в списке"),
            Property("scope", "охват", single=True),
            Property("industry", "отрасль", single=True),
            Property("status", "статус", single=True),
            Property("first", "имя", single=True),
            Property("patronymic", "отчество", single=True),
            Property("last", "фамилия", single=True),
            Property("body", "орган"),
            Property("place", "место"),
            Property("start", "начало"),
            Property("end", "конец"),
            Property("date", "дата"),
            Property("holder", "кто"),
            Property("post", "должность"),
            Property("subject", "кто или что"),
            Property("object", "кому или чему"),
            Property("registry", "реестр"),
            Property("base", "основа"),
            Property("agreement", "соглашение"),
            Property("event", "событие"),
            Property("source", "по чьим словам"),
            Property("support", "роль"),
            Property("measure", "показатель"),
            Property("min", "не менее"),
            Property("max", "не более"),
            Property("currency", "валюта"),
            Property("approximate", "примерно"),
            Property("per_unit", "за единицу"),
            Property("unit", "единица"),
            Property("text", "как напечатано"),
            Property("unresolved", "не разобрано"),
        )
    }
)
