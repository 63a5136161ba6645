"""Profiles into entities: which of those that were compared are one, given what people judged.

Pure and independent of the order of its inputs. Sure pairs are joined first, the surest first; then names that tell
little join the one entity they fit, and none where they fit several that are kept apart. Nothing joins two that are
known to be different, however many lie between.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.registry.identity.comparison import Bond
from pipeline.registry.identity.components import Components, Facets

SURE = 0.84
"""The score from which a pair is joined on its own strength; below, a name joins only where it fits one entity."""


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A pair that was compared, `left < right`, and what ties it or keeps it apart."""

    left: str
    right: str
    score: float
    bond: Bond


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """What people judged of a pair, `left < right`."""

    left: str
    right: str
    same: bool


@dataclass(frozen=True, slots=True)
class Clustering:
    """`components` of ids, each sorted, in the order of their first ids.

    `undecided` are pairs for people to look at: their scores lie between, or something forbids what else speaks for
    them. `contradictions` are pairs judged the same that other judgements keep apart; they are not joined.
    """

    components: tuple[tuple[str, ...], ...]
    undecided: tuple[tuple[str, str], ...]
    contradictions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of ids beside their pairs: facets, and weights, the number of articles that have each (else 1)."""

    facets: Mapping[str, Facets] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)


NOTHING = Known()


def cluster(
    ids: Iterable[str], edges: Iterable[Edge], verdicts: Iterable[Verdict] = (), known: Known = NOTHING
) -> Clustering:
    """Join ids into entities. `edges` and `verdicts` are of these ids only.

    The components of a set of ids that no edge and no verdict leaves do not depend on the ids beyond.
    """
    parts = Components(ids, known.facets, known.weights)
    ordered = sorted(edges, key=lambda edge: (-edge.score, edge))
    contradictions = _judge(parts, sorted(set(verdicts)))
    for edge in ordered:
        _note(parts, edge)
    sure = [edge for edge in ordered if edge.bond is Bond.SAME and edge.score >= SURE]
    slight = [edge for edge in ordered if edge.bond is Bond.SAME and edge.score < SURE]
    for edge in sure:
        if not (parts.foes(edge.left, edge.right) or parts.clash(edge.left, edge.right)):
            parts.join(edge.left, edge.right)
    for edge in slight:
        _join_slightly(parts, edge)
    return Clustering(parts.all(), _open(parts, ordered, verdicts), contradictions)


def _judge(parts: Components, verdicts: list[Verdict]) -> tuple[tuple[str, str], ...]:
    """Carry out what people judged; give the pairs that other judgements keep apart."""
    for verdict in verdicts:
        if not verdict.same:
            parts.forbid(verdict.left, verdict.right)
    contradictions = []
    for verdict in verdicts:
        if verdict.same and parts.foes(verdict.left, verdict.right):
            contradictions.append((verdict.left, verdict.right))
        elif verdict.same:
            parts.join(verdict.left, verdict.right)
    return tuple(contradictions)


def _note(parts: Components, edge: Edge) -> None:
    if parts.together(edge.left, edge.right):
        return
    if edge.bond is Bond.FORBIDDEN:
        parts.forbid(edge.left, edge.right)
    elif edge.bond is Bond.APART:
        parts.doubt(edge.left, edge.right)
    elif edge.bond is Bond.SAME and edge.score < SURE:
        parts.suggest(edge.left, edge.right, edge.score)


def _join_slightly(parts: Components, edge: Edge) -> None:
    """Join by a name that tells little, where it fits just one of the entities that are kept apart."""
    one, two, score = edge.left, edge.right, edge.score
    if not (parts.doubtful(one, two) or parts.torn(one, two, score) or parts.torn(two, one, score)):
        parts.join(one, two)


def _open(parts: Components, edges: list[Edge], verdicts: Iterable[Verdict]) -> tuple[tuple[str, str], ...]:
    """Give the pairs that stayed apart though something speaks for them, the likeliest first."""
    judged = {(verdict.left, verdict.right) for verdict in verdicts}
    pairs = ((e.left, e.right) for e in edges if e.bond is not Bond.FORBIDDEN and not parts.together(e.left, e.right))
    return tuple(dict.fromkeys(pair for pair in pairs if pair not in judged))
