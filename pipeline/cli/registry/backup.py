"""`svodka registry backup`: the registry as one file."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, now, opened, registry_exit_codes
from pipeline.registry.upkeep.backup import back_up

_HELP = f"""Write the whole registry, as it is at this moment, into one file.

The file is gzipped lines of JSON, and a registry of either kind, SQLite or PostgreSQL, can be filled from it with
svodka registry restore. Others may go on writing meanwhile. An existing file stays until the new one is whole.

\b
Example:
  svodka registry backup registry-2024-03-06.gz

{registry_exit_codes({3: "the file cannot be written, or is there already"})}
"""


@group.command(help=_HELP, short_help="Write the whole registry into one file.")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The backup.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace the file where it is there.")] = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry backup`."""
    with opened(registry) as database:
        summary = back_up(database, file, now=now(), force=force)
    typer.echo(f"{file}: {sum(summary.rows.values()):,} rows, {summary.rows['statement']:,} of them statements")
