"""What was touched, level by level: organizations and their like, persons, posts, relations.

Each level follows from the one before: an entity that got another canonical id makes those resolved anew that it is
an end of. All of one batch is one transaction, so that a process killed midway leaves nothing half done; the cards to
be shown anew are noted in it, or written where somebody waits for them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from pipeline.registry import schema
from pipeline.registry.database import lock
from pipeline.registry.database.chunks import delete_in, rows_in
from pipeline.registry.database.touched import Touched, touch
from pipeline.registry.kinds import PROFILED, EntityKind
from pipeline.registry.resolve._judged import Judged, read_judged
from pipeline.registry.resolve._keyed import COLUMNS, entities_by_id, rekey, settle_keys
from pipeline.registry.resolve._keys import ended_by
from pipeline.registry.resolve._named import Settled, holders, settle_profiles
from pipeline.registry.resolve.cards import refresh_cards

_ENTITY, _TOUCHED, _PROFILE = schema.entity.c, schema.touched.c, schema.profile.c
_NAMED = PROFILED | {EntityKind.POST}


def settle_some(connection: Connection, *, limit: int) -> tuple[int, set[str]]:
    """Resolve what the oldest notes name, but for cards: how many notes, which entities got another canonical id."""
    lock(connection)
    query = select(schema.touched).where(_TOUCHED.what != Touched.CARD)
    notes = connection.execute(query.order_by(_TOUCHED.seq).limit(limit)).all()
    if not notes:
        return 0, set()
    settling = _settled(connection, {what: {note.id for note in notes if note.what == what} for what in Touched})
    touch(connection, Touched.CARD, settling.stale)
    delete_in(connection, delete(schema.touched), _TOUCHED.seq, (note.seq for note in notes))
    return len(notes), settling.moved


def settle(connection: Connection, touched: Mapping[Touched, set[str]]) -> int:
    """Resolve all that hangs together with some ids, cards too, in the transaction under way; tell how many moved."""
    settling = _settled(connection, touched)
    refresh_cards(connection, settling.stale)
    return len(settling.moved)


def _settled(connection: Connection, touched: Mapping[Touched, set[str]]) -> "_Settling":
    settling = _Settling(connection, read_judged(connection), {what: touched.get(what, set()) for what in Touched})
    settling.run()
    return settling


class _Settling:
    """One batch under way. `moved`: entities whose canonical id changed; `stale`: canonical ids to be shown anew."""

    def __init__(self, connection: Connection, judged: Judged, touched: dict[Touched, set[str]]) -> None:
        self._connection = connection
        self._judged = judged
        self._entities = _touched_entities(connection, touched)
        self._placed = _placed(connection, touched)
        self._profiles = touched[Touched.PROFILE]
        self.moved: set[str] = set()
        self.stale = {row.canonical_id for row in self._entities.values() if row.canonical_id}

    def run(self) -> None:
        """Carry out all levels."""
        kinds = _kinds(self._connection, self._profiles)
        others = {one for one, kind in kinds.items() if kind != EntityKind.PERSON}
        first = self._named(PROFILED - {EntityKind.PERSON}, others)
        persons = kinds.keys() - others | holders(self._connection, first.news)
        self._named({EntityKind.PERSON}, persons)
        self._keyed(EntityKind.POST, self._profiles - kinds.keys())
        self._keyed(None, self._profiles - kinds.keys())

    def _named(self, kinds: Iterable[EntityKind], seeds: set[str]) -> Settled:
        own = [row for row in self._entities.values() if row.kind in kinds]
        placed = self._places([row for row in own if row.id in self._placed])
        vertices = {self._judged.vertex(row.id, row.profile_id) for row in own} - placed.keys()
        left = {row.profile_id for row in own if row.id in self._judged.alone and row.profile_id}
        settled = settle_profiles(self._connection, self._judged, vertices | left | seeds)
        there = rows_in(self._connection, select(*COLUMNS), _ENTITY.profile_id, settled.news)
        judged = entities_by_id(self._connection, self._judged.entities(settled.canonical))
        rows = {row.id: row for row in there} | judged | {row.id: row for row in own}
        self._move(rows.values(), placed | settled.canonical)
        return settled

    def _places(self, rows: Iterable[Any]) -> dict[str, str]:
        """Give the canonical ids of the profiles of entities, where they follow from them."""
        profiles = {row.profile_id for row in rows if row.profile_id and row.id not in self._judged.alone}
        query = select(_PROFILE.id, _PROFILE.canonical_id)
        found = rows_in(self._connection, query, _PROFILE.id, profiles)
        return {row.id: row.canonical_id for row in found if row.canonical_id}

    def _keyed(self, kind: EntityKind | None, seeds: set[str]) -> None:
        """Resolve posts, or with None all relations; `seeds` are keys that entities had before."""
        own = {one for one, row in self._entities.items() if _is_level(row.kind, kind)}
        ended = entities_by_id(self._connection, ended_by(self._connection, self.moved) | own)
        ended = {one: row for one, row in ended.items() if _is_level(row.kind, kind)}
        keys = rekey(self._connection, ended) | seeds
        rows = {row.id: row for row in rows_in(self._connection, select(*COLUMNS), _ENTITY.profile_id, keys)}
        rows |= entities_by_id(self._connection, ended)
        vertices = {self._judged.vertex(row.id, row.profile_id) for row in rows.values()}
        canonical = settle_keys(self._connection, self._judged, vertices | keys)
        more = rows_in(self._connection, select(*COLUMNS), _ENTITY.profile_id, canonical.keys() - keys)
        rows |= {row.id: row for row in more} | entities_by_id(self._connection, self._judged.entities(canonical))
        self._move((row for row in rows.values() if _is_level(row.kind, kind)), canonical)

    def _move(self, rows: Iterable[Any], canonical: dict[str, Any]) -> None:
        moves = []
        for row in rows:
            wanted = canonical.get(self._judged.vertex(row.id, row.profile_id)) or row.id
            if wanted != row.canonical_id:
                moves.append({"entity": row.id, "canonical": wanted})
                self.stale |= {wanted, row.canonical_id or wanted}
        self.moved |= {move["entity"] for move in moves}
        if moves:
            command = update(schema.entity).where(_ENTITY.id == bindparam("entity"))
            self._connection.execute(command.values(canonical_id=bindparam("canonical")), moves)


def _is_level(kind: str, wanted: EntityKind | None) -> bool:
    return kind == wanted if wanted else kind not in _NAMED


def _touched_entities(connection: Connection, touched: dict[Touched, set[str]]) -> dict[str, Any]:
    articles = touched[Touched.ARTICLE] | touched[Touched.PLACED]
    of_articles = rows_in(connection, select(*COLUMNS), _ENTITY.article_id, articles)
    return {row.id: row for row in of_articles} | entities_by_id(connection, touched[Touched.ENTITY])


def _placed(connection: Connection, touched: dict[Touched, set[str]]) -> set[str]:
    """Give the entities whose profiles are placed, and that nothing has touched since."""
    articles = touched[Touched.PLACED] - touched[Touched.ARTICLE]
    found = rows_in(connection, select(_ENTITY.id), _ENTITY.article_id, articles)
    return {row.id for row in found} - touched[Touched.ENTITY]


def _kinds(connection: Connection, profiles: set[str]) -> dict[str, str]:
    query = select(_PROFILE.id, _PROFILE.kind)
    return {row.id: row.kind for row in rows_in(connection, query, _PROFILE.id, profiles)}
