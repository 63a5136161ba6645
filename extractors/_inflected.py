"""Names looked up in any grammatical case: a table of nominative names, asked with words as printed.

Knows word forms only; what a name stands for is the caller's business. Letter case, `ё` and the sort of dash do not
count, so «Нижегородской области» finds «Нижегородская область».
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

from extractors._morphology import parses

Value = TypeVar("Value")

_WORD = re.compile(r"[\w’']+(?:-[\w’']+)*\.?")
_DASHES = re.compile(r"[–—−‑]")
_ABBREVIATED = {"обл.": "область", "респ.": "республика"}
_MOST_READINGS = 64
_ON_RIVER = re.compile(r"(\w+)(-(?:на|под|при)-[\w-]+)")


def fold(word: str) -> str:
    """Write a word without what does not count: `ё`, letter case, the sort of dash.

    >>> fold("Орёл")
    'орел'
    """
    return _DASHES.sub("-", word).casefold().replace("ё", "е")


def words_of(text: str) -> tuple[str, ...]:
    """Split a name into folded words; quotes, brackets and dashes between words fall away.

    >>> words_of("Республики Саха (Якутия)")
    ('республики', 'саха', 'якутия')
    """
    folded = (fold(match.group()) for match in _WORD.finditer(text))
    return tuple(_ABBREVIATED.get(word, word.rstrip(".")) for word in folded)


@lru_cache(maxsize=1 << 13)
def forms(word: str) -> frozenset[str]:
    """Give every case form of a word that is nominative (or does not decline), folded.

    >>> "ростове-на-дону" in forms("Ростов-на-Дону")
    True
    """
    on_river = _ON_RIVER.fullmatch(word)
    if on_river:
        return frozenset(head + fold(on_river[2]) for head in forms(on_river[1]))
    if len(word) > 1 and word.isupper():
        return frozenset({fold(word)})
    nominative = [p for p in parses(word.casefold()) if "nomn" in p.tag and p.tag.POS in {"NOUN", "ADJF", "PRTF"}]
    return frozenset({fold(word)} | {fold(form.word) for parse in nominative for form in parse.lexeme})


class InflectedNames(Generic[Value]):
    """A table from nominative names to values, asked by names in any case.

    A name with two different values stands for neither.
    """

    def __init__(self, rows: Iterable[tuple[str, Value]]) -> None:
        self._bases: dict[str, set[str]] = defaultdict(set)
        self._values: dict[tuple[str, ...], set[Value]] = defaultdict(set)
        for name, value in rows:
            words = tuple(match.group().rstrip(".") for match in _WORD.finditer(name))
            self._values[tuple(map(fold, words))].add(value)
            for word in words:
                for form in forms(word):
                    self._bases[form].add(fold(word))

    def find(self, text: str) -> Value | None:
        """Give the value of the one name that these words are a form of; None when there is no such or several."""
        readings = [sorted(self._bases.get(word, ())) for word in words_of(text)]
        if not readings or not all(readings):
            return None
        found: set[Value] = set()
        for count, words in enumerate(product(*readings)):
            if count > _MOST_READINGS:
                break
            found |= self._values.get(words, set())
        return found.pop() if len(found) == 1 else None
