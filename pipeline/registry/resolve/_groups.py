"""Vertices that may hang together: closed under every comparison and judgement that may join two."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, select

from pipeline.registry import schema
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.identity import Comparison, Outcome
from pipeline.registry.resolve._judged import Judged

_PAIR = schema.pair.c
_TOLD = 1 << 12  # different comparisons; pairs by the ten thousand come to some hundred
_MAY_JOIN = frozenset({Outcome.SAME.value, Outcome.SAME_IF_BODIES.value})


class Pair(NamedTuple):
    """A stored comparison."""

    left: str
    right: str
    outcome: str
    score: float
    reasons: str  # JSON

    @property
    def told(self) -> Comparison:
        """What the comparison came to, but for the bodies of persons."""
        return _told(self.outcome, self.score, self.reasons)

    @property
    def may_join(self) -> bool:
        """Tell whether the two may be one by this."""
        return self.outcome in _MAY_JOIN

    @property
    def asks_bodies(self) -> bool:
        """Tell whether it depends on the bodies in which the two hold posts."""
        return self.outcome == Outcome.SAME_IF_BODIES


@lru_cache(maxsize=_TOLD)
def _told(outcome: str, score: float, reasons: str) -> Comparison:
    return Comparison(Outcome(outcome), score, tuple(json.loads(reasons)))


@dataclass(slots=True)
class Closure:
    """The vertices that some vertices may hang together with, and all comparisons among them."""

    vertices: set[str] = field(default_factory=set)
    pairs: set[Pair] = field(default_factory=set)


def closure(connection: Connection, seeds: Iterable[str], judged: Judged) -> Closure:
    """Follow comparisons and judgements from the seeds on, through profiles that no entity has any more too."""
    found = Closure()
    frontier = set(seeds)
    while frontier:
        found.vertices |= frontier
        pairs = set(_pairs_of(connection, frontier))
        found.pairs |= pairs
        reached = {end for pair in pairs if pair.may_join for end in (pair.left, pair.right)}
        reached.update(*map(judged.near, frontier))
        frontier = reached - found.vertices
    return found


def _pairs_of(connection: Connection, ids: set[str]) -> Iterator[Pair]:
    query = select(_PAIR.left_id, _PAIR.right_id, _PAIR.outcome, _PAIR.score, _PAIR.reasons)
    for column in (_PAIR.left_id, _PAIR.right_id):
        for row in rows_in(connection, query, column, ids):
            yield Pair._make(row)


def groups(vertices: Iterable[str], joined: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Part vertices into those that hang together."""
    root = {one: one for one in vertices}

    def find(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for left, right in joined:
        if left in root and right in root:
            root[find(left)] = find(right)
    parts = defaultdict(list)
    for one in sorted(root):
        parts[find(one)].append(one)
    return list(parts.values())
