"""The plain-text copy of a page (select all, copy, paste): finds the story by its lines.

A story is a run of lines of prose with little between them; the title is the headline-like line above it. Menus,
tickers, rates, teasers and author lines are known by `furniture.tsv` and by their shape, see `lines.py`.
"""

from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Article, Page, Reason, Rejected
from pipeline.strip.authors import line_authors, names
from pipeline.strip.compose import Metadata, compose
from pipeline.strip.furniture import Effect, fold
from pipeline.strip.lines import Line, read_lines
from pipeline.strip.published import visible_time
from pipeline.strip.wording import ends_sentence, words

_GAP = 4  # lines of anything but prose that may stand inside a story
_HEAD_GAP = 12  # lines between the headline and the story
_STORY_CHARS = 150  # below this no run of prose is a story
_LEAD_WORDS = 4  # words of the shortest standfirst
_LAST_WORDS = 4  # words of the shortest last paragraph
_OVERLINE_WORDS = 5  # words from which the line above a headline-like line is the headline itself
_MANY_TEASERS = 10
_SHORT_TITLE = 2  # words that a headline has more of


@dataclass(frozen=True, slots=True)
class Story:
    """Where in the lines the story is: its range, its headline, the standfirst between them."""

    start: int
    stop: int
    title: int | None
    lead: tuple[int, ...] = ()


def strip_plain(page: Page, text: str) -> Article | Rejected:
    """Find the story in the text of a copied page."""
    lines = read_lines(text)
    story = find_story(lines)
    kept = [line.text for line in lines[story.start : story.stop] if line.is_text]
    if sum(map(len, kept)) < _STORY_CHARS:
        return Rejected(page.source, *_refusal(lines), page.url)
    title = None if story.title is None else lines[story.title].text
    metadata = _metadata(page, lines[: story.start], lines[story.stop : story.stop + _GAP], title)
    return compose(page, metadata, [*(lines[i].text for i in story.lead), *kept])


def explain_plain(text: str) -> list[tuple[str, bool, str]]:
    """List every line with whether it was kept and the rule that settled it."""
    lines = read_lines(text)
    story = find_story(lines)
    found = []
    for i, line in enumerate(lines):
        inside = story.start <= i < story.stop
        placed = "title" if i == story.title else "lead" if i in story.lead else None
        rule = placed or (line.rule if inside or not line.is_text else "outside")
        found.append((line.text, bool(placed) or (inside and line.is_text), rule))
    return found


def find_story(lines: list[Line]) -> Story:
    """Find the story: the run of prose with the most text, its headline above it and its last short line."""
    start, stop = _run(lines)
    while stop < len(lines) and stop > 0 and _is_last(lines[stop]):
        stop += 1
    title = _headline(lines, start)
    if title != start - 1 and start + 1 < stop and lines[start].is_headline and not _sentence(lines[start]):
        return Story(start + 1, stop, start)
    if title is None:
        return Story(start, stop, None)
    above = title - 1
    least = _OVERLINE_WORDS if above else 2
    if above >= 0 and lines[above].is_headline and words(lines[above].text) >= least:
        title = above
    lead = (i for i in range(title + 1, start) if lines[i].is_text and words(lines[i].text) >= _LEAD_WORDS)
    return Story(start, stop, title, tuple(lead))


def _run(lines: list[Line]) -> tuple[int, int]:
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


def _is_last(line: Line) -> bool:
    """Tell whether the line right after the run is a short last paragraph or item."""
    return line.is_text and ends_sentence(line.text) and words(line.text) >= _LAST_WORDS and not line.text.endswith(":")


def _sentence(line: Line) -> bool:
    """Tell whether a line that might be a headline is an ordinary paragraph."""
    return ends_sentence(line.text) and not line.text.endswith(("?", "!", "»", "…"))


def _headline(lines: list[Line], start: int) -> int | None:
    """Give the index of the nearest headline-like line above the story."""
    above = range(start - 1, max(-1, start - _HEAD_GAP), -1)
    return next((i for i in above if lines[i].is_headline and words(lines[i].text) > _SHORT_TITLE), None)


def _refusal(lines: list[Line]) -> tuple[Reason, str]:
    if not lines:
        return Reason.EMPTY, "the page has no text"
    if any(line.rule == "paywall" for line in lines):
        return Reason.PAYWALL, "no more than a teaser is open, the rest is for subscribers"
    teasers = sum(line.rule in ("teaser", "related") for line in lines)
    if teasers >= _MANY_TEASERS:
        return Reason.INDEX_PAGE, f"{teasers} teasers in {len(lines)} lines, no run of prose among them"
    return Reason.NO_ARTICLE, f"{len(lines)} lines, no run of prose among them"


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
