"""The words of a name that say whose body it is: «МИД Германии», «британский МИД», «министерство культуры края»."""

from functools import lru_cache

from extractors import PlaceKind, lemma, place_by_adjective, place_named
from pipeline.registry.identity.spelling import plain

_LONGEST = 5
_MOST = 1 << 15
_STATE = "Россия"
_DECLINED = frozenset("бвгджзклмнпрстфхцчшщйьая")


def without_territory(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Part the words that say whose a body is from the rest; a name is not all territory.

    >>> without_territory(["МВД", "России", "по", "Пермскому", "краю"])
    (['МВД', 'по'], frozenset({'Пермский край'}))
    """
    rest: list[str] = []
    found: set[str] = set()
    start = 0
    while start < len(words):
        size, place = _territory_at(words, start)
        if place and size < len(words):
            found.add(place)
        else:
            size = 1
            rest.append(words[start])
        start += size
    return (rest, frozenset(found - {_STATE} or found)) if rest else (words, frozenset())


def _territory_at(words: list[str], start: int) -> tuple[int, str | None]:
    """Give how many words from here on say a territory, and its official name.

    «Банк Кубань» and «Россия сегодня» are names, «МИД Германии» and «британский МИД» say whose.
    """
    first = words[start]
    adjective = _place(first, adjective=True)
    if adjective is None and (not start or not first[0].isupper() or _is_nominative(first)):
        return 0, None
    for stop in range(min(len(words), start + _LONGEST), start, -1):
        place = _place(" ".join(words[start:stop]), adjective=False)
        if place:
            return stop - start, place
    return 1, adjective


def _is_nominative(word: str) -> bool:
    return not word.isupper() and lemma(plain(word)) == plain(word) and word[-1] in _DECLINED


@lru_cache(maxsize=_MOST)
def _place(words: str, *, adjective: bool) -> str | None:
    found = place_by_adjective(words) if adjective else place_named(words)
    return found.name if found and found.kind is not PlaceKind.OTHER else None
