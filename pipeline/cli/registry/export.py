"""`svodka registry export`: the registry out, as files."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, now, opened, registry_exit_codes
from pipeline.errors import OptionError
from pipeline.registry.belief.days import checked_day
from pipeline.registry.handout.export import export as export_files
from pipeline.registry.handout.export import formats
from pipeline.registry.handout.stream import ALL_KINDS, Wanted
from pipeline.registry.kinds import EntityKind

_KINDS = ", ".join(EntityKind)

_HELP = f"""Write the registry as files, all of one state of it.

\b
DIR gets, for each format:
  csv      a table a kind: organizations.csv, occupancies.csv, … ; cells that a spreadsheet would take for a formula
           have an apostrophe before them
  xlsx     registry.xlsx with a sheet a table
  parquet  the same tables, every text as it is
  jsonl    entities.jsonl: an entity or relation a line, with its values and what each rests on
  ftm      FollowTheMoney: ftm-statements.csv, ftm-entities.json, and ftm-dropped.jsonl with what its model cannot hold
           (needs svodka[followthemoney])
  and export.json, which says what was exported and when.

Earlier files of the same names stay until everything is written, then they are replaced one by one.

\b
Examples:
  svodka registry export --format xlsx --to registry-files
  svodka registry export --format csv,parquet --as-of 2024-03-01 --to march
  svodka registry export --format ftm --accepted --to ftm

{registry_exit_codes({3: "the destination cannot be written"})}
"""


@group.command("export", help=_HELP, short_help="Write the registry as CSV, Excel, Parquet, JSON or FollowTheMoney.")
def export(  # noqa: PLR0913 - one parameter an option
    *,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", show_default=False, help="Where the files go.")],
    formats_: Annotated[
        str,
        typer.Option("--format", metavar="LIST", show_default=False, help="csv, xlsx, parquet, jsonl, ftm; commas."),
    ],
    accepted: Annotated[bool, typer.Option("--accepted", help="Only what the keeper accepted.")] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="What was believed at the end of that day.")
    ] = None,
    kinds: Annotated[
        str, typer.Option("--kind", metavar="LIST", show_default="all", help=f"Only these kinds: {_KINDS}.")
    ] = "",
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry export`."""
    names = _among("--format", formats_, tuple(formats()))
    chosen = tuple(EntityKind(kind) for kind in _among("--kind", kinds, ALL_KINDS)) if kinds else ALL_KINDS
    wanted = Wanted(chosen, accepted, as_of and checked_day(as_of, "--as-of"))
    with opened(registry) as database:
        counts = export_files(database, to, names, wanted, now=now())
    Console(soft_wrap=True).print(_summary(counts))


def _among(option: str, text: str, there: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    unknown = [name for name in named if name not in there]
    if unknown or not named:
        what = f"{', '.join(unknown)} is not one of them" if unknown else "it names nothing"
        raise OptionError(f"{option} {text}: {what}; there are {', '.join(there)}")
    return named


def _summary(counts: dict[str, dict[str, int]]) -> Table:
    """Show what was counted, a column a format; formats that hold the same tables count the same."""
    table = Table(title="exported", title_justify="left")
    for column in ("", *counts):
        table.add_column(column, justify="right" if column else "left")
    for what in dict.fromkeys(what for counted in counts.values() for what in counted):
        cells = (f"{counted[what]:,}" if what in counted else "" for counted in counts.values())
        table.add_row(what, *cells)
    return table
