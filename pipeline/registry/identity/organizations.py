"""Whether two profiles of organizations are of one.

The names are compared pair by pair and the best reading wins; then registry numbers, the legal form and the kind
speak, and whose body it is (`whereabouts`).
"""

from functools import lru_cache
from itertools import product

from extractors import OrganizationKind
from pipeline.naming import acronyms
from pipeline.registry.identity.bodies import read
from pipeline.registry.identity.comparison import Comparison, Outcome, different, same, undecided
from pipeline.registry.identity.profile import Profile
from pipeline.registry.identity.spelling import is_case_form, is_misprint, is_slip
from pipeline.registry.identity.titles import Title, abbreviates
from pipeline.registry.identity.vocabulary import is_brand, is_generic
from pipeline.registry.identity.whereabouts import placed

_SURE_ABBREVIATION = 4  # letters
_LEAST_ABBREVIATION = 3
_JOINT_STOCK = frozenset({"АО", "ПАО", "ОАО", "ЗАО", "НАО"})
_VAGUE = frozenset({OrganizationKind.OTHER.value, None})


def compare_organizations(left: Profile, right: Profile) -> Comparison:
    """Compare two organizations; symmetric."""
    numbers = _numbers(left, right)
    if numbers is not None:
        return numbers
    best = max((_names(a, b) for a, b in product(read(left).titles, read(right).titles)), key=lambda c: c.score)
    if best.outcome is Outcome.DIFFERENT:
        return best
    return placed(_formed(best, left, right), left, right)


def _numbers(left: Profile, right: Profile) -> Comparison | None:
    for name, one, two in (("inn", left.inn, right.inn), ("ogrn", left.ogrn, right.ogrn)):
        if one and two:
            return same(1.0, name) if one == two else different(name)
    return None


@lru_cache(maxsize=1 << 15)
def _names(one: Title, two: Title) -> Comparison:
    """Compare two names, whose they are aside."""
    if one.numbers != two.numbers:
        return different("other number")
    told = _own_names(one, two)
    return told if told.outcome is Outcome.DIFFERENT else _headed(told, one, two)


def _own_names(one: Title, two: Title) -> Comparison:
    if one.key == two.key:
        return same(0.97, "name") if one.key.strip() else different("no name")
    if abbreviates(one, two) or abbreviates(two, one):
        return _abbreviated(min(one.own, two.own, key=len)[0])
    return _misspelt(one, two) or different("name")


def _abbreviated(short: str) -> Comparison:
    """Judge an abbreviation that has the initials of a name: three letters may be anybody's."""
    if len(short) >= _SURE_ABBREVIATION:
        return same(0.8, "abbreviation")
    return undecided(0.5, "abbreviation") if len(short) >= _LEAST_ABBREVIATION else different("name")


def _misspelt(one: Title, two: Title) -> Comparison | None:
    """Judge names that differ in one letter of one word, or in spaces."""
    if one.key.replace(" ", "") == two.key.replace(" ", ""):
        return same(0.9, "spaces")
    apart = sorted(set(one.own) ^ set(two.own))
    if len(one.own) != len(two.own) or len(apart) != 2 or not all(map(is_brand, apart)):  # noqa: PLR2004 - the two
        return None
    if one.telling and two.telling and is_slip(*apart):
        return same(0.85, "misprint")
    if one.telling and two.telling and is_case_form(*apart):
        return same(0.8, "form of the word")
    return undecided(0.5, "misprint") if is_misprint(*apart) else None


def _headed(told: Comparison, one: Title, two: Title) -> Comparison:
    """Judge names that are alike by the words before them: «завод „Прогресс“» and «фонд „Прогресс“» are two."""
    if set(one.head) == set(two.head) or _stands_for(one, two) or _stands_for(two, one):
        return told
    specific = [{word for word in t.head if not is_generic(word)} for t in (one, two)]
    if not any(specific):
        return told
    if all(specific):
        common = specific[0] & specific[1]
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
    if all(read(profile).titles[0].telling for profile in (left, right)):
        return same(told.score - 0.05, *reasons)
    return undecided(0.5, *reasons)
