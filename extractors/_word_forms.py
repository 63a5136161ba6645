"""What a single printed word may be: its readings by case, gender and number, each with its nominative.

Knows words, not phrases. Readings come from pymorphy3 and, for persons, from the table of surname endings: a
dictionary takes «Шнуровым» for an adjective and «Бузовой» for another.
"""

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any, NamedTuple

from extractors._lexicon import table
from extractors._morphology import parses

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_SAME_CASE = {"loc2": "loct", "gen2": "gent", "acc2": "accs", "gen1": "gent", "loc1": "loct"}
_NOMINAL = {"NOUN", "ADJF", "PRTF", "NUMR"}
_PERSONAL = ("Name", "Surn", "Patr")
_UNSPEAKABLE = re.compile("[аеёиоуыэюяьй]ь$|[^аеёиоуыэюя]й$")
_PROPER = (*_PERSONAL, "Geox", "Orgn")
_ORDINAL = {"masc": "й", "femn": "я", "neut": "е", "plur": "е"}
_ORDINAL_WORD = re.compile(r"(\d+)-(?:й|го|му|м|я|ю|е|х|ой|ая|ое|ый|ые|ых)")
_ABBREVIATION = re.compile(r"([А-ЯЁ]{2,}|[А-ЯЁ][а-яё]*[А-ЯЁ]+)(?P<ending>а|у|е|ом|ем)")
_ABBREVIATION_CASES = {"а": ("gent", "accs"), "у": ("datv",), "е": ("loct",), "ом": ("ablt",), "ем": ("ablt",)}
_HYPHENATED = re.compile(r"(.*[A-Za-z0-9]-)([а-яё]+)|([а-яё]+)(-\d+)", re.IGNORECASE)
_LEAST_STEM = 2
_LONGEST_ENDING = 5
_UNKNOWN_WEIGHT = 0.8
_UNDECLINED = 0.1
_GUESSED_PLURAL = 0.3
_MOST_WORDS = 1 << 15


class Reading(NamedTuple):
    """A word read in a case; `gender` is masc, femn, neut, plur, or empty where the form does not tell."""

    case: str
    gender: str
    nominative: str
    weight: float
    adjective: bool = False


@lru_cache(maxsize=_MOST_WORDS)
def readings(word: str, *, person: bool = False) -> tuple[Reading, ...]:
    """Give the readings of a word, nominatives in lower case; none where it does not decline.

    >>> readings("москве")[0].nominative
    'москва'
    """
    abbreviation = _ABBREVIATION.fullmatch(word)
    if abbreviation:
        cases = _ABBREVIATION_CASES[abbreviation["ending"]]
        return tuple(Reading(case, "masc", abbreviation.group(1).lower(), 1.0) for case in cases)
    word = word.lower()
    if word in _fixed_forms():
        return tuple(Reading(case, "", _fixed_forms()[word], 1.0) for case in CASES)
    ordinal = _ORDINAL_WORD.fullmatch(word)
    if ordinal:
        return _ordinal(ordinal.group(1))
    parted = _HYPHENATED.fullmatch(word)
    if parted:
        before, core, core_first, after = (part or "" for part in parted.groups())
        return tuple(r._replace(nominative=before + r.nominative + after) for r in readings(core or core_first))
    found = _compound(word) or [r for parse in parses(word) for r in _of_parse(parse, word, person=person)]
    return tuple(found + (_surname(word) if person else []))


def _compound(word: str) -> list[Reading]:
    """Read «школу-студию» part by part; a first part that stands in the nominative does not decline."""
    first, hyphen, second = word.partition("-")
    if not hyphen or "-" in second:
        return []
    seconds = readings(second)
    if not _known(second) or not _known(first):
        return []
    if first.endswith("о"):
        return [r._replace(nominative=f"{first}-{r.nominative}") for r in seconds]
    return [
        b._replace(nominative=f"{a.nominative}-{b.nominative}")
        for a in readings(first)
        for b in seconds
        if (a.case == b.case and (a.gender == "plur") == (b.gender == "plur")) or (a.case == "nomn" != b.case)
    ]


