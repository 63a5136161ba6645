"""The last cut: what of the blocks in the article's range is the article, with the rule for every block of the page.

Works on blocks settled by `rules.py` and a range found by `candidates.py`.
"""

from dataclasses import dataclass

from pipeline.strip.authors import names
from pipeline.strip.blocks import Tree
from pipeline.strip.candidates import Candidate
from pipeline.strip.furniture import Effect, fold
from pipeline.strip.rules import Settled, is_line_of_text
from pipeline.strip.strays import Own, advertised, is_stray, is_under_picture, makes, own_makes, pictured, reach
from pipeline.strip.wording import ends_sentence, words

_TEASERS = 15  # blocks that may follow a heading of teasers
_LEAD_GAP = 14  # blocks between the headline and the story
_REPEATED = 25  # characters from which the second of two equal blocks is a repeat
_END_SHARE = 0.5  # share of the prose that must lie before a line that ends the story
_HEADING_WORDS = 7  # words of a heading of links; a longer one says something
_MANY_LINKS = 3
_TEASER_LINK = 0.3  # share of a line in links from which it is a teaser where teasers are expected
_SEA = 12  # dropped blocks in a row that no story has within it
_FIRST = 4  # how much more the first island of text counts
_INSERT = 3  # blocks of an insert between two paragraphs
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "span"})
_CERTAIN = frozenset({"articleBody", "json-ld"})
_SMALL_BREAKS = frozenset({"caption", "repeated"})
_LINKS = frozenset({"linked", "teaser", "related", "advert", "aside", "sidebar"})


@dataclass(slots=True)
class Cut:
    """The rules of all blocks after the last cut, and which are kept."""

    rules: list[str]
    kept: list[bool]


def cut(tree: Tree, settled: list[Settled], candidate: Candidate, title: int | None) -> Cut:
    """Decide every block of the page."""
    result = Cut([s.rule if not s.kept else "outside" for s in settled], [False] * len(settled))
    start, stop = candidate.start, candidate.stop
    if title is not None and start <= title < stop:
        start = title + 1
    all_makes = makes(tree)
    own = (all_makes, own_makes(tree, settled, all_makes, range(start, stop)))
    boxes = pictured(tree)
    stop = reach(tree, settled, own, stop)
    for i in range(start, stop):
        result.rules[i], result.kept[i] = settled[i].rule, settled[i].kept
        if settled[i].kept and is_stray(tree, i, settled[i], own):
            result.rules[i], result.kept[i] = "stray", False
        elif settled[i].kept and is_under_picture(tree, i, boxes, own):
            result.rules[i], result.kept[i] = "caption", False
    for i in advertised(tree, settled, own):
        result.rules[i], result.kept[i] = "advert", False
    if title is not None:
        result.rules[title], result.kept[title] = "title", False
        _lead(tree, settled, result, range(title + 1, start))
    _effects(tree, settled, result, range(start, stop), own)
    if candidate.way not in _CERTAIN:
        _islands(tree, settled, result)
    _repeats(tree, result)
    _headings_of_links(tree, settled, result)
    _edges(tree, settled, result)
    return result


def _lead(tree: Tree, settled: list[Settled], result: Cut, between: range) -> None:
    """Take in the standfirst between the headline and the story."""
    if len(between) > _LEAD_GAP:
        return
    for i in between:
        if settled[i].rule == "prose" or (settled[i].kept and is_line_of_text(tree.blocks[i])):
            result.rules[i], result.kept[i] = "lead", True


def _effects(tree: Tree, settled: list[Settled], result: Cut, inside: range, own: Own) -> None:
    """Drop what follows a heading of teasers, and everything after a line that ends the story."""
    prose = [len(tree.blocks[i].text) if settled[i].rule == "prose" else 0 for i in inside]
    total, seen, teasers, boxed = sum(prose), 0, 0, False
    only_links = _only_links(settled, inside)
    for size, i in zip(prose, inside, strict=True):
        effect = settled[i].effect
        ends = effect is Effect.STOP or (effect is Effect.HEADING and only_links[i - inside.start])
        if ends and seen >= total * _END_SHARE:
            for j in range(i + 1, inside.stop):
                result.rules[j], result.kept[j] = "after_end", False
            return
        if effect is Effect.HEADING:
            teasers, boxed = _TEASERS, own[0][i] not in own[1]
        elif teasers and (
            (boxed and _is_own(tree, i, own)) or (settled[i].rule == "prose" and not _teaser_item(tree, i))
        ):
            teasers = 0
        elif teasers and result.kept[i]:
            result.rules[i], result.kept[i] = "related", False
        teasers = max(0, teasers - 1)
        seen += size


