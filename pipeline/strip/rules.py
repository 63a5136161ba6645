"""Settles each block by itself: the name of the rule that drops it, or what kind of text it is.

A rule looks at the block's wording, its links and the marks on the elements around it. Which kept blocks make the
article is the business of `candidates.py` and `cuts.py`.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.strip._tables import table
from pipeline.strip.blocks import Block, Tree
from pipeline.strip.furniture import Effect, furniture
from pipeline.strip.wording import ends_sentence, is_prose, is_teaser, words
from pipeline.times import visible_time

KEPT = frozenset({"prose", "subhead", "item", "quote", "text"})
_TAGS = {
    "nav": "navigation",
    "footer": "footer",
    "menu": "navigation",
    "aside": "aside",
    "figure": "caption",
    "figcaption": "caption",
    "button": "control",
    "select": "control",
    "textarea": "control",
    "option": "control",
    "label": "control",
    "title": "head",
    "form": "form",
    "rt": "control",
    "marquee": "ticker",
    "address": "footer",
}
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "dt"), "subhead"),
    "li": "item",
    "blockquote": "quote",
}
_SMALL = frozenset(
    {"author", "clock", "caption", "tags", "counter", "misprint"}
)  # marks that hold for little text only
_SMALL_CHARS = 500
_MAIN_SHARE = 0.5  # share of the page's prose from which no mark but these is believed
_VOIDABLE = frozenset({"sidebar", "related", "advert"})  # marks that say nothing where the headline bears one
_DOUBTED = frozenset({"beside"})  # marks believed only where prose lies nearer to the headline
_NEARER_CHARS = 100  # prose nearer to the headline from which a marked element is no story however much it holds
_BELIEVED = frozenset({"comments", "footer", "navigation", "control", "head"})  # however much they hold
_QUOTING = re.compile(r" (?:quote|blockquote|cite|fact|facts|note|incut) ")
_LINKED = 0.5  # share of a block in links from which it is a teaser unless it is prose
_LINKED_PROSE = 0.85
_LINE_WORDS = 5  # words of the shortest standfirst
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Settled:
    """A block's rule, and what it does to the blocks after it."""

    rule: str
    effect: Effect | None = None

    @property
    def kept(self) -> bool:
        """Whether the block is text of some kind."""
        return self.rule in KEPT


def settle(tree: Tree, title: int | None = None) -> list[Settled]:
    """Settle every block of a page; no mark on an element around the headline is believed."""
    marks = _marks(tree, title)
    return [_settle(block, marks[block.node], tree) for block in tree.blocks]


def totals(tree: Tree, sizes: list[int]) -> list[int]:
    """Sum a size of each block over the nodes around it."""
    total = [0] * len(tree.nodes)
    for block, size in zip(tree.blocks, sizes, strict=True):
        total[block.node] += size
    for i in range(len(tree.nodes) - 1, 0, -1):
        total[tree.nodes[i].parent] += total[i]
    return total


def _settle(block: Block, mark: str | None, tree: Tree) -> Settled:
    if mark:
        known = furniture(block.text)
        if known and known.rule == "caption":
            return Settled("caption")
        return Settled(mark, known.effect if known and known.rule == "comments" else None)
    if known := furniture(block.text):
        return Settled(known.rule, known.effect)
    if not _LETTER.search(block.text):
        return Settled("scrap")
    prose = is_prose(block.text)
    if block.link_share > (_LINKED_PROSE if prose else _LINKED):
        return Settled("linked")
    if is_teaser(block.text):
        return Settled("teaser")
    if not prose and visible_time(block.text, None):
        return Settled("clock")
    kind = _kind(block, tree)
    return Settled("prose" if prose and kind != "subhead" else kind)


def _kind(block: Block, tree: Tree) -> str:
    for count, node in enumerate(tree.above(block.node)):
        if kind := _KINDS.get(tree.nodes[node].tag):
            return kind
        if count > 3:  # noqa: PLR2004 - farther elements say nothing of a line
            break
    return "text"


def _marks(tree: Tree, title: int | None) -> list[str | None]:
    """Give for every node the rule that drops what is in it, its own or inherited."""
    protected = frozenset() if title is None else frozenset(tree.above(tree.blocks[title].node))
    chars = totals(tree, [len(block.text) for block in tree.blocks])
    prose = totals(tree, [len(b.text) if b.link_share < _LINKED and is_prose(b.text) else 0 for b in tree.blocks])
    nearer = _nearer(tree, title, protected)
    void = _VOIDABLE & {_own(tree, i) for i in protected}
    marks: list[str | None] = [None] * len(tree.nodes)
    for i, node in enumerate(tree.nodes[1:], 1):
        marks[i] = marks[node.parent]
        own = None if marks[i] or i in protected or node.tag in ("body", "html") else _own(tree, i)
        if own is None or own in void or (own in _SMALL and chars[i] > _SMALL_CHARS):
            continue
        if own in _DOUBTED and nearer[i] < _NEARER_CHARS:
            continue
        main = prose[i] > prose[0] * _MAIN_SHARE and nearer[i] < _NEARER_CHARS
        if own in _BELIEVED or not main or chars[i] < _SMALL_CHARS // 5:
            marks[i] = own
    return marks


def _nearer(tree: Tree, title: int | None, protected: frozenset[int]) -> list[int]:
    """Give for every node how much prose lies nearer to the headline than it does, below it in an unmarked element."""
    shared = [0] * len(tree.nodes)  # depth of the innermost element around both the node and the headline
    for i, node in enumerate(tree.nodes[1:], 1):
        shared[i] = node.depth if i in protected else shared[node.parent]
    if title is None:
        return [0] * len(tree.nodes)
    sizes = [0] * (tree.nodes[tree.blocks[title].node].depth + 2)
    for block in tree.blocks[title + 1 :]:
        if block.link_share < _LINKED and is_prose(block.text) and not furniture(block.text):
            sizes[shared[block.node]] += len(block.text)
    for depth in reversed(range(len(sizes) - 1)):
        sizes[depth] += sizes[depth + 1]
    return [sizes[depth + 1] for depth in shared]


def _own(tree: Tree, index: int) -> str | None:
    node = tree.nodes[index]
    if node.hidden:
        return "hidden"
    by_tag = None if node.tag == "figure" and not node.pictured else _TAGS.get(node.tag)
    if by_tag and not (by_tag == "aside" and _QUOTING.search(node.name)):
        return by_tag
    mark = _marked(node.name) if node.name else None
    return None if mark == "none" else mark


@lru_cache(maxsize=20_000)
def _marked(name: str) -> str | None:
    for word in name.split():
        for phrase, rule in _phrases().get(word, ()):
            if phrase in name:
                return rule
    return None


@cache
def _phrases() -> dict[str, list[tuple[str, str]]]:
    phrases: dict[str, list[tuple[str, str]]] = {}
    for row in table("markers"):
        phrases.setdefault(row["words"].split()[0], []).append((f" {row['words']} ", row["rule"]))
    return phrases


def is_line_of_text(block: Block) -> bool:
    """Tell whether a block that is not prose may still be a standfirst: some words, few links, no colon at the end."""
    enough = words(block.text) >= _LINE_WORDS and block.link_share < _LINKED
    return enough and (ends_sentence(block.text) or block.text.lstrip('«"“„—– ')[:1].isupper())
