"""What a fact rule sees: the analysed text, its sentences, and the entities of the record where they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from spacy.tokens import Doc, Span

from pipeline.fact import FactKind, FactStatus
from pipeline.link._cues import status as read_status
from pipeline.link._references import Entities, Target, is_reference, resolve
from pipeline.record import Date, Event, Mentions, Money, Official


class _Entity(Protocol):
    """Anything of the record with an id and mentions."""

    @property
    def id(self) -> str: ...
    @property
    def mentions(self) -> Mentions: ...


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One mention of an entity: where, and whose (a local id)."""

    start: int
    stop: int
    id: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact as a rule finds it; the evidence is a sentence, date and place are local ids."""

    kind: FactKind
    roles: dict[str, str]
    status: FactStatus
    evidence: Span
    rule: str
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A document and its entities, for looking around."""

    doc: Doc
    entities: Entities
    officials: tuple[Official, ...]
    events: tuple[Event, ...]
    dates: tuple[Date, ...]
    money: tuple[Money, ...]
    _hits: dict[str, list[Hit]] = field(default_factory=dict)

    def hits(self, kind: str, sentence: Span | None = None) -> list[Hit]:
        """Give the mentions of `organizations`, `clusters`, `places`, `events`, `dates` or `money`, by offset.

        With a sentence, only those that begin in it.
        """
        if kind not in self._hits:
            source = getattr(self if kind in {"events", "dates", "money"} else self.entities, kind)
            self._hits[kind] = sorted(_hits(source))
        if sentence is None:
            return self._hits[kind]
        return [hit for hit in self._hits[kind] if sentence.start_char <= hit.start < sentence.end_char]

    def sentences(self) -> Iterator[Span]:
        """Go through the sentences of the text."""
        return iter(self.doc.sents)

    def status(self, sentence: Span, start: int, stop: int) -> FactStatus:
        """Read how the clause around a stretch puts it."""
        return read_status(sentence, start, stop)

    def date_in(self, sentence: Span, near: int) -> str | None:
        """Give the resolved date of a sentence that stands nearest to an offset."""
        resolved = {date.id for date in self.dates if not date.unresolved}
        hits = [hit for hit in self.hits("dates", sentence) if hit.id in resolved]
        return min(hits, key=lambda hit: abs(hit.start - near)).id if hits else None

    def place_in(self, sentence: Span, near: int) -> str | None:
        """Give the place of a sentence that stands after a preposition and nearest to an offset."""
        hits = [hit for hit in self.hits("places", sentence) if self._located(hit)]
        return min(hits, key=lambda hit: abs(hit.start - near)).id if hits else None

    def _located(self, hit: Hit) -> bool:
        token = self.doc.char_span(hit.start, hit.stop, alignment_mode="expand")
        return token is not None and token.start > 0 and self.doc[token.start - 1].lower_ in {"в", "во", "на"}

    def bodies(self, sentence: Span) -> list[Hit]:
        """Give the organizations and clusters of a sentence, and what its bare nouns («фонд», «кластер») refer to.

        A place or organization inside a longer name is not taken for itself.
        """
        named = [*self.hits("organizations", sentence), *self.hits("clusters", sentence)]
        taken = [hit for hit in named if not any(_inside(hit, other) for other in named)]
        return sorted([*taken, *self._references(sentence, taken)])

    def _references(self, sentence: Span, taken: list[Hit]) -> Iterator[Hit]:
        for token in sentence:
            start, stop = token.idx, token.idx + len(token)
            if is_reference(token.lemma_) and not any(h.start < stop and start < h.stop for h in taken):
                target = resolve(token.lemma_, start, self.entities)
                if target is not None and target.id is not None and not target.id.startswith("pla"):
                    yield Hit(start, stop, target.id)

    def refer(self, lemma: str, position: int) -> Target | None:
        """Resolve a bare noun at an offset."""
        return resolve(lemma, position, self.entities) if is_reference(lemma) else None


def _hits(source: Iterable[_Entity]) -> Iterator[Hit]:
    return (Hit(mention.start, mention.stop, entity.id) for entity in source for mention in entity.mentions)


def _inside(hit: Hit, other: Hit) -> bool:
    longer = other.stop - other.start > hit.stop - hit.start
    return longer and other.start <= hit.start and hit.stop <= other.stop


def before(hits: list[Hit], position: int) -> Hit | None:
    """Give the last hit that ends at or before an offset."""
    ended = [hit for hit in hits if hit.stop <= position]
    return max(ended, key=lambda hit: hit.stop) if ended else None


def after(hits: list[Hit], position: int) -> Hit | None:
    """Give the first hit that begins at or after an offset."""
    return min((hit for hit in hits if hit.start >= position), default=None)


def nearest(hits: list[Hit], position: int) -> Hit | None:
    """Give the hit before an offset, else the one after it."""
    return before(hits, position) or after(hits, position)
