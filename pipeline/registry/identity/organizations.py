"""Whether two profiles of organizations are of one.

The names are compared pair by pair and the best reading wins; then registry numbers, whose body it is, the legal form
and the kind speak. A name that any region may have for a body of its own needs to be told whose.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from extractors import OrganizationKind
from pipeline.naming import acronyms
from pipeline.registry.identity.comparison import Comparison, Outcome, different, same, undecided
from pipeline.registry.identity.profile import Profile
from pipeline.registry.identity.spelling import is_misprint
from pipeline.registry.identity.titles import Title, abbreviates, is_generic, title

_SURE_ABBREVIATION = 4  # letters
_LEAST_ABBREVIATION = 3
_JOINT_STOCK = frozenset({"АО", "ПАО", "ОАО", "ЗАО", "НАО"})
_VAGUE = frozenset({OrganizationKind.OTHER.value, None})


@dataclass(frozen=True, slots=True)
class Body:
    """An organization's profile, read: its names taken apart and the territory they and the article give it."""

    titles: tuple[Title, ...]
    territory: frozenset[str]
    shared: bool


@lru_cache(maxsize=1 << 17)
def read(profile: Profile) -> Body:
    """Read a profile's names; one that says another territory than the display name is not its own."""
    first, *others = map(title, profile.names)
    territory = frozenset({profile.region}) if profile.region else first.territory
    fitting = [t for t in others if not (t.territory and territory and t.territory.isdisjoint(territory))]
    said = territory or frozenset().union(*(t.territory for t in fitting))
    return Body(tuple(dict.fromkeys((first, *fitting))), said, shared=first.shared)


def compare_organizations(left: Profile, right: Profile) -> Comparison:
    """Compare two organizations; symmetric."""
    numbers = _numbers(left, right)
    if numbers is not None:
        return numbers
    one, two = read(left), read(right)
    best = max((_names(a, b) for a, b in product(one.titles, two.titles)), key=lambda c: c.score)
    if best.outcome is Outcome.DIFFERENT:
        return best
    return _placed(_formed(best, left, right), left, right)


def _numbers(left: Profile, right: Profile) -> Comparison | None:
    for name, one, two in (("inn", left.inn, right.inn), ("ogrn", left.ogrn, right.ogrn)):
        if one and two:
            return same(1.0, name) if one == two else different(name)
    return None


def _names(one: Title, two: Title) -> Comparison:
    """Compare two names, whose they are aside."""
    if one.numbers != two.numbers:
        return different("number")
    told = _own_names(one, two)
    return told if told.outcome is Outcome.DIFFERENT else _headed(told, one, two)


def _own_names(one: Title, two: Title) -> Comparison:
    if one.key == two.key:
        return same(0.97, "name")
    if abbreviates(one, two) or abbreviates(two, one):
        short = min(one.own, two.own, key=len)[0]
        if len(short) >= _SURE_ABBREVIATION:
            return same(0.9, "abbreviation")
        return undecided(0.5, "abbreviation") if len(short) >= _LEAST_ABBREVIATION else different("name")
    if _is_misspelt(one, two):
        return same(0.85, "misprint") if one.telling and two.telling else undecided(0.5, "misprint")
    return different("name")


def _is_misspelt(one: Title, two: Title) -> bool:
    """Tell names that differ in one letter of one word, or in spaces."""
    a, b = sorted(one.key.split()), sorted(two.key.split())
    if "".join(a) == "".join(b):
        return True
    apart = sorted(set(a) ^ set(b))
    return len(a) == len(b) and len(apart) == 2 and is_misprint(*apart)  # noqa: PLR2004 - a word and its misprint


def _headed(told: Comparison, one: Title, two: Title) -> Comparison:
    """Judge names that are alike by the words before them: «завод „Прогресс“» and «фонд „Прогресс“» are two."""
    if set(one.head) == set(two.head) or _stands_for(one, two) or _stands_for(two, one):
        return told
    specific = [tuple(word for word in t.head if not is_generic(word)) for t in (one, two)]
    if not any(specific):
        return told
    if all(specific):
        common = set(specific[0]) & set(specific[1])
        return undecided(0.5, *told.reasons, "head") if common and one.telling else different("head")
    if one.telling and two.telling:
        return Comparison(told.outcome, told.score - 0.05, (*told.reasons, "bare name"))
    return undecided(0.5, *told.reasons, "bare name")


def _stands_for(short: Title, full: Title) -> bool:
    """Tell whether a head is the abbreviation of another: «ГНЦ „Вектор“»."""
    return len(short.head) == 1 and short.head[0] in acronyms(full.head)


def _formed(told: Comparison, left: Profile, right: Profile) -> Comparison:
    """Judge by legal form and kind: of names that are common words, «ООО „Прогресс“» and «АО „Прогресс“» may be two."""
    forms = {left.legal_form, right.legal_form} - {None}
    kinds = {left.detail, right.detail} - _VAGUE
    other_form = len(forms) > 1 and not forms <= _JOINT_STOCK
    other_kind = len(kinds) > 1
    if not (other_form or other_kind) or told.outcome is not Outcome.SAME:
        return told
    reasons = (*told.reasons, *(["legal form"] if other_form else []), *(["kind of body"] if other_kind else []))
    if read(left).titles[0].telling and read(right).titles[0].telling:
        return same(told.score - 0.05, *reasons)
    return undecided(0.5, *reasons)


def _placed(told: Comparison, left: Profile, right: Profile) -> Comparison:
    """Judge by whose bodies they are."""
    one, two = read(left), read(right)
    if one.territory and two.territory:
        return _both_placed(told, one, two)
    if not (one.shared or two.shared):
        return told if one.territory == two.territory else _half_placed(told, one, two)
    return _by_setting(told, (one, left.setting), (two, right.setting))


def _both_placed(told: Comparison, one: Body, two: Body) -> Comparison:
    if one.territory & two.territory:
        return Comparison(told.outcome, min(1.0, told.score + 0.02), (*told.reasons, "same territory"))
    if one.shared or two.shared or not one.titles[0].telling:
        return different("territory")
    return undecided(0.5, *told.reasons, "other territory")


def _half_placed(told: Comparison, one: Body, two: Body) -> Comparison:
    """One says whose it is, the other does not: nothing for «Сбербанк», a question for «клуб „Прогресс“»."""
    if one.titles[0].telling and two.titles[0].telling:
        return told
    return undecided(0.5, *told.reasons, "territory unsaid")


def _by_setting(told: Comparison, left: tuple[Body, str | None], right: tuple[Body, str | None]) -> Comparison:
    """Take a body that is named without saying whose for that of the country or region where the article plays."""
    places = [body.territory or frozenset(filter(None, [setting])) for body, setting in (left, right)]
    if not all(places):
        return different("whose unsaid")
    if places[0] & places[1]:
        return Comparison(told.outcome, told.score - 0.1, (*told.reasons, "setting"))
    return different("setting")
