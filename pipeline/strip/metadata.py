"""What a page says of its article, gathered from everything that says something, in a stated order of trust.

Time of publication: JSON-LD, OpenGraph, microdata, other <meta>, <time> by the headline, a visible date by the
headline, the address. A source that knows the hour is preferred to one that knows only the same day. Times that
cannot be (before there were such pages, after the page was read) are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urljoin, urlsplit

from pipeline.model import Page
from pipeline.strip.authors import line_authors, names
from pipeline.strip.blocks import Block, Tree
from pipeline.strip.compose import Metadata
from pipeline.strip.cuts import Cut
from pipeline.strip.furniture import fold
from pipeline.strip.head import Head
from pipeline.strip.headline import headline_text, site_part, title_parts
from pipeline.strip.json_ld import Structured
from pipeline.strip.wording import words
from pipeline.times import address_day, machine_time, visible_time

_BEFORE, _INTO, _AFTER = 4, 4, 8  # blocks around headline and story where its date and authors are printed
_NODES_BEFORE, _NODES_AFTER = 40, 30  # the same in elements, for <time>
_SIGNATURE_RULES = frozenset({"author", "clock", "stray", "outside", "after_story", "before_story"})
_PARTS = re.compile(r"\s[·•|/]\s")
_OTHERS = frozenset({"related", "linked", "teaser"})  # what speaks of other stories
_MOST_CLAIMS = 5
_DESCRIBED = 60  # characters by which a description is known as the first paragraph
_FEW_WORDS = 6  # words of a line of date below a story
_WEEKDAY = re.compile(r"понедельник|вторник|сред[ау]|четверг|пятниц|суббот|воскресенье|monday|tuesday|sunday")
_LEAD_NAMES = re.compile(
    r" (?:lead|lede|announce|anons|anounce|description|intro|standfirst|subtitle|summary|preview) "
)
_LEAD_MARKUP = frozenset({"description", "alternativeHeadline"})


@dataclass(frozen=True, slots=True)
class Found:
    """The parts of a page that metadata is read from."""

    head: Head
    structured: Structured
    tree: Tree
    title: int | None
    story: range  # blocks
    cut: Cut


def metadata(page: Page, found: Found) -> Metadata:
    """Gather the metadata of a page's article."""
    head, structured = found.head, found.structured
    canonical = _canonical(page, head, structured)
    headline = None if found.title is None else found.tree.blocks[found.title]
    named = [name for name in (*head.values("site_name"), structured.publisher) if name]
    site_name = named[0] if named else site_part(head.title, headline.text if headline else "")
    published, source = _published(page, found, canonical)
    modified = [structured.modified, *head.values("modified")]
    return Metadata(
        title=headline_text(headline, title_claims(head, structured), site_name),
        lead=_lead(found),
        authors=_authors(found),
        canonical_url=canonical,
        site_name=site_name or None,
        published_at=published,
        published_source=source,
        modified_at=next((t for value in modified if value and (t := machine_time(value, page.fetched_at))), None),
    )


def title_claims(head: Head, structured: Structured) -> list[str]:
    """Give what the head says the headline is, the surest first."""
    return [claim for claim in (structured.headline, *head.values("title")[:_MOST_CLAIMS], head.title) if claim]


