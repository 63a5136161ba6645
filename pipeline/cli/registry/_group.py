"""The group that the commands of the registry register with, and what they share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer

from pipeline.cli._application import INTERRUPTED, exit_codes, interruptible, ordered
from pipeline.registry.database import DEFAULT_URL, Database, open_database

REGISTRY_CODE = 6

# The order of the help: what comes in, what is looked at, what is decided, what goes out, upkeep.
_ORDER = (
    "load", "import", "search", "show", "history", "diff", "conflicts", "review", "accept", "reject", "correct", "undo",
    "merge", "split", "resolve", "trust", "serve", "export", "push", "check", "backup", "restore", "upgrade",
)  # fmt: skip


group = typer.Typer(
    name="registry",
    cls=ordered(_ORDER),
    help="Facts from many articles as one traceable, correctable registry.",
    epilog="svodka registry COMMAND --help tells all about a command.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

RegistryUrl = Annotated[
    str,
    typer.Option(
        "--registry",
        metavar="URL",
        envvar="SVODKA_REGISTRY",
        help="The registry: sqlite:///FILE, or postgresql+psycopg://USER@HOST/DATABASE.",
    ),
]
REGISTRY_URL = DEFAULT_URL


def registry_exit_codes(more: dict[int, str] | None = None) -> str:
    """Write the exit codes of a command of the registry for its help."""
    codes = {0: "done", REGISTRY_CODE: "the registry is not there, cannot be reached, or refuses what it is told"}
    codes[INTERRUPTED] = "interrupted"
    return exit_codes(codes | (more or {}))


def now() -> str:
    """Tell the time as the registry writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[Database]:
    """Open a registry for the time of a command, which Ctrl-C may end anywhere."""
    with interruptible(), disposed(open_database(url, create=create)) as database:
        yield database


@contextmanager
def disposed(database: Database) -> Iterator[Database]:
    """Close a database's connections at the end."""
    try:
        yield database
    finally:
        database.engine.dispose()
