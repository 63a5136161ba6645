"""The name of an organization, cluster or event taken apart: head, own name, whose it is, numbers.

«Новосибирский завод „Прогресс“» has the head «завод», the own name «прогресс» and the territory of Novosibirsk. A name
without quotes or capitals («министерство культуры края») is all own name. Knows one name, not the entity.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors import PlaceKind, is_common_word, lemma, place_by_adjective, place_named
from pipeline.naming import SMALL_WORDS, acronyms, synonyms
from pipeline.registry.identity.spelling import is_latin, plain, spelt
from pipeline.registry.identity.tables import column, legal_forms, table

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:[-.&'’+][^\W_]+)*\+?")
_QUOTED = re.compile(r"[«\"“„](.+)[»\"”“]")
_ABBREVIATION = re.compile(r"[А-ЯЁA-Z]{2,}[\d-]*(?:-[А-ЯЁA-Z\d]+)*")
_LONGEST_TERRITORY = 5
_MOST = 1 << 16
_STATE = "Россия"
_SHORT = 5
_DECLINED = frozenset("бвгджзклмнпрстфхцчшщйьая")
_SAME_LOOK = str.maketrans("ABCEHKMOPTX", "авсенкмортх")


@dataclass(frozen=True, slots=True)
class Title:
    """A name's parts, words as lemmas in their order. `own`: the name itself; `head`: what sort of body it is.

    `territory` are official names of the places said outside the quotes; `telling`: whether a word of the own name is
    no common word, so that hardly two bodies have it; `shared`: whether each region or country has such a body.
    """

    own: Words
    head: Words
    territory: frozenset[str]
    numbers: frozenset[str]
    telling: bool
    shared: bool

    @property
    def key(self) -> str:
        """The own name, as one word that does not depend on the order of words or the alphabet."""
        return " ".join(sorted(map(spelt, self.own)))


@lru_cache(maxsize=_MOST)
def title(name: str) -> Title:
    """Take a name apart.

    >>> title("ПАО «Газпром»").own, title("компания Gazprom").head, title("МИД ФРГ").territory
    (('газпром',), ('компания',), frozenset({'Германия'}))
    """
    outer, inner, territory = _pieces(name)
    known = _known(name)
    if known and known != _common(_lemmas(inner)):
        outer, territory = [], frozenset()
    own = known or _common(_lemmas(inner)) or _lemmas(outer) or tuple(map(plain, inner or outer)) or (plain(name),)
    head = _lemmas(outer) if inner else ()
    return Title(
        own=own,
        head=head,
        territory=territory,
        numbers=frozenset(filter(_is_number, map(plain, (*inner, *outer)))),
        telling=_is_telling(inner, own),
        shared=_is_shared((*head, *own)) or _is_shared(own),
    )


def _pieces(name: str) -> tuple[list[str], list[str], frozenset[str]]:
    """Cut a name into the words of its head, those of the name itself, and the territory said outside the quotes."""
    quoted = _QUOTED.search(name)
    if quoted:
        around = [*_printed(name[: quoted.start()]), *_printed(name[quoted.end() :])]
        outer, territory = _without_territory(around)
        return outer, _printed(quoted.group(1)), territory
    words, territory = _without_territory(_printed(name))
    return (*_parted(words), territory)


def _known(name: str) -> Words:
    """Give the common name of a synonym that is one as a whole: «Европейский союз» is no союз of Europe."""
    return _synonyms().get(_lemmas(_printed(name)), ())


def _printed(text: str) -> list[str]:
    """Give the words of a text but for legal forms."""
    return [word for word in _WORD.findall(text) if word not in legal_forms()]


def _without_territory(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Part the words that say whose a body is from the rest; a name is not all territory."""
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
    adjective = _is_adjective_of_place(first)
    if not adjective and (not start or not first[0].isupper() or _is_nominative(first)):
        return 0, None
    for stop in range(min(len(words), start + _LONGEST_TERRITORY), start, -1):
        place = _place(" ".join(words[start:stop]), alone=False)
        if place:
            return stop - start, place
    return (1, _place(first, alone=True)) if adjective else (0, None)


def _is_nominative(word: str) -> bool:
    return not word.isupper() and lemma(plain(word)) == plain(word) and word[-1] in _DECLINED


