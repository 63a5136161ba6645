"""Names of bodies as words that can be compared: what counts in a name, its abbreviations, its commonest synonym.

Shared by the linker, which compares the names of one article, and the registry, which compares those of many. Knows
no records; the tables beside this module are its vocabulary.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from extractors import read_table

Words = tuple[str, ...]

_NOT_WORD = re.compile(r"[^\w+&.-]+")
_QUOTED = re.compile(r"[«\"“„](.+)[»\"”“]")
SMALL_WORDS = frozenset(
    {"и", "в", "во", "на", "по", "с", "со", "для", "при", "о", "об", "им", "имени", "г", "the", "of"}
)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of `{name}.tsv` as dicts by column name."""
    return read_table(files("pipeline.naming").joinpath(f"{name}.tsv"))


@cache
def synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give each common name with its other names."""
    return tuple((row["name"], tuple(row["synonyms"].split(" | "))) for row in table("synonyms"))


@cache
def _common() -> dict[Words, Words]:
    return {key(other): key(name) for name, others in synonyms() for other in others}


@cache
def _commonest() -> frozenset[Words]:
    return frozenset(key(name) for name, _ in synonyms())


def is_common_name(words: Words) -> bool:
    """Tell the key of a name to which synonyms lead: it is no abbreviation of anything else.

    >>> is_common_name(key("ЕС")), is_common_name(key("ЕСН"))
    (True, False)
    """
    return words in _commonest()


def common_name(words: Words) -> Words:
    """Give the key of the common name for the key of a synonym, any other key as it is.

    >>> common_name(key("Министерство обороны"))
    ('минобороны',)
    """
    return _common().get(words, words)


@cache
def _folds() -> dict[str, str]:
    """Words that stand for one another in names, or are dropped (empty)."""
    return {row["word"]: row["fold"] for row in table("folds")}


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(word for word in _folds() if " " in word)


def key(name: str) -> Words:
    """Give a name's words, folded: lower case, «ё» as «е», no quotes, no legal form, one word for «Россия».

    >>> key("ПАО «Магнит»"), key("Минпромторг РФ")
    (('магнит',), ('минпромторг', 'россии'))
    """
    folded = name.casefold().replace("ё", "е")
    for phrase in _phrases():
        folded = folded.replace(phrase, _folds()[phrase])
    words = [w.strip(".-") for w in _NOT_WORD.split(folded)]
    kept = tuple(fold for word in words if word and (fold := _folds().get(word, word)))
    return kept or tuple(word for word in words if word)


def quoted(name: str) -> Words | None:
    """Give the key of the outermost quoted part of a name, None where nothing is quoted."""
    match = _QUOTED.search(name)
    return key(match.group(1)) if match else None


@lru_cache(maxsize=1 << 12)
def acronyms(words: Words) -> frozenset[str]:
    """Give the abbreviations that a long name's initials make, with and without its last words.

    >>> sorted(acronyms(("фонд", "развития", "промышленности", "края")))
    ['фр', 'фрп', 'фрпк']
    """
    initials = [word[0] for word in words if word and word not in SMALL_WORDS]
    return frozenset("".join(initials[:n]) for n in range(2, len(initials) + 1))


def includes(longer: Words, shorter: Words) -> bool:
    """Tell whether a name begins with another and goes on.

    >>> includes(("фонд", "развития", "промышленности", "кубани"), ("фонд", "развития", "промышленности"))
    True
    """
    return len(shorter) < len(longer) and longer[: len(shorter)] == shorter
