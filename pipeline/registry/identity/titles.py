"""The name of an organization, cluster or event taken apart: head, own name, whose it is, numbers.

«Новосибирский завод „Прогресс“» has the head «завод», the own name «прогресс» and the territory of Novosibirsk. A name
without quotes or capitals («министерство культуры края») is all own name. Knows one name, not the entity.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.naming import acronyms
from pipeline.registry.identity.spelling import is_latin, plain, spelt
from pipeline.registry.identity.territories import without_territory
from pipeline.registry.identity.vocabulary import (
    Words,
    common_words,
    heads,
    is_abbreviation,
    is_brand,
    is_generic,
    is_number,
    is_shared,
    is_small,
    is_well_known,
    lemmas,
    printed_words,
    referring,
    whole_name,
)

_QUOTED = re.compile(r"[«\"“„](.+)[»\"”“]")
_MOST = 1 << 15
_LEAST_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Title:
    """A name's parts, words as lemmas in their order. `own`: the name itself; `head`: what sort of body it is.

    `territory` are official names of the places said outside the quotes; `telling`: whether hardly two bodies have this
    own name; `shared`: whether each region or country may have such a body. `short`: the name is an abbreviation.
    """

    own: Words
    head: Words
    territory: frozenset[str]
    numbers: frozenset[str]
    telling: bool
    shared: bool
    short: bool

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
    known = whole_name(name)
    if known and known != _own(inner):
        outer, territory = [], frozenset()
    own = known or _own(inner) or lemmas(outer) or tuple(map(plain, inner or outer)) or (plain(name),)
    head = lemmas(outer) if inner else ()
    return Title(
        own=own,
        head=head,
        territory=territory,
        numbers=frozenset(filter(is_number, map(plain, (*inner, *outer)))),
        telling=is_well_known(own) or any(map(is_brand, inner)),
        shared=is_shared(own if _QUOTED.search(name) else (*head, *own)),
        short=len(inner) == 1 and (is_abbreviation(inner[0]) or is_number(inner[0])),
    )


def _pieces(name: str) -> tuple[list[str], list[str], frozenset[str]]:
    """Cut a name into the words of its head, those of the name itself, and the territory said outside the quotes."""
    quoted = _QUOTED.search(name)
    if quoted:
        outer, territory = without_territory(
            [*printed_words(name[: quoted.start()]), *printed_words(name[quoted.end() :])]
        )
        return outer, printed_words(quoted.group(1)), territory
    words, territory = without_territory(printed_words(name))
    return (*_parted(words), territory)


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """Part a name without quotes into head and own name: «новая авиакомпания Победа»; a phrase is all own name."""
    start = next((i for i, word in enumerate(words) if i and word[0].isupper() and not is_small(word)), 0)
    if start and (words[0][0].islower() or heads(words[0])) and heads(words[start - 1]):
        return words[:start], words[start:]
    return [], words


def _own(inner: list[str]) -> Words:
    """Give the own name; «региональный» and «края» say whose it is, and only of a body that is named besides."""
    words = lemmas(inner)
    rest = tuple(word for word in words if referring().get(word, True))
    return common_words(rest or words)


def abbreviates(short: Title, full: Title) -> bool:
    """Tell whether a name of one word has the initials of another name."""
    return len(short.own) == 1 and len(full.own) > 1 and short.own[0] in acronyms(full.own)


def name_key(name: str, region: str | None = None) -> str:
    """Give the key under which the name of an organization or territory is tested for being another's.

    >>> name_key("МИД ФРГ"), name_key("министерство иностранных дел Германии"), name_key("завод «Исток»")
    ('мид|Германия', 'мид|Германия', 'завод исток')
    """
    parts = title(name)
    head = (spelt(word) for word in parts.head if not is_generic(word))
    return "|".join([" ".join([*sorted(head), parts.key]), *sorted({region} if region else parts.territory)])


@lru_cache(maxsize=_MOST)
def speaks_for(alias: str, name: str) -> bool:
    """Tell whether another name that an article gives a body is to be believed.

    Names that are known to be another body's, single common words and abbreviations of other words are not: articles
    name the body above or beside in the same breath.
    """
    other, mine = title(alias), title(name)
    if other.own == mine.own or abbreviates(mine, other):
        return True
    if is_well_known(other.own):
        return mine.short is False and abbreviates(other, mine) and not whole_name(alias)
    if len(other.own) == 1 and not other.telling:
        return False
    return not other.short or is_latin(other.own[0]) or _has_initials(other.own[0], name)


def _has_initials(short: str, name: str) -> bool:
    """Tell whether the letters of an abbreviation begin words of a name, in their order, the first the first."""
    initials = iter("".join(plain(word)[0] for word in printed_words(name)))
    first = plain(printed_words(name)[0])[0] if printed_words(name) else ""
    return len(short) >= _LEAST_ABBREVIATION and short[0] == first and all(letter in initials for letter in short)
