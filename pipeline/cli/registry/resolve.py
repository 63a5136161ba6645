"""`svodka registry resolve`: which entities are one, worked out anew."""

from typing import Annotated

import typer

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.cli.registry._resolving import RESOLVING_STOPPED, resolve_and_tell
from pipeline.registry.resolve import resolve as resolve_touched
from pipeline.registry.resolve import resolve_all

_HELP = f"""Work out which entities of articles are one, and the cards and words by which they are found.

`registry load` does this at its end for what it brought; a load that was interrupted leaves it to the next one, or to
this command. What comes out depends on what is loaded and judged, not on the order in which it came. It may be
interrupted; the same command goes on.

{registry_exit_codes(RESOLVING_STOPPED)}
"""


@group.command(help=_HELP, short_help="Work out which entities of articles are one.")
def resolve(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Forget all that was worked out and begin anew; search is empty meanwhile.")
    ] = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry resolve`."""
    with opened(registry) as database:
        resolve_and_tell(database, resolve_all if everything else resolve_touched)
