"""Entities with profiles: which profiles are one entity, and under which id."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

from sqlalchemy import Connection, bindparam, select, update

from pipeline.registry import schema
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.identity import Bond, Edge, Known, Profile, block_keys, cluster, compare, facets, resolved
from pipeline.registry.kinds import EntityKind
from pipeline.registry.resolve._comparing import BODY, held_keys, read_profiles, stored_key
from pipeline.registry.resolve._groups import Closure, Pair, closure, groups
from pipeline.registry.resolve._heads import Head, first_of, heads_of
from pipeline.registry.resolve._judged import Judged

Canonical = Callable[[str], str]


@dataclass(slots=True)
class Settled:
    """What became of vertices: their canonical ids, None where no entity is left; profiles for which it is news."""

    canonical: dict[str, str | None] = field(default_factory=dict)
    news: set[str] = field(default_factory=set)


def settle_profiles(connection: Connection, judged: Judged, seeds: Iterable[str]) -> Settled:
    """Cluster the vertices that the seeds may hang together with, and write the canonical ids of profiles."""
    found = closure(connection, seeds, judged)
    heads = heads_of(connection, found.vertices, judged.parted)
    settled = Settled(dict.fromkeys(found.vertices))
    for component in _components(connection, judged, found, heads):
        canonical = first_of(heads[one] for one in component)
        settled.canonical.update(dict.fromkeys(component, canonical))
    _write(connection, settled)
    return settled


def _components(
    connection: Connection, judged: Judged, found: Closure, heads: Mapping[str, Head]
) -> Iterator[tuple[str, ...]]:
    links = [(verdict.left, verdict.right) for verdict in judged.verdicts if verdict.same]
    joined = [(pair.left, pair.right) for pair in found.pairs if pair.may_join]
    parts = groups(heads, [*joined, *links])
    yield from ((part[0],) for part in parts if len(part) == 1)
    several = [part for part in parts if len(part) > 1]
    profiles = read_profiles(connection, {one for part in several for one in part})
    pairs = _by_group(several, found.pairs)
    unsure = {end for some in pairs.values() for pair in some if pair.asks_bodies for end in (pair.left, pair.right)}
    canonical = _bodies(connection, (profiles[one] for one in unsure))
    for part in several:
        members = {one: profiles[one] for one in part if one in profiles}
        edges = [*_edges(pairs[part[0]], members, canonical), *_forbidden(pairs[part[0]], members)]
        known = Known({one: facets(of) for one, of in members.items()}, {one: heads[one].weight for one in part})
        made = cluster(part, edges, judged.between(set(part)), known)
        yield from made.components


def _by_group(parts: list[list[str]], pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    of = {one: part[0] for part in parts for one in part}
    grouped: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.left in of and of[pair.left] == of.get(pair.right):
            grouped[of[pair.left]].append(pair)
    return grouped


def _edges(pairs: Iterable[Pair], profiles: Mapping[str, Profile], canonical: Canonical) -> Iterator[Edge]:
    for pair in pairs:
        told = pair.told
        if pair.asks_bodies:
            told = resolved(compare(profiles[pair.left], profiles[pair.right]), canonical)
        yield Edge(pair.left, pair.right, told.score, told.bond)


def _forbidden(pairs: Iterable[Pair], profiles: Mapping[str, Profile]) -> Iterator[Edge]:
    """Compare again those that came out as different, for what forbids that they are joined by way of a third."""
    known = {(pair.left, pair.right) for pair in pairs}
    if len(known) == comb(len(profiles), 2):
        return  # as in most groups, that are of two: none is left, and no keys are needed
    blocks = defaultdict(list)
    for one in sorted(profiles):
        for key in block_keys(profiles[one]):
            blocks[key].append(one)
    for left, right in sorted({pair for block in blocks.values() for pair in combinations(block, 2)} - known):
        told = compare(profiles[left], profiles[right])
        if told.bond is Bond.FORBIDDEN:
            yield Edge(left, right, told.score, told.bond)


def _bodies(connection: Connection, profiles: Iterable[Profile]) -> Canonical:
    """Give what tells the canonical organization of a name key, where just one has that name."""
    keys = {key for profile in profiles for key in held_keys(profile)}
    owners: dict[str, set[str]] = defaultdict(set)
    block, profile = schema.block.c, schema.profile.c
    query = (
        select(block.key, profile.canonical_id)
        .join(schema.profile, profile.id == block.profile_id)
        .where(profile.kind == EntityKind.ORGANIZATION, profile.canonical_id.is_not(None))
    )
    for row in rows_in(connection, query, block.key, {stored_key(BODY + key) for key in keys}):
        owners[row.key].add(row.canonical_id)

    def canonical(key: str) -> str:
        own = owners.get(stored_key(BODY + key), set())
        return next(iter(own)) if len(own) == 1 else key

    return canonical


def _write(connection: Connection, settled: Settled) -> None:
    profile = schema.profile.c
    query = select(profile.id, profile.canonical_id)
    for row in rows_in(connection, query, profile.id, settled.canonical):
        if row.canonical_id != settled.canonical[row.id]:
            settled.news.add(row.id)
    rows = [{"profile": one, "canonical": settled.canonical[one]} for one in sorted(settled.news)]
    if rows:
        command = update(schema.profile).where(profile.id == bindparam("profile"))
        connection.execute(command.values(canonical_id=bindparam("canonical")), rows)


def holders(connection: Connection, profiles: Iterable[str]) -> set[str]:
    """Find the profiles of persons who hold posts in bodies that have these organizations' names."""
    bodies = read_profiles(connection, profiles).values()
    keys = {stored_key(BODY + key) for body in bodies for key in held_keys(body)}
    block, profile = schema.block.c, schema.profile.c
    query = select(block.profile_id).join(schema.profile, profile.id == block.profile_id)
    persons = query.where(profile.kind == EntityKind.PERSON)
    return {row.profile_id for row in rows_in(connection, persons, block.key, keys)}
