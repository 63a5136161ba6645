"""Names the furniture of news sites by its wording: the rows of `furniture.tsv` applied to a line.

Works on any line, of markup or of plain text; knows nothing of where the line stands.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from pipeline.strip._tables import table
from pipeline.strip.wording import is_prose

_EDGES = " \t\n:;.,!?…-–—•·|/\\>»«<\"'*№+→←↓↑▶►▼▲[]()📎🔥⚡️✅❗️👉➡"
_SPACE = re.compile(r"\s+")
_LONGEST = 700  # characters beyond which a line is not furniture by its wording


class Effect(StrEnum):
    """What a line of furniture does to the lines around it."""

    DROP = "drop"
    HEADING = "heading"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A row of the table that a line fits."""

    rule: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class _Start:
    text: str
    words: int
    open: bool  # a stem that may go on, written with a star in the table
    soft: bool  # not for sentences
    furniture: Furniture

    def ends(self, line: str) -> bool:
        """Tell whether the words of the table end where a word of the line does."""
        after = line[len(self.text) : len(self.text) + 1]
        return self.open or not (after.isalpha() and self.text[-1].isalpha())


@dataclass(frozen=True, slots=True)
class _Pattern:
    pattern: re.Pattern[str]
    words: int
    soft: bool
    furniture: Furniture


def fold(line: str) -> str:
    """Fold a line for comparison: small letters, «е» for «ё», single spaces."""
    return _SPACE.sub(" ", line.casefold().replace("ё", "е")).strip()


@lru_cache(maxsize=10_000)
def furniture(line: str) -> Furniture | None:
    """Tell which row of the table a line fits, if any.

    >>> furniture("Читайте также:")
    Furniture(rule='related', effect=<Effect.HEADING: 'heading'>)
    >>> furniture("Читатели получили новую библиотеку.")
    """
    if len(line) > _LONGEST:
        return None
    folded = fold(line)
    bare = folded.strip(_EDGES)
    if row := _whole().get(bare):
        return row
    words = folded.count(" ") + 1
    lead = folded.lstrip("•·-–—>»«|*→▶►👉🔥⚡️❗📎✅ ")
    sentence = is_prose(line) and line.rstrip('»"”) ').endswith(".")
    for start in _starts().get(lead[:1], ()):
        if not (sentence and start.soft) and words <= start.words and lead.startswith(start.text) and start.ends(lead):
            return start.furniture
    patterns = (p for p in _patterns() if words <= p.words and not (sentence and p.soft))
    return next((p.furniture for p in patterns if p.pattern.search(folded)), None)


def _row(row: dict[str, str]) -> Furniture:
    return Furniture(row["rule"], Effect(row["effect"]))


@cache
def _whole() -> dict[str, Furniture]:
    return {row["text"].strip(_EDGES): _row(row) for row in table("furniture") if row["where"] == "whole"}


@cache
def _starts() -> dict[str, list[_Start]]:
    """Group the rows that a line may begin with by their first character."""
    starts: dict[str, list[_Start]] = {}
    for row in table("furniture"):
        if row["where"] in ("start", "opening"):
            text = row["text"].rstrip("*")
            starts.setdefault(text[0], []).append(
                _Start(text, int(row["words"]), text != row["text"], row["where"] == "opening", _row(row))
            )
    return starts


@cache
def _patterns() -> tuple[_Pattern, ...]:
    rows = (row for row in table("furniture") if row["where"] in ("regex", "trace"))
    return tuple(
        _Pattern(re.compile(row["text"]), int(row["words"]), row["where"] == "trace", _row(row)) for row in rows
    )
