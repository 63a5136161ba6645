"""The words that belong to one «кластер»: what stands before it, and after it up to a quoted name or a place."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractors._clusters.words import (
    is_adjective,
    is_corporation,
    is_genitive,
    is_half,
    is_plural,
    lemma_in,
    may_be_genitive,
    one_of,
    prefix,
)
from extractors._inflected import fold
from extractors._names_at import names_from
from extractors._quotes import Quote, quote_at
from extractors._regions import place_named

_FIELDS = frozenset({"область", "сфера", "интерес"})
_CALLED = frozenset({"название", "имя", "наименование"})
_JOINERS = {"-", "–", "‑"}
_COUNTRY_WIDE = {"Россия"}
_MOST_WORDS = 9
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase around a head token; all positions are token indices, half-open.

    `start` is the first modifier kept in the name; `modifiers` those between it and the head; `complement` the genitive
    (or «в области …») behind the head; `quote` a quoted name behind it; `bare` an unquoted one; `place` a place that
    completes it; `stop` is behind all of them. `blocked` marks words that show that no particular cluster is meant.
    """

    doc: Doc
    head: int
    start: int
    modifiers: tuple[int, ...]
    complement: tuple[int, int] | None
    quote: Quote | None
    bare: tuple[int, int] | None
    place: Span | None
    stop: int
    blocked: bool

    @property
    def owned_stop(self) -> int:
        """The end of a corporation's name behind the core: «авиационный кластер госкорпорации «Ростех»»."""
        at, quoted = self.core_stop, '"«»'
        owners = [t.i + 1 for t in self.doc[at : at + 4] if is_corporation(t)]
        stop = owners[-1] if owners else self.stop
        return stop + 1 if stop < len(self.doc) and self.doc[stop].text in quoted else stop

    @property
    def plural(self) -> bool:
        """Whether several clusters share the head."""
        return is_plural(self.doc[self.head])

    @property
    def core_stop(self) -> int:
        """The end of head and complement."""
        return self.complement[1] if self.complement else self.head + 1


def phrases(doc: Doc) -> Iterator[Phrase]:
    """Parse the phrase around each «кластер» of a text, in its order."""
    for token in doc:
        if prefix(token) is not None:
            yield _parse(token)


def _parse(head: Token) -> Phrase:
    doc = head.doc
    left = _leftmost(head)
    start = _without_opinions(doc, left, head.i)
    blocked = any(_blocks(token) for token in doc[max(head.sent.start, left - 1) : start])
    modifiers = tuple(i for i in range(start, head.i) if doc[i].text not in {",", "и", *_JOINERS})
    complement = _complement(doc, head.i + 1)
    at = complement[1] if complement else head.i + 1
    quote = _name_quote(doc, at)
    bare = None if quote else _bare_name(doc, at)
    at = quote.stop if quote else bare[1] if bare else at
    place = None if quote or bare else _place(doc, at)
    if place is not None:
        quote, at = _name_quote(doc, place.end), place.end
        at = quote.stop if quote else at
    return Phrase(doc, head.i, start, modifiers, complement, quote, bare, place, at, blocked)


def _blocks(token: Token) -> bool:
    return lemma_in(token, "blocker") or token.pos_ == "DET" or fold(token.lemma_) == "один"


def _leftmost(head: Token) -> int:
    """Walk left over adjectives, and over commas and «и» between them where several clusters share the head."""
    doc, i = head.doc, head.i
    joins = {",", "и", *_JOINERS}
    while i > head.sent.start:
        before = doc[i - 1]
        if is_adjective(before) and _agrees(before, head):
            i -= 1
        elif before.text in joins and i - 2 >= head.sent.start and _joins(doc[i - 2], head):
            i -= 2
        else:
            break
    return i


def _joins(adjective: Token, head: Token) -> bool:
    """Tell whether an adjective before a comma, «и» or a hyphen belongs to the head too."""
    half = adjective.i + 1 < head.i and adjective.nbor().text in _JOINERS
    return is_adjective(adjective) and (half or _agrees(adjective, head))


def _agrees(adjective: Token, head: Token) -> bool:
    """Tell whether the tagger's case of an adjective does not speak against the head's; hyphened halves always fit."""
    case, wanted = adjective.morph.get("Case", []), head.morph.get("Case", [])
    return not case or not wanted or case == wanted or {case[0], wanted[0]} <= {"Nom", "Acc"} or is_plural(head)


