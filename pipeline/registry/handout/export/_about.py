"""What an export tells its writers about itself."""

from typing import NamedTuple

from pipeline.registry.handout.stream import Wanted


class About(NamedTuple):
    """What an export is of: the registry's name, when it was made (UTC), what was asked for."""

    registry: str
    made_at: str
    wanted: Wanted
