"""New profiles against those that share a key with them."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, select, update

from pipeline.registry import schema
from pipeline.registry.database import insert_ignoring, lock
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.database.touched import Touched, touch
from pipeline.registry.identity import Outcome, Profile, block_keys, compare, from_json, name_key
from pipeline.registry.identity.resolve import body_keys
from pipeline.registry.ids import digest
from pipeline.registry.kinds import EntityKind

Keys = Mapping[str, set[str]]  # as they are stored, by profile

BODY = "body:"
_LONGEST_KEY = 200  # characters; an index of PostgreSQL holds less than 2,704 bytes
_FEATURES = select(schema.profile.c.id, schema.profile.c.features)


def compare_some(connection: Connection, *, limit: int) -> tuple[int, int]:
    """Compare profiles that were not compared yet with all that were, and with one another; how many, pairs found."""
    lock(connection)
    own = schema.profile.c
    query = _FEATURES.add_columns(own.canonical_id).where(own.compared.is_(False))
    fresh = connection.execute(query.order_by(own.id).limit(limit)).all()
    profiles = {row.id: from_json(row.features) for row in fresh}
    keys = {one: {stored_key(key) for key in block_keys(profile)} for one, profile in profiles.items()}
    blocks = [{"key": key, "profile_id": one} for key, one in sorted(_blocks(profiles, keys))]
    insert_ignoring(connection, schema.block, blocks)
    rows = list(_pairs(connection, profiles, keys))
    insert_ignoring(connection, schema.pair, rows)
    for chunk in (list(profiles),) if profiles else ():
        connection.execute(update(schema.profile).where(own.id.in_(chunk)).values(compared=True))
    settled = {row.id for row in fresh if row.canonical_id}  # the notes of their articles were taken in already
    touch(connection, Touched.PROFILE, settled & {row[side] for row in rows for side in ("left_id", "right_id")})
    return len(profiles), len(rows)


def read_profiles(connection: Connection, ids: Any) -> dict[str, Profile]:
    """Read profiles by their ids."""
    return {row.id: from_json(row.features) for row in rows_in(connection, _FEATURES, schema.profile.c.id, ids)}


def held_keys(profile: Profile) -> frozenset[str]:
    """Give the name keys of the bodies that a person holds posts in, or that an organization is."""
    if profile.kind is EntityKind.PERSON:
        return frozenset(name_key(body.name, body.region) for body in profile.bodies)
    return body_keys(profile)


def stored_key(key: str) -> str:
    """Shorten a key that an index cannot hold."""
    return key if len(key) <= _LONGEST_KEY else digest(key)


def _blocks(profiles: Mapping[str, Profile], keys: Keys) -> Iterator[tuple[str, str]]:
    """Give keys with their profiles: those that comparing goes by, and those of bodies."""
    for one, profile in profiles.items():
        yield from ((key, one) for key in keys[one] | {stored_key(BODY + key) for key in held_keys(profile)})


def _pairs(connection: Connection, fresh: Mapping[str, Profile], keys: Keys) -> Iterator[dict[str, Any]]:
    pairs = {(min(pair), max(pair)) for pair in _mates(connection, keys)}
    known = read_profiles(connection, {one for pair in pairs for one in pair} - fresh.keys()) | dict(fresh)
    for left, right in sorted(pairs):
        told = compare(known[left], known[right])
        if told.outcome is not Outcome.DIFFERENT:
            reasons = json.dumps(told.reasons, ensure_ascii=False)
            yield {
                "left_id": left, "right_id": right, "outcome": told.outcome.value, "score": told.score,
                "reasons": reasons,
            }  # fmt: skip


def _mates(connection: Connection, keys: Keys) -> set[tuple[str, str]]:
    """Find pairs that share a key. A mate that is neither compared nor fresh will find them when its turn comes."""
    of_key = defaultdict(list)
    for one, mine in keys.items():
        for key in mine:
            of_key[key].append(one)
    block, profile_ = schema.block.c, schema.profile.c
    query = select(block.key, block.profile_id, profile_.compared)
    rows = rows_in(connection, query.join(schema.profile, profile_.id == block.profile_id), block.key, of_key)
    pairs = {(one, row.profile_id) for row in rows if row.compared for one in of_key[row.key]}
    return pairs | {pair for together in of_key.values() for pair in combinations(sorted(together), 2)}
