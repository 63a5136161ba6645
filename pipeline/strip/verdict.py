"""Says why a web page has no article to give: a list of stories, a paid story's teaser, a video with a line under it.

Looks at what was kept and at what the page says of itself; decides nothing about single blocks.
"""

import re
from dataclasses import dataclass

from pipeline.model import Reason
from pipeline.strip.blocks import Tree
from pipeline.strip.head import Head
from pipeline.strip.json_ld import Structured
from pipeline.strip.rules import Settled
from pipeline.strip.wording import words

_SHORTEST = 100  # characters of the shortest story on a page that does not call itself one
_SHORTEST_CLAIMED = 50  # the same on a page that does
_TEASER_CHARS = 700  # a paid story's open part and a video's description have less
_NEAR = 6  # blocks after the text, or elements around a block, where a paywall shows
_VIDEO_CHARS = 300
_HEADLINE_WORDS = 4
_MANY_HEADLINES = 10
_MANY_UNDER = 4
_INDEX_SHARE = 0.6  # share of prose blocks that stand under a linked headline from which a page is a list
_PAYWALL_NAME = re.compile(
    r" (?:paywall|pay wall|premium lock|subscription wall|locked content|paid content|need subscribe) "
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdict is formed on: the page's claims, its blocks, and what was kept of them."""

    head: Head
    structured: Structured
    tree: Tree
    settled: list[Settled]
    kept: list[bool]
    videos: int  # players on the page


def verdict(evidence: Evidence, chars: int) -> tuple[Reason, str] | None:
    """Give the reason why the page has no article and a detail for a person, or None when it has one.

    `chars` is the length of the text that was found.
    """
    claimed = _claims_article(evidence)
    if not evidence.tree.blocks:
        return Reason.NO_ARTICLE, "the page shows no text"
    if chars < _TEASER_CHARS and _paid(evidence):
        return Reason.PAYWALL, f"{chars} characters are open, the rest is for subscribers"
    if chars < _VIDEO_CHARS and _video(evidence):
        return Reason.VIDEO_ONLY, f"a video and {chars} characters of text"
    headlines = _linked_headlines(evidence)
    if not claimed and headlines >= _MANY_HEADLINES and _is_list(evidence):
        return Reason.INDEX_PAGE, f"{headlines} linked headlines, the text stands under them"
    if chars < (_SHORTEST_CLAIMED if claimed else _SHORTEST):
        if headlines >= _MANY_HEADLINES and not claimed:
            return Reason.INDEX_PAGE, f"{headlines} linked headlines, {chars} characters of other text"
        return Reason.NO_ARTICLE, f"{chars} characters of running text"
    return None


def _claims_article(evidence: Evidence) -> bool:
    types = " ".join(evidence.head.values("type")).lower()
    body = any("articleBody" in node.itemprop for node in evidence.tree.nodes)
    return "article" in types or body or bool(evidence.structured.headline and evidence.structured.published)


def _paid(evidence: Evidence) -> bool:
    """Tell whether the page says that the rest is paid for: in its data, or in a line by the text."""
    if evidence.structured.paywalled:
        return True
    kept = [i for i, k in enumerate(evidence.kept) if k]
    near = range(kept[0], min(len(evidence.settled), kept[-1] + _NEAR)) if kept else range(len(evidence.settled))
    return any(evidence.settled[i].rule == "paywall" or _in_paywall(evidence.tree, i) for i in near)


def _in_paywall(tree: Tree, index: int) -> bool:
    around = list(tree.above(tree.blocks[index].node))[:_NEAR]
    return any(_PAYWALL_NAME.search(tree.nodes[i].name) for i in around if tree.nodes[i].name)


def _video(evidence: Evidence) -> bool:
    return evidence.videos > 0 or any("video" in kind.lower() for kind in evidence.head.values("type"))


def _is_headline(evidence: Evidence, index: int) -> bool:
    rule = evidence.settled[index].rule
    return rule in ("linked", "teaser") and words(evidence.tree.blocks[index].text) >= _HEADLINE_WORDS


def _linked_headlines(evidence: Evidence) -> int:
    return sum(_is_headline(evidence, i) for i in range(len(evidence.settled)))


def _is_list(evidence: Evidence) -> bool:
    """Tell whether most of the kept prose stands right under linked headlines and never runs on."""
    prose = [i for i, kept in enumerate(evidence.kept) if kept and evidence.settled[i].rule == "prose"]
    under = sum(any(_is_headline(evidence, j) for j in range(max(0, i - 2), i)) for i in prose)
    running = any(b - a == 1 and c - b == 1 for a, b, c in zip(prose, prose[1:], prose[2:], strict=False))
    return under >= _MANY_UNDER and under >= len(prose) * _INDEX_SHARE and not running
