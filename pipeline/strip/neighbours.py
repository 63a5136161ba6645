"""What stands on a page beside its story, known by form and not by name: rows of teasers, comments, the next stories.

Looks at how blocks repeat; a page's marks and the wording of its lines are the business of `rules.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline.strip.blocks import Tree
from pipeline.strip.candidates import extents
from pipeline.strip.furniture import Effect, fold
from pipeline.strip.rules import Settled
from pipeline.strip.strays import Make
from pipeline.strip.wording import words

_CARDS = 3  # teasers of one make in a row that are a list
_CARD_BLOCKS = 4  # blocks of a teaser under its headline
_CARD_PROSE = 2  # of them, blocks of prose
_CARD_CHARS = 600
_HEADLINE_WORDS = 3
_COMMENTED = 2  # paragraphs that a story must have before comments under a plain line
_READERS = re.compile(
    r"читател|пользовател|посетител|статье|новости|\d|оставить|добавить|ваш"
)  # whose comments they are
_COMMENTS = Settled("comments", Effect.STOP)
_MOST_STOPS = 20  # headings of comments that are looked at
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class _Surroundings:
    tree: Tree
    settled: list[Settled]
    makes: list[Make]

    def prose_makes(self, part: range) -> set[Make]:
        return {self.makes[i] for i in part if self.settled[i].rule == "prose"}


def part_neighbours(tree: Tree, settled: list[Settled], makes: list[Make], title: int | None) -> list[Settled]:
    """Settle anew the blocks that repeated form shows to be no part of the story headed by `title`."""
    result = list(settled)
    around = _Surroundings(tree, settled, makes)
    for i in (*_cards(around), *_boxes(around, title)):
        if result[i].kept:
            result[i] = Settled("teaser")
    for start, rule in ((_next_story(around, title), "next_story"), (_comments(around, title), "comments")):
        for i in range(len(settled) if start is None else start, len(settled)):
            if result[i].kept:
                result[i] = Settled(rule)
    return result


def _cards(around: _Surroundings) -> Iterator[int]:
    """Give the blocks of rows of teasers: linked headlines of one make, each with a line or two under it."""
    heads = [i for i, s in enumerate(around.settled) if s.rule == "linked" and _headline(around, i)]
    row: list[int] = []
    for head in [*heads, -1]:
        if row and head >= 0 and around.makes[head] == around.makes[row[-1]] and _is_card(around, row[-1], head):
            row.append(head)
            continue
        if len(row) >= _CARDS:
            yield from range(row[0] + 1, row[-1])
            yield from _last_card(around, row)
        row = [head]


def _headline(around: _Surroundings, index: int) -> bool:
    return words(around.tree.blocks[index].text) >= _HEADLINE_WORDS


def _is_card(around: _Surroundings, start: int, stop: int) -> bool:
    inside = range(start + 1, stop)
    chars = sum(len(around.tree.blocks[i].text) for i in inside)
    prose = sum(around.settled[i].rule == "prose" for i in inside)
    return len(inside) <= _CARD_BLOCKS and chars <= _CARD_CHARS and prose <= _CARD_PROSE


def _last_card(around: _Surroundings, row: list[int]) -> range:
    """Give the blocks of the last teaser: as many as the one before has, made as in the others."""
    made = {around.makes[i] for i in range(row[0], row[-1])}
    stop = row[-1] + 1
    longest = row[-1] + row[-1] - row[-2]
    while stop < min(longest, len(around.makes)) and around.makes[stop] in made:
        stop += 1
    return range(row[-1] + 1, stop)


def _boxes(around: _Surroundings, title: int | None) -> Iterator[int]:
    """Give the blocks of elements alike that stand side by side, each a line or two and a link to a story."""
    tree = around.tree
    headed = frozenset() if title is None else frozenset(tree.above(tree.blocks[title].node))
    rows: dict[tuple[int, str, str], list[range]] = {}
    for node, (start, stop) in enumerate(extents(tree)):
        inside = range(start, stop)
        if 1 < len(inside) <= _CARD_BLOCKS and node not in headed and _is_box(around, inside):
            rows.setdefault((tree.nodes[node].parent, *_name(tree, node)), []).append(inside)
    for row in rows.values():
        if len(row) >= (_CARDS - 1 if all(_ends_in_more(around, inside) for inside in row) else _CARDS):
            yield from (i for inside in row for i in inside)


def _is_box(around: _Surroundings, inside: range) -> bool:
    rules = [around.settled[i].rule for i in inside]
    chars = sum(len(around.tree.blocks[i].text) for i in inside)
    return chars <= _CARD_CHARS and rules.count("prose") <= _CARD_PROSE and ("linked" in rules or "related" in rules)


def _ends_in_more(around: _Surroundings, inside: range) -> bool:
    return around.settled[inside[-1]].rule == "related"


def _next_story(around: _Surroundings, title: int | None) -> int | None:
    """Give the next story's headline on a page that runs several: made as the first, at the head of its own part."""
    if title is None:
        return None
    tree, makes = around.tree, around.makes
    first = next((k for k in range(title + 1, len(makes)) if around.settled[k].rule == "prose"), len(makes))
    for i in range(first + 1, len(makes)):
        if makes[i] != makes[title] or makes[i][0] == "p":
            continue
        own, other = _branches(tree, title, i)
        if own == other:  # lines of one element
            continue
        alike = _name(tree, own) == _name(tree, other)
        if (alike or makes[i][0] == "h1") and own in tree.above(tree.blocks[first].node):
            return i
    return None


def _branches(tree: Tree, one: int, other: int) -> tuple[int, int]:
    """Give the two elements that part two blocks: children of the innermost element around both."""
    first, second = tree.blocks[one].node, tree.blocks[other].node
    common = tree.common(first, second)
    return _below(tree, first, common), _below(tree, second, common)


def _below(tree: Tree, node: int, common: int) -> int:
    while node != common and tree.nodes[node].parent != common:
        node = tree.nodes[node].parent
    return node


def _name(tree: Tree, node: int) -> tuple[str, str]:
    return tree.nodes[node].tag, tree.nodes[node].name


def _comments(around: _Surroundings, title: int | None) -> int | None:
    """Give where comments start: after their heading, where nothing is made as the paragraphs above it."""
    start = 0 if title is None else title + 1
    stops = (i for i in range(start, len(around.settled)) if around.settled[i] == _COMMENTS)
    for i in islice(stops, _MOST_STOPS):
        block = around.tree.blocks[i]
        before = [k for k in range(start, i) if around.settled[k].rule == "prose"]
        heads = around.tree.nodes[block.node].tag in _HEADINGS or len(before) >= _COMMENTED
        if block.linked or not before or not heads:
            continue
        above, below = range(start, i), range(i, len(around.settled))
        if _READERS.search(fold(block.text)) or not around.prose_makes(above) & around.prose_makes(below):
            return i
    return None
