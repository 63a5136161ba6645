"""Whether two profiles of places, events or clusters are of one."""

from itertools import product

from extractors import PlaceKind
from pipeline.registry.identity.comparison import Comparison, Outcome, different, same, undecided
from pipeline.registry.identity.profile import Profile
from pipeline.registry.identity.spelling import plain
from pipeline.registry.identity.titles import Title, abbreviates, title
from pipeline.registry.identity.whereabouts import SLIGHT, slightly

_CLUSTER = "кластер"
_OTHER = PlaceKind.OTHER.value
_YEAR = 4  # digits
_SURE_ABBREVIATION = 4  # letters


def compare_places(left: Profile, right: Profile) -> Comparison:
    """Compare two places: official names are unique within a region and a kind."""
    if plain(left.name) != plain(right.name):
        return different("name")
    if left.region and right.region and left.region != right.region:
        return different("territory")
    if left.detail != right.detail and _OTHER not in {left.detail, right.detail}:
        return undecided(0.5, "name", "kind of place")
    if left.region != right.region:
        return undecided(0.5, "name", "region unknown")
    return same(0.97, "name", "region") if left.detail == right.detail else same(SLIGHT, "name", "kind of place")


def compare_events(left: Profile, right: Profile) -> Comparison:
    """Compare two events: the forum of another year is another event, and so is the cup of another country."""
    told = max((_events(a, b) for a, b in product(_titles(left), _titles(right))), key=lambda c: c.score)
    if told.outcome is Outcome.DIFFERENT:
        return told
    if left.year and right.year:
        return told if left.year == right.year else different("year")
    return slightly(told, "year unsaid") if left.year == right.year else undecided(0.5, *told.reasons, "year unsaid")


def _titles(profile: Profile) -> list[Title]:
    return [title(name) for name in profile.names]


def _events(one: Title, two: Title) -> Comparison:
    years = {number for t in (one, two) for number in t.numbers if len(number) == _YEAR and number.isdecimal()}
    if one.numbers - years != two.numbers - years:
        return different("name")
    if one.key == two.key:
        return same(0.95, "name") if one.territory == two.territory else different("whose")
    if abbreviates(one, two) or abbreviates(two, one):
        sure = len(min(one.own, two.own, key=len)[0]) >= _SURE_ABBREVIATION
        return same(SLIGHT, "abbreviation") if sure else undecided(0.5, "abbreviation")
    return different("name")


def compare_clusters(left: Profile, right: Profile) -> Comparison:
    """Compare two clusters by their own name and region; the article's own region may have been taken for theirs."""
    pairs = product(map(title, left.names), map(title, right.names))
    alike = [a.telling and b.telling for a, b in pairs if own_name(a.key) == own_name(b.key)]
    if not alike:
        return different("name")
    if left.detail != right.detail and not any(alike):
        return different("kind of cluster")
    if left.region and left.region == right.region:
        return same(0.95, "name", "region")
    if left.region and right.region:
        return undecided(0.5, "name", "other region") if any(alike) else different("territory")
    return same(0.85, "name") if any(alike) else undecided(0.5, "name", "region unknown")


def own_name(key: str) -> str:
    """Leave out «кластер», which some articles put within the quotes."""
    return " ".join(word for word in key.split() if word != _CLUSTER) or key
