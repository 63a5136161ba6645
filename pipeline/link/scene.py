"""What a fact rule sees: the analysed text, its sentences, and the entities of the record where they stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Protocol, TypeVar

from spacy.tokens import Doc, Span, Token

from extractors import text_of
from pipeline.fact import FactKind, FactStatus
from pipeline.link._features import feature
from pipeline.link._references import Entities, is_reference, resolve
from pipeline.link._status import status as read_status
from pipeline.record import Date, Event, Mentions, Money, Official, Person

T = TypeVar("T")

_BACKWARD = frozenset({"этот", "сам", "данный", "весь", "указанный", "названный", "год", "месяц"})


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
    persons: tuple[Person, ...] = ()
    _known: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """Give what was found before under a key; find it now if nothing was."""
        if key not in self._known:
            self._known[key] = find()
        found: T = self._known[key]
        return found

    @property
    def text(self) -> str:
        """The text of the document."""
        return text_of(self.doc)

    def hits(self, kind: str, sentence: Span | None = None) -> list[Hit]:
        """Give the mentions of `organizations`, `clusters`, `places`, `events`, `dates`, `money`, `persons`, by offset.

        With a sentence, only those that begin in it.
        """
        hits = self.once(("hits", kind), lambda: self._all_hits(kind))
        if sentence is None:
            return hits
        first = bisect_left(hits, sentence.start_char, key=_start)
        return hits[first : bisect_left(hits, sentence.end_char, lo=first, key=_start)]

    def _all_hits(self, kind: str) -> list[Hit]:
        source = getattr(self if kind in {"events", "dates", "money", "persons"} else self.entities, kind)
        return sorted(_hits(source))

    def sentences(self) -> list[Span]:
        """Give the sentences of the text."""
        return self.once("sentences", lambda: list(self.doc.sents))

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
        return self.once(("bodies", sentence.start, sentence.end), lambda: self._bodies(sentence))

    def _bodies(self, sentence: Span) -> list[Hit]:
        named = [*self.hits("organizations", sentence), *self.hits("clusters", sentence)]
        taken = [hit for hit in named if not any(_inside(hit, other) for other in named)]
        return sorted([*taken, *self._references(sentence, taken)])

    def grounds(self, sentence: Span) -> list[Hit]:
        """Give the places of a sentence and what «регион», «область» refer to; not those inside the name of a body."""
        named = [*self.hits("organizations", sentence), *self.hits("clusters", sentence)]
        taken = [hit for hit in self.hits("places", sentence) if not any(_inside(hit, other) for other in named)]
        return sorted([*taken, *self._references(sentence, [*named, *taken], places=True)])

    def _references(self, sentence: Span, taken: list[Hit], *, places: bool = False) -> Iterator[Hit]:
        for token in sentence:
            start, stop = token.idx, token.idx + len(token)
            if is_reference(token.lemma_) and not any(h.start < stop and start < h.stop for h in taken):
                target = resolve(token.lemma_, start, self.entities)
                if target is None or target.id is None or target.id.startswith("pla") is not places:
                    continue
                if places or _may_mean(token, target.name):
                    yield Hit(start, stop, target.id)

    def sentence_before(self, sentence: Span) -> Span | None:
        """Give the sentence before one, empty lines not counted."""
        printed = self.once("printed sentences", lambda: [s for s in self.sentences() if s.text.strip()])
        earlier = bisect_right(printed, sentence.start, key=lambda s: s.end)
        return printed[earlier - 1] if earlier else None

    def spans_between(self, start: int, stop: int) -> Span:
        """Give the tokens between two offsets."""
        span = self.doc.char_span(start, max(start, stop), alignment_mode="expand")
        return span if span is not None else self.doc[0:0]

    def inside_post(self, hit: Hit) -> bool:
        """Tell whether a body only stands in somebody's post: «директор фонда»."""
        starts, reaches = self.once("posts", self._posts)
        begun = bisect_right(starts, hit.start)
        return begun > 0 and hit.stop <= reaches[begun - 1]

    def _posts(self) -> tuple[list[int], list[int]]:
        """The offsets where posts start, in order, and how far the posts begun by then reach."""
        posts = sorted((m.start, m.stop) for official in self.officials for m in official.mentions)
        return [start for start, _ in posts], list(accumulate((stop for _, stop in posts), max))

    def antecedent_cluster(self, position: int, sentence: Span) -> Hit | None:
        """Give the cluster that «он» or «объединение» at an offset means: the last one named, not far before."""
        earlier = self.sentence_before(sentence)
        told = [hit for s in (earlier, sentence) if s is not None for hit in self.bodies(s)]
        return before([hit for hit in told if hit.id.startswith("clu")], position)


def _may_mean(noun: Token, name: str) -> bool:
    """«Молочного кластера», «фонда поддержки кино» are others than those named: their own words must fit the name."""
    folded = name.casefold()
    words: list[Token] = []
    while noun.i - len(words) > noun.sent.start and noun.doc[noun.i - len(words) - 1].pos_ == "ADJ":
        words.append(noun.doc[noun.i - len(words) - 1])
    behind = [t for t in noun.doc[noun.i + 1 : min(noun.i + 3, noun.sent.end)] if feature(t, "Case") == "Gen"]
    if behind and behind[0].i == noun.i + 1 and behind[0].pos_ in {"NOUN", "ADJ"}:
        words += behind
    return all(w.lemma_ in _BACKWARD or is_reference(w.lemma_) or w.lemma_[:5] in folded for w in words)


def _hits(source: Iterable[_Entity]) -> Iterator[Hit]:
    return (Hit(mention.start, mention.stop, entity.id) for entity in source for mention in entity.mentions)


def _start(hit: Hit) -> int:
    return hit.start


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
