"""`svodka registry restore`: a registry from its backup."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._application import interruptible
from pipeline.cli.registry._group import (
    REGISTRY_URL,
    RegistryUrl,
    disposed,
    group,
    registry_exit_codes,
)
from pipeline.registry.database import connect
from pipeline.registry.upkeep.restore import restore as restore_file

_HELP = f"""Fill an empty registry from a backup; nothing is written unless the backup is whole.

The registry is made where there is none yet, SQLite or PostgreSQL, whatever the backup was made from. What was
written is read back and compared with the backup before it counts.

\b
Examples:
  svodka registry restore registry-2024-03-06.gz --registry sqlite:///new.db
  svodka registry restore registry-2024-03-06.gz --registry postgresql+psycopg://keeper@db.example/registry

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="Fill an empty registry from a backup.")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The backup.")],
    *,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry restore`."""
    with interruptible(), disposed(connect(registry, create=True)) as database:
        summary = restore_file(database, file)
    typer.echo(f"{database.name}: {sum(summary.rows.values()):,} rows as of {summary.made_at}")
