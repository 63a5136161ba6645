"""Number words of Russian read as numbers: «двести пятьдесят», «полутора», «тремя».

Owns the words below a thousand; thousands and millions are units of whoever counts with them. Knows no money or dates.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from extractors._lexicon import table

_FOLLOWERS = {"hundred": {"ten", "teen", "unit"}, "ten": {"unit"}}


class _Numeral(NamedTuple):
    """A number word; its value is None when it names no number. Its class tells what may follow it in a number."""

    value: Decimal | None
    kind: str


class Numeral(NamedTuple):
    """A number read from `stop - start` words; value None for an indefinite one («несколько десятков»)."""

    value: Decimal | None
    stop: int


@cache
def _numerals() -> dict[str, _Numeral]:
    return {
        form: _Numeral(Decimal(row["value"]) if row["value"] else None, row["class"])
        for row in table("numerals")
        for form in row["forms"].split()
    }


def read_numeral(words: Sequence[str], start: int) -> Numeral | None:
    """Read the longest number that begins at `words[start]`; words are lower case, with «е» for «ё».

    >>> read_numeral("двести пятьдесят рублей".split(), 0)
    Numeral(value=Decimal('250'), stop=2)
    >>> read_numeral("несколько десятков рублей".split(), 0)
    Numeral(value=None, stop=2)
    >>> read_numeral("рублей".split(), 0)
    """
    first = _numerals().get(words[start])
    if first is None:
        return None
    if first.value is None:
        return Numeral(None, _indefinite_stop(words, start))
    value, kind, stop = first.value, first.kind, start + 1
    while stop < len(words) and (following := _numerals().get(words[stop])) is not None:
        if following.value is None or following.kind not in _FOLLOWERS.get(kind, ()):
            break
        value, kind, stop = value + following.value, following.kind, stop + 1
    return Numeral(value, stop)


def _indefinite_stop(words: Sequence[str], start: int) -> int:
    stop = start
    while stop < len(words) and (numeral := _numerals().get(words[stop])) is not None and numeral.value is None:
        stop += 1
    return stop
