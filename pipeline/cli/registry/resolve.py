"""`svodka registry resolve`: which entities are one, worked out anew."""

from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, registry_exit_codes
from pipeline.registry.database import open_database
from pipeline.registry.resolve import resolve as resolve_touched
from pipeline.registry.resolve import resolve_all

_HELP = f"""Work out which entities of articles are one, and the cards and words by which they are found.

`registry load` does this at its end for what it brought; a load that was interrupted leaves it to the next one, or to
this command. What comes out depends on what is loaded and judged, not on the order in which it came. It may be
interrupted; the same command goes on.

{registry_exit_codes()}
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
    database = open_database(registry)
    done = resolve_all(database) if everything else resolve_touched(database)
    Console(soft_wrap=True, highlight=False).print(
        f"{done.compared} new profiles compared, {done.pairs} pairs alike, {done.moved} entities held to be another now"
    )
