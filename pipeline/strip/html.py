"""The way of a saved web page: markup to tree, tree to blocks, blocks to article.

Only this module and `blocks.py` meet BeautifulSoup.
"""

from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from pipeline.model import Article, Page, Reason, Rejected
from pipeline.strip.blocks import Tree, read_tree
from pipeline.strip.candidates import Candidate, find
from pipeline.strip.compose import Metadata, compose
from pipeline.strip.cuts import Cut, cut, paragraphs
from pipeline.strip.headline import find_headline, headline_text
from pipeline.strip.markup import light
from pipeline.strip.rules import Settled, settle


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read into blocks, each settled, with the headline and the article's range where there are such."""

    soup: BeautifulSoup
    tree: Tree
    claims: list[str]
    title: int | None
    settled: list[Settled]
    candidate: Candidate | None

    def cut(self) -> Cut:
        """Decide every block."""
        if self.candidate is None:
            return Cut([settled.rule for settled in self.settled], [False] * len(self.settled))
        return cut(self.tree, self.settled, self.candidate, self.title)


def strip_html(page: Page, text: str) -> Article | Rejected:
    """Find the article of a web page."""
    reading = read(text)
    if reading.candidate is None:
        return Rejected(page.source, Reason.NO_ARTICLE, "no running text on the page", page.url)
    kept = paragraphs(reading.tree, reading.cut())
    visible = None if reading.title is None else reading.tree.blocks[reading.title].text
    return compose(page, Metadata(title=headline_text(visible, reading.claims, None)), kept)


def explain_html(text: str) -> list[tuple[str, bool, str]]:
    """List the blocks of a web page with whether each was kept and the rule that settled it."""
    reading = read(text)
    result = reading.cut()
    return [
        (block.text, kept or rule == "title", rule)
        for block, kept, rule in zip(reading.tree.blocks, result.kept, result.rules, strict=True)
    ]


def read(text: str) -> Reading:
    """Read markup into settled blocks."""
    markup = light(text)
    soup = BeautifulSoup(markup.html, "lxml", multi_valued_attributes=None)
    tree = read_tree(soup)
    claims = _claims(soup)
    title = find_headline(tree, claims)
    protected = frozenset() if title is None else frozenset(tree.above(tree.blocks[title].node))
    settled = settle(tree, protected)
    return Reading(soup, tree, claims, title, settled, find(tree, settled, title))


def _claims(soup: BeautifulSoup) -> list[str]:
    """Give what the head says the headline is, the surest first."""
    named = soup.find("meta", attrs={"property": "og:title"})
    claims = [str(named.get("content") or "")] if isinstance(named, Tag) else []
    return [*claims, soup.title.get_text()] if soup.title else claims
