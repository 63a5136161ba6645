"""A person's word on whether two entities are one: written down, checked against earlier words, carried out at once.

Judgements are rows that are only ever added; the last word on a pair counts. What is judged is what articles name, so
that a judgement outlasts the merging and parting of others; ids given may be old ones. Raises RegistryError where a
judgement contradicts another or what the registry knows for sure; `force` makes it the last word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from pipeline.errors import RegistryError
from pipeline.registry import schema
from pipeline.registry.belief.articles import Member, members_named
from pipeline.registry.database import lock
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.database.touched import Touched
from pipeline.registry.keeper._standing_words import Word, facets_of, last_act, standing_words, words_between
from pipeline.registry.keeper.questions import UndecidedPair, undecided
from pipeline.registry.resolve import APART, DIFFERENT, OPEN, SAME, settle
from pipeline.registry.verdicts.decisions import Signature

__all__ = ["UndecidedPair", "judge_different", "judge_same", "members", "split", "take_back", "undecided"]

_ENTITY, _PAIR = schema.entity.c, schema.pair.c
_COLUMNS = (_ENTITY.id, _ENTITY.kind, _ENTITY.name, _ENTITY.profile_id, _ENTITY.canonical_id)

Pair = tuple[str, str]


def judge_same(connection: Connection, left: str, right: str, by: Signature, *, force: bool = False) -> None:
    """Make two entities one."""
    lock(connection)
    one, two = _entity(connection, left), _entity(connection, right)
    if one.kind != two.kind:
        raise RegistryError(f"{left} is of kind {one.kind}, {right} of kind {two.kind}: they cannot be one")
    against = words_between(connection, one.canonical, two.canonical, DIFFERENT)
    if not force:
        _refuse(connection, (one, two), against)
    words = [*((word.left_id, word.right_id, OPEN) for word in against), (one.canonical, two.canonical, SAME)]
    _carry_out(connection, words, by)
    if _entity(connection, left).canonical != _entity(connection, right).canonical:
        raise RegistryError(
            f"{left} and {right} stay apart: other judgements keep them so; `svodka registry show` both"
        )


def judge_different(connection: Connection, left: str, right: str, by: Signature) -> None:
    """Keep two entities apart; of two that are held to be one the second goes out."""
    lock(connection)
    one, two = _entity(connection, left), _entity(connection, right)
    if left == right:
        raise RegistryError(f"{left}: an entity cannot be different from itself")
    if one.canonical == two.canonical:
        out = left if right == two.canonical else right
        split(connection, one.canonical, [out], by)
    else:
        _carry_out(connection, [(one.canonical, two.canonical, DIFFERENT)], by)


def split(connection: Connection, entity_id: str, out: Sequence[str], by: Signature) -> None:
    """Take members out of an entity; they are one entity of their own then."""
    lock(connection)
    canonical = _entity(connection, entity_id).canonical
    rows = list(connection.execute(select(*_COLUMNS).where(_ENTITY.canonical_id == canonical)))
    going = [row for row in rows if row.id in set(out)]
    staying = [row for row in rows if row.id not in set(out)]
    if missing := set(out) - {row.id for row in going}:
        raise RegistryError(f"{', '.join(sorted(missing))}: not among the members of {canonical}")
    if not going or not staying:
        raise RegistryError(f"{canonical}: name some of its {len(rows)} members, not all")
    going.sort(key=lambda row: (row.id != canonical, row.id))
    staying.sort(key=lambda row: (row.id != canonical, row.id))
    _carry_out(connection, list(_words_of_split(connection, going, staying)), by)
    after = {
        row.id: row.canonical_id for row in rows_in(connection, select(*_COLUMNS), _ENTITY.id, (r.id for r in rows))
    }
    if {after[row.id] for row in going} & {after[row.id] for row in staying}:
        raise RegistryError(f"{canonical}: what is to go out is held by other judgements; take those back first")


def _words_of_split(connection: Connection, going: list[Any], staying: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Give the words: profiles of which all entities go out part from the others, of the rest each goes alone."""
    out, in_ = {row.id for row in going}, {row.id for row in staying}
    for word in standing_words(connection):
        ends = {word.left_id, word.right_id}
        if word.verdict == SAME and ends & out and ends & in_:
            yield word.left_id, word.right_id, OPEN
    kept = {row.profile_id or row.id: row.id for row in reversed(staying)}
    heads = {row.profile_id or row.id: row.id for row in reversed(going)}
    near = _near(connection, heads)
    for profile, head in heads.items():
        if profile in kept:
            yield from ((row.id, row.id, APART) for row in going if row.profile_id == profile)
        else:
            against = {staying[0].id} | {kept[other] for other in near.get(profile, ()) if other in kept}
            yield from ((head, other, DIFFERENT) for other in sorted(against))
    alone = [row.id for row in going if row.profile_id in kept]
    yield from ((going[0].id, other, SAME) for other in sorted({*heads.values(), *alone} - {going[0].id}))


