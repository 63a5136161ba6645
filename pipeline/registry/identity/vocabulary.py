"""What the words of organizations' names are: heads, brands, abbreviations, known names, bodies of many places.

Knows words and the tables; how a name is taken apart is the business of `titles`.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from extractors import is_common_word, lemma, read_table
from pipeline.naming import SMALL_WORDS, synonyms
from pipeline.registry.identity.spelling import is_latin, plain
from pipeline.registry.identity.tables import column, legal_forms, table

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:[-.&'’+][^\W_]+)*\+?")
_ABBREVIATION = re.compile(r"[А-ЯЁA-Z]{2,}[\d-]*(?:-[А-ЯЁA-Z\d]+)*")
_OF_POWER = frozenset({"government", "court_law_enforcement"})
_ADJECTIVES = ("ый", "ий", "ой")
_LONGEST = 400  # characters of a name that are read
_MOST = 1 << 15


def printed_words(text: str) -> list[str]:
    """Give the words of a text as printed, legal forms aside; foreign forms stand behind the name.

    >>> printed_words("ПАО «Бериллон»"), printed_words("Beryllon B.V.")
    (['Бериллон'], ['Beryllon'])
    """
    words = [word for word in _WORD.findall(text[:_LONGEST]) if word not in legal_forms()]
    while len(words) > 1 and words[-1].replace(".", "").casefold() in column("foreign_forms", "form"):
        words.pop()
    return words


def name_words(text: str) -> Words:
    """Give the words of a text as lemmas in their order, small words and legal forms aside."""
    return lemmas(printed_words(text))


def lemmas(words: list[str]) -> Words:
    """Give the lemmas of printed words, small words aside."""
    return tuple(_lemma(word) for word in words if not is_small(word))


def is_small(word: str) -> bool:
    """Tell a preposition, a conjunction, a letter."""
    return plain(word) in SMALL_WORDS or (len(word) == 1 and not word.isdigit())


def is_abbreviation(word: str) -> bool:
    """Tell a printed word in capitals."""
    return bool(_ABBREVIATION.fullmatch(word))


def is_number(word: str) -> bool:
    """Tell a word with a digit."""
    return any(map(str.isdigit, word))


@lru_cache(maxsize=_MOST)
def _lemma(word: str) -> str:
    """Give the dictionary form of a common word; names and abbreviations stay as they are, being nominative."""
    folded = plain(word)
    if is_abbreviation(word) or is_latin(folded) or not is_common_word(folded):
        return folded
    return plain(lemma(folded))


def is_brand(word: str) -> bool:
    """Tell a word that hardly two bodies have in their names: no dictionary knows it."""
    return not is_small(word) and not is_number(word) and not is_common_word(plain(word))


def common_words(words: Words) -> Words:
    """Give the commonest synonym of a name, as one word."""
    return _synonyms().get(words, words)


def whole_name(name: str) -> Words:
    """Give the common name of a whole name («Европейский союз» is no союз of Europe); nothing where it has none."""
    return _synonyms().get(name_words(name), ())


@cache
def _synonyms() -> dict[Words, Words]:
    return {name_words(other): (_joined(name),) for name, others in synonyms() for other in (name, *others)}


def _joined(name: str) -> str:
    return plain(name).replace(" ", "_")


@cache
def _unique() -> frozenset[str]:
    return frozenset(_joined(name) for name, _ in synonyms())


def is_unique(own: Words) -> bool:
    """Tell a federal or international body of the table of synonyms, of which there is one."""
    return len(own) == 1 and own[0] in _unique() and not is_shared(own)


@cache
def _well_known() -> frozenset[Words]:
    rows = read_table(files("extractors").joinpath("lexicon", "known_organizations.tsv"))
    return frozenset(common_words(name_words(row["name"])) for row in rows)


def is_well_known(own: Words) -> bool:
    """Tell a name by which news call one body."""
    return own in _well_known() or (len(own) == 1 and own[0] in _unique())


@cache
def _shared() -> tuple[frozenset[frozenset[str]], tuple[str, ...]]:
    rows = table("shared_bodies")
    whole = frozenset(frozenset(common_words(name_words(row["body"]))) for row in rows if row["prefix"] == "no")
    return whole, tuple(row["body"] for row in rows if row["prefix"] == "yes")


@lru_cache(maxsize=_MOST)
def is_shared(words: Words) -> bool:
    """Tell a name that bodies of many places have: «Минздрав», «управление МЧС», «администрация города»."""
    whole, prefixes = _shared()
    first = words[0]
    if frozenset(words) in whole or (first.startswith(prefixes) and not is_common_word(first)):
        return True
    if len(words) == 1 and is_well_known(words) and first not in unit_heads():
        return False
    return any(word in unit_heads() or word in referring() for word in words)


@cache
def unit_heads() -> frozenset[str]:
    """Give the nouns that head names of bodies of power and of parts of bodies."""
    rows = read_table(files("extractors").joinpath("lexicon", "organization_heads.tsv"))
    return column("unit_heads", "noun") | frozenset(plain(row["head"]) for row in rows if row["kind"] in _OF_POWER)


@cache
def referring() -> dict[str, bool]:
    """Give the words that point at a place named elsewhere, and whether each is part of the name all the same."""
    return {row["word"]: row["part"] == "yes" for row in table("referring_words")}


@cache
def _heads_before_names() -> frozenset[str]:
    return column("generic_heads", "word") | {"банк", "завод", "фонд", "университет", "институт", "центр"}


def heads(word: str) -> bool:
    """Tell a word that may stand before a name without quotes: «авиакомпания Победа»."""
    return lemma(plain(word)) in _heads_before_names()


def is_generic(word: str) -> bool:
    """Tell a head word that says only what sort of firm or paper it is, and any adjective before such a word."""
    return word in column("generic_heads", "word") or word.endswith(_ADJECTIVES)
