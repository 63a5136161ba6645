"""The plain-text copy of a page (select all, copy, paste): finds the story by its lines.

A story is a run of lines of prose with little between them; the title is the headline-like line above it. Menus,
tickers, rates, teasers and author lines are known by `furniture.tsv` and by their shape.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Article, Page, Reason, Rejected
from pipeline.strip.authors import line_authors, names
from pipeline.strip.compose import Metadata, compose
from pipeline.strip.decode import uniform
from pipeline.strip.furniture import Effect, fold, furniture
from pipeline.strip.published import visible_time
from pipeline.strip.wording import ends_sentence, is_prose, is_teaser, words

_GAP = 4  # lines of anything but prose that may stand inside a story
_HEAD_GAP = 12  # lines between the headline and the story
_TITLE_WORDS = range(3, 31)
_SUBHEAD_WORDS = 15
_STORY_CHARS = 150  # below this no run of prose is a story
_WRAP_COLUMNS = range(45, 101)
_WRAPPED = 0.7  # share of inner lines that break within a sentence in a hard-wrapped file
_RUNS = re.compile(r"[ \t]+")
_ITEM = re.compile(r"^(?:[-–—•·*]|\d{1,2}[.)])\s*\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the copy and what was made of it: the rule that settled it, and whether it is prose."""

    text: str
    rule: str
    effect: Effect | None = None

    @property
    def prose(self) -> bool:
        """Whether the line is running text."""
        return self.rule == "prose"


def strip_plain(page: Page, text: str) -> Article | Rejected:
    """Find the story in the text of a copied page."""
    lines = read_lines(text)
    if not lines:
        return Rejected(page.source, Reason.EMPTY, "the page has no text", page.url)
    start, stop = story(lines)
    kept = [lines[i] for i in range(start, stop) if keep(lines[i]) and not _is_caption(lines, i)]
    if sum(len(line.text) for line in kept) < _STORY_CHARS:
        detail = f"{len(lines)} lines, no run of prose among them"
        return Rejected(page.source, Reason.NO_ARTICLE, detail, page.url)
    title = headline(lines, start)
    lead = [] if title is None else _between([lines[i] for i in range(title + 1, start) if not _is_caption(lines, i)])
    metadata = _metadata(page, lines[:start], lines[stop : stop + _GAP], None if title is None else lines[title].text)
    return compose(page, metadata, [*lead, *(line.text for line in kept)])


def explain_plain(text: str) -> list[tuple[str, bool, str]]:
    """List every line with whether it was kept and the rule that settled it."""
    lines = read_lines(text)
    start, stop = story(lines)
    title = headline(lines, start)
    found = []
    for i, line in enumerate(lines):
        inside = start <= i < stop
        head = title is not None and title < i < start and bool(_between([line]))
        rule = "title" if i == title else "lead" if head else line.rule if inside or not line.prose else "outside"
        found.append((line.text, i == title or head or (inside and keep(line)), rule))
    return found


def read_lines(text: str) -> list[Line]:
    """Cut a copy into lines and settle what each is by itself."""
    lines: list[Line] = []
    blank, teasers = True, False
    for text_line in _unwrap(uniform(text).split("\n")):
        if not text_line:
            blank = True
            continue
        line = _settle(text_line)
        headed = lines and lines[-1].effect is Effect.HEADING
        teasers = line.rule == "subhead" and (bool(headed) or (teasers and not blank))
        lines.append(Line(text_line, "related") if teasers else line)
        blank = False
    return lines


def keep(line: Line) -> bool:
    """Tell whether a line that lies within the story belongs to it."""
    return line.rule in ("prose", "item", "subhead")


def story(lines: list[Line]) -> tuple[int, int]:
    """Give the half-open range of the run of prose with the most text."""
    best, best_size = (0, 0), 0
    start, last, size = 0, -1, 0
    for i, line in enumerate(lines):
        if not line.prose:
            continue
        if size == 0 or _parted(lines[max(0, last + 1) : i]):
            start, size = i, 0
        size += len(line.text)
        last = i
        if size > best_size:
            best, best_size = (start, i + 1), size
    return best


def _parted(gap: list[Line]) -> bool:
    """Tell whether the lines between two lines of prose are more than a story has in it."""
    strange = sum(line.rule != "item" for line in gap)
    return strange > _GAP or any(line.effect is Effect.STOP for line in gap)


def _is_caption(lines: list[Line], index: int) -> bool:
    """Tell whether a line is a picture's: the credit follows it."""
    return index + 1 < len(lines) and lines[index + 1].rule == "caption" and lines[index].rule == "subhead"


def headline(lines: list[Line], start: int) -> int | None:
    """Give the index of the title: the nearest headline-like line above the story."""
    for i in range(start - 1, max(-1, start - _HEAD_GAP), -1):
        line = lines[i]
        if _is_caption(lines, i):
            continue
        if line.rule == "subhead" and words(line.text) in _TITLE_WORDS and not line.text.endswith((".", ":", ";", ",")):
            return i
    return None


def _between(lines: list[Line]) -> list[str]:
    """Give what stands between title and story and is text: a standfirst without a full stop."""
    return [line.text for line in lines if line.rule == "subhead" and words(line.text) > _TITLE_WORDS.start]


def _settle(line: str) -> Line:
    if known := furniture(line):
        return Line(line, known.rule, known.effect)
    if is_teaser(line):
        return Line(line, "teaser")
    if is_prose(line):
        return Line(line, "prose")
    if _ITEM.match(line) and words(line) > 1:
        return Line(line, "item")
    if line[0].isalnum() or line[0] in '«"“„':
        return Line(line, "subhead" if 0 < words(line) <= _TITLE_WORDS.stop else "scrap")
    return Line(line, "scrap")


def _unwrap(lines: list[str]) -> list[str]:
    """Join the lines of a file whose paragraphs were broken at a column."""
    lines = [_RUNS.sub(" ", line).strip() for line in lines]
    inner = [a for a, b in pairwise(lines) if a and b and len(a) in _WRAP_COLUMNS]
    filled = sum(bool(a) for a in lines)
    broken = sum(not ends_sentence(line) for line in inner)
    if len(inner) * 2 < filled or broken < len(inner) * _WRAPPED or any(len(a) >= _WRAP_COLUMNS.stop for a in lines):
        return lines
    return [" ".join(block.split("\n")) for block in "\n".join(lines).split("\n\n")]


def _headed(near: list[str]) -> tuple[str, ...]:
    """Give the names on the line under «Авторы»."""
    return next((names(b) for a, b in pairwise(near) if fold(a).strip(" :") in ("автор", "авторы") and names(b)), ())


def _metadata(page: Page, above: list[Line], below: list[Line], title: str | None) -> Metadata:
    near = [line.text for line in (*above[-_HEAD_GAP:], *below)]
    published = next((time for line in near if (time := visible_time(line, page.fetched_at))), None)
    authors = next((found for line in near if (found := line_authors(line))), ()) or _headed(near)
    return Metadata(
        title=title,
        authors=authors,
        published_at=published,
        published_source="text" if published else None,
    )