def _canonical(page: Page, head: Head, structured: Structured) -> str | None:
    """Give the first absolute address that the page names as its own and that is more than a front page."""
    for value in (head.canonical, *head.values("url"), structured.url):
        try:
            address = urljoin(page.url or "", value.strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc and parts.path.strip("/"):
            return address
    return None


def _published(page: Page, found: Found, canonical: str | None) -> tuple[date | None, str | None]:
    """Choose the time of publication: the first source, or the first that adds the hour to the same day."""
    times = [(t, source) for t, source in _times(page, found, canonical) if t is not None]
    if not times:
        return None, None
    first = times[0]
    if _has_hour(first[0]):
        return first
    return next((t for t in times if _day(t[0]) == _day(first[0]) and _has_hour(t[0])), first)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _has_hour(moment: date) -> bool:
    return isinstance(moment, datetime) and moment.time() != time.min


def _times(page: Page, found: Found, canonical: str | None) -> Iterator[tuple[date | None, str]]:
    until = page.fetched_at
    yield machine_time(found.structured.published, until), "json-ld"
    for claim in found.head.claims.get("published", ()):
        yield machine_time(claim.value, until), claim.source
    for value, source in _time_elements(found):
        yield machine_time(value, until), source
    for line in _near(found):
        yield visible_time(line, until), "text"
    for part in title_parts(found.head.title):
        yield visible_time(part, until), "title"
    for line in _below(found):
        yield visible_time(line, until), "text"
    yield address_day(canonical or page.url or "", until), "url"


def _time_elements(found: Found) -> list[tuple[str, str]]:
    """Give the machine times of elements, those marked as the publication's first, then by nearness to the headline."""
    nodes = found.tree.nodes
    marked = [(n.value, "microdata") for n in nodes if n.value and n.itemprop in ("datePublished", "dateCreated")]
    start = found.tree.blocks[found.story.start if found.title is None else found.title].node
    stop = found.tree.blocks[found.story.stop - 1].node
    near = range(max(0, start - _NODES_BEFORE), min(len(nodes), stop + _NODES_AFTER))
    times = sorted((i for i in near if nodes[i].tag == "time" and nodes[i].value), key=lambda i: abs(i - start))
    return marked + [(nodes[i].value, "time") for i in times]


def _near(found: Found) -> list[str]:
    """Give the lines around headline and story: below the headline, above it, and into the story."""
    blocks, story = found.tree.blocks, found.story
    title = story.start if found.title is None else found.title
    rules = found.cut.rules
    first = next((i for i in story if rules[i] == "prose" and i > title), title + 1 + _INTO)
    below = range(title + 1, min(len(blocks), first))
    above = range(title - 1, max(-1, title - 1 - _BEFORE), -1)
    clock_free = [_spaced(blocks[i]) for i in above if not _WEEKDAY.search(fold(blocks[i].text[:60]))]
    into = range(first, first + _INTO)
    below_lines = [_spaced(blocks[i]) for i in below if rules[i] != "related"]
    into_lines = [blocks[i].text for i in into if i < len(blocks) and rules[i] not in _OTHERS]
    return [*below_lines, *clock_free, *into_lines]


def _spaced(block: Block) -> str:
    """Give a line with its elements apart: the style sheet parts the hour from the year."""
    return " ".join(" ".join(block.pieces).split()) if block.pieces else block.text


def _below(found: Found) -> list[str]:
    """Give the short lines after the story."""
    blocks, stop = found.tree.blocks, found.story.stop
    return [block.text for block in blocks[stop : stop + _AFTER] if words(block.text) < _FEW_WORDS]


def _authors(found: Found) -> tuple[str, ...]:
    for values in (found.structured.authors, found.head.values("author"), _author_lines(found)):
        if persons := tuple(dict.fromkeys(name for value in values for name in names(value))):
            return persons
    near = [*_near(found), *_below(found), *(found.tree.blocks[i].text for i in found.story)]
    labelled = next((persons for line in near if (persons := line_authors(line))), ())
    return labelled or _bare_names(found)


def _bare_names(found: Found) -> tuple[str, ...]:
    """Give the names that stand alone by the headline or right after the story."""
    title = found.story.start if found.title is None else found.title
    rules = found.cut.rules
    last = max((i for i, kept in enumerate(found.cut.kept) if kept), default=title)
    for part in (range(title + 1, title + 1 + _INTO), range(title - 1, title - 2, -1), range(last + 1, last + 3)):
        lines = [found.tree.blocks[i] for i in part if 0 <= i < len(rules) and _may_sign(found.tree, rules, i)]
        persons = [name for block in lines for piece in _pieces(block) for name in names(piece.strip(" ."))]
        if persons:
            return tuple(dict.fromkeys(persons))
    return ()


def _pieces(block: Block) -> list[str]:
    """Give the parts of a line: of its elements, and of a line of date between the dots and bars that part it."""
    pieces = list(block.pieces or (block.text,))
    return [part for piece in pieces for part in _PARTS.split(piece)] if visible_time(_spaced(block), None) else pieces


def _may_sign(tree: Tree, rules: list[str], index: int) -> bool:
    return rules[index] in _SIGNATURE_RULES or (
        rules[index] == "caption" and bool(visible_time(tree.blocks[index].text, None))
    )


def _author_lines(found: Found) -> list[str]:
    """Give the lines by headline and story that the markup says name the author."""
    title = found.story.start if found.title is None else found.title
    prose = [i for i in found.story if found.cut.rules[i] == "prose"] or [title]
    below = [*range(title, prose[0]), *range(prose[-1] + 1, min(len(found.cut.rules), found.story.stop + _AFTER))]
    above = range(title - 1, max(-1, title - 1 - _BEFORE // 2), -1)
    for part in (below, above):
        lines = [found.tree.blocks[i].text for i in part if _names_author(found.tree, i)]
        if any(names(line) for line in lines):
            return lines
    return []


def _names_author(tree: Tree, index: int) -> bool:
    nodes = [tree.nodes[n] for n in list(tree.above(tree.blocks[index].node))[:3]]
    return any("author" in node.itemprop or " author" in node.name for node in nodes)


def _lead(found: Found) -> str | None:
    """Give the visible standfirst, if the page has one."""
    for i, kept in enumerate(found.cut.kept):
        if not kept:
            continue
        block = found.tree.blocks[i]
        nodes = [found.tree.nodes[n] for n in list(found.tree.above(block.node))[:3]]
        marked = any(_LEAD_NAMES.search(node.name) or node.itemprop in _LEAD_MARKUP for node in nodes)
        described = any(_same_start(block.text, value) for value in found.head.values("description"))
        return block.text if marked or described or found.cut.rules[i] == "lead" else None
    return None


def _same_start(text: str, description: str) -> bool:
    start = fold(description)[:_DESCRIBED]
    return len(start) == _DESCRIBED and fold(text).startswith(start)
