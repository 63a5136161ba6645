"""The closed list of facts, what may stand around one, and its evidence."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What an article may state."""

    HOLDS_POSITION = "holds_position"
    APPOINTED = "appointed"
    DISMISSED = "dismissed"
    IN_REGISTRY = "in_registry"
    LOCATED_IN = "located_in"
    PART_OF = "part_of"
    PARTICIPATES_IN = "participates_in"
    MANAGES = "manages"
    CREATED_ON_BASE_OF = "created_on_base_of"
    AGREEMENT_SIGNED = "agreement_signed"
    EVENT_HELD = "event_held"
    AMOUNT_OF = "amount_of"
    QUANTITY_OF = "quantity_of"


class FactStatus(StrEnum):
    """How the article puts it."""

    ACTUAL = "actual"
    PLANNED = "planned"
    FORMER = "former"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence or clause a fact rests on: `article.text[start:stop] == quote`."""

    start: int
    stop: int
    quote: str
