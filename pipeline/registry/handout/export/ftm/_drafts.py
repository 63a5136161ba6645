"""What is to be written, before FollowTheMoney has seen it."""

from dataclasses import dataclass

DATASET = "svodka"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement to be. `entity_id`: the article's own entity. `text`: the value for people, an end's name too.

    `label`: what the value is, in Russian, for where FollowTheMoney has no better place than a text.
    """

    entity_id: str
    prop: str
    value: str
    text: str
    label: str
    original: str | None = None
    origin: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    linguistic: bool = True  # whether the value is in a language


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity to be: canonical id, schema, statements; `members`: the own entities with the times they were seen."""

    id: str
    schema: str
    said: tuple[Said, ...]
