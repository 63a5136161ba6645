"""`svodka registry serve`: the keeper's web page."""

import getpass
from typing import Annotated

import typer

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, registry_exit_codes
from pipeline.registry.database import open_database
from pipeline.web import access, application, listen
from pipeline.web import serve as run_server

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8765

_HELP = f"""Serve the registry keeper's web page: search, cards, articles with evidence, the review queue (in Russian).

Only this machine can open it, unless --host says otherwise; then a token is asked for, and one is made and shown
when --token gives none. A proxy in front should do TLS. Stop it with Ctrl+C.

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="Serve the keeper's web page.")
def serve(
    *,
    registry: RegistryUrl = REGISTRY_URL,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = DEFAULT_HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = DEFAULT_PORT,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="SVODKA_TOKEN", show_default=False, help="What people show to come in: 16 letters or more."
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", show_default=False, help="Another name that browsers reach it by; repeatable."),
    ] = None,
) -> None:
    """Carry out `svodka registry serve`."""
    database = open_database(registry)
    taken = listen(host, port)
    port = taken.getsockname()[1]
    rules = access(host, port, token=token, allowed_hosts=allow_host or ())
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"{database.name} at http://{shown}:{port}/", err=True)
    if rules.token and not token:
        typer.echo(f"token: {rules.token}", err=True)
    run_server(application(database, rules, who=getpass.getuser()), taken)
