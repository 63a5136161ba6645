"""The nominative of one word of a person's name, for a given case and gender.

Owns how Russian names decline, by the dictionary where it knows the word and by the endings of
`lexicon/name_declension.tsv` where it does not. Knows nothing of the words around; which case and gender to ask for is
the business of `extractors._persons.name`.
"""

from functools import cache, lru_cache
from typing import Any, NamedTuple

from extractors._lexicon import table
from extractors._morphology import parses

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
GENDERS = ("masc", "femn")
_NAME_TAGS = frozenset({"Name", "Surn", "Patr"})
_IN_DICTIONARY = 3.0
_FIXED = 0.6
_IMPOSSIBLE = -4.0
_SHORT = 3
_CLEAR = 2.0
_VOWELS = frozenset("аеёиоуыэюя")
_MOST_WORDS = 1 << 14


class Form(NamedTuple):
    """A nominative, lower case, and how well it accounts for the printed word (higher is better)."""

    nominative: str
    score: float


class _Ending(NamedTuple):
    printed: str
    nominative: str
    weight: float


@cache
def _endings() -> dict[tuple[str, str], tuple[_Ending, ...]]:
    found: dict[tuple[str, str], list[_Ending]] = {}
    for row in table("name_declension"):
        for case in CASES:
            ending = _Ending(row[case], row["nomn"], float(row["weight"]))
            found.setdefault((row["gender"], case), []).append(ending)
    return {key: tuple(sorted(rows, key=lambda e: -len(e.printed))) for key, rows in found.items()}


def tags(word: str) -> frozenset[str]:
    """Say which of Name, Surn, Patr the dictionary gives a word.

    >>> sorted(tags("Викторовна"))
    ['Patr']
    """
    return frozenset(tag for parse in parses(word.lower()) for tag in _NAME_TAGS if tag in parse.tag)


def is_first_name(word: str) -> bool:
    """Tell whether the dictionary itself, not a guess by the ending, has a word as a first name."""
    return any("Name" in parse.tag and parse.is_known for parse in parses(word.lower()))


@lru_cache(maxsize=_MOST_WORDS)
def nominative_form(word: str, gender: str, case: str) -> Form:
    """Read a printed word as a name in this case and gender and give its nominative, lower case.

    >>> nominative_form("Быстровой", "femn", "gent").nominative
    'быстрова'
    >>> nominative_form("Быстрова", "masc", "gent").nominative
    'быстров'
    """
    if "-" in word:
        return _hyphenated(word, gender, case)
    known, fitting = _known(word.lower(), gender, case), _fitting(word.lower(), gender, case)
    best = max(*known, *fitting, _fixed(word.lower(), gender), key=lambda form: form.score)
    return best._replace(nominative=_like(best.nominative, word.lower()))


def _known(word: str, gender: str, case: str) -> list[Form]:
    """Read it by the dictionary: readings as a name with this case and gender."""
    forms = []
    for parse in parses(word):
        if _NAME_TAGS & set(parse.tag.grammemes) and case in parse.tag and "plur" not in parse.tag:
            if parse.tag.gender not in {gender, "ms-f", None}:
                continue
            sure = parse.is_known and not {"Fixd", "Name"} <= set(parse.tag.grammemes)
            bonus = _IN_DICTIONARY if sure else _IN_DICTIONARY / 2
            forms.append(Form(_base(parse, gender), bonus + float(parse.score)))
    return forms


def _base(parse: Any, gender: str) -> str:
    inflected = parse.inflect({"nomn", "sing", gender}) or parse.inflect({"nomn", "sing"}) or parse
    return str(inflected.word)


def _fitting(word: str, gender: str, case: str) -> list[Form]:
    """Read it by the table of endings."""
    forms = [Form("", -10.0), Form("", -10.0)]
    for ending in _endings()[gender, case]:
        stem = word[: len(word) - len(ending.printed)]
        if stem and word.endswith(ending.printed):
            forms.append(Form(stem + ending.nominative, ending.weight))
    return forms


def _fixed(word: str, gender: str) -> Form:
    """Give the word as it stands: right for names in -о, -ых, maybe in -е, -и, -у, and for women's in a consonant."""
    end = word[-1:]
    if word.endswith(("ого", "его")):
        return Form(word, _FIXED)
    if end in {"о", "э"} or end.isascii() or word.endswith(("ых", "их")):
        return Form(word, 2.5)
    if gender == "femn" and end not in _VOWELS:
        return Form(word, 1.2 if end == "й" else 2.0)
    if end in "еиуюё":
        return Form(word, 1.3)
    return Form(word, _FIXED if end in _VOWELS and word[-2:-1] in _VOWELS else _IMPOSSIBLE)


def _hyphenated(word: str, gender: str, case: str) -> Form:
    """Decline the last part, and the first parts where they show the case too."""
    *heads, last = word.split("-")
    tail = nominative_form(last, gender, case) if last else Form("", _IMPOSSIBLE)
    parts = []
    for head in heads:
        form = nominative_form(head, gender, case)
        declined = len(head) > _SHORT and case != "nomn" and form.score >= _CLEAR
        parts.append(form.nominative if declined else head.lower())
    return Form("-".join([*parts, tail.nominative]), tail.score)


def _like(nominative: str, printed: str) -> str:
    """Keep the е of the print where the dictionary writes ё."""
    if "ё" in printed:
        return nominative
    length = min(len(nominative), len(printed))
    head = "".join("е" if n == "ё" and p == "е" else n for n, p in zip(nominative, printed, strict=False))
    return head + nominative[length:]
