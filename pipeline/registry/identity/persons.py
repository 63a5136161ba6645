"""Whether two profiles of persons are of one.

A full name with a patronymic says much, a first name and a surname less, a surname alone nothing without a post or
company. Equal names in other organizations stay apart until it turns out that the organizations are one.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import JaroWinkler

from extractors import is_known_word, place_named
from pipeline.registry.identity.comparison import Comparison, Outcome, different, same, undecided
from pipeline.registry.identity.profile import Body, Profile
from pipeline.registry.identity.spelling import is_misprint, plain, sound
from pipeline.registry.identity.tables import column, table
from pipeline.registry.identity.titles import title

_FEMININE = (
    ("ова", "ов"),
    ("ева", "ев"),
    ("ёва", "ёв"),
    ("ина", "ин"),
    ("ына", "ын"),
    ("ская", "ский"),
    ("цкая", "цкий"),
)
_ENOUGH_COMPANY = 2
_ENDINGS = re.compile(r"[аеиоуыэюя]+(?:м|ми|х)?$")
_SHORTEST_STEM = 2
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Who:
    """A person's profile, read: name parts as they sound, and the keys and territories of the bodies of the posts."""

    first: str
    patronymic: str
    last: str
    common: bool
    bodies: frozenset[str]
    territories: frozenset[str]
    posts: frozenset[tuple[str, str]]

    @property
    def is_full(self) -> bool:
        """Tell a first name that is no initial, and a surname."""
        return bool(self.last) and len(self.first) > 1

    @property
    def key(self) -> str | None:
        """Give the key of a full name as a companion of others."""
        return f"{stem(self.first)} {stem(self.last)}" if self.is_full else None


def name_key(name: str, region: str | None = None) -> str:
    """Give the key under which the name of an organization or territory is tested for being another's.

    >>> name_key("МИД ФРГ"), name_key("министерство иностранных дел Германии")
    ('мид|Германия', 'мид|Германия')
    """
    parts = title(name)
    return "|".join([parts.key, *sorted({region} if region else parts.territory)])


@lru_cache(maxsize=1 << 17)
def who(profile: Profile) -> Who:
    """Read a profile."""
    held = [(b, name_key(b.name, b.region)) for b in profile.bodies if is_told(b)]
    last, first = profile.last or "", _canonical(profile.first or "")
    return Who(
        first=_part(first),
        patronymic=_part(profile.patronymic or ""),
        last=sound(last).strip(),
        common=_is_common(last) and (plain(first) in _common_firsts() or len(_part(first)) <= 1),
        bodies=frozenset(key for _, key in held),
        territories=frozenset().union(*(_territories(b) for b, _ in held)),
        posts=frozenset((position, key) for b, key in held for position in b.positions),
    )


def is_told(body: Body) -> bool:
    """Tell whether a body's name says which body it is; «министерство» does not."""
    return body.region is not None or not title(body.name).shared or bool(title(body.name).territory)


def _territories(body: Body) -> frozenset[str]:
    """Give the territories that a body's name says, or is."""
    if body.region:
        return frozenset({body.region})
    place = place_named(body.name)
    return frozenset({place.name}) if place else title(body.name).territory


def _part(name: str) -> str:
    """Give how a first name or patronymic sounds; an initial is one letter."""
    return sound(name[:1]) if name.endswith(".") else sound(name).strip()


@cache
def _variants() -> dict[str, str]:
    return {plain(v): plain(row["name"]) for row in table("first_names") for v in row["variants"].split(" | ")}


def _canonical(first: str) -> str:
    return _variants().get(plain(first), first)


@cache
def _common_firsts() -> frozenset[str]:
    return frozenset(map(plain, column("common_first_names", "name")))


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(map(plain, column("common_surnames", "surname")))


def _is_common(last: str) -> bool:
    folded = plain(last)
    masculine = (folded.removesuffix(f) + m for f, m in _FEMININE if folded.endswith(f))
    return not _common_surnames().isdisjoint({folded, *masculine})


def compare_persons(left: Profile, right: Profile) -> Comparison:
    """Compare two persons; symmetric."""
    one, two = who(left), who(right)
    if one.is_full and two.is_full:
        return _clash(one, two) or _full(one, two)
    if one.last and two.last and _clash(one, two):
        return different("name")
    return _partial((one, left), (two, right))


