"""Whether two profiles of persons are of one.

A full name with a patronymic says much, a first name and a surname less, a surname alone nothing without a post or
company. Equal names in other organizations stay apart until it turns out that the organizations are one.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from extractors import place_named
from pipeline.registry.identity.comparison import Comparison, Outcome, different, same, undecided
from pipeline.registry.identity.name_parts import Part, first_part, is_common, part
from pipeline.registry.identity.profile import Body, Profile
from pipeline.registry.identity.titles import name_key, title

_ENOUGH_COMPANY = 2


@dataclass(frozen=True, slots=True)
class Who:
    """A person's profile, read: name parts as they sound, and the keys and territories of the bodies of the posts."""

    first: Part
    patronymic: Part
    last: Part
    common: bool
    bodies: frozenset[str]
    territories: frozenset[str]
    posts: frozenset[tuple[str, str]]

    @property
    def is_full(self) -> bool:
        """Tell a first name that is no initial, and a surname."""
        return self.last.is_whole and self.first.is_whole

    @property
    def is_placed(self) -> bool:
        """Tell whether it is known where the person holds a post."""
        return bool(self.bodies or self.territories)

    @property
    def key(self) -> str | None:
        """Give the key of a full name as a companion of others."""
        return f"{self.first.stem} {self.last.stem}" if self.is_full else None


@lru_cache(maxsize=1 << 17)
def who(profile: Profile) -> Who:
    """Read a profile. A post in a territory («губернатор», «министр» of a region) tells the territory, not the body."""
    held = [(body, name_key(body.name, body.region)) for body in profile.bodies if is_told(body)]
    first, last = first_part(profile.first), part(profile.last)
    return Who(
        first=first,
        patronymic=part(profile.patronymic),
        last=last,
        common=is_common(first, last),
        bodies=frozenset(key for body, key in held if place_named(body.name) is None),
        territories=frozenset().union(*(_territories(body) for body, _ in held)),
        posts=frozenset((position, key) for body, key in held for position in body.positions),
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
    for name, a, b in _parts(one, two):
        if not a.agrees(b) and not a.is_misprint_of(b):
            return different(name if name != "last" and a.excludes(b) else "name")
    return None


def _parts(one: Who, two: Who) -> list[tuple[str, Part, Part]]:
    """Give the parts that both have, with the name of each part."""
    parts = (
        ("last", one.last, two.last),
        ("first", one.first, two.first),
        ("patronymic", one.patronymic, two.patronymic),
    )
    return [(name, a, b) for name, a, b in parts if a and b]


def _full(one: Who, two: Who) -> Comparison:
    """Compare a first name and a surname with another's."""
    misprints = sum(not a.agrees(b) for _, a, b in _parts(one, two))
    if misprints > 1:
        return different("name")
    if misprints:
        return _misspelt(one, two)
    whole = one.patronymic.is_whole and two.patronymic.is_whole
    reasons = ("name", "patronymic equal") if whole else ("name",)
    sure = 0.98 if whole else 0.94
    if one.bodies & two.bodies or one.posts & two.posts:
        return same(sure, *reasons, "same body" if one.bodies & two.bodies else "same post")
    if not one.is_placed or not two.is_placed:
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
    if one.last and two.last and (one.bodies & two.bodies or one.posts & two.posts):
        return _by_post(one, two)
    return different("surname alone") if one.common or two.common else _by_company(left, right)


def _by_post(one: Who, two: Who) -> Comparison:
    """Judge a surname that is known in the same body or post: «директор Лопатин», but of several Ivanovs there."""
    if one.bodies & two.bodies and one.posts & two.posts:
        return same(0.88, "surname", "same post")
    common = one.common or two.common
    return undecided(0.6, "surname", "same body") if common else same(0.85, "surname", "same body")


def _by_company(left: tuple[Who, Profile], right: tuple[Who, Profile]) -> Comparison:
    """Judge a lone name by what its article tells that the other profile knows."""
    (one, mine), (two, others) = left, right
    companions = frozenset(mine.companions), frozenset(others.companions)
    if two.key in companions[0] or one.key in companions[1]:
        return same(0.78, "surname", "full name in the article")
    if _is_first_alone(one) != _is_first_alone(two):
        return different("first name alone")
    company = len(companions[0] & companions[1]) + len(companions[0] & two.bodies) + len(companions[1] & one.bodies)
    if company >= _ENOUGH_COMPANY:
        return same(0.75, "surname", "company")
    settings = {mine.setting}, {others.setting}
    if not settings[0].isdisjoint(two.territories) or not settings[1].isdisjoint(one.territories):
        return same(0.7, "surname", "setting")
    if company or (one.first and two.first and one.last and two.last):
        return undecided(0.5, "surname", "company" if company else "initial")
    return different("surname alone")


def _is_first_alone(one: Who) -> bool:
    return not one.last


def _agree_in_a_word(one: Who, two: Who) -> bool:
    """Tell whether the word that both have is one: the surname, or the one name that somebody is called by."""
    if one.last and two.last:
        whole = one.last.is_whole and two.last.is_whole
        return whole and one.last.agrees(two.last) and not one.last.is_of_other_gender(two.last)
    if not one.last and not two.last:
        return one.first.is_whole and one.first.agrees(two.first)
    alone, other = (one, two) if not one.last else (two, one)
    return alone.first.is_whole and any(p.is_whole and alone.first.agrees(p) for p in (other.first, other.last))
