"""Disjoint sets of ids that know what must not be joined, what is in doubt, and which facets they have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

Facets = Mapping[str, str]
"""Properties of which an entity has one value: ИНН, patronymic. Different values of one facet exclude each other."""

_OUTWEIGHS = 2  # times as many articles: then a name that fits two entities is that of the better known


class Components:
    """Sets of ids, each id its own set at first. A set is named by any of its ids."""

    def __init__(self, ids: Iterable[str], facets: Mapping[str, Facets], weights: Mapping[str, int]) -> None:
        self._root = {one: one for one in ids}
        self._members = {one: {one} for one in self._root}
        self._weight = {one: weights.get(one, 1) for one in self._root}
        self._facets = {one: {name: {value} for name, value in facets.get(one, {}).items()} for one in self._root}
        self._foes: dict[str, set[str]] = defaultdict(set)
        self._doubts: dict[str, set[str]] = defaultdict(set)
        self._maybes: dict[str, dict[str, float]] = defaultdict(dict)

    def forbid(self, one: str, other: str) -> None:
        """Note that two ids are known to be different."""
        self._note(self._foes, one, other)

    def doubt(self, one: str, other: str) -> None:
        """Note that two ids are in doubt: no name that tells little may lie between them."""
        self._note(self._doubts, one, other)

    def suggest(self, one: str, other: str, score: float) -> None:
        """Note that two ids may be one by names that tell little."""
        self._maybes[self.find(one)][other] = score
        self._maybes[self.find(other)][one] = score

    def _note(self, notes: dict[str, set[str]], one: str, other: str) -> None:
        notes[self.find(one)].add(other)
        notes[self.find(other)].add(one)

    def find(self, one: str) -> str:
        """Name the set of an id."""
        root = one
        while self._root[root] != root:
            root = self._root[root]
        while self._root[one] != root:
            self._root[one], one = root, self._root[one]
        return root

    def together(self, one: str, other: str) -> bool:
        """Tell whether two ids are in one set."""
        return self.find(one) == self.find(other)

    def foes(self, one: str, other: str) -> bool:
        """Tell whether something noted excludes that two sets are one."""
        a, b = self.find(one), self.find(other)
        return not self._foes[a].isdisjoint(self._members[b])

    def clash(self, one: str, other: str) -> bool:
        """Tell whether two sets have different values of a facet."""
        mine, others = self._facets[self.find(one)], self._facets[self.find(other)]
        return any(mine[name].isdisjoint(others[name]) for name in mine.keys() & others.keys())

    def doubtful(self, one: str, other: str) -> bool:
        """Tell whether two sets are kept apart: forbidden, or in doubt."""
        a, b = self.find(one), self.find(other)
        return self.foes(a, b) or self.clash(a, b) or not self._doubts[a].isdisjoint(self._members[b])

    def torn(self, one: str, other: str, score: float) -> bool:
        """Tell whether a set may as well, by its score, join a third that is kept apart from the second."""
        a, b = self.find(one), self.find(other)
        if not (self._foes[b] or self._doubts[b] or self._facets[b]):
            return False  # nothing is kept apart from the second: what is noted of two sets stands with both
        enough = self._weight[b] / _OUTWEIGHS
        thirds = {self.find(maybe) for maybe, rival in self._maybes[a].items() if rival >= score} - {a, b}
        return any(self._weight[third] > enough and self.doubtful(third, b) for third in thirds)

    def join(self, one: str, other: str) -> None:
        """Make two sets one, whatever was noted."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self._root[b] = a
        self._members[a] |= self._members.pop(b)
        self._weight[a] += self._weight.pop(b)
        for name, values in self._facets.pop(b).items():
            self._facets[a].setdefault(name, set()).update(values)
        for notes in (self._foes, self._doubts):
            notes[a] |= notes.pop(b, set())
        for maybe, score in self._maybes.pop(b, {}).items():
            self._maybes[a][maybe] = max(score, self._maybes[a].get(maybe, 0.0))

    def all(self) -> tuple[tuple[str, ...], ...]:
        """Give the sets, each sorted, in the order of their first ids."""
        return tuple(sorted(tuple(sorted(members)) for members in self._members.values()))
