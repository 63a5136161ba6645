"""The values that a difference is made of."""

from dataclasses import dataclass

from pipeline.registry.belief.conflicts import Conflict
from pipeline.registry.belief.view import RelationView, Value
from pipeline.registry.kinds import EntityKind


@dataclass(frozen=True, slots=True)
class New:
    """An entity that nothing was known of before; `told` are the properties and values that are told of it."""

    id: str
    kind: EntityKind
    name: str
    articles: int
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A value that is told of a known entity and was not before, or one that no article tells any more."""

    id: str
    kind: EntityKind
    name: str
    prop: str
    value: str
    value_id: str | None
    modality: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A cluster whose status is believed to be another one than before."""

    id: str
    name: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Word:
    """What a person decided, judged or set; `about` says it in words, `id` is of the entity, if it is of one."""

    at: str
    who: str
    verdict: str
    about: str
    why: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that is new since a time.

    `entities` and `relations` have those that most articles tell, `counts` all of them, by kind.
    """

    since: str
    articles: int
    revised: int
    superseded: int
    counts: dict[EntityKind, int]
    entities: tuple[New, ...]
    relations: tuple[RelationView, ...]
    values: tuple[Told, ...]
    turns: tuple[Turn, ...]
    retracted: tuple[Told, ...]
    conflicts: tuple[Conflict, ...]
    words: tuple[Word, ...]