def _is_own(tree: Tree, index: int, own: Own) -> bool:
    """Tell whether a line is made as the story's paragraphs and links nowhere."""
    return own[0][index] in own[1] and not tree.blocks[index].linked


def _only_links(settled: list[Settled], inside: range) -> list[bool]:
    """Tell for each block whether links prevail over prose from it to the end."""
    links = prose = 0
    prevail = []
    for i in reversed(inside):
        links += settled[i].rule in _LINKS
        prose += settled[i].rule == "prose"
        prevail.append(links >= _MANY_LINKS and links >= prose)
    return prevail[::-1]


def _teaser_item(tree: Tree, index: int) -> bool:
    """Tell whether a line of prose under a heading of teasers is a teaser: mostly a link, or an item that has one."""
    block = tree.blocks[index]
    item = any(tree.nodes[n].tag == "li" for n in list(tree.above(block.node))[:3])
    return block.link_share > _TEASER_LINK or (item and block.linked > 0)


def _repeats(tree: Tree, result: Cut) -> None:
    """Drop the second of two equal blocks."""
    seen: set[str] = set()
    for i, block in enumerate(tree.blocks):
        if result.kept[i] or result.rules[i] == "title":
            key = fold(block.text)
            if key in seen and len(key) >= _REPEATED:
                result.rules[i], result.kept[i] = "repeated", False
            seen.add(key)


def _headings_of_links(tree: Tree, settled: list[Settled], result: Cut) -> None:
    """Drop a subhead that heads nothing but links, teasers or advertising."""
    for i in range(len(settled) - 1):
        if result.rules[i] != "subhead" or settled[i + 1].rule not in _LINKS:
            continue
        if words(tree.blocks[i].text) <= _HEADING_WORDS and not _heads_prose(tree, settled, i):
            result.rules[i], result.kept[i] = "heading_of_links", False


def _heads_prose(tree: Tree, settled: list[Settled], index: int) -> bool:
    """Tell whether no more than an insert stands between a heading and prose in the element that holds the heading."""
    near = range(index + 1, min(index + 2 + _INSERT, len(settled)))
    after = next((i for i in near if settled[i].rule not in _LINKS), index)
    if settled[after].rule != "prose":
        return False
    above = tree.above(tree.blocks[index].node)
    holder = next((i for i in above if tree.nodes[i].tag not in _HEADING_TAGS), 0)
    return holder in tree.above(tree.blocks[after].node)


def _islands(tree: Tree, settled: list[Settled], result: Cut) -> None:
    """Keep one island of text where a sea of dropped blocks parts the range; the first counts for more."""
    islands: list[list[int]] = []
    gap = _SEA
    for i, kept in enumerate(result.kept):
        if kept:
            if gap >= _SEA:
                islands.append([])
            islands[-1].append(i)
            gap = 0
        else:
            gap += result.rules[i] not in _SMALL_BREAKS
    weights = [
        sum(len(tree.blocks[i].text) for i in island if settled[i].rule == "prose") * (_FIRST if n == 0 else 1)
        for n, island in enumerate(islands)
    ]
    for n, island in enumerate(islands):
        if weights[n] < max(weights):
            for i in island:
                result.rules[i], result.kept[i] = "island", False


def _edges(tree: Tree, settled: list[Settled], result: Cut) -> None:
    """Drop short lines before the first prose and after the last: authors, dates, sections, tags."""
    kept = [i for i, k in enumerate(result.kept) if k]
    prose = [i for i in kept if settled[i].rule == "prose"]
    if not prose:
        return
    for i in kept:
        block = tree.blocks[i]
        if i < prose[0] and result.rules[i] != "lead" and not is_line_of_text(block):
            result.rules[i], result.kept[i] = "before_story", False
        if i > prose[-1] and names(block.text.rstrip(" .")):
            result.rules[i], result.kept[i] = "author", False
        elif i > prose[-1] and not (ends_sentence(block.text) and words(block.text) > 1):
            result.rules[i], result.kept[i] = "after_story", False


def captions(tree: Tree, result: Cut, story: range) -> tuple[str, ...]:
    """Give the captions and photo credits that stand within the story."""
    found = (tree.blocks[i].text for i in story if result.rules[i] == "caption")
    return tuple(dict.fromkeys(found))


def paragraphs(tree: Tree, result: Cut) -> list[str]:
    """Give the kept text as paragraphs, joining lines that a <br> broke within a sentence."""
    joined: list[str] = []
    last = -2
    for i, block in enumerate(tree.blocks):
        if not result.kept[i]:
            continue
        if block.broken and last == i - 1 and joined and block.text[0].islower() and not ends_sentence(joined[-1]):
            joined[-1] += f" {block.text}"
        else:
            joined.append(block.text)
        last = i
    return joined
