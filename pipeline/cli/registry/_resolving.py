"""Working out which entities are one, as the commands do that bring something new: told, and stopped by Ctrl-C."""

from collections.abc import Callable

import typer
from rich.console import Console

from pipeline.cli._application import INTERRUPTED, complain
from pipeline.engine import Interrupt
from pipeline.registry.database import Database
from pipeline.registry.resolve import Resolved, resolve

RESOLVING_STOPPED = {
    INTERRUPTED: "interrupted by Ctrl-C or SIGTERM; what was done is kept, the same command goes on",
}


def resolve_and_tell(database: Database, way: Callable[[Database], Resolved] = resolve) -> None:
    """Resolve what changed, and print what came of it; an interrupt leaves the rest to the next time."""
    try:
        with Interrupt(), Console(stderr=True).status("working out which entities are one"):
            done = way(database)
    except KeyboardInterrupt:
        complain("interrupted while working out which entities are one; `svodka registry resolve` goes on")
        raise typer.Exit(INTERRUPTED) from None
    Console(soft_wrap=True, highlight=False).print(
        f"{done.compared} descriptions of entities compared, {done.pairs} pairs alike; {done.moved} entities placed"
    )
