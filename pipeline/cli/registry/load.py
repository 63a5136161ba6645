"""`svodka registry load`: records into the registry."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, now, registry_exit_codes
from pipeline.record import from_json
from pipeline.registry.contribution import contribution
from pipeline.registry.database import open_database, write
from pipeline.registry.load import begin_load, load_contribution

_HELP = f"""Load records into the registry.

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="Load records into the registry.")
def load(
    records: Annotated[list[Path], typer.Argument(metavar="RECORDS", show_default=False, help="Files of records.")],
    *,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry load`."""
    database = open_database(registry, create=True)
    seq = write(database, lambda connection: begin_load(connection, "load", now()))
    for path in records:
        for line in path.read_text(encoding="utf-8").splitlines():
            made = contribution(from_json(line))
            write(database, lambda c, made=made: load_contribution(c, made, load_seq=seq, now=now()))  # type: ignore[misc]
