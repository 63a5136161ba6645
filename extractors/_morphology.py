"""Word forms by pymorphy3: parses, lemmas, and inflection that keeps the letter case of the original.

The only importer of pymorphy3. The analyser is built at first use, once a process.
"""

from functools import cache, lru_cache
from typing import Any
from unicodedata import name

import pymorphy3

_CASES = {
    "Nom": "nomn",
    "Gen": "gent",
    "Dat": "datv",
    "Acc": "accs",
    "Ins": "ablt",
    "Loc": "loct",
    "Par": "gen2",
    "Voc": "voct",
}
_NUMBERS = {"Sing": "sing", "Plur": "plur"}
_GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
_POS = {
    "NOUN": {"NOUN", "NPRO"},
    "PROPN": {"NOUN", "ADJF"},
    "ADJ": {"ADJF", "ADJS", "PRTF", "COMP"},
    "DET": {"ADJF", "NPRO"},
    "PRON": {"NPRO", "ADJF"},
    "VERB": {"VERB", "INFN", "PRTF", "PRTS", "GRND"},
    "AUX": {"VERB", "INFN"},
    "NUM": {"NUMR"},
    "ADV": {"ADVB", "COMP", "PRED"},
}
_BRANDS = frozenset({"Orgn", "Trad"})
_MOST_WORDS = 1 << 16
_UNKNOWN = "?"


@cache
def _analyzer() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=_MOST_WORDS)
def parses(word: str) -> tuple[Any, ...]:
    """Give pymorphy3's parses of a word, most likely first."""
    try:
        return tuple(_analyzer().parse(word))
    except ValueError:  # it asks for the Unicode name of each letter, and some letters have none
        return tuple(_analyzer().parse("".join(letter if name(letter, "") else _UNKNOWN for letter in word)))


@lru_cache(maxsize=_MOST_WORDS)
def best_parse(word: str, pos: str = "", feats: str = "") -> Any:
    """Pick the parse that agrees best with a Universal Dependencies part of speech and features (`Case=Gen|…`)."""
    wanted = _grammemes(feats)
    allowed = _POS.get(pos, set())

    def agreement(parse: Any) -> tuple[int, int, float]:
        return (parse.tag.POS in allowed, sum(g in parse.tag for g in wanted), parse.score)

    return max(parses(word), key=agreement)


def _grammemes(feats: str) -> list[str]:
    pairs = dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)
    tables = (("Case", _CASES), ("Number", _NUMBERS), ("Gender", _GENDERS))
    return [table[pairs[name]] for name, table in tables if pairs.get(name) in table]


def lemma(word: str, pos: str = "", feats: str = "") -> str:
    """Give the dictionary form, lower case.

    >>> lemma("кластеров", "NOUN", "Case=Gen|Number=Plur")
    'кластер'
    """
    parse = best_parse(word.lower(), pos, feats)
    if parse.tag.POS == "PRTF" and pos == "ADJ":
        parse = parse.inflect({"nomn", "sing", "masc"}) or parse
        return str(parse.word)
    return str(parse.normal_form)


@lru_cache(maxsize=_MOST_WORDS)
def is_common_word(word: str) -> bool:
    """Tell a word of the dictionary, names of places and persons among them, from a firm's own name.

    >>> is_common_word("прогресс"), is_common_word("самара"), is_common_word("атоммаш")
    (True, True, False)
    """
    found = parses(word.lower())
    return any(parse.is_known and not _BRANDS & set(parse.tag.grammemes) for parse in found)


def is_known_word(word: str) -> bool:
    """Tell a dictionary form that the dictionary has, proper names among them: no guess, and no other case.

    >>> is_known_word("Карина"), is_known_word("Карины"), is_known_word("Зкарина")
    (True, False, False)
    """
    word = word.lower()
    return any(
        parse.is_known and parse.normal_form.replace("ё", "е") == word.replace("ё", "е") for parse in parses(word)
    )
