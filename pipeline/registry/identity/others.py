"""Whether two profiles of places, events or clusters are of one."""

from itertools import product

from pipeline.registry.identity.comparison import Comparison, different, same, undecided
from pipeline.registry.identity.profile import Profile
from pipeline.registry.identity.spelling import plain
from pipeline.registry.identity.titles import abbreviates, title

_CLUSTER = "кластер"


def compare_places(left: Profile, right: Profile) -> Comparison:
    """Compare two places: official names are unique within a region and a kind."""
    if plain(left.name) != plain(right.name):
        return different("name")
    if left.detail != right.detail:
        return undecided(0.5, "name", "kind of place")
    if left.region == right.region:
        return same(0.97, "name", "region")
    if left.region and right.region:
        return different("territory")
    return undecided(0.5, "name", "region unknown")


def compare_events(left: Profile, right: Profile) -> Comparison:
    """Compare two events: the forum of another year is another event."""
    names = list(product(map(title, left.names), map(title, right.names)))
    if not any(a.key == b.key or abbreviates(a, b) or abbreviates(b, a) for a, b in names):
        return different("name")
    if left.year and right.year:
        return same(0.95, "name", "year") if left.year == right.year else different("year")
    if left.year == right.year:
        return same(0.8, "name")
    return undecided(0.5, "name", "year unknown")


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
