"""The application that commands register with, and what they share: exit codes, help on them, complaints."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline.engine import svodka_version
from pipeline.errors import SvodkaError
from pipeline.settings import ENVIRONMENT

INTERRUPTED = 130
REJECTED = 5


def exit_codes(codes: dict[int, str]) -> str:
    """Write the exit codes of a command for its help."""
    usual = {1: "an error inside Svodka", 2: "a path that is not there, nothing to read, a wrong option"}
    lines = (f"  {code:<3}  {text}" for code, text in sorted((usual | codes).items()))
    return "\n".join(("\b", "Exit codes:", *lines))


def environment_help() -> str:
    """Write the environment variables for a help."""
    widest = max(map(len, ENVIRONMENT))
    return "\n".join(("\b", "Environment:", *(f"  {name:<{widest}}  {text}" for name, text in ENVIRONMENT.items())))


def ordered(names: tuple[str, ...]) -> type[TyperGroup]:
    """Make the class of a group that lists its commands in an order, any other after them."""

    class Ordered(TyperGroup):
        def list_commands(self, ctx: Any) -> list[str]:
            """List the commands for the help."""
            known = super().list_commands(ctx)
            return sorted(known, key=lambda name: names.index(name) if name in names else len(names))

    return Ordered


app = typer.Typer(
    name="svodka",
    cls=ordered(("run", "show", "evaluate", "schema", "sources", "crawl", "nightly", "registry")),
    help="Russian news pages in, structured records out: organizations, clusters, officials, dates, money, facts.",
    epilog="svodka COMMAND --help tells all about a command.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line: the console script's entry point."""
    try:
        app()
    except SvodkaError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except Exception as error:
        if os.environ.get("SVODKA_TRACEBACK"):
            raise
        complain(f"an error inside Svodka: {type(error).__name__}: {error} (SVODKA_TRACEBACK=1 shows where)")
        sys.exit(SvodkaError.exit_code)


@contextmanager
def interruptible(what: str = "interrupted") -> Iterator[None]:
    """Turn Ctrl-C into its exit code, saying `what`."""
    try:
        yield
    except KeyboardInterrupt:
        complain(what)
        raise typer.Exit(INTERRUPTED) from None


def complain(what: str) -> None:
    """Tell what went wrong, in one line on stderr."""
    print(f"svodka: {' '.join(what.split())}", file=sys.stderr)  # noqa: T201 - this module prints


def _version(value: bool) -> None:  # noqa: FBT001 - the signature of an option's callback
    if value:
        typer.echo(f"svodka {svodka_version()}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    pass
