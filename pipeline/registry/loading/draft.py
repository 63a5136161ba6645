"""Drafts of rows: entities and statements of one article before they are written."""

from dataclasses import dataclass

from pipeline.fact import FactStatus
from pipeline.registry.identity import Profile
from pipeline.registry.ids import digest
from pipeline.registry.kinds import EntityKind


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a statement rests on.

    `text[start:stop] == original` and `text[quote_start:quote_stop]` is the quote, in the revision's text; all of
    them None where a value stands nowhere in it. `version` is of the extractor whose `rule` found it.
    """

    rule: str
    version: str
    confidence: float
    original: str | None = None
    start: int | None = None
    stop: int | None = None
    quote_start: int | None = None
    quote_stop: int | None = None


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """One thing said of an entity. `value_id` is set when the value is an entity; `value` is then its name."""

    entity_id: str
    prop: str
    value: str
    grounds: Grounds
    value_id: str | None = None
    modality: FactStatus = FactStatus.ACTUAL

    @property
    def claim(self) -> str:
        """The hash that the same claim of a re-extracted article has too."""
        return digest(self.entity_id, self.prop, self.value_id or self.value, self.modality)


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """An entity of one article. `local_id`: what the record calls it, empty for what the record has no id for.

    `profile`: what tells who it is; None for posts and relations, which are told by their ends.
    """

    id: str
    local_id: str
    kind: EntityKind
    name: str
    statements: tuple[StatementDraft, ...] = ()
    profile: Profile | None = None
