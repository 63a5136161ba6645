"""One place for all its mentions, under its official name."""

from extractors import PlaceName
from pipeline.link._sighting import Sighting, grouped, printed
from pipeline.record import Place


def places(found: list[Sighting[PlaceName]]) -> tuple[Place, ...]:
    """Group the mentions of places by official name and kind."""
    groups = grouped(found, ((sighting.value.name, sighting.value.kind) for sighting in found))
    return tuple(
        Place(f"pla{number}", group[0].value.name, group[0].value.kind, group[0].value.region, printed(group))
        for number, group in enumerate(groups, 1)
    )
