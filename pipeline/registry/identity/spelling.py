"""Spellings that do not count: letter case, ё, dashes, look-alike letters of the other alphabet; Latin and Cyrillic.

Knows words and letters only.
"""

import re
import unicodedata
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from extractors import is_known_word
from pipeline.registry.identity.tables import table

_DASHES = re.compile(r"[‐‑‒–—―−]")
_LOOK_ALIKE = str.maketrans("aceopxykmthbë", "асеорхукмтнве")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-яё]")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_MOST = 1 << 16
LEAST_FOR_MISPRINT = 5
_ABBREVIATION = 4
_LONG = 6
_CASES = frozenset("ауеыи")


@lru_cache(maxsize=_MOST)
def plain(text: str) -> str:
    """Fold what a reader does not see: case, ё, the sort of dash, a Latin «c» in a Cyrillic word.

    >>> plain("Евроcоюз"), plain("ОРЁЛ — город")
    ('евросоюз', 'орел - город')
    """
    folded = _DASHES.sub("-", unicodedata.normalize("NFKC", text).casefold()).replace("ё", "е")
    if _LATIN.search(folded) and _CYRILLIC.search(folded):
        folded = " ".join(map(_one_alphabet, folded.split(" ")))
    return folded


def _one_alphabet(word: str) -> str:
    """Write a word of both alphabets in Cyrillic, where every Latin letter of it looks like a Cyrillic one."""
    if not (_LATIN.search(word) and _CYRILLIC.search(word)):
        return word
    turned = word.translate(_LOOK_ALIKE)
    return word if _LATIN.search(turned) else turned


def is_latin(word: str) -> bool:
    """Tell a word written in Latin letters."""
    return bool(_LATIN.search(word)) and not _CYRILLIC.search(word)


@cache
def _sounds() -> tuple[tuple[str, str], ...]:
    return tuple((row["letters"], row["sound"]) for row in table("transliteration"))


@lru_cache(maxsize=_MOST)
def sound(word: str) -> str:
    """Write a word of either alphabet so that transliterations meet: no case, no doubled letters, no soft sign.

    >>> sound("Газпром") == sound("Gazprom"), sound("Яндекс") == sound("Yandex"), sound("Мэй") == sound("Мей")
    (True, True, True)
    """
    heard = plain(word)
    for letters, written in _sounds():
        heard = heard.replace(letters, written)
    return _DOUBLED.sub(r"\1", heard)


def spelt(word: str) -> str:
    """Write a word of a body's name as it sounds; an abbreviation («ФССП») keeps every letter.

    >>> spelt("ssp"), spelt("фссп")
    ('ссп', 'фссп')
    """
    if len(word) > _ABBREVIATION:
        return sound(word)
    return "".join(_letters().get(letter, letter) for letter in plain(word))


@cache
def _letters() -> dict[str, str]:
    return {letters: written for letters, written in _sounds() if len(letters) == 1 and is_latin(letters)}


def is_misprint(one: str, other: str) -> bool:
    """Tell words of at least five letters that one edit parts, unless both are words of the dictionary.

    >>> is_misprint("нафтогаз", "натфогаз"), is_misprint("марина", "карина")
    (True, False)
    """
    if min(len(one), len(other)) < LEAST_FOR_MISPRINT or any(map(str.isdigit, one + other)):
        return False
    near = DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1
    return near and not (is_known_word(one) and is_known_word(other))


def is_slip(one: str, other: str) -> bool:
    """Tell a misprint that makes no other name: a letter lost, doubled or changed about within a long Cyrillic word.

    >>> is_slip("нафтогаз", "натфогаз"), is_slip("автодом", "автодор")
    (True, False)
    """
    ends = one[0] == other[0] and one[-1] == other[-1]
    replaced = len(one) == len(other) and sorted(one) != sorted(other)
    return (
        is_misprint(one, other) and ends and not replaced and not is_latin(one) and min(map(len, (one, other))) >= _LONG
    )


def is_case_form(one: str, other: str) -> bool:
    """Tell two forms of a brand that no dictionary has: «Бериллон» and what was «Бериллона» in the text.

    >>> is_case_form("бериллон", "бериллона"), is_case_form("бериллон", "бериллонд")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    added = long.removeprefix(short)
    return len(short) >= LEAST_FOR_MISPRINT and long.startswith(short) and added in _CASES and not is_latin(short)
