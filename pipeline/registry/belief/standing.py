"""How far a value is believed: its standing, 0 to 1, from who says it (docs/registry.md, "Standing").

    read      of one source:   1 - (1 - c1)(1 - c2)...      that it says so at all: c, the calibrated confidences
    support   of one source:   weight * read                that it is right: repetition never lifts it above its weight
    told      by all sources:  1 - (1 - s1)(1 - s2)...      that at least one is
    standing                 = told * (1 - denied) * fading

`denied` is `told` of those who deny the value. What stands in the same words in several sources is said once, by the
most trusted of them; of one source the five surest texts count. `fading` halves a value of a property that changes
each 90 days that it was last said before another one. A keeper's word settles it: accepted 1, rejected 0.

Adding a source that says it in its own words never lowers a standing, and the order of what was said does not matter.
Pure arithmetic: knows no tables.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from math import prod

MOST_OF_ONE = 5  # texts of one source that count
HALF_LIFE = 90  # days


@dataclass(frozen=True, slots=True)
class Support:
    """One text that says so. `words`: what tells its wording apart, equal for verbatim copies."""

    source: str
    weight: float
    confidence: float
    words: str


def told(supports: Iterable[Support]) -> float:
    """Tell how likely it is that at least one source says so and is right.

    >>> ria, tass, blog = ("ria.ru", 0.9), ("tass.ru", 0.9), ("t.me", 0.3)
    >>> round(told([Support(*ria, 0.95, "a")]), 3)
    0.855
    >>> round(told([Support(*ria, 0.95, "a"), Support(*ria, 0.95, "b")]), 3)  # again: never above the weight
    0.898
    >>> round(told([Support(*ria, 0.95, "a"), Support(*tass, 0.95, "b")]), 3)  # another source
    0.979
    >>> round(told([Support(*ria, 0.95, "a"), Support(*tass, 0.95, "a")]), 3)  # a copy
    0.855
    >>> round(told([Support(*blog, 0.95, "a"), Support(*ria, 0.95, "a")]), 3)  # a copy, in a better source
    0.855
    >>> told([])
    0.0
    """
    said_once: dict[str, Support] = {}
    for support in sorted(supports, key=lambda s: (s.weight, s.confidence, s.source)):
        said_once[support.words] = support  # the last is of the most trusted
    by_source: dict[str, list[Support]] = defaultdict(list)
    for support in said_once.values():
        by_source[support.source].append(support)
    return 1.0 - prod(1 - _support(said) for said in by_source.values())


def fading(days: int) -> float:
    """Tell what is left of a value of a changing property, last said so many days before another one.

    >>> fading(0), fading(90), fading(180)
    (1.0, 0.5, 0.25)
    """
    return float(0.5 ** (max(0, days) / HALF_LIFE))


def standing(supports: Iterable[Support], denials: Iterable[Support] = (), days_behind: int = 0) -> float:
    """Tell how far a value is believed that no keeper decided on.

    >>> said, denied = Support("ria.ru", 0.9, 0.95, "a"), Support("olsk.gov.ru", 0.95, 0.95, "b")
    >>> round(standing([said]), 3), round(standing([said], [denied]), 3), round(standing([said], [], 90), 3)
    (0.855, 0.083, 0.427)
    """
    return round(told(supports) * (1 - told(denials)) * fading(days_behind), 6)


def _support(said: Iterable[Support]) -> float:
    surest = nlargest(MOST_OF_ONE, said, key=lambda support: support.confidence)
    return surest[0].weight * (1 - prod(1 - support.confidence for support in surest))