@lru_cache(maxsize=_MOST)
def _place(words: str, *, alone: bool) -> str | None:
    found = place_by_adjective(words) if alone else place_named(words)
    return found.name if found and found.kind is not PlaceKind.OTHER else None


@lru_cache(maxsize=_MOST)
def _is_adjective_of_place(word: str) -> bool:
    return _place(word, alone=True) is not None


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """Part a name without quotes into head and own name: «авиакомпания Победа»; a plain phrase is all own name."""
    for i, word in enumerate(words):
        is_name = word[0].isupper() and (i or len(words) == 1) and not _is_small(word)
        if i and is_name and all(_heads(w) for w in words[:i]):
            return words[:i], words[i:]
        if not _heads(word):
            break
    return [], words


@cache
def _head_words() -> frozenset[str]:
    return column("generic_heads", "word") | {"банк", "завод", "фонд", "университет", "институт", "центр"}


def _heads(word: str) -> bool:
    return lemma(plain(word)) in _head_words()


def _is_small(word: str) -> bool:
    return plain(word) in SMALL_WORDS or len(word) == 1


def name_words(text: str) -> Words:
    """Give the words of a text as lemmas in their order, small words and legal forms aside."""
    return _lemmas(_printed(text))


def _lemmas(words: list[str]) -> Words:
    return tuple(_lemma(word) for word in words if not _is_small(word))


@lru_cache(maxsize=_MOST)
def _lemma(word: str) -> str:
    """Give the dictionary form of a common word; names and abbreviations stay as they are, being nominative."""
    folded = plain(word)
    if len(word) < _SHORT and not word.translate(_SAME_LOOK).isascii() and word.translate(_SAME_LOOK).islower():
        return word.translate(_SAME_LOOK)  # «EC» and «BBC» may be in either alphabet
    if _ABBREVIATION.fullmatch(word) or is_latin(folded) or not is_common_word(folded):
        return folded
    return plain(lemma(folded))


def _common(words: Words) -> Words:
    """Give the commonest synonym, as one word."""
    return _synonyms().get(words, words)


@cache
def _synonyms() -> dict[Words, Words]:
    return {
        _lemmas(_printed(other)): (plain(name).replace(" ", "_"),)
        for name, others in synonyms()
        for other in (name, *others)
    }


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word))


def _is_telling(inner: list[str], own: Words) -> bool:
    words = [word for word in inner if not _is_small(word)]
    if len(own) == 1 and own[0] in _known_names():
        return True
    return any(not is_common_word(plain(word)) and not _is_number(word) for word in words)


@cache
def _known_names() -> frozenset[str]:
    """Give the names that the table of synonyms knows."""
    return frozenset(name for words in _synonyms().values() for name in words)


@cache
def _shared() -> tuple[frozenset[frozenset[str]], tuple[str, ...]]:
    rows = table("shared_bodies")
    whole = frozenset(frozenset(_common(_lemmas(row["body"].split()))) for row in rows if row["prefix"] == "no")
    return whole, tuple(row["body"] for row in rows if row["prefix"] == "yes")


@lru_cache(maxsize=_MOST)
def _is_shared(words: Words) -> bool:
    whole, prefixes = _shared()
    first = words[0]
    return frozenset(words) in whole or first in prefixes or (first.startswith(prefixes) and not is_common_word(first))


def abbreviates(short: Title, full: Title) -> bool:
    """Tell whether a name of one word has the initials of another name."""
    return len(short.own) == 1 and len(full.own) > 1 and short.own[0] in acronyms(full.own)


def is_generic(word: str) -> bool:
    """Tell a head word that says only what sort of firm or paper it is."""
    return word in column("generic_heads", "word")


def name_key(name: str, region: str | None = None) -> str:
    """Give the key under which the name of an organization or territory is tested for being another's.

    >>> name_key("МИД ФРГ"), name_key("министерство иностранных дел Германии"), name_key("завод «Исток»")
    ('мид|Германия', 'мид|Германия', 'завод исток')
    """
    parts = title(name)
    head = (spelt(word) for word in parts.head if not is_generic(word))
    return "|".join([" ".join([*sorted(head), parts.key]), *sorted({region} if region else parts.territory)])