def _clash(one: Who, two: Who) -> Comparison | None:
    """Tell names that cannot be one person's."""
    for part, a, b in _parts(one, two):
        if not _agree(a, b) and not is_misprint(a, b):
            return different(part if part != "last" and _is_other(a, b) else "name")
    return None


def _is_other(a: str, b: str) -> bool:
    """Tell names that are two for sure: both in the dictionary, or not alike at all."""
    if min(len(a), len(b)) == 1:
        return False
    return (is_known_word(a) and is_known_word(b)) or JaroWinkler.similarity(a, b) < _ALIKE


def _parts(one: Who, two: Who) -> list[tuple[str, str, str]]:
    """Give the parts that both have, with the name of each part."""
    parts = (
        ("last", one.last, two.last),
        ("first", one.first, two.first),
        ("patronymic", one.patronymic, two.patronymic),
    )
    return [(part, a, b) for part, a, b in parts if a and b]


def _agree(a: str, b: str) -> bool:
    """Tell whether two parts are one: equal, an initial of the other, or two forms of a name not in the dictionary."""
    if min(len(a), len(b)) == 1:
        return a[0] == b[0]
    return a == b or (stem(a) == stem(b) and not (is_known_word(a) and is_known_word(b)))


def stem(word: str) -> str:
    """Give a name without the ending of its case."""
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word


def _full(one: Who, two: Who) -> Comparison:
    """Compare a first name and a surname with another's."""
    misprints = sum(not _agree(a, b) for _, a, b in _parts(one, two))
    if misprints > 1:
        return different("name")
    if misprints:
        return _misspelt(one, two)
    whole = len(one.patronymic) > 1 and len(two.patronymic) > 1
    reasons = ("name", "patronymic equal") if whole else ("name",)
    sure = 0.98 if whole else 0.94
    if one.bodies & two.bodies:
        return same(sure, *reasons, "same body")
    if not one.bodies or not two.bodies:
        return undecided(0.6, *reasons, "common surname") if one.common and not whole else same(0.8, *reasons)
    if one.territories & two.territories and not one.common:
        return same(0.85, *reasons, "same territory")
    return Comparison(Outcome.SAME_IF_BODIES, 0.6, (*reasons, "other bodies"), _pairs(one, two))


def _pairs(one: Who, two: Who) -> tuple[tuple[str, str], ...]:
    return tuple(product(sorted(one.bodies), sorted(two.bodies)))


def _misspelt(one: Who, two: Who) -> Comparison:
    if one.bodies & two.bodies:
        return same(0.85, "misprint", "same body")
    if one.territories & two.territories and not one.common:
        return undecided(0.55, "misprint", "same territory")
    return undecided(0.5, "misprint")


def _partial(left: tuple[Who, Profile], right: tuple[Who, Profile]) -> Comparison:
    """Compare where one is a surname, an initial with it, or one name alone."""
    one, two = left[0], right[0]
    if not _agree_in_a_word(one, two):
        return different("name")
    if one.posts & two.posts:
        return same(0.88, "surname", "same post")
    common = one.common or two.common
    if one.bodies & two.bodies:
        return undecided(0.6, "surname", "same body") if common else same(0.85, "surname", "same body")
    if common:
        return different("surname alone")
    return _by_company(left, right)


def _by_company(left: tuple[Who, Profile], right: tuple[Who, Profile]) -> Comparison:
    """Judge a lone name by what its article tells that the other profile knows."""
    (one, mine), (two, others) = left, right
    companions = frozenset(mine.companions), frozenset(others.companions)
    if two.key in companions[0] or one.key in companions[1]:
        return same(0.8, "surname", "full name in the article")
    company = len(companions[0] & companions[1]) + len(companions[0] & two.bodies) + len(companions[1] & one.bodies)
    if company >= _ENOUGH_COMPANY:
        return same(0.75, "surname", "company")
    settings = {mine.setting}, {others.setting}
    if not settings[0].isdisjoint(two.territories) or not settings[1].isdisjoint(one.territories):
        return same(0.7, "surname", "setting")
    return undecided(0.5, "surname", "company") if company else different("surname alone")


def _agree_in_a_word(one: Who, two: Who) -> bool:
    if one.last and two.last:
        return _agree(one.last, two.last)
    if not one.last and not two.last:
        return len(one.first) > 1 and one.first == two.first
    alone, other = (one, two) if not one.last else (two, one)
    return alone.first in {other.first, other.last} and len(alone.first) > 1
