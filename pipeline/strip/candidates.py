"""Where the article is: several candidates, each a range of blocks, and the one that agrees best with the others.

Each way of looking for the story errs on other pages; the range that overlaps most with all of them, each weighed by
how far it can be trusted, is taken.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from pipeline.strip._tables import table
from pipeline.strip.blocks import Tree
from pipeline.strip.furniture import fold
from pipeline.strip.rules import Settled

_DECAY = 0.8
_DESCENT = 0.7  # share of a node's prose that a child must hold to be entered
_LONGEST = 1500  # characters of one block that count
_COSTS = {"text": 5, "subhead": 0, "item": 0, "quote": 0}
_DROPPED_COST = 45  # what a dropped block within a run costs, in characters of prose
_LONGEST_BODY = 100_000  # characters of the structured data's text that are compared
_MOST_COMPARED = 5000  # blocks
_MATCH = 40  # characters by which a block is found in the structured data's text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A half-open range of blocks, the way it was found and its weight in the vote."""

    start: int
    stop: int
    way: str
    weight: float


def find(tree: Tree, settled: list[Settled], title: int | None, body_text: str = "") -> Candidate | None:
    """Give the range of blocks that most ways agree on, or None where no block is prose."""
    sizes = [_size(tree, i) if s.rule == "prose" else 0 for i, s in enumerate(settled)]
    if not any(sizes):
        return None
    ranges = extents(tree)
    masses = _masses(tree, sizes)
    candidates = [
        *_marked(tree, ranges, masses),
        *_shaped(tree, ranges, masses),
        _run(settled, sizes, title),
        *_quoted(tree, body_text),
    ]
    candidates = [c for c in candidates if any(sizes[c.start : c.stop])]
    return _elect(candidates, sizes)


def _elect(candidates: list[Candidate], sizes: list[int]) -> Candidate:
    sums = [0, *accumulate(sizes)]

    def mass(start: int, stop: int) -> int:
        return sums[stop] - sums[start] if stop > start else 0

    def agreement(one: Candidate) -> float:
        return sum(
            other.weight
            * 2
            * mass(max(one.start, other.start), min(one.stop, other.stop))
            / (mass(one.start, one.stop) + mass(other.start, other.stop))
            for other in candidates
        )

    return max(candidates, key=lambda c: (round(agreement(c), 6), c.start - c.stop))


def _size(tree: Tree, index: int) -> int:
    block = tree.blocks[index]
    return min(_LONGEST, len(block.text)) - min(_LONGEST, block.linked)


def extents(tree: Tree) -> list[tuple[int, int]]:
    """Give the range of blocks that lie within each node."""
    empty = len(tree.blocks)
    first, last = [empty] * len(tree.nodes), [0] * len(tree.nodes)
    for i, block in enumerate(tree.blocks):
        first[block.node] = min(first[block.node], i)
        last[block.node] = i + 1
    for i in range(len(tree.nodes) - 1, 0, -1):
        parent = tree.nodes[i].parent
        first[parent] = min(first[parent], first[i])
        last[parent] = max(last[parent], last[i])
    return list(zip(first, last, strict=True))


def _masses(tree: Tree, sizes: list[int]) -> list[int]:
    masses = [0] * len(tree.nodes)
    for block, size in zip(tree.blocks, sizes, strict=True):
        masses[block.node] += size
    for i in range(len(tree.nodes) - 1, 0, -1):
        masses[tree.nodes[i].parent] += masses[i]
    return masses


def _marked(tree: Tree, ranges: list[tuple[int, int]], masses: list[int]) -> list[Candidate]:
    """Candidates by what the markup says of itself: microdata, the <article> element, class names."""
    best: dict[str, tuple[int, int, float]] = {}
    for i, node in enumerate(tree.nodes):
        if not masses[i]:
            continue
        hint = _hint(node.name) if node.name and node.tag not in ("body", "html") else 0
        for way, weight in (
            ("articleBody", 3.0 * ("articleBody" in node.itemprop)),
            ("article", 1.5 * (node.tag == "article")),
            ("main", 0.7 * (node.tag == "main")),
            (f"class {hint}", 0.5 * hint),
        ):
            if weight and masses[i] > best.get(way, (0, -1, 0.0))[0]:
                best[way] = (masses[i], i, weight)
    return [Candidate(*ranges[i], way, weight) for way, (_, i, weight) in best.items()]


@lru_cache(maxsize=20_000)
def _hint(name: str) -> int:
    return max((weight for phrase, weight in _bodies() if phrase in name), default=0)


@cache
def _bodies() -> tuple[tuple[str, int], ...]:
    return tuple((f" {row['words']} ", int(row["weight"])) for row in table("bodies"))


def _shaped(tree: Tree, ranges: list[tuple[int, int]], masses: list[int]) -> list[Candidate]:
    """Candidates by how prose lies in the tree: the node nearest to most of it, and the last node that holds most."""
    scores = [0.0] * len(tree.nodes)
    heaviest = [0] * len(tree.nodes)
    own = list(masses)
    for i in range(len(tree.nodes) - 1, 0, -1):
        own[tree.nodes[i].parent] -= masses[i]
    for i in range(len(tree.nodes) - 1, 0, -1):
        scores[i] += own[i]
        parent = tree.nodes[i].parent
        alone = masses[parent] == masses[i]
        scores[parent] += scores[i] if alone else scores[i] * _DECAY
        if masses[i] > masses[heaviest[parent]] or heaviest[parent] == 0:
            heaviest[parent] = i
    nearest = max(range(len(tree.nodes)), key=lambda i: (scores[i], i))
    deep = 0
    while heaviest[deep] and masses[heaviest[deep]] >= masses[deep] * _DESCENT:
        deep = heaviest[deep]
    return [Candidate(*ranges[nearest], "nearest", 2.0), Candidate(*ranges[deep], "descent", 1.5)]


def _run(settled: list[Settled], sizes: list[int], title: int | None) -> Candidate:
    """Find the run of blocks with the most prose and the least between it."""
    best, best_range = 0.0, (0, len(settled))
    score, start = 0.0, (title or 0)
    for i in range(start, len(settled)):
        score += sizes[i] or -_COSTS.get(settled[i].rule, _DROPPED_COST)
        if score <= 0:
            score, start = 0.0, i + 1
        elif score > best:
            best, best_range = score, (start, i + 1)
    return Candidate(*best_range, "run", 2.0)


def _quoted(tree: Tree, body_text: str) -> list[Candidate]:
    """Find the blocks that the structured data's articleBody holds."""
    if len(body_text) < _MATCH:
        return []
    folded = fold(body_text[:_LONGEST_BODY])
    found = [
        i
        for i, b in enumerate(tree.blocks[:_MOST_COMPARED])
        if len(b.text) >= _MATCH and fold(b.text)[:_MATCH] in folded
    ]
    return [Candidate(found[0], found[-1] + 1, "json-ld", 3.0)] if found else []
