"""What the commands share that ask about an entity: which one is meant, and answers as JSON."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.errors import RegistryError
from pipeline.registry.belief.days import checked_day
from pipeline.registry.belief.view import Candidate
from pipeline.registry.kinds import EntityKind

_SHOWN = 20

ABOUT_NAME = """NAME is a name, an ИНН or ОГРН, a number in your list, or an id. Where a name means several entities,
they are listed with their ids, and nothing else is shown."""

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="A name, number or id.")]
Kind = Annotated[
    EntityKind | None, typer.Option("--kind", metavar="KIND", show_default=False, help="Only such entities.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", show_default=False, help="Only what had been said by that day."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def the_one(found: tuple[Candidate, ...], name: str) -> str:
    """Give the id of the entity that is meant; raises RegistryError where there is none, or more than one."""
    if len(found) == 1:
        return found[0].id
    if not found:
        raise RegistryError(f"{name!r}: nothing of that name, number or id in the registry")
    Console(soft_wrap=True).print(_candidates(found))
    raise RegistryError(f"{name!r} means {len(found)} entities; give the id of one")


def day(written: str | None, option: str = "--as-of") -> str | None:
    """Read a day that a person gave; raises OptionError."""
    return None if written is None else checked_day(written, option)


def print_json(answer: Any) -> None:
    """Print a frozen dataclass, or several, as JSON."""
    plain = [asdict(one) for one in answer] if isinstance(answer, tuple) else asdict(answer)
    typer.echo(json.dumps(plain, ensure_ascii=False, indent=2))


def _candidates(found: tuple[Candidate, ...]) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("id", "kind", "name", "of", "articles"):
        table.add_column(column, no_wrap=column == "id", overflow="fold")
    for one in found[:_SHOWN]:
        table.add_row(one.id, one.kind, escape(one.name), escape(one.about or ""), str(one.articles))
    if len(found) > _SHOWN:
        table.add_row("…", "", f"{len(found) - _SHOWN} more", "", "")
    return table
