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
from pipeline.strip.wording import ends_sentence, words
from pipeline.times import visible_time

MAX_LINES = 80_000  # of a copy
_GAP = 4  # lines of anything but prose that may stand inside a story
_HEAD_GAP = 12  # lines between the headline and the story
_STORY_CHARS = 150  # below this no run of prose is a story
_LEAD_WORDS = 4  # words of the shortest standfirst
_LAST_WORDS = 4  # words of the shortest last paragraph
_HEADLINE_WEIGHT = 2.0
_AKIN = 0.45  # share of a line's words in the story from which it is surely its headline
_KIN_WORDS = 3  # longer words of the shortest line that is compared
_LOOSE = 0.1  # how much prose counts that stands alone between other lines
_DATELINE_CHARS = 120  # of prose that may stand above the headline
_OPENING = 6  # lines of a story that a headline is compared with
_STEM = 4  # letters by which words are compared
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
    if (count := text.count("\n")) > MAX_LINES:
        return Rejected(page.source, Reason.TOO_LARGE, f"{count:,} lines, the limit is {MAX_LINES:,}", page.url)
    lines = read_lines(text)
    story = find_story(lines)
    kept = [line.text for line in lines[story.start : story.stop] if line.is_text]
    if sum(map(len, kept)) < _STORY_CHARS:
        return Rejected(page.source, *_refusal(lines), page.url)
    title = None if story.title is None else lines[story.title].text
    metadata = _metadata(page, lines[: story.start], lines[story.stop : story.stop + _GAP], title)
    first = story.start if story.title is None else min(story.title, story.start)
    captions = tuple(line.text for line in lines[first : story.stop] if line.rule == "caption")
    return compose(page, metadata, [*(lines[i].text for i in story.lead), *kept], captions)


def explain_plain(text: str) -> list[tuple[str, bool, str]]:
    """List every line with whether it was kept and the rule that settled it."""
    if text.count("\n") > MAX_LINES:
        return []
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
    """Find the story: the run of prose with the most text, where a headline that speaks of it counts for more."""
    stories = [_headed_story(lines, start, stop) for start, stop in _runs(lines)]
    return max(stories, key=lambda story: _weight(lines, story), default=Story(0, 0, None))


def _weight(lines: list[Line], story: Story) -> float:
    run = lines[max(0, story.start - 1) : story.stop + 1]
    joined = sum(len(b.text) for a, b in pairwise(run) if a.prose and b.prose)
    size = _LOOSE * sum(len(line.text) for line in lines[story.start : story.stop] if line.prose) + joined
    if story.title is None:
        return size
    return size * (1 + _HEADLINE_WEIGHT * _kinship(lines, story.title, story.start, story.stop))


def _headed_story(lines: list[Line], start: int, stop: int) -> Story:
    """Give a run of prose its headline, its standfirst and its last short lines."""
    while stop < len(lines) and _is_last(lines[stop]):
        stop += 1
    start = _past_dateline(lines, start, stop)
    title = _headline(lines, start, stop)
    if title != start - 1 and start + 1 < stop and lines[start].is_headline and not _sentence(lines[start]):
        return Story(start + 1, stop, start)
    if title is None:
        return Story(start, stop, None)
    lead = (i for i in range(title + 1, start) if lines[i].is_text and words(lines[i].text) >= _LEAD_WORDS)
    return Story(start, stop, title, tuple(lead))


def _past_dateline(lines: list[Line], start: int, stop: int) -> int:
    """Give the first line of prose under a headline that stands just below the run's start."""
    if lines[start].is_headline:
        return start
    for i in range(start + 1, min(stop, start + _GAP)):
        if lines[i].rule == "subhead" and lines[i].is_headline and _kinship(lines, i, i + 1, stop) >= _AKIN:
            short = sum(len(line.text) for line in lines[start:i] if line.prose) < _DATELINE_CHARS
            return next((j for j in range(i, stop) if lines[j].prose), start) if short else start
    return start


def _headline(lines: list[Line], start: int, stop: int) -> int | None:
    """Give the index of the headline: the first line above that shares its words with the story, else the nearest."""
    above = [i for i in range(start - 1, max(-1, start - _HEAD_GAP), -1) if lines[i].is_headline]
    if kin := [i for i in above if _kinship(lines, i, start, stop) >= _AKIN]:
        return kin[-1]
    unsigned = (i for i in above if not names(lines[i].text.split(",")[0]))
    return next((i for i in unsigned if words(lines[i].text) > _SHORT_TITLE), None)


def _kinship(lines: list[Line], index: int, start: int, stop: int) -> float:
    """Give the share of a line's longer words whose beginnings occur in a run of lines."""
    own = _stems(lines[index].text)
    text = _stems(" ".join(line.text for line in lines[start : min(stop, start + _OPENING)]))
    return len(own & text) / len(own) if len(own) >= _KIN_WORDS else 0.0


def _stems(text: str) -> frozenset[str]:
    bare = (word.strip('«»"“”„.,:;!?()—-') for word in fold(text).split())
    return frozenset(word[:_STEM] for word in bare if len(word) >= _STEM)


def _runs(lines: list[Line]) -> list[tuple[int, int]]:
    """Give the half-open ranges of the runs of prose with little between its lines."""
    runs: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if not line.prose:
            continue
        if not runs or _parted(lines[runs[-1][1] : i]):
            runs.append((i, i + 1))
        else:
            runs[-1] = (runs[-1][0], i + 1)
    return runs


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
