"""The headline: which visible line it is, and how it reads without the site's name.

What the head of the page claims (OpenGraph, JSON-LD, <title>) is evidence for a visible line; where no line fits, the
claim itself is taken, less the site's name.
"""

import re

from pipeline.strip.blocks import Block, Tree
from pipeline.strip.furniture import fold, furniture
from pipeline.strip.wording import words

_SEPARATOR = re.compile(r"\s+[|/\\•·»«–—-]+\s+|\s*(?:::|\|)\s*|\s//\s")
_TAG_SCORES = {"h1": 3.0, "h2": 1.5, "h3": 1.0, "h4": 1.0}
_MICRODATA_SCORE = 3.0
_CLASS_SCORE = 1.0
_LIKENESS = 6.0
_LIKE_ENOUGH = 0.6
_NEEDED = 2.9  # score from which a line is a headline
_LONGEST = 300  # characters
_STAMP = re.compile(r"\s+\(?\d{1,2}[./]\d{2}[./]\d{2,4},?\s*(?:\d{1,2}:\d{2})?\)?$|\s+\d{1,2}:\d{2}$")
_DATE = re.compile(r",?\s*\d{1,2}\.\d{2}\.\d{4}$")
_WORD = re.compile(r"\w+")
_CLASS = re.compile(r" (?:title|headline|heading|zagolovok|head|header|caption title|name) ")
_BADGE_WORDS = 4
_SUFFIX_WORDS = 8


def find_headline(tree: Tree, claims: list[str]) -> int | None:
    """Give the index of the block that is the headline."""
    sets = [set(_WORD.findall(fold(claim))) for claim in claims if claim]
    best, best_score = None, _NEEDED
    for i, block in enumerate(tree.blocks):
        if len(block.text) > _LONGEST or words(block.text) == 0:
            continue
        likeness = _likeness(block.text, sets)
        if likeness == 0.0 and tree.nodes[block.node].tag not in _TAG_SCORES:
            continue
        score = likeness + _structure(tree, i)
        if score > best_score and not furniture(block.text):
            best, best_score = i, score
    return best


def headline_text(block: Block | None, claims: list[str], site_name: str | None) -> str | None:
    """Give the headline as it should read: the visible line without a badge, else the best claim."""
    if block:
        visible = block.text
        bare_claims = {*claims, *(without_site(claim, site_name) for claim in claims)}
        if piece := next((piece.strip() for piece in block.pieces if piece.strip() in bare_claims), None):
            return piece
        visible = _STAMP.sub("", visible).strip() or visible
        for claim in claims:
            bare = claim.strip()
            if bare and bare in visible and words(visible) - words(bare) <= _BADGE_WORDS and words(bare) > 1:
                return bare
        return visible
    return next((without_site(claim, site_name) for claim in claims if claim.strip()), None)


def without_site(title: str, site_name: str | None) -> str:
    """Cut the names of site and section off a <title>.

    >>> without_site("Завод открыли в крае - Новости - Вести Края", "Вести Края")
    'Завод открыли в крае'
    """
    parts = [part for part in _SEPARATOR.split(title) if part and part.strip()]
    if len(parts) < 2:  # noqa: PLR2004 - one part has nothing to cut off
        return title.strip()
    longest = max(parts, key=len)
    start = title.find(longest)
    head = title[: start + len(longest)]
    first = parts[0]
    keep_head = first != longest and words(first) > 1 and fold(first) != fold(site_name or "")
    return (head if keep_head else longest).strip()


def title_parts(title: str) -> list[str]:
    """Give the parts of a <title> between its separators and commas.

    >>> title_parts("Завод открыли в крае | Вести, 12.03.2024")
    ['Завод открыли в крае', 'Вести', '12.03.2024']
    """
    parts = (piece for part in _SEPARATOR.split(title) if part for piece in part.split(","))
    return [piece.strip() for piece in parts if piece.strip()]


def site_part(title: str, headline: str) -> str:
    """Give the part of a <title> that is not the headline: most often the site's name, and the last part.

    >>> site_part("Завод открыли в крае | Вести Края", "Завод открыли в крае")
    'Вести Края'
    """
    parts = [part.strip() for part in _SEPARATOR.split(title) if part and part.strip()]
    own = fold(headline)
    rest = [part for part in parts if fold(part) not in own and own not in fold(part) and words(part) <= _SUFFIX_WORDS]
    return _DATE.sub("", rest[-1]) if own and 0 < len(rest) < len(parts) else ""


def _structure(tree: Tree, index: int) -> float:
    block = tree.blocks[index]
    score = 0.0
    for count, i in enumerate(tree.above(block.node)):
        node = tree.nodes[i]
        score += _TAG_SCORES.get(node.tag, 0.0)
        score += _MICRODATA_SCORE * (node.itemprop in ("headline", "name headline"))
        score += _CLASS_SCORE * bool(node.name and _CLASS.search(node.name)) * (count == 0)
        if node.tag in ("nav", "aside", "footer", "select", "option", "textarea", "title") or node.hidden:
            return 0.0
        if count > 2:  # noqa: PLR2004 - farther elements say nothing of a line
            break
    return score - 1.0 * (block.link_share > 0.5)  # noqa: PLR2004


def _likeness(text: str, claims: list[set[str]]) -> float:
    """Tell how well a line fits one of the claims: all its words are there, and few are missing."""
    own = set(_WORD.findall(fold(text)))
    best = 0.0
    for claim in claims:
        common = len(own & claim)
        inside, covered = common / max(1, len(own)), common / max(1, len(claim))
        if inside > _LIKE_ENOUGH and common > 1:
            best = max(best, inside * (0.2 + 0.8 * covered))
    return _LIKENESS * best
