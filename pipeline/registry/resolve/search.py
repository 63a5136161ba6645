"""Entities by what a person types: a number, an id, words of a name, the beginning of one, a word misspelt.

One way after the other, the surest first, until there are enough: a way that is less sure adds to what is found, and
never comes before it. Every query goes by an index of `term`; none reads more than a bounded number of its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log2
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from pipeline.registry import schema
from pipeline.registry.database.held import held_as
from pipeline.registry.identity.likeness import alike
from pipeline.registry.kinds import EntityKind
from pipeline.registry.loading.contribution import storable
from pipeline.registry.resolve.search_words import LEAST_FOR_MISPRINT, backwards, heard, query_words, whole, written

_TERM, _CARD, _ENTITY = schema.term.c, schema.card.c, schema.entity.c
_CANDIDATES = 100  # of each way
_ENOUGH = 5  # found one way: those less sure are not asked for
_ENOUGH_ROWS = 2000  # of a term: more do not make it any commoner
_NEIGHBOURS = 3000  # terms looked at for a misspelt word
_CORRECTIONS = 5
_LONGEST_NUMBER = 60  # characters
_LEAST_PREFIX = 3  # letters
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Found:
    """A canonical entity that a query may mean."""

    id: str
    kind: EntityKind
    name: str
    region: str | None
    articles: int
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a query: the terms that it may stand as, and the terms that begin so."""

    terms: tuple[str, ...]
    prefix: str | None = None


@dataclass(slots=True)
class _Search:
    connection: Connection
    words: tuple[str, ...]
    kind: EntityKind | None
    limit: int
    found: dict[str, Found] = field(default_factory=dict)


def search(connection: Connection, query: str, *, kind: EntityKind | None = None, limit: int = 20) -> list[Found]:
    """Find entities, the best first; of those found the same way those that the name fits and articles speak of."""
    query = storable(query)
    under_way = _Search(connection, query_words(query), kind, limit)
    _add(under_way, _by_id(connection, query.strip()))
    _add(under_way, _terms(under_way, [_Word((whole(query), *_number(query)))]))
    for words in _ways(under_way):
        if len(under_way.found) >= min(limit, _ENOUGH):
            break
        _add(under_way, _terms(under_way, words))
    return list(under_way.found.values())[:limit]


def _ways(search_: _Search) -> Iterator[list[_Word]]:
    words = search_.words
    if not words:
        return
    yield [_Word(written(word)) for word in words]
    *before, last = words
    if len(last) >= _LEAST_PREFIX:
        yield [*(_Word((*written(word), heard(word))) for word in before), _Word((), last)]
    yield [_Word((*written(word), heard(word))) for word in words]
    if not search_.found:
        yield [_corrected(search_.connection, word) for word in words]


def _number(query: str) -> tuple[str, ...]:
    """Give a query of digits, or any one word, as the number in a list that it may be."""
    return ("".join(query.split()).casefold()[:_LONGEST_NUMBER],)


def _by_id(connection: Connection, wanted: str) -> list[Found]:
    canonical = select(held_as(_ENTITY)).where(_ENTITY.id == wanted)
    found = connection.execute(canonical).scalar()
    if found is None:
        return []
    card = connection.execute(select(schema.card).where(_CARD.id == found)).one_or_none()
    if card is not None:
        return [_told(card)]
    row = connection.execute(select(schema.entity).where(_ENTITY.id == found)).one()
    return [Found(row.id, EntityKind(row.kind), row.name, None, 0, row.first_seen, None)]


def _add(search_: _Search, found: list[Found]) -> None:
    def fitness(one: Found) -> tuple[float, str]:
        length = max(1, len(query_words(one.name)))
        fits = min(1.0, len(search_.words) / length)
        return -(log2(1 + one.articles) + 2 * fits), one.id

    for one in sorted(found, key=fitness):
        search_.found.setdefault(one.id, one)


