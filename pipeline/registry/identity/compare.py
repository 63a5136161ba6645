"""Compare two profiles of any kind."""

from collections.abc import Callable
from types import MappingProxyType

from pipeline.registry.identity.comparison import Comparison, different
from pipeline.registry.identity.organizations import compare_organizations
from pipeline.registry.identity.others import compare_clusters, compare_events, compare_places
from pipeline.registry.identity.persons import compare_persons
from pipeline.registry.identity.profile import Profile
from pipeline.registry.kinds import EntityKind

_BY_KIND: MappingProxyType[EntityKind, Callable[[Profile, Profile], Comparison]] = MappingProxyType(
    {
        EntityKind.ORGANIZATION: compare_organizations,
        EntityKind.PERSON: compare_persons,
        EntityKind.PLACE: compare_places,
        EntityKind.EVENT: compare_events,
        EntityKind.CLUSTER: compare_clusters,
    }
)


def compare(left: Profile, right: Profile) -> Comparison:
    """Tell whether two profiles are of one entity. Symmetric, and a function of the two alone.

    Raises KeyError for kinds that have no identity of their own (posts, relations).
    """
    if left.kind is not right.kind:
        return different("kind")
    return _BY_KIND[left.kind](left, right)
