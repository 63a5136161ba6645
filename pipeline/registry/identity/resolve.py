"""Resolve profiles in memory: block, compare, cluster; what the registry does over its tables."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from pipeline.registry.identity.cluster import Clustering, Edge, Known, Verdict, cluster
from pipeline.registry.identity.compare import compare
from pipeline.registry.identity.comparison import Bond, Comparison, resolved
from pipeline.registry.identity.facets import facets
from pipeline.registry.identity.keys import block_keys
from pipeline.registry.identity.profile import Profile, profile_id
from pipeline.registry.identity.titles import name_key, title
from pipeline.registry.kinds import EntityKind


def resolve(profiles: Iterable[Profile], verdicts: Iterable[Verdict] = ()) -> Clustering:
    """Cluster profiles by their ids: organizations first, by which persons' bodies are then told to be one.

    A profile given several times, by several articles, weighs as much.
    """
    weights: Counter[str] = Counter()
    by_id: dict[str, Profile] = {}
    for profile in profiles:
        by_id[one := profile_id(profile)] = profile
        weights[one] += 1
    told = list(verdicts)
    persons = {one: profile for one, profile in by_id.items() if profile.kind is EntityKind.PERSON}
    others = {one: profile for one, profile in by_id.items() if one not in persons}
    first = _clustered(others, told, weights, lambda key: key)
    second = _clustered(persons, told, weights, canonical_bodies(others, first.components))
    return Clustering(
        tuple(sorted((*first.components, *second.components))),
        (*first.undecided, *second.undecided),
        (*first.contradictions, *second.contradictions),
    )


def _clustered(
    profiles: Mapping[str, Profile],
    verdicts: list[Verdict],
    weights: Mapping[str, int],
    canonical: Callable[[str], str],
) -> Clustering:
    mine = [verdict for verdict in verdicts if verdict.left in profiles and verdict.right in profiles]
    edges = (edge_of(left, right, resolved(told, canonical)) for left, right, told in compared(profiles))
    known = Known({one: facets(profile) for one, profile in profiles.items()}, weights)
    return cluster(profiles, filter(None, edges), mine, known)


def edge_of(left: str, right: str, told: Comparison) -> Edge | None:
    """Make an edge of what a comparison came to; None for profiles that merely have nothing in common."""
    return None if told.bond is Bond.NONE else Edge(left, right, told.score, told.bond)


def compared(profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str, Comparison]]:
    """Compare every pair that shares a block key, each once, `left < right`."""
    blocks = defaultdict(list)
    for one in sorted(profiles):
        for key in block_keys(profiles[one]):
            blocks[key].append(one)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        for pair in combinations(blocks[key], 2):
            if pair not in seen:
                seen.add(pair)
                yield (*pair, compare(profiles[pair[0]], profiles[pair[1]]))


def canonical_bodies(profiles: Mapping[str, Profile], components: Iterable[tuple[str, ...]]) -> Callable[[str], str]:
    """Give what tells the component of an organization by its name key; a key of several stays as it is."""
    owners: dict[str, set[str]] = defaultdict(set)
    for component in components:
        for one in component:
            for key in body_keys(profiles[one]):
                owners[key].add(component[0])
    sole = {key: next(iter(found)) for key, found in owners.items() if len(found) == 1}
    return lambda key: sole.get(key, key)


def body_keys(profile: Profile) -> frozenset[str]:
    """Give the name keys by which persons' posts may name an organization; none that say not whose body it is."""
    if profile.kind is not EntityKind.ORGANIZATION:
        return frozenset()
    titles = {name: title(name) for name in profile.names}
    return frozenset(
        name_key(name, profile.region) for name, t in titles.items() if profile.region or t.territory or not t.shared
    )
