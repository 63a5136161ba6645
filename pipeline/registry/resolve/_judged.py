"""What people judged of entities, as the clustering of their vertices takes it.

A vertex is what is clustered: a profile with all entities that have it, the key of a post or relation, or one entity
that stands by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from pipeline.registry import schema
from pipeline.registry.database.chunks import rows_in
from pipeline.registry.identity import Verdict

Pair = tuple[str, str]

SAME, DIFFERENT, OPEN, APART = "same", "different", "open", "apart"


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements that count. `links`: vertices judged to be one.

    `alone`: the entities that are vertices; `parted`: the same by the profiles they would otherwise be of.
    """

    alone: frozenset[str]
    parted: Mapping[str, frozenset[str]]
    verdicts: tuple[Verdict, ...]
    links: Mapping[str, frozenset[str]]
    vertices: Mapping[str, str]  # by entity judged

    def near(self, vertex: str) -> frozenset[str]:
        """Give the vertices that have to be looked at with one."""
        return self.links.get(vertex, frozenset()) | self.parted.get(vertex, frozenset())

    def entities(self, vertices: Iterable[str]) -> set[str]:
        """Give the entities judged that have one of the vertices."""
        wanted = set(vertices)
        return {one for one, vertex in self.vertices.items() if vertex in wanted}

    def vertex(self, entity_id: str, profile_id: str | None) -> str:
        """Name the vertex of an entity."""
        return entity_id if profile_id is None or entity_id in self.alone else profile_id

    def between(self, vertices: set[str]) -> list[Verdict]:
        """Give the verdicts on some vertices."""
        return [verdict for verdict in self.verdicts if verdict.left in vertices and verdict.right in vertices]


def standing_verdicts(connection: Connection) -> dict[Pair, str]:
    """Give the last word on each pair of entities, but for pairs that are open again."""
    judgement = schema.judgement.c
    said: dict[Pair, str] = {}
    for row in connection.execute(
        select(judgement.left_id, judgement.right_id, judgement.verdict).order_by(judgement.seq)
    ):
        said[row.left_id, row.right_id] = row.verdict
    return {pair: verdict for pair, verdict in said.items() if verdict != OPEN}


def read_judged(connection: Connection) -> Judged:
    """Read all judgements; people make thousands, not millions."""
    said = standing_verdicts(connection)
    entity = schema.entity.c
    query = select(entity.id, entity.profile_id, entity.first_seen)
    entities = {row.id: row for row in rows_in(connection, query, entity.id, (one for pair in said for one in pair))}
    alone = {left for (left, right), verdict in said.items() if left == right and verdict == APART}
    alone |= set(_outvoted(said, entities, alone))
    vertex = {one: one if one in alone else row.profile_id or one for one, row in entities.items()}
    return Judged(frozenset(alone), _parted(alone, entities), *_between(said, vertex), vertex)


def _parted(alone: set[str], entities: Mapping[str, Row[Any]]) -> dict[str, frozenset[str]]:
    parted: dict[str, set[str]] = defaultdict(set)
    for one in alone:
        if entities[one].profile_id:
            parted[entities[one].profile_id].add(one)
    return {profile: frozenset(some) for profile, some in parted.items()}


def _between(
    said: Mapping[Pair, str], vertex: Mapping[str, str]
) -> tuple[tuple[Verdict, ...], dict[str, frozenset[str]]]:
    """Take judgements of entities for judgements of their vertices."""
    verdicts = set()
    links: dict[str, set[str]] = defaultdict(set)
    for (left, right), verdict in said.items():
        one, two = sorted((vertex[left], vertex[right]))
        if one == two:
            continue
        verdicts.add(Verdict(one, two, same=verdict == SAME))
        if verdict == SAME:
            links[one].add(two)
            links[two].add(one)
    return tuple(sorted(verdicts)), {one: frozenset(others) for one, others in links.items()}


def _outvoted(said: Mapping[Pair, str], entities: Mapping[str, Row[Any]], alone: set[str]) -> Iterator[str]:
    """Give entities that were judged different from an earlier one that has the same profile now."""
    foes: dict[str, set[str]] = defaultdict(set)
    for (left, right), verdict in said.items():
        same_profile = entities[left].profile_id == entities[right].profile_id
        if verdict == DIFFERENT and same_profile and not {left, right} & alone:
            foes[left].add(right)
            foes[right].add(left)
    staying: set[str] = set()
    for one in sorted(foes, key=lambda one: (entities[one].first_seen or "9", one)):
        if foes[one] & staying:
            yield one
        else:
            staying.add(one)
