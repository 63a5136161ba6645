"""The words by which cards are found, and the words of a query, written so that they meet.

A word stands as it is written and as its dictionary form, case and ё aside; by its sound, so that «Газпром» and
«Gazprom» meet; and backwards, so that a misprint at its beginning is met from its end. Pure: knows no tables.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors import lemma
from pipeline.registry.identity.spelling import plain, sound

WHOLE, SOUND, BACKWARDS = "=", "~", "<"  # what opens a whole name, a sound, a word backwards
LEAST_FOR_MISPRINT = 5  # letters

_WORD = re.compile(r"[^\W_]+(?:[-–.'’&+][^\W_]+)*")
_PARTS = re.compile(r"[^\W_]+")
_LONGEST = 60  # characters of a word; an index of PostgreSQL holds less than 2,704 bytes
_LONGEST_NAME = 300
_MOST = 1 << 16


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text, those of a hyphenated word too, plain.

    >>> words_of("Орёл, Санкт-Петербург")
    ('орел', 'санкт-петербург', 'санкт', 'петербург')
    """
    found = []
    for word in _WORD.findall(text[:_LONGEST_NAME]):
        parts = _PARTS.findall(word)
        found += [word, *parts] if len(parts) > 1 else parts
    return tuple(dict.fromkeys(plain(word)[:_LONGEST] for word in found))


def whole(name: str) -> str:
    """Write a whole name: its words in their order.

    >>> whole("ООО «Ёлка»"), whole("ооо елка")
    ('=ооо елка', '=ооо елка')
    """
    words = (plain(word) for word in _WORD.findall(name[:_LONGEST_NAME]))
    return WHOLE + " ".join(words)[: 2 * _LONGEST]


@lru_cache(maxsize=_MOST)
def forms(word: str) -> tuple[str, ...]:
    """Give the ways in which a plain word may stand on a card, the surest first.

    >>> forms("краснодарского")
    ('краснодарского', 'краснодарский', '~krasnodarskij')
    """
    base = plain(lemma(word))
    return tuple(dict.fromkeys((word, base, SOUND + sound(base)[:_LONGEST])))


def terms_of(names: Iterable[str]) -> Iterator[str]:
    """Give the terms under which a card with these names is stored; some come several times."""
    for name in names:
        yield whole(name)
        for word in words_of(name):
            yield from forms(word)
            if len(word) >= LEAST_FOR_MISPRINT:
                yield BACKWARDS + word[::-1]
