"""Lines within a story that are of another make than its paragraphs: an advertisement's text, a bare caption, a name.

The make of a block is the kind of element it stands in: tag, class and depth. Paragraphs of a story share one or two.
"""

import re
from collections import Counter

from pipeline.strip.blocks import Tree
from pipeline.strip.candidates import extents
from pipeline.strip.furniture import fold
from pipeline.strip.rules import Settled
from pipeline.strip.wording import ends_sentence, words

_INLINE = frozenset({"span", "font", "b", "strong", "i", "em", "a", "u", "small", "big", "noindex", "index"})
_HOME_SHARE = 0.1  # share of the story's prose from which a make is the story's own
_HOME_BLOCKS = 2
_STRAY_WORDS = 20
_LEAST_WORDS = 4  # words of a last paragraph
_CAPTION_WORDS = 30
_CAPTION_BLOCKS = 2  # a caption and a credit
_REACH = 4  # blocks after the range among which a last paragraph is looked for
_HEADING = re.compile(r" (?:title|subtitle|heading|head|header|subhead|subheader|zag|h\d) ")
_QUOTE = re.compile(r" (?:quote|blockquote|cite|citation|note|fact) ")
_QUOTE_LEVELS = 3
_LABEL = frozenset({"реклама", "на правах рекламы", "advertisement"})

Make = tuple[str, str, int]
Own = tuple[list[Make], frozenset[Make]]  # the make of every block, and those of the story


def makes(tree: Tree) -> list[Make]:
    """Give the make of every block."""
    return [_make(tree, block.node) for block in tree.blocks]


def own_makes(tree: Tree, settled: list[Settled], all_makes: list[Make], story: range) -> frozenset[Make]:
    """Give the makes of the story's own paragraphs; lines under pictures are none unless most of it stands there."""
    boxes = pictured(tree)
    prose = [i for i in story if settled[i].rule == "prose"]
    plain = [i for i in prose if i not in boxes]
    enough = sum(len(tree.blocks[i].text) for i in plain) * 2 >= sum(len(tree.blocks[i].text) for i in prose)
    return _makes_of(tree, all_makes, plain if enough else prose)


def pictured(tree: Tree) -> frozenset[int]:
    """Give the blocks beside a picture in an element that holds no more than a line besides."""
    lie, nodes = extents(tree), tree.nodes
    beside = ((i, b.node) for i, b in enumerate(tree.blocks) if not nodes[_element(tree, b.node)].pictured)
    return frozenset(i for i, node in beside if nodes[_box(tree, node, lie)].pictured)


def _box(tree: Tree, node: int, lie: list[tuple[int, int]]) -> int:
    for i in tree.above(node):
        if lie[i][1] - lie[i][0] > _CAPTION_BLOCKS:
            break
        node = i
    return node


def _makes_of(tree: Tree, all_makes: list[Make], prose: list[int]) -> frozenset[Make]:
    sizes: Counter[Make] = Counter()
    counts: Counter[Make] = Counter()
    for i in prose:
        if ends_sentence(tree.blocks[i].text):
            sizes[all_makes[i]] += len(tree.blocks[i].text)
            counts[all_makes[i]] += 1
    least = sum(sizes.values()) * _HOME_SHARE
    own = {make for make in sizes if sizes[make] >= least or counts[make] >= _HOME_BLOCKS}
    return frozenset(own | {("p", "", depth) for tag, _, depth in own if tag == "p"})


def is_stray(tree: Tree, index: int, settled: Settled, own: Own) -> bool:
    """Tell whether a kept line is neither made like the story's paragraphs nor a sentence, heading or item."""
    text = tree.blocks[index].text
    if settled.rule not in ("text", "prose") or ends_sentence(text) or words(text) > _STRAY_WORDS:
        return False
    tag, name, depth = make = own[0][index]
    if tag == "p" and ("p", "", depth) in own[1]:
        return False
    return make not in own[1] and not _quoted(tree, tree.blocks[index].node) and not _HEADING.search(name)


def is_under_picture(tree: Tree, index: int, boxes: frozenset[int], own: Own) -> bool:
    """Tell whether a block stands under a picture and is not made as the story is."""
    return index in boxes and own[0][index] not in own[1] and words(tree.blocks[index].text) <= _CAPTION_WORDS


def _quoted(tree: Tree, node: int) -> bool:
    return any(_QUOTE.search(tree.nodes[i].name) for i in list(tree.above(node))[:_QUOTE_LEVELS] if tree.nodes[i].name)


def advertised(tree: Tree, settled: list[Settled], own: Own) -> set[int]:
    """Find the blocks that stand right under a label of advertising in the same element."""
    found = set()
    for i in range(len(settled) - 1):
        if settled[i].rule == "advert" and fold(tree.blocks[i].text).strip(" .:") in _LABEL:
            near = _holder(tree, i) == _holder(tree, i + 1)
            if near and own[0][i + 1] not in own[1]:
                found.add(i + 1)
    return found


def reach(tree: Tree, settled: list[Settled], own: Own, stop: int) -> int:
    """Give the end of the story where short last paragraphs of its own make follow its range."""
    all_makes, homes = own
    for i in range(min(len(settled), stop + _REACH) - 1, stop - 1, -1):
        same = all_makes[i] in homes and _holder(tree, i) == _holder(tree, stop - 1)
        block = tree.blocks[i]
        plain = any(word.islower() for word in block.text.split())
        text = settled[i].kept and not block.linked and plain and words(block.text) >= _LEAST_WORDS
        if same and text and ends_sentence(block.text) and not block.text.endswith(":"):
            return i + 1
    return stop


def _make(tree: Tree, node: int) -> Make:
    found = tree.nodes[_element(tree, node)]
    return found.tag, found.name, found.depth


def _element(tree: Tree, node: int) -> int:
    """Give the innermost element around that is not part of a line."""
    return next((i for i in tree.above(node) if tree.nodes[i].tag not in _INLINE), 0)


def _holder(tree: Tree, index: int) -> int:
    return tree.nodes[_element(tree, tree.blocks[index].node)].parent
