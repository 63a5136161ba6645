"""The way of a saved web page: markup to tree, tree to blocks, blocks to article.

Only this module, `head.py` and `blocks.py` meet BeautifulSoup.
"""

from dataclasses import dataclass

from bs4 import BeautifulSoup, ParserRejectedMarkup

from pipeline.model import Article, Page, Reason, Rejected
from pipeline.strip.blocks import Tree, read_tree
from pipeline.strip.candidates import Candidate, find
from pipeline.strip.compose import compose
from pipeline.strip.cuts import Cut, captions, cut, paragraphs
from pipeline.strip.head import Head, read_head
from pipeline.strip.headline import find_headline
from pipeline.strip.json_ld import Structured, read_structured
from pipeline.strip.markup import Markup, light
from pipeline.strip.metadata import Found, metadata, title_claims
from pipeline.strip.neighbours import part_neighbours
from pipeline.strip.rules import Settled, settle
from pipeline.strip.strays import makes
from pipeline.strip.verdict import Evidence, verdict

MAX_ELEMENTS = 60_000  # of a page; the largest story pages with their comments have a fifth of it
_FULLER = 3  # how much more text the structured data must hold than the page shows to be taken instead


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read into blocks, each settled, with the headline and the article's range where there are such."""

    head: Head
    structured: Structured
    tree: Tree
    title: int | None
    settled: list[Settled]
    candidate: Candidate | None
    videos: int

    @property
    def story(self) -> range:
        """The blocks in which the article lies; the whole page where nothing says more."""
        found = self.candidate
        return range(found.start, found.stop) if found else range(len(self.tree.blocks))

    def cut(self) -> Cut:
        """Decide every block."""
        if self.candidate is None:
            return Cut([settled.rule for settled in self.settled], [False] * len(self.settled))
        return cut(self.tree, self.settled, self.candidate, self.title)


def strip_html(page: Page, text: str) -> Article | Rejected:
    """Find the article of a web page."""
    markup = light(text)
    if markup.elements > MAX_ELEMENTS:
        detail = f"{markup.elements:,} elements, the limit is {MAX_ELEMENTS:,}"
        return Rejected(page.source, Reason.TOO_LARGE, detail, page.url)
    reading = read(markup)
    result = reading.cut()
    kept = _kept(reading, result)
    evidence = Evidence(reading.head, reading.structured, reading.tree, reading.settled, result.kept, reading.videos)
    if reason := verdict(evidence, sum(map(len, kept))):
        return Rejected(page.source, *reason, page.url)
    story = reading.story
    found = Found(reading.head, reading.structured, reading.tree, reading.title, story, result)
    around = story if reading.title is None else range(min(reading.title, story.start), story.stop)
    return compose(page, metadata(page, found), kept, captions(reading.tree, result, around))


def _kept(reading: Reading, result: Cut) -> list[str]:
    """Give the story's paragraphs: those the page shows, or the structured data's where it holds far more."""
    shown = paragraphs(reading.tree, result)
    stated = [line for line in reading.structured.body.split("\n") if line]
    return stated if sum(map(len, stated)) > sum(map(len, shown)) * _FULLER else shown


def explain_html(text: str) -> list[tuple[str, bool, str]]:
    """List the blocks of a web page with whether each was kept and the rule that settled it."""
    markup = light(text)
    if markup.elements > MAX_ELEMENTS:
        return []
    reading = read(markup)
    result = reading.cut()
    return [
        (block.text, kept or rule == "title", rule)
        for block, kept, rule in zip(reading.tree.blocks, result.kept, result.rules, strict=True)
    ]


def read(markup: Markup) -> Reading:
    """Read markup into settled blocks."""
    soup = _parsed(markup.html)
    head, structured, tree = read_head(soup), read_structured(markup.json_ld), read_tree(soup)
    title = find_headline(tree, title_claims(head, structured))
    settled = part_neighbours(tree, settle(tree, title), makes(tree), title)
    return Reading(head, structured, tree, title, settled, find(tree, settled, title, structured.body), markup.videos)


def _parsed(html: str) -> BeautifulSoup:
    try:
        return BeautifulSoup(html, "lxml", multi_valued_attributes=None)
    except ParserRejectedMarkup:  # lxml finds no element at all
        return BeautifulSoup("", "lxml")
