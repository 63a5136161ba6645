"""Conflicts one after the other, of what most articles speak of first, so that the first of them take little time.

What may be in conflict is narrowed by two queries of the whole registry; their outcome is kept with the engine until
something is loaded or judged. Decisions only ever settle what is in conflict, and that is looked at each time.
"""

from collections.abc import Iterator
from itertools import islice
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select

from pipeline.registry import schema
from pipeline.registry.belief.conflicts._holders import doubtful_posts, holders
from pipeline.registry.belief.conflicts._side import Conflict
from pipeline.registry.belief.conflicts._values import doubtful_entities, values
from pipeline.registry.belief.relations import Reading
from pipeline.registry.belief.testimony import chunks

_AT_ONCE = 20  # entities looked at together, after a few at first

_Doubtful = tuple[str, bool]  # an id; whether it is doubtful who holds that post, or what the entity's values are
_Seen = tuple[int | None, ...]
_kept: "WeakKeyDictionary[Engine, tuple[_Seen, list[_Doubtful]]]" = WeakKeyDictionary()


def leading(reading: Reading) -> Iterator[Conflict]:
    """Find the conflicts of holders and of values."""
    rest, size = iter(_doubtful(reading)), 1
    while some := list(islice(rest, size)):
        posts = [id_ for id_, is_post in some if is_post]
        others = [id_ for id_, is_post in some if not is_post]
        found = [*holders(reading, posts), *values(reading, others)]
        size = min(size * 2, _AT_ONCE)
        yield from sorted(found, key=lambda one: (-one.importance, one.entity_id))


def _doubtful(reading: Reading) -> list[_Doubtful]:
    engine, seen = reading.connection.engine, _seen(reading)
    if engine not in _kept or _kept[engine][0] != seen:
        _kept[engine] = seen, _by_articles(reading)
    return _kept[engine][1]


def _seen(reading: Reading) -> _Seen:
    """Tell which state of the registry this is, as far as it matters here."""
    tables = (schema.statement, schema.judgement, schema.load)
    return tuple(reading.connection.execute(select(func.max(table.c.seq))).scalar() for table in tables)


def _by_articles(reading: Reading) -> list[_Doubtful]:
    doubtful = [(id_, True) for id_ in doubtful_posts(reading)] + [(id_, False) for id_ in doubtful_entities(reading)]
    card, articles = schema.card.c, {}
    for chunk in chunks(sorted({id_ for id_, _ in doubtful})):
        rows = reading.connection.execute(select(card.id, card.articles).where(card.id.in_(chunk)))
        articles.update({row.id: row.articles for row in rows})
    return sorted(doubtful, key=lambda one: (-articles.get(one[0], 0), one))
