"""Contributions into the registry, each in one transaction: all of an article or nothing.

Loading is idempotent and does not depend on the order: what is stored is a function of the contributions alone. Which
of an article's contents is current follows from their ranks; only contents that nothing tells apart in time are taken
in the order in which they came. Identity is the next step (`resolve`), not this one.

All that a contribution touches hangs on its article, whose row is locked first: loads of different articles never wait
for one another, and loads of one article come one after the other.
"""

import json
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from pipeline.registry import schema
from pipeline.registry.database import insert_ignoring
from pipeline.registry.kinds import Status
from pipeline.registry.loading._rows import add_revision, add_statements, put_entities
from pipeline.registry.loading._statuses import keep_decisions, note_superseded, set_status
from pipeline.registry.loading.contribution import Contribution


class Loaded(StrEnum):
    """What became of a contribution."""

    NEW = "new"  # an article that the registry had not seen
    REVISED = "revised"  # a newer content of one it had
    OLDER = "older"  # an older content of one it had: kept as history
    KNOWN = "known"  # this very content is there


class _Seen(NamedTuple):
    """A revision that is there."""

    id: str
    rank: str
    first_seen: str | None
    last_seen: str | None
    fetched_at: str | None
    file: str | None


_REVISION = select(*(schema.revision.c[name] for name in _Seen._fields)).where(
    schema.revision.c.id == bindparam("wanted")
)


def load_contribution(connection: Connection, made: Contribution, *, load_seq: int, now: str) -> Loaded:
    """Write one contribution; `now` is UTC, as everywhere in the registry."""
    if _is_known(connection, made):
        return Loaded.KNOWN
    rank = f"{made.rank}|{now}"
    loaded = {"rank": rank, "loaded_at": now, "load_seq": load_seq}
    if _is_new(connection, made):
        add_revision(connection, made, loaded)
        put_entities(connection, made, rank, fresh=True)
        add_statements(connection, made.revision_id, made.statements(), Status.PROPOSED)
        return Loaded.NEW
    current = _current(connection, made)
    seen = _revision(connection, made.revision_id)
    if seen is not None:
        return _see_again(connection, made, seen, current, now)
    is_current = rank >= current.rank
    add_revision(connection, made, loaded)
    put_entities(connection, made, rank)
    add_statements(
        connection, made.revision_id, made.statements(), Status.PROPOSED if is_current else Status.SUPERSEDED
    )
    if is_current:
        _replace(connection, made, current.id, now)
        return Loaded.REVISED
    note_superseded(connection, made.revision_id, now)
    return Loaded.OLDER


def begin_load(connection: Connection, command: str, now: str) -> int:
    """Note that a command began to write; give the number that its revisions bear."""
    made = connection.execute(insert(schema.load).values(command=command, started_at=now).returning(schema.load.c.seq))
    return int(made.scalar_one())


def end_load(connection: Connection, load_seq: int, counts: dict[str, int], now: str) -> None:
    """Note that a command came to its end."""
    values = {"ended_at": now, "counts": json.dumps(counts)}
    connection.execute(update(schema.load).where(schema.load.c.seq == load_seq).values(values))


def _is_known(connection: Connection, made: Contribution) -> bool:
    """Tell, without a lock, whether this very sighting is there: what is there of one only grows."""
    seen = _revision(connection, made.revision_id)
    return seen is not None and _join(made, seen, made.rank) == seen


def _is_new(connection: Connection, made: Contribution) -> bool:
    """Make the article, unless it is there."""
    row = {"id": made.article_id, "origin": made.origin.value, **_shown(made)}
    return insert_ignoring(connection, schema.article, [row]) == 1


def _shown(made: Contribution) -> dict[str, str | None]:
    """Tell what an article's row takes over from its current revision."""
    return {"revision_id": made.revision_id, "site": made.about["site"], "url": made.about["url"]}


def _current(connection: Connection, made: Contribution) -> _Seen:
    """Lock the article, and look up its current revision."""
    article = schema.article.c
    query = select(article.revision_id).where(article.id == made.article_id).with_for_update()
    current = _revision(connection, connection.execute(query).scalar_one())
    if current is None:
        raise AssertionError(f"article {made.article_id} has no current revision")
    return current


def _revision(connection: Connection, revision_id: str) -> _Seen | None:
    row = connection.execute(_REVISION, {"wanted": revision_id}).one_or_none()
    return None if row is None else _Seen(*row)


def _see_again(connection: Connection, made: Contribution, seen: _Seen, current: _Seen, now: str) -> Loaded:
    """Take in another sighting of a content that is there; a page that was set back to it has it as current again."""
    both = _join(made, seen, f"{made.rank}|{now}")
    values = {name: value for name, value in both._asdict().items() if name != "id"}
    connection.execute(update(schema.revision).where(schema.revision.c.id == seen.id).values(values))
    put_entities(connection, made, both.rank)
    if current.id == seen.id or both.rank == seen.rank or both.rank < current.rank:
        return Loaded.KNOWN
    set_status(connection, made.revision_id, Status.PROPOSED, now)
    _replace(connection, made, current.id, now)
    return Loaded.REVISED


def _join(made: Contribution, seen: _Seen, rank: str) -> _Seen:
    """Join two sightings of a content: it was there from the first to the last time of both, in the last one's file."""
    first, last, fetched, file = (made.about[name] for name in ("first_seen", "last_seen", "fetched_at", "file"))
    return _Seen(
        seen.id,
        rank if made.rank > seen.rank.rpartition("|")[0] else seen.rank,
        min(filter(None, (seen.first_seen, first)), default=None),
        max(filter(None, (seen.last_seen, last)), default=None),
        max(filter(None, (seen.fetched_at, fetched)), default=None),
        max((seen.last_seen or "", seen.file or ""), (last or "", file or ""))[1] or None,
    )


def _replace(connection: Connection, made: Contribution, earlier: str, now: str) -> None:
    """Make a revision the current one in place of an earlier."""
    set_status(connection, earlier, Status.SUPERSEDED, now)
    keep_decisions(connection, made.revision_id, now)
    connection.execute(update(schema.article).where(schema.article.c.id == made.article_id).values(_shown(made)))
