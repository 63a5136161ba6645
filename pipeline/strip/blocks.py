"""The blocks of a page: its tree read once into nodes and the runs of text that a reader sees as paragraphs.

Owns the walk over BeautifulSoup's tree; everything later works on `Tree`. The walk keeps its own stack, so nesting of
any depth is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from pipeline.strip._tables import table
from pipeline.strip.decode import uniform

_SPACE = re.compile(r"\s+")
_NAME = re.compile(r"[A-ZА-Я]?[a-zа-я]+|[A-ZА-Я]+(?![a-zа-я])|\d+")
_HOOK = re.compile(r"(?<!\S)js-(?!mediator)\S*")  # names for programs, not for what an element is
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AUTHOR = re.compile(r"/(?:authors?|avtory?|journalists?|writers?|columnists?)/", re.IGNORECASE)  # address of an author
_DEEPEST = 250  # elements within one another; what lies deeper counts as lying there
_MOST_BLOCKS = 50_000  # of a page; a long story with its comments has a hundredth of it
_SHORT = 200  # characters of a block whose pieces are kept
_LONGEST_NAME = 300  # characters of class and id that are looked at


@dataclass(slots=True)
class Node:
    """An element: its tag, the words of its class and id, its microdata, where it hangs."""

    tag: str
    parent: int
    depth: int
    name: str = ""  # words of class and id, small letters, a space on either side of each
    itemprop: str = ""
    hidden: bool = False
    value: str = ""  # `datetime` or `content`
    pictured: bool = False  # holds a picture or a video


@dataclass(slots=True)
class Block:
    """A run of text between the edges of block elements or line breaks; `node` is the innermost element around it."""

    text: str
    node: int
    linked: int  # characters within links
    broken: bool  # begins at a <br>, not at an element's edge
    pieces: tuple[str, ...] = ()  # the texts of the elements within a short block, where there are several

    @property
    def link_share(self) -> float:
        """The share of the text that lies within links."""
        return self.linked / max(1, len(self.text))


@dataclass(slots=True)
class Tree:
    """A page's nodes, parents before children, and its blocks in document order."""

    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def above(self, node: int) -> Iterator[int]:
        """Give a node and its ancestors, innermost first."""
        while node >= 0:
            yield node
            node = self.nodes[node].parent

    def common(self, one: int, other: int) -> int:
        """Give the innermost node around both."""
        while one != other:
            if self.nodes[one].depth >= self.nodes[other].depth:
                one = self.nodes[one].parent
            else:
                other = self.nodes[other].parent
        return one


@cache
def _tags(kind: str) -> frozenset[str]:
    return frozenset(row["tag"] for row in table("tags") if row["kind"] == kind)


class _Run:
    """The block being gathered."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.parts: list[str] = []
        self.linked, self.node, self.broken = 0, -1, False

    def add(self, text: str, node: int, *, linked: bool) -> None:
        self.parts.append(text)
        if text.strip():
            self.linked += len(text.strip()) * linked
            self.node = node if self.node < 0 else self.tree.common(self.node, node)

    def flush(self, *, broken: bool) -> None:
        text = _SPACE.sub(" ", uniform("".join(self.parts))).strip()
        if text and self.node >= 0 and len(self.tree.blocks) < _MOST_BLOCKS:
            pieces = tuple(self.parts) if len(self.parts) > 1 and len(text) <= _SHORT else ()
            self.tree.blocks.append(Block(text, self.node, min(self.linked, len(text)), self.broken, pieces))
        self.broken = broken and (self.broken or bool(text))
        self.parts.clear()
        self.linked, self.node = 0, -1


_Step = tuple[PageElement | None, int, bool]  # what is met next (None: an element's end), its node, whether in a link


def read_tree(soup: BeautifulSoup) -> Tree:
    """Read a parsed page into nodes and blocks."""
    tree = Tree([Node("[document]", -1, 0)])
    run = _Run(tree)
    stack: list[_Step] = [(child, 0, False) for child in _children(soup)]
    while stack:
        item, node, linked = stack.pop()
        if item is None:
            run.flush(broken=False)
        elif isinstance(item, NavigableString):
            if not isinstance(item, PreformattedString):
                run.add(str(item), node, linked=linked)
        elif isinstance(item, Tag) and item.name == "br":
            run.flush(broken=True)
        elif isinstance(item, Tag) and item.name in _tags("picture"):
            tree.nodes[node].pictured = True
        elif isinstance(item, Tag) and item.name not in _tags("silent"):
            _enter(item, (node, linked), tree, run, stack)
    run.flush(broken=False)
    _spread(tree)
    return tree


def _spread(tree: Tree) -> None:
    """Let every element know of the pictures within the elements it holds."""
    for node in reversed(tree.nodes[1:]):
        tree.nodes[node.parent].pictured |= node.pictured


def _enter(item: Tag, above: tuple[int, bool], tree: Tree, run: _Run, stack: list[_Step]) -> None:
    """Open an element: a node of its own, its children on the stack, and its end after them."""
    node, linked = above
    index = node
    if tree.nodes[node].depth < _DEEPEST and (item.attrs or item.name not in _tags("inline")):
        index = len(tree.nodes)
        tree.nodes.append(_node(item, node, tree.nodes[node].depth + 1))
    linked = linked or item.name == "a"
    if item.name not in _tags("inline"):
        run.flush(broken=False)
        stack.append((None, node, linked))
    stack.extend((child, index, linked) for child in _children(item))


def _children(tag: Tag) -> list[PageElement]:
    return tag.contents[::-1]


def _node(tag: Tag, parent: int, depth: int) -> Node:
    attributes = tag.attrs
    if not attributes:
        return Node(tag.name, parent, depth)
    classes = attributes.get("class") or ""
    names = f"{classes if isinstance(classes, str) else ' '.join(classes)} {attributes.get('id') or ''}"[:_LONGEST_NAME]
    names += " author" * (tag.name == "a" and bool(_AUTHOR.search(str(attributes.get("href") or "")[:_LONGEST_NAME])))
    split = " ".join(_NAME.findall(_HOOK.sub(" ", names))).lower()
    style = str(attributes.get("style") or "")[:_LONGEST_NAME]
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(_HIDDEN.search(style))
    value = str(attributes.get("datetime") or attributes.get("content") or "")[:_LONGEST_NAME]
    return Node(
        tag.name, parent, depth, f" {split} " if split else "", str(attributes.get("itemprop") or ""), hidden, value
    )
