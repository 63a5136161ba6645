"""`svodka registry upgrade`: an older registry's tables become this version's."""

import typer

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes

_HELP = f"""Bring the registry's tables up to this version of Svodka; make them where there are none.

Whatever loads does so too. What the registry holds stays as it is; make a backup before all the same.

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="Bring the registry's tables up to date.")
def upgrade(*, registry: RegistryUrl = REGISTRY_URL) -> None:
    """Carry out `svodka registry upgrade`."""
    with opened(registry, create=True) as database:
        typer.echo(f"{database.name} is up to date")
