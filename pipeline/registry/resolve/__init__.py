"""Which entities of articles are one, in the database: canonical ids, cards and words for search.

    new profiles ──► compared ──► grouped ──► clustered ──► canonical ids ──► cards

What many articles touch is worked out once, not with each batch of them: which profiles are one before all that follows
from it, and cards after it.

What comes out is a function of what is loaded and judged; not of the order in which it came, nor of how often this
ran: whatever may hang together with what was touched is resolved as a whole. Work is cut into batches, each a
transaction under the writers' lock: a run that was killed is taken up by the next one.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, literal, select, update

from pipeline.registry import schema
from pipeline.registry.database import Database, learn, lock, write
from pipeline.registry.database.touched import Touched
from pipeline.registry.resolve._comparing import compare_some
from pipeline.registry.resolve._judged import APART, DIFFERENT, OPEN, SAME, standing_verdicts
from pipeline.registry.resolve._placing import place_profiles
from pipeline.registry.resolve._settling import settle, settle_some
from pipeline.registry.resolve.cards import refresh_some

__all__ = ["APART", "DIFFERENT", "OPEN", "SAME", "Resolved", "resolve", "resolve_all", "settle", "standing_verdicts"]

_COMPARED_AT_ONCE = 2000  # profiles
_SETTLED_AT_ONCE = 2000  # articles, or other notes
_SHOWN_AT_ONCE = 10_000  # notes of cards
_MANY = 1000  # entities, after which the database should look again at how its rows are spread


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a run did: profiles compared, pairs found that are or may be one, entities that got another canonical id.

    An entity counts once, however often its id changed on the way: a post moves again when a later batch brings one
    like it that was seen earlier.
    """

    compared: int
    pairs: int
    moved: int


def resolve(database: Database) -> Resolved:
    """Resolve all that changed since the last time."""
    compared = pairs = 0
    moved: set[str] = set()
    while (some := write(database, lambda connection: compare_some(connection, limit=_COMPARED_AT_ONCE))) and some[0]:
        compared, pairs = compared + some[0], pairs + some[1]
    write(database, lambda connection: place_profiles(connection, beyond=_SETTLED_AT_ONCE))
    while (done := write(database, lambda connection: settle_some(connection, limit=_SETTLED_AT_ONCE))) and done[0]:
        moved |= done[1]
    while write(database, lambda connection: refresh_some(connection, limit=_SHOWN_AT_ONCE)):
        pass
    if len(moved) >= _MANY:
        learn(database)
    return Resolved(compared, pairs, len(moved))


def resolve_all(database: Database) -> Resolved:
    """Forget all that follows from what is loaded and judged, and derive it again."""
    write(database, _forget)
    return resolve(database)


def _forget(connection: Connection) -> None:
    lock(connection)
    for table in (schema.block, schema.pair, schema.term, schema.card):
        connection.execute(delete(table))
    connection.execute(update(schema.profile).values(compared=False, canonical_id=None))
    articles = select(literal(Touched.ARTICLE.value), schema.article.c.id)
    connection.execute(insert(schema.touched).from_select(["what", "id"], articles))
