"""One nominative for the mentions of one person: «Лейлы Шариф», «Лейлу Шариф» and «Лейла Шариф» are Лейла.

A name that no dictionary has may be read in either gender and in several cases; read together, the mentions of a text
leave one. Owns which mentions belong together and which reading explains them; `name` reads a single one.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

from extractors._persons.declension import CASES, GENDERS, nominative_form
from extractors._persons.parts import Word

_ENDING = re.compile(r"(?:[аеёиоуыэюяйь]+(?:м|ми|х)?)$")
_UNEXPLAINED = -3.0
_ENOUGH = 2

Scored = Callable[[Sequence[Word], str, str], float]


class Agreed(NamedTuple):
    """The gender and case in which a mention is read so that it agrees with the others."""

    gender: str
    case: str


class _Nominative(NamedTuple):
    gender: str
    parts: tuple[str, ...]


def agreed(names: Sequence[Sequence[Word]], score: Scored) -> dict[int, Agreed]:
    """Give, by index, how to read the full names that are printed in several forms; `score` judges one reading."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, words in enumerate(names):
        groups[tuple(_stem(w.text) for w in _declined(words))].append(i)
    found: dict[int, Agreed] = {}
    for key, group in groups.items():
        forms = {tuple(w.text.lower() for w in _declined(names[i])) for i in group}
        if len(key) >= _ENOUGH and len(forms) >= _ENOUGH:
            found |= _together({i: names[i] for i in group}, score)
    return found


def _declined(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.role in {"first", "patronymic", "last"}]


def _stem(word: str) -> str:
    return _ENDING.sub("", word.lower())


def _together(group: dict[int, Sequence[Word]], score: Scored) -> dict[int, Agreed]:
    """Choose the nominative under which the mentions score highest; give the reading of each that it explains."""
    readings = {i: _readings(words, score) for i, words in group.items()}
    candidates = sorted({nominative for options in readings.values() for nominative in options})
    best = max(
        candidates,
        key=lambda c: sum(options[c][0] if c in options else _UNEXPLAINED for options in readings.values()),
    )
    return {i: Agreed(best.gender, options[best][1]) for i, options in readings.items() if best in options}


def _readings(words: Sequence[Word], score: Scored) -> dict[_Nominative, tuple[float, str]]:
    """Give each nominative that a mention may stand for, with the best score and the case of it."""
    found: dict[_Nominative, tuple[float, str]] = {}
    for gender, case in product(GENDERS, CASES):
        forms = [nominative_form(word.text, gender, case) for word in _declined(words)]
        if all(form.score > 0 for form in forms):
            nominative = _Nominative(gender, tuple(form.nominative for form in forms))
            option = (score(words, gender, case), case)
            found[nominative] = max(option, found.get(nominative, option))
    return found
