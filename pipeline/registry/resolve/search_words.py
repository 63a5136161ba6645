"""The words by which cards are found, and the words of a query, written so that they meet.

A word stands as it is written and as its dictionary form, case and ё aside; by its sound, so that «Газпром» and
«Gazprom» meet; and backwards, so that a misprint at its beginning is met from its end. Pure: knows no tables.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors import lemma
from pipeline.naming import SMALL_WORDS
from pipeline.registry.identity.spelling import plain, sound

WHOLE, SOUND, BACKWARDS = "=", "~", "<"  # what opens a whole name, a sound, a word backwards
LEAST_FOR_MISPRINT = 5  # letters

_WORD = re.compile(r"[^\W_]+(?:[-–.'’&+][^\W_]+)*")
_ENDING = re.compile("[аеиоуыэюя]+(?:[мх]|го|му|ми)?$")  # of a word as it sounds
_LEAST_STEM = 2
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


def query_words(text: str) -> tuple[str, ...]:
    """Give the words of a query that tell something, plain; a hyphenated word is one.

    >>> query_words("Ёлка в санкт-Петербурге")
    ('елка', 'санкт-петербурге')
    """
    words = dict.fromkeys(plain(word)[:_LONGEST] for word in _WORD.findall(text[:_LONGEST_NAME]))
    return tuple(word for word in words if word not in SMALL_WORDS) or tuple(words)


@lru_cache(maxsize=_MOST)
def written(word: str) -> tuple[str, ...]:
    """Give a plain word and its dictionary form.

    >>> written("краснодарского")
    ('краснодарского', 'краснодарский')
    """
    return tuple(dict.fromkeys((word, plain(lemma(word))[:_LONGEST])))


@lru_cache(maxsize=_MOST)
def heard(word: str) -> str:
    """Give how a plain word sounds, without its ending.

    >>> heard("тверской") == heard("тверская"), heard("shoigu") == heard("шойгу")
    (True, True)
    """
    loud = sound(written(word)[-1])
    stem = _ENDING.sub("", loud)
    return SOUND + (stem if len(stem) >= _LEAST_STEM else loud)[:_LONGEST]


def backwards(word: str) -> str:
    """Write a word backwards, as it stands for those who misspell its beginning.

    >>> backwards("орел")
    '<леро'
    """
    return BACKWARDS + word[::-1]


def terms_of(names: Iterable[str]) -> Iterator[str]:
    """Give the terms under which a card with these names is stored; some come several times."""
    for name in names:
        yield whole(name)
        for word in words_of(name):
            yield from (*written(word), heard(word))
            if len(word) >= LEAST_FOR_MISPRINT:
                yield backwards(word)
