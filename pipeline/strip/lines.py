"""The lines of a plain-text copy, each settled by its own wording and shape.

Knows nothing of where the story is; see `plain.py`.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.strip.decode import uniform
from pipeline.strip.furniture import Effect, furniture
from pipeline.strip.wording import ends_sentence, is_prose, is_teaser, words

TITLE_WORDS = range(2, 31)
_SUBHEAD_WORDS = 30
_WRAP_COLUMNS = range(45, 101)
_WRAPPED = 0.7  # share of inner lines that break within a sentence in a hard-wrapped file
_RUNS = re.compile(r"[ \t]+")
_ITEM = re.compile(r"^(?:[-–—•·*]|\d{1,2}[.)])\s*\S")
_TRAIL = re.compile(r"\s[»|>/\\]\s|::|www\.|\w\.(?:ru|com|net|org|ua)\b")  # a path of sections, an address
_MENU_WORDS = 5  # words of the shortest menu in one line
_CAPITALS = 0.6  # share of words with a capital from which a line is a menu
_TEXT_RULES = frozenset({"prose", "item", "subhead"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the copy and the rule that settled it; what it does to the lines around it."""

    text: str
    rule: str
    effect: Effect | None = None

    @property
    def prose(self) -> bool:
        """Whether the line is running text."""
        return self.rule == "prose"

    @property
    def is_text(self) -> bool:
        """Whether the line belongs to a story that it lies in."""
        return self.rule in _TEXT_RULES

    @property
    def is_headline(self) -> bool:
        """Whether the line may be a headline: some words, and no end that a headline has not."""
        fits = self.rule in ("subhead", "prose") and words(self.text) in TITLE_WORDS
        return (
            fits and not self.text.endswith((".", ":", ";", ",")) and not _TRAIL.search(self.text) and not self._is_menu
        )

    @property
    def _is_menu(self) -> bool:
        """Whether the line is a row of names of sections."""
        count = words(self.text)
        capitals = sum(word[0].isupper() for word in self.text.split())
        return count >= _MENU_WORDS and (capitals > count * _CAPITALS or self.text.count(",") * 2 >= count)


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
    return _captioned(lines)


def _captioned(lines: list[Line]) -> list[Line]:
    """Settle as a caption the line between text and a photo credit; under no text it may be the headline."""
    settled = list(lines)
    for i, (above, line, below) in enumerate(zip(lines, lines[1:], lines[2:], strict=False), 1):
        if above.is_text and line.rule == "subhead" and below.rule == "caption":
            settled[i] = Line(line.text, "caption")
    return settled


def _settle(line: str) -> Line:
    if known := furniture(line):
        return Line(line, known.rule, known.effect)
    if is_teaser(line):
        return Line(line, "teaser")
    if is_prose(line):
        return Line(line, "prose")
    if _ITEM.match(line) and words(line) > 1:
        return Line(line, "item")
    opens = line[0].isalnum() or line[0] in '«"“„'
    return Line(line, "subhead" if opens and 0 < words(line) <= _SUBHEAD_WORDS else "scrap")


def _unwrap(lines: list[str]) -> list[str]:
    """Join the lines of a file whose paragraphs were broken at a column."""
    lines = [_RUNS.sub(" ", line).strip() for line in lines]
    inner = [a for a, b in pairwise(lines) if a and b and len(a) in _WRAP_COLUMNS]
    filled = sum(bool(a) for a in lines)
    broken = sum(not ends_sentence(line) for line in inner)
    if len(inner) * 2 < filled or broken < len(inner) * _WRAPPED or any(len(a) >= _WRAP_COLUMNS.stop for a in lines):
        return lines
    return [" ".join(block.split("\n")) for block in "\n".join(lines).split("\n\n")]
