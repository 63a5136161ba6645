"""The parts of persons' names as they are compared: spellings, case forms and misprints of one name.

Knows one part of a name (first name, patronymic, surname); who somebody is, is the business of `persons`.
"""

import re
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from extractors import is_known_word
from pipeline.registry.identity.spelling import is_misprint, plain, sound
from pipeline.registry.identity.tables import column, table

_FEMININE = (
    ("ова", "ов"),
    ("ева", "ев"),
    ("ёва", "ёв"),
    ("ина", "ин"),
    ("ына", "ын"),
    ("ская", "ский"),
    ("цкая", "цкий"),
)
_ENDINGS = re.compile(r"[аеиоуыэюя]+(?:м|ми|х)?$")
_SHORTEST_STEM = 2
_ALIKE = 0.7
_LONGEST = 60  # characters of a part that are read


class Part(NamedTuple):
    """A part of a name: as written, case and ё folded, and as it sounds. Empty where there is none."""

    written: str
    heard: str

    def __bool__(self) -> bool:
        return bool(self.written)

    @property
    def is_whole(self) -> bool:
        """Tell a name from an initial and from nothing."""
        return len(self.written) > 1

    @property
    def stem(self) -> str:
        """Give how it sounds without the ending of its case."""
        cut = _ENDINGS.sub("", self.heard)
        return cut if len(cut) >= _SHORTEST_STEM else self.heard

    def agrees(self, other: "Part") -> bool:
        """Tell whether two parts are one: equal, an initial of the other, or two forms of a name no dictionary has."""
        if not (self.is_whole and other.is_whole):
            return self.heard[:1] == other.heard[:1]
        return self.heard == other.heard or (self.stem == other.stem and not self._both_known(other))

    def is_of_other_gender(self, other: "Part") -> bool:
        """Tell «Зеленская» from «Зеленский», «Иванова» from «Иванов»."""
        return self.written != other.written and any(
            {self.written, other.written} == {word.written.removesuffix(f) + m, word.written}
            for word in (self, other)
            for f, m in _FEMININE
            if word.written.endswith(f)
        )

    def is_misprint_of(self, other: "Part") -> bool:
        """Tell whether one edit parts two names that are not both known ones."""
        return is_misprint(self.written, other.written)

    def excludes(self, other: "Part") -> bool:
        """Tell names that are two for sure: both in the dictionary, or not alike at all."""
        if not (self.is_whole and other.is_whole) or self.stem == other.stem:
            return False
        return self._both_known(other) or JaroWinkler.similarity(self.heard, other.heard) < _ALIKE

    def _both_known(self, other: "Part") -> bool:
        return is_known_word(self.written) and is_known_word(other.written)


def part(name: str | None) -> Part:
    """Read a surname or patronymic; an initial loses its dot.

    >>> part("В.").is_whole, part("Мэй").agrees(part("Мей"))
    (False, True)
    """
    written = plain((name or "")[:_LONGEST]).strip()
    written = written[:1] if written.endswith(".") else written
    return Part(written, sound(written).strip())


def first_part(name: str | None) -> Part:
    """Read a first name; variants in documents are one name.

    >>> first_part("Наталия").agrees(first_part("Наталья"))
    True
    """
    read = part(name)
    return part(_variants().get(read.written, read.written)) if read.is_whole else read


@cache
def _variants() -> dict[str, str]:
    return {plain(v): plain(row["name"]) for row in table("first_names") for v in row["variants"].split(" | ")}


@cache
def _common() -> tuple[frozenset[str], frozenset[str]]:
    firsts, surnames = column("common_first_names", "name"), column("common_surnames", "surname")
    return frozenset(map(plain, firsts)), frozenset(map(plain, surnames))


def is_common(first: Part, last: Part) -> bool:
    """Tell a name that many people bear: «Сергей Иванов», «С. Иванова», a lone «Иванов».

    >>> is_common(first_part("Ольга"), part("Иванова")), is_common(first_part("Ольга"), part("Лопатина"))
    (True, False)
    """
    firsts, surnames = _common()
    masculine = (last.written.removesuffix(f) + m for f, m in _FEMININE if last.written.endswith(f))
    return (not first.is_whole or first.written in firsts) and not surnames.isdisjoint({last.written, *masculine})
