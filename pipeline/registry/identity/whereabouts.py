"""Whose body it is: two organizations of like names judged by the territories that they and their articles give.

A body that any region may have («министерство культуры») has to be told whose; a brand need not be.
"""

from pipeline.registry.identity.bodies import OrganizationRead, read
from pipeline.registry.identity.comparison import Comparison, Outcome, different, undecided
from pipeline.registry.identity.profile import Profile

_STATE = frozenset({"Россия"})
SLIGHT = 0.8
"""The score of what is told by little: it joins only where it fits one entity (`cluster.SURE` is above)."""


def placed(told: Comparison, left: Profile, right: Profile) -> Comparison:
    """Judge by whose bodies they are."""
    one, two = read(left), read(right)
    if one.territory and two.territory:
        return _both(told, one, two)
    if one.shared or two.shared or (one.vague and two.vague and not (left.inn or right.inn)):
        return _by_setting(told, left, right)
    return told if one.territory == two.territory else _half(told, one, two)


def _both(told: Comparison, one: OrganizationRead, two: OrganizationRead) -> Comparison:
    if one.territory & two.territory:
        return Comparison(told.outcome, min(1.0, told.score + 0.02), (*told.reasons, "same territory"))
    if one.shared or two.shared or one.unique or not (one.telling and two.telling):
        return different("territory")
    return undecided(0.5, *told.reasons, "other territory")


def _half(told: Comparison, one: OrganizationRead, two: OrganizationRead) -> Comparison:
    """One says whose it is, the other does not: nothing for «Сбербанк», a question for «клуб „Прогресс“»."""
    territory = one.territory or two.territory
    if one.unique or two.unique:
        return told if territory == _STATE else different("territory unsaid")
    if one.telling and two.telling:
        return told if territory == _STATE else slightly(told, "territory unsaid")
    return undecided(0.5, *told.reasons, "territory unsaid")


def _by_setting(told: Comparison, left: Profile, right: Profile) -> Comparison:
    """Take a body that is named without saying whose for that of the country or region where the article plays."""
    one, two = read(left), read(right)
    places = [body.territory or _setting(profile) for body, profile in ((one, left), (two, right))]
    if all(places):
        return slightly(told, "setting") if places[0] & places[1] else different("setting")
    shared = one.shared or two.shared
    if not shared and not set(left.companions).isdisjoint(right.companions):
        return slightly(told, "company")
    if not any(places) and one.specific and two.specific:
        return slightly(told, "whose unsaid")
    return different("whose unsaid") if shared else undecided(0.5, *told.reasons, "whose unsaid")


def _setting(profile: Profile) -> frozenset[str]:
    return frozenset({profile.setting}) if profile.setting else frozenset()


def slightly(told: Comparison, reason: str) -> Comparison:
    """Lower the score of what is the same to that of little evidence."""
    score = min(told.score, SLIGHT) if told.outcome is Outcome.SAME else told.score
    return Comparison(told.outcome, score, (*told.reasons, reason))
