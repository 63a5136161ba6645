"""The words of a person's name as printed, and what each is: first name, patronymic, surname, initial, particle.

Knows the order of Russian and of eastern names. How the words decline is the business of `declension`.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Span, Token

from extractors._lexicon import table
from extractors._persons.declension import is_first_name, tags

_WORD = re.compile(r"[^\W\d_]+(?:[-'’`][^\W\d_]+)*\.?")
_NUMERAL = re.compile(r"[IVX]+$")
_INITIAL = re.compile(r"(?:[A-ZА-ЯЁ]\.?|(?:Дж|Ю[а-я]|Ж[а-я]|Я[а-я]|[A-Z][a-z])\.)$")
_UD_CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
_UD_GENDERS = {"Masc": "masc", "Fem": "femn"}
_SURNAME = re.compile(r"(?:ов|ев|ёв|ин|ын|ский|цкий|ян|ко|швили|дзе|ич|ук|юк)(?:[аыуе]|ой|ым|ого|ому)?$")
_FULL = 2


class Word(NamedTuple):
    """A word of a name with the case and gender that the tagger gives it, and its role.

    Roles: first, patronymic, last, given (of an eastern name), middle, initial, particle, numeral.
    """

    text: str
    case: str | None
    gender: str | None
    role: str = ""


@cache
def _eastern() -> frozenset[str]:
    return frozenset(row["surname"] for row in table("eastern_surnames"))


def is_eastern(word: str) -> bool:
    """Tell a surname that stands first in Chinese, Korean or Vietnamese names."""
    return word in _eastern()


@cache
def particles() -> dict[str, str]:
    """Lower-case words within names («фон», «оглы») and where they may stand."""
    return {row["particle"]: row["place"] for row in table("name_particles")}


def name_words(span: Span) -> list[Word]:
    """Cut a span into words with their roles."""
    plain = [_word(match.group(), _token_at(span, match.start())) for match in _WORD.finditer(span.text)]
    return [word._replace(role=role) for word, role in zip(plain, roles([w.text for w in plain]), strict=True)]


def _word(printed: str, token: Token | None) -> Word:
    text = printed if _INITIAL.match(printed) else printed.rstrip(".")
    if token is None:
        return Word(text, None, None)
    case, gender = "".join(token.morph.get("Case", [])), "".join(token.morph.get("Gender", []))
    return Word(text, _UD_CASES.get(case), _UD_GENDERS.get(gender))


def _token_at(span: Span, offset: int) -> Token | None:
    start = span.start_char + offset
    return next((token for token in span if token.idx <= start < token.idx + len(token)), None)


def roles(words: Sequence[str]) -> list[str]:
    """Say what each word of a name is.

    >>> roles(["Быстров", "Пётр", "Ильич"])
    ['last', 'first', 'patronymic']
    """
    found = [_closed_role(w) if len(words) > 1 else "" for w in words]
    if len(words) == _FULL and words[0] in _eastern() and not words[1].endswith("."):
        found[1] = ""  # «Ван И» is no initial
    full = [i for i, role in enumerate(found) if not role]
    for i, role in zip(full, _full_roles([words[i] for i in full], initials="initial" in found), strict=True):
        found[i] = role
    return found


def _closed_role(word: str) -> str:
    if _NUMERAL.match(word):
        return "numeral"
    return "initial" if _INITIAL.match(word) else "particle" if word in particles() else ""


def _full_roles(words: list[str], *, initials: bool) -> list[str]:
    if len(words) <= 1:
        return [_only_role(words[0], initials=initials)] if words else []
    patronymic = next((i for i, w in enumerate(words) if i and _is_patronymic(w, words)), None)
    if patronymic is not None:
        return [
            "patronymic" if i == patronymic else "first" if i == patronymic - 1 else "last" for i in range(len(words))
        ]
    if _is_eastern(words):
        return ["last", *["given"] * (len(words) - 1)]
    if len(words) == _FULL and _is_surname_first(*words):
        return ["last", "first"]
    return ["first", *["middle"] * (len(words) - 2), "last"]


def _only_role(word: str, *, initials: bool) -> str:
    known = tags(word)
    if initials or "Surn" in known or _SURNAME.search(word):
        return "last"
    return "first" if "Name" in known else "patronymic" if "Patr" in known else "last"


def _is_patronymic(word: str, words: list[str]) -> bool:
    known = tags(word)
    if "Patr" not in known:
        return False
    return "Surn" not in known or len(words) > _FULL


def _is_eastern(words: list[str]) -> bool:
    return words[0] in _eastern() and not any(_SURNAME.search(w) or "Surn" in tags(w) for w in words[1:])


def _is_surname_first(one: str, two: str) -> bool:
    """Tell «Быстров Роман»: a word that may be a surname and is no first name, before one that is."""
    surname = "Surn" in tags(one) or bool(_SURNAME.search(one))
    return surname and not is_first_name(one) and is_first_name(two) and not _SURNAME.search(two)
