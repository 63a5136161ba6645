"""What the commands share in which a person decides."""

import getpass
import os
from typing import Annotated

import typer

from pipeline.cli.registry._group import now
from pipeline.registry.verdicts.decisions import Signature

KEEPER = "SVODKA_KEEPER"

Who = Annotated[
    str,
    typer.Option("--who", metavar="NAME", envvar=KEEPER, show_default="your name on this machine", help="Who decides."),
]
Why = Annotated[
    str, typer.Option("--why", metavar="TEXT", show_default=False, help="Why, for those who will read the history.")
]


def signature(who: str, why: str = "") -> Signature:
    """Sign a decision made now."""
    return Signature(who.strip() or _user(), now(), why.strip() or None)


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # a user without a name
        return f"user {os.getuid()}"