def _known(word: str) -> bool:
    return any(parse.is_known and parse.tag.POS in _NOMINAL | {"ADVB", "ADJS"} for parse in parses(word))


@cache
def _fixed_forms() -> dict[str, str]:
    """Give the forms that a dictionary misreads; a well-known name of one word is its own nominative."""
    names = [row["name"].lower() for row in table("known_organizations") if " " not in row["name"]]
    return dict(zip(names, names, strict=True)) | {row["form"]: row["nominative"] for row in table("fixed_forms")}


def _ordinal(number: str) -> tuple[Reading, ...]:
    return tuple(
        Reading(case, gender, f"{number}-{ending}", 1.0, adjective=True)
        for gender, ending in _ORDINAL.items()
        for case in CASES
    )


def _of_parse(parse: Any, word: str, *, person: bool) -> list[Reading]:
    tag = parse.tag
    if tag.POS not in _NOMINAL or not tag.case:
        return []
    case = _SAME_CASE.get(tag.case, str(tag.case))
    adjective = tag.POS in {"ADJF", "PRTF"}
    gender = "plur" if tag.number == "plur" else str(tag.gender or "")
    wanted = {"nomn"} if not adjective or gender == "plur" else {"nomn", gender}
    form = parse if "Fixd" in tag else _superlative(parse, wanted) or parse.inflect(wanted)
    if form is None or (not parse.is_known and form.word.endswith("ской") and form.word != parse.word):
        return []
    genders = ("masc", "femn") if "ms-f" in tag else (gender,)
    nominative = str(form.word) if parse.is_known else _without_yo(word, form.word)
    return [Reading(case, g, nominative, _weight(parse, person=person), adjective) for g in genders]


def _superlative(parse: Any, wanted: set[str]) -> Any:
    """Keep «высший» apart from «высочайший»: both are superlatives of one word."""
    if "Supr" not in parse.tag:
        return None
    forms = [form for form in parse.lexeme if wanted <= form.tag.grammemes and "Supr" in form.tag]
    return max(forms, key=lambda form: SequenceMatcher(None, form.word, parse.word).ratio(), default=None)


def _without_yo(word: str, nominative: str) -> str:
    """Guessed paradigms must not bring in a ё."""
    return nominative if "ё" in word else nominative.replace("ё", "е")


def _weight(parse: Any, *, person: bool) -> float:
    known = 1.0 if parse.is_known else _UNKNOWN_WEIGHT
    base = 0.5 + 0.5 * parse.score
    if person:
        personal = any(mark in parse.tag for mark in _PERSONAL)
        known *= 1.0 if personal else 0.6
    guessed_plural = not parse.is_known and parse.tag.number == "plur"
    return float(base * known) - _UNDECLINED * ("Fixd" in parse.tag) - _GUESSED_PLURAL * guessed_plural


@cache
def _endings() -> dict[str, list[Reading]]:
    endings: dict[str, list[Reading]] = {}
    for row in table("surname_endings"):
        reading = Reading(row["case"], row["gender"], row["nominative"], float(row["weight"]))
        endings.setdefault(row["ending"], []).append(reading)
    return endings


def _surname(word: str) -> list[Reading]:
    """Read a word as a surname by every listed ending it has."""
    found = [
        reading._replace(nominative=word[:-length] + reading.nominative)
        for length in range(1, min(_LONGEST_ENDING, len(word) - _LEAST_STEM) + 1)
        for reading in _endings().get(word[-length:], ())
    ]
    return [reading for reading in found if not _UNSPEAKABLE.search(reading.nominative)]


@lru_cache(maxsize=_MOST_WORDS)
def with_yo(word: str, case: str = "", *, proper: bool = False) -> str:
    """Write ё where the dictionary has it in the likeliest reading (in a case; as a proper name), lower case.

    >>> with_yo("соловьев")
    'соловьёв'
    """
    word = word.lower()
    known = [p for p in parses(word) if p.is_known and (not case or p.tag.case == case)]
    found = known[:1] if not proper else [p for p in known if any(mark in p.tag for mark in _PROPER)][:1]
    return str(found[0].word) if found else word