def _near(connection: Connection, profiles: Iterable[str]) -> dict[str, set[str]]:
    """Find the profiles that others were compared with and not found different."""
    near: dict[str, set[str]] = {}
    wanted = set(profiles)
    for mine, other in ((_PAIR.left_id, _PAIR.right_id), (_PAIR.right_id, _PAIR.left_id)):
        for row in rows_in(connection, select(mine.label("mine"), other.label("other")), mine, wanted):
            near.setdefault(row.mine, set()).add(row.other)
    return near


def take_back(connection: Connection, entity_id: str, by: Signature) -> tuple[Word, ...]:
    """Open again what was judged last of an entity or a member of it, in one act; give the words taken back."""
    lock(connection)
    words = last_act(connection, _entity(connection, entity_id).canonical, entity_id)
    if not words:
        raise RegistryError(f"{entity_id}: nothing was judged of it")
    _carry_out(connection, [(word.left_id, word.right_id, OPEN) for word in words], by)
    return words


def members(connection: Connection, entity_id: str, *, limit: int | None = None) -> tuple[Member, ...]:
    """List what articles call an entity, the earliest first."""
    canonical = _entity(connection, entity_id).canonical
    ids = select(_ENTITY.id).where(_ENTITY.canonical_id == canonical).order_by(_ENTITY.first_seen, _ENTITY.id)
    return members_named(connection, connection.execute(ids.limit(limit)).scalars())


@dataclass(frozen=True, slots=True)
class _Entity:
    canonical: str
    kind: str
    name: str


def _entity(connection: Connection, entity_id: str) -> _Entity:
    row = connection.execute(select(*_COLUMNS).where(_ENTITY.id == entity_id)).one_or_none()
    if row is None:
        raise RegistryError(f"{entity_id}: no such entity; `svodka registry search` finds ids")
    return _Entity(row.canonical_id or row.id, row.kind, row.name)


def _refuse(connection: Connection, both: tuple[_Entity, _Entity], against: Sequence[Word]) -> None:
    one, two = both
    if against:
        word = against[0]
        why = f", {word.why}" if word.why else ""
        raise RegistryError(
            f"{one.name} ({one.canonical}) and {two.name} ({two.canonical}) were judged different by {word.who} on "
            f"{word.at}{why}; --force overrules it"
        )
    mine, theirs = facets_of(connection, one.canonical), facets_of(connection, two.canonical)
    for name in sorted(mine.keys() & theirs.keys()):
        if mine[name].isdisjoint(theirs[name]):
            values = " and ".join(", ".join(sorted(some)) for some in (mine[name], theirs[name]))
            raise RegistryError(
                f"{one.name} ({one.canonical}) and {two.name} ({two.canonical}) have different values of {name}: "
                f"{values}; --force makes them one all the same"
            )


def _carry_out(connection: Connection, words: Iterable[tuple[str, str, str]], by: Signature) -> None:
    """Write words down, each once, and resolve what follows from them."""
    distinct = {(min(left, right), max(left, right)): verdict for left, right, verdict in words}
    distinct = {pair: verdict for pair, verdict in distinct.items() if pair[0] != pair[1] or verdict in {APART, OPEN}}
    rows = [
        {"left_id": left, "right_id": right, "verdict": verdict, "who": by.who, "at": by.at, "why": by.why}
        for (left, right), verdict in distinct.items()
    ]
    if rows:
        connection.execute(insert(schema.judgement), rows)
        settle(connection, {Touched.ENTITY: {one for pair in distinct for one in pair}})
