"""`svodka registry import`: the keeper's list of organizations and clusters into the registry."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli._application import REJECTED, complain
from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, now, opened, registry_exit_codes
from pipeline.errors import OptionError, RegistryError
from pipeline.registry.database import Database, reading
from pipeline.registry.keeper.lists.importing import Imported, List, examine, import_list
from pipeline.registry.keeper.lists.matching import matches
from pipeline.registry.keeper.lists.sheet import read_sheet
from pipeline.registry.kinds import EntityKind
from pipeline.registry.loading.load import Loaded
from pipeline.registry.resolve import resolve

_SHOWN = 20
_OUTCOMES = {Loaded.NEW: "new", Loaded.REVISED: "changed", Loaded.KNOWN: "as before", Loaded.OLDER: "older"}

_HELP = f"""Import your list of organizations and clusters, to be matched against.

FILE is a CSV in UTF-8 or cp1251, separated by commas, semicolons or tabs, with a heading row in English or Russian:
id (Код), kind (organization or cluster), name (Название), aliases (Псевдонимы, separated by ;), inn (ИНН), ogrn (ОГРН),
region (Регион), legal_form (Правовая форма), status (Статус), industry (Отрасль), scope, parent. Other columns are
named and left out; --map says what a heading means.

Each row is accepted at once. A newer FILE of the same list replaces the rows that it changes; the list is known by its
name, which is the name of FILE unless --list gives one. Rows whose ИНН or ОГРН has wrong check digits, or that lack a
name or id, are refused with their line; the others are taken.

\b
Examples:
  svodka registry import clusters.csv --dry-run
  svodka registry import clusters-2024-05.csv --list clusters --complete
  svodka registry import orgs.csv --map Орг=name --map Примечание=-

{registry_exit_codes({REJECTED: "some rows were refused; the others are in the registry"})}
"""


@group.command(name="import", help=_HELP, short_help="Import your list of organizations and clusters.")
def import_(  # noqa: PLR0913 - the options of the command
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The list.")],
    *,
    registry: RegistryUrl = REGISTRY_URL,
    name: Annotated[
        str, typer.Option("--list", metavar="NAME", show_default="the name of FILE", help="The name of the list.")
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="What rows are that do not say it: organization or cluster.")
    ] = "organization",
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADING=PROPERTY", help="What a heading means; - for a column to leave out."),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="FILE is the whole list: rows that it has no longer are superseded.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check FILE, and tell what would come of it.")
    ] = False,
) -> None:
    """Carry out `svodka registry import`."""
    sheet = read_sheet(file, _mapping(map_ or []))
    given = List(name or file.stem, file, sheet, _kind(kind))
    if dry_run:
        made = _examined(registry, given)
        _tell(given, made, does="would be kept; --complete supersedes them")
    else:
        with opened(registry, create=True) as database:
            made = import_list(database, given, now=now(), complete=complete)
            _tell(given, made, does="superseded" if complete else "kept; --complete supersedes them")
            resolve(database)
            _tell_matches(database, given)
    if made.refused:
        raise typer.Exit(REJECTED)


def _mapping(options: list[str]) -> dict[str, str]:
    pairs = [option.rpartition("=") for option in options]
    for option, (heading, _, prop) in zip(options, pairs, strict=True):
        if not heading.strip() or not prop.strip():
            raise OptionError(f"--map {option}: give HEADING=PROPERTY, such as Организация=name")
    return {heading.strip(): prop.strip() for heading, _, prop in pairs}


def _kind(text: str) -> EntityKind:
    if text not in {EntityKind.ORGANIZATION, EntityKind.CLUSTER}:
        raise OptionError(f"--kind {text}: a list is of organizations or clusters")
    return EntityKind(text)


def _examined(url: str, given: List) -> Imported:
    try:
        with opened(url) as database:
            return examine(database, given)
    except RegistryError:  # the import would make it
        return examine(None, given)


def _tell_matches(database: Database, given: List) -> None:
    with reading(database) as connection:
        found = matches(connection, given.name)
    text = f"{found.matched} matched with what articles speak of, {found.new} new"
    doubtful = f"; {found.doubtful} may be another entity, too: svodka registry review --kind identity"
    Console(soft_wrap=True, highlight=False).print(text + (doubtful if found.doubtful else ""))


def _tell(given: List, made: Imported, *, does: str) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for row in made.refused:
        complain(f"{given.file}:{row.line}: refused: {row.reason}")
    if given.sheet.unknown:
        console.print(f"columns left out: {', '.join(given.sheet.unknown)}; --map HEADING=PROPERTY takes one in")
    if made.gone:
        shown = ", ".join(made.gone[:_SHOWN]) + (", …" if len(made.gone) > _SHOWN else "")
        console.print(f"{len(made.gone)} rows of {given.name} are not in the file ({does}): {shown}")
    taken = len(given.sheet.rows) - len(made.refused)
    told = [f"{made.outcomes[outcome]} {word}" for outcome, word in _OUTCOMES.items() if made.outcomes[outcome]]
    console.print(
        f"{given.name}: {taken} rows taken{': ' if told else ''}{', '.join(told)}, {len(made.refused)} refused"
    )
