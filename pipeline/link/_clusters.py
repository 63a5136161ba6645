"""One cluster for all its mentions: «пермский кластер «Фотоника»», later «Фотоника»."""

from extractors import ClusterKind, ClusterName, ClusterStatus
from pipeline.link._sighting import Sighting, grouped, printed
from pipeline.link._territory import Territory
from pipeline.naming import includes, key, quoted
from pipeline.record import Cluster

# What an article says most particularly of a cluster wins over what it says in passing.
_STATUS_ORDER = (
    ClusterStatus.IN_REGISTRY,
    ClusterStatus.BEING_CREATED,
    ClusterStatus.PLANNED,
    ClusterStatus.EXISTING,
)


def clusters(found: list[Sighting[ClusterName]], territory: Territory) -> tuple[Cluster, ...]:
    """Group the mentions of clusters by their quoted name, else by their words."""
    groups = grouped(found, _identities(found))
    return tuple(_cluster(number, group, territory) for number, group in enumerate(groups, 1))


def _identities(found: list[Sighting[ClusterName]]) -> list[tuple[str, ...]]:
    """Give each mention the key of its cluster; a shorter name joins the one longer name that begins with it."""
    keys = [quoted(sighting.value.name) or key(sighting.value.name) for sighting in found]
    owners: dict[tuple[str, ...], tuple[str, ...]] = {}
    for short in keys:
        longer = {k for k in keys if includes(k, short)}
        owners[short] = next(iter(longer)) if len(longer) == 1 else short
    return [owners[k] for k in keys]


def _cluster(number: int, group: list[Sighting[ClusterName]], territory: Territory) -> Cluster:
    best = max(
        group, key=lambda sighting: ("кластер" in sighting.value.name.casefold(), len(sighting.value.name))
    ).value
    names = [sighting.value.name for sighting in group] + [a for sighting in group for a in sighting.value.aliases]
    statuses = {sighting.value.status for sighting in group}
    return Cluster(
        id=f"clu{number}",
        name=best.name,
        kind=next((s.value.kind for s in group if s.value.kind is not ClusterKind.OTHER), best.kind),
        scope=next((s.value.scope for s in group if s.value.scope), None),
        industry=next((s.value.industry for s in group if s.value.industry), None),
        region=next((s.value.region for s in group if s.value.region), territory.main),
        status=next(status for status in _STATUS_ORDER if status in statuses),
        aliases=tuple(name for name in dict.fromkeys(names) if name != best.name),
        mentions=printed(group),
    )