def _without_opinions(doc: Doc, start: int, head: int) -> int:
    """Skip praise, numbers and blockers at the left edge; a capital letter in mid-sentence belongs to the name."""
    i = start
    while i < head and (lemma_in(doc[i], "opinion") or lemma_in(doc[i], "blocker") or doc[i].text == ","):
        if doc[i].is_title and not doc[i].is_sent_start:
            break
        i += 1
    return i


def _complement(doc: Doc, start: int) -> tuple[int, int] | None:
    """Read a genitive behind the head («производителей упаковки и напитков»), or «в области …» with one."""
    i = start
    if i + 1 < len(doc) and doc[i].text in {"в", "во"} and one_of(doc, i + 1, _FIELDS):
        i += 2
    stop = _genitive_run(doc, i)
    return (start, stop) if stop > i else None


def _genitive_run(doc: Doc, start: int) -> int:
    around = (start - _LONGEST_NAME, start + 2 * _MOST_WORDS)
    names = [span for key in ("places", "persons", "organizations") for span in names_from(doc, key, *around)]
    taken = {t.i for span in names if not span.start < start <= span.end for t in span}
    stop = i = start
    while i < min(len(doc), start + _MOST_WORDS):
        if i in taken or prefix(doc[i]) is not None or doc[i].is_space or is_corporation(doc[i]):
            break
        if _continues(doc, i):
            i += 1
            stop = i
        elif i > start and doc[i].text in {",", "и"} and _goes_on(doc, i + 1, taken):
            i += 1
        else:
            break
    return stop


def _continues(doc: Doc, i: int) -> bool:
    if i + 1 < len(doc) and is_half(doc[i]) and is_genitive(doc[i + 1]):
        return True
    if doc[i - 1].text in {",", "и"} and may_be_genitive(doc[i]):
        return True
    if i + 1 < len(doc) and quote_at(doc, i + 1) and doc[i].pos_ == "NOUN" and may_be_genitive(doc[i]):
        return True  # the tagger takes rare words («лифтостроения») for nominatives
    return is_genitive(doc[i]) or (is_adjective(doc[i]) and i + 1 < len(doc) and doc[i + 1].text in {"и", ","})


def _goes_on(doc: Doc, i: int, taken: set[int]) -> bool:
    """Tell whether a list of genitives goes on behind a comma or «и», and not to another cluster or body."""
    if i >= len(doc) or i in taken or not may_be_genitive(doc[i]):
        return False
    noun = next((token for token in doc[i : i + _MOST_WORDS] if not is_adjective(token)), doc[i])
    return prefix(noun) is None and not lemma_in(noun, "body")


def _name_quote(doc: Doc, at: int) -> Quote | None:
    """Find a quoted name right behind the head, or behind «под (рабочим) названием»."""
    if at < len(doc) and doc[at].text in {"под", "с"}:
        at += 2 if at + 2 < len(doc) and is_adjective(doc[at + 1]) else 1
    if one_of(doc, at, _CALLED):
        at += 1
    quote = quote_at(doc, at)
    return quote if quote and not doc[quote.start + 1].text[0].islower() else None


def _bare_name(doc: Doc, at: int) -> tuple[int, int] | None:
    """Find an unquoted proper name behind the head: Latin letters, or a capital letter and no genitive."""
    if at >= len(doc) or not doc[at].text[0].isupper() or doc[at].is_sent_start:
        return None
    inside = {t.i for span in doc.spans["persons"] for t in span}
    if at in inside or place_named(doc[at].text) is not None:
        return None
    latin = doc[at].text[0].isascii()
    stop = at
    while stop < len(doc) and doc[stop].text[0].isupper() and (doc[stop].text[0].isascii() == latin):
        stop += 1
    return (at, stop) if latin and doc[at].text.isascii() else None


def _place(doc: Doc, at: int) -> Span | None:
    """Find the place behind a cluster: «Липецкой области», «в Дубне»; a whole country does not tell one apart."""
    where = at + 1 if at < len(doc) and doc[at].text in {"в", "во", "на"} else at
    if where < len(doc) and fold(doc[where].text) in {"г", "город", "городе"}:
        where += 2 if where + 1 < len(doc) and doc[where + 1].text == "." else 1
    for span in names_from(doc, "places", where, where + 1):
        place = place_named(span.text)
        known = place is not None and place.name in _COUNTRY_WIDE
        return None if known else doc[at : span.end]
    return None