def _terms(search_: _Search, words: list[_Word]) -> list[Found]:
    """Find the cards that have all words, those first that most articles speak of."""
    words = sorted(words, key=lambda word: _commonness(search_.connection, word))
    rarest, *others = words
    found: dict[str, Found] = {}
    for which in _conditions(rarest):
        query = select(_TERM.card_id).where(which, *map(_has, others))
        query = query.where(_kind() == search_.kind.value) if search_.kind else query
        query = query.order_by(_TERM.articles.desc(), _TERM.card_id.desc()).limit(_CANDIDATES)
        found |= _cards(search_.connection, list(search_.connection.execute(query).scalars()))
    return list(found.values())


def _cards(connection: Connection, ids: list[str]) -> dict[str, Found]:
    rows = connection.execute(select(schema.card).where(_CARD.id.in_(ids))) if ids else ()
    return {row.id: _told(row) for row in rows}


def _kind() -> ColumnElement[str]:
    return select(_CARD.kind).where(_CARD.id == _TERM.card_id).correlate(schema.term).scalar_subquery()


def _conditions(word: _Word) -> Iterator[ColumnElement[bool]]:
    for term in word.terms:
        yield _TERM.term == term
    if word.prefix is not None:
        yield _begins(_TERM.term, word.prefix)


def _begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    return (column >= prefix) & (column < prefix + _LAST)


def _has(word: _Word) -> ColumnElement[bool]:
    """Ask for another word of the card: by the index of cards where it is a prefix, of which there may be many.

    A scalar subquery, not EXISTS: PostgreSQL would make that a join, and read all cards or terms for it.
    """
    other = schema.term.alias("other")
    which: list[ColumnElement[bool]] = [other.c.term.in_(word.terms)] if word.terms else []
    if word.prefix is not None:
        which.append(_begins(other.c.term.concat(""), word.prefix))
    has = select(other.c.card_id).where(other.c.card_id == _TERM.card_id, or_(*which)).limit(1)
    return has.correlate(schema.term).scalar_subquery().is_not(None)


def _commonness(connection: Connection, word: _Word) -> int:
    if word.prefix is not None:
        return _ENOUGH_ROWS
    return min(_ENOUGH_ROWS, sum(_rows_of(connection, term) for term in word.terms))


def _rows_of(connection: Connection, term: str) -> int:
    """Count a term's rows, some at most; in the order of an index, or PostgreSQL reads on through the whole table."""
    rows = select(_TERM.articles).where(_TERM.term == term).order_by(_TERM.articles).limit(_ENOUGH_ROWS).subquery()
    return int(connection.execute(select(func.count()).select_from(rows)).scalar_one())


def _corrected(connection: Connection, word: str) -> _Word:
    """Find the words of cards that a word may be a misspelling of: they share its first or its last half.

    Beginnings are compared as they sound, without the ending, so that a misspelt word may stand in any case.
    """
    sounds = heard(word)
    terms = (*written(word), sounds)
    if len(word) < LEAST_FOR_MISPRINT or _commonness(connection, _Word(terms)):
        return _Word(terms)
    half = max(_LEAST_PREFIX - 1, (len(sounds) - 1) // 2)
    heads = alike(sounds, _neighbours(connection, sounds[: 1 + half]))
    tails = alike(backwards(word), _neighbours(connection, backwards(word)[: 1 + half]))
    near = (*heads[:_CORRECTIONS], *((score, tail[:0:-1]) for score, tail in tails[:_CORRECTIONS]))
    return _Word((*terms, *(term for _, term in near)))


def _neighbours(connection: Connection, prefix: str) -> list[str]:
    query = select(_TERM.term).where(_begins(_TERM.term, prefix)).distinct().order_by(_TERM.term).limit(_NEIGHBOURS)
    return list(connection.execute(query).scalars())


def _told(row: Any) -> Found:
    return Found(
        row.id, EntityKind(row.kind), row.name, row.region, row.articles, row.first_seen, row.last_seen
    )  # fmt: skip
